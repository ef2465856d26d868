import { moduleWith, stacks } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";

/** The documents that an apply with `variables` gives to IAM and to people. */
async function documents(stack: string, variables: Record<string, unknown> = {}) {
  await using workspace = await Workspace.create({ ...moduleWith(stack), variables });
  expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
  const [trust, tags, permission] = (await workspace.console(
    "[aws_iam_role.allow_connect_to_aurora_iam_demo_user.assume_role_policy, aws_iam_role.allow_connect_to_aurora_iam_demo_user.tags, aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy.policy]",
  )) as [string, object, string];
  return {
    trust: JSON.parse(trust),
    tags,
    permission: JSON.parse(permission),
    artifact: workspace.read("generated_x-account-rds-iam-policy.json"),
    output: await workspace.output(),
  };
}

describeWithTerraform("IAM", () => {
  test("the trust policy says what the hand-written one says: the pipeline role, and nobody else", async () => {
    const { trust, tags } = await documents("aurora-postgres");
    expect(trust).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TrustPipeline",
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline",
          },
          Action: "sts:AssumeRole",
        },
      ],
    });
    expect(tags).toEqual({ redpanda_scope_redpanda_connect: "true" });
  });

  test.each(stacks)(
    "the role of %s may connect as one user of one cluster, by its resource id",
    async (stack) => {
      const { permission, output } = await documents(stack);
      const account = String(output.iam_db_auth_role_arn).split(":")[4];
      expect(permission).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ConnectAsDatabaseUser",
            Effect: "Allow",
            Action: "rds-db:connect",
            Resource: `arn:aws:rds-db:us-east-2:${account}:dbuser:${output.aurora_instance_resource_id}/iam_demo_user`,
          },
        ],
      });
    },
  );

  test("the policy for the pipeline role is laid out for people", async () => {
    const { artifact, output } = await documents("aurora-mysql");
    expect(artifact).toBe(`{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "AssumeDbConnectRole",
            "Effect": "Allow",
            "Action": [
                "sts:AssumeRole"
            ],
            "Resource": [
                "${output.iam_db_auth_role_arn}"
            ],
            "Condition": {
                "StringEquals": {
                    "aws:ResourceTag/redpanda_scope_redpanda_connect": "true"
                }
            }
        }
    ]
}
`);
  });

  test("an external id is demanded", async () => {
    const { trust } = await documents("aurora-postgres", {
      external_id: "my-secret-external-id-123",
    });
    expect(trust.Statement).toEqual([
      {
        Sid: "TrustPipeline",
        Effect: "Allow",
        Principal: { AWS: expect.any(String) },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "my-secret-external-id-123" } },
      },
    ]);
  });

  test.each([
    ["role/teams/data/rpconnect", "role", "rpconnect"],
    ["user/rpconnect", "user", "rpconnect"],
  ])(
    "a self-hosted Connect's %s is trusted instead, and gets the policy",
    async (path, kind, name) => {
      const arn = `arn:aws:iam::123456789012:${path}`;
      const { trust, output } = await documents("aurora-postgres", { trusted_principal_arn: arn });
      expect(trust.Statement[0].Principal).toEqual({ AWS: arn });
      expect(output).toMatchObject({
        trusted_principal_role_arn: arn,
        trusted_principal_role_name: name,
        attach_policy_command: `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name demo-postgres-assume-dbconnect-policy --policy-document file://generated_x-account-rds-iam-policy.json`,
        detach_policy_command: `aws iam delete-${kind}-policy --${kind}-name ${name} --policy-name demo-postgres-assume-dbconnect-policy`,
      });
    },
  );
});
