import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Diagnosis } from "../../../commands/doctor/diagnosis";
import type { Module } from "../../../commands/doctor/module";
import type { LogRecord } from "../../../commands/doctor/records";
import { asText, reportOn } from "../../../commands/doctor/report";
import {
  type Report,
  report as reportSchema,
  schemaFile,
} from "../../../commands/doctor/report-schema";
import { mysql } from "../../../engines/mysql";
import { postgres } from "../../../engines/postgres";
import { type Example, examples } from "./examples";

const error = (message: string): LogRecord => ({ message, level: "ERROR" });
const example = (id: string): LogRecord => error(examples[id]?.is ?? "");
const active: LogRecord = { message: "Input type postgres_cdc is now active", level: "INFO" };

function reportOf(
  records: readonly LogRecord[],
  module: Module = { names: {} },
  read?: Parameters<typeof reportOn>[2],
): Report {
  const diagnosis = new Diagnosis();
  for (const record of records) diagnosis.add(record);
  return reportOn(diagnosis, module, read);
}

test("a cause, with all that a machine may want to know of it", () => {
  const record: LogRecord = { ...example("P11"), time: "2026-01-20T16:27:06Z" };
  const later = { ...record, time: "2026-01-20T16:28:06Z" };
  const before = { ...example("A9"), time: "2026-01-20T16:26:06Z" };
  const { hops, ...report } = reportOf([before, record, later, example("O3")]);
  expect(hops).toHaveLength(12);
  expect(report).toStrictEqual({
    schema: 1,
    state: "cause",
    records: 4,
    stopped: false,
    cause: {
      id: "P11",
      hop: "login",
      message: "permission denied to start WAL sender (SQLSTATE 42501)",
      speaker: "The database",
      why: "The user may log in, but not for replication.",
      contradictions: [],
      fix: [{ sql: 'GRANT rds_replication TO "iam_demo_user";' }],
      versions: "all with postgres_cdc",
      source:
        "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
      count: 2,
      first: "2026-01-20T16:27:06Z",
      last: "2026-01-20T16:28:06Z",
    },
    others: [{ id: "O3", hop: "write", count: 1 }],
    over: [{ id: "A9", hop: "role", count: 1, last: "2026-01-20T16:26:06Z" }],
    unknown: [],
    checks: [],
    pipelines: [],
    unread: 0,
  });
});

test("a report on what nobody knows: the message, its place, and the checks of that place", () => {
  const message = "Failed to send message to redpanda: the tide is out";
  const { state, failing, cause, hops, checks } = reportOf([error(message)]);
  expect({ state, failing, cause }).toEqual({
    state: "failing",
    failing: { hop: "write", message, count: 1 },
    cause: undefined,
  });
  expect(hops.filter(({ state }) => state === "failed")).toEqual([
    { hop: "write", label: "rows written", state: "failed" },
  ]);
  expect(checks.map(({ title }) => title)).toEqual([
    "Topic, ACLs, secret",
    "The log, from its start, warnings included",
  ]);
});

describe("the schema of the JSON", () => {
  test("docs/doctor-report.schema.json is what would be generated: `npm run docs` writes it", () => {
    const file = join(__dirname, "../../../docs/doctor-report.schema.json");
    expect(readFileSync(file, "utf8")).toBe(schemaFile());
  });

  test.each(Object.keys(examples))("a report on %s is as it says", (id) => {
    const { is, level = "ERROR" } = examples[id] as Example;
    const before: LogRecord = { ...example("A9"), time: "2026-01-20T16:26:06Z" };
    const records: LogRecord[] = [before, { message: is, level }];
    expect(reportSchema.parse(reportOf(records))).toBeDefined();
  });

  test("so is one on nothing, on rows and on what nobody knows", () => {
    for (const records of [[], [active], [error("the tide is out")]]) {
      expect(reportSchema.parse(reportOf(records)).schema).toBe(1);
    }
  });

  test("and nothing else is", () => {
    expect(reportSchema.safeParse({ ...reportOf([]), more: 1 }).success).toBe(false);
  });
});

