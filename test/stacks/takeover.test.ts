import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { moduleWith } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { workspaceOf } from "./ec2-workspace";
import { inPlace } from "./in-place";

const seed = readFileSync(join(__dirname, "../fixtures/original/ec2.tf"), "utf8");
const original = readFileSync(join(__dirname, "../fixtures/original/main.tf"), "utf8");

/** The names in the fixture that depend on the engine. */
const engines: Record<string, Record<string, string>> = {
  "aurora-postgres": {
    DESCRIPTION: "Allow Postgres from home IP",
    PORT: "5432",
    GROUP_SUFFIX: "aurora-pg17-cluster-pg",
    GROUP: "aurora_pg17",
    FAMILY: "aurora-postgresql17",
    REMOVED_PARAMETER: "max_replication_slots",
    SUFFIX: "aurora-pg",
    ENGINE: "aurora-postgresql",
  },
  "aurora-mysql": {
    DESCRIPTION: "Allow MySQL from home IP",
    PORT: "3306",
    GROUP_SUFFIX: "aurora-mysql-cluster-pg",
    GROUP: "aurora_mysql",
    FAMILY: "aurora-mysql8.0",
    REMOVED_PARAMETER: "binlog_checksum",
    SUFFIX: "aurora-mysql",
    ENGINE: "aurora-mysql",
  },
};

/** What is new, for either engine. */
const created = [
  'aws_cloudwatch_log_group.aurora["iam-db-auth-error"]',
  "local_file.cdc_cleanup_sql",
  "local_file.cdc_setup_sql",
  "local_file.insert_sql",
  "local_file.rds_ca",
  "redpanda_secret.sasl_password",
];

/** Files on the disk of whoever applies: nobody else knows them. */
const replaced = ["local_file.iam_policy_json", "local_file.pipeline_yaml"];

const alsoCreated: Record<string, string[]> = {
  "aurora-postgres": ['aws_cloudwatch_log_group.aurora["postgresql"]'],
  "aurora-mysql": [
    'aws_cloudwatch_log_group.aurora["error"]',
    "redpanda_acl.checkpoints_describe",
    "redpanda_acl.checkpoints_read",
    "redpanda_acl.checkpoints_write",
    "redpanda_topic.checkpoints",
  ],
};

/** The arguments that a plan changes in place, by address. */
async function changedIn(workspace: Workspace): Promise<Record<string, string[]>> {
  const plan: { resource_changes: { address: string; change: Change }[] } =
    await workspace.show("plan");
  return Object.fromEntries(
    plan.resource_changes
      .filter(({ change }) => change.actions.join() === "update")
      .map(({ address, change: { before, after } }) => [
        address,
        Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name])),
      ]),
  );
}

interface Change {
  readonly actions: string[];
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
}

/** The same as it is listed. */
function listed(original: "byoc" | "ec2", engine: string): Record<string, string[]> {
  return Object.fromEntries(
    inPlace
      .filter((change) => change.original === original && engine.includes(change.engine ?? engine))
      .map(({ resource, changes }) => [resource, Object.keys(changes).sort()]),
  );
}

describeWithTerraform("On the hand-written original's state", () => {
  test.each(Object.keys(engines))(
    "%s replaces nothing but files on disk, and loses no password",
    async (stack) => {
      const { "terraform.tfvars": values = "", ...module } = moduleWith(stack).files;
      const names = engines[stack] ?? {};
      const pattern = new RegExp(`\\b(${Object.keys(names).join("|")})\\b`, "g");
      await using workspace = await Workspace.create({
        files: {
          "terraform.tfvars": values,
          "main.tf": original.replace(pattern, (name) => names[name] ?? name),
        },
      });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });

      // The password of the database is no longer in the state, and stays what it is.
      workspace.write("main.tf", "");
      for (const [name, content] of Object.entries(module)) workspace.write(name, content);
      const { code, diagnostics, actions } = await workspace.plan({ out: "plan" });
      expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
      const updated = await changedIn(workspace);
      expect(updated).toEqual(listed("byoc", stack));
      expect(actions).toEqual(
        Object.fromEntries([
          ...[...created, ...(alsoCreated[stack] ?? [])].map((address) => [address, "create"]),
          ...Object.keys(updated).map((address) => [address, "update"]),
          ...replaced.map((address) => [address, "replace"]),
        ]),
      );

      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
      const state = workspace.read("terraform.tfstate");
      expect(state).not.toContain("demo_iam_sasl_password");
      expect(JSON.stringify(await workspace.show())).not.toContain(
        stack === "aurora-mysql" ? "admin1234" : '"master_password":"postgres"',
      );
    },
  );

  test("of the seed's file for one account, the EC2 module changes no role and no policy", async () => {
    const given = workspaceOf({}, { db_master_password: "postgres" });
    await using workspace = await given;
    const module = Object.fromEntries(
      workspace.files().map((name) => [name, workspace.read(name)]),
    );
    for (const name of Object.keys(module)) rmSync(join(workspace.dir, name));
    workspace.write("main.tf", seed);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });

    rmSync(join(workspace.dir, "main.tf"));
    for (const [name, content] of Object.entries(module)) workspace.write(name, content);
    const { code, diagnostics, actions } = await workspace.plan({ out: "plan" });
    expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
    expect(await changedIn(workspace)).toEqual(listed("ec2", "postgres"));
    expect(actions).toEqual({
      'aws_cloudwatch_log_group.aurora["iam-db-auth-error"]': "create",
      'aws_cloudwatch_log_group.aurora["postgresql"]': "create",
      "aws_rds_cluster.aurora_pg": "update",
      "aws_rds_cluster_instance.aurora_pg_instance": "update",
      "aws_rds_cluster_parameter_group.aurora_pg_iam": "create",
      "aws_security_group.aurora_sg": "update",
      "local_file.cdc_cleanup_sql": "create",
      "local_file.cdc_setup_sql": "create",
      "local_file.insert_sql": "create",
      "local_file.pipeline_yaml": "create",
      "local_file.rds_ca": "create",
    });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });
});
