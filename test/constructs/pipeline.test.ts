import { Pipeline, type PipelineProps } from "../../constructs/pipeline";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { declareOutputs } from "../../outputs/output";
import { generatedFiles } from "./generated";
import { rendered, type Surroundings } from "./rendered";
import { streamedTables } from "./streamed";

/** With a command that waits for it. */
const pipeline = (props: (around: Surroundings) => Partial<PipelineProps> = () => ({})) =>
  rendered((around) => {
    const made = new Pipeline(around, "pipeline", {
      files: generatedFiles(around),
      engine: postgres,
      streamed: streamedTables(around, postgres),
      clusterApiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
      input: {
        endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
        port: "5432",
        clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
        rolesExpression: `[{ role = ${around.given("aws_iam_role.db_access_role.arn")} }]`,
        caPem: around.given("local.rds_ca_pem"),
      },
      topic: {
        topicName: around.given("redpanda_topic.topic.name"),
        topicsBeginning: around.given("redpanda_topic.topic.name"),
        saslPassword: `"$\${secrets.\${${around.given("local.sasl_password_secret")}}}"`,
      },
      waitsFor: [],
      allPrepared: false,
      dependsOn: [],
      ...props(around),
    });
    declareOutputs(made, "Pipeline", { command: [made.onceThere("rpk topic list"), "Waits."] });
    return made;
  });

test("a pipeline with its configuration", () => {
  expect(pipeline()).toMatchInlineSnapshot(`
=== redpanda.tf
################################################################################
# Pipeline
################################################################################

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
    seed_brokers          = ["$\${REDPANDA_BROKERS}"]
    topic                 = redpanda_topic.topic.name
    position_metadata     = length(var.cdc_tables_by_schema) > 0 ? "table_schema|lsn|commit_ts_ms" : "lsn|commit_ts_ms"
    sasl_user             = var.rp_sasl_user
    sasl_password         = "$\${secrets.\${local.sasl_password_secret}}"
    sasl_password_version = var.rp_sasl_password_version
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

# Running does not mean that rows arrive: the pipeline retries until it can log
# in.
resource "redpanda_pipeline" "pipeline" {
  display_name    = "\${var.name_prefix} x-account IAM auth to RDS"
  description     = "Streams changes from Aurora in another AWS account, logging in with IAM tokens. Made by Terraform."
  cluster_api_url = data.redpanda_cluster.byoc.cluster_api_url
  state           = "running"
  config_yaml     = local.pipeline_yaml
  allow_deletion  = true

  # Two of the units that Redpanda Cloud lists (100m with 400M), about 2 MB/s.
  resources = {
    cpu_shares    = "200m"
    memory_shares = "800M"
  }

  # How long a start is waited for. One that Redpanda began by itself is not
  # waited for.
  timeouts = {
    create = "10m"
    update = "10m"
  }

  depends_on = []

  lifecycle {
    postcondition {
      condition     = self.state == "running" && try(length(self.status.error), 0) == 0
      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='redpanda_pipeline.pipeline': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."
    }
  }
}

=== outputs.tf
################################################################################
# Pipeline
################################################################################

output "command" {
  description = "Waits."
  value       = "rpk topic list"
}

=== what it hands out
apiUrl: \${data.redpanda_cluster.byoc.cluster_api_url}
pipelineId: \${redpanda_pipeline.pipeline.id}
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
  - redpanda_pipeline.pipeline
`);
});

