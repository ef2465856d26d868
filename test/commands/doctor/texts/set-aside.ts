import type { Text } from "./text";

/**
 * The first set: see {@link isSetAside}. Its wrong claims have been read to mend rules; the set that
 * whoever writes entries does not open is in set-aside-later.ts.
 */
export const setAside: readonly Text[] = [
  {
    id: "aws-imds-none-404",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, http response error StatusCode: 404, request to EC2 IMDS failed",
    hop: "identity",
    topology: "ec2",
    cause: "The instance has no instance profile.",
    entries: ["A7"],
    known: "reported",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/34234",
  },
  {
    id: "aws-ecs-credentials-decode",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: building IAM auth token: failed to refresh cached credentials, failed to load credentials, deserialization failed, failed to decode error message, invalid character 'F' looking for beginning of value",
    hop: "identity",
    engine: "mysql",
    topology: "ec2",
    cause:
      "The ECS agent answers with an error in plain text, of which only the first letter is shown.",
    // Not A7: a task has no instance profile and no hop limit. Not A12: the agent does answer.
    known: "reported",
    source: "https://github.com/aws/aws-sdk-go-v2/issues/2316",
  },
  {
    id: "aws-duration-exceeds",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    hop: "role",
    cause: "The session asked for is longer than the role allows.",
    // Not A18: the role is an ARN, and the aws block has no duration. The limit is the role's own.
    known: "reported",
    source: "https://github.com/d2a4u/sqs4s/pull/270",
  },
  {
    id: "aws-signature-future",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error SignatureDoesNotMatch: Signature not yet current: 20260120T170512Z is still later than 20260120T164223Z (20260120T162723Z + 15 min.)",
    hop: "role",
    engine: "mysql",
    cause: "The clock of the machine is ahead by more than 15 minutes.",
    entries: ["A16"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html",
  },
  {
    id: "aws-signature-mismatch",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    hop: "role",
    cause: "The secret access key does not belong to the key id.",
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html",
  },
  {
    id: "aws-missing-region",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, failed to resolve service endpoint, endpoint rule error, Invalid Configuration: Missing Region",
    hop: "config",
    cause: "aws.region is missing.",
    entries: ["A6"],
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/service/sts/endpoints.go",
  },
  {
    id: "pg-dial-timeout",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: timeout: dial tcp 203.0.113.10:5432: i/o timeout",
    hop: "network",
    engine: "postgres",
    cause: "The security group does not let Connect in, or there is no route.",
    entries: ["P2"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/errors.go",
  },
  {
    id: "pg-dial-deadline",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: timeout: context deadline exceeded",
    hop: "network",
    engine: "postgres",
    cause: "The security group does not let Connect in, or there is no route.",
    entries: ["P2"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/errors.go",
  },
  {
    id: "pg-tls-old-protocol",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: remote error: tls: protocol version not supported",
    hop: "tls",
    engine: "postgres",
    cause: "The server accepts newer TLS only, or older.",
    entries: ["T4"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/alert.go",
  },
  {
    id: "pg-tls-handshake",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: remote error: tls: handshake failure",
    hop: "tls",
    engine: "postgres",
    cause: "No cipher in common.",
    // Not T3: who answers refuses what the client offers, and nothing is closed on the way. T3's fix
    // does not come to ciphers (ssl_ciphers).
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/alert.go",
  },
  {
    id: "pg-hba-rejects-replication",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: pg_hba.conf rejects replication connection for host "198.51.100.7", user "iam_demo_user", SSL encryption (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "Replication connections are rejected outright.",
    entries: ["P46"],
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/libpq/auth.c",
  },
  {
    id: "pg-hba-no-replication",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: no pg_hba.conf entry for replication connection from host "198.51.100.7", user "iam_demo_user", SSL encryption (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "No line of pg_hba.conf takes replication connections.",
    // On RDS it went away with the parameters of logical replication:
    // https://github.com/ClickHouse/ClickHouse/issues/41706
    entries: ["P36"],
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/libpq/auth.c",
  },
  {
    id: "pg-slots-reserved",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: remaining connection slots are reserved for non-replication superuser connections (SQLSTATE 53300)",
    hop: "login",
    engine: "postgres",
    cause: "max_connections is used up.",
    entries: ["P30"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html",
  },
  {
    id: "pg-wal-level-standby",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: creating replication slot: ERROR: logical decoding on standby requires "wal_level" >= "logical" on the primary (SQLSTATE 55000)',
    hop: "position",
    engine: "postgres",
    cause: "The DSN leads to a reader.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-publication-table-missing",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: creating publication: ERROR: relation "public.orders" does not exist (SQLSTATE 42P01)',
    hop: "database",
    engine: "postgres",
    cause: "A listed table is not there.",
    entries: ["P25"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-schema-missing",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: creating publication: ERROR: schema "sales" does not exist (SQLSTATE 3F000)',
    hop: "database",
    engine: "postgres",
    cause: "cdc_schema names a schema that is not there.",
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/catalog/namespace.c",
  },
  {
    id: "pg-publication-gone",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR 42704 publication "custom_pub" does not exist   0 0  slot "rpcn_iam_test", output plugin "pgoutput", in the change callback, associated LSN 0/1973570      pg_publication.c 1095 get_publication_oid map[]}',
    hop: "database",
    engine: "postgres",
    cause: "The publication was dropped while the slot was kept.",
    entries: ["P37"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-slot-ro-node",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: starting logical replication: ERROR: replication slots cannot be used on RO (Read Only) node (SQLSTATE 55000)",
    hop: "position",
    engine: "postgres",
    cause: "The endpoint leads to a reader, or a failover is on its way.",
    entries: ["P21"],
    known: "reported",
    source: "https://github.com/PeerDB-io/peerdb/pull/4652",
  },
  {
    id: "pg-slot-recovery",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: creating replication slot: ERROR: logical decoding cannot be used while in recovery (SQLSTATE 0A000)",
    hop: "position",
    engine: "postgres",
    cause: "The DSN leads to a reader, or a failover is on its way.",
    entries: ["P21"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-wal-removed",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR 58P01 requested WAL segment 000000010001337F0000002E has already been removed   0 0        walsender.c 3127 WalSndSegmentOpen map[]}",
    hop: "position",
    engine: "postgres",
    cause: "The slot's write-ahead log is gone.",
    entries: ["P22"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-snapshot-timeout",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: processing snapshot: querying snapshot data for table "public"."orders": ERROR: canceling statement due to statement timeout (SQLSTATE 57014)',
    hop: "read",
    engine: "postgres",
    cause: "A query of the snapshot is longer than statement_timeout.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-stream-reset",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: receiving messages from Postgres: read tcp 10.0.3.7:43122->203.0.113.10:5432: read: connection reset by peer",
    hop: "read",
    engine: "postgres",
    cause: "The connection broke.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-stream-spill",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR XX000 could not read from reorderbuffer spill file: Bad address   0 0        reorderbuffer.c 4365 ReorderBufferRestoreChanges map[]}",
    hop: "read",
    engine: "postgres",
    cause: "The server could not read what it had spilled to disk.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "pg-stream-alloc",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR XX000 invalid memory alloc request size 1073741824   0 0        mcxt.c 1024 palloc map[]}",
    hop: "read",
    engine: "postgres",
    cause: "A row or transaction is larger than PostgreSQL can decode.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "my-account-locked",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: handleAuthResult: ERROR 3118 (HY000): Access denied for user 'iam_demo_user'@'198.51.100.7'. Account is locked.",
    hop: "login",
    engine: "mysql",
    cause: "The user is locked.",
    known: "source",
    source: "https://github.com/mysql/mysql-server/blob/mysql-8.4.0/share/messages_to_clients.txt",
  },
  {
    id: "my-offline-mode",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: handleAuthResult: ERROR 3032 (HY000): The server is currently in offline mode",
    hop: "login",
    engine: "mysql",
    cause: "The server lets nobody in for now.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "my-insecure",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: handleAuthResult: readAuthResult: ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.",
    hop: "tls",
    engine: "mysql",
    cause: "The client connected without TLS.",
    entries: ["M4"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "my-tls-old-protocol",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: writeAuthHandshake: remote error: tls: protocol version not supported",
    hop: "tls",
    engine: "mysql",
    cause: "The server accepts newer TLS only, or older.",
    entries: ["T4"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/alert.go",
  },
  {
    id: "my-1236-not-open",
    log: "connect",
    message:
      "error during MySQL CDC: starting streaming: ERROR 1236 (HY000): Binary log is not open",
    hop: "position",
    engine: "mysql",
    cause: "The binary log is off.",
    // With binlog_format other than ROW, M5 comes first: what is left is most often a reader.
    entries: ["M6"],
    known: "reported",
    source: "https://github.com/go-mysql-org/go-mysql-elasticsearch/issues/258",
  },
  {
    id: "my-1236-master-id",
    log: "connect",
    message:
      "error during MySQL CDC: starting streaming: ERROR 1236 (HY000): Misconfigured master - master server_id is 0",
    hop: "position",
    engine: "mysql",
    cause: "The server has no server_id.",
    known: "reported",
    source: "https://github.com/go-mysql-org/go-mysql-elasticsearch/issues/345",
  },
  {
    id: "my-1236-packet",
    log: "connect",
    message:
      "error during MySQL CDC: starting streaming: ERROR 1236 (HY000): log event entry exceeded max_allowed_packet; Increase max_allowed_packet on source; the first event 'mysql-bin.168301' at 1789438008, the last event read from '/rdsdbdata/log/binlog/mysql-bin-changelog.168301' at 126, the last byte read from '/rdsdbdata/log/binlog/mysql-bin-changelog.168301' at 1789438027.",
    hop: "position",
    engine: "mysql",
    cause: "An event is larger than max_allowed_packet.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "my-zero-downtime",
    log: "connect",
    message:
      "error during MySQL CDC: failed reading snapshot: executing snapshot table query: Error 1105 (HY000): The last transaction was aborted due to Zero Downtime Patch. Please retry.",
    hop: "read",
    engine: "mysql",
    cause: "Aurora was patched; it passes by itself.",
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier_test.go",
  },
  {
    id: "my-stream-checksum",
    log: "connect",
    message:
      "error during MySQL CDC: starting streaming: binlog checksum mismatch, data may be corrupted",
    hop: "read",
    engine: "mysql",
    cause: "An event is damaged.",
    known: "source",
    source: "https://github.com/go-mysql-org/go-mysql/blob/v1.14.0/replication/parser.go",
  },
  {
    id: "my-dsn",
    log: "connect",
    message:
      "failed to init input mysql_cdc path root.input: error parsing mysql DSN: invalid DSN: missing the slash separating the database name",
    hop: "config",
    engine: "mysql",
    cause: "The DSN is not in the driver's form.",
    entries: ["M15"],
    known: "source",
    source: "https://github.com/go-sql-driver/mysql/blob/v1.9.3/dsn.go",
  },
  {
    id: "my-dsn-tls",
    log: "connect",
    message:
      "failed to init input mysql_cdc path root.input: error parsing mysql DSN: invalid value / unknown config name: verify-full",
    hop: "config",
    engine: "mysql",
    cause: "tls= takes no sslmode.",
    entries: ["M15"],
    known: "source",
    source: "https://github.com/go-sql-driver/mysql/blob/v1.9.3/dsn.go",
  },
  {
    id: "out-producer-id-fatal",
    log: "connect",
    message: "fatal InitProducerID error, failing all buffered records",
    fields: { broker: "1", err: "CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed." },
    hop: "write",
    cause: "The idempotent producer was refused.",
    entries: ["O4"],
    known: "source",
    source: "https://github.com/twmb/franz-go/blob/v1.20.7/pkg/kgo/sink.go",
  },
  {
    id: "out-hook-read",
    log: "connect",
    level: "WARN",
    message: "Kafka broker read failed",
    fields: {
      broker: "1",
      addr: "seed-0a1b2c3d.curl3eo533cmsnt23dv0.fmc.prd.cloud.redpanda.com:9092",
      request: "Produce",
      err: "read tcp 10.0.3.7:41822->10.0.1.20:9092: read: connection reset by peer",
    },
    hop: "write",
    cause: "The broker broke the connection off.",
    known: "source",
    source: "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/kafka/hooks.go",
  },
  {
    id: "out-hook-tls",
    log: "connect",
    level: "WARN",
    message: "Kafka broker connection failed",
    fields: {
      broker: "-2147483648",
      addr: "seed-0a1b2c3d.curl3eo533cmsnt23dv0.fmc.prd.cloud.redpanda.com:9092",
      err: "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    },
    hop: "write",
    cause: "The brokers' certificate is not of an authority that is known.",
    entries: ["O6"],
    known: "source",
    source: "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/kafka/hooks.go",
  },
  {
    id: "out-partition-load",
    log: "connect",
    level: "WARN",
    message: "produce partition load error, bumping error count on first stored batch",
    fields: {
      broker: "1",
      topic: "demo.iam_auth_topic_test",
      partition: "0",
      err: "UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.",
      can_fail: "true",
    },
    hop: "write",
    cause: "The topic is gone, or its leader is not known.",
    entries: ["O2"],
    known: "source",
    source: "https://github.com/twmb/franz-go/blob/v1.20.7/pkg/kgo/sink.go",
  },
  {
    id: "out-topic-interpolation",
    log: "connect",
    message:
      "Failed to send message to redpanda: creating records: topic interpolation: failed to execute mapping query at line 1: no metadata with key 'table'",
    hop: "write",
    cause: "topic asks for metadata that the row has not.",
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/kafka/franz_writer.go",
  },
  {
    id: "out-idempotent-config",
    log: "connect",
    message:
      "failed to init output redpanda path root.output: idempotent_write requires max_in_flight_requests to be 1, got 5 (set idempotent_write to false to use higher values, at the cost of possible duplicate and out-of-order delivery)",
    hop: "config",
    cause: "Two settings of the output do not agree.",
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/kafka/franz_writer.go",
  },
  {
    id: "start-file-missing",
    log: "container",
    message: "configuration file read error: open /connect.yaml: no such file or directory",
    hop: "start",
    cause: "The configuration is not mounted.",
    // Not C3: it is the configuration itself that is missing, and no file that it names. Nothing of
    // it was read, so its validity is not in question.
    entries: ["E5"],
    known: "source",
    source: "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/config/reader.go",
  },
  {
    id: "start-file-folder",
    log: "container",
    message: "configuration file read error: read /connect.yaml: is a directory",
    hop: "start",
    topology: "ec2",
    cause: "The mount made a folder: the file was not there on the host.",
    entries: ["E5"],
    known: "source",
    source: "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/config/reader.go",
  },
  {
    id: "start-role-field",
    log: "connect",
    message:
      "failed to init input postgres_cdc path root.input: roles[0].role is required for IAM authentication",
    hop: "config",
    engine: "postgres",
    cause: "A role is missing.",
    entries: ["A3"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/aws/aws.go",
  },
  {
    id: "start-port-in-use",
    log: "connect",
    message: "HTTP Server error: listen tcp 0.0.0.0:4195: bind: address already in use",
    hop: "start",
    topology: "ec2",
    cause: "Another Connect runs on this machine; this one goes on.",
    known: "source",
    source: "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/cli/common/manager.go",
  },
  {
    id: "start-mapping",
    log: "connect",
    message:
      "failed to init processor mapping path root.pipeline.processors.0: failed to parse mapping: line 2 char 8: unrecognised function 'metadta'",
    hop: "config",
    cause: "A mapping is misspelt.",
    known: "source",
    source:
      "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/bloblang/parser/error.go",
  },
  {
    id: "start-panic-nil",
    log: "container",
    message: "panic: runtime error: invalid memory address or nil pointer dereference",
    hop: "start",
    cause: "A fault of Connect.",
    entries: ["E3"],
    known: "reported",
    source: "https://github.com/pingcap/tiflow/issues/10081",
  },
  {
    id: "start-retries-met",
    log: "connect",
    message:
      "Maximum number of connection attempt retries has been met, gracefully terminating input postgres_cdc",
    hop: "read",
    engine: "postgres",
    cause: "It gave up; the cause stands before it.",
    known: "source",
    source:
      "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/component/input/async_reader.go",
  },
  {
    id: "pod-oom-terminated",
    log: "kubernetes",
    message:
      "    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137",
    hop: "start",
    topology: "byoc",
    cause: "The container's memory is too small.",
    entries: ["E2"],
    known: "reported",
    source: "https://github.com/kubernetes/kubernetes/issues/86776",
  },
  {
    id: "pod-unhealthy",
    log: "kubernetes",
    message:
      "7s          Warning   Unhealthy              pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Readiness probe failed: HTTP probe failed with statuscode: 503",
    hop: "start",
    topology: "byoc",
    cause: "Input or output is not connected; Connect's log says why.",
    known: "documented",
    source: "https://docs.redpanda.com/redpanda-connect/guides/monitoring/",
  },
  {
    id: "pglog-pam-permission",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  pam_authenticate failed: Permission denied",
    hop: "login",
    engine: "postgres",
    cause: "The token was refused by IAM.",
    known: "reported",
    source: "https://github.com/aws/aws-toolkit-jetbrains/issues/3525",
  },
  {
    id: "pglog-slots-reserved",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  remaining connection slots are reserved for non-replication superuser connections",
    hop: "login",
    engine: "postgres",
    cause: "max_connections is used up.",
    entries: ["P30"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html",
  },
  {
    id: "pglog-standby-eof",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  could not receive data from client: Connection reset by peer\n2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  unexpected EOF on standby connection",
    hop: "read",
    engine: "postgres",
    cause: "Connect went away.",
    known: "reported",
    source: "https://github.com/2ndQuadrant/pglogical/issues/342",
  },
  {
    id: "proxy-secret",
    log: "rds-proxy",
    message:
      '2026-01-20T16:27:06.316Z [WARN] [proxyEndpoint=default] [clientConnection=94296180] Credentials couldn\'t be retrieved. The IAM role "arn:aws:iam::123456789012:role/ProxyIAMRole2FE8AB0F" is not authorized to read the AWS Secrets Manager secret with the ARN "arn:aws:secretsmanager:us-east-2:123456789012:secret:SecretA720EF05"',
    hop: "login",
    cause: "The proxy may not read its secret.",
    known: "reported",
    source: "https://github.com/aws/aws-cdk/pull/28848",
  },
];
