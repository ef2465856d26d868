import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Values } from "../standin/values";
import type { Workspace } from "../standin/workspace";

/** Takes the object of a type whose name, or a right's, ends like this, as somebody may do by hand. */
function take(workspace: Workspace, type: string, end = ""): () => void {
  const taken = [...workspace.objects].filter(
    ([, { type: is, state }]) =>
      is === type && String(state.name ?? state.resource_name ?? "").endsWith(end),
  );
  expect(taken).toHaveLength(1);
  for (const [key] of taken) workspace.objects.delete(key);
  return () => taken.map(([key, object]) => workspace.objects.set(key, object));
}

describeWithTerraform("A module that is applied", () => {
  describe.each(["postgres", "mysql"])("%s", (engine) => {
    let workspace: Workspace;
    beforeAll(async () => {
      // With everything in Redpanda that JSON has, and rights in the registry.
      workspace = await workspaceOf({ engine, format: "avro" });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    });
    afterAll(() => workspace.close());

    test("makes anew what somebody deleted in Redpanda, and nothing else", async () => {
      const deleted: readonly (readonly [address: string, type: string, end?: string])[] = [
        ["redpanda_pipeline.pipeline", "redpanda_pipeline"],
        ["redpanda_secret.sasl_password", "redpanda_secret"],
        ["redpanda_topic.topic", "redpanda_topic", ".iam_auth_topic_test"],
        ["redpanda_schema_registry_acl.registry_describe", "redpanda_schema_registry_acl", "*"],
        ...(engine === "mysql"
          ? [["redpanda_topic.checkpoints", "redpanda_topic", ".cdc_checkpoints"] as const]
          : []),
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

    test("keeps a setting of the topic that was made by hand", async () => {
      const topic = workspace
        .objectsOf("redpanda_topic")
        .find(({ state }) => String(state.name).endsWith(".iam_auth_topic_test"));
      const configuration = topic?.state.configuration as Values;
      Object.assign(topic?.state ?? {}, {
        configuration: { ...configuration, "retention.ms": "2592000000" },
      });
      expect((await workspace.apply()).actions).toEqual({});
      expect(topic?.state.configuration).toMatchObject({ "retention.ms": "2592000000" });
    });

    test("warns that a topic is no Iceberg table, where iceberg_mode is set too late", async () => {
      const { code, actions, diagnostics } = await workspace.plan({
        vars: { iceberg_mode: "key_value" },
      });
      expect({ code, actions, diagnostics }).toEqual({
        code: 0,
        actions: {},
        diagnostics: [
          {
            severity: "warning",
            summary: "Check block assertion failed",
            detail: `iceberg_mode is key_value, and the topic has disabled: Terraform sets it for a new topic alone. Set it by hand: rpk topic alter-config demo-${engine}.iam_auth_topic_test --set redpanda.iceberg.mode=key_value`,
          },
        ],
      });
    });

    test("is not downgraded where AWS has upgraded it: the plan shows both versions", async () => {
      const clusters = workspace.objectsOf("aws_rds_cluster", "aws_rds_cluster_instance");
      const newer = engine === "mysql" ? "8.0.mysql_aurora.3.10.9" : "17.9";
      const older = clusters.map(({ state }) => state.engine_version ?? null);
      for (const { state } of clusters) state.engine_version = newer;
      expect((await workspace.plan()).actions).toEqual({
        "aws_rds_cluster.aurora": "update",
        "aws_rds_cluster_instance.aurora_instance": "update",
      });
      expect((await workspace.plan({ vars: { engine_version: newer } })).actions).toEqual({});
      clusters.forEach(({ state }, i) => {
        state.engine_version = older[i] ?? null;
      });
    });

    test("would lose its database with another name_prefix, and the plan says so", async () => {
      const { actions } = await workspace.plan({ vars: { name_prefix: "other" } });
      expect(actions).toMatchObject({
        "aws_rds_cluster.aurora": "replace",
        "redpanda_topic.topic": "replace",
      });
    });
  });

  test("does not know of a pipeline whose answer was lost, and makes a second one", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    const heal = workspace.onCall(({ method, type, plannedState }) => {
      if (method !== "ApplyResourceChange" || type !== "redpanda_pipeline") return undefined;
      const state = { ...plannedState, id: "lost" };
      workspace.objects.set("lost", { provider: "redpanda", type, state });
      return { error: "failed to create pipeline", detail: "connection reset by peer" };
    });
    expect((await workspace.apply()).code).toBe(1);
    heal();
    expect(await workspace.apply()).toMatchObject({
      code: 0,
      diagnostics: [],
      actions: { "redpanda_pipeline.pipeline": "create" },
    });
    expect(workspace.objectsOf("redpanda_pipeline")).toHaveLength(2);
  });

  test("is not made where the role that is to be trusted does not exist", async () => {
    const arn = "arn:aws:iam::123456789012:role/none";
    await using workspace = await workspaceOf(
      { engine: "postgres" },
      { answers: { "data.aws_caller_identity": { account_id: "123456789012" } } },
    );
    const { code, diagnostics } = await workspace.apply({ vars: { trusted_principal_arn: arn } });
    expect({ code, errors: diagnostics.map(({ summary }) => summary) }).toEqual({
      code: 1,
      errors: [
        `creating IAM Role (demo-postgres-allow_connect_to_aurora-iam-demo-user): operation error IAM: CreateRole, https response error StatusCode: 400, MalformedPolicyDocument: Invalid principal in policy: "AWS":"${arn}"`,
      ],
    });
  });

  // Nothing can be found out about it: no data source lists users, and the topic has another name.
  test("has the password of another one that has the same rp_sasl_user, and its own in the secret", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    await workspace.apply();
    await workspace.run(["workspace", "new", "second"]);
    const vars = { name_prefix: "second", rp_sasl_password: "another-password-1" };
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    const written = workspace
      .objectsOf("redpanda_secret", "redpanda_user")
      .map(({ state, written }) => [state.name, ...Object.values(written ?? {})]);
    expect(Object.fromEntries(written)).toEqual({
      DEMO_POSTGRES_SASL_PASSWORD: "demo_iam_sasl_password",
      SECOND_SASL_PASSWORD: "another-password-1",
      demo_postgres_iam_sasl_user: "demo_iam_sasl_password",
    });
  });
});
