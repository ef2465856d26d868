import type { Chosen, Profile } from "../../choices";
import { CdcTopic } from "../../constructs/cdc-topic";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

interface Flags {
  readonly topics?: Chosen<"topics">;
  readonly format?: Chosen<"format">;
}

const topic = (
  checkpointTopic: boolean,
  profile: Profile = "demonstration",
  { topics = "one", format }: Flags = {},
) => {
  const engine = checkpointTopic ? mysql : postgres;
  return rendered(
    (around) =>
      new CdcTopic(around, "cdc-topic", {
        cluster: {
          apiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
          state: around.given("data.redpanda_cluster.byoc.state"),
        },
        topics,
        engine,
        streamed: streamedTables(around, engine),
        profile,
        format,
      }),
  );
};

test("a topic, and a user who may write to it", () => {
  expect(topic(false)).toMatchInlineSnapshot(`
=== redpanda.tf
################################################################################
# Redpanda
################################################################################

# Comes before the others: a topic that exists is refused, while users, secrets
# and ACLs that exist would be taken over from another module, with the old
# passwords.
resource "redpanda_topic" "topic" {
  name               = coalesce(var.topic_name, "\${var.name_prefix}.iam_auth_topic_test")
  cluster_api_url    = data.redpanda_cluster.byoc.cluster_api_url
  partition_count    = 3
  replication_factor = 3
  configuration      = { "max.message.bytes" = "20971520" }
  allow_deletion     = true

  # For a new topic. What people set later, such as retention.ms, stays: taken
  # back, it would delete rows.
  lifecycle {
    ignore_changes = [configuration]

    precondition {
      condition     = try(length(data.redpanda_cluster.byoc.cluster_api_url), 0) > 0
      error_message = "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster without an address: it is in \${jsonencode(data.redpanda_cluster.byoc.state)}. Wait until Redpanda Cloud shows it as running, and plan again."
    }
  }
}

resource "redpanda_user" "app" {
  name                = var.rp_sasl_user
  cluster_api_url     = data.redpanda_cluster.byoc.cluster_api_url
  mechanism           = "scram-sha-256"
  password_wo         = var.rp_sasl_password
  password_wo_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

locals {
  sasl_password_secret = "\${upper(replace(var.name_prefix, "-", "_"))}_SASL_PASSWORD"
}

# The pipeline's configuration refers to this secret by name; the password
# itself is in no file and no state.
resource "redpanda_secret" "sasl_password" {
  name            = local.sasl_password_secret
  cluster_api_url = data.redpanda_cluster.byoc.cluster_api_url
  scopes          = ["SCOPE_REDPANDA_CONNECT"]
  # Plain text: the provider encodes it.
  secret_data         = var.rp_sasl_password
  secret_data_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

resource "redpanda_acl" "topic_write" {
  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
  principal             = "User:\${var.rp_sasl_user}"
  host                  = "*"
  resource_type         = "TOPIC"
  resource_name         = redpanda_topic.topic.name
  resource_pattern_type = "LITERAL"
  operation             = "WRITE"
  permission_type       = "ALLOW"
  allow_deletion        = true
}

resource "redpanda_acl" "topic_describe_for_produce" {
  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
  principal             = "User:\${var.rp_sasl_user}"
  host                  = "*"
  resource_type         = "TOPIC"
  resource_name         = redpanda_topic.topic.name
  resource_pattern_type = "LITERAL"
  operation             = "DESCRIBE"
  permission_type       = "ALLOW"
  allow_deletion        = true
}

=== what it hands out
topicName: \${redpanda_topic.topic.name}
topicsBeginning: \${redpanda_topic.topic.name}
listed: \${redpanda_topic.topic.name}
demoTopic: \${redpanda_topic.topic.name}
outputs:
  cdc_output_topic:
    - \${redpanda_topic.topic.name}
    - Topic that receives the rows.
saslPassword: '"$\${secrets.\${local.sasl_password_secret}}"'
kept: []
first:
  - redpanda_topic.topic
ready:
  - redpanda_user.app
  - redpanda_secret.sasl_password
  - redpanda_acl.topic_write
  - redpanda_acl.topic_describe_for_produce
`);
});

