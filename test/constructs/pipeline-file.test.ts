import { PipelineFile } from "../../constructs/pipeline-file";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const file = (engine: Engine, output: Readonly<Record<string, string>>) =>
  rendered(
    (around) =>
      new PipelineFile(around, "file", {
        files: generatedFiles(around),
        engine,
        streamed: streamedTables(around, engine),
        input: {
          endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
          port: "5432",
          clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
          rolesExpression: `[{ role = ${around.given("aws_iam_role.db_access_role.arn")} }]`,
          caPem: around.given("local.rds_ca_pem"),
        },
        output,
      }),
  );

test("the template's values, and the file that it becomes", () => {
  expect(file(postgres, { topic: "var.redpanda_topic" })).toMatchInlineSnapshot(`
=== main.tf
# The cluster whose rows are streamed. Another one behind the same names has
# another log, or lacks the replication slot that keeps the pipeline's position.
resource "terraform_data" "streamed_cluster" {
  input = aws_rds_cluster.aurora.cluster_resource_id
  # Not known while Terraform is about to make the cluster, which then begins
  # empty.
  triggers_replace = { endpoint = aws_rds_cluster.aurora.endpoint }

  # Recorded once.
  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == aws_rds_cluster.aurora.cluster_resource_id
      error_message = "The cluster is \${aws_rds_cluster.aurora.cluster_resource_id} now, and the pipeline has read \${self.input} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=terraform_data.streamed_cluster, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more."
    }
  }
}

locals {
  pipeline_yaml = templatefile("\${path.module}/pipeline.yaml.tftpl", {
    db_host               = aws_rds_cluster.aurora.endpoint
    db_port               = 5432
    db_name               = var.db_name
    iam_auth_user         = var.iam_auth_user
    region                = var.region
    roles                 = [{ role = aws_iam_role.db_access_role.arn }]
    ca_pem                = local.rds_ca_pem
    by_schema             = length(var.cdc_tables_by_schema) > 0
    tables_by_schema      = local.tables_by_schema
    slots                 = local.slots
    key_columns_by_table  = var.cdc_key_columns_by_table
    key_columns           = var.cdc_key_columns
    stream_snapshot       = var.stream_snapshot
    log_level             = var.log_level
    unchanged_toast_value = var.unchanged_toast_value
    topic                 = var.redpanda_topic
  })

  fetch_pipeline_yaml = var.write_files ? "" : "terraform output -raw pipeline_yaml >\\"$d\\"/pipeline.yaml && "
}

# The configuration as the pipeline runs it. No secret is in it.
resource "local_file" "pipeline_yaml" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}pipeline.yaml"
  content         = local.pipeline_yaml
  file_permission = "0600"
}

=== what it hands out
yaml: \${local.pipeline_yaml}
file:
  path: \${local.files}pipeline.yaml
  content: \${local.pipeline_yaml}
  fetch: \${local.fetch_pipeline_yaml}
  filename: \${join("", local_file.pipeline_yaml[*].filename)}
  outputs:
    pipeline_yaml:
      - '\${var.write_files ? "" : local.pipeline_yaml}'
      - The pipeline's configuration. Empty where write_files is true.
  ready:
    - local_file.pipeline_yaml
ready:
  - local_file.pipeline_yaml
  - terraform_data.streamed_cluster
`);
});

test("MySQL's values, and nothing more", () => {
  const other = file(mysql, {});
  expect(other.differenceTo(file(postgres, {}))).toMatchInlineSnapshot(`
=== main.tf
@ local.pipeline_yaml
-    db_host               = aws_rds_cluster.aurora.endpoint
-    db_port               = 5432
-    db_name               = var.db_name
-    iam_auth_user         = var.iam_auth_user
-    region                = var.region
-    roles                 = [{ role = aws_iam_role.db_access_role.arn }]
-    ca_pem                = local.rds_ca_pem
-    by_schema             = length(var.cdc_tables_by_schema) > 0
-    tables_by_schema      = local.tables_by_schema
-    slots                 = local.slots
-    key_columns_by_table  = var.cdc_key_columns_by_table
-    key_columns           = var.cdc_key_columns
-    stream_snapshot       = var.stream_snapshot
-    log_level             = var.log_level
-    unchanged_toast_value = var.unchanged_toast_value
+    db_host              = aws_rds_cluster.aurora.endpoint
+    db_port              = 5432
+    db_name              = var.db_name
+    iam_auth_user        = var.iam_auth_user
+    region               = var.region
+    roles                = [{ role = aws_iam_role.db_access_role.arn }]
+    ca_pem               = local.rds_ca_pem
+    by_database          = length(var.cdc_tables_by_database) > 0
+    tables_by_database   = local.tables_by_database
+    key_columns_by_table = var.cdc_key_columns_by_table
+    key_columns          = var.cdc_key_columns
+    stream_snapshot      = var.stream_snapshot
+    log_level            = var.log_level
+    heartbeat            = var.heartbeat

@ terraform_data.streamed_cluster
-# The cluster whose rows are streamed. Another one behind the same names has
-# another log, or lacks the replication slot that keeps the pipeline's position.
-resource "terraform_data" "streamed_cluster" {
-  input = aws_rds_cluster.aurora.cluster_resource_id
-  # Not known while Terraform is about to make the cluster, which then begins
-  # empty.
-  triggers_replace = { endpoint = aws_rds_cluster.aurora.endpoint }
-  # Recorded once.
-  lifecycle {
-    ignore_changes = [input]
-    postcondition {
-      condition     = self.input == aws_rds_cluster.aurora.cluster_resource_id
-      error_message = "The cluster is \${aws_rds_cluster.aurora.cluster_resource_id} now, and the pipeline has read \${self.input} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=terraform_data.streamed_cluster, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more."
-    }
-  }
-}

=== what it hands out
-  - terraform_data.streamed_cluster
`);
});
