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
      /\bWarning {2,}[A-Z]\w+ |\s(?:BackOff|OOMKill\w*|Evict(?:ed|ionThresholdMet)|Failed(?:Mount|AttachVolume|Scheduling|Create\w*|PostStartHook|Kill\w*|NodeAllocatableEnforcement)|Unhealthy|NodeNotReady|SystemOOM|Inspect\w*Failed|ErrImage\w*|InvalidImageName|CrashLoopBackOff|(?:Create|Run)Container\w*Error|StartError|Preempted|TaintManagerEviction|NetworkNotReady)(?:\s|$)|\bWarning\s+Failed\s|\b(?:Err)?ImagePull(?:BackOff)?\b|CrashLoopBackOff|OOMKilled|Out of memory: Kill|Memory cgroup out of memory|probe failed|ProgressDeadlineExceeded|Exit Code: +[1-9]|failed to (?:start|create) container/,
  },
  {
    hop: "start",
    distinct: true,
    // https://github.com/golang/go/blob/go1.25.0/src/runtime/panic.go
    pattern:
      /(?:^|\s)(?:panic: |fatal error: |runtime: |SIG[A-Z]+: |unexpected fault address)|\bexec \/\S+: |exec user process|starting container process|OCI runtime|Error response from daemon|signal: killed|exit(?:ed with)? (?:status|code) [1-9]|address already in use|port is already allocated|no space left on device|manifest unknown|pull access denied|goroutine \d+ \[|flag provided but not defined|Incorrect Usage/,
  },
  {
    hop: "start",
    distinct: true,
    pattern:
      /required environment variables were not set|[Ll]icen[sc]e (?:expired|key|file|is )|\bsecrets?\b.*(?:not found|does not exist)|Failed to look up secret|exited with non-zero status/,
  },
  // ECS's reasons for which a task has stopped.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
  {
    hop: "start",
    distinct: true,
    pattern:
      /\b(?:ResourceInitialization|OutOfMemory|SpotInterruption|ContainerRuntime(?:Timeout)?|Cannot(?:Pull|Start|Stop|Create|Inspect)\w*)Error\b/,
  },
  {
    hop: "start",
    pattern: /[Ll]icen[sc]e|bind: address already in use|does not import components/,
  },

  // The other side's log of logins. See catalogue/server-logs.ts for sources.
  {
    hop: "login",
    distinct: true,
    pattern:
      /Failed to (?:authenticate|authorize) the connection request|Proxy authentication with .* failed|pam_authenticate|Connection matched (?:file .*)?pg_hba\.conf|authentication due to timeout|Access denied for user|Too many connections|AWSAuthenticationPlugin reported|user: 'unauthenticated'|\[proxyEndpoint=.*(?:fail|reject|denied|exceeded)|Credentials couldn't be retrieved/i,
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
      /ec2imds|EC2 IMDS|169\.254\.|fd00:ec2::|failed to load credentials|[Uu]nable to locate credentials|no valid credential|credentials are (?:empty|expired)|WebIdentity|retrieve jwt|shared config|unable to load AWS config|SSO|credential_process|process provider|ExpiredToken|token included in the request is expired|no valid providers|InvalidIdentityToken|IDPCommunicationError|failed to refresh cached credentials, (?!operation error STS: AssumeRole\b|failed to refresh)/,
  },
  {
    hop: "config",
    pattern:
      /api error ValidationError(?!.*DurationSeconds)|Missing Region|Invalid Configuration|failed to resolve service endpoint|not a valid (?:ARN|region)|arn: invalid|is required for IAM authentication/,
  },
  {
    hop: "role",
    distinct: true,
    pattern:
      /operation error STS|not authorized to perform|sts:\w+|api error (?:AccessDenied|SignatureDoesNotMatch|InvalidClientTokenId|Throttling\w*|RegionDisabled\w*|OptInRequired|RequestExpired|IncompleteSignature|MissingAuthenticationToken|UnrecognizedClient\w*|InvalidSignature\w*|MalformedPolicy\w*|PackedPolicyTooLarge)|assuming role|role assumption|get identity/,
  },
  { hop: "token", pattern: /IAM auth token/ },

  // What the configuration says, wherever it is looked at.
  {
    hop: "config",
    distinct: true,
    pattern:
      /[Cc]onfig(?:uration)?(?: file)? (?:lint|read|parse)\w* error|linter errors|\byaml: |failed to (?:create|build) (?:stream|service)|was not recognised|unable to infer (?:component )?type|service closing due to|is required and was not present/,
  },
  {
    hop: "config",
    pattern:
      /failed to init|unknown (?:cache|rate limit|resource|mechanism)|invalid (?:slot_name|schema name|table name|signal_table|monitoring interval|MySQL address|DSN|postgres identifier)|cannot parse `|parsing mysql DSN|[Ii]nvalid DSN|\blint\b|registering TLS config|failed to configure TLS|failed to parse (?:as|configuration)|no tables provided|missing replication slot name|PEM/,
  },

  // Where positions are kept is Redpanda, but what it breaks is reading.
  {
    hop: "position",
    pattern:
      /cached binlog position|checkpoint (?:from|to) cache|access cache|snapshot checkpoint|checkpoint_cache/,
  },

  // pgx answers a password's challenge in words that Kafka has too.
  { hop: "login", pattern: /failed (?:SASL|GSS) auth|password message|authentication message/ },

  // A right that the snapshot lacks, in the number of a login.
  { hop: "database", pattern: /table-level read locks: .*denied/ },

  // The brokers: franz-go's loggers, Connect's wrappers, Kafka's names of errors.
  // https://github.com/twmb/franz-go/blob/v1.20.7/pkg/kgo/broker.go
  {
    hop: "write",
    untilConnected: true,
    pattern:
      /Failed to connect to (?!postgres|pg_stream|mysql)|unable to open connection to broker|broker connection failed|unable to initialize sasl|unable to request api versions|read from broker|unable to dial|unable to (?:join|find) .*(?:broker|seed)|SASL|connection initialization failed/,
  },
  {
    hop: "write",
    pattern:
      /Failed to send (?:'\d+' )?messages?\b|Message (?:dropped|failed to match)|Batch processors resulted|Failed to obtain output|message\(s\) for output|[Pp]roducer ?(?:id|ID)\b|AddPartitionsToTxn|producing|produce (?:request|partition)|in produce|records? (?:have |has )?(?:timed out|failed)|records are buffered|failed processing|root\.output|failed assignment|record batch|\bbrokers?\b|[Aa]uthorization failed|\b(?!RDS|AWS|SQL)[A-Z]{2,}(?:_[A-Z]+)+: [A-Z]/,
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
      /no encryption|SSL off|insecure transport|requires? (?:TLS|SSL)|only with SSL|support(?:s|ed)? (?:TLS|SSL)|refused TLS|SSL (?:error|routines|negotiation)|could not accept SSL connection/,
  },
  { hop: "tls", pattern: /tls error|\btls: |x509: |certificate|handshake failure/ },
  {
    hop: "network",
    distinct: true,
    pattern:
      /hostname resolving error|dial error|\bdial (?:tcp|udp)|no such host|server misbehaving|no route to host|network is unreachable|host is (?:down|unreachable)/,
  },
];

/** Where only the stage tells, that Connect puts in front of what it was answered. */
const stages: readonly Rule[] = [
  {
    hop: "position",
    distinct: true,
    pattern:
      /replication slot|logical slot|logical decoding on standby|slot's|\bslot (?:"[^"]*" )?(?:has been )?(?:invalidated|lost)|conflict with recovery|walsegment|WAL segment|zombie dump thread|same server_(?:uu)?id|purged (?:required )?binary logs|binary log index|impossible position|during recovery|read-only (?:transaction|mode|node)|--(?:super-)?read-only|[Rr]eader node/,
  },
  {
    hop: "position",
    pattern:
      /starting logical replication|START_REPLICATION|(?:decode|parse|parsing) .*\bLSN|txn snapshot|snapshotter|binlog position|start sync replication|MASTER STATUS|BINARY LOG STATUS|register(?:ing)? (?:slave|replica)|report-host|GTID/,
  },
  // What Aurora says of itself has no number of its own; by then it has let Connect in.
  { hop: "read", pattern: /\bError 1105 \(HY000\)/ },
  {
    hop: "database",
    distinct: true,
    pattern: /\bpublication\b/,
  },
  {
    hop: "database",
    pattern:
      /counting rows|signal table|primary key|snapshot data|getting column|sampl(?:e|ing) |snapshot scan|snapshot transaction|reader txn|verifying schema|table-level read locks|consistent snapshot|(?:snapshot )?table query|wal_level|ROW format|row image|permission denied|must be owner/,
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
      /logical replication stream|from Postgres|postgres changes|decode column|replication lag|heartbeat|control signal|standby status|\bLSN\b|MySQL CDC|streaming|(?:iterating|reading) snapshot|flush\w* (?:\w+ )*batch|\bcanal\b|Failed to (?:read|ack\w*) (?:message|buffer)|terminating input|batcher|stop replication stream|marshal message|unable to checkpoint|[Ss]ync was closed|schema for table|sync binlog|binlog|retry sync|replication stream\b.*(?:EOF|reset)/,
  },
  { hop: "database", pattern: /unable to create replication stream: (?!failed to connect)/ },
  { hop: "network", pattern: /failed to connect to `|Failed to connect to / },
];

/**
 * What PostgreSQL's code says, by its beginning: the longest that fits.
 * https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
const sqlStates: Readonly<Record<string, Hop>> = {
  "08": "network",
  "08P01": "login",
  "0A": "position",
  "22": "read",
  "25": "read",
  "25006": "position",
  "28": "login",
  "40": "read",
  "3D": "login",
  "3F": "database",
  "42": "database",
  "42704": "position",
  "42710": "position",
  "53": "read",
  "53300": "login",
  "53400": "position",
  "55": "position",
  "57": "read",
  "57014": "read",
  "57P03": "login",
  "58": "read",
  "58P01": "position",
  XX: "read",
};

/** Codes that say it whatever Connect was about to do. */
const decisive = new Set(["25006", "28", "3D", "40", "53300", "53400", "57014", "57P03", "58P01"]);

/**
 * What MySQL's numbers say. https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html,
 * from 2000 on those of clients.
 */
const mysqlErrors: readonly [hop: Hop, numbers: readonly number[]][] = [
  ["network", [1042, 1043, 1080, 1156, 1158, 1159, 1160, 1161, 2002, 2003, 2005]],
  ["tls", [2026, 3159]],
  [
    "login",
    [
      1040, 1044, 1045, 1046, 1049, 1129, 1130, 1131, 1132, 1133, 1203, 1226, 1251, 1396, 1524,
      1698, 1820, 1862, 1873, 2049, 2059, 2061, 3032, 3118, 3168, 3955, 4151,
    ],
  ],
  [
    "database",
    [
      1031, 1051, 1054, 1103, 1109, 1142, 1143, 1146, 1149, 1193, 1205, 1213, 1227, 1286, 1290,
      1370, 1410, 1419,
    ],
  ],
  [
    "position",
    [29, 1064, 1220, 1236, 1290, 1836, 1371, 1372, 1373, 1381, 1593, 1594, 1595, 1776, 1789, 3231],
  ],
  [
    "read",
    [1053, 1077, 1152, 1184, 1189, 1190, 1218, 1317, 1927, 2006, 2013, 2027, 3024, 3169, 4031],
  ],
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
const severe = /\b(?:FATAL|PANIC|ERROR): {2}|\[(?:ERROR|Error)\]/;

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
  const number = isSevere ? /\b[Ee](?:RROR|rror) (\d{2,4})\b/.exec(message)?.[1] : undefined;
  const hop = byNumber.get(Number(number));
  if (hop) return { hop };
  // A server that ends a login ends it with FATAL.
  if (/server error: FATAL|:\[\d+\]:FATAL: {2}(?!terminating)/.test(message)) {
    return { hop: "login" };
  }
  return (
    stages.find(fits) ??
    state ??
    (/^root\.(?:output|pipeline)/.test(path ?? "") ? { hop: "write" } : undefined)
  );
}

function sqlState(message: string): (Place & { readonly isDecisive: boolean }) | undefined {
  const code = /\bSQLSTATE ([0-9A-Z]{5})\b|&\{\w+ \w+ ([0-9A-Z]{5}) /.exec(message);
  const state = code?.[1] ?? code?.[2];
  if (state === undefined) return undefined;
  const key = [state, state.slice(0, 2)].find((key) => key in sqlStates);
  const hop = key === undefined ? undefined : sqlStates[key];
  return key !== undefined && hop ? { hop, isDecisive: decisive.has(key) } : undefined;
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
