import { type Hop, hops } from "../../../commands/doctor/hops";
import { behind, breaksAt, isError } from "../../../commands/doctor/structure";
import { alone, conditions, connecting, errors, mysqlNumbers, silent } from "./places";
import { open } from "./texts";
import { asRead } from "./texts/shapes";

const pg = "Failed to connect to postgres_cdc: unable to create replication stream: ";
const login =
  "failed to connect to `user=u database=d`: 203.0.113.10:5432 (h): server error: FATAL: ";
const mysql = "Failed to connect to mysql_cdc: ";
const cdc = "error during MySQL CDC: ";

/** Messages that no entry knows, in forms that their programs give them. */
test.each<[hop: Hop | undefined, message: string]>([
  ["start", "2m  Warning  FailedPostStartHook  pod/a  Exec lifecycle hook failed"],
  ["start", "docker: Error response from daemon: Conflict."],
  ["start", "bind: address already in use"],
  ["start", "configuration file read error: lstat /connect.yaml: input/output error"],
  ["start", "CannotPullContainerError: The task cannot pull the image."],
  [
    "role",
    "operation error STS: AssumeRole, api error ValidationError: The DurationSeconds is bad",
  ],
  ["read", `${pg}querying snapshot data for table o: ERROR: deadlock (SQLSTATE 40P01)`],
  ["read", `${cdc}executing snapshot table query: Error 1105 (HY000): no words for it`],
  ["read", "querying snapshot data: ERROR: cached plan must not change result type"],
  ["position", "ERROR:  logical decoding on standby requires something"],
  ["identity", "operation error SSO: GetRoleCredentials, the SSO session has expired"],
  ["identity", 'request send failed, Get "http://169.254.169.254/latest/api/token": EOF'],
  ["config", "failed to resolve service endpoint, an AWS region is required"],
  ["role", "operation error STS: AssumeRole, https response error StatusCode: 500"],
  ["role", "api error SignatureDoesNotMatch: the signature is wrong"],
  ["token", "unable to generate IAM auth token: building IAM auth token: context canceled"],
  ["config", "failed to init processor <no label> path root.pipeline.processors.0: bad mapping"],
  ["position", `${mysql}unable to get cached binlog position: context deadline exceeded`],
  ["write", "Failed to connect to redpanda: context deadline exceeded"],
  ["write", "Failed to send message to redpanda: client closed"],
  ["write", "OFFSET_OUT_OF_RANGE: The requested offset is not within the range of offsets."],
  ["write", "NO_REASSIGNMENT_IN_PROGRESS: No partition reassignment is in progress."],
  ["write", "Message dropped due to: timeout"],
  ["write", "A row of orders is not encoded: no words for it"],
  ["write", 'A row of orders is not encoded: Post "https://registry": dial tcp: i/o timeout'],
  [undefined, "ALPHA row of orders is not encoded: no words for it"],
  ["write", "Failed to send '3' messages: timeout"],
  ["read", "Failed to acknowledge message: timeout"],
  ["read", "unable to close batcher: timeout"],
  ["start", "Failed to look up secret: timeout"],
  ["login", `${pg}failed to connect to \`user=u database=d\`: h: failed SASL auth (FATAL: no)`],
  ["login", `${pg}${login}unsupported startup parameter: replication (SQLSTATE 08P01)`],
  ["login", `${pg}${login}the moon is full (SQLSTATE XX000)`],
  ["tls", `${pg}failed to connect to \`user=u database=d\`: h: tls error: remote error`],
  ["network", `${pg}failed to connect to \`user=u database=d\`: context deadline exceeded`],
  ["database", `${pg}verifying schema: conn busy`],
  ["database", `${pg}no words for it`],
  ["position", `${pg}creating publication: ERROR: not here (SQLSTATE 25006)`],
  ["position", "logical replication stream error: starting logical replication: conn closed"],
  ["read", "logical replication stream error: something else"],
  ["read", "logical replication stream error: &{ERROR ERROR XX001 could not read}"],
  ["login", `${mysql}handleAuthResult: ERROR 3118 (HY000): Access denied. Account is locked.`],
  ["database", `${cdc}Error 1370 (42000): execute command denied to user 'u'@'h' for routine 'r'`],
  ["position", `${cdc}starting streaming: ERROR 1236 (HY000): no words for it`],
  ["read", `${cdc}starting streaming: ERROR 3169 (HY000): The session was killed`],
  ["network", `${mysql}ERROR 1159 (08S01): Got timeout reading communication packets`],
  ["network", `${mysql}no words for it`],
  ["read", "ERROR: canceling statement due to user request (SQLSTATE 57014)"],
  ["login", "ERROR: login is over (SQLSTATE 28ABC)"],
  [undefined, "ERROR: no class has this code (SQLSTATE ZZ000)"],
  [undefined, "the tide is out"],
])("%s: %s", (hop, message) => {
  expect(breaksAt({ message, level: "ERROR" })?.hop).toBe(hop);
});

test("each alternative of a form has its text", () => {
  const judged = (level?: "ERROR") => (places: typeof alone) =>
    places.flatMap(([, hop, ...texts]) =>
      texts.flatMap((message) => {
        const found = breaksAt({ message, ...(level ? { level } : {}) })?.hop;
        return found === hop ? [] : [`${message}: ${found}, not ${hop}`];
      }),
    );
  expect([...judged()(alone), ...judged("ERROR")(errors)]).toEqual([]);
});

