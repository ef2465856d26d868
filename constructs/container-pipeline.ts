import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen } from "../choices";
import type { Engine } from "../engines/engine";
import type { Files } from "../outputs/output";
import { expression } from "../templates/expression";
import { isOnInstance } from "../variables/ec2";
import type { GeneratedFile } from "./generated-file";
import { PipelineFile, type PipelineInput } from "./pipeline-file";
import type { StreamedTables } from "./streamed-tables";
import type { TopicNames } from "./topic-names";

export interface ContainerPipelineProps {
  readonly files: Files;
  readonly engine: Engine;
  readonly streamed: Pick<StreamedTables, "templateExpressions" | "positionMetadata">;
  readonly input: PipelineInput;
  readonly host: Chosen<"host">;
  /** Where the rows go. */
  readonly destination: Chosen<"output">;
  /** What a row is as a value of the topic. @default json */
  readonly format?: Chosen<"format">;
  /** The topic of each table. @default - all have one */
  readonly topics?: Pick<TopicNames, "ofRecord" | "beginning">;
}

/** The pipeline's configuration for a container of one's own, as a file. */
export class ContainerPipeline extends Construct {
  /** Its configuration. */
  readonly file: GeneratedFile;
  /**
   * Name of the file in `checkpoints/` in which the position is kept, on the instance that the pipeline
   * runs on. @default - it is kept elsewhere
   */
  readonly checkpointFile?: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ContainerPipelineProps) {
    super(scope, id);
    layout(this, { file: "pipeline.tf", section: "Pipeline" });
    const { files, engine, input, host, destination } = props;
    if (engine.checkpointTopic && isOnInstance(host, destination)) {
      this.checkpointFile = `rpconnect-${input.clusterResourceId}`;
    }
    const pipeline = new PipelineFile(this, "file", {
      files,
      engine,
      streamed: props.streamed,
      input,
      output: {
        ...(engine.checkpointTopic
          ? {
              checkpoint_key: this.checkpointFile
                ? expression(`"rpconnect-\${${input.clusterResourceId}}"`)
                : "var.checkpoint_key",
            }
          : {}),
        ...(destination === "redpanda" ? redpandaOutput(props) : {}),
        ...(props.format === "avro"
          ? {
              registry_url: "var.redpanda_schema_registry_url",
              topics_beginning: props.topics?.beginning ?? "var.redpanda_topic",
            }
          : {}),
      },
    });
    this.file = pipeline.file;
    this.ready = pipeline.ready;
  }
}

function redpandaOutput({
  engine: { checkpointTopic },
  streamed: { positionMetadata },
  topics,
}: ContainerPipelineProps): Record<string, string> {
  return {
    seed_brokers: "var.redpanda_brokers",
    topic: topics?.ofRecord ?? "var.redpanda_topic",
    position_metadata: positionMetadata,
    sasl_user: "var.rp_sasl_user",
    // Redpanda Connect takes it from the container's environment.
    sasl_password: '"$${REDPANDA_SASL_PASSWORD}"',
    ...(checkpointTopic ? { checkpoint_topic: '"${var.redpanda_topic}_checkpoints"' } : {}),
  };
}
