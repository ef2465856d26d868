import { parse } from "yaml";
import { upgraded } from "../releases/upgraded";
import { describeWithTerraform } from "../standin/judges";
import type { Workspace } from "../standin/workspace";
import { workspaceOf } from "./ec2-workspace";

const keyIn = (workspace: Workspace): unknown =>
  parse(workspace.read("generated_pipeline.yaml")).input.mysql_cdc.checkpoint_key;

describeWithTerraform("The key of MySQL's position", () => {
  test("stays as it was with the cluster that 0.1.0 made, and is another one with another cluster", async () => {
    await using workspace = await upgraded("aurora-mysql");
    const key = keyIn(workspace);
    expect((await workspace.plan()).actions).toMatchObject({
      "terraform_data.checkpoint_cluster": "create",
    });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(keyIn(workspace)).toBe(key);
    expect(keyIn(workspace)).toBe("demo-mysql.iam_auth_topic_test");

    // The key has nothing of the pipeline in it.
    const replaced = await workspace.apply({ args: ["-replace=redpanda_pipeline.pipeline"] });
    expect(replaced).toMatchObject({ code: 0, diagnostics: [] });
    expect(keyIn(workspace)).toBe("demo-mysql.iam_auth_topic_test");

    // As after a restore, or a blue/green switchover: the same name, and another cluster behind it.
    const [cluster] = workspace.objectsOf("aws_rds_cluster");
    Object.assign(cluster?.state ?? {}, { cluster_resource_id: "cluster-RESTORED" });
    expect((await workspace.plan()).actions).toMatchObject({
      "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy": "update",
      "redpanda_pipeline.pipeline": "update",
    });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(keyIn(workspace)).toBe("demo-mysql.iam_auth_topic_test-cluster-RESTORED");
    expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });

  test("on an instance is the cluster's own", async () => {
    await using workspace = await workspaceOf(
      { engine: "mysql" },
      {},
      { aws_rds_cluster: { cluster_resource_id: "cluster-U7CPSIZSCX2MPYNHKRETJG0HGE" } },
    );
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(keyIn(workspace)).toBe("rpconnect-cluster-U7CPSIZSCX2MPYNHKRETJG0HGE");
  });

  test.each([{ host: "ecs" }, { output: "redpanda" }] as const)(
    "is asked for where only a person knows what is kept, before an upgrade begins: %j",
    async (choices) => {
      await using workspace = await workspaceOf(
        { engine: "mysql", ...choices },
        { checkpoint_key: null },
      );
      const { code, diagnostics } = await workspace.plan();
      expect({ code, diagnostics }).toEqual({
        code: 1,
        diagnostics: [
          expect.objectContaining({
            severity: "error",
            summary: "No value for required variable",
            detail:
              'The root module input variable "checkpoint_key" is not set, and has no default value. Use a -var or -var-file command line argument to provide a value for this variable.',
          }),
        ],
      });
      expect(await workspace.apply({ vars: { checkpoint_key: "rpconnect" } })).toMatchObject({
        code: 0,
        diagnostics: [],
      });
      expect(keyIn(workspace)).toBe("rpconnect");
    },
  );
});
