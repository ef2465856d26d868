import type { Entry } from "./entry";
import { auroraGuide, connectDocs, goMysql, goSqlDriver, pgx, postgresSource } from "./sources";
import {
  apply,
  describeCluster,
  memoryLeft,
  openPrivateDatabase,
  rebootWriter,
  runSetup,
  serverLog,
} from "./steps";

/** How a connection to MySQL begins in Connect's words: the cache is Redpanda's, the token AWS's. */
export const toMysql = "(?:mysql_cdc|MySQL CDC): (?!.*(?:cache|checkpoint|IAM auth token))";
/** How one to either database does. */
const toDatabase = `(?:(?:dial|tls|server) error|failed to receive message|${toMysql})`;
const of = (words: string) => new RegExp(`${toDatabase}.*(?:${words})`);

const all = "all";
const proxySource = auroraGuide("rds-proxy.troubleshooting");
const goTls = "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go";

/** On the way to either database: address, TLS, limits, RDS Proxy. */
export const connections: readonly Entry[] = [
  {
    id: "R1",
    text: "RDS Proxy currently doesn't support streaming replication mode / The IAM authentication failed for the role … / This RDS proxy has no credentials for the role … / Proxy authentication with … failed",
    pattern:
      /RDS Proxy currently doesn't support|RDS proxy has no credentials|The IAM authentication failed (?:for the role|because of too many)|Timed-out waiting to acquire database connection|Proxy authentication with .* failed for user/,
    hop: "login",
    speaker: "The database",
    cause:
      "What answers at that host is an RDS Proxy, and a proxy hands on no replication connection and no binary log, whatever it says of the login first.",
    fix: [
      "The host in dsn and aws.endpoint must be the cluster's, <db_cluster_endpoint>, without .proxy- in it:",
      apply,
    ],
    versions: all,
    source: proxySource,
  },
  {
    id: "R2",
    text: "This RDS Proxy requires TLS connections / IAM is allowed only with SSL connections",
    pattern: /RDS Proxy requires TLS connections|IAM is allowed only with SSL connections/,
    hop: "tls",
    speaker: "The database",
    cause:
      "What answers at that host is an RDS Proxy, to which the client connected without TLS; and a proxy cannot replicate, with TLS or without.",
    fix: [
      "The host in dsn and aws.endpoint must be the cluster's, <db_cluster_endpoint>, without .proxy- in it:",
      apply,
    ],
    versions: all,
    source: proxySource,
  },
  {
    id: "N1",
    text: "dial tcp …: network is unreachable / no route to host / operation not permitted",
    pattern: of("network is unreachable|no route to host|operation not permitted"),
    hop: "network",
    speaker: "Redpanda Connect",
    cause:
      "There is no way from Connect to that address, most often a private one. The data plane of BYOC and Dedicated clusters refuses pipelines every private address that is not allowed by name.",
    fix: {
      byoc: [
        "The address that the name has must be public, as this module's is; a private one requires a module with --network routed or peering. The address:",
        { shell: "dig +short <db_cluster_endpoint>" },
        {
          shell:
            "aws rds describe-db-instances --db-instance-identifier <db_instance_identifier> --query 'DBInstances[].PubliclyAccessible' --region <region>",
        },
      ],
      private: openPrivateDatabase,
      ec2: [
        "The subnet of the host requires a route to that address (its route table, a peering, a transit gateway):",
        { shell: "dig +short <db_cluster_endpoint>" },
        { shell: "nc -vz -w 5 <db_cluster_endpoint> <db_port>" },
      ],
    },
    versions: all,
    source: connectDocs("guides/cloud/egress/"),
  },
  {
    id: "N2",
    text: "failed to receive message: … connection reset by peer / unexpected EOF; readInitialHandshake: io.ReadFull(header) failed",
    pattern:
      /failed to receive message: .*(?:EOF|reset by peer|i\/o timeout)|_cdc: (?:connecting to MySQL server: )?readInitialHandshake: io\.ReadFull/s,
    hop: "network",
    speaker: "Redpanda Connect",
    cause:
      "The connection was made and broken off at once: the server is being restarted, or something in between, such as a load balancer or a firewall, has no server behind it.",
    fix: [
      "Does the cluster run, and is this its address and port?",
      describeCluster,
      "The host in dsn and aws.endpoint must be <db_cluster_endpoint> itself; the database's own log says whether the connection came so far:",
      {
        shell:
          "aws logs describe-log-groups --log-group-name-prefix /aws/rds/cluster/<db_cluster_identifier>/ --query 'logGroups[].logGroupName' --region <region>",
      },
    ],
    versions: all,
    source: pgx("pgconn/pgconn.go"),
  },
  {
    id: "T1",
    text: "x509: certificate has expired or is not yet valid",
    pattern: of("x509: certificate has expired or is not yet valid"),
    hop: "tls",
    speaker: "Redpanda Connect",
    cause:
      "A certificate of the database has expired: that of the instance, or its authority's (rds-ca-2019 ended in August 2024). Or the clock where Connect runs is wrong: compare the message's current time.",
    fix: [
      "Which authority the instance has, and one that is valid; the new certificate restarts some versions:",
      {
        shell:
          "aws rds describe-db-instances --db-instance-identifier <db_instance_identifier> --query 'DBInstances[].[CACertificateIdentifier,CertificateDetails.ValidTill]' --output text --region <region>",
      },
      {
        shell:
          "aws rds modify-db-instance --db-instance-identifier <db_instance_identifier> --ca-certificate-identifier rds-ca-rsa2048-g1 --apply-immediately --region <region>",
      },
      "Then the bundle in tls.root_cas, which the module fetches:",
      apply,
    ],
    versions: all,
    source: goTls,
  },
  {
    id: "T2",
    text: 'x509: "…" certificate is not trusted / certificate relies on legacy Common Name field / self-signed certificate',
    pattern: of(
      "x509: (?:.*certificate is not trusted|.*legacy Common Name)|self-signed certificate",
    ),
    hop: "tls",
    speaker: "Redpanda Connect",
    cause:
      "The certificate is not one that RDS gives out: what answers at that host is not Aurora, but a proxy or a server of somebody's own.",
    fix: [
      "The host in dsn and aws.endpoint must be <db_cluster_endpoint>. Who answers there:",
      {
        shell:
          "openssl s_client -starttls postgres -connect <db_cluster_endpoint>:<db_port> </dev/null 2>/dev/null | grep -m2 -E 'subject|issuer'",
      },
      "For MySQL, `-starttls mysql`. The module's configuration has the right host:",
      apply,
    ],
    versions: all,
    source: goTls,
  },
  {
    id: "T4",
    text: "tls: protocol version not supported / server selected unsupported protocol version",
    pattern: of(
      "tls: (?:protocol version not supported|server selected unsupported protocol version|no supported versions)",
    ),
    hop: "tls",
    speaker: "Redpanda Connect",
    cause:
      "Server and client share no version of TLS: the server offers 1.0 or 1.1 only, and Connect requires 1.2.",
    fix: [
      "An engine version that is supported has TLS 1.2. Aurora MySQL's parameter tls_version, or ssl_min_protocol_version of Aurora PostgreSQL, may forbid it:",
      {
        shell:
          "aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name <db_parameter_group> --query \"Parameters[?ParameterName=='tls_version'||ParameterName=='ssl_min_protocol_version'||ParameterName=='ssl_max_protocol_version'].[ParameterName,ParameterValue]\" --output text --region <region>",
      },
    ],
    versions: all,
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/alert.go",
  },
  {
    id: "T3",
    text: "tls error: EOF / connection reset by peer; writeAuthHandshake: EOF",
    pattern: /(?:tls error|writeAuthHandshake): .*(?:EOF|reset by peer|broken pipe)/,
    hop: "tls",
    speaker: "Redpanda Connect",
    cause:
      "The connection was closed within the TLS handshake, without a word: by a load balancer or proxy in front of the database, or because the server was being restarted.",
    fix: [
      "The host in dsn and aws.endpoint must be <db_cluster_endpoint>, without anything in between:",
      describeCluster,
      apply,
    ],
    versions: all,
    source: pgx("pgconn/pgconn.go"),
  },
  {
    id: "T5",
    text: "the MySQL Server does not support TLS required by the client / TLS requested but server does not support TLS",
    pattern: /MySQL Server does not support TLS|TLS requested but server does not support TLS/,
    hop: "tls",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause: "What answers at that host and port is not Aurora MySQL, but a proxy or another server.",
    fix: [
      "The host in dsn and aws.endpoint must be <db_cluster_endpoint>, the port 3306:",
      describeCluster,
    ],
    versions: all,
    source: goSqlDriver("errors.go"),
  },
  {
    id: "P30",
    text: "remaining connection slots are reserved for … / sorry, too many clients already (SQLSTATE 53300)",
    pattern: /remaining connection slots are reserved for|sorry, too many clients already/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause: "max_connections is used up by others.",
    fix: [
      "Who holds the connections:",
      {
        sql: "SELECT usename, application_name, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;",
      },
      "End those that are left over, give the applications a pool, or let the instance be larger: with Serverless v2, max_connections follows from the maximum capacity.",
    ],
    versions: all,
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "P31",
    text: 'too many connections for role "…" / for database "…" (SQLSTATE 53300)',
    pattern: /too many connections for (?:role|database) "/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The user or the database has a limit of its own. A pipeline holds up to four connections: replication, monitor, heartbeat, snapshot.",
    fix: [
      {
        sql: "SELECT rolname, rolconnlimit FROM pg_roles WHERE rolname = '<iam_auth_user>';",
      },
      { sql: 'ALTER ROLE "<iam_auth_user>" CONNECTION LIMIT -1;' },
      { sql: 'ALTER DATABASE "<db_name>" CONNECTION LIMIT -1;' },
    ],
    versions: all,
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "P32",
    text: "the database system is starting up / shutting down / not yet accepting connections (SQLSTATE 57P03)",
    pattern:
      /the database system is (?:starting up|shutting down|not (?:yet )?accepting connections|in recovery mode)/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause: "The server is being started, stopped or failed over. It passes by itself in minutes.",
    fix: [
      "If it does not, see what the cluster is doing:",
      describeCluster,
      {
        shell:
          "aws rds describe-events --source-identifier <db_cluster_identifier> --source-type db-cluster --duration 120 --query 'Events[].[Date,Message]' --output text --region <region>",
      },
    ],
    versions: all,
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/tcop/backend_startup.c",
  },
  {
    id: "P33",
    text: "canceling authentication due to timeout (SQLSTATE 57014) / < HTTP/1.1 503 Service Unavailable",
    pattern: /canceling authentication due to timeout|< HTTP\/\S+ 50\d/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The part of the instance that asks IAM took too long or is overloaded: the instance is short of memory (Serverless v2 at its minimum), or is asked for too many IAM logins a second.",
    fix: [
      "The log of these logins, then the memory that is left:",
      serverLog("iam-db-auth-error"),
      memoryLeft,
      "A higher minimum of the Serverless v2 capacity, or a larger class, mends it.",
    ],
    versions: ">= 4.71.0",
    source: auroraGuide("UsingWithRDS.IAMDBAuth"),
  },
  {
    id: "P34",
    text: 'role "…" is not permitted to log in (SQLSTATE 28000)',
    pattern: /role "[^"]+" is not permitted to log in/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause: "The user was created as a role without LOGIN.",
    fix: [
      { sql: 'ALTER ROLE "<iam_auth_user>" LOGIN;' },
      "or, with everything else that it requires:",
      runSetup,
    ],
    versions: all,
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/miscinit.c",
  },
  {
    id: "P35",
    text: 'FATAL: permission denied for database "…" (SQLSTATE 42501)',
    pattern: /FATAL: +permission denied for database "/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause: "The user may log in to the server and not to this database.",
    fix: [
      { sql: 'GRANT CONNECT ON DATABASE "<db_name>" TO "<iam_auth_user>";' },
      "or, with everything else that it requires:",
      runSetup,
    ],
    versions: all,
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "P36",
    text: 'no pg_hba.conf entry for host "…", user "…", database "…", SSL encryption / for replication connection from host "…", user "…", SSL encryption',
    // Without TLS no rule fits either, which is P7.
    pattern: /no pg_hba\.conf entry for .*, SSL (?:encryption|on)/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "The server's rules, of which RDS writes all, have none for a replication connection of this user: logical replication or rds.iam_auth_for_replication is off, or the writer has not been rebooted since.",
    fix: [
      "Both are in the module's parameter group; the writer must show in-sync, or be rebooted:",
      apply,
      ...rebootWriter,
    ],
    versions: ">= 4.71.0",
    source: "https://github.com/ClickHouse/ClickHouse/issues/41706",
  },
  {
    id: "P46",
    text: 'pg_hba.conf rejects (replication) connection for host "…", user "…", SSL encryption',
    pattern: /pg_hba\.conf rejects .*, SSL (?:encryption|on)/,
    hop: "login",
    speaker: "The database",
    engine: "postgres",
    cause:
      "A rule of the server shuts out this user, database or address, although it comes with TLS. RDS writes the rules of Aurora, and none is known that does so: it seems that another server answers at that host, or that the database is one of RDS's own.",
    fix: [
      "Host, user and database of the DSN must be <db_cluster_endpoint>, <iam_auth_user> and <db_name>, as this module has them:",
      apply,
      "Which server answers, as the master user; an Aurora has the function:",
      { sql: "SELECT aurora_version();" },
    ],
    versions: all,
    source: postgresSource("src/backend/libpq/auth.c"),
  },
  {
    id: "M18",
    text: "ERROR 1040: Too many connections",
    pattern: /(?:ERROR|Error) 1040 \([^)]*\): Too many connections/,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause: "max_connections is used up by others.",
    fix: [
      "Who holds the connections:",
      {
        sql: "SELECT user, command, count(*) FROM information_schema.processlist GROUP BY user, command ORDER BY 3 DESC;",
      },
      "End those that are left over (CALL mysql.rds_kill(…)), give the applications a pool, or let the instance be larger: with Serverless v2, max_connections follows from the maximum capacity.",
    ],
    versions: all,
    source: goMysql("mysql/errname.go"),
  },
  {
    id: "M19",
    text: "Host '…' is blocked because of many connection errors (1129)",
    pattern: /Host '[^']*' is blocked because of many connection errors/,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause:
      "Handshakes from this address broke off max_connect_errors times in a row, so the server lets none of them in: health checks that only open the port count.",
    fix: [
      { sql: "TRUNCATE TABLE performance_schema.host_cache;" },
      "Then find out what knocks there: a load balancer's check, or a scan.",
      serverLog("error"),
    ],
    versions: all,
    source: goMysql("mysql/errname.go"),
  },
  {
    id: "M20",
    text: "Host '…' is not allowed to connect to this MySQL server (1130)",
    pattern: /Host '[^']*' is not allowed to connect to this M/,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause:
      "No user may come from this address: the setup SQL, which makes the user for every host, has not run.",
    fix: [
      "Who may come from where:",
      { sql: "SELECT user, host, plugin FROM mysql.user;" },
      runSetup,
    ],
    versions: all,
    source: goMysql("mysql/errname.go"),
  },
  {
    id: "M21",
    text: "Unknown database '…' (1049) / Access denied for user '…' to database '…' (1044)",
    pattern:
      /Unknown database '|^(?!.*read locks).*Access denied for user '[^']*'@'[^']*' to database '/s,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause: "The DSN names a database that is not there, or on which the user has no right at all.",
    fix: [
      "The database that the module creates is <db_name>. Existing ones, and what the user may do:",
      { sql: "SHOW DATABASES;" },
      { sql: "SHOW GRANTS FOR '<iam_auth_user>'@'%';" },
      "The setup SQL grants it:",
      runSetup,
    ],
    versions: all,
    source: goMysql("mysql/errname.go"),
  },
  {
    id: "M22",
    text: "Plugin 'mysql_native_password' is not loaded (1524) / auth plugin '…' is not supported / Client does not support authentication protocol (1251)",
    pattern:
      /Plugin '(?!AWSAuthenticationPlugin)[^']+' is not loaded|auth plugin '[^']*' is not supported|Client does not support authentication protocol/,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause:
      "The user logs in by another plugin than AWSAuthenticationPlugin, one that this server no longer has or Connect does not speak.",
    fix: [
      { sql: "SELECT user, host, plugin FROM mysql.user WHERE user = '<iam_auth_user>';" },
      "Drop it, and let the setup SQL create it with the right plugin:",
      { sql: "DROP USER '<iam_auth_user>'@'%';" },
      runSetup,
    ],
    versions: all,
    source: goMysql("client/auth.go"),
  },
  {
    id: "M23",
    text: "User '…' has exceeded the 'max_user_connections' resource (1226) / already has more than 'max_user_connections' (1203)",
    pattern: /has exceeded the '[a-z_]+' resource|more than 'max_user_connections'/,
    hop: "login",
    speaker: "The database",
    engine: "mysql",
    cause: "The user has a limit of its own.",
    fix: [
      {
        sql: "ALTER USER '<iam_auth_user>'@'%' WITH MAX_USER_CONNECTIONS 0 MAX_CONNECTIONS_PER_HOUR 0 MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0;",
      },
    ],
    versions: all,
    source: goMysql("mysql/errname.go"),
  },
];
