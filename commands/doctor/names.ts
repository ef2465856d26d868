import { engines } from "../../engines";

/**
 * Values of a module by name: Terraform's outputs and variables under their own names, and what
 * follows from them or from a record's text.
 */
export type Names = Readonly<Record<string, string>>;

/** What `<name>` may stand for in the catalogue, and where a person finds it who has no state. */
export const meaning = {
  allow_egress_command:
    "output, with --network routed or peering: lets pipelines through Redpanda's firewall",
  attach_policy_command: "output: attaches the policy to the pipeline role",
  aurora_instance_resource_id: "output: the cluster's resource id",
  assume_role_policy: "output: the name of the policy on the pipeline role",
  acl_topics: "topic for the rows; of several, with commas between them",
  cdc_output_topic: "output: topic for the rows, or topics",
  cdc_schema: "variable: schema of the tables",
  cdc_tables: "variable: tables to stream; of several schemas or databases, those of each",
  checkpoint_key: "checkpoint_key of the pipeline's input",
  checkpoint_topic: "topic of the pipeline's cache",
  create_access_key_command: "output: creates the access key",
  db_account_id: "id of the database account",
  db_cluster_endpoint: "output: the writer's host name",
  db_cluster_identifier: "name of the cluster in RDS",
  db_connect_role: "name of the db-connect role",
  db_instance_identifier: "name of the writer in RDS",
  db_name: "output: the database",
  db_port: `port of the database: ${engines.map(({ port, product }) => `${port} for ${product}`).join(", ")}`,
  db_parameter_group: "name of the cluster parameter group",
  db_security_group_id: "id of the database's security group, such as sg-0a1b2c3d4e5f67890",
  db_setup_command:
    "output: runs the setup SQL as the master user; asks for db_password, unless Secrets Manager has it",
  docker_run_command: "output: runs Connect in a container",
  generated_policy_json: "output: file with the policy for the pipeline role",
  iam_auth_user: "variable: database user",
  iam_db_auth_role_arn: "output: the db-connect role",
  instance_id: "the EC2 instance that Connect runs on",
  login_role_arn:
    "the role that logs in to the database: the db-connect role, or the last of several",
  pipeline_address:
    "address of the pipeline in Terraform, which ends in [0] in some modules: `terraform state list redpanda_pipeline.pipeline`",
  missing_variable: "the variable that the message names",
  principal: "the identity that the message names",
  principal_account: "the account of that identity",
  principal_role: "the role of that identity",
  principal_role_arn: "the ARN of that identity's role",
  privilege: "the privilege that the message names",
  redpanda_cluster_id: "variable: the BYOC cluster",
  region: "variable: the database's region",
  rp_sasl_user: "variable: Redpanda user of the pipeline",
  rpcn_pipeline_id: "output: the pipeline",
  sasl_password_secret: "name of the Redpanda secret with the password",
  slot_name: "variable: replication slot",
  subject: "the subject that the message names",
  subject_prefix:
    "with what the pipeline's subjects begin: the topic and a hyphen, or with --topics per-table as the topics do",
  table: "the table that the message names",
  trusted_principal_role_arn: "output: the ARN of the pipeline role",
  trusted_principal_role_name: "output: the pipeline role",
} as const;

/** One name made of another: the match's first group, inside a text where one is given. */
const derivations: readonly [
  // These are asked for by `--live` alone, which fills them in.
  name: keyof typeof meaning | "login_role" | "one_output_topic" | "topics_beginning",
  from: string,
  pattern: RegExp,
  around?: (found: string) => string,
][] = [
  ["acl_topics", "cdc_output_topic", /^(.+)$/, (topics) => topics.replaceAll(" ", ",")],
  ["one_output_topic", "cdc_output_topic", /^(\S+)/],
  ["topics_beginning", "cdc_output_topic", /^(.+)$/, beginningOf],
  ["region", "db_cluster_endpoint", /\.([a-z0-9-]+)\.rds\.amazonaws\.com$/],
  ["db_cluster_identifier", "db_cluster_endpoint", /^([^.]+)\.cluster-/],
  ["db_connect_role", "iam_db_auth_role_arn", /([^/]+)$/],
  ["db_account_id", "iam_db_auth_role_arn", /::(\d{12}):/],
  ["login_role_arn", "iam_db_auth_role_arn", /(.+)/],
  ["login_role", "login_role_arn", /([^/]+)$/],
  ["trusted_principal_role_name", "trusted_principal_role_arn", /([^/]+)$/],
  [
    "trusted_principal_role_name",
    "principal_role",
    /^(redpanda-[a-z0-9]+-redpanda-connect-pipeline)$/,
  ],
  [
    "redpanda_cluster_id",
    "trusted_principal_role_name",
    /^redpanda-([a-z0-9]+)-redpanda-connect-pipeline$/,
  ],
  [
    "assume_role_policy",
    "db_connect_role",
    /(.+)-allow_connect_to_aurora-iam-demo-user$/,
    (prefix) => `${prefix}-assume-dbconnect-policy`,
  ],
];

/** With what all of them begin: all of it, where there is one. */
function beginningOf(topics: string): string {
  const [first = "", ...others] = topics.split(" ");
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/** `known`, and what follows from it. What is known already stays. */
export function completed(known: Names): Names {
  const names: Record<string, string> = { ...known };
  for (const [name, from, pattern, around] of derivations) {
    const found = pattern.exec(names[from] ?? "")?.[1];
    if (found) names[name] ??= around ? around(found) : found;
  }
  return names;
}

/**
 * `text` with names filled in. A command that is not known is taken from the module's outputs when
 * it runs; another name stays as it is, for a person to fill in.
 */
export function fill(text: string, names: Names): string {
  return text.replace(/<([a-z][a-z_]+)>/g, (placeholder, name: string) => {
    if (names[name] !== undefined) return names[name];
    if (name === "pipeline_address") return "$(terraform state list redpanda_pipeline.pipeline)";
    if (name === "generated_policy_json") return "generated_x-account-rds-iam-policy.json";
    return name.endsWith("_command") ? `eval "$(terraform output -raw ${name})"` : placeholder;
  });
}
