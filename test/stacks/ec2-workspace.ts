import { ec2Values, subnets } from "../modules";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";

export interface Choices {
  readonly engine: "postgres" | "mysql";
  readonly accounts: "one" | "two";
  readonly hops: "1" | "2";
  readonly host: "ec2" | "ecs";
  readonly output: "stdout" | "redpanda";
  readonly format: "json" | "avro";
}

const usual: Choices = {
  engine: "postgres",
  accounts: "one",
  hops: "1",
  host: "ec2",
  output: "stdout",
  format: "json",
};

/** A workspace with the module of these choices, and values for what they ask for. */
export function workspaceOf(
  choices: Partial<Choices>,
  variables: Record<string, unknown> = {},
  answers: object = {},
): Promise<Workspace> {
  const flags = { topology: "ec2", ...usual, ...choices };
  const { engine, accounts, host, output, format } = flags;
  return Workspace.create({
    files: synthesized(flags).get(`aurora-${engine}-ec2`) ?? {},
    variables: {
      ...ec2Values,
      engine_version: engine === "postgres" ? "17.4" : "8.0.mysql_aurora.3.10.3",
      ...(accounts === "two"
        ? {
            external_id: "my-secret-external-id-123",
            aws_profile: "account-b",
            app_aws_profile: "account-a",
          }
        : {}),
      ...(engine === "mysql" && (host === "ecs" || output === "redpanda")
        ? { checkpoint_key: "rpconnect" }
        : {}),
      ...(output === "redpanda"
        ? { redpanda_brokers: ["seed-0.example.com:9092"], rp_sasl_user: "app" }
        : {}),
      ...(format === "avro"
        ? { redpanda_schema_registry_url: "https://registry.example.com:30081" }
        : {}),
      ...variables,
    },
    answers: { ...subnets, ...answers },
  });
}
