import { moduleWith, stacks } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace, type WorkspaceProps } from "../standin/workspace";
import { synthesized } from "../synthesized";

const modules = synthesized({ grant: "attach" });

type Answers = NonNullable<WorkspaceProps["answers"]>;

/** The original's two accounts, by the profiles that lead to them. */
const accounts: Answers = {
  "data.aws_caller_identity": ({ providerConfig }) => ({
    account_id: providerConfig.profile === "redpanda" ? "861276079005" : "211125444193",
  }),
  "data.redpanda_cluster": { region: "us-west-2", cluster_type: "byoc" },
};

function workspaceOf(stack: string, variables: object = {}, answers: Answers = {}) {
  return Workspace.create({
    files: { ...moduleWith(stack).files, ...modules.get(stack) },
    variables: { redpanda_aws_profile: "redpanda", ...variables },
    answers: { ...accounts, ...answers },
  });
}

describeWithTerraform("With --grant attach", () => {
  test.each(stacks)(
    "%s puts the policy of the artifact on the pipeline role before the pipeline starts",
    async (stack) => {
      await using workspace = await workspaceOf(stack);
      expect(await workspace.init()).toMatchObject({ code: 0 });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });

      const made = workspace.calls.filter(({ method }) => method === "ApplyResourceChange");
      const attached = made.findIndex(
        ({ config }) => config?.role === "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline",
      );
      expect(made[attached]).toMatchObject({
        type: "aws_iam_role_policy",
        config: {
          name:
            stack === "aurora-mysql"
              ? "demo-mysql-assume-dbconnect-policy"
              : "demo-postgres-assume-dbconnect-policy",
          policy: workspace.read("generated_x-account-rds-iam-policy.json"),
        },
        providerConfig: { profile: "redpanda", region: "us-west-2" },
      });
      expect(made.findIndex(({ type }) => type === "redpanda_pipeline")).toBeGreaterThan(attached);

      expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
      const output = await workspace.output();
      expect(Object.keys(output).filter((name) => /(at|de)tach/.test(name))).toEqual([]);
      expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
      expect([...workspace.objects.keys()]).toEqual([]);
    },
  );

  test.each<[string, object, Answers, string]>([
    [
      "a profile of another account than the cluster's",
      { redpanda_aws_profile: "se_demo2" },
      {},
      "redpanda_aws_profile leads to account 211125444193, and redpanda_aws_acct_id is 861276079005. Give the profile of Redpanda's account, or correct the id.",
    ],
    [
      "one account for both",
      {},
      { "data.aws_caller_identity": { account_id: "861276079005" } },
      "aws_profile leads to account 861276079005, which redpanda_aws_acct_id says is Redpanda's. The database must be in another account: set aws_profile to a profile of the account that owns it.",
    ],
    [
      "a user in place of the role",
      { trusted_principal_arn: "arn:aws:iam::861276079005:user/rpconnect" },
      {},
      "trusted_principal_arn is arn:aws:iam::861276079005:user/rpconnect, which is not a role. The apply attaches the policy only to a role: synthesize with --grant artifact for a user.",
    ],
    [
      "a role of another account",
      { trusted_principal_arn: "arn:aws:iam::123456789012:role/rpconnect" },
      {},
      "trusted_principal_arn is arn:aws:iam::123456789012:role/rpconnect, and redpanda_aws_acct_id is 861276079005. The apply attaches the policy only to a role in that account: correct one of them, or synthesize with --grant artifact.",
    ],
    [
      "a cluster that is not BYOC",
      {},
      { "data.redpanda_cluster": { region: "us-west-2", cluster_type: "dedicated" } },
      "redpanda_cluster_id is curl3eo533cmsnt23dv0, a cluster of type dedicated. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one.",
    ],
    [
      "another region than the cluster's",
      { redpanda_region: "us-east-2" },
      {},
      'redpanda_region is "us-east-2", and the cluster runs in us-west-2. Leave redpanda_region out, or correct it (Aurora\'s region, which may differ, is region).',
    ],
  ])("a plan refuses %s", async (_what, variables, answers, message) => {
    await using workspace = await workspaceOf("aurora-postgres", variables, answers);
    const { code, diagnostics } = await workspace.plan();
    expect(code).toBe(1);
    expect(diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0])).toContain(
      message,
    );
  });
});
