import type { Hop } from "../../../../commands/doctor/hops";
import type { Verdict } from "../../../../commands/doctor/live/check";
import {
  asText,
  conclusionOf,
  type Finding,
  reportOf,
} from "../../../../commands/doctor/live/report";

const names = { rpcn_pipeline_id: "d5nfcb0objac738nhf90", slot_name: "rpcn_iam_test" };

/** A check of a hop, and what came of it. */
const found = (
  id: string,
  hop: Hop,
  state: Verdict["state"],
  differences: Partial<Finding> = {},
): Finding => ({
  ...{ id, hop, title: `The ${id} is well` },
  verdict: state === "broken" ? { state, says: `No ${id}.`, fix: [] } : { state, says: `${id}!` },
  ...differences,
});
const broken = (id: string, hop: Hop, at?: Hop) =>
  found(id, hop, "broken", { verdict: { state: "broken", says: `No ${id}.`, fix: [], hop: at } });
const all = [
  found("pipeline", "start", "ok"),
  found("slot", "read", "ok"),
  found("topic", "write", "ok"),
];

test("a check in text, and what follows from it as JSON and in text", () => {
  const finding: Finding = {
    id: "database-slot",
    hop: "read",
    title: "The replication slot is being read",
    command: "psql 'host=demo password=canary port=5432'",
    answer: [{ slot_name: "rpcn_iam_test" }],
    verdict: {
      state: "broken",
      says: "The slot is lost.",
      fix: ["Drop it:", { sql: "SELECT pg_drop_replication_slot('<slot_name>');" }],
    },
  };
  expect(asText(finding, 1)).toBe(`1. The replication slot is being read
    psql 'host=demo password=*** port=5432'
    [{"slot_name":"rpcn_iam_test"}]
  ✗ The slot is lost.

`);
  const report = reportOf([finding], names, "byoc");
  expect(report).toMatchInlineSnapshot(`
{
  "cause": {
    "fix": [
      "Drop it:",
      {
        "sql": "SELECT pg_drop_replication_slot('rpcn_iam_test');",
      },
    ],
    "hop": "read",
    "id": "database-slot",
    "why": "The slot is lost.",
  },
  "checks": [
    {
      "answer": "[{"slot_name":"rpcn_iam_test"}]",
      "command": "psql 'host=demo password=*** port=5432'",
      "hop": "read",
      "id": "database-slot",
      "says": "The slot is lost.",
      "state": "broken",
      "title": "The replication slot is being read",
    },
  ],
  "hops": [
    {
      "hop": "start",
      "label": "starts",
      "state": "unknown",
    },
    {
      "hop": "config",
      "label": "configuration",
      "state": "unknown",
    },
    {
      "hop": "identity",
      "label": "identity",
      "state": "unknown",
    },
    {
      "hop": "role",
      "label": "role",
      "state": "unknown",
    },
    {
      "hop": "token",
      "label": "token",
      "state": "unknown",
    },
    {
      "hop": "network",
      "label": "network",
      "state": "unknown",
    },
    {
      "hop": "tls",
      "label": "TLS",
      "state": "unknown",
    },
    {
      "hop": "login",
      "label": "login",
      "state": "unknown",
    },
    {
      "hop": "database",
      "label": "database",
      "state": "unknown",
    },
    {
      "hop": "position",
      "label": "position",
      "state": "unknown",
    },
    {
      "hop": "read",
      "label": "rows read",
      "state": "failed",
    },
    {
      "hop": "write",
      "label": "rows written",
      "state": "unknown",
    },
  ],
  "others": [],
  "pipeline": "d5nfcb0objac738nhf90",
  "schema": 1,
  "state": "cause",
}
`);
  expect(conclusionOf(report)).toMatchInlineSnapshot(`
"Connect has trouble reading changes. (database-slot)

Why: The slot is lost.

To fix it, in the module's folder:
  Drop it:
    SELECT pg_drop_replication_slot('rpcn_iam_test');

· starts  · configuration  · identity  · role  · token  · network  · TLS  · login  · database  · position  ✗ rows read  · rows written
"
`);
});

const stateOf = (findings: Finding[], topology: "byoc" | "ec2" = "byoc") =>
  reportOf(findings, names, topology).state;

test("rows are streaming where they are read, and all was looked at that the pipeline requires", () => {
  expect(stateOf(all)).toBe("streaming");
  expect(stateOf([found("slot", "read", "ok"), found("log", "read", "skipped")], "ec2")).toBe(
    "streaming",
  );
  expect(stateOf([...all, found("user", "login", "unclear")])).toBe("streaming");
});

test.each<[what: string, findings: Finding[]]>([
  ["nobody was seen reading", all.filter(({ id }) => id !== "slot")],
  ["the log tells something", [...all, found("log", "read", "unclear")]],
  ["the pipeline was not looked at", [...all, found("secret", "start", "skipped")]],
  ["the topic was not looked at", [...all, found("user", "write", "skipped")]],
])("nothing is called healthy where %s", (_, findings) => {
  expect(stateOf(findings)).toBe("unknown");
});