test("a compacted topic beside it keeps the pipeline's position, and the user may read that as well", () => {
  expect(topic(true).differenceTo(topic(false))).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.checkpoints
+# The pipeline's position in the binary log. Compacted: the newest position is
+# kept for ever; in memory it would be lost at every restart.
+resource "redpanda_topic" "checkpoints" {
+  name               = "\${var.name_prefix}.cdc_checkpoints"
+  cluster_api_url    = data.redpanda_cluster.byoc.cluster_api_url
+  partition_count    = 1
+  replication_factor = 3
+  configuration      = { "cleanup.policy" = "compact" }
+  allow_deletion     = true
+}

@ redpanda_acl.checkpoints_read
+resource "redpanda_acl" "checkpoints_read" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "READ"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

@ redpanda_acl.checkpoints_write
+resource "redpanda_acl" "checkpoints_write" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "WRITE"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

@ redpanda_acl.checkpoints_describe
+resource "redpanda_acl" "checkpoints_describe" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "DESCRIBE"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

=== what it hands out
+checkpointTopicName: \${redpanda_topic.checkpoints.name}
+  - redpanda_acl.checkpoints_read
+  - redpanda_acl.checkpoints_write
+  - redpanda_acl.checkpoints_describe
`);
});

test("rows that are to last are deleted by nobody's mistake, nor is the position", () => {
  expect(topic(true, "production").differenceTo(topic(true))).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.topic
-  allow_deletion     = true
+  allow_deletion     = var.topics_allow_deletion
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
-    ignore_changes = [configuration]
+    prevent_destroy = true
+    ignore_changes  = [configuration]

@ redpanda_user.app
-  allow_deletion      = true
+  allow_deletion      = var.topics_allow_deletion

@ redpanda_topic.checkpoints
-  allow_deletion     = true
+  allow_deletion     = var.topics_allow_deletion
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
+  lifecycle {
+    prevent_destroy = true
+  }

=== what it hands out
-kept: []
+kept:
+  - address: redpanda_topic.topic
+    isDeletable: var.topics_allow_deletion
+    madeSo: topics_allow_deletion = true
+  - address: redpanda_topic.checkpoints
+    isDeletable: var.topics_allow_deletion
+    madeSo: topics_allow_deletion = true
`);
});

