import { Diagnosis } from "../../../commands/doctor/diagnosis";
import type { LogRecord } from "../../../commands/doctor/records";
import { examples } from "./examples";

/** What records say together: an entry's id stands for its example, other text is logged at INFO. */
function diagnosisOf(...records: (string | LogRecord)[]): Diagnosis {
  const diagnosis = new Diagnosis();
  for (const record of records) {
    if (typeof record !== "string") diagnosis.add(record);
    else {
      const { is: message, level = "ERROR" } = examples[record] ?? { is: record, level: "INFO" };
      diagnosis.add({ message, level: level as LogRecord["level"] });
    }
  }
  return diagnosis;
}

/** The hops that are done, then the one that failed. */
const way = (...records: (string | LogRecord)[]) => {
  const { hops } = diagnosisOf(...records);
  const ids = (state: string) => hops.filter((one) => one.state === state).map(({ hop }) => hop);
  return { done: ids("done"), failed: ids("failed") };
};

const active = "Input type postgres_cdc is now active";
const assumed = "Successfully assumed role 'a' with identity 'b'";
const started = "Started logical replication on slot slot-name: a";
const written = "Output type redpanda is now active";

test("nothing is known of an empty log", () => {
  const { records, cause, others, isStreaming, topology, engine, hops } = diagnosisOf();
  expect({ records, cause, others, isStreaming, topology, engine }).toEqual({
    records: 0,
    cause: undefined,
    others: [],
    isStreaming: false,
    topology: undefined,
    engine: undefined,
  });
  expect(hops).toEqual([
    { hop: "start", label: "starts", state: "unknown" },
    { hop: "config", label: "configuration", state: "unknown" },
    { hop: "identity", label: "identity", state: "unknown" },
    { hop: "role", label: "role", state: "unknown" },
    { hop: "token", label: "token", state: "unknown" },
    { hop: "network", label: "network", state: "unknown" },
    { hop: "tls", label: "TLS", state: "unknown" },
    { hop: "login", label: "login", state: "unknown" },
    { hop: "database", label: "database", state: "unknown" },
    { hop: "position", label: "position", state: "unknown" },
    { hop: "read", label: "rows read", state: "unknown" },
    { hop: "write", label: "rows written", state: "unknown" },
  ]);
});

describe("a finding", () => {
  test("counts its records, with the first time, the last and the last message", () => {
    const at = (time: string, user: string): LogRecord => ({
      message: `PAM authentication failed for user "${user}"`,
      level: "WARN",
      time,
    });
    const { cause, records } = diagnosisOf(at("1", "a"), at("2", "b"), at("3", "c"));
    expect(records).toBe(3);
    expect(cause).toMatchObject({
      entry: { id: "P8" },
      message: 'PAM authentication failed for user "c"',
      count: 3,
      first: "1",
      last: "3",
    });
  });

  test("keeps the times that it has where a record tells none", () => {
    const message = examples.P8?.is ?? "";
    const lines: LogRecord[] = [{ message }, { message, time: "2" }, { message }];
    expect(diagnosisOf(...lines).cause).toMatchObject({ count: 3, first: "2", last: "2" });
  });

  test("is the cause where it is nearest to the start, and all others follow in the chain's order", () => {
    const { cause, others } = diagnosisOf("O3", "P20", "P8", "A9");
    expect(cause?.entry.id).toBe("A9");
    expect(others.map(({ entry }) => entry.id)).toEqual(["P8", "P20", "O3"]);
  });

  test.each<[what: string, records: string[], cause: string, over: string[]]>([
    ["is over by one further down the chain", ["A9", "P8", "P8"], "P8", ["A9"]],
    ["is the cause again where it comes again", ["A9", "P8", "A9"], "A9", []],
    ["in turn with another holds as long as it comes", ["A9", "P8", "A9", "P8"], "P8", ["A9"]],
    ["at the same hop gives way to the later one", ["P9", "P11"], "P11", []],
    ["in writing says nothing of reading", ["A9", "O3"], "A9", []],
    ["in reading says nothing of writing", ["O3", "A9"], "A9", []],
    ["but in writing says that Connect has started", ["E1", "O3"], "O3", ["E1"]],
    ["of the heartbeat is of another connection", ["P8", "P27"], "P8", []],
    ["of the lag likewise", ["P2", "P28"], "P2", []],
    ["of the topic of positions says that the token was signed", ["A9", "M13"], "M13", ["A9"]],
    ["and nothing of the database", ["M2", "M13"], "M2", []],
    ["before the login says nothing of the configuration", ["P26", "P2"], "P26", []],
    ["at the login says that the configuration is right", ["P26", "P8"], "P8", ["P26"]],
    ["that follows from another never hides it", ["P8", "K1"], "P8", []],
  ])("%s: %p", (_what, records, cause, over) => {
    const diagnosis = diagnosisOf(...records);
    expect(diagnosis.cause?.entry.id).toBe(cause);
    expect(diagnosis.over.map(({ entry }) => entry.id)).toEqual(over);
  });

  test("that wraps another is the cause where it is alone", () => {
    expect(diagnosisOf("P29").cause?.entry.id).toBe("P29");
    const { cause, others } = diagnosisOf("P29", "O3");
    expect(cause?.entry.id).toBe("O3");
    expect(others.map(({ entry }) => entry.id)).toEqual(["P29"]);
  });
});

