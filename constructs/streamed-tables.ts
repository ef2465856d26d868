import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { DatabaseChoices } from "../choices";
import type { Engine } from "../engines/engine";
import { expression } from "../templates/expression";
import { areByWithin, tablesWithin } from "../variables/database";

export interface StreamedTablesProps {
  readonly engine: Engine;
  readonly choices: Pick<DatabaseChoices, "aurora">;
}

/** The tables that the pipeline reads, by schema or database, from whichever variable they are given in. */
export class StreamedTables extends Construct {
  /** Lists of tables by schema or database: a Terraform expression. */
  readonly tables: string;
  /** Replication slots by schema: a Terraform expression. @default - the log is read without slots */
  readonly slots?: string;
  /** Schemas or databases with the demo table, in order: a Terraform expression. */
  readonly demo: string;
  /** Schema or database of a record, for Redpanda Connect: a Terraform expression. */
  readonly schemaOfRecord: string;
  /** Metadata that becomes headers of the record, as alternatives of a pattern: a Terraform expression. */
  readonly positionMetadata: string;
  /** What templates of SQL and pipeline are told: names in the template to Terraform expressions. */
  readonly templateExpressions: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { engine, choices }: StreamedTablesProps) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });
    const { noun, usual } = engine.table.within;
    const local = (name: string, value: string, comment?: string) => {
      const made = new TerraformLocal(this, `local.${name}`, expression(value));
      layout(made, { comment });
      return made.asString;
    };
    this.tables = local(
      `tables_by_${noun}`,
      tablesWithin(engine, choices),
      `What is read: the tables of several ${noun}s, or those of ${usual}.`,
    );
    this.slots =
      engine.slots &&
      local(
        "slots",
        engine.slots(this.tables),
        "The connector reads one schema, from a replication slot of its own.",
      );
    this.demo = local(
      "demo_tables_in",
      `[for ${noun}, tables in ${this.tables} : ${noun} if contains(tables, "iamuser_test")]`,
      `Each ${noun} that has the demo table.`,
    );
    const isSeveral = areByWithin(engine.table.within);
    this.positionMetadata = `${isSeveral} ? "table_schema|${engine.positionMetadata}" : "${engine.positionMetadata}"`;
    this.schemaOfRecord = `${isSeveral} ? "$\${! @table_schema }" : var.${usual}`;
    this.templateExpressions = {
      several: isSeveral,
      [`tables_by_${noun}`]: this.tables,
      ...(this.slots ? { slots: this.slots } : {}),
      key_columns_by_table: "var.cdc_key_columns_by_table",
    };
  }
}
