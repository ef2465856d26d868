import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Diagnosis } from "../../../commands/doctor/diagnosis";
import { checksOf } from "../../../commands/doctor/live/checks";
import { type Module, readModule } from "../../../commands/doctor/module";
import { asText, reportOn } from "../../../commands/doctor/report";
import { mysql } from "../../../engines/mysql";
import { postgres } from "../../../engines/postgres";
import { workspaceOf } from "../../module-workspace";
import { moduleWith } from "../../modules";
import { describeWithTerraform } from "../../standin/judges";
import { Workspace } from "../../standin/workspace";
import { examples } from "./examples";

/** The report on an example of an entry, with the module's names. */
function report(id: string, module: Module): string {
  const diagnosis = new Diagnosis();
  const { is, level = "ERROR" } = examples[id] ?? { is: "" };
  diagnosis.add({ message: is, level });
  return asText(reportOn(diagnosis, module));
}

/** Names in what `--live` asks that the module does not tell, and the master user's. */
function untold({ names, engine = postgres, topology = "byoc" }: Module): string[] {
  const questions = checksOf({ engine, topology }, names).map(({ question }) => question);
  const asked = [...JSON.stringify(questions).matchAll(/<([a-z][a-z_]+)>/g)];
  const all = ["db_cluster_endpoint", "db_username", "db_name", ...asked.map(([, name]) => name)];
  return [...new Set(all)].filter((name) => names[name ?? ""] === undefined) as string[];
}

describeWithTerraform("names from the state of an applied module", () => {
  let workspace: Workspace;
  let folder: string;
  beforeAll(async () => {
    workspace = await Workspace.create(moduleWith("aurora-postgres"));
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    folder = mkdtempSync(join(tmpdir(), "state-"));
  });
  afterAll(async () => {
    await workspace.close();
    rmSync(folder, { recursive: true });
  });

  test("of its folder", async () => {
    const { topology, engine, names } = readModule(workspace.dir);
    const outputs = await workspace.output();
    expect({ topology, engine }).toEqual({ topology: "byoc", engine: postgres });
    const { db_cluster_endpoint, rpcn_pipeline_id, db_setup_command } = outputs;
    expect(names).toMatchObject({
      db_cluster_endpoint,
      rpcn_pipeline_id,
      db_setup_command,
      region: "us-east-2",
      iam_auth_user: "iam_demo_user",
      db_name: "demo_db",
      db_cluster_identifier: "demo-postgres-aurora-pg",
      db_instance_identifier: "demo-postgres-aurora-pg-1",
      db_parameter_group: "demo-postgres-aurora-pg17-cluster-pg",
      db_security_group_id: expect.stringMatching(/^sg-0[0-9a-f]{16}$/),
      db_connect_role: "demo-postgres-allow_connect_to_aurora-iam-demo-user",
      trusted_principal_role_name: "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline",
      redpanda_cluster_id: "curl3eo533cmsnt23dv0",
      assume_role_policy: "demo-postgres-assume-dbconnect-policy",
      cdc_output_topic: "demo-postgres.iam_auth_topic_test",
      cdc_schema: "public",
      cdc_tables: '["iamuser_test"]',
      slot_name: "rpcn_iam_test",
      rp_sasl_user: "demo_postgres_iam_sasl_user",
      sasl_password_secret: "DEMO_POSTGRES_SASL_PASSWORD",
    });
  });

  test("of a cluster that is there, too", async () => {
    await using existing = await workspaceOf({
      engine: "mysql",
      topology: "ec2",
      aurora: "existing",
    });
    await existing.apply();
    expect(readModule(existing.dir).names).toMatchObject({
      db_cluster_identifier: "orders-mysql",
      db_cluster_endpoint: "orders-mysql.cluster-c0123456789a.us-east-2.rds.amazonaws.com",
      db_port: "3306",
      db_parameter_group: "orders-mysql-cdc",
      db_security_group_id: "sg-0a1b2c3d4e5f67890",
    });
  });

  test("are the same of terraform show -json and of the state file", async () => {
    const file = join(folder, "show.json");
    writeFileSync(file, JSON.stringify(await workspace.show()));
    const copy = join(folder, "copy.tfstate");
    copyFileSync(join(workspace.dir, "terraform.tfstate"), copy);
    expect(readModule(file)).toEqual(readModule(workspace.dir));
    expect(readModule(copy)).toEqual(readModule(workspace.dir));
  });

  test("of terraform output -json are those that outputs tell", async () => {
    const file = join(folder, "output.json");
    const { stdout } = await workspace.run(["output", "-json"]);
    writeFileSync(file, stdout);
    const all = readModule(workspace.dir);
    const { names, engine, topology } = readModule(file);
    expect({ engine, topology }).toEqual({ engine: postgres, topology: "byoc" });
    expect(all.names).toMatchObject(names);
    expect(names).toMatchObject({
      region: "us-east-2",
      db_cluster_identifier: "demo-postgres-aurora-pg",
      db_connect_role: "demo-postgres-allow_connect_to_aurora-iam-demo-user",
    });
  });

  test("leave no placeholder in what fixes a grant or a login, nor in the order of checks", () => {
    const module = readModule(workspace.dir);
    for (const id of ["P8", "P9", "P14", "P15", "P18", "P2", "P20", "P22", "P27", "O3", "E1"]) {
      expect(report(id, module)).not.toMatch(/<[a-z_]+>/);
    }
    expect(report("P29", module)).toContain("What to look at, in this order ");
    expect(report("P29", module)).not.toMatch(/<[a-z_]+>/);
  });

  test("are all that --live asks for", () => {
    expect(untold(readModule(workspace.dir))).toEqual([]);
  });

  test("say where the record and the module disagree", () => {
    expect(report("A9", readModule(workspace.dir)).replace(/\n/g, " ")).toContain(
      "The message says arn:aws:iam::111122223333:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline, and the module's trusted_principal_role_arn is arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline, so the db-connect role trusts another principal: correct redpanda_aws_acct_id, redpanda_cluster_id or trusted_principal_arn.",
    );
  });
});

describeWithTerraform("names of the MySQL module", () => {
  test("include the topic and the key of the position", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-mysql"));
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const module = readModule(workspace.dir);
    expect(module.engine).toBe(mysql);
    expect(module.names).toMatchObject({
      checkpoint_topic: "demo-mysql.cdc_checkpoints",
      checkpoint_key: "demo-mysql.iam_auth_topic_test",
      cdc_output_topic: "demo-mysql.iam_auth_topic_test",
      db_cluster_identifier: "demo-mysql-aurora-mysql",
    });
    expect(untold(module)).toEqual([]);
    for (const id of ["M2", "M5", "M7", "M10", "M13", "M17"]) {
      expect(report(id, module)).not.toMatch(/<[a-z_]+>/);
    }
  });
});
