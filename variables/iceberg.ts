import type { TerraformVariableValidationConfig } from "cdktf";
import type { Choices } from "../choices";
import { byWithin, type DatabaseRules } from "./database";
import type { Variable } from "./variable";

/** @see https://docs.redpanda.com/cloud-data-platform/manage/iceberg/specify-iceberg-schema/ */
export const icebergMode = "redpanda.iceberg.mode";

/** Whether Redpanda writes a topic as an Iceberg table as well. */
export const iceberg = (
  { table: { within } }: DatabaseRules,
  choices: Pick<Choices, "topics">,
): Record<string, Variable> => ({
  iceberg_mode: {
    type: "string",
    default: "disabled",
    description:
      "Whether Redpanda writes the topic as an Iceberg table as well, as redpanda.iceberg.mode of a new topic: disabled; key_value, each value as it is; or value_schema_id_prefix, a column for each of the table's. The cluster must have iceberg_enabled, which `rpk cluster config get iceberg_enabled` shows.",
    validation: [
      {
        // https://docs.redpanda.com/cloud-data-platform/manage/iceberg/specify-iceberg-schema/
        condition: '${var.iceberg_mode != "value_schema_latest"}',
        errorMessage:
          "iceberg_mode is value_schema_latest, which reads values without the id of a schema before them, and the pipeline writes that id. Choose value_schema_id_prefix, which reads it.",
      },
      {
        condition:
          '${contains(["disabled", "key_value", "value_schema_id_prefix", "value_schema_latest"], var.iceberg_mode)}',
        errorMessage:
          "iceberg_mode is ${jsonencode(var.iceberg_mode)}. It must be disabled, key_value or value_schema_id_prefix.",
      },
      ...(choices.topics === "one" ? [onlyTable(within)] : []),
    ],
  },
});

/** A topic becomes one Iceberg table, which has the columns of one. */
function onlyTable(within: Parameters<typeof byWithin>[0]): TerraformVariableValidationConfig {
  // Where nobody gives a table, one is streamed.
  const given = `concat(coalesce(var.cdc_tables, []), values(var.${byWithin(within)})...)`;
  return {
    condition: `\${var.iceberg_mode != "value_schema_id_prefix" || length(${given}) < 2}`,
    errorMessage: `iceberg_mode is value_schema_id_prefix, and the tables to stream are \${jsonencode(${given})}. A topic becomes one Iceberg table, whose columns are those of one table: list one, choose key_value, or generate the module with --topics per-table.`,
  };
}
