import type { Chosen } from "../choices";
import { profile } from "./account";
import { isExternalId, sasl } from "./redpanda";
import { ingressPrefix, isIpv4Network, type Variable } from "./variable";

/** The network that the module's cluster is placed in. */
export const existingNetwork = {
  vpc_id: {
    type: "string",
    description:
      "VPC for the database, such as vpc-0342476ccc1ef05f4. `aws ec2 describe-vpcs --query 'Vpcs[].VpcId'`",
    validation: [
      {
        condition: '${can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.vpc_id))}',
        errorMessage:
          "vpc_id is ${jsonencode(var.vpc_id)}. It must be the id of a VPC, such as vpc-0342476ccc1ef05f4.",
      },
    ],
  },
  db_subnet_ids: {
    type: "list(string)",
    description:
      "Subnets of vpc_id for the database, in at least two availability zones. `aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc_id> --query 'Subnets[].[SubnetId,AvailabilityZone]'`",
    validation: [
      {
        condition:
          '${length(distinct(var.db_subnet_ids)) >= 2 && alltrue([for id in var.db_subnet_ids : can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", id))])}',
        errorMessage:
          "db_subnet_ids is ${jsonencode(var.db_subnet_ids)}. It must list two or more different subnet ids, such as subnet-043c307ad7cec520a, in different zones.",
      },
    ],
  },
} satisfies Record<string, Variable>;

const widerNetwork =
  "allowed_cidr_blocks is ${jsonencode(var.allowed_cidr_blocks)}. It must list IPv4 networks from /16 to /32 whose host bits are zero, such as 10.0.1.0/24 or 198.51.100.7/32; 0.0.0.0/0 would let in the whole internet.";

/** Who may reach the database. */
export const allowedNetworks = {
  allowed_cidr_blocks: {
    type: "list(string)",
    description:
      "Networks that may connect to the database: that of Redpanda Connect's host, and yours. A single address is written with /32; anything wider than /16 is refused.",
    validation: [
      {
        condition: `\${length(var.allowed_cidr_blocks) > 0 && alltrue([for cidr in var.allowed_cidr_blocks : ${isIpv4Network("cidr", ingressPrefix)}])}`,
        errorMessage: widerNetwork,
      },
    ],
  },
} satisfies Record<string, Variable>;

/** `allowedNetworks`, where the security group is somebody else's, who may let all of them in. */
export const allowedNetworksIfManaged = {
  allowed_cidr_blocks: {
    ...allowedNetworks.allowed_cidr_blocks,
    default: [],
    description:
      "Networks that get a rule for the database: that of Redpanda Connect's host, and yours. A single address is written with /32; anything wider than /16 is refused. At least one must be given where manage_ingress is true.",
    validation: [
      {
        condition: "${!var.manage_ingress || length(var.allowed_cidr_blocks) > 0}",
        errorMessage:
          "allowed_cidr_blocks is [], so Redpanda Connect could not reach the database. List the network of its host, such as 10.0.1.0/24, or set manage_ingress = false where another rule lets it in.",
      },
      {
        condition: `\${alltrue([for cidr in var.allowed_cidr_blocks : ${isIpv4Network("cidr", ingressPrefix)}])}`,
        errorMessage: widerNetwork,
      },
    ],
  },
} satisfies Record<string, Variable>;

