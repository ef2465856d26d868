import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Flags } from "../combinations";
import { workspaceOf as workspaceOfFlags } from "../module-workspace";
import { stacks } from "../modules";
import { describeUnless, missingTerraform } from "../standin/judges";
import type { Workspace, WorkspaceProps } from "../standin/workspace";
import { Client } from "./client";

/** Occurs nowhere else. */
const canary = "Canary-$(id)-'7f3a9c";

function clientOf(stack: string, script?: string): Client {
  return new Client(stack.includes("mysql") ? "mysql" : "psql", script);
}

interface Given extends WorkspaceProps {
  readonly flags?: Flags;
}

function workspaceOf(
  stack: string,
  client: Client,
  { flags, variables, env, ...props }: Given = {},
): Promise<Workspace> {
  const engine = stack.includes("mysql") ? "mysql" : "postgres";
  const ec2 = stack.endsWith("-ec2");
  return workspaceOfFlags(
    { engine, database: "exec", ...(ec2 && { topology: "ec2" }), ...flags },
    {
      ...props,
      variables: { [ec2 ? "db_master_password" : "db_password"]: canary, ...variables },
      env: { ...client.environment, ...env },
    },
  );
}

const lacking = [
  ...missingTerraform(),
  ...(existsSync("/proc/self/cmdline") ? [] : ["no /proc, which shows the arguments of processes"]),
];

