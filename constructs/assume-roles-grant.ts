import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable, ref, TerraformOutput, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { expression } from "../templates/expression";
import { RedpandaIdentity } from "./redpanda-identity";

/**
 * Managed policies by which the pipeline role of a Redpanda cluster may assume the db-connect roles of
 * many pipelines, each by its exact ARN.
 */
export class AssumeRolesGrant extends Construct {
  /** Characters that a policy may have, without blanks: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  static readonly policyLimit = 6144;

  /** What one policy grants: these roles, if they carry the tag. */
  static document(roleArns: readonly string[] | string) {
    return {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeDbConnectRoles",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: roleArns,
          Condition: {
            StringEquals: { "aws:ResourceTag/redpanda_scope_redpanda_connect": "true" },
          },
        },
      ],
    };
  }

  /** What must exist before a pipeline can log in. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    layout(this, { file: "main.tf" });

    new RedpandaIdentity(this, "redpanda-identity");
    const role = new DataAwsIamRole(this, "aws_iam_role.pipeline", {
      name: "${var.pipeline_role_name}",
    });
    layout(role, { comment: "Read first, so that a mistake fails the plan." });

    const policy = new IamPolicy(this, "aws_iam_policy.assume_db_connect_roles", {
      name: "${var.policy_name_prefix}-assume-db-connect-roles-${count.index + 1}",
      description: "Roles that log in to databases, for Redpanda Connect",
      policy: Fn.jsonencode(
        AssumeRolesGrant.document(Token.asString(ref("var.db_connect_role_arns[count.index]"))),
      ),
    });
    policy.addOverride("count", "${length(var.db_connect_role_arns)}");
    layout(policy, {
      comment:
        "Exact ARNs, and no wildcard: a role that is not listed stays out of reach. New ones come last, so that no other moves from one policy to the next.",
    });
    const attachment = new IamRolePolicyAttachment(
      this,
      "aws_iam_role_policy_attachment.assume_db_connect_roles",
      {
        role: role.name,
        policyArn: expression("aws_iam_policy.assume_db_connect_roles[count.index].arn"),
      },
    );
    attachment.addOverride("count", "${length(var.db_connect_role_arns)}");
    this.ready = [attachment];
    new TerraformOutput(this, "output.policy_arns", {
      description: "The policies, as they are attached to the pipeline role.",
      value: "${aws_iam_policy.assume_db_connect_roles[*].arn}",
    });
  }
}
