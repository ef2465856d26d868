import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Flags } from "../combinations";
import { caFile, workspaceOf as workspaceOfFlags } from "../module-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import type { Workspace } from "../standin/workspace";
import { Client } from "./client";

/** What the machines at which a plan is made would differ in. */
const given = { admin_cidrs: ["198.51.100.7/32"], rds_ca_pem: caFile["rds-ca.pem"].trimEnd() };

const workspaceOf = (flags: Flags, client: Client) =>
  workspaceOfFlags(flags, { variables: given, env: client.environment });

/** A client that keeps what the files hold that it is given. */
const keeping = (program: string, dir: string) =>
  new Client(
    program,
    `for file in $(printf '%s\\n' "$@" | grep -o '/[^ "=:]*/[a-z_-]*[.][a-z]*'); do cp "$file" "${dir}"; done`,
  );

const generated = (workspace: Workspace) =>
  workspace.files().filter((name) => name.startsWith("generated_"));

describeUnless(missingTerraform(), "With write_files = false", () => {
  test("a clean checkout of an unchanged stack plans no changes", async () => {
    using client = new Client(["psql"]);
    await using workspace = await workspaceOf({ engine: "postgres" }, client);
    const vars = { ...given, write_files: false };
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    expect(generated(workspace)).toEqual([]);
    const clean = await workspace.run(["plan", "-no-color"], { vars });
    expect(clean.stdout).toContain("\nNo changes. Your infrastructure matches the configuration.");

    // With files, each checkout writes its own.
    expect((await workspace.apply()).actions).toEqual(
      Object.fromEntries(
        ["cdc_cleanup_sql", "cdc_setup_sql", "iam_policy_json", "insert_sql"]
          .concat("pipeline_yaml", "rds_ca")
          .map((name) => [`local_file.${name}[0]`, "create"]),
      ),
    );
    expect(generated(workspace)).toHaveLength(6);
  });

  test.each<[string, Flags, string]>([
    ["psql", { engine: "postgres" }, "db_setup_command"],
    ["mysql", { engine: "mysql" }, "db_setup_command"],
    ["aws", { engine: "mysql" }, "attach_policy_command"],
    ["aws", { engine: "postgres", database: "data-api" }, "db_setup_command"],
    ["docker", { engine: "mysql", topology: "ec2" }, "docker_run_command"],
  ])("%s gets from the outputs what %j has for %s", async (program, flags, output) => {
    const kept: Record<string, string> = {};
    using folder = new Client([]);
    using client = keeping(program, folder.temporary);
    await using workspace = await workspaceOf(flags, client);
    const vars = { ...given, write_files: false };
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    const outputs = await workspace.output();
    const before = client.calls.length;

    const { status, stderr } = spawnSync("/bin/sh", ["-c", String(outputs[output])], {
      cwd: workspace.dir,
      env: workspace.environment,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of readdirSync(folder.temporary)) {
      kept[name] = readFileSync(join(folder.temporary, name), "utf8");
    }
    const { input } = client.calls.at(-1) ?? {};
    const files: Record<string, unknown> = {
      "rds-ca.pem": outputs.rds_ca_pem,
      "cdc_setup.sql": outputs.cdc_setup_sql,
      "x-account-rds-iam-policy.json": outputs.iam_policy_json,
      "pipeline.yaml": outputs.pipeline_yaml,
    };
    expect(client.calls.length).toBeGreaterThan(before);
    if (program === "mysql") expect(input).toBe(outputs.cdc_setup_sql);
    expect(kept).toEqual(Object.fromEntries(Object.keys(kept).map((name) => [name, files[name]])));
    expect(Object.keys(kept).sort()).toEqual(
      {
        psql: ["cdc_setup.sql", "rds-ca.pem"],
        mysql: ["rds-ca.pem"],
        docker: ["pipeline.yaml"],
        aws: output === "attach_policy_command" ? ["x-account-rds-iam-policy.json"] : [],
      }[program],
    );
    expect(readdirSync(client.temporary)).toEqual([]);
  });

  test.each(["psql", "mysql"])(
    "the apply hands %s the SQL by its standard input",
    async (program) => {
      using folder = new Client([]);
      using client = keeping(program, folder.temporary);
      const engine = program === "psql" ? "postgres" : "mysql";
      await using workspace = await workspaceOf({ engine, database: "exec" }, client);
      const vars = { ...given, write_files: false };
      expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      const outputs = await workspace.output();
      expect(client.calls).toMatchObject([{ input: outputs.cdc_setup_sql }]);
      expect(readFileSync(join(folder.temporary, "rds-ca.pem"), "utf8")).toBe(
        String(outputs.rds_ca_pem).trimEnd(),
      );
      expect(readdirSync(client.temporary)).toEqual([]);
      // Nothing runs again because of files.
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(client.calls).toHaveLength(1);

      // Not in the environment, which is too small for them, too.
      const many = Array.from({ length: 600 }, (_, i) => `t${i}${"x".repeat(40)}`);
      workspace.write("many.auto.tfvars.json", JSON.stringify({ cdc_tables: many }));
      const refused = await workspace.plan({ vars });
      expect(refused.diagnostics.map(({ detail }) => detail)).toEqual([
        "write_files is false, and the setup SQL has more than 120000 characters, which an apply can take from a file alone. Set write_files = true.",
      ]);
    },
  );
});

describeUnless(missingTerraform(), "Two workspaces of one folder", () => {
  test("write files of their own, and what is named in commands is theirs", async () => {
    using client = new Client(["psql"]);
    await using workspace = await workspaceOf({ engine: "postgres" }, client);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const first = generated(workspace).map((name) => [name, workspace.read(name)]);

    expect((await workspace.run(["workspace", "new", "eu&west"])).code).toBe(0);
    const vars = { ...given, name_prefix: "eu", slot_name: "eu_slot" };
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    const names = generated(workspace);
    expect(names.filter((name) => name.startsWith("generated_eu_west_"))).toHaveLength(6);
    expect(names).toHaveLength(12);
    for (const [name = "", text] of first) expect(workspace.read(name)).toBe(text);
    expect(workspace.read("generated_eu_west_cdc_setup.sql")).toContain("eu_slot");

    const { stdout } = await workspace.run(["output", "-raw", "db_setup_command"]);
    expect(stdout).toMatch(/sslrootcert=generated_eu_west_rds-ca\.pem" .*=generated_eu_west_cdc/);
    expect(existsSync(join(workspace.dir, "generated_eu_west_rds-ca.pem"))).toBe(true);
    expect((await workspace.plan({ vars })).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });
});
