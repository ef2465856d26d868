import type { Chosen } from "../../choices";
import type { AssumeRolePolicy } from "../../constructs/assume-role-policy";
import { ByocWalkthrough } from "../../constructs/byoc-walkthrough";
import type { DbConnectRole } from "../../constructs/db-connect-role";
import type { GeneratedFile } from "../../constructs/generated-file";
import type { TrustedPrincipal } from "../../constructs/trusted-principal";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { generatedFile, generatedFiles } from "./generated";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const walkthrough = (engine: Engine, isGranted: boolean, format?: Chosen<"format">) =>
  rendered(
    (around) =>
      new ByocWalkthrough(around, "walkthrough", {
        engine,
        format,
        database: {
          tables: streamedTables(around, engine),
          cluster: {
            endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
            port: "5432",
            identifier: around.given("aws_rds_cluster.aurora.cluster_identifier"),
            resourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
          },
          preparation: {
            client: {
              command: around.given(`local.${engine.client.program}`),
              reads: [generatedFile(around, "rds_ca", "rds-ca.pem")],
            },
            asksFor: "db_password",
            outputs: { db_setup_command: ["psql --file=setup.sql", "Prepares the database."] },
          },
        },
        identity: {
          role: {
            arn: around.given("aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn"),
          } as DbConnectRole,
          trustedPrincipal: {
            arn: around.given("local.trusted_principal_arn"),
            kind: around.given("local.trusted_principal_kind"),
          } as TrustedPrincipal,
          policy: {
            file: {
              ...generatedFile(around, "iam_policy_json", "x-account-rds-iam-policy.json"),
              filename: `\${one(${around.given("local_file.iam_policy_json")}[*].filename)}`,
            } as GeneratedFile,
            name: around.given("local.assume_role_policy_name"),
            principalName: around.given("local.trusted_principal_name"),
          } as AssumeRolePolicy,
          isGranted,
        },
        isOwn: true,
        files: generatedFiles(around),
        written: [{ outputs: { pipeline_yaml: ["input: {}", "The pipeline's configuration."] } }],
        topic: {
          listed: around.given("redpanda_topic.topic.name"),
          demoTopic: around.given("redpanda_topic.topic.name"),
          outputs: {
            cdc_output_topic: [
              around.given("redpanda_topic.topic.name"),
              "Topic that receives the rows.",
            ],
          },
        },
        pipeline: {
          apiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
          pipelineId: around.given("redpanda_pipeline.pipeline.id"),
          onceThere: (command) => `(once there) ${command}`,
        },
      }),
  );

