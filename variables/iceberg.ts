import type { Variable } from "./variable";

/** Whether Redpanda writes the topic as an Iceberg table as well. */
export const iceberg = {
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
      {
        condition: '${var.iceberg_mode != "value_schema_id_prefix" || length(var.cdc_tables) == 1}',
        errorMessage:
          "iceberg_mode is value_schema_id_prefix, and cdc_tables is ${jsonencode(var.cdc_tables)}. A topic becomes one Iceberg table, whose columns are those of one table: list one, or choose key_value.",
      },
    ],
  },
} satisfies Record<string, Variable>;
