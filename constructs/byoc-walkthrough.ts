import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { declareOutputs, type Outputs, profileOption } from "../outputs/output";
import type { DatabaseSetup } from "./database-setup";
import { firstRowCommand } from "./first-row";
import type { Pipeline } from "./pipeline";

export interface ByocWalkthroughProps {
  readonly engine: Engine;
  /** Whether a person puts the policy on the pipeline role, and not the apply. */
  readonly policyByHand: boolean;
  readonly endpoint: string;
  readonly clusterIdentifier: string;
  readonly clusterResourceId: string;
  readonly dbConnectRoleArn: string;
  readonly trustedPrincipalArn: string;
  /** Path of the policy for the pipeline role. */
  readonly policyFile: string;
  readonly pipeline: Pipeline;
  readonly topicName: string;
  readonly setup: DatabaseSetup;
  readonly caFile: string;
}

/**
 * What the apply made, and then the walkthrough from there to the first row: each `…_command` can
 * be pasted as it is in the module's folder. All are rendered from the values they speak of.
 */
export class ByocWalkthrough extends Construct {
  constructor(scope: Construct, id: string, props: ByocWalkthroughProps) {
    super(scope, id);
    const { engine, pipeline } = props;
    const connection = {
      host: props.endpoint,
      port: engine.port,
      user: "${var.db_username}",
      database: "${var.db_name}",
      caFile: props.caFile,
    };

    declareOutputs(this, "Database", {
      db_cluster_endpoint: [props.endpoint, "Host name of the cluster's writer."],
      db_name: ["${var.db_name}", "Database that holds the tables."],
      db_username: ["${var.db_username}", "Master user."],
      aurora_instance_resource_id: [
        props.clusterResourceId,
        "Resource id of the cluster (in spite of the name), by which IAM knows it.",
      ],
      describe_cluster_command: [
        `aws rds describe-db-clusters --db-cluster-identifier ${props.clusterIdentifier} --query 'DBClusters[].[DBClusterIdentifier,DbClusterResourceId,Endpoint,Status]' --output table --region \${var.region}${profileOption}`,
        "Looks the cluster's resource id, endpoint and status up.",
      ],
      ...props.setup.outputs(connection, "db_password"),
    });
    declareOutputs(this, "IAM", {
      iam_db_auth_role_arn: [props.dbConnectRoleArn, "Role that the pipeline assumes to log in."],
      trusted_principal_role_name: [
        "${local.trusted_principal_name}",
        "Name of the role (or user) that may assume it.",
      ],
      trusted_principal_role_arn: [props.trustedPrincipalArn, "Its ARN."],
      generated_policy_json: [props.policyFile, "File with the policy by which it may do so."],
      assume_role_policy: [
        "${local.assume_role_policy_name}",
        "Name under which the policy is put there.",
      ],
      ...(props.policyByHand ? commandsByHand(props.policyFile) : {}),
    });
    declareOutputs(this, "Pipeline", {
      rpcn_pipeline_id: [pipeline.pipelineId, "Id of the pipeline, and key of its log records."],
      cdc_output_topic: [props.topicName, "Topic that receives the rows."],
      logs_command: [
        pipeline.onceThere(
          `rpk topic consume __redpanda.connect.logs --offset end --format '%k %v\\n' | grep --line-buffered '^${pipeline.pipelineId} '`,
        ),
        "Follows the pipeline's log. Errors and warnings both matter.",
      ],
      consume_command: [
        `rpk topic consume ${props.topicName} --offset start`,
        "Shows the rows that have arrived, and waits for more.",
      ],
      first_row_command: [
        pipeline.onceThere(firstRowCommand(engine, connection, props.topicName)),
        "Inserts a row and waits until it has arrived; asks for db_password.",
      ],
    });
  }
}

function commandsByHand(policyFile: string): Outputs {
  return {
    attach_policy_command: [
      "aws iam put-${local.trusted_principal_kind}-policy --${local.trusted_principal_kind}-name ${local.trusted_principal_name} --policy-name ${local.assume_role_policy_name} --policy-document file://" +
        policyFile,
      "Puts the policy on the role. Run it with the credentials of Redpanda's account.",
    ],
    detach_policy_command: [
      "aws iam delete-${local.trusted_principal_kind}-policy --${local.trusted_principal_kind}-name ${local.trusted_principal_name} --policy-name ${local.assume_role_policy_name}",
      "Takes it off again, before terraform destroy. Run it with the credentials of Redpanda's account.",
    ],
  };
}