/** Who may log in as whom. */
export const access = {
  extra_dbuser_arns: {
    type: "list(string)",
    default: [],
    description:
      "Further database users that Redpanda Connect may log in as: arn:<partition>:rds-db:<region>:<account>:dbuser:<cluster-… or db-… resource id>/<user>.",
    validation: [
      {
        condition:
          '${alltrue([for arn in var.extra_dbuser_arns : can(regex("^arn:aws[a-z-]*:rds-db:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:dbuser:(cluster|db)-[A-Z0-9]{1,63}/[A-Za-z0-9_]{1,63}$", arn))])}',
        errorMessage:
          "extra_dbuser_arns is ${jsonencode(var.extra_dbuser_arns)}. Each must name one user of one cluster or instance by resource id, without wildcards, such as arn:aws:rds-db:eu-west-2:123456789012:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0HGE/iamuser.",
      },
      {
        condition: '${length(join("", compact(var.extra_dbuser_arns))) <= 5000}',
        errorMessage:
          "extra_dbuser_arns lists more than fits into one IAM policy, which holds 6144 characters: list about fifty ARNs at most.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** What joins two accounts. */
export const secondAccount = {
  app_aws_profile: profile(
    "app_aws_profile",
    "Profile in ~/.aws/config for the account of Redpanda Connect's host (aws_profile is the database's). Null: the environment's credentials.",
  ),
  external_id: {
    type: "string",
    description:
      "External id that the app role must present to assume the db-access role, against the confused deputy problem. Not a secret. Your choice, 2 to 1224 characters.",
    validation: [isExternalId("var.external_id")],
  },
} satisfies Record<string, Variable>;

/**
 * Whether a pipeline's position is a file on its instance, which the module names. Elsewhere it has
 * the name in `checkpoint_key`.
 */
export function isOnInstance(host: Chosen<"host">, output: Chosen<"output">): boolean {
  return host === "ec2" && output === "stdout";
}

/** The name under which the position is kept, where this module cannot see what is kept already. */
export const checkpointKey = {
  checkpoint_key: {
    type: "string",
    description:
      "Name under which the pipeline keeps its position in the binary log. A position belongs to the log of one cluster: choose another name for another cluster, also for a restored one. With rpconnect, a pipeline goes on where one of version 0.1.0 stopped; a new one may take rpconnect-<resource id>: `aws rds describe-db-clusters --query 'DBClusters[].DbClusterResourceId'`.",
    validation: [
      {
        condition: '${can(regex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$", var.checkpoint_key))}',
        errorMessage:
          "checkpoint_key is ${jsonencode(var.checkpoint_key)}. It must be 1 to 200 letters, digits, dots, underscores and hyphens, not starting with a dot or hyphen, such as rpconnect-cluster-U7CPSIZSCX2MPYNHKRETJG0HGE.",
      },
    ],
  },
} satisfies Record<string, Variable>;

interface InRedpandaCluster {
  /** Whether the pipeline keeps its position in a second topic. */
  readonly checkpointTopic: boolean;
  /** Whether each table has a topic of its own, whose name begins so. */
  readonly isPrefix: boolean;
}

/** The Redpanda cluster that the pipeline writes to, and the user that it has there. */
export function redpandaCluster({
  checkpointTopic,
  isPrefix,
}: InRedpandaCluster): Record<string, Variable> {
  const position = checkpointTopic
    ? ` So must ${isPrefix ? "one more" : "a second one"}, compacted, for the position: \`rpk topic create iam_test_checkpoints --partitions 1 --topic-config cleanup.policy=compact\`.`
    : "";
  return {
    redpanda_brokers: {
      type: "list(string)",
      description:
        "Brokers of the Redpanda cluster, each as host:port: Redpanda Cloud > the cluster > Overview > Kafka API, or `rpk cluster info`.",
      validation: [
        {
          condition: `\${length(var.redpanda_brokers) > 0 && alltrue([for broker in var.redpanda_brokers : can(regex("^${host}:${port}$", broker))])}`,
          errorMessage:
            "redpanda_brokers is ${jsonencode(var.redpanda_brokers)}. It must list brokers as host:port, such as seed-0.example.com:9092.",
        },
      ],
    },
    redpanda_topic: {
      type: "string",
      default: "iam_test",
      description: isPrefix
        ? `Beginning of the topics' names, <prefix> in topic_name_pattern. The topics must exist: create_topics_command.${position}`
        : `Topic for the rows. It must exist: \`rpk topic create iam_test\`.${position}`,
      validation: [
        {
          condition:
            '${can(regex("^[A-Za-z0-9._][A-Za-z0-9._-]{0,236}$", var.redpanda_topic)) && !contains([".", ".."], var.redpanda_topic)}',
          errorMessage:
            "redpanda_topic is ${jsonencode(var.redpanda_topic)}. It must be 1 to 237 letters, digits, dots, underscores and hyphens, not starting with a hyphen, and not dots alone.",
        },
      ],
    },
    rp_sasl_user: {
      ...sasl.rp_sasl_user,
      description: `Redpanda user of the pipeline, with WRITE and DESCRIBE on the topic${isPrefix ? "s" : ""}${checkpointTopic ? " and READ, WRITE and DESCRIBE on <redpanda_topic>_checkpoints" : ""}: \`rpk security acl create --allow-principal User:app --operation write,describe ${isPrefix ? "--topic iam_test. --resource-pattern-type prefixed" : "--topic iam_test"}\`. Its password is given to the container as REDPANDA_SASL_PASSWORD.`,
    },
  };
}

/** RE2: the name of a host, or its IPv4 address. */
const host = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";
/** RE2: a TCP port. */
const port =
  "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

/** Where the schemas of Avro are. The pipeline's user and password are good for it as well. */
export const schemaRegistry = {
  redpanda_schema_registry_url: {
    type: "string",
    description:
      "URL of the Redpanda cluster's Schema Registry: Redpanda Cloud > the cluster > Overview > Schema Registry. rp_sasl_user requires READ and WRITE on the subjects that begin with <redpanda_topic>-, and DESCRIBE on the registry: docs/avro.md has the command.",
    validation: [
      {
        condition: `\${can(regex("^https://${host}(:${port})?$", var.redpanda_schema_registry_url))}`,
        errorMessage:
          "redpanda_schema_registry_url is ${jsonencode(var.redpanda_schema_registry_url)}. It must be https:// and a host, with a port or without, such as https://schema-registry.example.com:30081. Without TLS the password could be read on the way.",
      },
    ],
  },
} satisfies Record<string, Variable>;
