import { TopicNames } from "../../constructs/topic-names";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const names = (engine: typeof postgres, taken: readonly string[] = []) =>
  rendered(
    (around) =>
      new TopicNames(around, "topic-names", {
        streamed: streamedTables(around, engine),
        prefix: "var.redpanda_topic",
        taken,
      }),
  );

test("each table's topic, and how the pipeline finds it for a record", () => {
  expect(names(postgres)).toMatchInlineSnapshot(`
=== main.tf
locals {
  topic_pattern = replace(var.topic_name_pattern, "<prefix>", var.redpanda_topic)

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
}

=== what it hands out
ofRecord: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema), "<table>", "$\${! @table }")}'
beginning: \${split("<", local.topic_pattern)[0]}
byTable: local.output_topics
listed: \${join(" ", values(local.output_topics))}
demo: \${replace(replace(local.topic_pattern, "<schema>", local.demo_tables_in[0]), "<table>", "iamuser_test")}
outputs:
  cdc_output_topic:
    - \${join(" ", values(local.output_topics))}
    - Topics that receive the rows, one for each table.
  cdc_output_topics:
    - \${local.output_topics}
    - Topic of each table, by <schema>.<table> (in MySQL <database>.<table>).
    - - condition: '\${length([for table, topic in local.output_topics : "\${table}: \${topic}" if !can(regex("^[A-Za-z0-9._][A-Za-z0-9._-]{0,248}$", topic))]) == 0}'
        errorMessage: 'No topic can be called so: \${join(", ", [for table, topic in local.output_topics : "\${table}: \${topic}" if !can(regex("^[A-Za-z0-9._][A-Za-z0-9._-]{0,248}$", topic))])}. A name has 1 to 249 letters, digits, dots, underscores and hyphens. Shorten topic_name_pattern, or take the table out of cdc_tables.'
      - condition: '\${length([for table, topic in local.output_topics : "\${table}: \${topic}" if length([for other in values(local.output_topics) : other if other == topic]) > 1]) == 0}'
        errorMessage: 'Two tables would have one topic: \${join(", ", [for table, topic in local.output_topics : "\${table}: \${topic}" if length([for other in values(local.output_topics) : other if other == topic]) > 1])}. Put a separator, or <schema>, into topic_name_pattern.'
`);
});

test("in MySQL a database is the schema, and no table may have the topic of the position", () => {
  expect(
    names(mysql, ["${var.redpanda_topic}_checkpoints"]).differenceTo(names(postgres)),
  ).toMatchInlineSnapshot(`
=== main.tf
@ local.output_topics
-      for schema, tables in local.tables_by_schema : {
+      for schema, tables in local.tables_by_database : {

=== what it hands out
-ofRecord: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema), "<table>", "$\${! @table }")}'
+ofRecord: '\${replace(replace(local.topic_pattern, "<schema>", length(var.cdc_tables_by_database) > 0 ? "$\${! @table_schema }" : var.db_name), "<table>", "$\${! @table }")}'
+      - condition: '\${length([for table, topic in local.output_topics : "\${table}: \${topic}" if contains(["\${var.redpanda_topic}_checkpoints"], topic)]) == 0}'
+        errorMessage: 'The pipeline keeps its position in this topic: \${join(", ", [for table, topic in local.output_topics : "\${table}: \${topic}" if contains(["\${var.redpanda_topic}_checkpoints"], topic)])}. Choose another topic_name_pattern.'
`);
});
