import { parseFlags } from "../../cli/flags";
import { synthesize } from "../../cli/synth";
import { ec2Values, moduleWith } from "../modules";
import { Workspace } from "../standin/workspace";
import { subnets } from "./ec2-workspace";

export interface Choices {
  readonly engine: "postgres" | "mysql";
  readonly topology: "byoc" | "ec2";
  readonly credentials?: "static";
}

/** Not that of any authority: nobody connects here. */
export const certificate = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";

/** A server in the place of Aurora. */
interface Server {
  readonly address?: string;
  /** Providers that connect to it. @default - stand-ins for all */
  readonly real?: string[];
}

/** A workspace with the module of these choices and `--database provider`, and values for it. */
export function workspaceOf(
  choices: Choices,
  variables: object = {},
  { address, real = [] }: Server = {},
): Promise<Workspace> {
  const { engine, topology } = choices;
  const stack = `aurora-${engine}${topology === "ec2" ? "-ec2" : ""}`;
  const { "terraform.tfvars": original = "" } = topology === "byoc" ? moduleWith(stack).files : {};
  return Workspace.create({
    files: {
      ...synthesize(parseFlags({ database: "provider", ...choices })).get(stack),
      // A chain that an access key starts does not have this value.
      "terraform.tfvars": choices.credentials
        ? original.replace(/^redpanda_aws_acct_id.*$/m, "")
        : original,
      "rds-ca.pem": certificate,
    },
    variables: {
      ...(topology === "ec2"
        ? {
            ...ec2Values,
            engine_version: engine === "postgres" ? "17.4" : "8.0.mysql_aurora.3.10.3",
          }
        : {}),
      ...(engine === "postgres" ? { rds_ca_file: "rds-ca.pem" } : {}),
      ...variables,
    },
    answers: { ...subnets, ...(address ? { aws_rds_cluster: { endpoint: address } } : {}) },
    real,
  });
}
