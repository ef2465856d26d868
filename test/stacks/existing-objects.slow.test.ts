import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Flags } from "../combinations";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Workspace } from "../standin/workspace";

/** What a create takes over where it is there already, without a word. */
const takenOver = ["aws_iam_role_policy", "redpanda_acl", "redpanda_secret", "redpanda_user"];

/** The passwords that Redpanda knows, of the user and in the pipeline's secret. */
const passwords = (workspace: Workspace) =>
  workspace
    .objectsOf("redpanda_secret", "redpanda_user")
    .flatMap(({ written }) => Object.values(written ?? {}));

/** What the state has of Redpanda's, and of its account. */
async function inState(workspace: Workspace): Promise<string[]> {
  const { stdout } = await workspace.run(["state", "list"]);
  return stdout.split("\n").filter((address) => /^redpanda_|assume_db_connect_role$/.test(address));
}

describeWithTerraform("What Redpanda has already", () => {
  test.each<Flags>([{ engine: "postgres" }, { engine: "mysql", grant: "attach" }])(
    "is not taken over by a second module with the same name_prefix: %j",
    async (flags) => {
      await using workspace = await workspaceOf(flags);
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      const before = workspace.objectsOf(...takenOver);
      expect(passwords(workspace)).toEqual(["demo_iam_sasl_password", "demo_iam_sasl_password"]);

      await workspace.run(["workspace", "new", "second"]);
      // In another account, where no name of AWS's is taken.
      const vars = { aws_profile: "other", rp_sasl_password: "another-password-1" };
      const { code, diagnostics } = await workspace.apply({ vars });
      expect({ code, errors: diagnostics.map(({ summary }) => summary).sort() }).toEqual({
        code: 1,
        errors: topicsOf(flags).map(
          (name) => `Failed to create topic; topic "demo-${flags.engine}.${name}" already exists`,
        ),
      });
      expect(await inState(workspace)).toEqual([]);

      expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect(workspace.objectsOf(...takenOver)).toEqual(before);
    },
  );

  test("is not taken over after the state was lost", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    await workspace.apply();
    rmSync(join(workspace.dir, "terraform.tfstate"));
    const { code } = await workspace.apply({ vars: { rp_sasl_password: "another-password-1" } });
    expect(code).toBe(1);
    expect(await inState(workspace)).toEqual([]);
    expect(passwords(workspace)).toEqual(["demo_iam_sasl_password", "demo_iam_sasl_password"]);
  });

  // The provider takes a name that does not resolve, and a refused permission, for objects that are gone.
  test("and a plan did not see is made no second time: topic and pipeline are imported", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    await workspace.apply();
    const before = workspace.objectsOf("redpanda_pipeline", "redpanda_topic", ...takenOver);
    const heal = workspace.onCall(({ method, type }) =>
      method === "ReadResource" && type.startsWith("redpanda_") ? { dropped: true } : undefined,
    );
    expect(await workspace.apply()).toMatchObject({
      code: 1,
      diagnostics: [{ address: "redpanda_topic.topic" }],
    });
    heal();
    const [topic, pipeline] = ["redpanda_topic", "redpanda_pipeline"].map(
      (type) => `${workspace.objectsOf(type)[0]?.state.id},curl3eo533cmsnt23dv0`,
    );
    await workspace.run(["import", "redpanda_topic.topic", String(topic)]);
    await workspace.run(["import", "redpanda_pipeline.pipeline", String(pipeline)]);
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(workspace.objectsOf("redpanda_pipeline", "redpanda_topic", ...takenOver)).toEqual(
      before,
    );
    expect((await workspace.plan()).actions).toEqual({});
  });
});

const topicsOf = ({ engine }: Flags) => [
  ...(engine === "mysql" ? ["cdc_checkpoints"] : []),
  "iam_auth_topic_test",
];
