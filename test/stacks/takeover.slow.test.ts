import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { engines } from "../../engines";
import type { Engine } from "../../engines/engine";
import { postgres } from "../../engines/postgres";
import { type Change, changesOfOriginal, changesOfSeed } from "../../pages/takeover";
import { moduleWith } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { workspaceOf } from "./ec2-workspace";

const originalEc2 = readFileSync(join(__dirname, "../fixtures/original/ec2.tf"), "utf8");
const original = readFileSync(join(__dirname, "../fixtures/original/main.tf"), "utf8");

/** The names in the fixture that depend on the engine. */
const namesOf: Record<string, Record<string, string>> = {
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
  "local_file.cdc_cleanup_sql[0]",
  "local_file.cdc_setup_sql[0]",
  "local_file.insert_sql[0]",
  "local_file.rds_ca[0]",
  "redpanda_secret.sasl_password",
];

const createdFor: Record<string, string[]> = {
  "aurora-postgres": [
    'aws_cloudwatch_log_group.aurora["postgresql"]',
    "terraform_data.streamed_cluster",
  ],
  "aurora-mysql": [
    'aws_cloudwatch_log_group.aurora["error"]',
    "redpanda_acl.checkpoints_describe",
    "redpanda_acl.checkpoints_read",
    "redpanda_acl.checkpoints_write",
    "redpanda_topic.checkpoints",
    "terraform_data.checkpoint_cluster",
  ],
};

/** What a plan changes of what is there, and what it makes; nothing else may be in it. */
async function planned(workspace: Workspace) {
  const { code, diagnostics, actions } = await workspace.plan({ out: "plan" });
  expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
  const { resource_changes: changes } = await workspace.show("plan");
  const changed = Object.entries(actions)
    .filter(([, action]) => action !== "create")
    .map(([address, action]) => {
      const { change } = changes.find((one: { address: string }) => one.address === address);
      const { before, after, after_unknown: unknown } = change;
      const differing = Object.keys(after).filter(
        (name) => !isDeepStrictEqual(before[name], after[name]),
      );
      return [
        // Whether there are files at all is a choice by now.
        address.replace(/^(local_file\.\w+)\[0\]$/, "$1"),
        { action, arguments: differing.filter((name) => unknown[name] !== true).sort() },
      ];
    });
  return {
    created: Object.keys(actions)
      .filter((address) => actions[address] === "create")
      .sort(),
    changed: Object.fromEntries(changed),
  };
}

/** A resource in a plan, as `terraform show -json` has it. */
interface PlannedChange {
  readonly type: string;
  readonly change: { readonly before: object; readonly after: object };
}

/** Arguments, in whose policies no statement has a Sid. */
function withoutSid(values: object): unknown {
  return JSON.parse(JSON.stringify(values).replace(/,\\"Sid\\":\\"\w+\\"/g, ""));
}

/** The same, as the list says it, which has a reason for each. */
function listed(changes: readonly Change[]): object {
  const resources = [...new Set(changes.map(({ resource }) => resource))];
  return Object.fromEntries(
    resources.map((resource) => {
      const own = changes.filter((change) => change.resource === resource);
      return [
        resource,
        {
          action: own.some(({ replaced }) => replaced) ? "replace" : "update",
          arguments: own.flatMap((change) => change.arguments).sort(),
        },
      ];
    }),
  );
}

test("nothing is replaced but files on the disk of whoever applies, and every change has a reason", () => {
  const all = [...engines.flatMap(changesOfOriginal), ...engines.flatMap(changesOfSeed)];
  const replaced = all.filter((change) => change.replaced).map(({ resource }) => resource);
  expect(replaced.filter((resource) => !resource.startsWith("local_file."))).toEqual([]);
  expect(all.filter(({ reason }) => !/^[A-Z0-9].{20,}[.]$/.test(reason))).toEqual([]);
});

describeWithTerraform("On the hand-written original's state", () => {
  test.each(Object.keys(namesOf))(
    "%s replaces nothing but files on disk, and loses no password",
    async (stack) => {
      const { "terraform.tfvars": values = "", ...module } = moduleWith(stack).files;
      const names = namesOf[stack] ?? {};
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
      const engine = engines.find(({ names }) => names.byoc.stack === stack) as Engine;
      expect(await planned(workspace)).toEqual({
        created: [...created, ...(createdFor[stack] ?? [])].sort(),
        changed: listed(changesOfOriginal(engine)),
      });

      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
      const state = workspace.read("terraform.tfstate");
      expect(state).not.toContain("demo_iam_sasl_password");
      expect(JSON.stringify(await workspace.show())).not.toContain(
        stack === "aurora-mysql" ? "admin1234" : '"master_password":"postgres"',
      );
    },
  );

  test("of the original for one account, the EC2 module gives statements a Sid, and allows what they allowed", async () => {
    const given = workspaceOf({}, { db_master_password: "postgres" });
    await using workspace = await given;
    const module = Object.fromEntries(
      workspace.files().map((name) => [name, workspace.read(name)]),
    );
    for (const name of Object.keys(module)) rmSync(join(workspace.dir, name));
    workspace.write("main.tf", originalEc2);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });

    rmSync(join(workspace.dir, "main.tf"));
    for (const [name, content] of Object.entries(module)) workspace.write(name, content);
    expect(await planned(workspace)).toEqual({
      created: [
        'aws_cloudwatch_log_group.aurora["iam-db-auth-error"]',
        'aws_cloudwatch_log_group.aurora["postgresql"]',
        "aws_rds_cluster_parameter_group.aurora_pg_iam",
        "local_file.cdc_cleanup_sql[0]",
        "local_file.cdc_setup_sql[0]",
        "local_file.insert_sql[0]",
        "local_file.pipeline_yaml[0]",
        "local_file.rds_ca[0]",
        "terraform_data.streamed_cluster",
      ],
      changed: listed(changesOfSeed(postgres)),
    });
    const { resource_changes: changes } = await workspace.show("plan");
    const iam = (changes as PlannedChange[]).filter(({ type }) => type.startsWith("aws_iam_"));
    expect(iam.length).toBeGreaterThan(4);
    expect(iam.map(({ change }) => withoutSid(change.after))).toEqual(
      iam.map(({ change }) => withoutSid(change.before)),
    );
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });
});
