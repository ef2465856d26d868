import type { Engine, Line, Log } from "./text";

/** A log in which all is well at its end. */
export interface HealthyLog {
  readonly name: string;
  readonly log: Log;
  readonly engine?: Engine;
  readonly lines: readonly Line[];
}

const info = (message: string, fields?: Line["fields"]): Line => line("INFO", message, fields);
const debug = (message: string, fields?: Line["fields"]): Line => line("DEBUG", message, fields);
const warn = (message: string, fields?: Line["fields"]): Line => line("WARN", message, fields);
const error = (message: string, fields?: Line["fields"]): Line => line("ERROR", message, fields);
const plain = (message: string): Line => ({ message });

function line(level: Line["level"], message: string, fields?: Line["fields"]): Line {
  return { message, level, ...(fields ? { fields } : {}) };
}

const role = "arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user";
const host = "demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com";
const refused = `failed to connect to \`user=iam_demo_user database=demo_db\`: 203.0.113.10:5432 (${host}): `;
const toStream = `Failed to connect to postgres_cdc: unable to create replication stream: ${refused}`;

/** Connect's first records. */
const launch: readonly Line[] = [
  info("Running main config from specified file", {
    benthos_version: "4.106.0",
    path: "/connect.yaml",
  }),
  info("Successfully loaded Redpanda license", {
    license_org: "demo",
    license_type: "enterprise",
    expires_at: "2027-01-31T00:00:00Z",
  }),
  info("Listening for HTTP requests at: http://0.0.0.0:4195"),
  info("Launching a Redpanda Connect instance, use CTRL+C to close"),
];

const outputActive = info("Output type redpanda is now active", {
  label: "",
  path: "root.output",
});

const publication = info(
  'Creating publication pglog_stream_rpcn_iam_test for tables: ["public"."iamuser_test"]',
);
const postgresActive = info("Input type postgres_cdc is now active", { path: "root.input" });
const slot = debug("Started logical replication on slot slot-name: rpcn_iam_test");
const mysqlActive = info("Input type mysql_cdc is now active", { path: "root.input" });
const binlog = info(
  "starting MySQL CDC stream from binlog mysql-bin-changelog.000003 at offset 157",
);

/** Connect's records when a new token was signed, which it does for every connection. */
const token: readonly Line[] = [
  debug(
    `Successfully assumed role '${role}' with identity 'arn:aws:sts::123456789012:assumed-role/demo-allow_connect_to_aurora-iam-demo-user/1768926423691540220'`,
  ),
  debug("IAM authentication token generated successfully"),
];

/** The first records of a pipeline that reads, without DEBUG. */
export const begins: Readonly<Record<Engine, readonly Line[]>> = {
  postgres: [...launch, outputActive, publication, postgresActive],
  mysql: [...launch, outputActive, mysqlActive, binlog],
};

const stop: readonly Line[] = [
  info("Received SIGTERM, the service is closing"),
  info("Pipeline has terminated. Shutting down the service"),
];

const denied = error(
  `Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for '${role}': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: ${role}`,
);
const pam = error(
  `${toStream}server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)`,
);
const starting = error(
  `${toStream}server error: FATAL: the database system is starting up (SQLSTATE 57P03)`,
);
const lost = warn(
  "logical replication stream error: logical replication stream error: receiving messages from Postgres: unexpected EOF",
);
const cdcLost = error(
  "error during MySQL CDC: starting streaming: io.ReadFull(header) failed. err unexpected EOF: connection was bad",
);
const mysqlDenied = error(
  "error during MySQL CDC: starting streaming: handleAuthResult: ERROR 1045 (28000): Access denied for user 'iam_demo_user'@'198.51.100.7' (using password: YES)",
);

const broker = { addr: "seed-0a1b2c3d.curl3eo533cmsnt23dv0.fmc.prd.cloud.redpanda.com:9092" };

/**
 * Sequences that must not raise an alarm. The records are those of Connect v4.106.0 and of what it
 * is built from, in the order in which its source logs them.
 */
