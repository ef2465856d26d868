import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen } from "../choices";
import type { Engine } from "../engines/engine";
import { commandIf, type Files } from "../outputs/output";
import { RedpandaPipeline } from "../providers/redpanda";
import type { AccessKeySecrets } from "./access-key-secrets";
import type { CdcTopic } from "./cdc-topic";
import type { Assertion } from "./check";
import { CheckpointKey } from "./checkpoint-key";
import type { GeneratedFile } from "./generated-file";
import { PipelineFile, type PipelineInput } from "./pipeline-file";
import type { StreamedTables } from "./streamed-tables";

export interface PipelineProps {
  readonly files: Files;
  readonly engine: Engine;
  /** What a row is as a value of the topic. @default json */
  readonly format?: Chosen<"format">;
  readonly clusterApiUrl: string;
  readonly streamed: Pick<StreamedTables, "templateExpressions" | "positionMetadata">;
  readonly input: PipelineInput;
  readonly topic: Pick<
    CdcTopic,
    "topicName" | "topicsBeginning" | "checkpointTopicName" | "saslPassword"
  >;
  /** The key that starts the chain of roles. @default - the role of the pipeline's pod does */
  readonly key?: Pick<AccessKeySecrets, "templateExpressions">;
  /** Expressions that must all be true before there is a pipeline. */
  readonly waitsFor: readonly string[];
  /** Whether one apply prepares all that the pipeline needs. */
  readonly allPrepared: boolean;
  /** What must exist while the pipeline runs. */
  readonly dependsOn: readonly { readonly ready: readonly ITerraformDependable[] }[];
}

/** The Redpanda Connect pipeline in the BYOC cluster. */
export class Pipeline extends Construct {
  /** URL of the API that it is in. */
  readonly apiUrl: string;
  /** Null while there is no pipeline. */
  readonly pipelineId: string;
  /** Its configuration. */
  readonly file: GeneratedFile;
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
    const { yaml, file } = new PipelineFile(this, "file", {
      files: props.files,
      engine,
      streamed: props.streamed,
      input,
      output: {
        // Redpanda Connect fills in the cluster's own brokers.
        seed_brokers: '["$${REDPANDA_BROKERS}"]',
        topic: topicName,
        position_metadata: props.streamed.positionMetadata,
        sasl_user: "var.rp_sasl_user",
        sasl_password: topic.saslPassword,
        sasl_password_version: "var.rp_sasl_password_version",
        // Redpanda Connect fills in the cluster's own registry, too.
        ...(props.format === "avro"
          ? {
              registry_url: '"$${REDPANDA_SCHEMA_REGISTRY_URL}"',
              topics_beginning: topic.topicsBeginning,
            }
          : {}),
        ...key?.templateExpressions,
        ...(checkpointTopicName
          ? {
              checkpoint_topic: checkpointTopicName,
              checkpoint_key: new CheckpointKey(this, "checkpoint-key", {
                clusterResourceId: input.clusterResourceId,
              }).keyExpression,
            }
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
      timeouts: { create: "10m", update: "10m" },
      dependsOn: props.dependsOn.flatMap(({ ready }) => ready),
      lifecycle: {
        postcondition: [runs(`redpanda_pipeline.pipeline${waits ? "[0]" : ""}`, props.allPrepared)],
      },
    });
    layout(pipeline, {
      comment: props.allPrepared
        ? "Starts last. Running does not mean that rows arrive: first_row_command shows that."
        : "Running does not mean that rows arrive: the pipeline retries until it can log in.",
      comments: {
        resources: "Two of the units that Redpanda Cloud lists (100m with 400M), about 2 MB/s.",
        timeouts:
          "How long a start is waited for. One that Redpanda began by itself is not waited for.",
      },
    });
    this.ready = [pipeline];
    this.file = file;
    this.apiUrl = props.clusterApiUrl;
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

/**
 * Looks at what the refresh found. A plan shows `state` as configured, and `status` as it was unless
 * the pipeline is replaced: so it is `status` that tells, and replacing it is what goes through. An
 * apply in place would end in "Provider produced inconsistent result" even where the pipeline runs again.
 *
 * An output's precondition would spare the four "Invalid index" that Terraform adds where a counted
 * pipeline is refused, but is not evaluated where a start fails, and that is where the log is wanted.
 */
const runs = (address: string, allPrepared: boolean): Assertion => ({
  condition: '${self.state == "running" && try(length(self.status.error), 0) == 0}',
  errorMessage: `The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\n' | grep '^\${self.id} ' (logs_command follows the log). ${allPrepared ? "" : "A step that is yours may be missing. "}Fix that, and apply with -replace='${address}': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement.`,
});
