import { ec2Values, moduleWith, subnets } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import type { Values } from "../standin/values";
import { Workspace, type WorkspaceProps } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { workspaceOf } from "./ec2-workspace";

interface Plan {
  readonly flags?: Record<string, string>;
  readonly engine?: "postgres" | "mysql";
  readonly variables?: Record<string, unknown>;
  readonly answers?: WorkspaceProps["answers"];
}

/** What a plan says against values that are right each by itself. */
async function problems({ flags = {}, engine = "postgres", variables, answers }: Plan) {
  const ec2 = flags.topology === "ec2";
  const stack = `aurora-${engine}${ec2 ? "-ec2" : ""}`;
  await using workspace = await Workspace.create({
    files: {
      ...(ec2 ? {} : moduleWith(stack).files),
      ...synthesized({ ...flags, engine }).get(stack),
    },
    variables: { ...(ec2 && { ...ec2Values, engine_version: "17.4" }), ...variables },
    answers: { ...subnets, ...answers },
  });
  const { diagnostics } = await workspace.plan();
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ detail }) => detail.split("\n\nThis was checked by")[0]);
}

const withoutAuthErrors = {
  "data.aws_rds_engine_version": { exportable_log_types: ["error", "instance", "postgresql"] },
};
const withdrawn = { "data.aws_rds_engine_version": { status: "deprecated" } };
const dedicated = { "data.redpanda_cluster": { cluster_type: "dedicated" } };