test("the cause is what is broken nearest to the start, wherever the check was", () => {
  const findings = [
    ...all,
    broken("pipeline", "start", "write"),
    broken("slot", "read"),
    broken("trust", "role"),
  ];
  expect(reportOf(findings, names, "byoc")).toMatchObject({
    state: "cause",
    cause: { id: "trust", hop: "role", why: "No trust." },
    others: [
      { id: "slot", hop: "read" },
      { id: "pipeline", hop: "write" },
    ],
  });
});

const done = (findings: Finding[]) =>
  reportOf(findings, names, "ec2").hops.flatMap(({ hop, state }) =>
    state === "unknown" ? [] : `${hop} ${state}`,
  );

test("a hop is done where all of its checks are well", () => {
  expect(done([found("trust", "role", "ok")])).toEqual(["role done"]);
  expect(done([found("trust", "role", "ok"), found("policy", "role", "skipped")])).toEqual([]);
  expect(done([found("trust", "role", "unclear")])).toEqual([]);
});

test("who reads has passed all hops before, unless one of them is broken", () => {
  const passed = ["start", "config", "identity", "role", "token", "network"];
  const later = ["tls", "login", "database", "position", "read"];
  expect(done([found("policy", "role", "skipped"), found("slot", "read", "ok")])).toEqual(
    [...passed, ...later].map((hop) => `${hop} done`),
  );
  expect(done([broken("policy", "role"), found("slot", "read", "ok")])).toEqual([
    "role failed",
    "read done",
  ]);
  expect(done([found("topic", "write", "ok")])).toEqual(["write done"]);
});

test("what is not known is not in the JSON", () => {
  expect(reportOf([found("trust", "role", "ok")], {}, "ec2")).toEqual({
    schema: 1,
    state: "unknown",
    others: [],
    hops: expect.anything(),
    checks: [{ id: "trust", hop: "role", title: "The trust is well", state: "ok", says: "trust!" }],
  });
});

test.each<[answer: unknown, shown: string]>([
  ["one\n\n  \n two\nthree\n", "one two three"],
  ["one\ntwo\nthree\nfour\n", "4 lines"],
  ["  x  ", "x"],
  [{ a: [1] }, '{"a":[1]}'],
])("an answer is shown in one line: %j as %s", (answer, shown) => {
  const finding = found("log", "read", "ok", { answer });
  expect(reportOf([finding], names, "byoc").checks[0]?.answer).toBe(shown);
  expect(asText(finding, 2)).toBe(`2. The log is well\n    ${shown}\n  ✓ log!\n\n`);
});

test.each<[state: Verdict["state"], line: string]>([
  ["ok", "  ✓ log!"],
  ["broken", "  ✗ No log."],
  ["unclear", "  ? log!"],
  ["skipped", "  – Skipped: log!"],
])("what is %s has its sign, and no answer no line", (state, line) => {
  for (const answer of [undefined, ""]) {
    expect(asText(found("log", "read", state, { answer }), 3)).toBe(
      `3. The log is well\n${line}\n\n`,
    );
  }
});

test("the conclusion lists what else is broken, and what was not judged", () => {
  const findings = [
    found("pipeline", "start", "ok"),
    ...[broken("trust", "role"), broken("slot", "read"), broken("topic", "write")],
    ...[found("user", "login", "skipped"), found("log", "read", "skipped")],
    ...[found("cluster", "network", "unclear"), found("group", "network", "unclear")],
  ];
  expect(conclusionOf(reportOf(findings, names, "byoc"))).toMatchInlineSnapshot(`
"Connect may not assume the db-connect role. (trust)

Why: No trust.

To fix it, in the module's folder:


✓ starts  · configuration  · identity  ✗ role  · token  · network  · TLS  · login  · database  · position  · rows read  · rows written

Also broken, further on (slot, topic): fix the first, then look again.

Skipped, each with its reason above: user, log.

Answered, and not to be judged: cluster, group.
"
`);
});

test("one more of each is listed as several are", () => {
  const findings = [
    ...[broken("trust", "role"), broken("slot", "read")],
    ...[found("user", "login", "skipped"), found("cluster", "network", "unclear")],
  ];
  expect(conclusionOf(reportOf(findings, names, "byoc"))).toContain(`

Also broken, further on (slot): fix the first, then look again.

Skipped, each with its reason above: user.

Answered, and not to be judged: cluster.
`);
});

test.each([
  ["Streaming.", all],
  ["Nothing is broken as far as could be looked, and that rows arrive is not proved.", []],
])("the conclusion begins with the state: %s", (first, findings) => {
  const [begin, ticks, ...more] = conclusionOf(reportOf(findings, names, "byoc")).split("\n\n");
  expect([begin, more]).toEqual([first, []]);
  expect(ticks).toMatch(/^[✓·] starts {2}· configuration|^✓ starts {2}✓ configuration/);
});