export const healthy: readonly HealthyLog[] = [
  {
    name: "PostgreSQL, the slot is there",
    log: "connect",
    engine: "postgres",
    lines: begins.postgres,
  },
  {
    name: "PostgreSQL, the first snapshot",
    log: "connect",
    engine: "postgres",
    lines: [...begins.postgres, info('Planning snapshot scan for table: "public"."iamuser_test"')],
  },
  {
    name: "PostgreSQL, a snapshot at DEBUG, to its end",
    log: "connect",
    engine: "postgres",
    lines: [
      ...launch,
      ...token,
      publication,
      postgresActive,
      outputActive,
      debug("Starting snapshot processing"),
      debug('Scanning "public"."iamuser_test" in range ([1] [1000]]'),
      debug('Finished scanning "public"."iamuser_test" in range ([1] [1000]]'),
      debug("Finished snapshot processing"),
      slot,
    ],
  },
  {
    name: "PostgreSQL, several tables, one called error_log",
    log: "connect",
    engine: "postgres",
    lines: [
      ...launch,
      outputActive,
      info(
        'Creating publication pglog_stream_rpcn_iam_test for tables: ["public"."error_log" "public"."failed_payments" "public"."denied"]',
      ),
      postgresActive,
      info('Planning snapshot scan for table: "public"."error_log"'),
      info('Planning snapshot scan for table: "public"."failed_payments"'),
    ],
  },
  {
    name: "PostgreSQL, stopped and started again",
    log: "connect",
    engine: "postgres",
    lines: [...begins.postgres, ...stop, ...begins.postgres],
  },
  {
    name: "PostgreSQL, started three times within a minute",
    log: "connect",
    engine: "postgres",
    lines: [...begins.postgres, ...stop, ...begins.postgres, ...stop, ...begins.postgres],
  },
  {
    name: "PostgreSQL, token renewed as the stream comes back",
    log: "connect",
    engine: "postgres",
    lines: [...begins.postgres, lost, ...token, publication, slot],
  },
  {
    name: "PostgreSQL, token renewed at each of three reconnects",
    log: "connect",
    engine: "postgres",
    lines: [1, 2, 3].reduce<Line[]>(
      (lines) => [...lines, lost, ...token, publication, slot],
      [...begins.postgres],
    ),
  },
  {
    name: "PostgreSQL, a failover, then it reads on",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      lost,
      error(`${toStream}dial error: dial tcp 203.0.113.10:5432: connect: connection refused`),
      starting,
      starting,
      ...token,
      publication,
      slot,
    ],
  },
  {
    name: "PostgreSQL, a failover that found the reader first",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      lost,
      ...token,
      publication,
      warn(
        "logical replication stream error: starting logical replication: ERROR: replication slots cannot be used on RO (Read Only) node (SQLSTATE 55000)",
      ),
      ...token,
      publication,
      slot,
    ],
  },
  {
    name: "PostgreSQL, the policy came late",
    log: "connect",
    engine: "postgres",
    lines: [...launch, outputActive, denied, denied, denied, publication, postgresActive],
  },
  {
    name: "PostgreSQL, the setup SQL came late",
    log: "connect",
    engine: "postgres",
    lines: [...launch, outputActive, pam, pam, publication, postgresActive],
  },
  {
    name: "PostgreSQL, policy and setup SQL both came late",
    log: "connect",
    engine: "postgres",
    lines: [
      ...launch,
      outputActive,
      denied,
      denied,
      pam,
      pam,
      pam,
      ...token,
      publication,
      postgresActive,
      slot,
    ],
  },
  {
    name: "PostgreSQL, slow to reach, then there",
    log: "connect",
    engine: "postgres",
    lines: [
      ...launch,
      ...token,
      debug("Waiting to ping database..."),
      debug("Waiting to ping database..."),
      publication,
      postgresActive,
      outputActive,
      slot,
    ],
  },
  {
    name: "PostgreSQL, the lag could not be read once before a restart",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      warn(
        `Error reading replication lag: ${refused}dial error: timeout: context deadline exceeded`,
      ),
      ...stop,
      ...begins.postgres,
    ],
  },
  {
    name: "PostgreSQL, a heartbeat failed before the restart that fixed it",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      warn(
        `unable to write heartbeat message: ${refused}server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)`,
      ),
      ...stop,
      ...begins.postgres,
      slot,
    ],
  },
  {
    name: "PostgreSQL, a control signal whose words are somebody's own",
    log: "connect",
    engine: "postgres",
    lines: [...begins.postgres, info("nightly import failed, reload (lsn=0/1973570)")],
  },
  {
    name: "PostgreSQL, cut off at the end of a pod, the next one reads",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      error("unable to acknowledge LSN on stream shutdown: context canceled"),
      warn("unable to properly cleanup db connection on stream creation failure: context canceled"),
      ...begins.postgres,
    ],
  },
  { name: "MySQL, the position is there", log: "connect", engine: "mysql", lines: begins.mysql },
  {
    name: "MySQL, a snapshot to its end",
    log: "connect",
    engine: "mysql",
    lines: [
      ...launch,
      outputActive,
      mysqlActive,
      info("Acquiring table-level read locks with: FLUSH TABLES `orders`, `errors` WITH READ LOCK"),
      info("Starting snapshot of table 'orders'"),
      info("Finished snapshot of table 'orders' (12000 rows)"),
      info("Starting snapshot of table 'errors'"),
      info("Finished snapshot of table 'errors' (0 rows)"),
      info("Checkpointed binlog position following snapshot"),
      binlog,
    ],
  },
  {
    name: "MySQL, within a long snapshot",
    log: "connect",
    engine: "mysql",
    lines: [
      ...launch,
      outputActive,
      mysqlActive,
      info("Acquiring table-level read locks with: FLUSH TABLES `orders` WITH READ LOCK"),
      info("Starting snapshot of table 'orders'"),
      debug("Querying snapshot: SELECT * FROM orders ORDER BY id LIMIT ?"),
    ],
  },
  {
    name: "MySQL, token renewed between snapshot and stream",
    log: "connect",
    engine: "mysql",
    lines: [
      ...launch,
      ...token,
      mysqlActive,
      outputActive,
      info("Starting snapshot of table 'orders'"),
      info("Finished snapshot of table 'orders' (12000 rows)"),
      debug("Refreshing IAM auth token before switching to streaming..."),
      ...token,
      binlog,
      info("Checkpointed binlog position following snapshot"),
    ],
  },
  {
    name: "MySQL, stopped and started again",
    log: "connect",
    engine: "mysql",
    lines: [
      ...begins.mysql,
      info("successfully shutdown MySQL CDC stream"),
      ...stop,
      ...begins.mysql,
    ],
  },
  {
    name: "MySQL, the stream broke and came back",
    log: "connect",
    engine: "mysql",
    lines: [...begins.mysql, cdcLost, ...token, binlog],
  },
  {
    name: "MySQL, a token that ran out during the snapshot, and a new one",
    log: "connect",
    engine: "mysql",
    lines: [...begins.mysql, mysqlDenied, mysqlDenied, ...token, binlog],
  },
  {
    name: "MySQL, a table was altered",
    log: "connect",
    engine: "mysql",
    lines: [
      ...begins.mysql,
      info("Schema cache invalidated for table demo_db.orders due to DDL change"),
    ],
  },
  {
    name: "MySQL, a failover with Aurora's restart in it",
    log: "connect",
    engine: "mysql",
    lines: [
      ...begins.mysql,
      error(
        "error during MySQL CDC: starting streaming: ERROR 1105 (HY000): The last transaction was aborted due to Zero Downtime Restart. Please retry.",
      ),
      error(
        "Failed to connect to mysql_cdc: dial tcp 203.0.113.10:3306: connect: connection refused",
      ),
      ...token,
      binlog,
    ],
  },
  {
    name: "MySQL, go-mysql's own lines on standard error",
    log: "container",
    engine: "mysql",
    lines: [
      plain(
        'level=info msg="Input type mysql_cdc is now active" @service=redpanda-connect path=root.input',
      ),
      plain(
        'level=info msg="starting MySQL CDC stream from binlog mysql-bin-changelog.000003 at offset 157" @service=redpanda-connect path=root.input',
      ),
      plain(
        '2026/01/20 16:27:06 INFO begin to sync binlog from position position="(mysql-bin-changelog.000003, 157)"',
      ),
      plain("2026/01/20 16:27:06 INFO Connected to server flavor=mysql version=8.0.39"),
      plain(
        "2026/01/20 16:27:06 INFO received fake rotate event nextLogName=mysql-bin-changelog.000003",
      ),
      plain('2026/01/20 17:02:11 INFO rotate binlog pos="(mysql-bin-changelog.000004, 4)"'),
    ],
  },
  {
    name: "MySQL, go-mysql reconnected by itself",
    log: "container",
    engine: "mysql",
    lines: [
      plain(
        'level=info msg="starting MySQL CDC stream from binlog mysql-bin-changelog.000003 at offset 157" @service=redpanda-connect path=root.input',
      ),
      plain("2026/01/20 16:27:06 ERROR io.ReadFull(header) failed. err EOF: connection was bad"),
      plain(
        "2026/01/20 16:27:07 INFO begin to re-sync file=mysql-bin-changelog.000003 position=157",
      ),
      plain("2026/01/20 16:27:07 INFO Connected to server flavor=mysql version=8.0.39"),
    ],
  },
  {
    name: "MySQL, the driver closed an idle connection",
    log: "container",
    engine: "mysql",
    lines: [
      plain("[mysql] 2026/01/20 16:26:58 connection.go:706 closing bad idle connection: EOF"),
      plain(
        "level=info msg=\"Finished snapshot of table 'orders' (12000 rows)\" @service=redpanda-connect path=root.input",
      ),
      plain(
        'level=info msg="starting MySQL CDC stream from binlog mysql-bin-changelog.000003 at offset 157" @service=redpanda-connect path=root.input',
      ),
    ],
  },
  {
    name: "brokers, a partition's leader moved",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      debug("batch in a produce request failed", {
        broker: "1",
        topic: "demo.iam_auth_topic_test",
        partition: "0",
        err: "NOT_LEADER_FOR_PARTITION: This server is not the leader for that topic-partition.",
        err_is_retryable: "true",
        max_retries_reached: "false",
      }),
      debug("immediate metadata update triggered", { why: "failed produce" }),
    ],
  },
  {
    name: "brokers, rolled one after the other before the output was active",
    log: "connect",
    engine: "mysql",
    lines: [
      ...launch,
      warn("Kafka broker connection failed", {
        ...broker,
        broker: "-2147483648",
        err: "dial tcp 10.0.1.20:9092: connect: connection refused",
      }),
      warn("unable to open connection to broker", {
        ...broker,
        broker: "seed_0",
        err: "dial tcp 10.0.1.20:9092: connect: connection refused",
      }),
      debug("initializing producer id"),
      debug("producer id initialization success", { id: "4001", epoch: "0" }),
      outputActive,
      mysqlActive,
      binlog,
    ],
  },
  {
    name: "brokers, throttled for a moment",
    log: "connect",
    engine: "postgres",
    lines: [
      ...begins.postgres,
      debug("broker is throttling us in response", {
        broker: "1",
        req: "Produce",
        throttle_millis: "120",
        throttles_after_resp: "true",
      }),
    ],
  },
  {
    name: "the password was put right",
    log: "connect",
    engine: "postgres",
    lines: [
      ...launch,
      error(
        "Failed to connect to redpanda: unable to initialize sasl: SASL_AUTHENTICATION_FAILED: SASL Authentication failed.",
      ),
      ...begins.postgres,
    ],
  },
  {
    name: "deprecated fields, run with --chilled",
    log: "connect",
    engine: "mysql",
    lines: [
      warn("Config lint error", { lint: "/connect.yaml(8,1) field kafka_franz is deprecated" }),
      ...begins.mysql,
    ],
  },
  {
    name: "the connection of the cluster, from the configuration's top",
    log: "connect",
    engine: "postgres",
    lines: [
      ...launch,
      info("Connection fields omitted, falling back to common redpanda config."),
      outputActive,
      publication,
      postgresActive,
    ],
  },
  {
    name: "PostgreSQL's log, a walsender starts",
    log: "postgresql",
    engine: "postgres",
    lines: [
      plain(
        "2026-01-20 16:27:06 UTC:198.51.100.7(41000):[unknown]@[unknown]:[4319]:LOG:  connection received: host=198.51.100.7 port=41000",
      ),
      plain(
        "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  replication connection authorized: user=iam_demo_user SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)",
      ),
      plain(
        '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  starting logical decoding for slot "rpcn_iam_test"',
      ),
      plain(
        "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  Streaming transactions committing after 0/1973570, reading WAL from 0/1973538.",
      ),
      plain(
        "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  logical decoding found consistent point at 0/1973538",
      ),
      plain(
        "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  There are no running transactions.",
      ),
    ],
  },
  {
    name: "PostgreSQL's log, a checkpoint",
    log: "postgresql",
    engine: "postgres",
    lines: [
      plain("2026-01-20 16:27:06 UTC::@:[412]:LOG:  checkpoint starting: time"),
      plain(
        "2026-01-20 16:27:09 UTC::@:[412]:LOG:  checkpoint complete: wrote 31 buffers (0.0%); 0 WAL file(s) added, 0 removed, 1 recycled; write=3.114 s, sync=0.004 s, total=3.131 s; sync files=19, longest=0.002 s, average=0.001 s; distance=65536 kB, estimate=65536 kB; lsn=0/5000098, redo lsn=0/5000060",
      ),
    ],
  },
  {
    name: "MySQL's log, a reader of the binary log comes",
    log: "mysql",
    engine: "mysql",
    lines: [
      plain(
        "2026-01-20T16:27:06.316621Z 4211 [Note] [MY-010462] [Repl] Start binlog_dump to source_thread_id(4211) replica_server(1001), pos(mysql-bin-changelog.000003, 157)",
      ),
    ],
  },
  {
    name: "RDS Proxy's log, a client comes and goes",
    log: "rds-proxy",
    lines: [
      plain(
        "2026-01-20T16:27:06.316Z [INFO] [proxyEndpoint=default] [clientConnection=94296180] A new client connected from 10.0.10.240:56779.",
      ),
      plain(
        "2026-01-20T16:27:06.401Z [INFO] [dbConnection=4173595554] A TCP connection was established from the proxy at 10.0.11.38:15569 to the database at 10.0.10.24:5432.",
      ),
      plain(
        "2026-01-20T16:31:06.316Z [INFO] [proxyEndpoint=default] [clientConnection=94296180] The client connection closed.",
      ),
    ],
  },
  {
    name: "CloudTrail, the role is assumed",
    log: "cloudtrail",
    lines: [
      plain(
        JSON.stringify({
          eventVersion: "1.08",
          eventTime: "2026-01-20T16:27:06Z",
          eventSource: "sts.amazonaws.com",
          eventName: "AssumeRole",
          awsRegion: "us-east-2",
          sourceIPAddress: "198.51.100.7",
          requestParameters: { roleArn: role, roleSessionName: "1768926423691540220" },
          responseElements: {
            assumedRoleUser: { assumedRoleId: "AROAEXAMPLE:1768926423691540220" },
          },
          eventType: "AwsApiCall",
        }),
      ),
    ],
  },
  {
    name: "Kubernetes, a pod is scheduled and started",
    log: "kubernetes",
    lines: [
      "Scheduled              pod/pipeline-6d5f7c9b8-x2k4m   Successfully assigned redpanda-connect/pipeline-6d5f7c9b8-x2k4m to ip-10-0-3-7",
      'Pulling                pod/pipeline-6d5f7c9b8-x2k4m   Pulling image "docker.redpanda.com/redpandadata/connect:4.106.0"',
      'Pulled                 pod/pipeline-6d5f7c9b8-x2k4m   Successfully pulled image "docker.redpanda.com/redpandadata/connect:4.106.0" in 1.244s (1.244s including waiting). Image size: 91353901 bytes.',
      "Created                pod/pipeline-6d5f7c9b8-x2k4m   Created container: connect",
      "Started                pod/pipeline-6d5f7c9b8-x2k4m   Started container connect",
    ].map((event) => plain(`4m21s       Normal    ${event}`)),
  },
  {
    name: "Kubernetes, a pod is replaced by the next",
    log: "kubernetes",
    lines: [
      "ScalingReplicaSet      deployment/pipeline            Scaled up replica set pipeline-7759cfdc55 to 1",
      "SuccessfulCreate       replicaset/pipeline-7759cfdc55 Created pod: pipeline-7759cfdc55-2xczh",
      "Killing                pod/pipeline-6d5f7c9b8-x2k4m   Stopping container connect",
      "Started                pod/pipeline-7759cfdc55-2xczh  Started container connect",
    ].map((event) => plain(`4m38s       Normal    ${event}`)),
  },
];
