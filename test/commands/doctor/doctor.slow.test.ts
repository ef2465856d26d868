import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examples, recordOf } from "./examples";

const project = join(__dirname, "..", "..", "..");
const program = join(project, "dist", "main.js");
const pipeline = "d5nfcb0objac738nhf90";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The installed program, in a folder of its own. */
function doctor(log: string | Buffer, ...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "doctor", ...flags], {
    cwd: folder,
    encoding: "utf8",
    input: log,
  });
  return { status, stdout, stderr };
}

const lines = (...records: string[]) => `${records.join("\n")}\n`;
const example = (id: string) => {
  const { is, level } = examples[id] as { is: string; level?: string };
  return recordOf(is, level);
};

/** As the hand-written original's page on troubleshooting has it. */
const original = `{
    "instance_id": "d5nqpls9m4lc73ejlu80",
    "label": "postgres_cdc",
    "level": "ERROR",
    "message": "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::211125444193:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::861276079005:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::211125444193:role/demo-allow_connect_to_aurora-iam-demo-user",
    "path": "root.input",
    "pipeline_id": "d5nfcb0objac738nhf90",
    "time": "2026-01-20T16:27:06.316621814Z"
}
`;

describe("rpcn-aurora doctor", () => {
  test("names the cause, and the command that fixes it, with role and principal of the message", () => {
    expect(doctor(original)).toEqual({
      status: 1,
      stderr: "",
      stdout: `Connect may not assume the db-connect role. (A9; 1 record, the last at 2026-01-20T16:27:06.316621814Z)

AWS said:
  User: arn:aws:sts::861276079005:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::211125444193:role/demo-allow_connect_to_aurora-iam-demo-user

Why: The pipeline runs as its role redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline (account
861276079005), as it should, but that role may not assume
arn:aws:iam::211125444193:role/demo-allow_connect_to_aurora-iam-demo-user. Most likely the policy is
not attached yet.

To fix it, in the module's folder:
  Add the generated policy as an inline policy to
  redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline, with the credentials of Redpanda's
  account 861276079005; the error then clears on its own:
    aws iam put-role-policy --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --policy-name demo-assume-dbconnect-policy --policy-document file://generated_x-account-rds-iam-policy.json
  If it is there already, look at the other side, with the credentials of the database account: the
  trust policy must name the role
  arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline, the
  external id, if it asks for one, must be the pipeline's, and the tag
  redpanda_scope_redpanda_connect must be true:
    aws iam get-role --role-name demo-allow_connect_to_aurora-iam-demo-user --query 'Role.[AssumeRolePolicyDocument,Tags]'
  Trust and tag are in the module: \`terraform apply\` restores them. A pipeline role that was deleted
  and created again is another principal under the same name: \`terraform apply
  -replace=aws_iam_role.allow_connect_to_aurora_iam_demo_user\`.

✓ starts  · configuration  ✓ identity  ✗ role  · token  · network  · TLS  · login  · database  · position  · rows read  · rows written
`,
    });
  });

  test("says that rows are streaming", () => {
    const log = lines(
      recordOf("Input type postgres_cdc is now active", "INFO"),
      recordOf("Output type redpanda is now active", "INFO"),
      recordOf("Started logical replication on slot slot-name: rpcn_iam_test", "DEBUG"),
    );
    expect(doctor(log)).toEqual({
      status: 0,
      stderr: "",
      stdout: `Streaming.

✓ starts  ✓ configuration  ✓ identity  ✓ role  ✓ token  ✓ network  ✓ TLS  ✓ login  ✓ database  ✓ position  ✓ rows read  · rows written
`,
    });
  });

  test("shows what it does not know, where to report it, and what to look at", () => {
    const unknown = (message: string) => recordOf(message, "WARN");
    const { status, stdout } = doctor(
      lines(
        unknown("the moon is in the wrong house: 1"),
        unknown("the moon is in the wrong house: 2"),
        unknown("the tide is out, password=canary"),
        recordOf("Launching a Redpanda Connect instance", "INFO"),
      ),
    );
    expect(status).toBe(3);
    expect(stdout.split("\n")[0]).toBe("Nothing recognised in 4 records.");
    expect(stdout).toContain(`Not in the catalogue, the most frequent:
  2 × the moon is in the wrong house: 1
  1 × the tide is out, password=***
Secrets are masked above. With Connect's version (the first line of its log), such a message belongs
in an issue of rpcn-aurora, for its commands/doctor/catalogue/; a bug in Connect itself in
https://github.com/redpanda-data/connect/issues.
`);
    const titles = [...stdout.matchAll(/^(\d)\. (.*)$/gm)].map(([title]) => title);
    expect(titles).toEqual([
      "1. Which account is which",
      "2. The role that Connect runs as: does it exist, has it a boundary, may it assume the db-connect role",
      "3. The db-connect role: whom it trusts (external id?), its tag, and the database user that it may log in as",
      "4. The cluster: IAM authentication, parameters, and whether they are in use (in-sync)",
      "5. The security group lets in the cluster's NAT gateways",
      "6. The database",
      "7. Topic, ACLs, secret",
      "8. The log, from its start, warnings included",
    ]);
  });

  test("says that something fails, though nobody knows why, after all that went well", () => {
    const active = recordOf("Input type postgres_cdc is now active", "INFO");
    const { status, stdout } = doctor(lines(active, recordOf("the moon is in the wrong house")));
    expect(status).toBe(4);
    expect(stdout).toMatch(
      /^Something fails\. The message is not in the catalogue, so why is not known\. \(1 record, the last at\n2026-01-20T16:27:06\.316621814Z\)\n\nThe last said:\n {2}the moon is in the wrong house\n\n/,
    );
  });

  test("an empty log is nothing recognised", () => {
    const { status, stdout } = doctor("");
    expect(status).toBe(3);
    expect(stdout.split("\n\n")[0]).toBe(
      "No record was read. A pipeline that works logs next to nothing: read the log from its start\n(--offset :end).",
    );
  });

  test("prints JSON for machines", () => {
    const { status, stdout } = doctor(original, "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      state: "cause",
      records: 1,
      cause: { id: "A9", hop: "role", speaker: "AWS", count: 1, contradictions: [] },
      others: [],
      unknown: [],
      checks: [],
    });
  });
});

