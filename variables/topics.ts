import { topicsProtection } from "./production";
import type { Variable } from "./variable";

/**
 * RE2: a topic's name. One that begins with a hyphen is Kafka's to take, and an option to commands.
 * @see https://github.com/redpanda-data/redpanda/blob/v25.2.1/src/v/model/validation.cc
 * @see https://github.com/apache/kafka/blob/4.1.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java
 */
export const topicNamePattern = "^[A-Za-z0-9._][A-Za-z0-9._-]{0,248}$";

/**
 * What max_message_bytes of the pipeline's output is. It is the default of BYOC clusters:
 * https://docs.redpanda.com/redpanda-cloud/develop/topics/create-topic/
 */
export const maxMessageBytes = 20 * 2 ** 20;

/** Where all tables have one topic. */
export const oneTopic = {
  topic_name: {
    type: "string",
    default: null,
    description:
      "Topic for the rows. Null: <name_prefix>.iam_auth_topic_test. Another name is another topic: where there is one already, Terraform replaces it, and its rows are gone.",
    validation: [
      {
        condition: `\${var.topic_name == null ? true : can(regex("${topicNamePattern}", var.topic_name)) && !contains([".", ".."], var.topic_name)}`,
        errorMessage:
          "topic_name is ${jsonencode(var.topic_name)}. It must be 1 to 249 letters, digits, dots, underscores and hyphens, not starting with a hyphen, and not dots alone.",
      },
      {
        condition:
          '${var.topic_name == null ? true : var.topic_name != "${var.name_prefix}.cdc_checkpoints"}',
        errorMessage:
          "topic_name is ${jsonencode(var.topic_name)}, the name of the topic in which a pipeline of MySQL keeps its position: choose another.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/**
 * How topics are named where each table has its own.
 * @param prefix variable that `<prefix>` stands for
 */
export function topicNames(prefix: string): Record<string, Variable> {
  return {
    topic_name_pattern: {
      type: "string",
      default: "<prefix>.<schema>.<table>",
      description: `Name of each table's topic: <table> stands for the table, <schema> for its schema (in MySQL the database), <prefix> for ${prefix}. Another pattern means other topics; those that are there stay.`,
      validation: [
        {
          condition:
            '${can(regex("^(<prefix>|[A-Za-z0-9])(<prefix>|[A-Za-z0-9._-])*[._-](<schema>|<table>)(<prefix>|<schema>|<table>|[A-Za-z0-9._-])*$", var.topic_name_pattern)) && strcontains(var.topic_name_pattern, "<table>") && length(var.topic_name_pattern) <= 249}',
          errorMessage:
            "topic_name_pattern is ${jsonencode(var.topic_name_pattern)}. It must be at most 249 letters, digits, dots, underscores and hyphens with <table> among them, and may have <prefix> and <schema>. What comes before <schema> and <table> begins the names of all topics, and lets the pipeline's user write to them: it must begin with a letter or a digit, because topics of Redpanda's own begin with an underscore, and end in a dot, an underscore or a hyphen, such as <prefix>.<schema>.<table>.",
        },
      ],
    },
  };
}

/** RE2: a table with its schema, as far as a topic can be called so. */
const tableKey = "^[A-Za-z_][A-Za-z0-9_]{0,63}[.][A-Za-z_][A-Za-z0-9_]{0,63}$";

interface OfTopics {
  readonly usual: number | null;
  /** Names the unit. */
  readonly description: string;
  /** An expression, for the expression of a value. */
  readonly condition: (value: string) => string;
  /** Completes "must be …". */
  readonly allowed: string;
}

/** A number for all topics, and those of some tables. */
function ofTopics(name: string, { usual, description, condition, allowed }: OfTopics) {
  const byTable = `${name}_by_table`;
  const isRight = `try(${condition(`var.${name}`)}, false)`;
  return {
    [name]: {
      type: "number",
      default: usual,
      description,
      validation: [
        {
          condition: `\${${usual === null ? `var.${name} == null ? true : ${isRight}` : isRight}}`,
          errorMessage: `${name} is \${jsonencode(var.${name})}. It must be ${allowed}.`,
        },
      ],
    },
    [byTable]: {
      type: "map(number)",
      default: {},
      description: `${name} of some tables' topics, by <schema>.<table>, such as { "public.orders" = … } (in MySQL <database>.<table>).`,
      validation: [
        {
          condition: `\${alltrue([for value in values(var.${byTable}) : try(${condition("value")}, false)])}`,
          errorMessage: `${byTable} is \${jsonencode(var.${byTable})}. Each value must be ${allowed}.`,
        },
      ],
    },
  } satisfies Record<string, Variable>;
}

/** What the module's own topics are like, and when they go. */
export const tableTopics = {
  ...ofTopics("topic_partitions", {
    usual: 3,
    description:
      "Partitions of a topic. More are added in place, after which rows of a key may come to another one; fewer are not possible.",
    condition: (value) => `${value} >= 1 && floor(${value}) == ${value}`,
    allowed: "a whole number from 1 on, such as 3",
  }),
  ...ofTopics("topic_replication_factor", {
    usual: 3,
    description:
      "Replicas of each partition of a new topic: odd, and at most the number of brokers. Topics that are there keep theirs.",
    condition: (value) => `${value} >= 1 && ${value} % 2 == 1`,
    allowed: "an odd whole number, such as 3",
  }),
  ...ofTopics("topic_retention_ms", {
    usual: null,
    description:
      "Milliseconds for which a new topic keeps its rows (retention.ms), such as 2592000000 for 30 days; -1 keeps them for ever. Null: as the cluster does, seven days. Topics that are there keep theirs, and a warning says how to change it.",
    condition: (value) => `${value} == -1 || (${value} >= 1 && floor(${value}) == ${value})`,
    allowed: "a whole number of milliseconds from 1 on, such as 604800000, or -1",
  }),
  retained_tables: {
    type: "list(string)",
    default: [],
    description:
      "Tables that are no longer in cdc_tables and whose topics stay, as <schema>.<table>, such as public.orders (in MySQL <database>.<table>). Where a table is in neither list, Terraform deletes its topic, if topics_allow_deletion was applied as true, and else stops.",
    validation: [
      {
        condition: `\${alltrue([for table in var.retained_tables : can(regex("${tableKey}", table))]) && length(distinct(var.retained_tables)) == length(var.retained_tables)}`,
        errorMessage:
          'retained_tables is ${jsonencode(var.retained_tables)}. It must list tables with their schema (in MySQL their database), each once, such as ["public.orders"].',
      },
    ],
  },
  topics_allow_deletion: {
    ...topicsProtection.topics_allow_deletion,
    description:
      "Whether Terraform may delete topics with all their rows: those of tables that are in neither cdc_tables nor retained_tables, and all of them with terraform destroy. It must be applied as true first: docs/topics.md.",
  },
} satisfies Record<string, Variable>;