test("a topic for each table, and a user who may write to all whose names begin so", () => {
  expect(topic(false, "demonstration", { topics: "per-table" })).toMatchInlineSnapshot(`
=== redpanda.tf
################################################################################
# Redpanda
################################################################################

locals {
  topic_pattern = replace(var.topic_name_pattern, "<prefix>", var.name_prefix)

  # Each table's topic, by <schema>.<table>.
  output_topics = merge(
    [
      for schema, tables in local.tables_by_schema : {
        for table in tables : "\${schema}.\${table}" => replace(
          replace(local.topic_pattern, "<schema>", schema),
          "<table>",
          table
        )
      }
    ]...
  )

  # With those of tables that are no longer streamed.
  kept_topics = merge(local.output_topics, {
    for table in var.retained_tables : table => replace(
      replace(local.topic_pattern, "<schema>", split(".", table)[0]),
      "<table>",
      split(".", table)[1]
    )
  })

  sasl_password_secret = "\${upper(replace(var.name_prefix, "-", "_"))}_SASL_PASSWORD"
}

# A table's topic stays while the table is in cdc_tables or retained_tables.
# Topics come before the others: one that exists is refused, while users,
# secrets and ACLs that exist would be taken over from another module, with the
# old passwords.
resource "redpanda_topic" "tables" {
  for_each = local.kept_topics

  name            = each.value
  cluster_api_url = data.redpanda_cluster.byoc.cluster_api_url
  partition_count = try(var.topic_partitions_by_table[each.key], var.topic_partitions)
  allow_deletion  = var.topics_allow_deletion

  replication_factor = try(
    var.topic_replication_factor_by_table[each.key],
    var.topic_replication_factor
  )

  configuration = {
    for name, value in {
      "max.message.bytes" = "20971520"
      "retention.ms"      = try(var.topic_retention_ms_by_table[each.key], var.topic_retention_ms)
    } : name => tostring(value)
    if value != null
  }

  # For a new topic. What people set later, such as retention.ms, stays: taken
  # back, it would delete rows. A topic goes only when the pipeline writes
  # elsewhere.
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [configuration, replication_factor]

    precondition {
      condition     = try(length(data.redpanda_cluster.byoc.cluster_api_url), 0) > 0
      error_message = "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster without an address: it is in \${jsonencode(data.redpanda_cluster.byoc.state)}. Wait until Redpanda Cloud shows it as running, and plan again."
    }
  }
}

# Terraform leaves the settings of topics that are there alone.
check "topic_retention" {
  assert {
    condition = length([
      for table, topic in redpanda_topic.tables : "\${topic.name}=\${try(var.topic_retention_ms_by_table[table], var.topic_retention_ms)}"
      if try(var.topic_retention_ms_by_table[table], var.topic_retention_ms) != null &&
      try(topic.configuration["retention.ms"], null) != tostring(try(
        var.topic_retention_ms_by_table[table],
        var.topic_retention_ms
      ))
    ]) == 0
    error_message = "These topics keep rows for another time than topic_retention_ms says, which is for new ones: \${join(", ", [for table, topic in redpanda_topic.tables : "\${topic.name}=\${try(var.topic_retention_ms_by_table[table], var.topic_retention_ms)}" if try(var.topic_retention_ms_by_table[table], var.topic_retention_ms) != null && try(topic.configuration["retention.ms"], null) != tostring(try(var.topic_retention_ms_by_table[table], var.topic_retention_ms))])}. To change a topic, which may delete rows: rpk topic alter-config <topic> --set retention.ms=<milliseconds>"
  }
}

moved {
  from = redpanda_topic.topic
  to   = redpanda_topic.former
}

removed {
  from = redpanda_topic.former

  lifecycle {
    destroy = false
  }
}

resource "redpanda_user" "app" {
  name                = var.rp_sasl_user
  cluster_api_url     = data.redpanda_cluster.byoc.cluster_api_url
  mechanism           = "scram-sha-256"
  password_wo         = var.rp_sasl_password
  password_wo_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.tables]
}

# The pipeline's configuration refers to this secret by name; the password
# itself is in no file and no state.
resource "redpanda_secret" "sasl_password" {
  name            = local.sasl_password_secret
  cluster_api_url = data.redpanda_cluster.byoc.cluster_api_url
  scopes          = ["SCOPE_REDPANDA_CONNECT"]
  # Plain text: the provider encodes it.
  secret_data         = var.rp_sasl_password
  secret_data_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.tables]
}

resource "redpanda_acl" "topic_write" {
  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
  principal             = "User:\${var.rp_sasl_user}"
  host                  = "*"
  resource_type         = "TOPIC"
  resource_name         = split("<", local.topic_pattern)[0]
  resource_pattern_type = "PREFIXED"
  operation             = "WRITE"
  permission_type       = "ALLOW"
  allow_deletion        = true

  depends_on = [redpanda_topic.tables]

  lifecycle {
    create_before_destroy = true
  }
}

resource "redpanda_acl" "topic_describe_for_produce" {
  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
  principal             = "User:\${var.rp_sasl_user}"
  host                  = "*"
  resource_type         = "TOPIC"
  resource_name         = split("<", local.topic_pattern)[0]
  resource_pattern_type = "PREFIXED"
  operation             = "DESCRIBE"
  permission_type       = "ALLOW"
  allow_deletion        = true

  depends_on = [redpanda_topic.tables]

  lifecycle {
    create_before_destroy = true
  }
}

=== what it hands out
topicName: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema), "<table>", "$\${! @table }")}'
topicsBeginning: \${split("<", local.topic_pattern)[0]}
listed: \${join(" ", values(local.output_topics))}
demoTopic: \${replace(replace(local.topic_pattern, "<schema>", local.demo_tables_in[0]), "<table>", "iamuser_test")}
outputs:
  cdc_output_topic:
    - \${join(" ", values(local.output_topics))}
    - Topics that receive the rows, one for each table.
  cdc_output_topics:
    - \${local.output_topics}
    - Topic of each table, by <schema>.<table> (in MySQL <database>.<table>).
    - - condition: '\${length([for table, topic in local.kept_topics : "\${table}: \${topic}" if !can(regex("^[A-Za-z0-9._][A-Za-z0-9._-]{0,248}$", topic))]) == 0}'
        errorMessage: 'No topic can be called so: \${join(", ", [for table, topic in local.kept_topics : "\${table}: \${topic}" if !can(regex("^[A-Za-z0-9._][A-Za-z0-9._-]{0,248}$", topic))])}. A name has 1 to 249 letters, digits, dots, underscores and hyphens. Shorten topic_name_pattern, or take the table out of cdc_tables.'
      - condition: '\${length([for table, topic in local.kept_topics : "\${table}: \${topic}" if length([for other in values(local.kept_topics) : other if other == topic]) > 1]) == 0}'
        errorMessage: 'Two tables would have one topic: \${join(", ", [for table, topic in local.kept_topics : "\${table}: \${topic}" if length([for other in values(local.kept_topics) : other if other == topic]) > 1])}. Put a separator, or <schema>, into topic_name_pattern.'
      - condition: \${length(setsubtract(keys(var.topic_partitions_by_table), keys(local.kept_topics))) == 0}
        errorMessage: 'topic_partitions_by_table names tables that have no topic: \${join(", ", setsubtract(keys(var.topic_partitions_by_table), keys(local.kept_topics)))}. There are \${join(", ", keys(local.kept_topics))}.'
      - condition: \${length(setsubtract(keys(var.topic_replication_factor_by_table), keys(local.kept_topics))) == 0}
        errorMessage: 'topic_replication_factor_by_table names tables that have no topic: \${join(", ", setsubtract(keys(var.topic_replication_factor_by_table), keys(local.kept_topics)))}. There are \${join(", ", keys(local.kept_topics))}.'
      - condition: \${length(setsubtract(keys(var.topic_retention_ms_by_table), keys(local.kept_topics))) == 0}
        errorMessage: 'topic_retention_ms_by_table names tables that have no topic: \${join(", ", setsubtract(keys(var.topic_retention_ms_by_table), keys(local.kept_topics)))}. There are \${join(", ", keys(local.kept_topics))}.'
saslPassword: '"$\${secrets.\${local.sasl_password_secret}}"'
kept: []
first:
  - redpanda_topic.tables
ready:
  - redpanda_user.app
  - redpanda_secret.sasl_password
  - redpanda_acl.topic_write
  - redpanda_acl.topic_describe_for_produce
`);
});

