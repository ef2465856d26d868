import type { ITerraformDependable, TerraformMetaArguments } from "cdktf";
import { Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen, Profile } from "../choices";
import type { Engine } from "../engines/engine";
import type { Outputs } from "../outputs/output";
import { RedpandaAcl, RedpandaTopic, RedpandaUser } from "../providers/redpanda";
import { expression } from "../templates/expression";
import { icebergMode } from "../variables/iceberg";
import { maxMessageBytes } from "../variables/topics";
import { type Assertion, Check } from "./check";
import { PipelineSecret } from "./pipeline-secret";
import type { RedpandaCluster } from "./redpanda-cluster";
import type { StreamedTables } from "./streamed-tables";
import { SubjectRights } from "./subject-rights";
import { type RowTopicsProps, TableTopics } from "./table-topics";
import type { Kept } from "./unlock-override";

export interface CdcTopicProps {
  readonly cluster: Pick<RedpandaCluster, "apiUrl" | "state">;
  /** Whether all tables have one topic, or each its own. */
  readonly topics: Chosen<"topics">;
  /** Whether a compacted topic for the pipeline's position is wanted beside those for rows, and more. */
  readonly engine: Pick<Engine, "checkpointTopic" | "table">;
  readonly streamed: Pick<StreamedTables, "tables" | "schemaOfRecord" | "demo">;
  /** Whether the rows are there to try, or to last. */
  readonly profile: Profile;
  /** What a row is as a value of the topic. @default json */
  readonly format?: Chosen<"format">;
}

/** The topics that receive the rows, and a user who may write to them and do nothing else. */
export class CdcTopic extends Construct {
  /** The topic of each record: a name, or how Redpanda Connect makes it of the record. */
  readonly topicName: string;
  /** With what the names of all topics for rows begin. */
  readonly topicsBeginning: string;
  /** All topics for rows, as arguments of a command. */
  readonly listed: string;
  /** Topic of the demo table. */
  readonly demoTopic: string;
  readonly outputs: Outputs;
  /** @default - there is none: the position is elsewhere */
  readonly checkpointTopicName?: string;
  /** What stands for the user's password in the pipeline's configuration: a Terraform expression. */
  readonly saslPassword: string;
  /** What Terraform refuses to destroy. */
  readonly kept: readonly Kept[];
  /**
   * What must exist before anything that takes over an object of the same name: Redpanda's secrets,
   * users and ACLs do.
   */
  readonly first: readonly ITerraformDependable[];
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CdcTopicProps) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Redpanda" });

    const { apiUrl: clusterApiUrl } = props.cluster;
    // Without it the provider refuses terraform destroy.
    const inCluster = { clusterApiUrl, allowDeletion: true };
    const lasts = props.profile === "production";
    const hasSchemas = props.format === "avro";
    const forLong = {
      clusterApiUrl,
      allowDeletion: lasts ? Token.asAny("${var.topics_allow_deletion}") : true,
    };

    const untilUnlocked =
      "No plan destroys or replaces it, until the text of the output unlock_override is there.";
    const ofRows = {
      ...forLong,
      hasSchemas,
      lasts,
      untilUnlocked,
      preconditions: [hasAddress(props.cluster)],
    };
    const { topics: kind, engine, streamed } = props;
    const rows =
      kind === "one"
        ? new OneTopic(this, "one-topic", ofRows)
        : new TableTopics(this, "table-topics", { ...ofRows, engine, streamed });
    this.topicName = rows.topicName;
    this.topicsBeginning = rows.allowed[0];
    this.listed = rows.listed;
    this.demoTopic = rows.demoTopic;
    this.outputs = rows.outputs;
    this.first = rows.ready;
    // A right for other topics goes when the pipeline no longer writes to them.
    const meta: TerraformMetaArguments =
      kind === "one"
        ? {}
        : { dependsOn: [...rows.ready], lifecycle: { createBeforeDestroy: true } };

    const user = new RedpandaUser(this, "redpanda_user.app", {
      ...forLong,
      name: "${var.rp_sasl_user}",
      mechanism: "scram-sha-256",
      passwordWo: "${var.rp_sasl_password}",
      passwordWoVersion: Token.asNumber("${var.rp_sasl_password_version}"),
      dependsOn: [...this.first],
    });

    const { secret, reference } = new PipelineSecret(this, "sasl-password", {
      clusterApiUrl,
      address: "sasl_password",
      suffix: "SASL_PASSWORD",
      variable: "rp_sasl_password",
      version: "rp_sasl_password_version",
      dependsOn: this.first,
    });
    this.saslPassword = reference;
    layout(secret, {
      comment:
        "The pipeline's configuration refers to this secret by name; the password itself is in no file and no state.",
      comments: { secret_data: "Plain text: the provider encodes it." },
    });

    type Allowed = readonly [name: string, patternType: "LITERAL" | "PREFIXED"];
    const allow = (
      id: string,
      [resourceName, resourcePatternType]: Allowed,
      operation: "READ" | "WRITE" | "DESCRIBE",
      meta: TerraformMetaArguments = {},
    ) =>
      new RedpandaAcl(this, `redpanda_acl.${id}`, {
        ...inCluster,
        ...meta,
        principal: "User:${var.rp_sasl_user}",
        host: "*",
        resourceType: "TOPIC",
        resourceName,
        resourcePatternType,
        operation,
        permissionType: "ALLOW",
      });
    const ready: ITerraformDependable[] = [
      user,
      secret,
      allow("topic_write", rows.allowed, "WRITE", meta),
      allow("topic_describe_for_produce", rows.allowed, "DESCRIBE", meta),
    ];

    const topics = [rows.address];
    if (props.engine.checkpointTopic) {
      const checkpoints = new RedpandaTopic(this, "redpanda_topic.checkpoints", {
        ...forLong,
        name: "${var.name_prefix}.cdc_checkpoints",
        partitionCount: 1,
        replicationFactor: 3,
        configuration: { "cleanup.policy": "compact" },
        lifecycle: lasts ? { preventDestroy: true } : undefined,
      });
      topics.push(checkpoints.node.id);
      layout(checkpoints, {
        comments: lasts ? { lifecycle: untilUnlocked } : {},
        comment:
          "The pipeline's position in the binary log. Compacted: the newest position is kept for ever; in memory it would be lost at every restart.",
      });
      this.checkpointTopicName = checkpoints.name;
      const position: Allowed = [checkpoints.name, "LITERAL"];
      ready.push(
        allow("checkpoints_read", position, "READ"),
        allow("checkpoints_write", position, "WRITE"),
        allow("checkpoints_describe", position, "DESCRIBE"),
      );
    }
    if (hasSchemas) {
      const rights = new SubjectRights(this, "subject-rights", {
        clusterId: "${var.redpanda_cluster_id}",
        subjects: rows.subjects,
        dependsOn: this.first,
        meta,
      });
      ready.push(...rights.ready);
    }
    this.kept = lasts ? topics.map((address) => ({ address, ...deletable })) : [];
    this.ready = ready;
  }
}

