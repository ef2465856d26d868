import { AdministratorPassword } from "../../constructs/administrator-password";
import { rendered } from "./rendered";

const password = (isThere?: string) =>
  rendered((around) => {
    const arn = around.given("local.master_secret_arn");
    return new AdministratorPassword(around, "password", {
      secret: { isThere: isThere ?? `${arn} != null`, arn },
      variable: "db_password",
    });
  });

test("the password, from its secret or from the variable", () => {
  expect(password()).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database user and tables
################################################################################

# Fetched at every plan and apply, and kept nowhere.
ephemeral "aws_secretsmanager_secret_version" "master" {
  count = local.master_secret_arn != null ? 1 : 0

  secret_id = local.master_secret_arn
}

locals {
  # An ephemeral value: neither the plan nor the state has it.
  master_password = local.master_secret_arn != null ? try(
    tostring(
      jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
    ),
    null
  ) : var.db_password
}

=== what it hands out
value: \${local.master_password}
precondition:
  condition: \${!(local.master_secret_arn != null) || can(regex("^\\".+\\"$", jsonencode(jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password)))}
  errorMessage: 'The secret \${local.master_secret_arn != null ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.'
`);
});

test("of a new cluster, a variable says which: its secret is not known when Terraform plans", () => {
  expect(password("var.manage_master_password").differenceTo(password())).toMatchInlineSnapshot(`
=== database.tf
@ ephemeral.aws_secretsmanager_secret_version.master
-  count = local.master_secret_arn != null ? 1 : 0
+  count = var.manage_master_password ? 1 : 0

@ local.master_password
-  master_password = local.master_secret_arn != null ? try(
+  master_password = var.manage_master_password ? try(

=== what it hands out
-  condition: \${!(local.master_secret_arn != null) || can(regex("^\\".+\\"$", jsonencode(jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password)))}
-  errorMessage: 'The secret \${local.master_secret_arn != null ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.'
+  condition: \${!(var.manage_master_password) || can(regex("^\\".+\\"$", jsonencode(jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password)))}
+  errorMessage: 'The secret \${var.manage_master_password ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.'
`);
});
