/** What `--profile production` does otherwise, as one row of a table. */
interface Difference {
  /** What it is for, as a heading. */
  readonly what: string;
  /**
   * Where it stands in the module `aurora-postgres`, or where that has none in another one: addresses with
   * the argument, of blocks that are new or gone the address alone, and of variables whose default differs.
   */
  readonly at: readonly string[];
  readonly demonstration: string;
  readonly production: string;
  /** Per month. */
  readonly cost: string;
}

/** A list price. */
interface Price {
  /** USD. */
  readonly amount: number;
  readonly unit: string;
  /** The link, and when the price was read there. */
  readonly source: string;
}

const calculator =
  "[AWS's own calculator](https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/database-skills/amazon-aurora-mysql/scripts/acu_calculator.py), us-east-1, 2026-03-28";

/** List prices on demand, without taxes, discounts and what is free at first. */
export const prices = {
  acu: { amount: 0.12, unit: "ACU and hour", source: calculator },
  "db.t4g.medium": { amount: 0.073, unit: "hour", source: calculator },
  "db.r6g.large": { amount: 0.26, unit: "hour", source: calculator },
  storage: { amount: 0.1, unit: "GiB and month", source: calculator },
  address: {
    amount: 0.005,
    unit: "public IPv4 address and hour",
    source:
      "[a guide](https://www.doit.com/aws-public-ipv4-price-increase-the-complete-guide/), all regions, 2024-02-01",
  },
  key: {
    amount: 1,
    unit: "key and month",
    source: "[a breakdown of AWS's page](https://cloudburn.io/blog/aws-kms-pricing), 2026-03-14",
  },
} satisfies Record<string, Price>;

/** As AWS counts a month. */
const HOURS = 730;

const lookUp = (page: string, url: string) => `*look up*: [${page}](${url})`;
const auroraPrices = lookUp("Aurora", "https://aws.amazon.com/rds/aurora/pricing/");
const cloudWatchPrices = lookUp("CloudWatch", "https://aws.amazon.com/cloudwatch/pricing/");
const usd = (amount: number) => `${amount.toFixed(2)} USD`;
const nothing = "nothing";