describeUnless(lacking, "With --database exec", () => {
  test("psql gets the setup, the address and the password, each by its way", async () => {
    using client = new Client("psql");
    await using workspace = await workspaceOf("aurora-postgres", client);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });

    const { db_cluster_endpoint: endpoint } = await workspace.output();
    expect(client.calls).toEqual([
      {
        args: [
          `host=${endpoint} port=5432 user=postgres dbname=demo_db connect_timeout=10 sslmode=verify-full sslrootcert=generated_rds-ca.pem`,
          "--no-psqlrc",
          "--no-password",
          "--quiet",
          "--set=ON_ERROR_STOP=1",
          "--file=generated_cdc_setup.sql",
        ],
        env: expect.arrayContaining([`PGPASSWORD=${canary}`]),
        input: "",
      },
    ]);
  });

  test("mysql gets the setup, the address and the password, each by its way", async () => {
    using client = new Client("mysql");
    await using workspace = await workspaceOf("aurora-mysql", client);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });

    const { db_cluster_endpoint: endpoint } = await workspace.output();
    expect(client.calls).toEqual([
      {
        args: [
          "--no-defaults",
          `--host=${endpoint}`,
          "--port=3306",
          "--user=admin",
          "--database=demo_db",
          "--connect-timeout=10",
          "--ssl-ca=generated_rds-ca.pem",
          "--ssl-mode=VERIFY_IDENTITY",
        ],
        env: expect.arrayContaining([`MYSQL_PWD=${canary}`]),
        input: workspace.read("generated_cdc_setup.sql"),
      },
    ]);
  });

  test("MariaDB's client is asked to verify the server in its own way", async () => {
    using client = new Client("mysql", "", "--ssl-verify-server-cert");
    await using workspace = await workspaceOf("aurora-mysql", client);
    expect((await workspace.apply()).code).toBe(0);
    expect(client.calls[0]?.args.at(-1)).toBe("--ssl-verify-server-cert");
  });

  test.each(stacks.flatMap((stack) => [stack, `${stack}-ec2`]))(
    "%s is prepared once, again after a change of the SQL or the cluster, and before the pipeline",
    async (stack) => {
      using client = clientOf(stack);
      await using workspace = await workspaceOf(stack, client, {
        variables: stack.endsWith("-ec2") ? {} : { admin_cidrs: ["198.51.100.7/32"] },
      });
      const order: string[] = [];
      workspace.onCall(({ method, type }) => {
        if (method === "ApplyResourceChange") order.push(`${type} after ${client.calls.length}`);
        return undefined;
      });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(client.calls).toHaveLength(1);
      expect(order).toContain("aws_rds_cluster_instance after 0");
      if (!stack.endsWith("-ec2")) expect(order.at(-1)).toBe("redpanda_pipeline after 1");

      expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
      // Another machine does not have the generated files; the database has all it needs.
      rmSync(join(workspace.dir, "generated_cdc_setup.sql"));
      const elsewhere = await workspace.plan();
      expect(elsewhere.actions).toEqual({ "local_file.cdc_setup_sql[0]": "create" });

      const vars = { cdc_tables: ["iamuser_test", "orders"] };
      const { actions } = await workspace.plan({ vars });
      expect(actions).toMatchObject({ "terraform_data.database_setup": "replace" });
      expect((await workspace.apply({ vars })).code).toBe(0);
      expect(client.calls).toHaveLength(2);

      const cluster = [...workspace.objects.keys()].find((key) =>
        key.startsWith("aws_rds_cluster "),
      );
      workspace.objects.delete(cluster ?? "none");
      expect((await workspace.plan({ vars })).actions).toMatchObject({
        "terraform_data.database_setup": "replace",
      });
      expect((await workspace.apply({ vars })).code).toBe(0);
      expect(client.calls).toHaveLength(3);

      expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
      expect(client.calls).toHaveLength(3);
      expect([...workspace.objects.keys()]).toEqual([]);
    },
  );

  describe.each(["aurora-postgres", "aurora-mysql"])("the password of %s", (stack) => {
    // What clients say, and what nobody wants to see.
    const errors = stack.includes("mysql")
      ? ["ERROR 1045 (28000): Access denied for user 'admin'@'198.51.100.7' (using password: YES)"]
      : [
          "psql:generated_cdc_setup.sql:9: ERROR:  cdc_tables lists what is no table: orders",
          "HINT:  Create the table.",
        ];
    const failing = `{
  env
  echo "$PGPASSWORD$MYSQL_PWD"
  echo "connection string: password=$PGPASSWORD$MYSQL_PWD"
  echo "psql: ERROR: of $PGPASSWORD"
  echo "ERROR 1: of $MYSQL_PWD"
${errors.map((line) => `  echo "${line}"`).join("\n")}
} | tee /dev/stderr
exit 3`;

    test.each([
      ["works", ""],
      ["fails, saying all it knows", failing],
    ])("is in no argument, log, state or file where the client %s", async (_how, script) => {
      using client = clientOf(stack, script);
      await using workspace = await workspaceOf(stack, client, {
        env: { TF_LOG: "TRACE", TF_LOG_PATH: "terraform.log" },
      });
      const { code, stdout, stderr } = await workspace.apply();
      expect(code).toBe(script === "" ? 0 : 1);
      workspace.write("said.txt", stdout + stderr);

      // That it was given is what makes the rest mean something.
      expect(client.calls).toMatchObject([
        { env: expect.arrayContaining([expect.stringContaining(canary)]) },
      ]);
      expect(client.processes).toContain("cdc_setup.sh");
      expect(client.processes).not.toContain(canary);
      expect(workspace.files()).toEqual(
        expect.arrayContaining(["terraform.log", "terraform.tfstate"]),
      );
      expect(workspace.files().filter((file) => workspace.read(file).includes(canary))).toEqual([]);
      expect(workspace.files().filter((file) => workspace.read(file).includes("7f3a9c"))).toEqual(
        [],
      );
      expect(readdirSync(client.temporary)).toEqual([]);
    });

    test("stays away from what an apply says of a failing client", async () => {
      using client = clientOf(stack, failing);
      await using workspace = await workspaceOf(stack, client, { answers: endpoint });
      const { code, diagnostics } = await workspace.apply();
      expect(code).toBe(1);
      const [name, at] = stack.includes("mysql")
        ? ["mysql", "db.example.com:3306 as admin"]
        : ["psql", "db.example.com:5432 as postgres"];
      const lines = errors.flatMap((line) => [line, line]);
      expect(said(diagnostics[0]?.detail).split("\n").sort()).toEqual(
        [
          ...lines,
          `${name} could not run generated_cdc_setup.sql on ${at}. Nothing streams yet: fix the problem above, and apply again. A time-out means that the security group does not let this machine's address in.`,
        ].sort(),
      );
      expect(
        workspace.calls.some(
          ({ type, method }) => method === "ApplyResourceChange" && type === "redpanda_pipeline",
        ),
      ).toBe(false);
    });
  });

  test("a machine without the client is told which one to install", async () => {
    using client = new Client("mysql");
    await using workspace = await workspaceOf("aurora-postgres", client, {
      answers: endpoint,
      // Nothing but what the script itself needs: sh and its own commands.
      env: { PATH: `${programs(client, ["sh", "terraform"])}` },
    });
    const { code, diagnostics } = await workspace.apply();
    expect({ code, said: said(diagnostics[0]?.detail) }).toEqual({
      code: 1,
      said: "psql is not on the PATH of this machine, which prepares the database: install it and apply again.",
    });
  });

  test("a client that says nothing harmless is not quoted", async () => {
    using client = new Client("psql", 'echo "$PGPASSWORD: no such library" >&2; exit 127');
    await using workspace = await workspaceOf("aurora-postgres", client, { answers: endpoint });
    const { code, diagnostics } = await workspace.apply();
    expect({ code, said: said(diagnostics[0]?.detail) }).toEqual({
      code: 1,
      said: `What the client said may contain a secret and is not shown: the output db_setup_command runs the same SQL by hand.
psql could not run generated_cdc_setup.sql on db.example.com:5432 as postgres. Nothing streams yet: fix the problem above, and apply again. A time-out means that the security group does not let this machine's address in.`,
    });
  });

  test("a setup that failed is run again by the next apply", async () => {
    using client = new Client("psql", 'test -e "$TMPDIR/fixed"');
    await using workspace = await workspaceOf("aurora-postgres", client);
    expect((await workspace.apply()).code).toBe(1);
    writeFileSync(join(client.temporary, "fixed"), "");
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(client.calls).toHaveLength(2);
    expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });

  test("nobody let in is refused, because this machine has to connect", async () => {
    using client = new Client("psql");
    await using workspace = await workspaceOf("aurora-postgres", client, {
      variables: { admin_cidrs: [] },
    });
    const { diagnostics } = await workspace.plan();
    expect(diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0])).toEqual([
      "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. Leave admin_cidrs out, or list the network that this machine connects from.",
    ]);
  });
});

const endpoint = { aws_rds_cluster: { endpoint: "db.example.com" } };

/** The output of the command, of Terraform's message about it. */
function said(detail = ""): string {
  expect(detail).toMatch(/^Error running command '\.\/cdc_setup\.sh': exit status 1\. Output: /);
  return detail.slice(detail.indexOf("Output: ") + "Output: ".length).trimEnd();
}

/** A folder with links to these programs alone. */
function programs(client: Client, names: string[]): string {
  const folder = join(client.temporary, "programs");
  mkdirSync(folder);
  for (const name of names) symlinkSync(found(name), join(folder, name));
  return folder;
}

function found(program: string): string {
  const folders = (process.env.PATH ?? "").split(":").map((folder) => join(folder, program));
  const file = folders.find((path) => existsSync(path));
  if (!file) throw new Error(`no ${program} on the PATH`);
  return file;
}
