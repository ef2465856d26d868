import { through } from "../hops";
import { toMysql } from "./connections";
import type { Entry, Marker } from "./entry";
import { withRestart } from "./restart";
import { auroraGuide, benthos, connect, goMysql, goSqlDriver, mysqlErrors } from "./sources";
import {
  apply,
  authorities,
  forgetPosition,
  keepLogLonger,
  lookAtAcls,
  mayConnect,
  openDatabase,
  openDatabaseToInstance,
  openPrivateDatabase,
  rebootWriter,
  runSetup,
  serverLog,
} from "./steps";

const input = connect("internal/impl/mysql/input_mysql_stream.go");
const snapshot = connect("internal/impl/mysql/snapshot.go");

const all = "all with mysql_cdc";
const iam = ">= 4.72.0";

/**
 * What the two MySQL clients say, in the order of the chain. `ERROR` in capitals is go-mysql's
 * (binary log), `Error` go-sql-driver's (snapshot).
 */
export const mysql: readonly Entry[] = [
  {
    id: "M17",
    text: "Failed to connect to mysql_cdc: dial tcp …: i/o timeout",
    pattern: new RegExp(
      `${toMysql}.*dial .*(?:i/o timeout|connection refused|no such host|context deadline exceeded)`,
      "s",
    ),
    hop: "network",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "The database does not answer: its security group does not let in the address that Connect comes from, there is no route, or the instance is stopped. Private addresses are blocked for BYOC pipelines unless the cluster allows them.",
    fix: { byoc: openDatabase, private: openPrivateDatabase, ec2: openDatabaseToInstance },
    versions: all,
    source: goMysql("client/conn.go"),
  },
  {
    id: "M17-tls",
    text: "Failed to connect to mysql_cdc: … x509: certificate signed by unknown authority / is valid for …, not …",
    pattern: new RegExp(
      `${toMysql}.*x509: (?:certificate signed by unknown authority|certificate is (?:not )?valid for|cannot validate certificate for)`,
      "s",
    ),
    hop: "tls",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "tls.root_cas does not contain the authority that signed the database's certificate, or the host is not the cluster's endpoint: certificate and token are valid for no other host.",
    fix: [
      "The host in dsn and aws.endpoint must be <db_cluster_endpoint>, and both RDS's bundle of the region and Amazon Root CA 1 belong in tls.root_cas. Look, then restore what the module says:",
      authorities,
      apply,
    ],
    versions: all,
    source: auroraGuide("UsingWithRDS.SSL"),
  },
  {
    id: "M4",
    text: "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON",
    pattern: /Connections using insecure transport are prohibited/i,
    hop: "tls",
    speaker: "The database",
    engine: "mysql",
    cause: "The client connected without TLS.",
    fix: [
      "The pipeline's input requires both: tls=true in the DSN, and tls.root_cas. This module has them:",
      apply,
    ],
    versions: all,
    source: mysqlErrors,
  },
  {
    id: "M1",
    text: "this user requires clear text authentication … allowCleartextPasswords=1",
    pattern: /this user requires clear text authentication/,
    hop: "login",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "A token is sent in clear text, inside TLS, and the snapshot's connection must be told to allow that. The binary log's need not, so this happens only with stream_snapshot.",
    fix: [
      "In the pipeline's input, which this module has:",
      {
        yaml: "dsn: <iam_auth_user>@tcp(<db_cluster_endpoint>:3306)/<db_name>?tls=true&allowCleartextPasswords=true&timeout=10s",
      },
      apply,
    ],
    versions: iam,
    source: goSqlDriver("errors.go"),
  },
  {
    id: "M3",
    text: "ERROR 1524 (HY000): Plugin 'AWSAuthenticationPlugin' is not loaded",
    pattern: /Plugin 'AWSAuthenticationPlugin' is not loaded/,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause: "IAM authentication is off for this cluster.",
    fix: [
      {
        shell:
          "aws rds modify-db-cluster --db-cluster-identifier <db_cluster_identifier> --enable-iam-database-authentication --apply-immediately --region <region>",
      },
    ],
    versions: iam,
    source: auroraGuide("UsingWithRDS.IAMDBAuth.Enabling"),
  },
  {
    id: "M2",
    text: "ERROR 1045 (28000): Access denied for user '…'@'…' (using password: YES)",
    pattern: /Access denied for user .*\(using password/i,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The database refused the token: the role that signed it may not connect as this user, or it was signed for another host, port, region or user; or the user does not exist, has a password instead of AWSAuthenticationPlugin, or may not come from this host. Before 4.89.0 also: the snapshot outlasted the token's 15 minutes.",
    fix: [
      "How the user logs in: the plugin must be AWSAuthenticationPlugin, the host %:",
      { sql: "SELECT user, host, plugin FROM mysql.user WHERE user = '<iam_auth_user>';" },
      "The setup SQL creates it:",
      runSetup,
      "Check that the role may connect as that user (allowed), of the cluster with exactly this resource id:",
      mayConnect,
      "The database says why in its log iam-db-auth-error:",
      serverLog("iam-db-auth-error"),
    ],
    versions: ">= 4.72.0; after a long snapshot < 4.89.0",
    source: auroraGuide("UsingWithRDS.IAMDBAuth.Troubleshooting"),
  },
  {
    id: "M5",
    text: "binlog must ROW format, but … now",
    pattern: /binlog must ROW format, but \S+ now/,
    hop: "database",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "The binary log is not in row format: binlog_format has another value, or was set to ROW and the writer has not been rebooted since.",
    fix: [
      "The module's parameter group sets it. The writer must show in-sync; at pending-reboot, reboot it (a minute without the database):",
      ...rebootWriter,
    ],
    versions: all,
    source: goMysql("canal/canal.go"),
  },
  {
    id: "M7",
    text: "ERROR 1227 (42000): Access denied; you need (at least one of) the … privilege(s) for this operation",
    // Redpanda Console saves semicolons and commas as one of them.
    pattern: /1227 \(42000\): Access denied[;,] you need \(at least one of\) the/i,
    hop: "database",
    speaker: "The database",
    engine: "mysql",
    cause: "A grant is missing: <privilege>.",
    fix: [
      "The setup SQL grants all of them:",
      {
        sql: "GRANT REPLICATION CLIENT, REPLICATION SLAVE, RELOAD ON *.* TO '<iam_auth_user>'@'%';",
      },
      "or, together with the others:",
      runSetup,
    ],
    versions: all,
    source: mysqlErrors,
  },
  {
    id: "M8",
    text: "acquire table-level read locks: …",
    pattern:
      /acquire table-level read locks: .*(?:denied|Lock wait timeout exceeded|maximum statement execution time|Deadlock found)/s,
    hop: "database",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The snapshot locks its tables for a moment, and could not: LOCK TABLES or RELOAD is not granted, or a long transaction holds them.",
    fix: [
      "The setup SQL gives both grants:",
      runSetup,
      "Who holds the tables:",
      {
        sql: "SELECT trx_mysql_thread_id, trx_started, trx_query FROM information_schema.innodb_trx ORDER BY trx_started;",
      },
    ],
    versions: ">= 4.59.0",
    source: snapshot,
  },
  {
    id: "M9",
    text: "unable to find primary key for table … - does the table exist and does it have a primary key set?",
    pattern: /unable to find primary key for table/,
    hop: "database",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "The snapshot reads tables in the order of their primary key, and one of them has none, or does not exist: <table>.",
    fix: [
      "Correct cdc_tables or cdc_tables_by_database (now <cdc_tables>), or give the table a key, such as:",
      {
        sql: "ALTER TABLE `<db_name>`.`<table>` ADD COLUMN `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST;",
      },
    ],
    versions: all,
    source: snapshot,
  },
  {
    id: "M6",
    text: "ERROR 1236 (HY000): Binary log is not open / get binlog position: sql: no rows in result set",
    pattern:
      /get binlog position: sql: no rows in result set|1236 \(HY000\): Binary log is not open/i,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The server writes no binary log: it is off (binlog_format), or this is a reader, which has none. Without a snapshot, Connect first says that it starts from a binlog without a name, at offset 0.",
    fix: [
      "Which of the two it is:",
      { sql: "SELECT @@log_bin, @@binlog_format, @@innodb_read_only;" },
      "With innodb_read_only at 1 it is a reader: the host in dsn and aws.endpoint must be the writer's, <db_cluster_endpoint> (without -ro-). With log_bin at 0 on the writer, binlog_format is OFF, or was set and the writer has not been rebooted since. The module has both right; the writer must show in-sync, and at pending-reboot be rebooted (a minute without the database):",
      apply,
      ...rebootWriter,
    ],
    versions: all,
    source: snapshot,
  },
  {
    id: "M13",
    text: "unable to get cached binlog position / unable to access cache / missing or unknown topic",
    pattern:
      /unable to get cached binlog position|unable to access cache|unable (?:to )?read checkpoint from cache|unable (?:to )?persist checkpoint to cache|missing or unknown topic/,
    hop: "position",
    behind: through("token"),
    speaker: "Redpanda",
    engine: "mysql",
    cause:
      "The topic that keeps the pipeline's position cannot be read or written: it does not exist, or the user has no access, or the password is wrong.",
    fix: [
      "The user requires READ, WRITE and DESCRIBE on <checkpoint_topic>:",
      { shell: "rpk topic describe <checkpoint_topic>" },
      lookAtAcls,
      "Topic and ACLs are in the module:",
      apply,
    ],
    versions: all,
    source: connect("internal/impl/kafka/cache_redpanda.go"),
  },
  {
    id: "M10",
    text: "ERROR 1236 (HY000): Could not find first log file name in binary log index file / Client requested source to start replication from position > file size",
    pattern:
      /1236 \(HY000\): (?:Could not find first log file name in binary log index file|Client requested (?:source|master) to start replication from position > file size)/i,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The pipeline's position is not in the binary log: its file was purged, or this cluster has another log than the one that the position was kept for. A position is kept only when a captured row has been written: a file is purged before that if the pipeline stands still, or if no listed table is written to, for longer than the log is kept. With heartbeat, a row is captured every minute. Connect would ask for the same position for ever.",
    fix: withRestart((restart) => [...keepLogLonger, ...forgetPosition, ...restart.withSnapshot]),
    versions: all,
    source: mysqlErrors,
  },
  {
    id: "M11",
    text: "ERROR 1236 (HY000): A slave with the same server_uuid/server_id as this slave has connected to the master",
    pattern: /1236 .*(?:slave|replica) with the same server_uuid\/server_id/i,
    hop: "position",
    speaker: "The database",
    engine: "mysql",
    cause:
      "Two pipelines on this database drew the same server id, a random number from 1001 to 2000.",
    fix: withRestart((restart) => ["Restart this one, which draws again:", ...restart.plain]),
    versions: all,
    source: mysqlErrors,
  },
  {
    id: "M16",
    text: "retry sync err, exceeded max retries",
    pattern: /retry sync err, exceeded max retries/,
    hop: "read",
    behind: [],
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "The connection to the binary log was lost and did not come back with the old token. The input starts over by itself, with a new one.",
    fix: [
      "If it keeps coming back, look at the database's own log at that time:",
      serverLog("error"),
    ],
    vague: true,
    versions: all,
    source: goMysql("replication/binlogsyncer.go"),
  },
  {
    id: "M0",
    text: "error during MySQL CDC: … connection was bad / invalid connection / Server shutdown in progress / …",
    pattern:
      /error during MySQL CDC: .*(?:connection was bad|(?:invalid|bad) connection|closed pipe|invalid sequence|Server shutdown|execution was interrupted)/s,
    hop: "read",
    behind: [],
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "The stream broke after it had started, for the reason at the end of the message. Connect retries by itself.",
    fix: [
      "If it keeps coming back, look at the database's own log at that time:",
      serverLog("error"),
    ],
    vague: true,
    versions: all,
    source: input,
  },
];

/** What says that a part of the way to MySQL's changes is behind us. */
export const mysqlMarkers: readonly Marker[] = [
  {
    id: "S13",
    text: "Connected to server flavor=… (go-mysql's own logger, on standard error)",
    pattern: /^Connected to server flavor=/,
    level: "INFO",
    proves: through("login"),
    source: goMysql("replication/binlogsyncer.go"),
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
    source: input,
  },
  {
    id: "S8",
    text: "Checkpointed binlog position following snapshot",
    pattern: /^Checkpointed binlog position following snapshot/,
    level: "INFO",
    proves: through("position"),
    source: input,
  },
  {
    id: "S10",
    text: "starting MySQL CDC stream from binlog … at offset …",
    pattern: /^starting MySQL CDC stream from binlog \S+ at offset /,
    level: "INFO",
    proves: through("read"),
    source: input,
  },
];
