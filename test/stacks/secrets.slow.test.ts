import { environmentSecrets, secrets } from "../../pages/secrets";
import { canaries, environmentCanaries, values, words } from "../canaries";
import { allowed, asArguments, type Flags } from "../combinations";
import { covering } from "../covering";
import { everyModule } from "../every-module";
import { leaksBelow, leaksIn } from "../leaks";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Result } from "../standin/terraform";
import type { Workspace } from "../standin/workspace";
import { Client } from "./client";
import { isCreate } from "./outcome";
import { listedFor, placesIn, sentIn } from "./secret-places";
import { liftable, unlock } from "./unlock";

/** The variables of every module there is: name to its block in variables.tf. */
const variables = everyModule
  .flatMap(({ files }) => [
    ...(files["variables.tf"] ?? "").matchAll(/^variable "(\w+)" \{\n([\s\S]*?)^\}/gm),
  ])
  .map(([, name = "", block = ""]) => ({
    name,
    isText: /^ {2}type += string$/m.test(block),
    isSensitive: /^ {2}sensitive += true$/m.test(block),
    isEphemeral: /^ {2}ephemeral += true$/m.test(block),
  }));

/** Every flag by itself; for secrets the two engines differ in how the database is prepared alone. */
const alone = allowed(1).flatMap((flags) => [
  { engine: "mysql", ...flags },
  ...(flags.database ? [{ engine: "postgres", ...flags }] : []),
]);

/** The same in as few modules as have all of that; each flag by itself in `npm run test:long`. */
const together = process.env.LONG
  ? alone
  : covering(
      allowed().flatMap((flags): Flags[] => [
        { engine: "mysql", ...flags },
        { engine: "postgres", ...flags },
      ]),
      (flags) => alone.filter((part) => isPartOf(part, flags)).map(asArguments),
    );

function isPartOf(part: Flags, flags: Flags): boolean {
  return (
    part.topology === flags.topology &&
    Object.entries(part).every(([name, value]) => flags[name] === value)
  );
}

/** With these everything receives a secret that can in a cluster of Redpanda Cloud. */
const most: Flags = { engine: "mysql", credentials: "static", database: "exec" };

/** The resources that receive one. */
const receiving: [Flags, addresses: string[]][] = [
  [
    most,
    [
      "aws_rds_cluster.aurora",
      "redpanda_secret.access_key_id[0]",
      "redpanda_secret.sasl_password",
      "redpanda_secret.secret_access_key[0]",
      "redpanda_user.app",
    ],
  ],
  [{ engine: "postgres", topology: "ec2" }, ["aws_rds_cluster.aurora_pg"]],
];

describe("A sensitive variable", () => {
  const sensitive = new Set(
    variables.filter(({ isSensitive }) => isSensitive).map(({ name }) => name),
  );

  test("has a canary, and is listed with where it goes", () => {
    expect(Object.keys(canaries).sort()).toEqual([...sensitive].sort());
    expect(Object.keys(secrets).sort()).toEqual([...sensitive].sort());
  });

  test("is ephemeral as well", () => {
    const kept = variables.filter(({ isSensitive, isEphemeral }) => isSensitive !== isEphemeral);
    expect(kept).toEqual([]);
  });

  test("is every text that has a secret's name", () => {
    const secretive = variables.filter(
      ({ name, isText }) =>
        isText && /password|secret|access_key|token/.test(name) && !name.endsWith("_arn"),
    );
    expect(new Set(secretive.map(({ name }) => name))).toEqual(sensitive);
  });
});

describe("The search", () => {
  const { db_password: { word = "", value = "" } = {} } = canaries;

  test.each<[string, string]>([
    ["plain", value],
    ["plain", JSON.stringify({ name: value })],
    ["plain", JSON.stringify(JSON.stringify(value))],
    ["plain", `https://example.com/?password=${encodeURIComponent(value)}`],
    ["plain", `'${value.toUpperCase()}'`],
    ["hex", Buffer.from(`password=${value}`).toString("hex")],
    ["hex", Buffer.from(value).toString("hex").toUpperCase()],
    ["base64 after 0 bytes", Buffer.from(value).toString("base64")],
    ["base64 after 1 bytes", Buffer.from(`:${value}`).toString("base64")],
    ["base64 after 2 bytes", Buffer.from(`admin:::${value};`).toString("base64url")],
  ])("finds a canary that is %s, in %s", (form, text) => {
    expect(leaksIn(Buffer.from(`before ${text} after`), { word })).toEqual([`word (${form})`]);
  });

  test("does not find what is not there", () => {
    expect(leaksIn(Buffer.from(word.slice(1)), { word })).toEqual([]);
  });
});

