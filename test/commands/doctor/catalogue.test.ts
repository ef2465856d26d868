import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chain, entries, markers, type Step, stepsOf } from "../../../commands/doctor/catalogue";
import { hops, place } from "../../../commands/doctor/hops";
import { fill, meaning } from "../../../commands/doctor/names";
import { troubleshootingPage } from "../../../commands/doctor/page";
import { recognise, recogniseSuccess } from "../../../commands/doctor/recognise";
import type { Level } from "../../../commands/doctor/records";
import { type Example, examples } from "./examples";
import { open } from "./texts";
import { asRead } from "./texts/shapes";

test("each entry has an example, and there are no others", () => {
  expect(Object.keys(examples).sort()).toEqual(entries.map(({ id }) => id).sort());
});

describe.each(Object.entries<Example>(examples))(
  "%s",
  (id, { is, also = [], isNot, nor = [], ...given }) => {
    const level: Level = given.level ?? "ERROR";

    test("is recognised", () => {
      expect(recognise({ message: is, level })?.id).toBe(id);
    });

    if (also.length > 0) {
      test.each(also)("is recognised in another form: %s", (message) => {
        expect(recognise({ message, level })?.id).toBe(id);
      });
    }

    test.each([isNot, ...nor])("is not what is near: %s", (message) => {
      expect(recognise({ message, level })?.id).not.toBe(id);
    });

    // Without a level a record may be either, and what went well is looked for first.
    test.each([undefined, "INFO", "DEBUG"] as const)(
      "is nothing that went well, at level %s",
      (at) => {
        expect(recogniseSuccess({ message: is, level: at })).toBeUndefined();
      },
    );
  },
);

describe("texts, each as it was logged", () => {
  const recognised = open.map((text) => ({ text, entry: recognise(asRead(text)) }));

  test("an entry that is right about one recognises it, and no entry that is not", () => {
    const wrong = recognised.filter(({ text: { entries: right }, entry }) =>
      right ? !right.includes(entry?.id ?? "") : entry && !entry.vague,
    );
    expect(wrong.map(({ text, entry }) => [text.id, entry?.id])).toEqual([]);
  });

  test("some are known by what wraps them alone", () => {
    const wrapped = recognised.filter(({ entry }) => entry?.vague);
    expect(wrapped.map(({ text, entry }) => [text.id, entry?.id])).toEqual([
      ["pg-stream-eof", "P29"],
      ["pg-stream-terminated", "P29"],
      ["pg-stream-log-segment", "P29"],
      ["my-shutdown", "M0"],
      ["my-interrupted", "M0"],
      ["my-stream-bad", "M0"],
      ["my-stream-sequence", "M0"],
      ["my-snapshot-invalid", "M0"],
      ["my-closed-pipe", "M0"],
      ["out-init-eof", "O19"],
      ["pod-back-off", "K1"],
      ["pod-mount-timeout", "K4"],
    ]);
  });
});

describe("the level of a record", () => {
  const recognised = ({ is: message }: Example) =>
    ([undefined, "DEBUG", "INFO", "WARN", "ERROR"] as const).filter((level) =>
      recognise({ message, level }),
    );

  test.each(entries.map(({ id, level }) => [id, level] as const))(
    "%s is recognised where it is logged",
    (id, level) => {
      expect(recognised(examples[id] as Example)).toEqual(
        level === "DEBUG" ? ["DEBUG"] : [undefined, "WARN", "ERROR"],
      );
    },
  );

  test("a text that tells of success is none in a warning or an error", () => {
    const message = "Input type postgres_cdc is now active";
    const levels = [undefined, "DEBUG", "INFO", "WARN", "ERROR"] as const;
    expect(levels.filter((level) => recogniseSuccess({ message, level }))).toEqual([
      undefined,
      "DEBUG",
      "INFO",
    ]);
  });
});

test.each<[message: string, id: string | undefined]>([
  ["logical replication stream error: MESSAGE_TOO_LARGE: too large", "O5"],
  ["error during MySQL CDC: retry sync err, exceeded max retries", "M16"],
  ["operation error STS: AssumeRole, failed to refresh cached credentials, static", undefined],
  ["Failed to connect to mysql_cdc: unable to access cache for reading: i/o timeout", "M13"],
  ["error during MySQL CDC: missing or unknown topic demo.checkpoints: i/o timeout", "M13"],
  ["Failed to connect to mysql_cdc: unable to access cache: x509: bad", "M13"],
  ["error during MySQL CDC: missing or unknown topic demo.checkpoints: x509: bad", "M13"],
])("of several that fit the one that says most is recognised: %s", (message, id) => {
  expect(recognise({ message, level: "ERROR" })?.id).toBe(id);
});

test("A1 to A11, P1 to P29, M1 to M17 and O1 to O7 are all there", () => {
  const numbered = (letter: string, last: number) =>
    Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
  const wanted = [
    ...numbered("A", 11),
    ...numbered("P", 29),
    ...numbered("M", 17),
    ...numbered("O", 7),
  ];
  const ids = entries.map(({ id }) => id);
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
});

