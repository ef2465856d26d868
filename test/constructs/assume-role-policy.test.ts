import { AssumeRolePolicy } from "../../constructs/assume-role-policy";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";

test("the policy as text and as a file, and what it is put on", () => {
  const policy = rendered(
    (around) =>
      new AssumeRolePolicy(around, "assume-role-policy", {
        files: generatedFiles(around),
        dbConnectRoleArn: around.given("aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn"),
        trustedPrincipal: { arn: around.given("local.trusted_principal_arn") },
      }),
  );
  expect(policy).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM
################################################################################

locals {
  # For the principal that the role trusts. Text instead of jsonencode, laid out
  # for the people who read and paste it.
  assume_db_connect_role_policy = <<-EOT
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "AssumeDbConnectRole",
                "Effect": "Allow",
                "Action": [
                    "sts:AssumeRole"
                ],
                "Resource": [
                    "\${aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn}"
                ],
                "Condition": {
                    "StringEquals": {
                        "aws:ResourceTag/redpanda_scope_redpanda_connect": "true"
                    }
                }
            }
        ]
    }
  EOT

  trusted_principal_name  = basename(local.trusted_principal_arn)
  assume_role_policy_name = "\${var.name_prefix}-assume-dbconnect-policy"
  fetch_iam_policy_json   = var.write_files ? "" : "terraform output -raw iam_policy_json >\\"$d\\"/x-account-rds-iam-policy.json && "
}

resource "local_file" "iam_policy_json" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}x-account-rds-iam-policy.json"
  content         = local.assume_db_connect_role_policy
  file_permission = "0600"
}

=== what it hands out
file:
  path: \${local.files}x-account-rds-iam-policy.json
  content: \${local.assume_db_connect_role_policy}
  fetch: \${local.fetch_iam_policy_json}
  filename: \${join("", local_file.iam_policy_json[*].filename)}
  outputs:
    iam_policy_json:
      - '\${var.write_files ? "" : local.assume_db_connect_role_policy}'
      - Policy that lets the trusted role (or user) assume the db-connect role. Empty where write_files is true.
  ready:
    - local_file.iam_policy_json
document: \${local.assume_db_connect_role_policy}
name: \${local.assume_role_policy_name}
principalName: \${local.trusted_principal_name}
ready:
  - local_file.iam_policy_json
`);
});