test("of a message that is longer than any error both ends are judged, at once", () => {
  const long = (message: string): LogRecord => ({ message, level: "ERROR" });
  const start = process.hrtime.bigint();
  const data = "secret tls error ".repeat(60_000);
  expect(diagnosisOf(long(`O3 TOPIC_AUTHORIZATION_FAILED: ${data}`)).cause?.entry.id).toBe("O3");
  expect(diagnosisOf(long(`${data} MESSAGE_TOO_LARGE`)).cause?.entry.id).toBe("O5");
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  expect(seconds).toBeLessThan(5);
});

describe("an error that nobody knows", () => {
  const tide: LogRecord = { message: "the tide is out", level: "ERROR", time: "1" };
  const login: LogRecord = {
    message: "server error: FATAL: the moon is full (SQLSTATE 28XXX)",
    level: "ERROR",
  };

  test("takes back what went well before, and is over by what goes well after", () => {
    const { failing, isStreaming, cause } = diagnosisOf(active, started, tide, tide);
    expect({ isStreaming, cause }).toEqual({ isStreaming: false, cause: undefined });
    expect(failing).toMatchObject({ message: "the tide is out", count: 2, first: "1", last: "1" });
    expect(failing?.hop).toBeUndefined();
    expect(diagnosisOf(active, tide, assumed).failing).toBeDefined();
    expect(diagnosisOf(active, tide, active)).toMatchObject({
      failing: undefined,
      isStreaming: true,
    });
  });

  test("breaks where its structure says", () => {
    expect(diagnosisOf(active, login).failing?.hop).toBe("login");
    expect(way(active, login)).toMatchObject({ failed: ["login"] });
  });

  test("proves by that what is behind it, and gives way to what is known of the other way", () => {
    const { failing, over } = diagnosisOf("A9", login);
    expect(failing?.hop).toBe("login");
    expect(over.map(({ entry }) => entry.id)).toEqual(["A9"]);
    expect(diagnosisOf(login, "O3").cause?.entry.id).toBe("O3");
  });

  test("without a place gives way to any that has one", () => {
    expect(diagnosisOf("P8", tide).cause?.entry.id).toBe("P8");
    expect(diagnosisOf(tide, login, tide).failing?.hop).toBe("login");
  });

  test("without a place gives way to one in writing, as to one that wraps it", () => {
    const unsent: LogRecord = {
      message: "Failed to send message to redpanda: the tide is out",
      level: "ERROR",
    };
    expect(diagnosisOf(tide, unsent).failing?.hop).toBe("write");
    expect(diagnosisOf("P29", tide).cause?.entry.id).toBe("P29");
    expect(diagnosisOf("P29", unsent).cause?.entry.id).toBe("P29");
  });

  test("in sending is not over by a connection, as one in connecting is", () => {
    const failed = (what: string): LogRecord => ({
      message: `Failed to ${what} redpanda: the tide is out`,
      level: "ERROR",
    });
    expect(diagnosisOf(failed("connect to"), written).failing).toBeUndefined();
    const { failing } = diagnosisOf(failed("connect to"), failed("send message to"), written);
    expect(failing).toMatchObject({ hop: "write", count: 1 });
  });

  test("without a level only adds to what was said, as the server does that says why", () => {
    // https://github.com/postgres/postgres/blob/REL_17_5/src/backend/libpq/auth.c
    const fatal = { message: 'FATAL:  password authentication failed for user "iam_demo_user"' };
    const detail = { message: 'DETAIL:  Connection matched file "/rdsdbdata/pg_hba.conf" line 13' };
    const lead = (...records: LogRecord[]) => {
      const { cause, failing } = diagnosisOf(...records);
      return cause?.entry.id ?? failing?.hop;
    };
    expect(lead(detail)).toBe("login");
    expect(lead(fatal, detail)).toBe("P9");
    expect(lead(login, fatal)).toBe("P9");
    expect(lead(fatal, login)).toBe("login");
    expect(lead(fatal, login, detail)).toBe("login");
  });

  test("that is a warning counts only where its structure tells its place", () => {
    expect(diagnosisOf({ ...tide, level: "WARN" }).failing).toBeUndefined();
    expect(diagnosisOf({ ...login, level: "WARN" }).failing?.hop).toBe("login");
  });
});

