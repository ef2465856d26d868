import type { Engine } from "../../engines/engine";
import type { Surroundings } from "./rendered";

/** The tables that are read, as another construct hands them out. */
export const streamedTables = (around: Surroundings, engine: Engine) => {
  const { noun } = engine.table.within;
  const tables = around.given(`local.tables_by_${noun}`);
  const slots = engine.slots && around.given("local.slots");
  return {
    tables,
    slots,
    demo: around.given("local.demo_tables_in"),
    schemaOfRecord: `length(var.cdc_tables_by_${noun}) > 0 ? "$\${! @table_schema }" : var.${engine.table.within.usual}`,
    positionMetadata: `length(var.cdc_tables_by_${noun}) > 0 ? "table_schema|${engine.positionMetadata}" : "${engine.positionMetadata}"`,
    templateExpressions: {
      [`by_${noun}`]: `length(var.cdc_tables_by_${noun}) > 0`,
      [`tables_by_${noun}`]: tables,
      ...(slots ? { slots } : {}),
      key_columns_by_table: "var.cdc_key_columns_by_table",
    },
  };
};
