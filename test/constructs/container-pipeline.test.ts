import type { Chosen } from "../../choices";
import { ContainerPipeline } from "../../constructs/container-pipeline";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const pipeline = (
  engine: Engine,
  destination: Chosen<"output">,
  host: Chosen<"host"> = "ec2",
  format?: Chosen<"format">,
) =>
  rendered(
    (around) =>
      new ContainerPipeline(around, "pipeline", {
        files: generatedFiles(around),
        engine,
        streamed: streamedTables(around, engine),
        input: {
          endpoint: around.given("aws_rds_cluster.aurora_pg.endpoint"),
          port: "5432",
          clusterResourceId: around.given("aws_rds_cluster.aurora_pg.cluster_resource_id"),
          rolesExpression: `[{ role = ${around.given("aws_iam_role.db_access_role.arn")} }]`,
          caPem: around.given("local.rds_ca_pem"),
        },
        host,
        destination,
        format,
      }),
  );

test("the configuration of a pipeline that prints rows", () => {
  expect(pipeline(postgres, "stdout")).toMatchInlineSnapshot(`
=== pipeline.tf
################################################################################
# Pipeline
################################################################################

# The cluster whose rows are streamed. Another one behind the same names has
# another log, or lacks the replication slot that keeps the pipeline's position.
resource "terraform_data" "streamed_cluster" {
  input = aws_rds_cluster.aurora_pg.cluster_resource_id
  # Not known while Terraform is about to make the cluster, which then begins
  # empty.
  triggers_replace = { endpoint = aws_rds_cluster.aurora_pg.endpoint }

  # Recorded once.
  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == aws_rds_cluster.aurora_pg.cluster_resource_id
      error_message = "The cluster is \${aws_rds_cluster.aurora_pg.cluster_resource_id} now, and the pipeline has read \${self.input} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=terraform_data.streamed_cluster, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more."
    }
  }
}

locals {
  pipeline_yaml = templatefile("\${path.module}/pipeline.yaml.tftpl", {
    db_host               = aws_rds_cluster.aurora_pg.endpoint
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

test("of one that sends them to a Redpanda cluster", () => {
  const sending = pipeline(postgres, "redpanda");
  expect(sending.differenceTo(pipeline(postgres, "stdout"))).toMatchInlineSnapshot(`
=== pipeline.tf
@ local.pipeline_yaml
+    seed_brokers          = var.redpanda_brokers
+    topic                 = var.redpanda_topic
+    position_metadata     = length(var.cdc_tables_by_schema) > 0 ? "table_schema|lsn|commit_ts_ms" : "lsn|commit_ts_ms"
+    sasl_user             = var.rp_sasl_user
+    sasl_password         = "$\${REDPANDA_SASL_PASSWORD}"
`);
});

test("of one that keeps its position in a folder, as MySQL's does", () => {
  const keeping = pipeline(mysql, "stdout");
  expect(keeping.differenceTo(pipeline(postgres, "stdout"))).toMatchInlineSnapshot(`
=== pipeline.tf
@ local.pipeline_yaml
-    db_host               = aws_rds_cluster.aurora_pg.endpoint
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
+    db_host              = aws_rds_cluster.aurora_pg.endpoint
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
+    checkpoint_key       = "rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}"

@ terraform_data.streamed_cluster
-# The cluster whose rows are streamed. Another one behind the same names has
-# another log, or lacks the replication slot that keeps the pipeline's position.
-resource "terraform_data" "streamed_cluster" {
-  input = aws_rds_cluster.aurora_pg.cluster_resource_id
-  # Not known while Terraform is about to make the cluster, which then begins
-  # empty.
-  triggers_replace = { endpoint = aws_rds_cluster.aurora_pg.endpoint }
-  # Recorded once.
-  lifecycle {
-    ignore_changes = [input]
-    postcondition {
-      condition     = self.input == aws_rds_cluster.aurora_pg.cluster_resource_id
-      error_message = "The cluster is \${aws_rds_cluster.aurora_pg.cluster_resource_id} now, and the pipeline has read \${self.input} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=terraform_data.streamed_cluster, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more."
-    }
-  }
-}

=== what it hands out
+checkpointFile: rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}
-  - terraform_data.streamed_cluster
`);
});

test("of one that keeps it in a topic beside the rows", () => {
  const keeping = pipeline(mysql, "redpanda");
  expect(keeping.differenceTo(pipeline(mysql, "stdout"))).toMatchInlineSnapshot(`
=== pipeline.tf
@ local.pipeline_yaml
-    checkpoint_key       = "rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}"
+    checkpoint_key       = var.checkpoint_key
+    seed_brokers         = var.redpanda_brokers
+    topic                = var.redpanda_topic
+    position_metadata    = length(var.cdc_tables_by_database) > 0 ? "table_schema|binlog_position" : "binlog_position"
+    sasl_user            = var.rp_sasl_user
+    sasl_password        = "$\${REDPANDA_SASL_PASSWORD}"
+    checkpoint_topic     = "\${var.redpanda_topic}_checkpoints"

=== what it hands out
-checkpointFile: rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}
`);
});

test("of a task, which the module does not start: what is kept already has a name that a person knows", () => {
  const task = pipeline(mysql, "stdout", "ecs");
  expect(task.differenceTo(pipeline(mysql, "stdout"))).toMatchInlineSnapshot(`
=== pipeline.tf
@ local.pipeline_yaml
-    checkpoint_key       = "rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}"
+    checkpoint_key       = var.checkpoint_key

=== what it hands out
-checkpointFile: rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}
`);
});

test("with Avro the schemas go to the registry that a person names", () => {
  const avro = pipeline(postgres, "redpanda", "ec2", "avro");
  expect(avro.differenceTo(pipeline(postgres, "redpanda"))).toMatchInlineSnapshot(`
=== pipeline.tf
@ local.pipeline_yaml
+    registry_url          = var.redpanda_schema_registry_url
+    topics_beginning      = var.redpanda_topic
`);
});