describe("of many errors the one that holds now is the cause", () => {
  const all = ["P26", "A8", "A9", "P2", "P4", "P8", "P18", "P20", "O3"];

  test("on the way down the chain each ends those before it", () => {
    const { stdout } = doctor(lines(...all.flatMap((id) => [example(id), example(id)])), "--json");
    const { cause, others, over } = JSON.parse(stdout);
    expect(cause).toMatchObject({ id: "P20", hop: "position", count: 2 });
    expect(others).toEqual([{ id: "O3", hop: "write", count: 2 }]);
    expect(over.map(({ id }: { id: string }) => id)).toEqual(all.slice(0, -2));
  });

  test("on the way up it is the last, and all after it may follow from it", () => {
    const { stdout } = doctor(lines(...[...all].reverse().map(example)), "--json");
    const { cause, others, over } = JSON.parse(stdout);
    expect(cause).toMatchObject({ id: "P26", hop: "config", count: 1 });
    expect(others.map(({ id }: { id: string }) => id)).toEqual(all.slice(1));
    expect(over).toEqual([]);
  });

  test("the others are counted, not repeated", () => {
    const { stdout } = doctor(lines(example("P18"), example("P8"), example("A9"), example("A9")));
    expect(stdout).toContain(
      "\n2 records of 2 other errors (P8, P18) may only follow from this: fix it first, then look again.\n",
    );
    expect(stdout).not.toContain("PAM");
  });

  test("a wrapper is the cause only where nothing else is, and then the order of checks is printed", () => {
    expect(JSON.parse(doctor(lines(example("P29"), example("O3")), "--json").stdout)).toMatchObject(
      {
        cause: { id: "O3" },
        checks: [],
      },
    );
    const alone = JSON.parse(doctor(lines(example("P29")), "--json").stdout);
    expect(alone.cause.id).toBe("P29");
    expect(alone.checks).toHaveLength(8);
  });
});

describe("what has succeeded since is no cause", () => {
  const causeOf = (...records: string[]) =>
    JSON.parse(doctor(lines(...records), "--json").stdout).cause?.id;
  const active = recordOf("Input type postgres_cdc is now active", "INFO");

  test("an error before is over", () => {
    expect(causeOf(example("A9"), example("P8"), active)).toBeUndefined();
  });

  test("an error after is not", () => {
    expect(causeOf(active, example("P8"))).toBe("P8");
  });

  test("further down the chain nothing is proved", () => {
    const assumed = recordOf(
      "Successfully assumed role 'arn:aws:iam::123456789012:role/a' with identity 'b'",
      "DEBUG",
    );
    expect(causeOf(example("P8"), example("A9"), assumed)).toBe("P8");
    expect(causeOf(example("P20"), active)).toBe("P20");
  });

  test("the output says nothing about the input", () => {
    expect(causeOf(example("A9"), recordOf("Output type redpanda is now active", "INFO"))).toBe(
      "A9",
    );
  });
});

