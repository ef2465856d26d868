import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { commandIf } from "../outputs/output";
import { RedpandaPipeline } from "../providers/redpanda";
import type { AccessKeySecrets } from "./access-key-secrets";
import type { CdcTopic } from "./cdc-topic";
import { PipelineFile, type PipelineInput } from "./pipeline-file";

export interface PipelineProps {
  readonly engine: Engine;
  readonly clusterApiUrl: string;
  readonly input: PipelineInput;
  readonly topic: Pick<CdcTopic, "topicName" | "checkpointTopicName" | "saslPassword">;
  /** The key that starts the chain of roles. @default - the role of the pipeline's pod does */
  readonly key?: Pick<AccessKeySecrets, "templateExpressions">;
  /** Expressions that must all be true before there is a pipeline. */
  readonly waitsFor: readonly string[];
  /** Whether one apply prepares all that the pipeline needs, so that it must run at the end of it. */
  readonly allPrepared: boolean;
  /** What must exist while the pipeline runs. */
  readonly dependsOn: readonly { readonly ready: readonly ITerraformDependable[] }[];
}

/** The Redpanda Connect pipeline in the BYOC cluster. */
export class Pipeline extends Construct {
  /** Null while there is no pipeline. */
  readonly pipelineId: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PipelineProps,
  ) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Pipeline" });

    const { engine, input, topic, key } = props;
    const { topicName, checkpointTopicName } = topic;
    const { yaml } = new PipelineFile(this, "file", {
      engine,
      input,
      output: {
        // Redpanda Connect fills in the cluster's own brokers.
        seed_brokers: '["$${REDPANDA_BROKERS}"]',
        topic: topicName,
        position_metadata: JSON.stringify(engine.positionMetadata),
        sasl_user: "var.rp_sasl_user",
        sasl_password: topic.saslPassword,
        sasl_password_version: "var.rp_sasl_password_version",
        ...key?.templateExpressions,
        ...(checkpointTopicName
          ? { checkpoint_topic: checkpointTopicName, checkpoint_key: topicName }
          : {}),
      },
    });

    const waits = props.waitsFor.length > 0;
    const pipeline = new RedpandaPipeline(this, "redpanda_pipeline.pipeline", {
      count: waits ? Token.asNumber(`\${${props.waitsFor.join(" && ")} ? 1 : 0}`) : undefined,
      clusterApiUrl: props.clusterApiUrl,
      displayName: "${var.name_prefix} x-account IAM auth to RDS",
      description:
        "Streams changes from Aurora in another AWS account, logging in with IAM tokens. Made by Terraform.",
      state: "running",
      configYaml: yaml,
      resources: { cpuShares: "200m", memoryShares: "800M" },
      allowDeletion: true,
      dependsOn: props.dependsOn.flatMap(({ ready }) => ready),
      lifecycle: props.allPrepared ? { postcondition: [isRunning] } : undefined,
    });
    layout(pipeline, {
      comment: props.allPrepared
        ? "Starts last. Running does not mean that rows arrive: first_row_command shows that."
        : "Running does not mean that rows arrive: the pipeline retries until it can log in.",
      comments: {
        resources: "Two of the units that Redpanda Cloud lists (100m with 400M), about 2 MB/s.",
      },
    });
    this.ready = [pipeline];
    this.pipelineId = waits ? "${one(redpanda_pipeline.pipeline[*].id)}" : pipeline.id;
  }

  /**
   * The command once there is a pipeline, and until then what that waits for. Without one, the
   * command would wait for ever.
   */
  onceThere(command: string): string {
    if (this.props.waitsFor.length === 0) return command;
    const variables = this.props.waitsFor.map((expression) => /\bvar\.(\w+)/.exec(expression)?.[1]);
    const instead = `there is no pipeline yet: it waits for ${variables.join(" and ")}`;
    return commandIf("length(redpanda_pipeline.pipeline) > 0", command, instead);
  }
}

/** The provider only warns of a pipeline that does not start. */
const isRunning = {
  condition: '${self.state == "running" && try(length(self.status.error), 0) == 0}',
  errorMessage:
    'The pipeline did not start (its state is ${self.state}): ${try(coalesce(self.status.error), "Redpanda gives no reason")}. Its log says more (output logs_command); once it is fixed, apply again.',
};