describe("a start of Connect", () => {
  const launch = "Launching a Redpanda Connect instance, use CTRL+C to close";
  const by = (id: string, instanceId: string, level: LogRecord["level"] = "ERROR"): LogRecord => ({
    message: examples[id]?.is ?? id,
    level,
    instanceId,
  });

  test("takes back what went well, and leaves what was wrong until the new run says more", () => {
    expect(diagnosisOf(active, started, launch).isStreaming).toBe(false);
    expect(diagnosisOf("P28", launch).cause?.entry.id).toBe("P28");
    expect(diagnosisOf("P28", launch, active).cause).toBeUndefined();
    expect(diagnosisOf("P20", launch, "P8").others).toEqual([]);
    expect(diagnosisOf("O3", launch, "P8").others).toHaveLength(1);
    expect(diagnosisOf("P8", launch, "O3").others).toHaveLength(1);
    expect(diagnosisOf("O3", launch, "O5").others).toEqual([]);
    expect(diagnosisOf("P8", launch, "P8").cause?.count).toBe(2);
    // What proves nothing ends nothing, and what proves one hop ends what was there.
    expect(diagnosisOf("P8", launch, "P27").cause?.entry.id).toBe("P8");
    expect(diagnosisOf("E5", "A12").cause?.entry.id).toBe("A12");
    expect(diagnosisOf("O3", launch, written).cause).toBeUndefined();
  });

  test("is one, though two records tell of it", () => {
    const running = "Running main config from specified file";
    const count = (...records: string[]) => diagnosisOf(...records).cause?.entry.id;
    expect(count(running, "O3", launch, written)).toBe("O3");
    expect(count(running, launch, "O3", written)).toBe("O3");
    expect(count(running, launch, "O3", running, launch, written)).toBeUndefined();
  });

  test("is a new instance too, and the last one that began counts", () => {
    expect(diagnosisOf(by("O3", "a"), by(written, "b", "INFO")).cause).toBeUndefined();
    expect(diagnosisOf(by(active, "a", "INFO"), by("P8", "b")).cause?.entry.id).toBe("P8");
    expect(diagnosisOf(by(active, "b", "INFO"), by("P8", "a")).cause?.entry.id).toBe("P8");
    const late = [by("P8", "a"), by(active, "b", "INFO"), by("P8", "a")];
    expect(diagnosisOf(...late)).toMatchObject({ cause: undefined, isStreaming: true });
    expect(diagnosisOf(...late).records).toBe(3);
  });
});

