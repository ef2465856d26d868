import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Files } from "../outputs/output";
import { expression } from "../templates/expression";
import { GeneratedFile } from "./generated-file";
import type { TrustedPrincipal } from "./trusted-principal";

export interface AssumeRolePolicyProps {
  readonly files: Files;
  readonly dbConnectRoleArn: string;
  readonly trustedPrincipal: Pick<TrustedPrincipal, "arn">;
}

/**
 * The policy for the principal that the db-connect role trusts: it may assume that role, on
 * condition that the role carries the tag. Written to a file, for somebody to attach.
 */
export class AssumeRolePolicy extends Construct {
  /** The same as a file. */
  readonly file: GeneratedFile;
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

    this.document = policy.asString;
    this.file = new GeneratedFile(this, "file", {
      files: props.files,
      address: "iam_policy_json",
      name: "x-account-rds-iam-policy.json",
      content: this.document,
      permission: "0600",
      output: [
        "iam_policy_json",
        "Policy that lets the trusted role (or user) assume the db-connect role.",
      ],
    });
    this.ready = this.file.ready;
  }
}
