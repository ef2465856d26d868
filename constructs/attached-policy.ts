import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";

export interface AttachedPolicyProps {
  /** The policy document that the artifact holds, as text. */
  readonly policy: string;
}

/**
 * Puts the policy on the pipeline role, in Redpanda's account, by a provider of its own.
 *
 * Redpanda reverts changes of the role's own policies; an inline policy that is added stays.
 */
export class AttachedPolicy extends Construct {
  /** What must exist before the pipeline can log in. */
  readonly attachment: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AttachedPolicyProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM in Redpanda's account" });

    const provider = new AwsProvider(this, "aws.redpanda", {
      alias: "redpanda",
      region: "${coalesce(var.redpanda_region, data.redpanda_cluster.byoc.region)}",
      profile: "${var.redpanda_aws_profile}",
    });
    layout(provider, { file: "versions.tf", comment: "The account that Redpanda runs in." });

    new DataAwsCallerIdentity(this, "aws_caller_identity.redpanda", {
      provider,
      lifecycle: {
        postcondition: [
          {
            condition: "${self.account_id == var.redpanda_aws_acct_id}",
            errorMessage:
              "redpanda_aws_profile leads to account ${self.account_id}, and redpanda_aws_acct_id is ${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id.",
          },
        ],
      },
    });

    const role = new DataAwsIamRole(this, "aws_iam_role.pipeline", {
      provider,
      name: "${local.trusted_principal_name}",
      lifecycle: {
        precondition: [
          {
            condition: '${local.trusted_principal_kind == "role"}',
            errorMessage:
              "trusted_principal_arn is ${local.trusted_principal_arn}, which is no role. Only a role can be given the policy here: synthesize with --grant artifact for a user.",
          },
          {
            // Looked up by name alone: a role of that name in Redpanda's account would get it.
            condition:
              '${strcontains(local.trusted_principal_arn, "::${var.redpanda_aws_acct_id}:")}',
            errorMessage:
              "trusted_principal_arn is ${local.trusted_principal_arn}, and redpanda_aws_acct_id is ${var.redpanda_aws_acct_id}. Only a role of that account can be given the policy here: correct one of them, or synthesize with --grant artifact.",
          },
          {
            condition:
              "${var.redpanda_region == null ? true : var.redpanda_region == data.redpanda_cluster.byoc.region}",
            errorMessage:
              "redpanda_region is ${jsonencode(var.redpanda_region)}, and the cluster runs in ${data.redpanda_cluster.byoc.region}. Leave redpanda_region out, or correct it (Aurora's region may well be another one: that is region).",
          },
        ],
      },
    });
    layout(role, {
      comment: "Read first, so that a plan already says what would fail after seven minutes.",
    });

    this.attachment = new IamRolePolicy(this, "aws_iam_role_policy.assume_db_connect_role", {
      provider,
      name: "${local.assume_role_policy_name}",
      role: role.name,
      policy: props.policy,
    });
  }
}
