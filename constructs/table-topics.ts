import { type IResolvable, type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import type { Outputs } from "../outputs/output";
import { RedpandaTopic } from "../providers/redpanda";
import { expression } from "../templates/expression";
import { icebergMode } from "../variables/iceberg";
import { maxMessageBytes } from "../variables/topics";
import { type Assertion, Check } from "./check";
import { FormerTopic } from "./former-topic";
import type { StreamedTables } from "./streamed-tables";
import { TopicNames } from "./topic-names";

/** What holds for all topics of rows. */
export interface RowTopicsProps {
  readonly clusterApiUrl: string;
  /** Whether values have schemas, and a topic may be an Iceberg table. */
  readonly hasSchemas: boolean;
  /** Of the one topic; topics of tables always have a variable for it. */
  readonly allowDeletion: boolean | IResolvable;
  /** Whether no plan may destroy one. */
  readonly lasts: boolean;
  /** Why, and how it is lifted. */
  readonly untilUnlocked: string;
  readonly preconditions: readonly Assertion[];
}

export interface TableTopicsProps extends RowTopicsProps {
  readonly engine: Pick<Engine, "checkpointTopic">;
  readonly streamed: Pick<StreamedTables, "tables" | "schemaOfRecord" | "demo">;
}

/**
 * A topic for each table, which only goes when its owner says so twice: the table is in no list any more,
 * and deletion was allowed by an apply before.
 */
export class TableTopics extends Construct {
  /** The topic of each record, for Redpanda Connect. */
  readonly topicName: string;
  /** What the pipeline's user may write to. */
  readonly allowed: readonly [string, "PREFIXED"];
  /** With what the names of its subjects in the schema registry begin. */
  readonly subjects: string;
  /** All of them, as arguments of a command. */
  readonly listed: string;
  readonly demoTopic: string;
  readonly outputs: Outputs;
  /** What Terraform calls them. */
  readonly address: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TableTopicsProps) {
    super(scope, id);
    const { engine, streamed, hasSchemas } = props;
    const names = new TopicNames(this, "names", {
      streamed,
      prefix: "var.name_prefix",
      taken: engine.checkpointTopic ? ["${var.name_prefix}.cdc_checkpoints"] : [],
      byTable: { variables: Object.values(byTable), beside: "local.kept_topics" },
    });
    const kept = names.of('split(".", table)[0]', 'split(".", table)[1]');
    layout(
      new TerraformLocal(
        this,
        "local.kept_topics",
        expression(
          `merge(local.output_topics, { for table in var.retained_tables : table => ${kept} })`,
        ),
      ),
      { comment: "With those of tables that are no longer streamed." },
    );
    this.topicName = names.ofRecord;
    this.allowed = [names.beginning, "PREFIXED"];
    this.subjects = names.beginning;
    this.listed = names.listed;
    this.demoTopic = names.demo;
    this.outputs = names.outputs;

    const ofTable = (name: keyof typeof byTable, table = "each.key") =>
      `try(var.${byTable[name]}[${table}], var.${name})`;
    const topic = new RedpandaTopic(this, "redpanda_topic.tables", {
      name: "${each.value}",
      clusterApiUrl: props.clusterApiUrl,
      partitionCount: Token.asNumber(expression(ofTable("topic_partitions"))),
      replicationFactor: Token.asNumber(expression(ofTable("topic_replication_factor"))),
      configuration: Token.asStringMap(
        expression(
          `{ for name, value in { "max.message.bytes" = "${maxMessageBytes}", ${hasSchemas ? `"${icebergMode}" = var.iceberg_mode, ` : ""}"retention.ms" = ${ofTable("topic_retention_ms")} } : name => tostring(value) if value != null }`,
        ),
      ),
      allowDeletion: Token.asAny("${var.topics_allow_deletion}"),
      lifecycle: {
        createBeforeDestroy: true,
        preventDestroy: props.lasts || undefined,
        ignoreChanges: ["configuration", "replication_factor"],
        precondition: [...props.preconditions],
      },
    });
    topic.addOverride("for_each", "${local.kept_topics}");
    layout(topic, {
      comment:
        "A table's topic stays while the table is in cdc_tables or retained_tables. Topics come before the others: one that exists is refused, while users, secrets and ACLs that exist would be taken over from another module, with the old passwords.",
      comments: {
        lifecycle: [
          "For a new topic. What people set later, such as retention.ms, stays: taken back, it would delete rows. A topic goes only when the pipeline writes elsewhere.",
          ...(props.lasts ? [props.untilUnlocked] : []),
        ].join("\n"),
      },
    });
    this.address = topic.node.id;
    this.ready = [topic];

    const wanted = ofTable("topic_retention_ms", "table");
    const other = `[for table, topic in redpanda_topic.tables : "\${topic.name}=\${${wanted}}" if ${wanted} != null && try(topic.configuration["retention.ms"], null) != tostring(${wanted})]`;
    const check = new Check(this, "check.topic_retention", {
      condition: expression(`length(${other}) == 0`),
      errorMessage: `These topics keep rows for another time than topic_retention_ms says, which is for new ones: \${join(", ", ${other})}. To change a topic, which may delete rows: rpk topic alter-config <topic> --set retention.ms=<milliseconds>`,
    });
    layout(check, { comment: "Terraform leaves the settings of topics that are there alone." });
    if (hasSchemas) {
      layout(new Check(this, "check.iceberg_mode", isAsWanted), {
        comment: "The same holds for this one.",
      });
    }
    new FormerTopic(this, "former-topic");
  }
}

const byTable = {
  topic_partitions: "topic_partitions_by_table",
  topic_replication_factor: "topic_replication_factor_by_table",
  topic_retention_ms: "topic_retention_ms_by_table",
} as const;

const otherMode = `[for topic in redpanda_topic.tables : topic.name if try(topic.configuration["${icebergMode}"], var.iceberg_mode) != var.iceberg_mode]`;

/** The provider keeps a setting of this kind in the state if it was given when the topic was made. */
const isAsWanted: Assertion = {
  condition: expression(`length(${otherMode}) == 0`),
  errorMessage: `iceberg_mode is \${var.iceberg_mode}, which is for new topics, and these have another one: \${join(", ", ${otherMode})}. Set it by hand: rpk topic alter-config <topic> --set ${icebergMode}=\${var.iceberg_mode}`,
};