describe("an end of Connect", () => {
  // benthos, internal/cli/common/manager.go
  const stopped = "Received SIGTERM, the service is closing";
  const launch = "Launching a Redpanda Connect instance, use CTRL+C to close";

  test("is no streaming, nor any hop that is done, until it runs again", () => {
    const { isStopped, isStreaming, hops } = diagnosisOf(active, started, stopped, "the tide");
    expect({ isStopped, isStreaming }).toEqual({ isStopped: true, isStreaming: false });
    expect(hops.filter(({ state }) => state !== "unknown")).toEqual([]);
    expect(diagnosisOf(active, stopped, launch)).toMatchObject({
      isStopped: false,
      isStreaming: false,
    });
    expect(diagnosisOf(stopped, launch, active)).toMatchObject({
      isStopped: false,
      isStreaming: true,
    });
  });

  test("leaves what was wrong until the new run says more", () => {
    expect(diagnosisOf("O3", stopped).cause?.entry.id).toBe("O3");
    expect(diagnosisOf("O3", stopped, written).cause).toBeUndefined();
    expect(diagnosisOf("P29", stopped, "P8").others).toEqual([]);
  });
});

describe("what is unknown", () => {
  const unknown = (record: LogRecord) => diagnosisOf(record).unknown.most(1).length;

  test("is what tells of a problem by its level", () => {
    const levels = ["DEBUG", "INFO", "WARN", "ERROR"] as const;
    expect(levels.filter((level) => unknown({ message: "the tide is out", level }))).toEqual([
      "WARN",
      "ERROR",
    ]);
  });

  test.each(["error", "failed", "FATAL:", "panic", "denied", "refused", "unable", "invalid"])(
    "or, without a level, by the word %s",
    (word) => {
      expect(unknown({ message: `the tide: ${word} 1` })).toBe(1);
      expect(unknown({ message: `the tide un${word}` })).toBe(0);
    },
  );

  test("is nothing that is known", () => {
    expect(unknown({ message: examples.P8?.is ?? "", level: "ERROR" })).toBe(0);
    expect(unknown({ message: active, level: "INFO" })).toBe(0);
  });
});

describe("rows are streaming", () => {
  test.each<[string, (string | LogRecord)[], boolean]>([
    ["where reading has started", [started], true],
    ["where an input is active", [active], true],
    ["not where only an output is", [written], false],
    ["not where only a role was assumed", [assumed], false],
    ["not after an error", [active, "P8"], false],
    ["again after it has passed", [active, "P8", active], true],
    ["not where an error has passed only by a role that was assumed", ["A9", assumed], false],
    ["not where rows are not written", [started, "O3"], false],
    [
      "not by an input that was active before an error that has passed",
      [active, "A9", assumed],
      false,
    ],
  ])("%s", (_when, records, is) => {
    expect(diagnosisOf(...records).isStreaming).toBe(is);
  });
});

