import { namedClients } from "./network";
import type { Variable } from "./variable";

/** What is lost by mistake otherwise. */
export const protection = {
  deletion_protection: {
    type: "bool",
    default: true,
    description:
      "Whether AWS refuses to delete the cluster. False is the first of the three steps before terraform destroy: docs/production.md has them.",
  },
  final_snapshot_number: {
    type: "number",
    default: 1,
    description:
      "Number at the end of the final snapshot's name, <cluster identifier>-final-<number>, which is taken when the cluster is deleted. Raise it by one, and apply, where a snapshot of that name is there already: `aws rds describe-db-cluster-snapshots --query 'DBClusterSnapshots[].DBClusterSnapshotIdentifier'`.",
    validation: [
      {
        condition:
          "${try(var.final_snapshot_number >= 1 && var.final_snapshot_number <= 9999 && floor(var.final_snapshot_number) == var.final_snapshot_number, false)}",
        errorMessage:
          "final_snapshot_number is ${jsonencode(var.final_snapshot_number)}. It must be a whole number from 1 to 9999: raise it by one where a snapshot of that number is there already.",
      },
    ],
  },
  backup_retention_days: {
    type: "number",
    default: 7,
    description:
      "Days for which Aurora keeps its automated backups, 1 to 35: how far back the cluster can be restored to any second. AWS bills the storage beyond the first day.",
    validation: [
      {
        condition:
          "${try(var.backup_retention_days >= 1 && var.backup_retention_days <= 35 && floor(var.backup_retention_days) == var.backup_retention_days, false)}",
        errorMessage:
          "backup_retention_days is ${jsonencode(var.backup_retention_days)}. It must be a whole number of days from 1 to 35, which is all that Aurora keeps, such as 7.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** A key of one's own in KMS, for what is completed by `of`. `change` says what becomes of it later. */
function kmsKey(name: string, of: string, change: string): Record<string, Variable> {
  return {
    [name]: {
      type: "string",
      default: null,
      description: `ARN of the KMS key that encrypts ${of}, such as arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab: \`aws kms list-keys --query 'Keys[].KeyArn'\`. Null: AWS's own. ${change}`,
      validation: [
        {
          condition: `\${var.${name} == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$", var.${name}))}`,
          errorMessage: `${name} is \${jsonencode(var.${name})}. It must be the ARN of a key, not an alias or an id alone, such as arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab: \`aws kms list-keys --query 'Keys[].KeyArn' --region \${var.region}\`.`,
        },
        {
          condition: `\${var.${name} == null ? true : split(":", "\${var.${name}}::::")[3] == var.region}`,
          errorMessage: `${name} is \${jsonencode(var.${name})}, and region is \${jsonencode(var.region)}. The key must be in that region, where a multi-Region key can have a replica: aws kms replicate-key --key-id <key> --replica-region <region>.`,
        },
      ],
    },
  };
}

/** Whose keys encrypt what is kept. */
export const keys: Record<string, Variable> = {
  ...kmsKey(
    "storage_kms_key_arn",
    "the cluster's storage, backups and snapshots",
    "Chosen once: another key would replace the cluster, which the plan refuses.",
  ),
  ...kmsKey(
    "logs_kms_key_arn",
    "the log groups",
    "Its policy must let CloudWatch Logs use it (logs.<region>.amazonaws.com).",
  ),
  ...kmsKey(
    "performance_insights_kms_key_arn",
    "what Performance Insights keeps",
    "Chosen once: AWS refuses another key where Performance Insights is on already.",
  ),
};

/**
 * What tells why the database was slow, and the authority of its certificate.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.TurningOnAdvanced.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
 */
export const instances = {
  database_insights_mode: {
    type: "string",
    default: "advanced",
    description:
      "Mode of CloudWatch Database Insights: advanced keeps the database's load for 465 days and shows locks and plans, at a price per vCPU or ACU; standard keeps it for 7 days at no charge.",
    validation: [
      {
        condition: '${contains(["standard", "advanced"], var.database_insights_mode)}',
        errorMessage:
          "database_insights_mode is ${jsonencode(var.database_insights_mode)}. It must be standard or advanced.",
      },
    ],
  },
  ca_certificate_identifier: {
    type: "string",
    default: "rds-ca-rsa2048-g1",
    description:
      "Certificate authority that signs the instances' certificates: `aws rds describe-certificates --query 'Certificates[].CertificateIdentifier'`. The pipeline trusts all of them. A change may restart the instances.",
    validation: [
      {
        condition:
          '${contains(["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"], var.ca_certificate_identifier)}',
        errorMessage:
          "ca_certificate_identifier is ${jsonencode(var.ca_certificate_identifier)}. It must be rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1: `aws rds describe-certificates --query 'Certificates[].CertificateIdentifier' --region ${var.region}`.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** Whether rows may be deleted with their topic. */
export const topicsProtection = {
  topics_allow_deletion: {
    type: "bool",
    default: false,
    description:
      "Whether Terraform may delete the topics, with all their rows, and the pipeline's Redpanda user. True is the first of the three steps before terraform destroy: docs/production.md has them.",
  },
} satisfies Record<string, Variable>;

/** Who reaches the database beside the pipeline: nobody who is not named. */
export const namedAdmins = {
  admin_cidrs: {
    ...namedClients.admin_cidrs,
    description:
      "Networks from which people may connect with psql or mysql, such as 198.51.100.7/32. []: nobody.",
  },
} satisfies Record<string, Variable>;

/** `namedAdmins`, where the apply itself connects to the database from the machine that it runs on. */
export const namedAdminsWithTerraform = {
  admin_cidrs: {
    ...namedAdmins.admin_cidrs,
    description:
      "Networks from which people, and the machine that Terraform runs on, connect to the database, such as 198.51.100.7/32. At least one must be given.",
    validation: [
      ...namedAdmins.admin_cidrs.validation,
      {
        condition: "${length(var.admin_cidrs) > 0}",
        errorMessage:
          "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. List the network that this machine connects from.",
      },
    ],
  },
} satisfies Record<string, Variable>;
