import type { DatabaseChoices } from "../choices";
import type { Variable } from "./variable";

/** The table with the one row that moves the position. */
export const heartbeatTable = "rpcn_heartbeat";

/** Whether the position moves while the tables are quiet. Terraform's provider of MySQL makes no events. */
export function heartbeat({ aurora, database }: DatabaseChoices): Variable {
  const byHand = database === "provider";
  return {
    type: "bool",
    default: !byHand && aurora === "new",
    description: `Whether an event writes to the table ${heartbeatTable} once a minute, which moves the pipeline's position in the binary log. Without it the position moves only with rows of cdc_tables: when they are quiet for longer than binlog_retention_hours, or before the first row, a restart of the pipeline loses rows.${byHand ? " Run db_setup_command with true before cdc_tables_ready." : ""}`,
  };
}

/**
 * How long the binary log stays.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-configuring.html
 */
export function binlogRetention({ aurora, database }: DatabaseChoices): Variable {
  const set =
    aurora === "existing"
      ? "The cluster must keep it as long already: the setup SQL refuses less, and shows the call."
      : database === "provider"
        ? "Destroying the user sets it back to AWS's default."
        : "The setup SQL never lowers what is set already.";
  return {
    type: "number",
    default: 168,
    description: `How long Aurora keeps the binary log, 24 to 2160 hours: the longest time that the pipeline may stand still. Storage costs grow with it. ${set}`,
    validation: [
      {
        condition:
          "${try(var.binlog_retention_hours >= 24 && var.binlog_retention_hours <= 2160 && floor(var.binlog_retention_hours) == var.binlog_retention_hours, false)}",
        errorMessage:
          "binlog_retention_hours is ${jsonencode(var.binlog_retention_hours)}. It must be a whole number of hours from 24 to 2160, which is 90 days, such as 168 for a week.",
      },
    ],
  };
}
