import { TableTopics } from "../../constructs/table-topics";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const topics = (flags: { readonly lasts?: boolean; readonly hasSchemas?: boolean } = {}) =>
  rendered(
    (around) =>
      new TableTopics(around, "table-topics", {
        clusterApiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
        allowDeletion: true,
        lasts: false,
        hasSchemas: false,
        untilUnlocked: "Until it is unlocked.",
        preconditions: [],
        engine: postgres,
        streamed: streamedTables(around, postgres),
        ...flags,
      }),
  );

test("a topic for each table, and the one that was there is let go of", () => {
  expect(topics()).toMatchInlineSnapshot(`
=== main.tf
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

=== what it hands out
topicName: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema), "<table>", "$\${! @table }")}'
allowed:
  - \${split("<", local.topic_pattern)[0]}
  - PREFIXED
subjects: \${split("<", local.topic_pattern)[0]}
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
address: redpanda_topic.tables
ready:
  - redpanda_topic.tables
`);
});

test("no plan destroys one that is to last", () => {
  expect(topics({ lasts: true }).differenceTo(topics())).toMatchInlineSnapshot(`
=== main.tf
@ redpanda_topic.tables
+  # Until it is unlocked.
+    prevent_destroy       = true
`);
});

test("where rows have schemas, each topic may be an Iceberg table", () => {
  expect(topics({ hasSchemas: true }).differenceTo(topics())).toMatchInlineSnapshot(`
=== main.tf
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
`);
});
