import type { ITerraformDependable } from "cdktf";
import { Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen, Profile } from "../choices";
import { RedpandaAcl, RedpandaTopic, RedpandaUser } from "../providers/redpanda";
import { expression } from "../templates/expression";
import { type Assertion, Check } from "./check";
import { PipelineSecret } from "./pipeline-secret";
import type { RedpandaCluster } from "./redpanda-cluster";
import { SubjectRights } from "./subject-rights";
import type { Kept } from "./unlock-override";

export interface CdcTopicProps {
  readonly cluster: Pick<RedpandaCluster, "apiUrl" | "state">;
  /** Whether a compacted topic for the pipeline's position is wanted beside the topic for rows. */
  readonly checkpointTopic: boolean;
  /** Whether the rows are there to try, or to last. */
  readonly profile: Profile;
  /** What a row is as a value of the topic. @default json */
  readonly format?: Chosen<"format">;
}

/** The topic that receives the rows, and a user who may write to it and do nothing else. */
export class CdcTopic extends Construct {
  readonly topicName: string;
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

    const topic = new RedpandaTopic(this, "redpanda_topic.topic", {
      ...forLong,
      name: "${var.name_prefix}.iam_auth_topic_test",
      partitionCount: 3,
      replicationFactor: 3,
      // What max_message_bytes of the pipeline's output is, in bytes. It is the default of BYOC clusters:
      // https://docs.redpanda.com/redpanda-cloud/develop/topics/create-topic/
      configuration: {
        "max.message.bytes": `${20 * 2 ** 20}`,
        ...(hasSchemas ? { [icebergMode]: "${var.iceberg_mode}" } : {}),
      },
      lifecycle: {
        preventDestroy: lasts || undefined,
        ignoreChanges: ["configuration"],
        precondition: [hasAddress(props.cluster)],
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
    this.topicName = topic.name;
    this.first = [topic];
    if (hasSchemas) {
      layout(new Check(this, "check.iceberg_mode", isAsWanted), {
        comment: "Beside the topic, whose settings Terraform leaves alone once it is there.",
      });
    }

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

    const allow = (id: string, topicName: string, operation: "READ" | "WRITE" | "DESCRIBE") =>
      new RedpandaAcl(this, `redpanda_acl.${id}`, {
        ...inCluster,
        principal: "User:${var.rp_sasl_user}",
        host: "*",
        resourceType: "TOPIC",
        resourceName: topicName,
        resourcePatternType: "LITERAL",
        operation,
        permissionType: "ALLOW",
      });
    const ready: ITerraformDependable[] = [
      user,
      secret,
      allow("topic_write", topic.name, "WRITE"),
      allow("topic_describe_for_produce", topic.name, "DESCRIBE"),
    ];

    const topics = [topic];
    if (props.checkpointTopic) {
      const checkpoints = new RedpandaTopic(this, "redpanda_topic.checkpoints", {
        ...forLong,
        name: "${var.name_prefix}.cdc_checkpoints",
        partitionCount: 1,
        replicationFactor: 3,
        configuration: { "cleanup.policy": "compact" },
        lifecycle: lasts ? { preventDestroy: true } : undefined,
      });
      topics.push(checkpoints);
      layout(checkpoints, {
        comments: lasts ? { lifecycle: untilUnlocked } : {},
        comment:
          "The pipeline's position in the binary log. Compacted: the newest position is kept for ever; in memory it would be lost at every restart.",
      });
      this.checkpointTopicName = checkpoints.name;
      ready.push(
        allow("checkpoints_read", checkpoints.name, "READ"),
        allow("checkpoints_write", checkpoints.name, "WRITE"),
        allow("checkpoints_describe", checkpoints.name, "DESCRIBE"),
      );
    }
    if (hasSchemas) {
      const rights = new SubjectRights(this, "subject-rights", {
        clusterId: "${var.redpanda_cluster_id}",
        topicName: topic.name,
        dependsOn: this.first,
      });
      ready.push(...rights.ready);
    }
    this.kept = lasts ? topics.map(({ node }) => ({ address: node.id, ...deletable })) : [];
    this.ready = ready;
  }
}

/** @see https://docs.redpanda.com/cloud-data-platform/manage/iceberg/specify-iceberg-schema/ */
const icebergMode = "redpanda.iceberg.mode";

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
