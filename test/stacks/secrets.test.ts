import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { parseFlags } from "../../cli/flags";
import { synthesize } from "../../cli/synth";
import { moduleWith, stacks } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { certificate } from "./provider-workspace";

/** Passwords that occur nowhere else. */
const canaries = { db_password: "Canary-db-7f3a9c", rp_sasl_password: "Canary-sasl-51e8d0" };

/** Types of what Terraform makes in the database. */
const inDatabase = /^(postgresql|mysql)_/;

const preparations = ["sql", "provider"];

describeWithTerraform("Secrets", () => {
  test.each(stacks.flatMap((stack) => preparations.map((database) => ({ stack, database }))))(
    "of $stack, by $database, reach their providers, and are kept nowhere",
    async (choice) => {
      const { stack, database } = choice;
      const byProvider = database === "provider";
      await using workspace = await Workspace.create({
        files: {
          ...moduleWith(stack).files,
          ...synthesize(parseFlags({ database })).get(stack),
          "rds-ca.pem": certificate,
        },
        variables: {
          ...canaries,
          ...(byProvider ? { cdc_tables_ready: true } : {}),
          ...(byProvider && stack === "aurora-postgres" ? { rds_ca_file: "rds-ca.pem" } : {}),
        },
        env: { TF_LOG: "TRACE", TF_LOG_PATH: "terraform.log" },
      });
      // The original's values hold the passwords: here they come from the environment alone.
      const withoutPasswords = workspace.read("terraform.tfvars").replace(/^.*_password .*$/gm, "");
      workspace.write("terraform.tfvars", withoutPasswords);

      const said = [await workspace.plan({ out: "plan" }), await workspace.apply()];
      expect(said.map(({ code }) => code)).toEqual([0, 0]);
      workspace.write("shown-plan.json", JSON.stringify(await workspace.show("plan")));
      workspace.write("shown-state.json", JSON.stringify(await workspace.show()));
      workspace.write("shown-output.json", JSON.stringify(await workspace.output()));
      workspace.write("said.txt", said.map(({ stdout, stderr }) => stdout + stderr).join("\n"));
      // A plan file is an archive: its members are searched.
      const members = unzipSync(readFileSync(join(workspace.dir, "plan")));
      for (const [name, bytes] of Object.entries(members)) {
        workspace.write(`plan-members/${name}`, strFromU8(bytes, true));
      }

      const files = workspace.files();
      expect(files).toEqual(
        expect.arrayContaining([
          "terraform.tfstate",
          "plan-members/tfplan",
          "generated_pipeline.yaml",
        ]),
      );
      for (const secret of Object.values(canaries)) {
        expect(files.filter((file) => workspace.read(file).includes(secret))).toEqual([]);
      }
      expect(received(workspace)).toEqual([
        ["aws_rds_cluster", "master_password_wo", canaries.db_password],
        ["redpanda_secret", "secret_data", canaries.rp_sasl_password],
        ["redpanda_user", "password_wo", canaries.rp_sasl_password],
      ]);
      const connecting = workspace.calls
        .filter(({ method, type }) => method === "ApplyResourceChange" && inDatabase.test(type))
        .map(({ providerConfig }) => providerConfig.password);
      expect([...new Set(connecting)]).toEqual(byProvider ? [canaries.db_password] : []);
    },
  );

  test("are sent again when their version is raised, and only then", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    expect((await workspace.apply()).code).toBe(0);
    const vars = { db_password: "another-password", rp_sasl_password: "another-secret" };
    workspace.write(
      "terraform.tfvars",
      workspace.read("terraform.tfvars").replace(/^.*_password .*$/gm, ""),
    );
    expect((await workspace.plan({ vars })).changes).toEqual({ add: 0, change: 0, remove: 0 });
    const raised = { ...vars, db_password_version: 2, rp_sasl_password_version: 2 };
    expect((await workspace.plan({ vars: raised })).actions).toEqual({
      "aws_rds_cluster.aurora": "update",
      "local_file.pipeline_yaml": "replace",
      "redpanda_pipeline.pipeline": "update",
      "redpanda_secret.sasl_password": "update",
      "redpanda_user.app": "update",
    });
    workspace.calls.length = 0;
    expect((await workspace.apply({ vars: raised })).code).toBe(0);
    expect(received(workspace)).toEqual([
      ["aws_rds_cluster", "master_password_wo", "another-password"],
      ["redpanda_secret", "secret_data", "another-secret"],
      ["redpanda_user", "password_wo", "another-secret"],
    ]);
  });
});

/** The secrets that arrived at providers by an apply: resource type, argument, value. */
function received(workspace: Workspace): unknown[] {
  const secretArguments = ["master_password_wo", "password_wo", "secret_data"];
  return workspace.calls
    .filter(({ method }) => method === "ApplyResourceChange")
    .flatMap(({ type, config }) =>
      Object.entries((config ?? {}) as Record<string, unknown>)
        .filter(([name, value]) => secretArguments.includes(name) && value != null)
        .map(([name, value]) => [type, name, value]),
    )
    .sort();
}