describe("the way so far", () => {
  const beforeLogin = ["start", "config", "identity", "role", "token", "network", "tls", "login"];

  test.each<[string, (string | LogRecord)[], { done: string[]; failed: string[] }]>([
    ["of an assumed role", [assumed], { done: ["start", "identity", "role"], failed: [] }],
    [
      "of a token",
      ["IAM authentication token generated successfully"],
      { done: ["start", "identity", "role", "token"], failed: [] },
    ],
    [
      "of an output, which is connected and has not written",
      [written],
      { done: ["start"], failed: [] },
    ],
    [
      "of rows that were written",
      ["Successfully wrote 3 messages to 'redpanda'."],
      { done: ["start", "config", "write"], failed: [] },
    ],
    [
      "of an error: all before it, but the configuration, which is looked at later",
      ["A9"],
      { done: ["start", "identity"], failed: ["role"] },
    ],
    [
      "of one after the log-in, the configuration too",
      ["P8"],
      { done: beforeLogin.slice(0, -1), failed: ["login"] },
    ],
    [
      "of one before it, where the configuration was proved",
      [active, "A9"],
      { done: ["start", "config", "identity"], failed: ["role"] },
    ],
    [
      "of one in writing: nothing of reading, but that it started",
      ["O3"],
      { done: ["start", "config"], failed: ["write"] },
    ],
    [
      "of one in writing, after reading has started",
      [started, "O3"],
      { done: [...beforeLogin, "database", "position", "read"], failed: ["write"] },
    ],
    [
      "of one in reading, while rows under way are written",
      [started, "Successfully wrote 3 messages to 'redpanda'.", "P20"],
      { done: [...beforeLogin, "database", "write"], failed: ["position"] },
    ],
    [
      "of one that has passed: what was proved since",
      [started, "P8", assumed],
      { done: beforeLogin.slice(0, -1), failed: ["login"] },
    ],
  ])("%s", (_what, records, expected) => {
    expect(way(...records)).toEqual(expected);
  });

  test("after an error nothing behind it is proved any longer", () => {
    // The second error is over; of the way behind it nothing was said again.
    expect(way(started, "A9", assumed)).toEqual({
      done: ["start", "config", "identity", "role"],
      failed: [],
    });
  });
});

test("after an error without a place, no row is read any longer, until that is said again", () => {
  const tide: LogRecord = { message: "the tide is out", level: "ERROR" };
  const again = "Creating publication pglog_stream_a for tables: [b]";
  const done = [
    ...["start", "config", "identity", "role", "token", "network", "tls", "login"],
    ...["database", "position"],
  ];
  expect(way(started, tide)).toEqual({ done, failed: [] });
  expect(way(started, tide, again)).toEqual({ done, failed: [] });
  expect(diagnosisOf(started, tide, again).isStreaming).toBe(false);
});

describe("where Connect runs", () => {
  test("is a cluster where a record has a pipeline's id, and else a host of one's own", () => {
    expect(diagnosisOf("the tide is out").topology).toBe("ec2");
    expect(diagnosisOf({ message: "a", pipelineId: "d5nfcb0objac738nhf90" }, "b").topology).toBe(
      "byoc",
    );
  });
});

describe("the engine", () => {
  test.each<[string, (string | LogRecord)[], string | undefined]>([
    ["is that of the connector", ["Input type mysql_cdc is now active"], "mysql"],
    ["or of its other name", [{ message: "error during MySQL CDC: a", level: "ERROR" }], "mysql"],
    ["PostgreSQL's likewise", [active], "postgres"],
    ["is that of an entry which has one", ["P8"], "postgres"],
    ["of MySQL's likewise", ["M16"], "mysql"],
    [
      "is that of the first such entry, where no connector is named",
      ["M16", { message: "server refused TLS connection", level: "ERROR" }],
      "mysql",
    ],
    [
      "is that of the connector that was named last",
      [active, "Input type mysql_cdc is now active"],
      "mysql",
    ],
    [
      "is that of the connector which a message names, where its entry has none",
      [{ message: "Failed to connect to mysql_cdc: InvalidClientTokenId", level: "ERROR" }],
      "mysql",
    ],
    ["is not known from a role", [assumed], undefined],
    ["nor from what nobody knows", ["postgres_cdc is far away"], undefined],
  ])("%s", (_what, records, engine) => {
    expect(diagnosisOf(...records).engine?.flag).toBe(engine);
  });
});