describeWithTerraform("Secrets", () => {
  test("reach their places", async () => {
    using client = new Client("mysql");
    await using workspace = await watched(most, client);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(placesIn(workspace, client, most)).toEqual([
      "access_key_id: redpanda_secret.secret_data, as <NAME_PREFIX>_AWS_ACCESS_KEY_ID",
      "db_password: aws_rds_cluster.master_password_wo",
      "db_password: mysql.MYSQL_PWD",
      "rp_sasl_password: redpanda_secret.secret_data, as <NAME_PREFIX>_SASL_PASSWORD",
      "rp_sasl_password: redpanda_user.password_wo",
      "secret_access_key: redpanda_secret.secret_data, as <NAME_PREFIX>_AWS_SECRET_ACCESS_KEY",
    ]);
  });

  test.each(together.map((flags) => [asArguments(flags), flags] as const))(
    "go where they are listed to go, and are kept nowhere: %s",
    async (line, flags) => {
      using client = new Client(["psql", "mysql", "aws"]);
      await using workspace = await watched(flags, client);
      await said(workspace, workspace.plan({ out: "plan" }));
      expect((await said(workspace, workspace.apply({ args: ["plan"] }))).code).toBe(0);
      expect(placesIn(workspace, client, flags)).toEqual(listedFor(workspace, line));
      if (line.includes("--profile production")) await unlock(workspace);
      expect((await said(workspace, workspace.destroy({ vars: liftable }))).code).toBe(0);
      expect(workspace.files()).toEqual(expect.arrayContaining(kept));
      expect(leaksBelow(workspace.dir, words)).toEqual([]);
    },
  );

  test.each<Record<string, string>>([
    { TF_LOG: "TRACE" },
    { TF_LOG: "JSON" },
    // Each of these logs a part of what TRACE does.
    ...(process.env.LONG
      ? [
          ...["DEBUG", "INFO", "WARN", "ERROR"].map((level) => ({ TF_LOG: level })),
          { TF_LOG_CORE: "TRACE" },
          { TF_LOG_PROVIDER: "TRACE" },
        ]
      : []),
  ])("are in no log with %j, where whatever receives one fails", async (level) => {
    for (const [flags, receivers] of receiving) {
      using client = new Client(["psql", "mysql", "aws"]);
      await using workspace = await watched(flags, client, level);
      const heal = workspace.onCall((call) =>
        isCreate(call) && sentIn([call]).length > 0 ? { error: "refused" } : undefined,
      );
      const { code, diagnostics } = await said(workspace, workspace.apply());
      expect(code).toBe(1);
      expect(diagnostics.map(({ summary, address }) => `${address} ${summary}`).sort()).toEqual(
        receivers.map((address) => `${address} refused`),
      );
      heal();
      expect((await said(workspace, workspace.apply())).code).toBe(0);
      expect(leaksBelow(workspace.dir, words)).toEqual([]);
    }
  });

  test.each(["postgres", "mysql"])("are in no log where %s's provider fails", async (engine) => {
    using client = new Client(["psql", "mysql", "aws"]);
    await using workspace = await watched({ engine, database: "provider" }, client);
    workspace.onCall((call) =>
      call.method === "ConfigureProvider" && sentIn([call]).length > 0
        ? { error: "connection refused" }
        : undefined,
    );
    const { code, diagnostics } = await said(workspace, workspace.apply());
    expect(code).toBe(1);
    expect(diagnostics).toMatchObject([{ summary: "connection refused" }]);
    expect(leaksBelow(workspace.dir, words)).toEqual([]);
  });

  test.each(Object.entries(canaries))(
    "are not shown where they are refused: %s",
    async (name, { refused }) => {
      const flags = name.includes("master") ? { engine: "mysql", topology: "ec2" } : most;
      using client = new Client("mysql");
      await using workspace = await watched(flags, client);
      const vars = { [name]: refused };
      const { code, diagnostics } = await said(workspace, workspace.plan({ vars }));
      expect(code).toBe(1);
      expect(diagnostics).toMatchObject([
        {
          summary: "Invalid value for variable",
          detail: expect.stringMatching(`^${name} \\(not shown\\) must `),
        },
      ]);
      expect(leaksBelow(workspace.dir, words)).toEqual([]);
    },
  );

  test("are in no stack trace of a crash", async () => {
    using client = new Client("mysql");
    await using workspace = await watched(most, client);
    const crash = new AbortController();
    workspace.onCall((call) => {
      // Go programs answer it with the stacks of all that goes on in them.
      if (isCreate(call) && call.type === "aws_rds_cluster") crash.abort("SIGQUIT");
      return undefined;
    });
    const { stderr } = await said(workspace, workspace.apply({ interrupt: crash.signal }));
    expect(stderr).toMatch(/^SIGQUIT: quit$/m);
    expect(stderr).toMatch(/^goroutine \d+ /m);
    expect(leaksBelow(workspace.dir, words)).toEqual([]);
  });

  test("are found in every place where a careless module leaves them", async () => {
    using client = new Client("psql");
    await using workspace = await watched({ engine: "postgres", topology: "ec2" }, client);
    workspace.write(
      "variables.tf",
      workspace.read("variables.tf").replace(/^ +ephemeral +=.*\n/gm, ""),
    );
    workspace.write(
      "careless.tf",
      `resource "local_file" "careless" {
        filename       = "careless.txt"
        content_base64 = base64encode("password: \${var.db_master_password}")
      }
      output "careless" { value = nonsensitive(var.db_master_password) }`,
    );
    await said(workspace, workspace.plan({ out: "plan" }));
    expect((await said(workspace, workspace.apply({ args: ["plan"] }))).code).toBe(0);
    expect(leaksBelow(workspace.dir, words)).toEqual(
      ["careless.txt", "plan/tfplan", "plan/tfstate", "said-2.txt", "terraform.tfstate"].map(
        (place) => `${place}: db_master_password (plain)`,
      ),
    );
  });

  test("are sent again when their version is raised, and only then", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" }, { variables: values });
    expect((await workspace.apply()).code).toBe(0);
    const vars = { db_password: "another-password", rp_sasl_password: "another-secret" };
    expect((await workspace.plan({ vars })).changes).toEqual({ add: 0, change: 0, remove: 0 });
    const raised = { ...vars, db_password_version: 2, rp_sasl_password_version: 2 };
    expect((await workspace.plan({ vars: raised })).actions).toEqual({
      "aws_rds_cluster.aurora": "update",
      "local_file.pipeline_yaml[0]": "replace",
      "redpanda_pipeline.pipeline": "update",
      "redpanda_secret.sasl_password": "update",
      "redpanda_user.app": "update",
    });
    workspace.calls.length = 0;
    expect((await workspace.apply({ vars: raised })).code).toBe(0);
    const sent = workspace.calls
      .filter(({ method }) => method === "ApplyResourceChange")
      .flatMap(({ type, config }) =>
        Object.entries(config ?? {})
          .filter(([, value]) => Object.values(vars).some((secret) => secret === value))
          .map(([name, value]) => [type, name, value]),
      );
    expect(sent.sort()).toEqual([
      ["aws_rds_cluster", "master_password_wo", "another-password"],
      ["redpanda_secret", "secret_data", "another-secret"],
      ["redpanda_user", "password_wo", "another-secret"],
    ]);
  });

  test("that a container needs are named in its command, and not given", async () => {
    await using workspace = await workspaceOf({
      engine: "postgres",
      topology: "ec2",
      output: "redpanda",
    });
    await workspace.apply();
    const { docker_run_command: command } = await workspace.output();
    const given = [...String(command).matchAll(/--env (\S+)/g)].map(([, name = ""]) => name);
    const read = Object.entries(environmentSecrets).filter(([, by]) => by.includes("container"));
    expect(given.sort()).toEqual(read.map(([name]) => name).sort());
  });
});

/** A workspace that has canaries for secrets, and keeps Terraform's log. */
function watched(
  flags: Flags,
  client: Client,
  level: Record<string, string> = { TF_LOG: "TRACE" },
) {
  return workspaceOf(flags, {
    variables: values,
    env: { ...environmentCanaries, ...client.environment, ...level, TF_LOG_PATH: "terraform.log" },
  });
}

/** What a search must not miss. */
const kept = [
  "plan",
  "said-1.txt",
  "terraform.log",
  "terraform.tfstate",
  "terraform.tfstate.backup",
];

/** Keeps what Terraform says as well: `said-1.txt`, `said-2.txt` … */
async function said(workspace: Workspace, result: Promise<Result>): Promise<Result> {
  const { stdout, stderr } = await result;
  const nth = workspace.files().filter((name) => name.startsWith("said-")).length + 1;
  workspace.write(`said-${nth}.txt`, stdout + stderr);
  return result;
}