test("starts without CDKTF, which takes longer to load than most logs to read", () => {
  const script = `
    process.argv = [process.argv[0], "doctor", "empty.log"];
    process.on("exit", () => console.error(Object.keys(require.cache).filter((file) => /[\\/](@?cdktf|constructs)[\\/]/.test(file)).length));
    require(${JSON.stringify(program)});`;
  writeFileSync(join(folder, "empty.log"), "");
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 3, stderr: "0\n" });
});

test("takes the state from standard input, where records come from files", () => {
  writeFileSync(join(folder, "connect.log"), lines(example("A9")));
  const state = JSON.stringify({ rpcn_pipeline_id: { value: pipeline } });
  const { status, stdout } = doctor(state, "--state", "-", "--json", "connect.log");
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ pipeline, records: 1, cause: { id: "A9" } });
});

describe("which pipeline", () => {
  const other = recordOf(examples.P8?.is ?? "", "ERROR", { pipeline_id: "d5nother0000000000zz" });

  test("keeps the records of the one that is asked for", () => {
    const { stdout } = doctor(lines(other, example("O3"), other), "--pipeline", pipeline, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      pipeline,
      records: 1,
      cause: { id: "O3" },
      others: [],
    });
  });

  test("says which there are, if that one is not there", () => {
    const { status, stdout } = doctor(lines(other), "--pipeline", pipeline);
    expect(status).toBe(3);
    expect(stdout).toContain(
      "No record of pipeline d5nfcb0objac738nhf90 was read. There are records of d5nother0000000000zz.",
    );
  });

  test("asks, if there are several", () => {
    expect(doctor(lines(other, example("A9")))).toEqual({
      status: 2,
      stdout: "",
      stderr: `The records belong to 2 pipelines. Choose one; \`terraform output -raw rpcn_pipeline_id\` prints yours:
  --pipeline ${pipeline}
  --pipeline d5nother0000000000zz
`,
    });
  });
});

describe("a mistake ends with exit code 2 and no stack trace", () => {
  test.each([
    [
      "a file that is not there",
      ["nowhere.log"],
      '"nowhere.log" cannot be read (ENOENT). Give files with log records, or pipe them in; for the folder of a module, use --state.\n',
    ],
    [
      "a folder",
      ["."],
      '"." is a folder. Give files with log records, or pipe them in; for the folder of a module, use --state.\n',
    ],
    [
      "a pipeline's name instead of its id",
      ["--pipeline", "my pipeline"],
      '--pipeline is "my pipeline". It must be a pipeline\'s id, such as d5nfcb0objac738nhf90: `terraform output -raw rpcn_pipeline_id`.\n',
    ],
    [
      "both records and state from standard input",
      ["--state", "-"],
      "--state - reads the state from standard input, so the records must come from files.\n",
    ],
    [
      "an unknown option",
      ["--folow"],
      "error: unknown option '--folow'\n(Did you mean --follow?)\n",
    ],
  ])("%s", (_what, flags, stderr) => {
    expect(doctor("", ...flags)).toEqual({ status: 2, stdout: "", stderr });
  });
});

describe("--follow", () => {
  let following: ChildProcessWithoutNullStreams;
  afterEach(() => following.kill("SIGKILL"));

  test("reports when the state changes, and ends with the code of the last report", async () => {
    const log = join(folder, "connect.log");
    writeFileSync(log, lines(example("A9")));
    following = spawn(process.execPath, [program, "doctor", "--follow", "--json", log]);
    const reports: { state: string; cause?: { id: string } }[] = [];
    let rest = "";
    const next = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => reports.length >= count && resolve();
        following.stdout.on("data", look);
        look();
      });
    following.stdout.on("data", (bytes) => {
      rest += bytes;
      const complete = rest.split("\n");
      rest = complete.pop() ?? "";
      reports.push(...complete.map((line) => JSON.parse(line)));
    });

    await next(1);
    appendFileSync(log, lines(example("A9"), example("A9")));
    appendFileSync(log, lines(recordOf("Input type postgres_cdc is now active", "INFO")));
    await next(2);
    appendFileSync(log, lines(example("O3")));
    await next(3);
    const ended = new Promise((resolve) => following.on("exit", resolve));
    following.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(reports.map(({ state, cause }) => [state, cause?.id])).toEqual([
      ["cause", "A9"],
      ["streaming", undefined],
      ["cause", "O3"],
    ]);
  }, 20_000);
});
