import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Workspace } from "../standin/workspace";

/** Takes the objects of a type whose name ends like this, as somebody may do by hand. */
function take(workspace: Workspace, type: string, end = ""): () => void {
  const taken = [...workspace.objects].filter(
    ([, object]) => object.type === type && String(object.state.name ?? "").endsWith(end),
  );
  expect(taken).toHaveLength(1);
  for (const [key] of taken) workspace.objects.delete(key);
  return () => taken.map(([key, object]) => workspace.objects.set(key, object));
}

describeWithTerraform("A module that is applied", () => {
  describe.each(["postgres", "mysql"])("%s", (engine) => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = await workspaceOf({ engine });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    });
    afterAll(() => workspace.close());

    test("makes anew what somebody deleted in Redpanda, and nothing else", async () => {
      const topics = engine === "mysql" ? [".cdc_checkpoints"] : [];
      const deleted: [address: string, type: string, end?: string][] = [
        ["redpanda_pipeline.pipeline", "redpanda_pipeline"],
        ["redpanda_secret.sasl_password", "redpanda_secret"],
        ["redpanda_topic.topic", "redpanda_topic", ".iam_auth_topic_test"],
        ...topics.map(
          (end) =>
            ["redpanda_topic.checkpoints", "redpanda_topic", end] satisfies [
              string,
              string,
              string,
            ],
        ),
      ];
      for (const [address, type, end] of deleted) {
        const putBack = take(workspace, type, end);
        const { code, diagnostics, actions } = await workspace.plan();
        expect({ code, diagnostics, actions }).toEqual({
          code: 0,
          diagnostics: [],
          actions: { [address]: "create" },
        });
        putBack();
      }
      expect((await workspace.plan()).actions).toEqual({});
    });

    test("would lose its database with another name_prefix, and the plan says so", async () => {
      const { actions } = await workspace.plan({ vars: { name_prefix: "other" } });
      expect(actions).toMatchObject({
        "aws_rds_cluster.aurora": "replace",
        "redpanda_topic.topic": "replace",
      });
    });
  });

  // Nothing can be found out about it: no data source lists users, and the topic has another name.
  test("has the password of another one that has the same rp_sasl_user, and its own in the secret", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    await workspace.apply();
    await workspace.run(["workspace", "new", "second"]);
    const vars = { name_prefix: "second", rp_sasl_password: "another-password-1" };
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    const written = [...workspace.objects.values()]
      .filter(({ type }) => ["redpanda_secret", "redpanda_user"].includes(type))
      .map(({ state, written }) => [state.name, ...Object.values(written ?? {})]);
    expect(Object.fromEntries(written)).toEqual({
      DEMO_POSTGRES_SASL_PASSWORD: "demo_iam_sasl_password",
      SECOND_SASL_PASSWORD: "another-password-1",
      demo_postgres_iam_sasl_user: "demo_iam_sasl_password",
    });
  });
});
