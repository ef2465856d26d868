import { parse } from "yaml";
import { connectProgram, FIRST_BUILD_MS, lint, whyNoConnect } from "../connect/connect";
import { moduleWith, stacks } from "../modules";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";

const modules = synthesized({ credentials: "static" });

/** It looks like a key and is none. */
const key = {
  access_key_id: "AKIASTANDIN000000000",
  secret_access_key: "0".repeat(40),
};

/** The original's values, without those that this chain does not have. */
function workspaceOf(stack: string): Promise<Workspace> {
  const { "terraform.tfvars": values = "" } = moduleWith(stack).files;
  return Workspace.create({
    files: {
      ...modules.get(stack),
      "terraform.tfvars": values.replace(/^redpanda_aws_acct_id.*$/m, ""),
    },
  });
}

describeUnless(missingTerraform(), "With --credentials static", () => {
  test.each(stacks)("%s waits for a key, then streams, and goes without a trace", async (stack) => {
    await using workspace = await workspaceOf(stack);
    expect(await workspace.init()).toMatchObject({ code: 0 });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const prefix = stack === "aurora-mysql" ? "demo-mysql" : "demo-postgres";
    const before = await workspace.output();
    expect(before).toMatchObject({
      create_access_key_command: `aws iam create-access-key --user-name ${prefix}-redpanda-connect --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text --profile se_demo`,
      trusted_principal_role_name: `${prefix}-redpanda-connect`,
      logs_command: "# there is no pipeline yet: it waits for access_key_version",
      first_row_command: "# there is no pipeline yet: it waits for access_key_version",
    });
    expect(before.rpcn_pipeline_id).toBeUndefined();
    expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });

    const vars = { ...key, access_key_version: 1 };
    expect((await workspace.plan({ vars })).actions).toEqual({
      "redpanda_pipeline.pipeline[0]": "create",
      "redpanda_secret.access_key_id[0]": "create",
      "redpanda_secret.secret_access_key[0]": "create",
      "local_file.pipeline_yaml[0]": "replace",
    });
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    expect((await workspace.plan({ vars })).changes).toEqual({ add: 0, change: 0, remove: 0 });
    const after = await workspace.output();
    expect(after.logs_command).toBe(
      `rpk topic consume __redpanda.connect.logs --offset end --format '%k %v\\n' | grep --line-buffered '^${after.rpcn_pipeline_id} '`,
    );
    expect(after.first_row_command).toMatch(/^sh first_row\.sh demo-\w+\.iam_auth_topic_test /);

    const { aws } = parse(workspace.read("generated_pipeline.yaml")).input[
      stack === "aurora-mysql" ? "mysql_cdc" : "postgres_cdc"
    ];
    const secret = prefix.toUpperCase().replace("-", "_");
    expect(aws).toMatchObject({
      id: `\${secrets.${secret}_AWS_ACCESS_KEY_ID}`,
      secret: `\${secrets.${secret}_AWS_SECRET_ACCESS_KEY}`,
      roles: [{ role: before.iam_db_auth_role_arn }],
    });
    expect(
      workspace.calls
        .filter(
          ({ method, type }) => method === "ApplyResourceChange" && type === "redpanda_secret",
        )
        .map(({ config }) => [config?.name, config?.secret_data]),
    ).toEqual(
      expect.arrayContaining([
        [`${secret}_AWS_ACCESS_KEY_ID`, key.access_key_id],
        [`${secret}_AWS_SECRET_ACCESS_KEY`, key.secret_access_key],
      ]),
    );
    // The key is made by hand, and AWS keeps a user that has one.
    const [user] = workspace.objectsOf("aws_iam_user");
    expect(user?.state.force_destroy).toBe(true);
    expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    expect([...workspace.objects.keys()]).toEqual([]);
  });
});

describeUnless(
  [...missingTerraform(), ...whyNoConnect()],
  "Redpanda Connect, with an access key",
  () => {
    beforeAll(connectProgram, FIRST_BUILD_MS);

    test.each(stacks)("has nothing to say against the pipeline of %s", async (stack) => {
      await using workspace = await workspaceOf(stack);
      await workspace.apply({ vars: { ...key, access_key_version: 1 } });
      const { lints, variables } = await lint(workspace.read("generated_pipeline.yaml"));
      expect(lints).toEqual([]);
      expect(variables).toHaveLength(4);
    });
  },
);
