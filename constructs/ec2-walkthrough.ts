import { Construct } from "constructs";
import type { Chosen } from "../choices";
import type { Engine } from "../engines/engine";
import { declareOutputs, firstRowCommand } from "../outputs/output";
import type { AppRole } from "./app-role";
import type { AuroraCluster } from "./aurora-cluster";
import type { DatabasePreparation } from "./database-preparation";
import type { DbAccessRole } from "./db-access-role";

/** Reads CDC with role chains, and acknowledges snapshots properly, from this version on. */
const image = "docker.redpanda.com/redpandadata/connect:4.100.0";

export interface Ec2WalkthroughProps {
  readonly engine: Engine;
  readonly host: Chosen<"host">;
  readonly destination: Chosen<"output">;
  readonly cluster: Pick<AuroraCluster, "endpoint" | "readerEndpoint">;
  readonly preparation: Pick<DatabasePreparation, "client" | "outputs">;
  readonly appRole: Pick<AppRole, "arn" | "instanceProfileName">;
  readonly dbAccessRole: Pick<DbAccessRole, "arn" | "dbUserArn">;
  readonly pipelineFile: string;
}

/** What the apply created, and the commands from there to the first row, to be run in the module's folder. */
export class Ec2Walkthrough extends Construct {
  constructor(scope: Construct, id: string, props: Ec2WalkthroughProps) {
    super(scope, id);
    const { engine, destination, cluster, preparation, appRole, dbAccessRole } = props;

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
            consume_command: [
              "rpk topic consume ${var.redpanda_topic} --offset start",
              "Shows the rows that have arrived, and waits for more.",
            ],
            first_row_command: [
              firstRowCommand(engine, "${var.redpanda_topic}", preparation.client),
              "Inserts a row and waits until it has arrived; asks for db_master_password.",
            ],
          }
        : {}),
    });
  }
}

/** Whether the pipeline keeps its position in a folder, and not in the database or a topic. */
function keepsFolder({ engine, destination }: Ec2WalkthroughProps): boolean {
  return engine.checkpointTopic && destination === "stdout";
}

function dockerRun(props: Ec2WalkthroughProps): string {
  const { destination, pipelineFile } = props;
  return [
    // Created first: Docker would create it as root.
    ...(keepsFolder(props) ? ["mkdir -p checkpoints &&"] : []),
    // As the person who applied: the configuration is theirs to read.
    'docker run --rm --user "$(id -u):$(id -g)" --env REDPANDA_LICENSE',
    ...(destination === "redpanda" ? ["--env REDPANDA_SASL_PASSWORD"] : []),
    `--volume "$PWD/${pipelineFile}:/pipeline.yaml:ro"`,
    ...(keepsFolder(props) ? ['--volume "$PWD/checkpoints:/checkpoints"'] : []),
    `${image} run /pipeline.yaml`,
  ].join(" ");
}

function dockerNotes({ destination }: Ec2WalkthroughProps): string {
  return `Runs the pipeline on the instance, in this folder, with ${secrets(destination)} in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2.`;
}

function taskNotes(props: Ec2WalkthroughProps): string {
  const volume = keepsFolder(props)
    ? ", a volume that outlives the task (EFS) at /checkpoints"
    : "";
  return `Image for the task: command "run /pipeline.yaml" with ${props.pipelineFile} at that path, rpconnect_app_role_arn as task role${volume}, and ${secrets(props.destination)} in the environment, from Secrets Manager (CDC inputs require an enterprise licence).`;
}

function secrets(destination: Chosen<"output">): string {
  return destination === "redpanda"
    ? "REDPANDA_LICENSE and REDPANDA_SASL_PASSWORD"
    : "REDPANDA_LICENSE";
}
