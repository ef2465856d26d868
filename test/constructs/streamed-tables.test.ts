import { StreamedTables } from "../../constructs/streamed-tables";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const streamed = (engine: Engine, aurora: "new" | "existing" = "new") =>
  rendered(
    (around) => new StreamedTables(around, "streamed-tables", { engine, choices: { aurora } }),
  );

test("tables by schema, and a slot for each schema", () => {
  expect(streamed(postgres)).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database user and tables
################################################################################

locals {
  # What is read: the tables of several schemas, or those of cdc_schema.
  tables_by_schema = length(var.cdc_tables_by_schema) > 0 ? var.cdc_tables_by_schema : tomap({
    (var.cdc_schema) = coalesce(var.cdc_tables, ["iamuser_test"])
  })

  # The connector reads one schema, from a replication slot of its own.
  slots = {
    for schema in keys(local.tables_by_schema) : schema => schema == var.cdc_schema ? var.slot_name : "\${var.slot_name}_\${schema}"
  }

  # Each schema that has the demo table.
  demo_tables_in = [
    for schema, tables in local.tables_by_schema : schema if contains(tables, "iamuser_test")
  ]
}

=== what it hands out
tables: \${local.tables_by_schema}
slots: \${local.slots}
demo: \${local.demo_tables_in}
schemaOfRecord: 'length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema'
positionMetadata: 'length(var.cdc_tables_by_schema) > 0 ? "table_schema|lsn|commit_ts_ms" : "lsn|commit_ts_ms"'
templateExpressions:
  several: length(var.cdc_tables_by_schema) > 0
  tables_by_schema: \${local.tables_by_schema}
  slots: \${local.slots}
  key_columns_by_table: var.cdc_key_columns_by_table
`);
});

test("of a cluster that is there, no table is usual", () => {
  expect(streamed(postgres, "existing").differenceTo(streamed(postgres))).toMatchInlineSnapshot(`
=== database.tf
@ local.tables_by_schema
-    (var.cdc_schema) = coalesce(var.cdc_tables, ["iamuser_test"])
+    (var.cdc_schema) = coalesce(var.cdc_tables, [])
`);
});

test("tables by database, and no slots", () => {
  expect(streamed(mysql)).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database user and tables
################################################################################

locals {
  # What is read: the tables of several databases, or those of db_name.
  tables_by_database = length(var.cdc_tables_by_database) > 0 ? var.cdc_tables_by_database : tomap({
    (var.db_name) = coalesce(var.cdc_tables, ["iamuser_test"])
  })

  # Each database that has the demo table.
  demo_tables_in = [
    for database, tables in local.tables_by_database : database if contains(tables, "iamuser_test")
  ]
}

=== what it hands out
tables: \${local.tables_by_database}
demo: \${local.demo_tables_in}
schemaOfRecord: 'length(var.cdc_tables_by_database) > 0 ? "$\${! @table_schema }" : var.db_name'
positionMetadata: 'length(var.cdc_tables_by_database) > 0 ? "table_schema|binlog_position" : "binlog_position"'
templateExpressions:
  several: length(var.cdc_tables_by_database) > 0
  tables_by_database: \${local.tables_by_database}
  key_columns_by_table: var.cdc_key_columns_by_table
`);
});