describe("whose names win", () => {
  test("the record's over the module's: it is about what runs", () => {
    const { cause } = reportOf([example("P11")], { names: { iam_auth_user: "another_user" } });
    expect(cause?.fix).toEqual([{ sql: 'GRANT rds_replication TO "iam_demo_user";' }]);
    expect(cause?.contradictions).toEqual([
      "The message says iam_demo_user, and the module's iam_auth_user is another_user, so the pipeline logs in as another user than the module's: `terraform apply`.",
    ]);
  });

  test("the module's where the record has none", () => {
    const record = error("permission denied to start WAL sender");
    const { cause } = reportOf([record], { names: { iam_auth_user: "another_user" } });
    expect(cause?.fix).toEqual([{ sql: 'GRANT rds_replication TO "another_user";' }]);
    expect(cause?.contradictions).toEqual([]);
  });

  test("the pipeline that is asked for over the module's", () => {
    const module: Module = { topology: "byoc", names: { rpcn_pipeline_id: "a" } };
    const id = (pipeline?: string) =>
      JSON.stringify(reportOf([], module, pipeline ? { pipeline } : {}).checks).match(
        /--pipeline ([^"]+)/,
      )?.[1];
    expect([id(), id("b")]).toEqual(["a", "b"]);
  });

  test("names that follow from the record's fill the fix too", () => {
    const { cause } = reportOf([example("P2")], {
      names: { db_security_group_id: "sg-0a1b2c3d4e5f67890" },
    });
    expect(cause?.fix[1]).toEqual({
      shell:
        "aws ec2 describe-security-groups --group-ids sg-0a1b2c3d4e5f67890 --query 'SecurityGroups[].IpPermissions[].IpRanges[].CidrIp' --output text --region us-east-2",
    });
  });

  test("the engine's port, unless the module has another", () => {
    const port = (module: Module) =>
      JSON.stringify(reportOf([example("A5")], module).cause?.fix).match(/:(\d+)"/)?.[1];
    expect(port({ names: {}, engine: mysql })).toBe("3306");
    expect(port({ names: {}, engine: postgres })).toBe("5432");
    expect(port({ names: { db_port: "5433" } })).toBe("5433");
  });
});

describe("topology and engine", () => {
  const checked = (records: LogRecord[], module?: Module) => {
    const [, , , , network, database] = reportOf(records, module).checks;
    return [network?.title, database?.steps[0]];
  };
  const gateways = "The security group lets in the cluster's NAT gateways";
  const instance = "The security group lets in the address of the instance";
  const slot = "User, publication and slot (active, WAL retained), as the master user:";
  const binlog = "User and binary log, as the master user:";
  const ofMysql = { ...error("mysql_cdc: the tide is out"), pipelineId: "a" };

  test("are the module's", () => {
    const module: Module = { names: {}, topology: "ec2", engine: postgres };
    expect(checked([ofMysql], module)).toEqual([instance, slot]);
  });

  test("or what the records tell", () => {
    const vague = { ...example("M0"), pipelineId: "a" };
    expect(checked([vague])).toEqual([gateways, binlog]);
    expect(checked([example("M0")])).toEqual([instance, binlog]);
  });

  test("or PostgreSQL in a BYOC cluster, where nothing tells", () => {
    expect(checked([])).toEqual([gateways, slot]);
  });
});

describe("for a person", () => {
  const text = (...args: Parameters<typeof reportOf>) => asText(reportOf(...args));
  const parts = (...args: Parameters<typeof reportOf>) => text(...args).split("\n\n");

  test("the cause, once and many times, and SQL and YAML as they are", () => {
    expect(parts([example("P11")])).toEqual([
      "The database refuses the login. (P11; 1 record)",
      "The database said:\n  permission denied to start WAL sender (SQLSTATE 42501)",
      "Why: The user may log in, but not for replication.",
      'To fix it, in the module\'s folder:\n    GRANT rds_replication TO "iam_demo_user";',
      "✓ starts  ✓ configuration  ✓ identity  ✓ role  ✓ token  ✓ network  ✓ TLS  ✗ login  · database  · position  · rows read  · rows written\n",
    ]);
    const twice = { ...example("A5"), time: "2026-01-20T16:27:06Z" };
    expect(parts([twice, twice], { names: { db_cluster_endpoint: "db" } }).slice(0, 4)).toEqual([
      "Connect cannot sign a token for the database. (A5; 2 records, the last at 2026-01-20T16:27:06Z)",
      "AWS said:\n  the provided endpoint is missing a port, or the provided port is invalid",
      "Why: aws.endpoint has no port, and the port is part of what the token signs.",
      "To fix it, in the module's folder:\n  In the pipeline's aws block:\n    endpoint: db:5432",
    ]);
  });

  test("what does not agree stands behind the cause", () => {
    const [, , why] = parts([example("P11")], { names: { iam_auth_user: "another_user" } });
    expect(why?.replaceAll("\n", " ")).toBe(
      "Why: The user may log in, but not for replication. The message says iam_demo_user, and the module's iam_auth_user is another_user, so the pipeline logs in as another user than the module's: `terraform apply`.",
    );
  });

  test("other errors are counted, one or several", () => {
    expect(parts([example("P8"), example("A9")]).at(-1)).toBe(
      "1 record of 1 other error (P8) may only follow from this: fix it first, then look again.\n",
    );
    expect(parts([example("P8"), example("P8"), example("O3"), example("A9")]).at(-1)).toBe(
      "3 records of 2 other errors (P8, O3) may only follow from this: fix it first, then look again.\n",
    );
  });

  test("lines that were too long are counted, one or several, and what cuts them is named", () => {
    const said = (unread: number) => parts([active], { names: {} }, { unread })[1];
    expect(said(1)?.replaceAll("\n", " ")).toBe(
      "1 line of more than 1 MiB was not read. A list in one line is cut into records by `jq -c '.[]'`, a document of CloudWatch by `jq -c '.events[]'`.",
    );
    expect(said(2)).toMatch(/^2 lines of more than 1 MiB were not read\. /);
    expect(said(0)).toMatch(/^✓ starts/);
  });

  test("a first record without a time tells not since when", () => {
    const later = { ...example("A5"), time: "2026-01-20T16:27:06Z" };
    expect(parts([example("A5"), later])[0]).toBe(
      "Connect cannot sign a token for the database. (A5; 2 records, the last at 2026-01-20T16:27:06Z)",
    );
  });

  test("what is over, with the time where that is known", () => {
    const before = { ...example("A9"), time: "2026-01-20T16:26:06Z" };
    expect(parts([before, example("P2"), example("P8")]).at(-1)).toBe(
      "Over, by what was logged since: A9 (until 2026-01-20T16:26:06Z), P2.\n",
    );
    expect(parts([before, example("P8")]).at(-1)).toBe(
      "Over, by what was logged since: A9 (until 2026-01-20T16:26:06Z).\n",
    );
  });

  test("since when, where the first record was not the last", () => {
    const at = (time: string) => ({ ...example("P8"), time });
    expect(parts([at("16:26"), at("16:27")])[0]).toBe(
      "The database refuses the login. (P8; 2 records, since 16:26, the last at 16:27)",
    );
  });

  test("a failure that nobody knows, and the checks of its hop", () => {
    const unheard = error("server error: FATAL: the moon is full (SQLSTATE 28XXX)");
    const [first, message, ticks, unknown, ...list] = parts([active, unheard]);
    expect(first?.replaceAll("\n", " ")).toBe(
      "The database refuses the login: the message is not in the catalogue, so why is not known. (1 record)",
    );
    expect(message).toBe(
      "The last said:\n  server error: FATAL: the moon is full (SQLSTATE 28XXX)",
    );
    expect(ticks).toMatch(/✓ TLS {2}✗ login {2}· database/);
    expect(unknown).toMatch(/^Not in the catalogue, the most frequent:\n/);
    const titles = list.flatMap((part) => /^\d\. (.*)/.exec(part)?.[1] ?? []);
    expect(titles).toEqual([
      "The db-connect role: whom it trusts (external id?), its tag, and the database user that it may log in as",
      "The cluster: IAM authentication, parameters, and whether they are in use (in-sync)",
      "The database",
      "The log, from its start, warnings included",
    ]);
  });

  test("rows that are streaming, and what is unknown all the same", () => {
    const unknown: LogRecord = { message: "the tide is out", level: "WARN" };
    const [first, , ...rest] = parts([active, unknown]);
    expect(first).toBe("Streaming.");
    expect(rest).toEqual([
      `Not in the catalogue, the most frequent:
  1 × the tide is out
Secrets are masked above. With Connect's version (the first line of its log), such a message belongs
in an issue of rpcn-aurora, for its commands/doctor/catalogue/; a bug in Connect itself in
https://github.com/redpanda-data/connect/issues.
`,
    ]);
  });

  test("what is unknown is not said beside a cause, unless that is vague", () => {
    expect(text([example("A9"), error("the tide is out")])).not.toContain("the tide is out");
    expect(text([example("P29"), error("the tide is out")])).toContain("  1 × the tide is out\n");
  });

  test("nothing recognised, and what to look at", () => {
    const warning = (message: string): LogRecord => ({ message, level: "WARN" });
    const [first, ticks, title, ...list] = parts([warning("the tide is out"), warning("so it is")]);
    expect(title).toContain("\n  1 × the tide is out\n  1 × so it is\n");
    expect(first).toBe("Nothing recognised in 2 records.");
    expect(ticks).toMatch(/^· starts {2}· configuration/);
    expect(title).toMatch(/^Not in the catalogue, the most frequent:\n/);
    expect(list[0]).toBe(
      "What to look at, in this order (`npx rpcn-aurora doctor --live --state .` does it by itself):",
    );
    expect(list[1]).toBe(`1. Which account is which
  With the credentials of the database account, then with those of the account that Connect runs in:
    aws sts get-caller-identity`);
    expect(list).toHaveLength(9);
  });

  test("a pipeline that was stopped does not stream", () => {
    const stop: LogRecord = {
      message: "Received SIGTERM, the service is closing",
      level: "INFO",
    };
    const said = "Redpanda Connect was stopped, and no record says that it runs again.";
    expect(parts([active, stop])[0]).toBe(said);
    expect(parts([active, { ...stop, message: "Pipeline has terminated. Shutting down" }])[0]).toBe(
      said,
    );
    expect(reportOf([active, stop]).stopped).toBe(true);
    expect(parts([active, { ...stop, level: "ERROR" }])[0]).toMatch(/^Something fails\./);
    const launch: LogRecord = { message: "Launching a Redpanda Connect instance", level: "INFO" };
    expect(parts([active, stop, launch, active])[0]).toBe("Streaming.");
    expect(reportOf([example("P8"), stop]).cause?.id).toBe("P8");
  });

  test("no record, of a pipeline, beside others or not", () => {
    const [first, ...rest] = parts([]);
    expect(first?.replaceAll("\n", " ")).toBe(
      "No record was read. A pipeline that works logs next to nothing: read the log from its start (--offset :end).",
    );
    // No ticks of hops that nobody spoke of.
    expect(rest[0]).toBe(
      "What to look at, in this order (`npx rpcn-aurora doctor --live --state .` does it by itself):",
    );
    const pipelines = { pipeline: "a", pipelines: ["b", "c"] };
    expect(parts([], undefined, pipelines)[0]?.replaceAll("\n", " ")).toBe(
      "No record of pipeline a was read. There are records of b, c. A pipeline that works logs next to nothing: read the log from its start (--offset :end).",
    );
    const other = { pipeline: "a", pipelines: ["b"] };
    expect(parts([], undefined, other)[0]).toMatch(
      /^No record of pipeline a was read\. [^.]* b\. /,
    );
    const unknown: LogRecord = { message: "the tide is out", level: "WARN" };
    expect(parts([unknown], undefined, { pipeline: "a" })[0]).toBe(
      "Nothing recognised in 1 record of pipeline a.",
    );
  });

  test("sentences break at 100 characters and commands never", () => {
    const lines = text([example("A9")]).split("\n");
    const sentences = lines.filter((line) => !/^ {4}|^ {2}User: |^✓/.test(line));
    const widths = sentences.map((line) => [...line].length);
    expect(Math.max(...widths)).toBe(100);
    // None could have taken the next word.
    const early = sentences.filter((line, index) => {
      const next = sentences[index + 1]?.trim() ?? "";
      const goesOn = /^[a-z]/.test(next) && line !== "" && lines.includes(line);
      return goesOn && line.length + 1 + (next.split(" ")[0]?.length ?? 0) <= 100;
    });
    expect(early).toEqual([]);
    expect(lines.filter((line) => line.startsWith("    aws iam put-role-policy"))).toHaveLength(1);
  });
});

describe("a message", () => {
  const said = (message: string) => reportOf([error(message)]).unknown[0]?.message;

  test("is shown up to 700 characters", () => {
    expect(said(`error ${"x".repeat(694)}`)).toBe(`error ${"x".repeat(694)}`);
    expect(said(`error ${"x".repeat(695)}`)).toBe(`error ${"x".repeat(694)} …`);
  });

  test("has no more than a blank for what a terminal would obey", () => {
    expect(said("error \u0000\u001f\u007f\u009f \t\n end")).toBe("error end");
  });

  test("is shown from where its entry begins", () => {
    const message = "Failed to connect to redpanda: x: MESSAGE_TOO_LARGE: too large";
    expect(reportOf([error(message)]).cause?.message).toBe("MESSAGE_TOO_LARGE: too large");
    expect(reportOf([error("MESSAGE_TOO_LARGE")]).cause?.message).toBe("MESSAGE_TOO_LARGE");
  });

  test("that nobody knows is shown with the three most frequent", () => {
    const messages = ["a", "b", "b", "c", "c", "c", "d", "d", "d", "d"];
    expect(reportOf(messages.map((name) => error(`error of ${name}`))).unknown).toEqual([
      { message: "error of d", count: 4 },
      { message: "error of c", count: 3 },
      { message: "error of b", count: 2 },
    ]);
  });
});