test("per table, MySQL's position keeps a topic of its own, which no table may have", () => {
  const mysqls = topic(true, "demonstration", { topics: "per-table" });
  expect(
    mysqls.differenceTo(topic(false, "demonstration", { topics: "per-table" })),
  ).toMatchInlineSnapshot(`
=== redpanda.tf
@ local.output_topics
-      for schema, tables in local.tables_by_schema : {
+      for schema, tables in local.tables_by_database : {

@ redpanda_topic.checkpoints
+# The pipeline's position in the binary log. Compacted: the newest position is
+# kept for ever; in memory it would be lost at every restart.
+resource "redpanda_topic" "checkpoints" {
+  name               = "\${var.name_prefix}.cdc_checkpoints"
+  cluster_api_url    = data.redpanda_cluster.byoc.cluster_api_url
+  partition_count    = 1
+  replication_factor = 3
+  configuration      = { "cleanup.policy" = "compact" }
+  allow_deletion     = true
+}

@ redpanda_acl.checkpoints_read
+resource "redpanda_acl" "checkpoints_read" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "READ"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

@ redpanda_acl.checkpoints_write
+resource "redpanda_acl" "checkpoints_write" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "WRITE"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

@ redpanda_acl.checkpoints_describe
+resource "redpanda_acl" "checkpoints_describe" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "DESCRIBE"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

=== what it hands out
-topicName: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema), "<table>", "$\${! @table }")}'
+topicName: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_database) > 0 ? "$\${! @table_schema }" : var.db_name), "<table>", "$\${! @table }")}'
+      - condition: '\${length([for table, topic in local.kept_topics : "\${table}: \${topic}" if contains(["\${var.name_prefix}.cdc_checkpoints"], topic)]) == 0}'
+        errorMessage: 'The pipeline keeps its position in this topic: \${join(", ", [for table, topic in local.kept_topics : "\${table}: \${topic}" if contains(["\${var.name_prefix}.cdc_checkpoints"], topic)])}. Choose another topic_name_pattern.'
+checkpointTopicName: \${redpanda_topic.checkpoints.name}
+  - redpanda_acl.checkpoints_read
+  - redpanda_acl.checkpoints_write
+  - redpanda_acl.checkpoints_describe
`);
});

