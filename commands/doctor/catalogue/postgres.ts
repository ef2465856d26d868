import { through } from "../hops";
import type { Entry, Marker } from "./entry";
import { withRestart } from "./restart";
import { auroraGuide, benthos, connect, pgx, postgresSource } from "./sources";
import {
  apply,
  authorities,
  describeCluster,
  mayConnect,
  openDatabase,
  openDatabaseToInstance,
  openPrivateDatabase,
  rebootWriter,
  runSetup,
  serverLog,
  startCluster,
} from "./steps";

const input = connect("internal/impl/postgresql/input_pg_stream.go");
const stream = connect("internal/impl/postgresql/pglogicalstream/logical_stream.go");
const publication = connect("internal/impl/postgresql/pglogicalstream/pglogrepl.go");
const monitor = connect("internal/impl/postgresql/pglogicalstream/monitor.go");

const all = "all with postgres_cdc";
const iam = ">= 4.71.0";

/** What the replication connection, its monitor and its heartbeat say, in the order of the chain. */
export const postgres: readonly Entry[] = [
  {
    id: "P1",
    text: "hostname resolving error: lookup …: no such host",
    pattern: /hostname resolving error/,
    hop: "network",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The database's host name cannot be resolved where Connect runs: it is wrong, or in a private zone.",
    fix: [
      "The DSN's host must be the writer's, <db_cluster_endpoint>. Check whether public DNS knows it:",
      { shell: "dig +short <db_cluster_endpoint>" },
      "If it does, restore the pipeline's configuration; if not, the cluster is gone or its name is private:",
      apply,
    ],
    versions: all,
    source: pgx("pgconn/pgconn.go"),
  },
  {
    id: "P2",
    text: "dial error: … i/o timeout / context deadline exceeded / connection timed out",
    pattern: /dial error: .*(?:i\/o timeout|context deadline exceeded|connection timed out)/s,
    hop: "network",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The database does not answer: its security group does not let in the address that Connect comes from, or there is no route. Private addresses are blocked for BYOC pipelines unless the cluster allows them.",
    fix: { byoc: openDatabase, private: openPrivateDatabase, ec2: openDatabaseToInstance },
    versions: all,
    source: pgx("pgconn/pgconn.go"),
  },
  {
    id: "P2-ping",
    text: "Waiting to ping database...",
    pattern: /Waiting to ping database/,
    level: "DEBUG",
    hop: "network",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "Connect has been trying to reach the database ever since. Without connect_timeout in the DSN it says no more than this for minutes.",
    fix: { byoc: openDatabase, private: openPrivateDatabase, ec2: openDatabaseToInstance },
    vague: true,
    versions: all,
    source: stream,
  },
  {
    id: "P3",
    text: "dial error: … connection refused",
    pattern: /dial error: .*connection refused/s,
    hop: "network",
    speaker: "The database",
    engine: "postgres",
    cause: "Nothing listens there: the port is not 5432, or the instance is stopped or starting.",
    fix: [describeCluster, "Stopped? Start it:", startCluster],
    versions: all,
    source: pgx("pgconn/pgconn.go"),
  },
  {
    id: "P4",
    text: "tls error: … x509: certificate signed by unknown authority",
    pattern: /tls error: .*x509: certificate signed by unknown authority/s,
    hop: "tls",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "tls.root_cas does not contain the authority that signed the database's certificate; text that is not PEM is not reported separately.",
    fix: [
      "Both RDS's bundle of the region and Amazon Root CA 1 belong in tls.root_cas. The module fetches them, unless rds_ca_pem is set; look, then restore them:",
      authorities,
      apply,
    ],
    versions: all,
    source: auroraGuide("UsingWithRDS.SSL"),
  },
  {
    id: "P5",
    text: "tls error: … x509: certificate is valid for …, not …",
    pattern:
      /tls error: .*x509: (?:certificate is (?:not )?valid for|cannot validate certificate for)/s,
    hop: "tls",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The DSN's host is a name or address of your own. Certificate and token are valid only for the cluster's endpoint.",
    fix: ["The host in dsn and aws.endpoint must be <db_cluster_endpoint>:", apply],
    versions: all,
    source: auroraGuide("UsingWithRDS.SSL"),
  },
  {
    id: "P6",
    text: "server refused TLS connection",
    pattern: /server refused TLS connection/,
    hop: "tls",
    speaker: "The database",
    engine: "postgres",
    cause:
      "What answers at that host and port is not Aurora PostgreSQL, but a proxy or another server.",
    fix: [
      "The host in dsn and aws.endpoint must be <db_cluster_endpoint>, the port 5432:",
      describeCluster,
    ],
    versions: all,
    source: pgx("pgconn/pgconn.go"),
  },
  {
    id: "P7",
    text: 'no pg_hba.conf entry for host "…", user "…", database "…", no encryption / pg_hba.conf rejects connection for host "…", …, no encryption',
    // With sslmode=prefer pgx tries again without TLS: what was answered with TLS comes first.
    pattern:
      /^(?!.*(?:PAM|password) authentication failed).*(?:no pg_hba\.conf entry for|pg_hba\.conf rejects) .*(?:no encryption|SSL off)/s,
    hop: "tls",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The client connected without TLS, and neither IAM logins nor rds.force_ssl allow that. Before 4.96.2 a missing tls block switched TLS off even with sslmode=require.",
    fix: [
      "The pipeline's input requires both: sslmode=verify-full in the DSN, and tls.root_cas. This module has them:",
      apply,
    ],
    versions: "all; without a tls block < 4.96.2",
    source: "https://github.com/redpanda-data/connect/issues/4518",
  },
  {
    id: "P8",
    text: 'PAM authentication failed for user "…" (SQLSTATE 28000)',
    pattern: /PAM authentication failed for user/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The database refused the token: the role that signed it may not connect as this user, or it was signed for another host, port, region or user, or by another role than the db-connect role.",
    fix: [
      "Check that the role may connect as that user (allowed), of the cluster with exactly this resource id:",
      mayConnect,
      "Check that the resource id is this one, and that IAM authentication is on:",
      {
        shell:
          "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].[DbClusterResourceId,IAMDatabaseAuthenticationEnabled]' --output text --region <region>",
      },
      "The database says why in its log iam-db-auth-error:",
      serverLog("iam-db-auth-error"),
      "The module has all of that, so `terraform apply` fixes it. In a pipeline of your own, use aws.roles: aws.role without role_external_id is ignored silently.",
    ],
    versions: iam,
    source: auroraGuide("UsingWithRDS.IAMDBAuth.Troubleshooting"),
  },
  {
    id: "P9",
    text: 'password authentication failed for user "…" (SQLSTATE 28P01)',
    pattern: /password authentication failed for user/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The database asked for a password, and was given a token. Most likely the user does not exist yet, because the setup SQL has not run: PostgreSQL does not say so to the client. Otherwise the user is not a member of rds_iam; or plain logins work and replication connections do not, because rds.iam_auth_for_replication is 0.",
    fix: [
      "The setup SQL creates the user and makes it a member; it may be run again:",
      runSetup,
      "The parameter takes effect without a reboot:",
      {
        shell:
          "aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name <db_parameter_group> --parameters ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=immediate --region <region>",
      },
    ],
    versions: iam,
    source: auroraGuide("AuroraPostgreSQL.Replication.Logical.IAM-auth"),
  },
  {
    id: "P10",
    text: 'role "…" does not exist',
    pattern: /[Rr]ole "[^"]+" does not exist/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The database has no user of that name: the setup SQL has not run, or ran for another iam_auth_user. Aurora writes so into its own log, as a detail; the client is told of a wrong password.",
    fix: [runSetup],
    versions: all,
    source: postgresSource("src/backend/utils/init/miscinit.c"),
  },
  {
    id: "P10-database",
    text: 'database "…" does not exist (SQLSTATE 3D000)',
    pattern: /database "[^"]+" does not exist/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause: "The DSN names a database that the cluster does not have.",
    fix: [
      "The database that the module creates is <db_name>. Existing databases:",
      { sql: "SELECT datname FROM pg_database WHERE NOT datistemplate;" },
    ],
    versions: all,
    source: postgresSource("src/backend/utils/init/postinit.c"),
  },
  {
    id: "P11",
    text: "permission denied to start WAL sender / must be superuser or replication role to start walsender",
    pattern:
      /permission denied to start WAL sender|must be superuser or replication role to start walsender/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause: "The user may log in, but not for replication.",
    fix: [{ sql: 'GRANT rds_replication TO "<iam_auth_user>";' }],
    versions: all,
    source: postgresSource("src/backend/utils/init/postinit.c"),
  },
  {
    id: "P18",
    text: 'logical decoding requires "wal_level" >= "logical" (SQLSTATE 55000)',
    pattern: /logical decoding requires "?wal_level"? >= "?logical"?/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Logical replication is off: rds.logical_replication is 0, or was set to 1 and the writer has not been rebooted since.",
    fix: [
      "The module's parameter group sets it. The writer must show in-sync; at pending-reboot, reboot it (a minute without the database):",
      ...rebootWriter,
    ],
    versions: all,
    source: auroraGuide("AuroraPostgreSQL.Replication.Logical-Configure"),
  },
  {
    id: "P14",
    text: "error counting rows in table …: permission denied for schema …",
    pattern: /permission denied for schema/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause: "The user may not use the schema.",
    fix: [{ sql: 'GRANT USAGE ON SCHEMA "<cdc_schema>" TO "<iam_auth_user>";' }],
    versions: all,
    source: monitor,
  },
  {
    id: "P14-table",
    text: "permission denied for table …",
    pattern: /permission denied for (?:table|relation)/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The user may not read a table that it is to stream. Tables that are dropped and created again lose their grants.",
    fix: [
      "The setup SQL grants it for every table of cdc_tables or cdc_tables_by_schema:",
      runSetup,
    ],
    versions: all,
    source: monitor,
  },
  {
    id: "P25",
    text: 'relation "…" does not exist',
    pattern: /relation "[^"]+" does not exist/,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause: "A listed table does not exist in that schema; upper and lower case matter.",
    fix: [
      "Correct cdc_schema, cdc_tables or cdc_tables_by_schema (now <cdc_schema>, <cdc_tables>). Existing tables:",
      {
        sql: "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema';",
      },
      "Then apply, and run the setup SQL for the new list:",
      apply,
      runSetup,
    ],
    versions: all,
    source: monitor,
  },
  {
    id: "P15",
    text: "creating publication: permission denied for database … / must be owner of table … / must be superuser to create FOR ALL TABLES publication",
    pattern:
      /creating publication: .*(?:permission denied for database|must be owner of table|must be superuser to create FOR ALL TABLES publication)/s,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The publication pglog_stream_<slot_name> does not exist, and the user may not create it: only the tables' owner may.",
    fix: ["The setup SQL creates it:", runSetup],
    versions: all,
    source: publication,
  },
  {
    id: "P16",
    text: "adding table to publication / removing table from publication: must be owner of publication …",
    pattern: /(?:adding table to|removing table from) publication: .*must be owner of/s,
    hop: "database",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The pipeline's tables are not those of the publication pglog_stream_<slot_name>, and the user may not change it.",
    fix: [
      "The setup SQL, run again, gives the publication the tables of cdc_tables or cdc_tables_by_schema:",
      runSetup,
    ],
    versions: all,
    source: publication,
  },
  {
    id: "P24",
    text: "no primary key found for table … / getting primary key for table …",
    pattern: /no primary key found for table|getting primary key for table/,
    hop: "database",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The snapshot reads tables in the order of their primary key, and one of them has none: <table>.",
    fix: [
      "Give the table a key, such as:",
      {
        sql: "ALTER TABLE <table> ADD COLUMN id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY;",
      },
      "Or do without the rows that already exist: stream_snapshot = false.",
    ],
    versions: all,
    source: stream,
  },
  {
    id: "P12",
    text: "permission denied to use replication slots / must be superuser or replication role to use replication slots",
    pattern:
      /permission denied to use replication slots|must be superuser or replication role to use replication slots/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause: "The user may not create or use replication slots.",
    fix: [{ sql: 'GRANT rds_replication TO "<iam_auth_user>";' }],
    versions: all,
    source: postgresSource("src/backend/replication/slot.c"),
  },
  {
    id: "P17",
    text: 'publication "pglog_stream_…" already exists / replication slot "…" already exists',
    pattern:
      /publication "pglog_stream_[^"]*" already exists|replication slot "[^"]+" already exists/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Connect looked the name up, did not find it, and yet it is there: slot_name has capitals, which PostgreSQL folds, or is longer than 50 characters; or a temporary slot was left behind.",
    fix: [
      "Choose a slot_name of lower-case letters, digits and underscores (now <slot_name>), apply, and drop the old slot. A slot left over from a snapshot:",
      {
        sql: "SELECT pg_drop_replication_slot('<slot_name>_tmp') FROM pg_replication_slots WHERE slot_name = '<slot_name>_tmp' AND NOT active;",
      },
    ],
    versions: all,
    source: publication,
  },
  {
    id: "P19",
    text: "all replication slots are in use / number of requested standby connections exceeds max_wal_senders",
    pattern:
      /all replication slots are in use|number of requested standby connections exceeds "?max_wal_senders"?/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Others use up the cluster's slots or WAL senders. A slot is kept until somebody drops it.",
    fix: [
      "Drop those that nobody uses; each also holds back the write-ahead log:",
      { sql: "SELECT slot_name, active, wal_status FROM pg_replication_slots;" },
      { sql: "SELECT pg_drop_replication_slot('…');" },
      "Or raise max_replication_slots and max_wal_senders in the parameter group, and reboot the writer.",
    ],
    versions: all,
    source: postgresSource("src/backend/replication/slot.c"),
  },
  {
    id: "P20",
    text: 'replication slot "…" is active for PID …',
    pattern: /replication slot "[^"]+" is active for PID/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "Somebody reads from the slot already: a second pipeline with the same slot_name, or, for a minute or two after a failover, the old session of this one.",
    fix: [
      "If it does not pass by itself, see who reads,",
      {
        sql: "SELECT pid, usename, client_addr, backend_start FROM pg_stat_activity JOIN pg_replication_slots ON pid = active_pid WHERE slot_name = '<slot_name>';",
      },
      "then give every pipeline a slot_name of its own, or end a session that is left over:",
      {
        sql: "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '<slot_name>';",
      },
    ],
    versions: all,
    source: postgresSource("src/backend/replication/slot.c"),
  },
  {
    id: "P21",
    text: "replication slots cannot be used on RO (Read Only) node / cannot be used while in recovery / recovery is in progress / cannot execute … in a read-only transaction",
    pattern:
      /cannot be used on RO \(Read Only\) node|cannot be used while in recovery|in a read-only transaction|during recovery|recovery is in progress|due to conflict with recovery|not supported on the Multi-AZ DB cluster reader/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The connection reached a reader: the DSN names the reader endpoint, or a failover is going on, which passes by itself.",
    fix: [
      "The host in dsn and aws.endpoint must be the writer's, <db_cluster_endpoint> (without -ro-):",
      apply,
    ],
    versions: all,
    source: "https://github.com/PeerDB-io/peerdb/pull/4652",
  },
  {
    id: "P22",
    text: 'can no longer get changes from (access) replication slot "…" / invalidating obsolete replication slot "…" / requested WAL segment … has already been removed',
    pattern:
      /can no longer (?:get changes from|access) replication slot|cannot read from logical replication slot|requested WAL segment \S+ has already been removed|invalidating obsolete replication slot|This (?:replication )?slot has been invalidated/,
    hop: "position",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The pipeline did not read for so long that the database discarded what the slot should have kept. The changes of that time are no longer in the log.",
    fix: withRestart((restart) => [
      "Drop the slot, and start again with the rows that exist now:",
      { sql: "SELECT pg_drop_replication_slot('<slot_name>');" },
      ...restart.withSnapshot,
    ]),
    versions: all,
    source: postgresSource("src/backend/replication/logical/logicalfuncs.c"),
  },
  {
    id: "P23",
    text: "replication slot … already exists with different output plugin: …",
    pattern: /replication slot \S+ already exists with different output plugin/,
    hop: "position",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause: "A slot of that name was created by something else, and not for pgoutput.",
    fix: [
      "Choose another slot_name (now <slot_name>) and apply; or, if nobody needs the slot:",
      { sql: "SELECT pg_drop_replication_slot('<slot_name>');" },
    ],
    versions: all,
    source: stream,
  },
  {
    id: "P29",
    text: "logical replication stream error: … EOF / terminating connection due to administrator command / …",
    pattern:
      /logical replication stream error: .*(?:EOF|reset by peer|broken pipe|i\/o timeout|conn closed|terminating connection|could not read from log segment|connection timed out)/s,
    hop: "read",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "The stream broke after it had started, for the reason at the end of the message. Connect retries by itself.",
    fix: [
      "If it keeps coming back, look at the database's own log at that time:",
      serverLog("postgresql"),
    ],
    vague: true,
    versions: all,
    source: input,
  },
];

/** What says that a part of the way to PostgreSQL's changes is behind us. */
export const postgresMarkers: readonly Marker[] = [
  {
    id: "S4",
    text: "Creating publication pglog_stream_… for tables: […] (also where it exists)",
    pattern: /^Creating publication pglog_stream_/,
    level: "INFO",
    proves: through("login"),
    source: stream,
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
    id: "S9",
    text: "Started logical replication on slot slot-name: …",
    pattern: /^Started logical replication on slot slot-name: /,
    level: "DEBUG",
    proves: through("read"),
    source: stream,
  },
];