test.each([
  ["S1", "Successfully loaded Redpanda license", "Failed to read Redpanda License"],
  [
    "S2",
    "Successfully assumed role 'arn:aws:iam::123456789012:role/a' with identity 'arn:aws:sts::123456789012:assumed-role/a/1'",
    "Using external ID for role 'arn:aws:iam::123456789012:role/a'",
  ],
  ["S3", "IAM authentication token generated successfully", "unable to generate IAM auth token: x"],
  [
    "S4",
    'Creating publication pglog_stream_rpcn_iam_test for tables: ["public"."iamuser_test"]',
    "creating publication: ERROR: permission denied for database demo_db",
  ],
  ["S5", "Input type postgres_cdc is now active", "Input type generate is now active"],
  ["S6", "Input type mysql_cdc is now active", "Input type mysql_cdc is closing"],
  ["S7", "Finished snapshot of table 'orders' (12 rows)", "Starting snapshot of table 'orders'"],
  [
    "S8",
    "Checkpointed binlog position following snapshot",
    "persisting snapshot checkpoint: context canceled",
  ],
  [
    "S9",
    "Started logical replication on slot slot-name: rpcn_iam_test",
    "starting logical replication: context canceled",
  ],
  [
    "S10",
    "starting MySQL CDC stream from binlog mysql-bin-changelog.000003 at offset 157",
    // Of a server without a binary log, Connect's library hands on an empty name.
    "starting MySQL CDC stream from binlog  at offset 0",
  ],
  ["S11", "Output type redpanda is now active", "Output type drop is now active"],
  ["S13", "Connected to server flavor=mysql version=8.0.39", "Connected to server"],
  ["S14", "connection initialized successfully", "connection initialization failed: EOF"],
  [
    "S12",
    "Successfully wrote 12 messages to 'redpanda'.",
    "Attempting to write 12 messages to 'redpanda'.",
  ],
])("marker %s is recognised, and nothing near", (id, is, isNot) => {
  const level = markers.find((marker) => marker.id === id)?.level;
  expect(recogniseSuccess({ message: is, level })?.id).toBe(id);
  expect(recogniseSuccess({ message: isNot, level })).toBeUndefined();
});

test.each(["redpanda", "kafka_franz", "redpanda_common"])(
  "an output of type %s proves it",
  (type) => {
    const message = `Output type ${type} is now active`;
    expect(recogniseSuccess({ message, level: "INFO" })?.id).toBe("S11");
    expect(recogniseSuccess({ message: `The ${message}`, level: "INFO" })).toBeUndefined();
    const wrote = `Successfully wrote 12 messages to '${type}'.`;
    expect(recogniseSuccess({ message: wrote, level: "DEBUG" })?.id).toBe("S12");
  },
);

test("markers begin their message", () => {
  for (const { text, level } of markers) {
    const message = `x ${text.replaceAll("…", "1")}`;
    expect([message, recogniseSuccess({ message, level })]).toEqual([message, undefined]);
  }
});

test("there are no other markers", () => {
  expect(markers).toHaveLength(14);
});

test("a connection to the brokers ends what was wrong with it, and nothing else", () => {
  const ended = entries.filter(({ untilConnected }) => untilConnected).map(({ id }) => id);
  expect(ended).toEqual(["O8", "O9", "O10", "O19", "O1", "O6", "O7"]);
  const connecting = markers.filter(({ connects }) => connects).map(({ id }) => id);
  expect(connecting).toEqual(["S11", "S14"]);
});

test("some wrap or accompany other errors, and speak only where nothing else does", () => {
  const vague = entries.filter((entry) => entry.vague).map(({ id }) => id);
  expect(vague).toEqual(["K1", "K4", "G8", "P2-ping", "P29", "M16", "M0", "O19"]);
});

test("a fix of a variant is for modules of topology byoc that have its output", () => {
  const outputs = new Set(["allow_egress_command", "create_access_key_command"]);
  const fix = { byoc: ["byoc"], ec2: ["ec2"], static: ["static"] };
  expect(stepsOf(fix, "byoc")).toEqual(["byoc"]);
  expect(stepsOf(fix, "byoc", outputs)).toEqual(["static"]);
  expect(stepsOf({ ...fix, private: ["private"] }, "byoc", outputs)).toEqual(["private"]);
  expect(stepsOf(fix, "ec2", outputs)).toEqual(["ec2"]);
});

test("the chain goes from the start to the topic, and what is vague comes last in its hop", () => {
  const ranks = chain.map(({ hop, vague }) => place(hop) * 2 + Number(vague ?? false));
  expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
  expect(new Set(chain.map(({ hop }) => hop)).size).toBe(hops.length);
});

/** All that a person may be told to do. */
const steps = entries.flatMap(({ fix, cause }) => [
  cause,
  ...(["byoc", "ec2"] as const).flatMap((topology) => stepsOf(fix, topology)),
  ...stepsOf(fix, "byoc", new Set(["allow_egress_command"])),
]);
const textOf = (step: Step) => (typeof step === "string" ? step : Object.values(step).join());

test("every name in a cause or fix is one that has a meaning, and each of those is used", () => {
  const used = new Set(
    steps.flatMap((step) => [...textOf(step).matchAll(/<([a-z_]+)>/g)].map(([, name]) => name)),
  );
  const page = troubleshootingPage();
  expect([...used].filter((name) => !((name as string) in meaning))).toEqual([]);
  expect(Object.keys(meaning).filter((name) => page.split(`<${name}>`).length <= 2)).toEqual([]);
});

test("a command that is not known is taken from the module's outputs, other names stay", () => {
  expect(fill("<db_setup_command> # <region>", {})).toBe(
    'eval "$(terraform output -raw db_setup_command)" # <region>',
  );
});

test("docs/troubleshooting.md is what would be generated: `npm run docs` writes it", () => {
  const page = readFileSync(join(__dirname, "../../../docs/troubleshooting.md"), "utf8");
  expect(page).toBe(troubleshootingPage());
});

test("the page has every entry, in the order of the chain", () => {
  const headings = [...troubleshootingPage().matchAll(/^### ([A-Z]\d\S*): /gm)].map(([, id]) => id);
  expect(headings).toEqual(chain.map(({ id }) => id));
});
