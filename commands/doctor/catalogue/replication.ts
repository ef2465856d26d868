import type { Entry } from "./entry";
import { withRestart } from "./restart";
import { connect, goMysql, mysqlErrors, postgresSource } from "./sources";
import { apply, forgetPosition, keepLogLonger, runSetup, serverLog } from "./steps";

const ofPostgres = "all with postgres_cdc";
const ofMysql = "all with mysql_cdc";
const logicalC = postgresSource("src/backend/replication/logical/logical.c");

/** What the databases say of publications, tables, slots and binary logs. */
export const replication: readonly Entry[] = [
  {
    id: "P37",
    text: 'publication "…" does not exist',
    pattern: /publication "[^"]+" does not exist/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The publication was dropped, or was created after the changes that the slot reads now: pgoutput looks for it as it was then.",
    fix: withRestart((restart) => [
      "The setup SQL creates it:",
      runSetup,
      "If the message stays, the slot is older than the publication. Drop it, and start again with the rows that exist now:",
      { sql: "SELECT pg_drop_replication_slot('<slot_name>');" },
      ...restart.withSnapshot,
    ]),
    versions: ofPostgres,
    source: logicalC,
  },
  {
    id: "P47",
    text: 'skipped loading publication "…"',
    pattern: /skipped loading publication/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The publication was not there when the changes were written that the slot reads now. PostgreSQL 18 skips them, where earlier versions stop: these rows have not arrived.",
    fix: withRestart((restart) => [
      "The setup SQL creates it:",
      runSetup,
      "Then drop the slot, and start again with the rows that exist now:",
      { sql: "SELECT pg_drop_replication_slot('<slot_name>');" },
      ...restart.withSnapshot,
    ]),
    versions: "PostgreSQL 18 and later",
    source:
      "https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/replication/pgoutput/pgoutput.c",
  },
  {
    id: "P38",
    text: 'publication "…" is defined as FOR ALL TABLES (SQLSTATE 55000)',
    pattern: /publication "[^"]+" is defined as FOR ALL TABLES/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Somebody created the publication for all tables, and Connect cannot take single ones out of it.",
    fix: [
      "Drop it, and let the setup SQL create it for the tables of cdc_tables or cdc_tables_by_schema:",
      { sql: 'DROP PUBLICATION "pglog_stream_<slot_name>";' },
      runSetup,
    ],
    versions: ofPostgres,
    source: postgresSource("src/backend/commands/publicationcmds.c"),
  },
  {
    id: "P39",
    text: 'replication slot "…" does not exist (SQLSTATE 42704)',
    pattern: /replication slot "[^"]+" does not exist/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The slot was dropped while the pipeline used it, or did not come along in a restore or a major upgrade. What was written since is in no slot.",
    fix: withRestart((restart) => [
      "Connect creates the slot when it starts. Start with the rows that exist now, so that none of that time is missing:",
      ...restart.withSnapshot,
    ]),
    versions: ofPostgres,
    source: postgresSource("src/backend/replication/slot.c"),
  },
  {
    id: "P40",
    text: 'replication slot "…" was not created in this database / cannot use physical replication slot for logical decoding',
    pattern:
      /replication slot "[^"]+" was not created in this database|cannot use physical replication slot for logical decoding/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Something else has a slot of that name: in another database of the cluster, or a physical one.",
    fix: [
      "See whose it is:",
      {
        sql: "SELECT slot_name, slot_type, database, plugin, active FROM pg_replication_slots WHERE slot_name = '<slot_name>';",
      },
      "Choose another slot_name (now <slot_name>), then apply and run the setup SQL, which creates the publication of that name:",
      apply,
      runSetup,
    ],
    versions: ofPostgres,
    source: logicalC,
  },
  {
    id: "P41",
    text: "could not import the requested snapshot / invalid snapshot identifier",
    pattern: /could not import the requested snapshot|invalid snapshot identifier/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The snapshot of the rows ended with the connection that had exported it, which broke off. Connect begins the snapshot again by itself.",
    fix: withRestart((restart) => [
      "If it keeps coming back, the database ends long sessions: see its own log, and take idle_in_transaction_session_timeout from this user:",
      serverLog("postgresql"),
      { sql: 'ALTER ROLE "<iam_auth_user>" SET idle_in_transaction_session_timeout = 0;' },
      ...restart.plain,
    ]),
    versions: ofPostgres,
    source: postgresSource("src/backend/utils/time/snapmgr.c"),
  },
  {
    id: "P42",
    text: "decoding postgres changes failed: decoding data for insert message: unable to decode column data",
    pattern: /unable to decode column |decoding (?:new |before )?data for \w+ message: /,
    hop: "read",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "A row has a value that the connector cannot decode, and it stops at this row again and again.",
    fix: [
      "A newer Connect may know the type. Otherwise keep the table out of cdc_tables or cdc_tables_by_schema (now <cdc_tables>), or change the column's type, then:",
      apply,
      runSetup,
      "Give the message to https://github.com/redpanda-data/connect/issues, with the column's type.",
    ],
    versions: ofPostgres,
    source: connect("internal/impl/postgresql/pglogicalstream/replication_message_decoders.go"),
  },
  {
    id: "P43",
    text: "terminating walsender process due to replication timeout",
    pattern: /terminating walsender process due to replication timeout/,
    hop: "read",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Connect did not answer for wal_sender_timeout: it was stopped or stuck, most often because Redpanda took no rows. It connects again by itself.",
    fix: [
      "Read Connect's own log of that time, errors of the output included. How far the slot is behind:",
      {
        sql: "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)) AS behind FROM pg_replication_slots;",
      },
    ],
    versions: ofPostgres,
    source: postgresSource("src/backend/replication/walsender.c"),
  },
  {
    id: "P44",
    text: 'signal table "…" does not exist / is missing required column(s)',
    pattern: /signal table \S+ (?:does not exist|is missing required column)/,
    hop: "database",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause: "signal_table_name names a table that is not there, or has not the columns of one.",
    fix: [
      "This module's pipeline has no signal table; this restores it:",
      apply,
      "In a pipeline of your own, create the table as the connector's documentation says, and grant the user SELECT on it.",
    ],
    versions: "with signal_table_name",
    source: connect("internal/impl/postgresql/pglogicalstream/logical_stream.go"),
  },
  {
    id: "M24",
    text: "ERROR 1142 (42000): … command denied to user '…' for table '…'",
    pattern: /1142 \(42000\): .* command denied to user/,
    hop: "database",
    speaker: "The database",
    engine: "mysql",
    cause: "The user may not read a table that it is to stream.",
    fix: [
      { sql: "GRANT SELECT ON `<db_name>`.* TO '<iam_auth_user>'@'%';" },
      "or, together with the others:",
      runSetup,
    ],
    versions: ofMysql,
    source: mysqlErrors,
  },
  {
    id: "M25",
    text: "Error 1146 (42S02): Table '…' doesn't exist",
    pattern: /1146 \(42S02\): Table '[^']*' doesn't exist/,
    hop: "database",
    speaker: "The database",
    engine: "mysql",
    cause: "A listed table does not exist in that database; upper and lower case matter.",
    fix: [
      "Correct cdc_tables or cdc_tables_by_database (now <cdc_tables>). Existing tables:",
      { sql: "SHOW TABLES FROM `<db_name>`;" },
      "Then:",
      apply,
    ],
    versions: ofMysql,
    source: mysqlErrors,
  },
  {
    id: "M26",
    text: "Error 1064 (42000): … right syntax to use near 'MASTER STATUS'",
    pattern: /1064 \(42000\): .*near '(?:MASTER STATUS|SLAVE)/s,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause: "MySQL 8.4 no longer has SHOW MASTER STATUS, for which Connect asks before 4.83.0.",
    fix: {
      byoc: [
        "The version is the cluster's: bring the cluster up to date (rpk cloud cluster, or its support), or stay at Aurora MySQL 3.",
      ],
      ec2: ["Run the module's image, which is newer:", { shell: "<docker_run_command>" }],
    },
    versions: "< 4.83.0",
    source: "https://dev.mysql.com/doc/relnotes/mysql/8.4/en/news-8-4-0.html",
  },
  {
    id: "M27",
    text: "ERROR 1236 (HY000): … purged binary logs containing GTIDs / Could not open log file; ERROR 29 (HY000): File '…mysql-bin…' not found",
    pattern:
      /1236 \(HY000\): .*(?:purged (?:required )?binary logs|Could not open log file)|ERROR 29 \(HY000\): File '[^']*bin[^']*' not found/s,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The file of the binary log with the pipeline's position is no longer there, and Connect would ask for it for ever.",
    fix: withRestart((restart) => [...keepLogLonger, ...forgetPosition, ...restart.withSnapshot]),
    versions: ofMysql,
    source: mysqlErrors,
  },
  {
    id: "M28",
    text: "ERROR 1236 (HY000): … impossible position / bogus data in log event",
    pattern: /1236 \(HY000\): .*(?:impossible position|bogus data in log event)/s,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The stored position is none at which an event begins: it is of another server's binary log, as after a restore, or that log was cut off in a crash.",
    fix: withRestart((restart) => [
      "Where this server's log ends:",
      { sql: "SHOW BINARY LOGS;" },
      ...forgetPosition,
      ...restart.withSnapshot,
    ]),
    versions: ofMysql,
    source: mysqlErrors,
  },
  {
    id: "M29",
    text: "unsupported MySQL column type: …",
    pattern: /unsupported MySQL column type: /,
    hop: "read",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "A table has a column of a type that the connector does not know, and it stops at that table.",
    fix: [
      "Which columns these are:",
      {
        sql: "SELECT table_name, column_name, column_type FROM information_schema.columns WHERE table_schema = '<db_name>' AND data_type IN ('geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon', 'geometrycollection', 'vector');",
      },
      "Keep the table out of cdc_tables or cdc_tables_by_database (now <cdc_tables>), then:",
      apply,
    ],
    versions: ofMysql,
    source: connect("internal/impl/mysql/input_mysql_stream.go"),
  },
  {
    id: "M30",
    text: "Failed to register slave: too long 'report-host'",
    pattern: /Failed to register slave: too long 'report-/,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause:
      "Connect tells the server the name of the machine that it runs on, which may have 60 characters.",
    fix: {
      byoc: [
        "The pod's name is Redpanda's: give cluster id <redpanda_cluster_id> and this text to its support.",
      ],
      ec2: [
        "Give the container a short name: `--hostname connect`.",
        { shell: "<docker_run_command>" },
      ],
    },
    versions: ofMysql,
    source: goMysql("replication/binlogsyncer.go"),
  },
];
