import { type Hop, through } from "./hops";
import type { LogRecord } from "./records";

/** Where it breaks, told by the form of a message and not by its words. It never says why. */
export interface Place {
  readonly hop: Hop;
  /** Over as soon as a connection to the brokers stands. */
  readonly untilConnected?: true;
}

interface Rule extends Place {
  readonly pattern: RegExp;
  /** Nothing else says it: it counts in a line that has no level, too. */
  readonly distinct?: true;
}

/**
 * The first that fits decides: first whose connection it is (the process, AWS, the brokers, the
 * database), then how far that came.
 */
const rules: readonly Rule[] = [
  // Kubernetes' reasons, Go's last words, and what comes before the configuration.
  // https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/events/event.go
  {
    hop: "start",
    distinct: true,
    pattern:
      /Warning +[A-Z]\w+ | (?:BackOff|Evicted|NodeNotReady|Preempted|TaintManagerEviction)|ImagePullBackOff|ErrImage|InvalidImageName|CrashLoopBackOff|OOMKilled|ContainerConfigError|(?:Create|Run)ContainerError|StartError|Out of memory: Kill|Memory cgroup out of memory|probe failed|ProgressDeadlineExceeded|Exit Code: +[1-9]|failed to (?:start|create) container/,
  },
  {
    hop: "start",
    distinct: true,
    // https://github.com/golang/go/blob/go1.25.0/src/runtime/panic.go
    pattern:
      /panic: |fatal error: |runtime: |SIG[A-Z]+: |unexpected fault address|exec \/\S+: |exec user process|starting container process|OCI runtime|Error response from daemon|signal: killed|exit(?:ed with)? (?:status|code) [1-9]|address already in use|port is already allocated|no space left on device|manifest unknown|pull access denied|goroutine \d+ \[|flag provided but not defined|Incorrect Usage/,
  },
  {
    hop: "start",
    distinct: true,
    pattern:
      /required environment variables were not set|license (?:expired|file)|secrets? .*not found|Failed to look up secret|exited with non-zero status/,
  },
  // ECS's reasons for which a task has stopped.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
  {
    hop: "start",
    distinct: true,
    pattern:
      /(?:ResourceInitialization|OutOfMemory|SpotInterruption|ContainerRuntime|Timeout|Cannot\w+)Error/,
  },
  {
    hop: "start",
    pattern: /[Ll]icense|does not import components/,
  },

  // The other side's log of logins. See catalogue/server-logs.ts for sources.
  {
    hop: "login",
    distinct: true,
    pattern:
      /Failed to (?:authenticate|authorize) the connection request|Proxy authentication with .* failed|pam_authenticate|Connection matched .*pg_hba\.conf|authentication due to timeout|Access denied for user|Too many connections|AWSAuthenticationPlugin reported|user: 'unauthenticated'|Credentials couldn't be retrieved/i,
  },

  // Connect's own configuration is not there: nothing of it was read.
  {
    hop: "start",
    distinct: true,
    pattern: /configuration file read error: (?:open|read|stat|lstat) /,
  },

  // What the pipeline itself says of a row and the Schema Registry, whatever words that quotes.
  { hop: "write", distinct: true, pattern: /\bA row of \S+ is not encoded: / },

  // AWS, from the inside out: where credentials come from, then STS, then the token.
  {
    hop: "identity",
    distinct: true,
    pattern:
      /ec2imds|EC2 IMDS|169\.254\.|fd00:ec2::|failed to load credentials|[Uu]nable to locate credentials|credentials are empty|WebIdentity|retrieve jwt|shared config|unable to load AWS config|SSO|credential_process|process provider|ExpiredToken|token included in the request is expired|InvalidIdentityToken|IDPCommunicationError|failed to refresh cached credentials, (?!operation error STS: AssumeRole,|failed to refresh)/,
  },
  {
    hop: "config",
    pattern:
      /api error ValidationError(?!.*DurationSeconds)|failed to resolve service endpoint|arn: invalid|is required for IAM authentication/,
  },
  {
    hop: "role",
    distinct: true,
    pattern:
      /operation error STS|not authorized to perform|sts:[A-Z]|api error (?:AccessDenied|SignatureDoesNotMatch|InvalidClientTokenId|Throttling|RegionDisabled|OptInRequired|RequestExpired|IncompleteSignature|MissingAuthenticationToken|UnrecognizedClient|InvalidSignature|MalformedPolicy|PackedPolicyTooLarge)|assuming role|role assumption/,
  },
  { hop: "token", pattern: /IAM auth token/ },

  // What the configuration says, wherever it is looked at.
  {
    hop: "config",
    distinct: true,
    pattern:
      /Config lint error|configuration file read error|linter errors|yaml: |failed to (?:create|build) stream|was not recognised|unable to infer |service closing due to|is required and was not present/,
  },
  {
    hop: "config",
    pattern:
      /failed to init|unknown (?:cache|mechanism)|invalid (?:slot_name|schema name|table name|monitoring interval|MySQL address|DSN|postgres identifier)|cannot parse `|parsing mysql DSN|registering TLS config|no tables provided|missing replication slot name/,
  },

  // Where positions are kept is Redpanda, but what it breaks is reading.
  {
    hop: "position",
    pattern: /cached binlog position|checkpoint (?:from|to) cache|access cache|snapshot checkpoint/,
  },

  // pgx answers a password's challenge in words that Kafka has too.
  { hop: "login", pattern: /failed (?:SASL|GSS) auth|password message/ },

  // A right that the snapshot lacks, in the number of a login.
  { hop: "database", pattern: /table-level read locks: .*denied/ },

  // The brokers: franz-go's loggers, Connect's wrappers, Kafka's names of errors.
  // https://github.com/twmb/franz-go/blob/v1.20.7/pkg/kgo/broker.go
  {
    hop: "write",
    untilConnected: true,
    pattern:
      /Failed to connect to (?!postgres|pg_stream|mysql)|unable to open connection to broker|broker connection failed|unable to initialize sasl|unable to request api versions|read from broker|unable to dial|SASL|connection initialization failed/,
  },
  {
    hop: "write",
    pattern:
      /Failed to send (?:'\d+' )?message|Message (?:dropped|failed to match)|Batch processors resulted|Failed to obtain output|message\(s\) for output|producer (?:id|ID)|AddPartitionsToTxn|producing|produce partition|produce request|records have timed out|record failed|records are buffered|failed processing|root\.output|failed assignment|broker|\b(?!START_)[A-Z]{2,}(?:_[A-Z]+)+: [A-Z]/,
  },

  // The database's answers to a login decide, whatever the client tried without TLS afterwards.
  {
    hop: "login",
    pattern: /PAM authentication failed|password authentication failed|IAM authentication failed/,
  },
  {
    hop: "tls",
    distinct: true,
    pattern:
      /no encryption|SSL off|insecure transport|requires TLS|only with SSL|support (?:TLS|SSL)|refused TLS|SSL (?:error|routines|negotiation)|could not accept SSL connection/,
  },
  { hop: "tls", pattern: /tls error|tls: |certificate|handshake failure/ },
  {
    hop: "network",
    distinct: true,
    pattern:
      /hostname resolving error|dial error|dial (?:tcp|udp)|no such host|server misbehaving|no route to host|network is unreachable|host is (?:down|unreachable)/,
  },
];

/** Where only the stage tells, that Connect puts in front of what it was answered. */
const stages: readonly Rule[] = [
  {
    hop: "position",
    distinct: true,
    pattern:
      /replication slot|logical decoding on standby|slot's|conflict with recovery|WAL segment|zombie dump thread|same server_uuid|purged (?:required )?binary logs|binary log index|impossible position|during recovery|recovery is in progress|read-only (?:transaction|mode)|--(?:super-)?read-only/,
  },
  {
    hop: "position",
    pattern:
      /starting logical replication|START_REPLICATION|(?:decode|parsing) .*LSN|txn snapshot|snapshotter|binlog position|start sync replication|MASTER STATUS|BINARY LOG STATUS|register (?:slave|replica)|GTID/,
  },
  // What Aurora says of itself has no number of its own; by then it has let Connect in. PostgreSQL
  // says of a table that was altered between two reads that it does not support that.
  { hop: "read", pattern: /Error 1105 \(HY000\)|cached plan must not change/ },
  {
    hop: "database",
    distinct: true,
    pattern: /publication/,
  },
  {
    hop: "database",
    pattern:
      /counting rows|signal table|primary key|snapshot data|getting column|sampl(?:e|ing)|snapshot transaction|reader txn|table-level read locks|consistent snapshot|table query|wal_level|ROW format|row image|permission denied|must be owner/,
  },
  {
    hop: "login",
    pattern:
      /AuthResult|AuthHandshake|auth(?:entication)? plugin|requires .*authentication|caching_sha2/,
  },
  {
    hop: "network",
    pattern:
      /readInitialHandshake|failed to receive message|failed to write startup|lock connection|worker connection|^io\.ReadFull|connecting to MySQL server/,
  },
  {
    hop: "read",
    distinct: true,
    pattern:
      /Aborted connection|terminating (?:walsender|connection)|(?:EOF on|data to|data from) (?:standby|client)/,
  },
  {
    hop: "read",
    pattern:
      /logical replication stream|from Postgres|postgres changes|decode column|replication lag|heartbeat|standby status|LSN|MySQL CDC|streaming|(?:iterating|reading) snapshot|flush.* batch|canal|Failed to (?:read|ack\w*) (?:message|buffer)|terminating input|batcher|stop replication stream|marshal message|unable to checkpoint|Sync was closed|schema for table|binlog|retry sync|replication stream.*(?:EOF|reset)/,
  },
  { hop: "database", pattern: /unable to create replication stream: (?!failed to connect)/ },
  { hop: "network", pattern: /failed to connect to `|Failed to connect to / },
];

/**
 * What PostgreSQL's code says, by its beginning: the longest that fits.
 * https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
const sqlStates: ReadonlyMap<string, Hop> = new Map([
  ["08", "network"],
  ["08P01", "login"],
  ["0A", "position"],
  ["22", "read"],
  ["25", "read"],
  ["25006", "position"],
  ["28", "login"],
  ["40", "read"],
  ["3D", "login"],
  ["3F", "database"],
  ["42", "database"],
  ["42704", "position"],
  ["42710", "position"],
  ["53", "read"],
  ["53300", "login"],
  ["53400", "position"],
  ["54", "read"],
  ["55", "position"],
  ["57", "read"],
  ["57014", "read"],
  ["57P03", "login"],
  ["58", "read"],
  ["58P01", "position"],
  ["XX", "read"],
]);

/** Codes that say it whatever Connect was about to do. */
const decisive = new Set(["25006", "28", "3D", "40", "53300", "53400", "57014", "57P03", "58P01"]);

/**
 * What MySQL's numbers say. https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html,
 * from 2000 on those of clients.
 */
const mysqlErrors: readonly [hop: Hop, numbers: readonly number[]][] = [
  ["network", [1042, 1043, 1156, 1158, 1159, 1160, 1161, 2002, 2003, 2005]],
  ["tls", [2026, 3159]],
  [
    "login",
    [
      1040, 1044, 1045, 1046, 1049, 1129, 1130, 1203, 1226, 1251, 1524, 1698, 1820, 1862, 2049,
      2059, 2061, 3032, 3118, 3168, 3955,
    ],
  ],
  ["database", [1054, 1142, 1143, 1146, 1193, 1205, 1213, 1227, 1370]],
  ["position", [29, 1064, 1220, 1236, 1290, 1373, 1381, 1593, 1789, 1836]],
  ["read", [1053, 1317, 2006, 2013, 2027, 3024, 3169, 4031]],
];
const byNumber = new Map(
  mysqlErrors.flatMap(([hop, numbers]) => numbers.map((number) => [number, hop] as const)),
);

/** What stands before a line of a container: time, stream or name, as Docker and others put it. */
const prefix = [
  String.raw`\S*\d\d:\d\d:\d\d\S* (?:\S+ (?:F )?)?`,
  String.raw`[\w.-]+ +\| `,
  String.raw`\[\S+\] `,
  // Of the host's own services systemd speaks.
  String.raw`\w{3} [ \d]\d \S+ \S+ (?!systemd)\S+: `,
  String.raw`EVENTS\t.*\t`,
].join("|");

/** How a program's last words begin, where its logger no longer speaks for it. */
const lastWords = new RegExp(
  `^(?:${prefix})?(?:(?:FATAL|fatal|[A-Za-z]*(?:ERROR|Error|error|Exception)): \\S|(?:[Ff]ailed|[Uu]nable) to )`,
);

/** A severity that a server writes into its line, whoever it speaks to. */
const severe = /(?:FATAL|PANIC|ERROR): {2}|\[ERROR\]/;

/** Whether a record is Connect's error, by its level or, where it has none, as its last words. */
export function isError({ level, message }: LogRecord): boolean {
  return level === "ERROR" || (level === undefined && lastWords.test(message));
}

/** Where the chain breaks, by the form of the message; undefined where that says nothing. */
export function breaksAt({ message, level, path }: LogRecord): Place | undefined {
  const isSevere = level !== undefined || severe.test(message) || lastWords.test(message);
  const fits = ({ pattern, distinct }: Rule) => (isSevere || distinct) && pattern.test(message);
  const connection = rules.find(fits);
  if (connection) return connection;
  const state = sqlState(message);
  if (state?.isDecisive) return state;
  const number = isSevere ? /(?:ERROR|Error) (\d+)/.exec(message)?.[1] : undefined;
  const hop = byNumber.get(Number(number));
  if (hop) return { hop };
  // A server that ends a login ends it with FATAL.
  if (/server error: FATAL|:\[\d+\]:FATAL: {2}(?!terminating)/.test(message)) {
    return { hop: "login" };
  }
  return (
    stages.find(fits) ??
    state ??
    (path?.match(/root\.(?:output|pipeline)/) ? { hop: "write" } : undefined)
  );
}

function sqlState(message: string): (Place & { readonly isDecisive: boolean }) | undefined {
  const code = /(?:SQLSTATE |&\{\w+ \w+ )([0-9A-Z]{5})/.exec(message)?.[1];
  const known = (key = "") => {
    const hop = sqlStates.get(key);
    return hop && { hop, isDecisive: decisive.has(key) };
  };
  return known(code) ?? known(code?.slice(0, 2));
}

/**
 * The hops that an error proves to be behind it. The configuration is looked at in part only when
 * the database is reached, and the way to the brokers says nothing of the way to the database.
 */
export function behind(hop: Hop | undefined): readonly Hop[] {
  if (hop === undefined) return [];
  if (hop === "write") return ["start", "config"];
  const reached = through(hop).slice(0, -1);
  return reached.includes("tls") ? reached : reached.filter((one) => one !== "config");
}