test("per table, no plan destroys what is to last", () => {
  const lasting = topic(false, "production", { topics: "per-table" });
  expect(
    lasting.differenceTo(topic(false, "demonstration", { topics: "per-table" })),
  ).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.tables
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
+    prevent_destroy       = true

@ redpanda_user.app
-  allow_deletion      = true
+  allow_deletion      = var.topics_allow_deletion

=== what it hands out
-kept: []
+kept:
+  - address: redpanda_topic.tables
+    isDeletable: var.topics_allow_deletion
+    madeSo: topics_allow_deletion = true
`);
});

test("with Avro the user may register schemas, and the topic may be an Iceberg table", () => {
  expect(
    topic(false, "demonstration", { format: "avro" }).differenceTo(topic(false)),
  ).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.topic
-  configuration      = { "max.message.bytes" = "20971520" }
+  configuration = {
+    "max.message.bytes"     = "20971520"
+    "redpanda.iceberg.mode" = var.iceberg_mode
+  }

@ check.iceberg_mode
+# Beside the topic, whose settings Terraform leaves alone once it is there.
+check "iceberg_mode" {
+  assert {
+    condition     = try(redpanda_topic.topic.configuration["redpanda.iceberg.mode"], var.iceberg_mode) == var.iceberg_mode
+    error_message = "iceberg_mode is \${var.iceberg_mode}, and the topic has \${try(redpanda_topic.topic.configuration["redpanda.iceberg.mode"], "none")}: Terraform sets it for a new topic alone. Set it by hand: rpk topic alter-config \${redpanda_topic.topic.name} --set redpanda.iceberg.mode=\${var.iceberg_mode}"
+  }
+}

@ redpanda_schema_registry_acl.subjects_write
+# A schema for each table, registered with its first row: <topic>-<table>, or
+# <topic>-<schema>.<table> where several schemas or databases are read.
+resource "redpanda_schema_registry_acl" "subjects_write" {
+  cluster_id     = var.redpanda_cluster_id
+  principal      = "User:\${var.rp_sasl_user}"
+  host           = "*"
+  resource_type  = "SUBJECT"
+  resource_name  = "\${redpanda_topic.topic.name}-"
+  pattern_type   = "PREFIXED"
+  operation      = "WRITE"
+  permission     = "ALLOW"
+  allow_deletion = true
+}

@ redpanda_schema_registry_acl.subjects_read
+resource "redpanda_schema_registry_acl" "subjects_read" {
+  cluster_id     = var.redpanda_cluster_id
+  principal      = "User:\${var.rp_sasl_user}"
+  host           = "*"
+  resource_type  = "SUBJECT"
+  resource_name  = "\${redpanda_topic.topic.name}-"
+  pattern_type   = "PREFIXED"
+  operation      = "READ"
+  permission     = "ALLOW"
+  allow_deletion = true
+}

@ redpanda_schema_registry_acl.registry_describe
+# Redpanda Connect looks up the version of a schema that it has registered.
+resource "redpanda_schema_registry_acl" "registry_describe" {
+  cluster_id     = var.redpanda_cluster_id
+  principal      = "User:\${var.rp_sasl_user}"
+  host           = "*"
+  resource_type  = "REGISTRY"
+  resource_name  = "*"
+  pattern_type   = "LITERAL"
+  operation      = "DESCRIBE"
+  permission     = "ALLOW"
+  allow_deletion = true
+  depends_on = [redpanda_topic.topic]
+}

=== what it hands out
+  - redpanda_schema_registry_acl.subjects_write
+  - redpanda_schema_registry_acl.subjects_read
+  - redpanda_schema_registry_acl.registry_describe
`);
});

