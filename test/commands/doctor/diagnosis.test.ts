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

  test("is the cause where it is nearest to the start, and all others follow in the chain's order", () => {
    const { cause, others } = diagnosisOf("O3", "P8", "A9", "P20");
    expect(cause?.entry.id).toBe("A9");
    expect(others.map(({ entry }) => entry.id)).toEqual(["P8", "P20", "O3"]);
  });

  test("that wraps another is the cause where it is alone", () => {
    expect(diagnosisOf("P29").cause?.entry.id).toBe("P29");
    const { cause, others } = diagnosisOf("P29", "O3");
    expect(cause?.entry.id).toBe("O3");
    expect(others.map(({ entry }) => entry.id)).toEqual(["P29"]);
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
    ["of an output", [written], { done: ["start", "write"], failed: [] }],
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
    ["of one in writing: nothing of reading", ["O3"], { done: [], failed: ["write"] }],
    [
      "of one in writing, after reading has started",
      [started, "O3"],
      { done: [...beforeLogin, "database", "position", "read"], failed: ["write"] },
    ],
    [
      "of one in reading, while rows under way are written",
      [started, written, "P20"],
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