/** The one topic that receives all rows. */
class OneTopic extends Construct {
  readonly topicName: string;
  readonly listed: string;
  readonly demoTopic: string;
  readonly outputs: Outputs;
  readonly address: string;
  readonly ready: readonly ITerraformDependable[];
  readonly allowed: readonly [string, "LITERAL"];
  readonly subjects: string;

  constructor(scope: Construct, id: string, props: RowTopicsProps) {
    super(scope, id);
    const { hasSchemas, lasts, untilUnlocked, preconditions, ...forLong } = props;
    const topic = new RedpandaTopic(this, "redpanda_topic.topic", {
      ...forLong,
      name: expression('coalesce(var.topic_name, "${var.name_prefix}.iam_auth_topic_test")'),
      partitionCount: 3,
      replicationFactor: 3,
      configuration: {
        "max.message.bytes": `${maxMessageBytes}`,
        ...(hasSchemas ? { [icebergMode]: "${var.iceberg_mode}" } : {}),
      },
      lifecycle: {
        preventDestroy: lasts || undefined,
        ignoreChanges: ["configuration"],
        precondition: [...preconditions],
      },
    });
    layout(topic, {
      comments: {
        lifecycle: [
          "For a new topic. What people set later, such as retention.ms, stays: taken back, it would delete rows.",
          ...(lasts ? [untilUnlocked] : []),
        ].join("\n"),
      },
      comment:
        "Comes before the others: a topic that exists is refused, while users, secrets and ACLs that exist would be taken over from another module, with the old passwords.",
    });
    if (hasSchemas) {
      layout(new Check(this, "check.iceberg_mode", isAsWanted), {
        comment: "Beside the topic, whose settings Terraform leaves alone once it is there.",
      });
    }
    this.topicName = topic.name;
    this.listed = topic.name;
    this.demoTopic = topic.name;
    this.outputs = { cdc_output_topic: [topic.name, "Topic that receives the rows."] };
    this.address = topic.node.id;
    this.ready = [topic];
    this.allowed = [topic.name, "LITERAL"];
    this.subjects = `${topic.name}-`;
  }
}

/** The provider keeps a setting of this kind in the state if it was given when the topic was made. */
const isAsWanted: Assertion = {
  condition: expression(
    `try(redpanda_topic.topic.configuration["${icebergMode}"], var.iceberg_mode) == var.iceberg_mode`,
  ),
  errorMessage: `iceberg_mode is \${var.iceberg_mode}, and the topic has \${try(redpanda_topic.topic.configuration["${icebergMode}"], "none")}: Terraform sets it for a new topic alone. Set it by hand: rpk topic alter-config \${redpanda_topic.topic.name} --set ${icebergMode}=\${var.iceberg_mode}`,
};

const deletable = {
  isDeletable: "var.topics_allow_deletion",
  madeSo: "topics_allow_deletion = true",
};

/**
 * The provider takes another address for another cluster, and none for another, too: a plan in that hour
 * would replace the topic with its rows. Not asked of the data source, which is read for a destroy.
 */
const hasAddress = ({ apiUrl, state }: CdcTopicProps["cluster"]): Assertion => ({
  condition: expression(`try(length(${apiUrl}), 0) > 0`),
  errorMessage: `redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster without an address: it is in \${jsonencode(${state})}. Wait until Redpanda Cloud shows it as running, and plan again.`,
});
