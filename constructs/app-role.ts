import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable, type TerraformProvider } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen } from "../choices";
import { expression } from "../templates/expression";
import { prefixed } from "../variables/account";
import type { Assertion } from "./check";
import type { CurrentAccount } from "./current-account";

/** What may assume the app role, in AWS's terms. */
const hosts = {
  // In China the one ends in amazonaws.com.cn; the other is the same everywhere.
  ec2: { service: (dnsSuffix: string) => `ec2.${dnsSuffix}`, instanceProfile: true },
  ecs: { service: () => "ecs-tasks.amazonaws.com", instanceProfile: false },
} as const satisfies Record<Chosen<"host">, object>;

export interface AppRoleProps {
  readonly host: Chosen<"host">;
  /** End of the names of role, profile and policy. */
  readonly nameSuffix: string;
  /** The database account. */
  readonly databaseAccount: Pick<CurrentAccount, "id" | "dnsSuffix">;
  /** Configuration for the account of Redpanda Connect's host. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** The role of Redpanda Connect's host. It may assume one other role, and nothing else. */
export class AppRole extends Construct {
  readonly arn: string;
  /** Name of the profile by which an instance is given the role. @default - the host is no instance */
  readonly instanceProfileName?: string;
  readonly ready: readonly ITerraformDependable[];
  readonly #name: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AppRoleProps,
  ) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM of Redpanda Connect's host" });
    const { nameSuffix, databaseAccount, provider } = props;
    const { service, instanceProfile } = hosts[props.host];

    if (provider) new DataAwsCallerIdentity(this, "aws_caller_identity.app", { provider });
    const name = prefixed(`rpconnect-app-role${nameSuffix}`);
    const role = new IamRole(this, "aws_iam_role.rpconnect_app_role", {
      name,
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TrustHost",
            Effect: "Allow",
            Principal: { Service: service(databaseAccount.dnsSuffix) },
            Action: "sts:AssumeRole",
          },
        ],
      }),
      tags: { Name: name },
      provider,
      lifecycle: provider && { precondition: [isAnotherAccount(databaseAccount)] },
    });
    this.arn = role.arn;
    this.ready = [role];
    this.#name = role.name;

    if (instanceProfile) {
      const profile = new IamInstanceProfile(
        this,
        "aws_iam_instance_profile.rpconnect_app_profile",
        {
          name: prefixed(`rpconnect-app-instance-profile${nameSuffix}`),
          role: role.name,
          provider,
        },
      );
      this.instanceProfileName = profile.name;
    }
  }

  /** Lets the role assume another one, presenting `externalId` where one is demanded. */
  allowToAssume(roleArn: string, externalId?: string): void {
    const { nameSuffix, provider } = this.props;
    const policy = new IamPolicy(this, "aws_iam_policy.assume_db_access_policy", {
      name: prefixed(`AssumeDbAccessRolePolicy${nameSuffix}`),
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AssumeDbAccessRole",
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Resource: roleArn,
            ...(externalId
              ? { Condition: { StringEquals: { "sts:ExternalId": externalId } } }
              : {}),
          },
        ],
      }),
      provider,
    });
    layout(policy, {
      comment:
        "This one role and nothing else: no administrator access, and no trust in a whole account, because the two roles name each other.",
    });
    new IamRolePolicyAttachment(this, "aws_iam_role_policy_attachment.assume_db_access_attach", {
      role: this.#name,
      policyArn: policy.arn,
      provider,
    });
  }
}

const isAnotherAccount = (database: AppRoleProps["databaseAccount"]): Assertion => ({
  condition: expression(`data.aws_caller_identity.app.account_id != ${database.id}`),
  errorMessage: `aws_profile and app_aws_profile both lead to account ${database.id}. This module is for two accounts: give the other one's profile, or synthesize with --accounts one.`,
});