test("outputs of database, IAM and pipeline, and the commands from there to the first row", () => {
  expect(walkthrough(postgres, false)).toMatchInlineSnapshot(`
=== outputs.tf
################################################################################
# Database
################################################################################

output "db_cluster_endpoint" {
  description = "Host name of the cluster's writer."
  value       = aws_rds_cluster.aurora.endpoint
}

output "db_name" {
  description = "Database that holds the tables."
  value       = var.db_name
}

output "db_username" {
  description = "Master user of the cluster."
  value       = var.db_username
}

output "aurora_instance_resource_id" {
  description = "Resource id of the cluster (not of the instance, in spite of the name), by which IAM knows it."
  value       = aws_rds_cluster.aurora.cluster_resource_id
}

output "describe_cluster_command" {
  description = "Shows the cluster's resource id, endpoint and status."
  value       = "aws rds describe-db-clusters --db-cluster-identifier \${aws_rds_cluster.aurora.cluster_identifier} --query 'DBClusters[].[DBClusterIdentifier,DbClusterResourceId,Endpoint,Status]' --output table --region \${var.region}\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}"
}

output "db_setup_command" {
  description = "Prepares the database."
  value       = "psql --file=setup.sql"
}

################################################################################
# IAM
################################################################################

output "iam_db_auth_role_arn" {
  description = "ARN of the db-connect role, which the pipeline assumes to log in."
  value       = aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn
}

output "trusted_principal_role_name" {
  description = "Name of the role (or user) that may assume the db-connect role."
  value       = local.trusted_principal_name
}

output "trusted_principal_role_arn" {
  description = "ARN of the role (or user) that may assume the db-connect role."
  value       = local.trusted_principal_arn
}

output "generated_policy_json" {
  description = "File with the policy that lets the trusted role (or user) assume the db-connect role; empty where write_files is false, and iam_policy_json has it."
  value       = one(local_file.iam_policy_json[*].filename)
}

output "assume_role_policy" {
  description = "Name of the policy in generated_policy_json, once it is attached."
  value       = local.assume_role_policy_name
}

output "attach_policy_command" {
  description = "Attaches the policy in generated_policy_json (or iam_policy_json) to the trusted role (or user). Run it with the credentials of Redpanda's account."
  value       = "\${local.begin}\${local.fetch_iam_policy_json}aws iam put-\${local.trusted_principal_kind}-policy --\${local.trusted_principal_kind}-name \${local.trusted_principal_name} --policy-name \${local.assume_role_policy_name} --policy-document file://\${local.files}x-account-rds-iam-policy.json\${local.end}"
}

output "detach_policy_command" {
  description = "Detaches the policy that attach_policy_command attaches. Run it before terraform destroy, with the credentials of Redpanda's account."
  value       = "aws iam delete-\${local.trusted_principal_kind}-policy --\${local.trusted_principal_kind}-name \${local.trusted_principal_name} --policy-name \${local.assume_role_policy_name}"
}

################################################################################
# Pipeline
################################################################################

output "rpcn_pipeline_id" {
  description = "Id of the pipeline, and key of its log records."
  value       = redpanda_pipeline.pipeline.id
}

output "wait_for_pipeline_command" {
  description = "Waits until the pipeline runs, or says why it does not. It reads REDPANDA_ACCESS_TOKEN."
  value       = "(once there) sh wait_for_pipeline.sh \${data.redpanda_cluster.byoc.cluster_api_url} \${redpanda_pipeline.pipeline.id}"
}

output "cdc_output_topic" {
  description = "Topic that receives the rows."
  value       = redpanda_topic.topic.name
}

output "logs_command" {
  description = "Follows the pipeline's log. Errors and warnings both matter."
  value       = "(once there) rpk topic consume __redpanda.connect.logs --offset end --format '%k %v\\\\n' | grep --line-buffered '^\${redpanda_pipeline.pipeline.id} '"
}

output "consume_command" {
  description = "Shows the rows that have arrived, and waits for more."
  value       = "rpk topic consume \${redpanda_topic.topic.name} --offset start"
}

output "first_row_command" {
  description = "Inserts a row once the pipeline reads, and waits until it has arrived; asks for db_password."
  value       = "(once there) \${length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${redpanda_topic.topic.name} \${local.demo_tables_in[0]} \${local.slots[local.demo_tables_in[0]]} \${local.psql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"}"
}

################################################################################
# Files
################################################################################

output "pipeline_yaml" {
  description = "The pipeline's configuration."
  value       = "input: {}"
}
`);
});

test("no command puts the policy on the role where the apply has done so", () => {
  const granted = walkthrough(postgres, true);
  expect(granted.differenceTo(walkthrough(postgres, false))).toMatchInlineSnapshot(`
=== outputs.tf
@ output.attach_policy_command
-output "attach_policy_command" {
-  description = "Attaches the policy in generated_policy_json (or iam_policy_json) to the trusted role (or user). Run it with the credentials of Redpanda's account."
-  value       = "\${local.begin}\${local.fetch_iam_policy_json}aws iam put-\${local.trusted_principal_kind}-policy --\${local.trusted_principal_kind}-name \${local.trusted_principal_name} --policy-name \${local.assume_role_policy_name} --policy-document file://\${local.files}x-account-rds-iam-policy.json\${local.end}"
-}

@ output.detach_policy_command
-output "detach_policy_command" {
-  description = "Detaches the policy that attach_policy_command attaches. Run it before terraform destroy, with the credentials of Redpanda's account."
-  value       = "aws iam delete-\${local.trusted_principal_kind}-policy --\${local.trusted_principal_kind}-name \${local.trusted_principal_name} --policy-name \${local.assume_role_policy_name}"
-}
`);
});

test("the first row in MySQL", () => {
  const other = walkthrough(mysql, false);
  expect(other.differenceTo(walkthrough(postgres, false))).toMatchInlineSnapshot(`
=== outputs.tf
@ output.first_row_command
-  value       = "(once there) \${length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${redpanda_topic.topic.name} \${local.demo_tables_in[0]} \${local.slots[local.demo_tables_in[0]]} \${local.psql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"}"
+  value       = "(once there) \${length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${redpanda_topic.topic.name} \${var.iam_auth_user} \${local.demo_tables_in[0]} \${local.mysql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"}"
`);
});

test("rows in Avro are shown by their schemas", () => {
  const avro = walkthrough(postgres, false, "avro");
  expect(avro.differenceTo(walkthrough(postgres, false))).toMatchInlineSnapshot(`
=== outputs.tf
@ output.consume_command
-  value       = "rpk topic consume \${redpanda_topic.topic.name} --offset start"
+  value       = "rpk topic consume \${redpanda_topic.topic.name} --offset start --use-schema-registry=value"
`);
});