test("PostgreSQL's conditions and MySQL's errors, whatever else the message says", () => {
  const hopOf = (message: string) => breaksAt({ message, level: "ERROR" })?.hop;
  for (const [hop, name, state, isDecisive] of conditions) {
    expect([name, hopOf(`ERROR: no words (SQLSTATE ${state})`)]).toEqual([name, hop]);
    const [stage, words] = hop === "position" ? ["read", "heartbeat"] : ["position", "snapshotter"];
    expect([name, hopOf(`${words}: (SQLSTATE ${state})`)]).toEqual([
      name,
      isDecisive ? hop : stage,
    ]);
  }
  for (const [hop, numbers] of Object.entries(mysqlNumbers)) {
    for (const [name, number] of Object.entries(numbers)) {
      expect([name, hopOf(`ERROR ${number} (HY000): no words`)]).toEqual([name, hop]);
      expect(hopOf(`ERROR ${number}0 (HY000): no words`)).toBeUndefined();
    }
  }
});

test("a text breaks where its form says, but for some that an entry must know", () => {
  const wrong = open.flatMap((text) => {
    const hop = breaksAt(asRead(text))?.hop;
    return hop === text.hop ? [] : [[text.id, text.hop, hop]];
  });
  expect(wrong).toEqual([
    ["pg-walsenders-full", "position", "login"],
    ["pg-wal-level", "database", "position"],
    ["pg-wal-level-stream", "database", "position"],
    ["pg-heartbeat", "read", "login"],
    ["pg-lag", "read", "network"],
  ]);
});

test("what tells nothing by itself breaks where its component is", () => {
  const at = (path?: string) =>
    breaksAt({ message: "the tide is out", level: "ERROR", ...(path ? { path } : {}) })?.hop;
  expect([at("root.output"), at("root.pipeline.processors.0"), at("root.input"), at()]).toEqual([
    "write",
    "write",
    undefined,
    undefined,
  ]);
});

test("a line without a level must be distinct, or say its severity", () => {
  const hopOf = (message: string) => breaksAt({ message })?.hop;
  expect(silent.filter((message) => breaksAt({ message }))).toEqual([]);
  expect(hopOf("a publication of the broker")).toBe("database");
  expect(hopOf("2026-01-20 16:27:06 UTC::@:[1]:ERROR:  a certificate is wrong")).toBe("tls");
  expect(hopOf("2026-01-20 16:27:06 UTC::@:[1]:FATAL:  the moon is full")).toBe("login");
  expect(hopOf("2026-01-20 16:27:06 UTC::@:[1]:FATAL:  a certificate is wrong")).toBe("tls");
  expect(hopOf("2026-01-20 16:27:06 UTC::@:[1]:PANIC:  a certificate is wrong")).toBe("tls");
  expect(hopOf("2026-01-20T16:27:06Z 0 [ERROR] [MY-000068] a certificate is wrong")).toBe("tls");
});

test("an error: by its level, and without one by how a program's last words begin", () => {
  const errors = [
    "Error: the tide is out",
    "ResourceInitializationError: the tide is out",
    "fatal: the tide is out",
    "failed to keep the tide in",
    "Unable to keep the tide in",
    "2026-01-20T16:27:06.316621814Z failed to keep the tide in",
    "2026-01-20T16:27:06.316621814Z stderr F failed to keep the tide in",
    "2026-01-20T16:27:06.316000+00:00 demo failed to keep the tide in",
    "connect-1  | failed to keep the tide in",
    "[pod/pipeline-6d5f7c9b8-x2k4m/connect] failed to keep the tide in",
    "Jan 20 16:27:06 ip-10-0-1-7 docker[1234]: failed to keep the tide in",
    "EVENTS\t39146280\t1768926427216\tdemo\tfailed to keep the tide in\t1768926426316",
  ];
  expect(errors.filter((message) => !isError({ message }))).toEqual([]);
  expect(isError({ message: "the tide is out", level: "ERROR" })).toBe(true);
  // Others' errors stand in a server's log as well.
  const none = [
    "2026-01-20 16:27:06 UTC::@:[1]:ERROR:  division by zero",
    "It failed to",
    "Jan 20 16:27:06 ip-10-0-1-7 systemd[1]: Failed to start anything.",
    "2026-01-20 16:27:06 UTC:198.51.100.7(41000):a@b:[1]:LOG:  could not: failed to",
    "errors: 0",
  ];
  expect(none.filter((message) => isError({ message }))).toEqual([]);
  expect(isError({ message: "Error: the tide is out", level: "WARN" })).toBe(false);
});

test("only a connection to the brokers is over when one stands", () => {
  for (const message of connecting) {
    expect(breaksAt({ message, level: "ERROR" })).toMatchObject({
      hop: "write",
      untilConnected: true,
    });
  }
  const sent = breaksAt({ message: "Failed to send message to redpanda: x", level: "ERROR" });
  expect(sent?.untilConnected).toBeUndefined();
});

test("behind a hop is all before it, the configuration only from the login on", () => {
  const before = (hop: Hop) => behind(hop);
  expect(before("start")).toEqual([]);
  expect(before("role")).toEqual(["start", "identity"]);
  expect(before("tls")).toEqual(["start", "identity", "role", "token", "network"]);
  expect(before("login")).toEqual(hops.slice(0, 7).map(({ id }) => id));
  expect(before("write")).toEqual(["start", "config"]);
  expect(behind(undefined)).toEqual([]);
});
