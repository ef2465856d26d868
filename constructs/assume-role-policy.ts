import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { LocalFile } from "../providers/local";
import { expression } from "../templates/expression";
import type { TrustedPrincipal } from "./trusted-principal";

export interface AssumeRolePolicyProps {
  readonly dbConnectRoleArn: string;
  readonly trustedPrincipal: Pick<TrustedPrincipal, "arn">;
}

/**
 * The policy for the principal that the db-connect role trusts: it may assume that role, on
 * condition that the role carries the tag. Written to a file, for somebody to attach.
 */
export class AssumeRolePolicy extends Construct {
  /** Path of the file, from the module's folder. */
  readonly file: string;
  /** The document, as text. */
  readonly document: string;
  /** The name under which it is attached to the principal. */
  readonly name: string;
  /** Name of the principal in IAM. */
  readonly principalName: string;
  /** What must exist before somebody attaches it. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AssumeRolePolicyProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM" });

    const policy = new TerraformLocal(
      this,
      "local.assume_db_connect_role_policy",
      `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "AssumeDbConnectRole",
            "Effect": "Allow",
            "Action": [
                "sts:AssumeRole"
            ],
            "Resource": [
                "${props.dbConnectRoleArn}"
            ],
            "Condition": {
                "StringEquals": {
                    "aws:ResourceTag/redpanda_scope_redpanda_connect": "true"
                }
            }
        }
    ]
}
`,
    );
    layout(policy, {
      comment:
        "For the principal that the role trusts. Text instead of jsonencode, laid out for the people who read and paste it.",
    });

    // What the policy is attached to, and under which name: by a command, or by the apply.
    const { arn } = props.trustedPrincipal;
    const principal = new TerraformLocal(
      this,
      "local.trusted_principal_name",
      expression(`basename(${arn})`),
    );
    const name = new TerraformLocal(
      this,
      "local.assume_role_policy_name",
      "${var.name_prefix}-assume-dbconnect-policy",
    );
    this.principalName = principal.asString;
    this.name = name.asString;

    const file = new LocalFile(this, "local_file.iam_policy_json", {
      filename: "${path.module}/generated_x-account-rds-iam-policy.json",
      content: policy.asString,
      filePermission: "0600",
    });
    this.file = file.filename;
    this.document = policy.asString;
    this.ready = [file];
  }
}
