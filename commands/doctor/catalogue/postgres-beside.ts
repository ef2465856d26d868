import type { Entry } from "./entry";
import { withRestart } from "./restart";
import { connect } from "./sources";

/**
 * What the heartbeat and the monitor say, each of a connection of its own. They wrap errors of
 * logins and networks, so they come first: the wrapped text must not decide.
 */
export const postgresBeside: readonly Entry[] = [
  {
    id: "P27",
    text: "unable to write heartbeat message",
    pattern: /unable to write heartbeat message/,
    hop: "read",
    behind: [],
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The heartbeat's connection was opened with a token older than 15 minutes, or broke and cannot come back with the old token. Rows still arrive, but on idle tables the slot stands still and the write-ahead log grows.",
    fix: withRestart((restart) => [
      "Restart the pipeline, which signs a new token:",
      ...restart.plain,
      "So that it does not come back, the pipeline's input must have heartbeat_interval: 5m (the default of 1h always comes too late). The write-ahead log that the slot retains:",
      {
        sql: "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained FROM pg_replication_slots WHERE slot_name = '<slot_name>';",
      },
    ]),
    versions: ">= 4.71.0, until https://github.com/redpanda-data/connect/issues/4668 is fixed",
    source: connect("internal/impl/postgresql/pglogicalstream/heartbeat.go"),
  },
  {
    id: "P28",
    text: "Error reading replication lag",
    pattern: /Error reading replication lag/,
    hop: "read",
    behind: [],
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The connection that watches the lag is lost, or its token is too old. Rows still arrive; only the metric is missing.",
    fix: withRestart((restart) => ["If it does not stop by itself:", ...restart.plain]),
    versions: ">= 4.71.0",
    source: connect("internal/impl/postgresql/pglogicalstream/monitor.go"),
  },
];
