import { asArguments, type Flags } from "./combinations";
import { readyCluster, where } from "./existing-aurora";
import { ec2Values, originalValues, subnets } from "./modules";
import { privateValues, redpandasNetwork } from "./redpandas-network";
import { Client } from "./stacks/client";
import type { Subject } from "./standin/answers";
import { Workspace, type WorkspaceProps } from "./standin/workspace";
import { synthesized } from "./synthesized";
import { declarations } from "./variables/declarations";

/** For the modules that call one themselves. */
const clients = new Client(["psql", "mysql", "aws"]);
afterAll(() => clients[Symbol.dispose]());

/** A file that values name. Not the certificate of any authority: nobody connects there. */
export const caFile = {
  "rds-ca.pem": "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n",
};

/**
 * Every value that a module of the stack may want, whatever its flags, to be given by environment: there
 * Terraform lets pass what a module has no variable for.
 */
export function valuesFor(stack: string): Record<string, unknown> {
  return {
    ...originalValues(stack.replace("-ec2", "")),
    ...(stack.endsWith("-ec2") ? ec2Values : privateValues),
    cluster_identifier: stack.startsWith("aurora-mysql") ? "orders-mysql" : "orders-postgres",
    // Defaults of a new cluster. Of one that is there nobody can guess them.
    cdc_tables: ["iamuser_test"],
    ...(stack.endsWith("-ec2")
      ? {
          db_master_username: stack.startsWith("aurora-mysql") ? "admin" : "postgres",
        }
      : {}),
    external_id: "an-external-id",
    redpanda_aws_profile: "redpanda",
    app_aws_profile: "app",
    checkpoint_key: "rpconnect",
    redpanda_brokers: ["seed-0.example.com:9092"],
    redpanda_schema_registry_url: "https://schema-registry.example.com:30081",
    access_key_version: 1,
    access_key_id: "AKIASTANDIN000000000",
    secret_access_key: "0".repeat(40),
    cdc_tables_ready: true,
    rds_ca_file: "rds-ca.pem",
  };
}

/** Of a secret that nobody reads here. */
export const secretArn = "arn:aws:secretsmanager:us-east-2:790616983188:secret:orders-AbCdEf";

/** What data sources say, so that these values fit together. */
export const fitting: NonNullable<WorkspaceProps["answers"]> = {
  ...subnets,
  ...redpandasNetwork,
  "data.aws_vpc": fittingVpc,
  ...where(readyCluster.postgres, readyCluster.mysql),
  "data.aws_caller_identity": ({ providerConfig: { profile } }) => {
    if (profile === "redpanda") return { account_id: "861276079005" };
    return profile === "app" ? { account_id: "637423295120" } : {};
  },
};

/** Redpanda's VPC is in the account of the original's values. */
export function fittingVpc(subject: Subject) {
  return {
    ...redpandasNetwork["data.aws_vpc"](subject),
    ...(subject.providerConfig.profile === "redpanda" ? { owner_id: "861276079005" } : {}),
  };
}

/** A workspace with the one stack of these flags, which name an engine, and every value that it may want. */
export function workspaceOf(flags: Flags, { answers, env, ...props }: WorkspaceProps = {}) {
  const [[stack, files] = []] = synthesized(flags);
  if (!stack) throw new Error(`${asArguments(flags)} gives no stack`);
  return Workspace.create({
    ...props,
    files: {
      ...files,
      ...(flags.database === "provider" ? caFile : {}),
      ...props.files,
    },
    variables: {
      ...valuesFor(stack),
      // With a password, it would be one secret too many.
      ...(flags.database === "data-api" ? { master_secret_arn: secretArn } : {}),
      // There nobody is looked up, and the apply itself may connect.
      ...(flags.profile === "production" ? { admin_cidrs: ["198.51.100.7/32"] } : {}),
      // Nobody is let in who is not named, and some applies connect themselves.
      ...(flags.network ? { admin_cidrs: ["10.8.0.0/24"] } : {}),
      ...props.variables,
    },
    answers: { ...fitting, ...answers },
    env: { ...clients.environment, ...env },
  });
}

/** One of several modules below a root. */
interface Part {
  /** They name an engine. */
  readonly flags: Flags;
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * A workspace with modules of several flags below one root, each with its name as its prefix: one run of
 * Terraform is one of each. Outputs that are asked for are the root's, as `<name>_<output>`.
 */
export function together(
  parts: Readonly<Record<string, Part>>,
  outputs: readonly string[] = [],
  answers: WorkspaceProps["answers"] = {},
) {
  const files: Record<string, string> = {};
  const module: Record<string, unknown> = {};
  const output: Record<string, { value: string }> = {};
  for (const [name, { flags, values }] of Object.entries(parts)) {
    const [[stack, own] = []] = synthesized(flags);
    if (!stack || !own) throw new Error(`${name} is no stack`);
    for (const [file, text] of Object.entries(own)) files[`${name}/${file}`] = text;
    const given: Record<string, unknown> = { ...valuesFor(stack), name_prefix: name, ...values };
    const declared = declarations(String(own["variables.tf"])).map((variable) => variable.name);
    module[name] = {
      source: `./${name}`,
      ...Object.fromEntries(declared.filter((one) => one in given).map((one) => [one, given[one]])),
    };
    for (const one of outputs) {
      if (own["outputs.tf"]?.includes(`output "${one}"`)) {
        output[`${name}_${one}`] = { value: `\${module.${name}.${one}}` };
      }
    }
  }
  return Workspace.create({
    files: {
      ...files,
      "main.tf.json": JSON.stringify({ module, ...(outputs.length > 0 ? { output } : {}) }),
    },
    answers: { ...fitting, ...answers },
  });
}