/** What two modules that differ in the profile alone have otherwise. */
export const differences: readonly Difference[] = [
  {
    what: "AWS refuses to delete the cluster",
    at: ["aws_rds_cluster.aurora.deletion_protection"],
    demonstration: "no",
    production: "`deletion_protection`, true",
    cost: nothing,
  },
  {
    what: "No plan destroys or replaces cluster and topics",
    at: [
      "aws_rds_cluster.aurora.lifecycle",
      "redpanda_topic.topic.lifecycle",
      "redpanda_topic.checkpoints.lifecycle",
    ],
    demonstration: "no",
    production: "`prevent_destroy`",
    cost: nothing,
  },
  {
    what: "Nobody deletes topics and the pipeline's user by mistake",
    at: [
      "redpanda_topic.topic.allow_deletion",
      "redpanda_topic.checkpoints.allow_deletion",
      "redpanda_user.app.allow_deletion",
    ],
    demonstration: "`terraform destroy` does",
    production: "`topics_allow_deletion`, false",
    cost: nothing,
  },
  {
    what: "A snapshot is left of a deleted cluster",
    at: [
      "aws_rds_cluster.aurora.skip_final_snapshot",
      "aws_rds_cluster.aurora.final_snapshot_identifier",
    ],
    demonstration: "no",
    production: "`<cluster>-final-<final_snapshot_number>`",
    cost: `nothing before; then the snapshot's storage: ${auroraPrices}`,
  },
  {
    what: "Backups",
    at: ["aws_rds_cluster.aurora.backup_retention_period"],
    demonstration: "1 day",
    production: "`backup_retention_days`, 7",
    cost: `the first day nothing; the storage beyond: ${auroraPrices}`,
  },
  {
    what: "Tags on snapshots",
    at: ["aws_rds_cluster.aurora.copy_tags_to_snapshot"],
    demonstration: "no",
    production: "the cluster's",
    cost: nothing,
  },
  {
    what: "Keys of your own",
    at: [
      "aws_rds_cluster.aurora.kms_key_id",
      "aws_rds_cluster.aurora.performance_insights_kms_key_id",
      "aws_rds_cluster_instance.aurora_instance.performance_insights_kms_key_id",
      "aws_cloudwatch_log_group.aurora.kms_key_id",
    ],
    demonstration: "AWS's",
    production:
      "`storage_kms_key_arn`, `logs_kms_key_arn`, `performance_insights_kms_key_arn`, null: AWS's",
    cost: `with AWS's nothing; each of yours ${usd(prices.key.amount)} and its calls (${prices.key.source})`,
  },
  {
    what: "A second instance, in another zone",
    at: ["aws_rds_cluster_instance.second"],
    demonstration: "one instance: while AWS replaces it, nothing is written or streamed",
    production: "takes over in a minute or less",
    cost: `as much as the first one: at least ${usd(2 * prices.acu.amount * HOURS)} with 2 ACU, ${usd(prices["db.r6g.large"].amount * HOURS)} with db.r6g.large (${calculator}); with \`byoc\` a public address, ${usd(prices.address.amount * HOURS)} (${prices.address.source})`,
  },
  {
    what: "Capacity of a Serverless v2 instance",
    at: ["var.serverlessv2_min_acu", "var.serverlessv2_max_acu"],
    demonstration: "0.5 to 2 ACU",
    production: "2 to 8 ACU: AWS recommends 2 where there is Performance Insights",
    cost: `idle, ${usd(1.5 * prices.acu.amount * HOURS)} more for each instance (${calculator})`,
  },
  {
    what: "Class of a provisioned instance, with `--topology ec2`",
    at: ["var.instance_class"],
    demonstration: "db.t4g.medium",
    production: "db.r6g.large; class T is refused, which AWS means for development and tests",
    cost: `${usd((prices["db.r6g.large"].amount - prices["db.t4g.medium"].amount) * HOURS)} more for each instance (${calculator})`,
  },
  {
    what: "Database Insights",
    at: [
      "aws_rds_cluster.aurora.database_insights_mode",
      "aws_rds_cluster.aurora.performance_insights_enabled",
      "aws_rds_cluster.aurora.performance_insights_retention_period",
      "aws_rds_cluster_instance.aurora_instance.performance_insights_enabled",
      "aws_rds_cluster_instance.aurora_instance.performance_insights_retention_period",
    ],
    demonstration: "AWS's default, without Performance Insights",
    production: "`database_insights_mode`, advanced: what the database waited for, for 465 days",
    cost: `with standard nothing; with advanced ${cloudWatchPrices}`,
  },
  {
    what: "Enhanced Monitoring, with its role",
    at: [
      "aws_rds_cluster_instance.aurora_instance.monitoring_interval",
      "aws_rds_cluster_instance.aurora_instance.monitoring_role_arn",
      "aws_rds_cluster_instance.aurora_instance.depends_on",
      "aws_iam_role.rds_monitoring",
      "aws_iam_role_policy_attachment.rds_monitoring",
    ],
    demonstration: "off",
    production: "the hosts' processes, memory and load, once a minute",
    cost: `what it writes to CloudWatch Logs: ${cloudWatchPrices}`,
  },
  {
    what: "Certificate authority",
    at: ["aws_rds_cluster_instance.aurora_instance.ca_cert_identifier"],
    demonstration: "AWS's default",
    production: "`ca_certificate_identifier`, rds-ca-rsa2048-g1",
    cost: nothing,
  },
  {
    what: "Logs of the database",
    at: ["aws_cloudwatch_log_group.aurora.retention_in_days"],
    demonstration: "30 days",
    production: "a year",
    cost: `the storage of eleven months more: ${cloudWatchPrices}`,
  },
  {
    what: "Who may connect beside the pipeline",
    at: [
      "aws_security_group.db.ingress",
      "var.admin_cidrs",
      "data.http.home_ip",
      "local.admin_cidrs",
    ],
    demonstration: "`admin_cidrs`; null: the address from which Terraform runs",
    production: "`admin_cidrs`, nobody",
    cost: nothing,
  },
  {
    what: "A bound for what a replication slot keeps, in PostgreSQL",
    at: ["aws_rds_cluster_parameter_group.aurora_pg17.dynamic"],
    demonstration: "none",
    production: "`max_slot_wal_keep_size`, null: none",
    cost: "nothing; without it, the storage of what a stopped pipeline has not read",
  },
];