describeWithTerraform("A plan tells what an apply would find out after seven minutes:", () => {
  test.each<[string, Plan, string]>([
    [
      "an engine version without the log that explains refused tokens",
      { answers: withoutAuthErrors },
      "engine_version is \"17.4\", which cannot export the logs iam-db-auth-error in us-east-2. Choose a newer one: `aws rds describe-db-engine-versions --engine aurora-postgresql --region us-east-2 --query 'DBEngineVersions[].EngineVersion'`.",
    ],
    [
      "the same for MySQL",
      { engine: "mysql", answers: withoutAuthErrors },
      "engine_version is \"8.0.mysql_aurora.3.10.3\", which cannot export the logs iam-db-auth-error in us-east-2. Choose a newer one: `aws rds describe-db-engine-versions --engine aurora-mysql --region us-east-2 --query 'DBEngineVersions[].EngineVersion'`.",
    ],
    [
      "the same for the topology ec2",
      { flags: { topology: "ec2" }, answers: withoutAuthErrors },
      "engine_version is \"17.4\", which cannot export the logs iam-db-auth-error in us-east-2. Choose a newer one: `aws rds describe-db-engine-versions --engine aurora-postgresql --region us-east-2 --query 'DBEngineVersions[].EngineVersion'`.",
    ],
    [
      "an engine version that AWS offers to no new cluster",
      { answers: withdrawn },
      "engine_version is \"17.4\", which is deprecated in us-east-2: only a cluster that runs it can keep it, and there is no demo-postgres-aurora-pg yet. Choose one that is available: `aws rds describe-db-engine-versions --engine aurora-postgresql --region us-east-2 --query 'DBEngineVersions[].EngineVersion'`.",
    ],
    [
      "the same for MySQL and the topology ec2",
      {
        engine: "mysql",
        flags: { topology: "ec2" },
        variables: { engine_version: "8.0.mysql_aurora.3.10.3" },
        answers: withdrawn,
      },
      "engine_version is \"8.0.mysql_aurora.3.10.3\", which is deprecated in us-east-2: only a cluster that runs it can keep it, and there is no aurora-iam-demo-mysql yet. Choose one that is available: `aws rds describe-db-engine-versions --engine aurora-mysql --region us-east-2 --query 'DBEngineVersions[].EngineVersion'`.",
    ],
    [
      "an engine version in which the slot stands still",
      { flags: { topology: "ec2" }, variables: { engine_version: "14.22" } },
      "engine_version is \"14.22\". Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Choose 15 or newer: `aws rds describe-db-engine-versions --engine aurora-postgresql --region us-east-2 --query 'DBEngineVersions[].EngineVersion'`.",
    ],
    [
      "credentials of Redpanda's account in place of the database's",
      { answers: { "data.aws_caller_identity": { account_id: "861276079005" } } },
      "aws_profile leads to account 861276079005, which redpanda_aws_acct_id says is Redpanda's. The database must be in another account: set aws_profile to a profile of the account that owns it.",
    ],
    [
      "a Redpanda cluster that is not there yet, and has no address",
      { answers: { "data.redpanda_cluster": { cluster_api_url: "", state: "STATE_CREATING" } } },
      'redpanda_cluster_id is curl3eo533cmsnt23dv0, a cluster without an address: it is in "STATE_CREATING". Wait until Redpanda Cloud shows it as running, and plan again.',
    ],
    [
      "a cluster without a pipeline role",
      { answers: dedicated },
      "redpanda_cluster_id is curl3eo533cmsnt23dv0, a cluster of type dedicated. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one.",
    ],
  ])("%s", async (_what, plan, message) => {
    expect(await problems(plan)).toEqual([message]);
  });

  test("a cluster that runs a version goes on with it when AWS withdraws it", async () => {
    let status = "available";
    const answers = { "data.aws_rds_engine_version": () => ({ status }) };
    await using workspace = await Workspace.create({ ...moduleWith("aurora-postgres"), answers });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    status = "deprecated";
    expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
    const address = "aws_rds_cluster.aurora";
    await workspace.run(["state", "rm", address]);
    // One that is to be imported.
    expect(await workspace.plan()).toMatchObject({ code: 0, actions: { [address]: "create" } });
    await workspace.run(["import", address, "demo-postgres-aurora-pg"]);
    // When AWS no longer lists it at all, a destroy that refreshes fails as a plan does.
    const heal = workspace.onCall(({ method, type }) =>
      method === "ReadDataSource" && type === "aws_rds_engine_version"
        ? { error: "no RDS engine versions match the criteria" }
        : undefined,
    );
    expect((await workspace.destroy()).code).toBe(1);
    const args = ["-refresh=false"];
    expect(await workspace.destroy({ args })).toMatchObject({ code: 0, diagnostics: [] });
    heal();
    const { code, diagnostics } = await workspace.plan();
    expect({ code, summaries: diagnostics.map(({ summary }) => summary) }).toEqual({
      code: 1,
      summaries: ["Resource precondition failed"],
    });
  });

  test("a cluster that runs PostgreSQL 14 goes on with a warning, and is destroyed", async () => {
    await using workspace = await workspaceOf({}, { engine_version: "15.17" });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const [cluster] = workspace.objectsOf("aws_rds_cluster");
    // As if it had been made before, by 0.1.0.
    Object.assign(cluster?.state ?? {}, { engine_version: "14.22" });
    const vars = { engine_version: "14.22" };
    const { code, diagnostics } = await workspace.apply({ vars });
    expect({ code, diagnostics }).toEqual({
      code: 0,
      diagnostics: [
        expect.objectContaining({
          severity: "warning",
          summary: "Check block assertion failed",
          detail:
            "aurora-pg-iam-demo runs 14.22. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes.",
        }),
      ],
    });
    expect((await workspace.destroy({ vars })).code).toBe(0);
  });

  test("a Redpanda cluster that loses its address does not take the topic with it", async () => {
    let cluster: Values = {};
    await using workspace = await Workspace.create({
      ...moduleWith("aurora-mysql"),
      answers: { "data.redpanda_cluster": () => cluster },
    });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    cluster = { cluster_api_url: "", state: "STATE_DELETING" };
    const { code, diagnostics } = await workspace.plan();
    expect({ code, details: diagnostics.map(({ detail }) => detail) }).toEqual({
      code: 1,
      details: [
        'redpanda_cluster_id is curl3eo533cmsnt23dv0, a cluster without an address: it is in "STATE_DELETING". Wait until Redpanda Cloud shows it as running, and plan again.',
      ],
    });
    expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
  });

  test("asks RDS for this engine in this version, be it one that new clusters cannot have", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    await workspace.plan();
    const asked = workspace.calls.filter(
      ({ method, type }) => method === "ReadDataSource" && type === "aws_rds_engine_version",
    );
    expect(asked).toMatchObject([
      { config: { engine: "aurora-postgresql", version: "17.4", include_all: true } },
    ]);
  });

  test.each<[string, Plan]>([
    [
      "a role of one's own in place of the pipeline role",
      { variables: { trusted_principal_arn: "arn:aws:iam::123456789012:role/rpconnect" } },
    ],
    ["an access key in place of the pipeline role", { flags: { credentials: "static" } }],
  ])("but not the cluster's type where there is %s", async (_what, plan) => {
    expect(await problems({ ...plan, answers: dedicated })).toEqual([]);
  });
});
