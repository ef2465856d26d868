import { Construct } from "constructs";
import type { Chosen } from "../choices";
import type { Engine } from "../engines/engine";
import {
  consumeCommand,
  declareOutputs,
  type Files,
  firstRowCommand,
  reading,
} from "../outputs/output";
import type { AppRole } from "./app-role";
import type { Cluster } from "./aurora-cluster";
import type { ContainerPipeline } from "./container-pipeline";
import type { DatabasePreparation } from "./database-preparation";
import type { DbAccessRole } from "./db-access-role";
import type { GeneratedFile } from "./generated-file";
import type { StreamedTables } from "./streamed-tables";
import type { TopicNames } from "./topic-names";

/** Reads CDC with role chains, and acknowledges snapshots properly, from this version on. */
const image = "docker.redpanda.com/redpandadata/connect:4.100.0";

export interface Ec2WalkthroughProps {
  readonly engine: Engine;
  readonly host: Chosen<"host">;
  readonly destination: Chosen<"output">;
  /** What a row is as a value of the topic. @default json */
  readonly format?: Chosen<"format">;
  readonly database: {
    readonly cluster: Pick<Cluster, "endpoint" | "readerEndpoint">;
    readonly tables: Pick<StreamedTables, "demo" | "slots">;
    readonly preparation: Pick<DatabasePreparation, "client" | "asksFor" | "outputs">;
  };
  readonly files: Files;
  /** Each has an output that holds the same where no file is written. */
  readonly written: readonly Pick<GeneratedFile, "outputs">[];
  readonly appRole: Pick<AppRole, "arn" | "instanceProfileName">;
  readonly dbAccessRole: Pick<DbAccessRole, "arn" | "dbUserArn">;
  readonly pipeline: Pick<ContainerPipeline, "file" | "checkpointFile">;
  /** The topic of each table. @default - all have one */
  readonly topics?: Pick<TopicNames, "listed" | "demo" | "outputs">;
}

/** What the apply created, and the commands from there to the first row, to be run in the module's folder. */
export class Ec2Walkthrough extends Construct {
  constructor(scope: Construct, id: string, props: Ec2WalkthroughProps) {
    super(scope, id);
    const { destination, appRole, dbAccessRole, topics } = props;
    const { cluster, preparation } = props.database;
    const topic = "${var.redpanda_topic}";

    declareOutputs(this, "Database", {
      aurora_endpoint: [
        cluster.endpoint,
        "Host name of the cluster's writer, which the pipeline reads.",
      ],
      aurora_reader_endpoint: [
        cluster.readerEndpoint,
        "Host name of the cluster's readers. Not for the pipeline: readers have no log to read.",
      ],
      ...preparation.outputs,
    });
    declareOutputs(this, "IAM", {
      rpconnect_app_role_arn: [
        appRole.arn,
        "ARN of the app role, the role of Redpanda Connect's host.",
      ],
      db_access_role_arn: [
        dbAccessRole.arn,
        "ARN of the db-access role that the app role assumes.",
      ],
      aurora_db_user_arn: [dbAccessRole.dbUserArn, "ARN of the database user, as IAM knows it."],
      ...(appRole.instanceProfileName
        ? {
            instance_profile_name: [
              appRole.instanceProfileName,
              "Instance profile with the app role: aws ec2 associate-iam-instance-profile --instance-id <id> --iam-instance-profile Name=<this>",
            ],
          }
        : {}),
    });
    declareOutputs(this, "Pipeline", {
      ...(props.host === "ec2"
        ? { docker_run_command: [dockerRun(props), dockerNotes(props)] }
        : {
            container_image: [image, taskNotes(props)],
          }),
      ...(destination === "redpanda"
        ? {
            ...(topics
              ? {
                  create_topics_command: [
                    `rpk topic create ${topics.listed}`,
                    "Creates the topics, and names those that are there already, which stay as they are.",
                  ],
                  ...topics.outputs,
                }
              : {}),
            consume_command: [
              consumeCommand(topics?.listed ?? topic, props.format),
              "Shows the rows that have arrived, and waits for more.",
            ],
            first_row_command: [
              firstRowCommand(topics?.demo ?? topic, props),
              `Inserts a row once the pipeline reads, and waits until it has arrived; asks for ${preparation.asksFor}.`,
            ],
          }
        : {}),
    });
    for (const { outputs } of props.written) declareOutputs(this, "Files", outputs);
  }
}

function dockerRun({ destination, pipeline, files }: Ec2WalkthroughProps): string {
  const { file, checkpointFile } = pipeline;
  const run = [
    // As the person who applied: the configuration is theirs to read.
    'docker run --rm --user "$(id -u):$(id -g)" --env REDPANDA_LICENSE',
    ...(destination === "redpanda" ? ["--env REDPANDA_SASL_PASSWORD"] : []),
    `--volume "\${var.write_files ? "$PWD/" : ""}${file.path}:/pipeline.yaml:ro"`,
    ...(checkpointFile ? ['--volume "$PWD/checkpoints:/checkpoints"'] : []),
    `${image} run /pipeline.yaml`,
  ].join(" ");
  return reading(files, [file], checkpointFile ? withCheckpoints(checkpointFile, run) : run);
}

/** The position's file until version 0.1.0, whichever the cluster was. */
const formerFile = "checkpoints/rpconnect";

/** Only a person knows of which cluster the position is that 0.1.0 left: nothing runs until that is said. */
function withCheckpoints(name: string, run: string): string {
  const file = `checkpoints/${name}`;
  const ours = `${formerFile} is the position in a cluster that it does not name. If it is this one, run this again after: mv ${formerFile} ${file}`;
  const another = `If it was another one, also one that this was restored from, after: rm ${formerFile}`;
  // The folder is created first: Docker would create it as root.
  return `if [ -e ${formerFile} ] && ! [ -e ${file} ]; then printf '%s\\n' "${ours}" "${another}" >&2; false; else mkdir -p checkpoints && ${run}; fi`;
}

function dockerNotes({ destination }: Ec2WalkthroughProps): string {
  return `Runs the pipeline on the instance, in this folder, with ${secrets(destination)} in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2.`;
}

function taskNotes(props: Ec2WalkthroughProps): string {
  const { engine, destination } = props;
  const volume =
    engine.checkpointTopic && destination === "stdout"
      ? ", a volume that outlives the task (EFS) at /checkpoints"
      : "";
  return `Image for the task: command "run /pipeline.yaml" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role${volume}, and ${secrets(destination)} in the environment, from Secrets Manager (CDC inputs require an enterprise licence).`;
}

function secrets(destination: Chosen<"output">): string {
  return destination === "redpanda"
    ? "REDPANDA_LICENSE and REDPANDA_SASL_PASSWORD"
    : "REDPANDA_LICENSE";
}