interface IdleMonth {
  readonly what: string;
  readonly demonstration: string;
  readonly production: string;
  readonly source: string;
}

/** What a month costs in which nobody writes. */
const idleMonth: readonly IdleMonth[] = [
  {
    what: "instances, `byoc`",
    demonstration: `0.5 ACU: ${usd(0.5 * prices.acu.amount * HOURS)}`,
    production: `2 × 2 ACU: ${usd(4 * prices.acu.amount * HOURS)}`,
    source: calculator,
  },
  {
    what: "instances, `ec2`",
    demonstration: `db.t4g.medium: ${usd(prices["db.t4g.medium"].amount * HOURS)}`,
    production: `2 × db.r6g.large: ${usd(2 * prices["db.r6g.large"].amount * HOURS)}`,
    source: calculator,
  },
  {
    what: "storage, for each 10 GiB",
    demonstration: usd(10 * prices.storage.amount),
    production: usd(10 * prices.storage.amount),
    source: calculator,
  },
  {
    what: "keys of your own",
    demonstration: "none",
    production: `up to 3: ${usd(3 * prices.key.amount)}`,
    source: prices.key.source,
  },
  {
    what: "backups beyond the first day",
    demonstration: "none",
    production: "*look up*",
    source: "[Aurora](https://aws.amazon.com/rds/aurora/pricing/)",
  },
  {
    what: "Database Insights, advanced",
    demonstration: "none",
    production: "*look up*",
    source: "[CloudWatch](https://aws.amazon.com/cloudwatch/pricing/)",
  },
  {
    what: "logs, Enhanced Monitoring",
    demonstration: "*look up*",
    production: "*look up*",
    source: "[CloudWatch](https://aws.amazon.com/cloudwatch/pricing/)",
  },
  {
    what: "public IPv4 addresses, with `byoc`",
    demonstration: `1: ${usd(prices.address.amount * HOURS)}`,
    production: `2: ${usd(2 * prices.address.amount * HOURS)}`,
    source: prices.address.source,
  },
  {
    what: "Redpanda cluster and pipeline",
    demonstration: "as before",
    production: "as before",
    source: "your contract",
  },
];