test("starts after all that it needs, and must run where one apply has prepared everything", () => {
  const last = pipeline((around) => ({
    allPrepared: true,
    dependsOn: [
      { ready: around.ready("aws_rds_cluster_instance.aurora_instance") },
      { ready: around.ready("redpanda_user.app", "redpanda_secret.sasl_password") },
    ],
  }));
  expect(last.differenceTo(pipeline())).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_pipeline.pipeline
-# Running does not mean that rows arrive: the pipeline retries until it can log
-# in.
+# Starts last. Running does not mean that rows arrive: first_row_command shows
+# that.
-  depends_on = []
+  depends_on = [
+    aws_rds_cluster_instance.aurora_instance,
+    redpanda_user.app,
+    redpanda_secret.sasl_password,
+  ]
-      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='redpanda_pipeline.pipeline': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."
+      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). Fix that, and apply with -replace='redpanda_pipeline.pipeline': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."
`);
});

test("waits for what must be true, and so does a command", () => {
  const waiting = pipeline(() => ({ waitsFor: ["var.cdc_tables_ready"] }));
  expect(waiting.differenceTo(pipeline())).toMatchInlineSnapshot(`
=== outputs.tf
@ output.command
-  value       = "rpk topic list"
+  value       = length(redpanda_pipeline.pipeline) > 0 ? "rpk topic list" : "# there is no pipeline yet: it waits for cdc_tables_ready"

=== redpanda.tf
@ redpanda_pipeline.pipeline
+  count = var.cdc_tables_ready ? 1 : 0
-      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='redpanda_pipeline.pipeline': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."
+      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='redpanda_pipeline.pipeline[0]': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."

=== what it hands out
-pipelineId: \${redpanda_pipeline.pipeline.id}
+pipelineId: \${one(redpanda_pipeline.pipeline[*].id)}
`);
});

test("with an access key, waits for all that must be true", () => {
  const waiting = pipeline((around) => ({
    key: {
      templateExpressions: {
        access_key_id: `"$\${secrets.\${${around.given("local.access_key_id_secret")}}}"`,
        access_key_version: "var.access_key_version",
      },
    },
    waitsFor: ["var.access_key_version > 0", "var.cdc_tables_ready"],
  }));
  expect(waiting.differenceTo(pipeline())).toMatchInlineSnapshot(`
=== outputs.tf
@ output.command
-  value       = "rpk topic list"
+  value       = length(redpanda_pipeline.pipeline) > 0 ? "rpk topic list" : "# there is no pipeline yet: it waits for access_key_version and cdc_tables_ready"

=== redpanda.tf
@ local.pipeline_yaml
+    access_key_id         = "$\${secrets.\${local.access_key_id_secret}}"
+    access_key_version    = var.access_key_version

@ redpanda_pipeline.pipeline
+  count = var.access_key_version > 0 && var.cdc_tables_ready ? 1 : 0
-      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='redpanda_pipeline.pipeline': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."
+      error_message = "The pipeline does not run: \${try(coalesce(self.status.error), "Redpanda gives no reason")}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\\\n' | grep '^\${self.id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='redpanda_pipeline.pipeline[0]': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement."

=== what it hands out
-pipelineId: \${redpanda_pipeline.pipeline.id}
+pipelineId: \${one(redpanda_pipeline.pipeline[*].id)}
`);
});

test("keeps MySQL's position in a topic", () => {
  const keeping = pipeline((around) => ({
    engine: mysql,
    topic: {
      topicName: around.given("redpanda_topic.topic.name"),
      topicsBeginning: around.given("redpanda_topic.topic.name"),
      checkpointTopicName: around.given("redpanda_topic.checkpoints.name"),
      saslPassword: `"$\${secrets.\${${around.given("local.sasl_password_secret")}}}"`,
    },
  }));
  expect(keeping.differenceTo(pipeline())).toMatchInlineSnapshot(`
=== redpanda.tf
@ terraform_data.checkpoint_cluster
+# The cluster whose positions are kept under the default topic's name. Those of
+# any other one, such as a restored cluster of the same name, have a key of
+# their own: they belong to another binary log.
+resource "terraform_data" "checkpoint_cluster" {
+  input = aws_rds_cluster.aurora.cluster_resource_id
+  # Recorded once.
+  lifecycle {
+    ignore_changes = [input]
+  }
+}

@ local.pipeline_yaml
-    unchanged_toast_value = var.unchanged_toast_value
+    heartbeat             = var.heartbeat
+    checkpoint_topic      = redpanda_topic.checkpoints.name
+    checkpoint_key        = terraform_data.checkpoint_cluster.input == aws_rds_cluster.aurora.cluster_resource_id ? "\${var.name_prefix}.iam_auth_topic_test" : "\${var.name_prefix}.iam_auth_topic_test-\${aws_rds_cluster.aurora.cluster_resource_id}"

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
`);
});

test("with Avro the pipeline knows the cluster's registry", () => {
  const avro = pipeline(() => ({ format: "avro" }));
  expect(avro.differenceTo(pipeline())).toMatchInlineSnapshot(`
=== redpanda.tf
@ local.pipeline_yaml
+    registry_url          = "$\${REDPANDA_SCHEMA_REGISTRY_URL}"
+    topics_beginning      = redpanda_topic.topic.name
`);
});
