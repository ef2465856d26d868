import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";

/** Who may wear the app role, in AWS's terms. */
export const hosts = {
  ec2: { service: "ec2.amazonaws.com", instanceProfile: true },
  ecs: { service: "ecs-tasks.amazonaws.com", instanceProfile: false },
} as const;

export type Host = keyof typeof hosts;

export interface AppRoleProps {
  readonly host: Host;
  /** End of the names of role, profile and policy. */
  readonly nameSuffix: string;
  /** Configuration for the account of Redpanda Connect's host. @default - the stack's own */
  readonly provider?: TerraformProvider;
  /** What must hold before the role is made. @default - nothing */
  readonly precondition?: { readonly condition: string; readonly errorMessage: string };
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
    const { nameSuffix, provider, precondition } = props;
    const { service, instanceProfile } = hosts[props.host];

    const role = new IamRole(this, "aws_iam_role.rpconnect_app_role", {
      name: `rpconnect-app-role${nameSuffix}`,
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      }),
      tags: { Name: `rpconnect-app-role${nameSuffix}` },
      provider,
      lifecycle: precondition && { precondition: [precondition] },
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
        "This one role and nothing more: neither administrator access nor a trust of the whole other account is needed, because the roles name each other.",
    });
    new IamRolePolicyAttachment(this, "aws_iam_role_policy_attachment.assume_db_access_attach", {
      role: this.#name,
      policyArn: policy.arn,
      provider,
    });
  }
}