/** `docs/production.md`. */
export function productionPage(): string {
  return `<!-- Generated from pages/production.ts. Do not edit: change it there, and run \`npm run docs\`. -->
# How do I make it fit for production?

By default the module makes a demonstration: \`terraform destroy\` deletes it with its data. This makes one that is to last:

\`\`\`sh
npx rpcn-aurora synth --profile production
\`\`\`

With \`--aurora existing\` the cluster is somebody else's, and so is its protection: there the profile keeps the topics and the pipeline's user, and with \`--topology ec2\` changes nothing.

## What is otherwise, and what does it cost?

What is in code and not a resource is a variable with its default. A month has ${HOURS} hours.

| what | demonstration | production | cost a month |
|---|---|---|---|
${differences.map(({ what, demonstration, production, cost }) => `| ${[what, demonstration, production, cost].join(" | ")} |`).join("\n")}

The master user's password is [RDS's or yours](database-user.md#whose-password-is-it-and-where-is-it) in either profile.

## What does an idle month cost?

List prices in USD; where none was found, it says so, and so there is no total.

| what | demonstration | production | source |
|---|---|---|---|
${idleMonth.map(({ what, demonstration, production, source }) => `| ${[what, demonstration, production, source].join(" | ")} |`).join("\n")}

## How do I remove it?

In three steps. The first two lift the protection, one from AWS and Redpanda, the other from Terraform, whose \`prevent_destroy\` takes no variable:

1. Apply with \`deletion_protection = false\` and \`topics_allow_deletion = true\` (with \`--topology ec2\` there are no topics, with \`--aurora existing\` is no cluster).
2. \`terraform output -raw unlock_override > unlock_override.tf\`, beside the module's files. Terraform merges [an override file](https://developer.hashicorp.com/terraform/language/files/override) into the module.
3. \`terraform destroy\` with the same variables as in step 1.

AWS makes a snapshot first, \`<cluster identifier>-final-<final_snapshot_number>\`, and destroys nothing where one of that name is there: then raise \`final_snapshot_number\`, apply, and destroy again. The snapshot stays, and costs storage, until \`aws rds delete-db-cluster-snapshot\` deletes it. Remove \`unlock_override.tf\` where the module is to be applied again.

## How do I change a demonstration into it?

Synthesize with \`--profile production\` into the same folder, plan, and apply: the cluster, its first instance, topics and logs stay, and are changed in place. Before the first apply, say:

| what you have | do this first |
|---|---|
| \`admin_cidrs\` left out | List who may connect: nobody is looked up any more. |
| \`instance_class\` of class T | Choose another one, such as db.r6g.large. The plan refuses class T; the instance restarts with the other one. |
| \`serverlessv2_min_acu\` of 0.5 | Leave it out, or set 2 or more. It is not refused. |

What cannot be changed any more:

| you set | it would | so |
|---|---|---|
| \`storage_kms_key_arn\` | replace the cluster with an empty one | The plan refuses it: *Instance cannot be destroyed*. Restore a snapshot with that key, and [take the copy's place](operations.md#how-do-i-go-on-with-a-restored-or-cloned-cluster). |
| \`name_prefix\`, \`db_name\`, the master user's name | replace the cluster, and with the first the topics | The plan refuses it likewise. |
| \`performance_insights_kms_key_arn\`, where Performance Insights was on with another key | need Performance Insights to begin anew | AWS refuses it in the apply: take the ARN out again. |

Back to a demonstration, the plan would destroy the second instance and lift all protection, and says so. \`kms_key_id\` stays what it is.

## How do I keep a replication slot from filling the volume?

A pipeline that has stopped leaves its slot, and PostgreSQL keeps the log for it: the volume grows until the pipeline reads again. \`max_slot_wal_keep_size\`, in MB, bounds that. AWS lists the parameter among those of [the cluster's parameter group](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html); it holds for all slots of the cluster, and takes effect without a restart. Should AWS refuse it for your version, the apply stops at the parameter group, before anything else is changed.

Beyond the bound PostgreSQL gives up the slot, and with it the pipeline's position. That is loud: the pipeline stops with \`can no longer get changes from replication slot\`, which [\`doctor\`](troubleshooting.md) knows as P22, and never skips a row in silence. Then:

1. Stop the pipeline, and run \`db_cleanup_command\`, which drops the slot and what it still keeps, then \`db_setup_command\`.
2. Start the pipeline with \`stream_snapshot = true\`: it reads all rows once more. Rows that were deleted meanwhile stay undeleted for consumers.

Choose at least what is written in the longest time that the pipeline may stand still, and twice that: \`SELECT slot_name, wal_status, safe_wal_size FROM pg_replication_slots\` shows how much is left.

In MySQL no slot holds the log. \`binlog_retention_hours\` is its counterpart in every module: the log goes when it is that old, read or not.
`;
}
