import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";

/** Who may wear the app role, in AWS's terms. */
const hosts = {
  // In China the one ends in amazonaws.com.cn; the other is the same everywhere.
  ec2: { service: (dnsSuffix: string) => `ec2.${dnsSuffix}`, instanceProfile: true },
  ecs: { service: () => "ecs-tasks.amazonaws.com", instanceProfile: false },
} as const;

export type Host = keyof typeof hosts;

export interface AppRoleProps {
  readonly host: Host;
  /** End of the names of role, profile and policy. */
  readonly nameSuffix: string;
  /** End of service names in this partition, such as `amazonaws.com`. */
  readonly dnsSuffix: string;
  /** Configuration for the account of Redpanda Connect's host. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** The role that Redpanda Connect's host wears. It may assume one role, and nothing else. */
export class AppRole extends Construct {
  readonly arn: string;
  readonly #name: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AppRoleProps,
  ) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM of Redpanda Connect's host" });
    const { nameSuffix, dnsSuffix, provider } = props;
    const { service, instanceProfile } = hosts[props.host];

    if (provider) new DataAwsCallerIdentity(this, "aws_caller_identity.app", { provider });
    const role = new IamRole(this, "aws_iam_role.rpconnect_app_role", {
      name: `rpconnect-app-role${nameSuffix}`,
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service(dnsSuffix) },
            Action: "sts:AssumeRole",
          },
        ],
      }),
      tags: { Name: `rpconnect-app-role${nameSuffix}` },
      provider,
      lifecycle: provider && { precondition: [twoAccounts] },
    });
    this.arn = role.arn;
    this.#name = role.name;

    if (instanceProfile) {
      new IamInstanceProfile(this, "aws_iam_instance_profile.rpconnect_app_profile", {
        name: `rpconnect-app-instance-profile${nameSuffix}`,
        role: role.name,
        provider,
      });
    }
  }

  /** Lets the role assume another one, presenting `externalId` where one is demanded. */
  mayAssume(roleArn: string, externalId?: string): void {
    const { nameSuffix, provider } = this.props;
    const policy = new IamPolicy(this, "aws_iam_policy.assume_db_access_policy", {
      name: `AssumeDbAccessRolePolicy${nameSuffix}`,
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
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
        "This one role and nothing more: no administrator access, and no trust of a whole account, because the two roles name each other.",
    });
    new IamRolePolicyAttachment(this, "aws_iam_role_policy_attachment.assume_db_access_attach", {
      role: this.#name,
      policyArn: policy.arn,
      provider,
    });
  }
}

const twoAccounts = {
  condition:
    "${data.aws_caller_identity.app.account_id != data.aws_caller_identity.current.account_id}",
  errorMessage:
    "aws_profile and app_aws_profile both lead to account ${data.aws_caller_identity.current.account_id}. This module is for two accounts: give the other one's profile, or synthesize with --accounts one.",
};
