import { moduleWith } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { workspaceOf } from "./ec2-workspace";

const recorded = "terraform_data.streamed_cluster";

/** As after a restore, or when a clone was given the name: the same names, another cluster behind them. */
function restore(workspace: Workspace, id: string): void {
  const [cluster] = workspace.objectsOf("aws_rds_cluster");
  Object.assign(cluster?.state ?? {}, { cluster_resource_id: id });
}

const idOf = (workspace: Workspace): unknown =>
  workspace.objectsOf("aws_rds_cluster")[0]?.state.cluster_resource_id;

const message = (old: unknown) =>
  `The cluster is cluster-RESTORED now, and the pipeline has read ${old} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=${recorded}, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more.`;

describeWithTerraform("Another PostgreSQL cluster behind the same names", () => {
  test.each([
    ["aurora-postgres", () => Workspace.create(moduleWith("aurora-postgres"))],
    ["aurora-postgres-ec2", () => workspaceOf({})],
  ])("is refused at plan until somebody says what is to be read: %s", async (_stack, start) => {
    await using workspace = await start();
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });

    const old = idOf(workspace);
    restore(workspace, "cluster-RESTORED");
    const { code, diagnostics } = await workspace.plan();
    expect({ code, details: diagnostics.map(({ detail }) => detail) }).toEqual({
      code: 1,
      details: [message(old)],
    });

    const said = { args: [`-replace=${recorded}`], vars: { stream_snapshot: true } };
    expect(await workspace.apply(said)).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
  });

  test("is refused as well where the same apply changes something of it", async () => {
    await using workspace = await workspaceOf({});
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    restore(workspace, "cluster-RESTORED");
    const vars = { db_master_password_version: 2 };
    const { code, diagnostics, actions } = await workspace.plan({ vars });
    expect({ code, errors: diagnostics.map(({ summary }) => summary) }).toEqual({
      code: 1,
      errors: ["Resource postcondition failed"],
    });
    expect(actions).toMatchObject({ "aws_rds_cluster.aurora_pg": "update" });
  });

  test("is none where Terraform itself replaces it or makes it anew, which begins empty", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const args = ["-replace=aws_rds_cluster.aurora"];
    expect(await workspace.apply({ args })).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });

    // Somebody has deleted it.
    const key = [...workspace.objects.keys()].find((one) => one.startsWith("aws_rds_cluster "));
    workspace.objects.delete(String(key));
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
  });

  test("does not keep anybody from destroying it", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    restore(workspace, "cluster-RESTORED");
    expect(await workspace.destroy()).toMatchObject({ code: 0 });
  });
});