test("with Avro and topics by table, the user may register schemas of all of them", () => {
  const json = topic(false, "demonstration", { topics: "per-table" });
  const avro = topic(false, "demonstration", { topics: "per-table", format: "avro" });
  expect(avro.differenceTo(json)).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.tables
-      "max.message.bytes" = "20971520"
-      "retention.ms"      = try(var.topic_retention_ms_by_table[each.key], var.topic_retention_ms)
+      "max.message.bytes"     = "20971520"
+      "redpanda.iceberg.mode" = var.iceberg_mode
+      "retention.ms"          = try(var.topic_retention_ms_by_table[each.key], var.topic_retention_ms)

@ check.iceberg_mode
+# The same holds for this one.
+check "iceberg_mode" {
+  assert {
+    condition = length([
+      for topic in redpanda_topic.tables : topic.name
+      if try(topic.configuration["redpanda.iceberg.mode"], var.iceberg_mode) != var.iceberg_mode
+    ]) == 0
+    error_message = "iceberg_mode is \${var.iceberg_mode}, which is for new topics, and these have another one: \${join(", ", [for topic in redpanda_topic.tables : topic.name if try(topic.configuration["redpanda.iceberg.mode"], var.iceberg_mode) != var.iceberg_mode])}. Set it by hand: rpk topic alter-config <topic> --set redpanda.iceberg.mode=\${var.iceberg_mode}"
+  }
+}

@ redpanda_schema_registry_acl.subjects_write
+# A schema for each table, registered with its first row: <topic>-<table>, or
+# <topic>-<schema>.<table> where several schemas or databases are read.
+resource "redpanda_schema_registry_acl" "subjects_write" {
+  cluster_id     = var.redpanda_cluster_id
+  principal      = "User:\${var.rp_sasl_user}"
+  host           = "*"
+  resource_type  = "SUBJECT"
+  resource_name  = split("<", local.topic_pattern)[0]
+  pattern_type   = "PREFIXED"
+  operation      = "WRITE"
+  permission     = "ALLOW"
+  allow_deletion = true
+  depends_on = [redpanda_topic.tables]
+  lifecycle {
+    create_before_destroy = true
+  }
+}

@ redpanda_schema_registry_acl.subjects_read
+resource "redpanda_schema_registry_acl" "subjects_read" {
+  cluster_id     = var.redpanda_cluster_id
+  principal      = "User:\${var.rp_sasl_user}"
+  host           = "*"
+  resource_type  = "SUBJECT"
+  resource_name  = split("<", local.topic_pattern)[0]
+  pattern_type   = "PREFIXED"
+  operation      = "READ"
+  permission     = "ALLOW"
+  allow_deletion = true
+  depends_on = [redpanda_topic.tables]
+  lifecycle {
+    create_before_destroy = true
+  }
+}

@ redpanda_schema_registry_acl.registry_describe
+# Redpanda Connect looks up the version of a schema that it has registered.
+resource "redpanda_schema_registry_acl" "registry_describe" {
+  cluster_id     = var.redpanda_cluster_id
+  principal      = "User:\${var.rp_sasl_user}"
+  host           = "*"
+  resource_type  = "REGISTRY"
+  resource_name  = "*"
+  pattern_type   = "LITERAL"
+  operation      = "DESCRIBE"
+  permission     = "ALLOW"
+  allow_deletion = true
+  depends_on = [redpanda_topic.tables]
+}

=== what it hands out
+  - redpanda_schema_registry_acl.subjects_write
+  - redpanda_schema_registry_acl.subjects_read
+  - redpanda_schema_registry_acl.registry_describe
`);
});
