import { AccessKeyUser } from "../../constructs/access-key-user";
import { rendered } from "./rendered";

test("a user, whose key a person makes and whom destroy takes along with it", () => {
  const user = rendered((around) => new AccessKeyUser(around, "access-key-user"));
  expect(user).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM user for the access key
################################################################################

resource "aws_iam_user" "redpanda_connect" {
  name = "\${var.name_prefix}-redpanda-connect"
  # Keys are created by hand; destroy deletes them too.
  force_destroy = true
}

=== outputs.tf
################################################################################
# IAM
################################################################################

output "create_access_key_command" {
  description = "Creates the access key and prints it: set TF_VAR_access_key_id and TF_VAR_secret_access_key to it and access_key_version to 1, and apply again."
  value       = "aws iam create-access-key --user-name \${aws_iam_user.redpanda_connect.name} --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}"
}

=== what it hands out
arn: \${aws_iam_user.redpanda_connect.arn}
ready:
  - aws_iam_user.redpanda_connect
`);
});

test("attachPolicy gives the user the policy", () => {
  const plain = rendered((around) => new AccessKeyUser(around, "access-key-user"));
  const attached = rendered((around) => {
    const user = new AccessKeyUser(around, "access-key-user");
    user.attachPolicy({
      name: around.given("local.assume_role_policy_name"),
      document: around.given("local.assume_db_connect_role_policy"),
    });
    return user;
  });
  expect(attached.differenceTo(plain)).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_user_policy.assume_db_connect_role
+resource "aws_iam_user_policy" "assume_db_connect_role" {
+  name   = local.assume_role_policy_name
+  user   = aws_iam_user.redpanda_connect.name
+  policy = local.assume_db_connect_role_policy
+}

=== what it hands out
-  - aws_iam_user.redpanda_connect
+  - aws_iam_user_policy.assume_db_connect_role
`);
});
