import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen } from "../choices";
import type { Engine } from "../engines/engine";
import {
  allowEgressCommand,
  consumeCommand,
  declareOutputs,
  type Files,
  firstRowCommand,
  type Outputs,
  profileOption,
  reading,
} from "../outputs/output";
import { expression } from "../templates/expression";
import type { AssumeRolePolicy } from "./assume-role-policy";
import type { Cluster } from "./aurora-cluster";
import type { CdcTopic } from "./cdc-topic";
import type { DatabasePreparation } from "./database-preparation";
import type { GeneratedFile } from "./generated-file";
import type { Pipeline } from "./pipeline";
import type { PipelineIdentity } from "./pipeline-identity";
import type { StreamedTables } from "./streamed-tables";
import type { TrustedPrincipal } from "./trusted-principal";

export interface ByocWalkthroughProps {
  readonly engine: Engine;
  /** What a row is as a value of the topic. @default json */
  readonly format?: Chosen<"format">;
  readonly database: {
    readonly cluster: Pick<
      Cluster,
      "endpoint" | "port" | "identifier" | "resourceId" | "privateNetworks"
    >;
    readonly tables: Pick<StreamedTables, "demo" | "slots">;
    readonly preparation: Pick<DatabasePreparation, "client" | "asksFor" | "outputs">;
  };
  readonly files: Files;
  /** Each has an output that holds the same where no file is written. */
  readonly written: readonly Pick<GeneratedFile, "outputs">[];
  readonly identity: Pick<PipelineIdentity, "role" | "trustedPrincipal" | "policy" | "isGranted">;
  /** Whether the cluster is the module's own. */
  readonly isOwn: boolean;
  readonly topic: Pick<CdcTopic, "listed" | "demoTopic" | "outputs">;
  readonly pipeline: Pick<Pipeline, "apiUrl" | "pipelineId" | "onceThere">;
}

/**
 * What the apply created, and then the walkthrough from there to the first row: each `…_command` can
 * be pasted as it is in the module's folder. All are rendered from the values they speak of.
 */
export class ByocWalkthrough extends Construct {
  constructor(scope: Construct, id: string, props: ByocWalkthroughProps) {
    super(scope, id);
    const { database, topic, pipeline } = props;
    const { cluster, preparation } = database;
    const { role, trustedPrincipal, policy, isGranted } = props.identity;

    declareOutputs(this, "Database", {
      db_cluster_endpoint: [cluster.endpoint, "Host name of the cluster's writer."],
      db_name: ["${var.db_name}", "Database that holds the tables."],
      db_username: [
        "${var.db_username}",
        props.isOwn ? "Master user of the cluster." : "Database user that runs the setup SQL.",
      ],
      aurora_instance_resource_id: [
        cluster.resourceId,
        "Resource id of the cluster (not of the instance, in spite of the name), by which IAM knows it.",
      ],
      describe_cluster_command: [
        `aws rds describe-db-clusters --db-cluster-identifier ${cluster.identifier} --query 'DBClusters[].[DBClusterIdentifier,DbClusterResourceId,Endpoint,Status]' --output table --region \${var.region}${profileOption}`,
        "Shows the cluster's resource id, endpoint and status.",
      ],
      ...preparation.outputs,
    });
    declareOutputs(this, "IAM", {
      iam_db_auth_role_arn: [
        role.arn,
        "ARN of the db-connect role, which the pipeline assumes to log in.",
      ],
      trusted_principal_role_name: [
        policy.principalName,
        "Name of the role (or user) that may assume the db-connect role.",
      ],
      trusted_principal_role_arn: [
        trustedPrincipal.arn,
        "ARN of the role (or user) that may assume the db-connect role.",
      ],
      generated_policy_json: [
        policy.file.filename,
        "File with the policy that lets the trusted role (or user) assume the db-connect role; empty where write_files is false, and iam_policy_json has it.",
      ],
      assume_role_policy: [
        policy.name,
        "Name of the policy in generated_policy_json, once it is attached.",
      ],
      ...(isGranted ? {} : commandsByHand(policy, trustedPrincipal, props.files)),
    });
    declareOutputs(this, "Pipeline", {
      ...(cluster.privateNetworks
        ? {
            allow_egress_command: [
              allowEgressCommand(this.egressRules(cluster.privateNetworks, cluster.port)),
              "Lets the Redpanda cluster's pipelines through Redpanda's firewall to the database, beside what it lets through already. Needs jq, and rpk logged in to Redpanda Cloud.",
            ],
          }
        : {}),
      rpcn_pipeline_id: [pipeline.pipelineId, "Id of the pipeline, and key of its log records."],
      wait_for_pipeline_command: [
        pipeline.onceThere(`sh wait_for_pipeline.sh ${pipeline.apiUrl} ${pipeline.pipelineId}`),
        "Waits until the pipeline runs, or says why it does not. It reads REDPANDA_ACCESS_TOKEN.",
      ],
      ...topic.outputs,
      logs_command: [
        pipeline.onceThere(
          `rpk topic consume __redpanda.connect.logs --offset end --format '%k %v\\n' | grep --line-buffered '^${pipeline.pipelineId} '`,
        ),
        "Follows the pipeline's log. Errors and warnings both matter.",
      ],
      consume_command: [
        consumeCommand(topic.listed, props.format),
        "Shows the rows that have arrived, and waits for more.",
      ],
      first_row_command: [
        pipeline.onceThere(firstRowCommand(topic.demoTopic, props)),
        `Inserts a row once the pipeline reads, and waits until it has arrived; asks for ${preparation.asksFor}.`,
      ],
    });
    for (const { outputs } of props.written) declareOutputs(this, "Files", outputs);
  }

  /** What of the database is behind Redpanda's firewall: the name of a local, a list. */
  private egressRules(networks: string, port: string): string {
    const rules = new TerraformLocal(
      this,
      "local.egress_rules",
      // The API tells port_end even of a rule that has only port_start.
      expression(
        `[for network in ${networks} : { cidr = network, port_start = ${port}, port_end = ${port} }]`,
      ),
    );
    layout(rules, {
      file: "outputs.tf",
      section: "Pipeline",
      comment:
        "What pipelines may reach behind Redpanda's firewall, which blocks private networks.",
    });
    return "local.egress_rules";
  }
}

function commandsByHand(
  { principalName, name, file }: AssumeRolePolicy,
  { kind }: Pick<TrustedPrincipal, "kind">,
  files: Files,
): Outputs {
  const of = `--${kind}-name ${principalName} --policy-name ${name}`;
  return {
    attach_policy_command: [
      reading(
        files,
        [file],
        `aws iam put-${kind}-policy ${of} --policy-document file://${file.path}`,
      ),
      "Attaches the policy in generated_policy_json (or iam_policy_json) to the trusted role (or user). Run it with the credentials of Redpanda's account.",
    ],
    detach_policy_command: [
      `aws iam delete-${kind}-policy ${of}`,
      "Detaches the policy that attach_policy_command attaches. Run it before terraform destroy, with the credentials of Redpanda's account.",
    ],
  };
}
