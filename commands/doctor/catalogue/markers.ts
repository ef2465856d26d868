import { through } from "../hops";
import type { Marker } from "./entry";
import { benthos, connect } from "./sources";

const aws = connect("internal/impl/postgresql/aws/aws.go");
const pgStream = connect("internal/impl/postgresql/pglogicalstream/logical_stream.go");
const mysqlInput = connect("internal/impl/mysql/input_mysql_stream.go");

/** What says that a part of the way is behind us. Roles and tokens prove nothing about the rest of the configuration. */
export const markers: readonly Marker[] = [
  {
    id: "S1",
    text: "Successfully loaded Redpanda license",
    pattern: /^Successfully loaded Redpanda license/,
    level: "INFO",
    proves: ["start"],
    source: connect("internal/license/service.go"),
  },
  {
    id: "S2",
    text: "Successfully assumed role '…' with identity '…'",
    pattern: /^Successfully assumed role '/,
    level: "DEBUG",
    proves: ["start", "identity", "role"],
    source: aws,
  },
  {
    id: "S3",
    text: "IAM authentication token generated successfully",
    pattern: /^IAM authentication token generated successfully/,
    level: "DEBUG",
    proves: ["start", "identity", "role", "token"],
    source: aws,
  },
  {
    id: "S4",
    text: "Creating publication pglog_stream_… for tables: […] (also where it exists)",
    pattern: /^Creating publication pglog_stream_/,
    level: "INFO",
    proves: through("login"),
    source: pgStream,
  },
  {
    id: "S5",
    text: "Input type postgres_cdc is now active (not again after a reconnect)",
    pattern: /^Input type postgres_cdc is now active/,
    level: "INFO",
    proves: through("database"),
    source: benthos("internal/component/input/async_reader.go"),
  },
  {
    id: "S6",
    text: "Input type mysql_cdc is now active (not again after a reconnect)",
    pattern: /^Input type mysql_cdc is now active/,
    level: "INFO",
    proves: through("login"),
    source: benthos("internal/component/input/async_reader.go"),
  },
  {
    id: "S7",
    text: "Finished snapshot of table '…' (… rows)",
    pattern: /^Finished snapshot of table '/,
    level: "INFO",
    proves: through("database"),
    source: mysqlInput,
  },
  {
    id: "S8",
    text: "Checkpointed binlog position following snapshot",
    pattern: /^Checkpointed binlog position following snapshot/,
    level: "INFO",
    proves: through("position"),
    source: mysqlInput,
  },
  {
    id: "S9",
    text: "Started logical replication on slot slot-name: …",
    pattern: /^Started logical replication on slot slot-name: /,
    level: "DEBUG",
    proves: through("read"),
    source: pgStream,
  },
  {
    id: "S10",
    text: "starting MySQL CDC stream from binlog … at offset …",
    pattern: /^starting MySQL CDC stream from binlog /,
    level: "INFO",
    proves: through("read"),
    source: mysqlInput,
  },
  {
    id: "S11",
    text: "Output type redpanda is now active (or kafka_franz)",
    pattern: /^Output type (?:redpanda|kafka_franz|redpanda_common) is now active/,
    level: "INFO",
    proves: ["start", "write"],
    source: benthos("internal/component/output/async_writer.go"),
  },
];
