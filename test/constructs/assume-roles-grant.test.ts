import { AssumeRolesGrant } from "../../constructs/assume-roles-grant";
import { rendered } from "./rendered";

test("policies with the ARNs of roles, attached to the pipeline role", () => {
  expect(rendered((around) => new AssumeRolesGrant(around, "grant"))).toMatchInlineSnapshot(`
=== main.tf
data "aws_caller_identity" "redpanda" {
  lifecycle {
    postcondition {
      condition     = self.account_id == var.redpanda_aws_acct_id
      error_message = "redpanda_aws_profile leads to account \${self.account_id}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id."
    }
  }
}

# Read first, so that a mistake fails the plan.
data "aws_iam_role" "pipeline" {
  name = var.pipeline_role_name
}

# Exact ARNs, and no wildcard: a role that is not listed stays out of reach. New
# ones come last, so that no other moves from one policy to the next.
resource "aws_iam_policy" "assume_db_connect_roles" {
  count = length(var.db_connect_role_arns)

  name        = "\${var.policy_name_prefix}-assume-db-connect-roles-\${count.index + 1}"
  description = "Roles that log in to databases, for Redpanda Connect"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AssumeDbConnectRoles"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Resource  = var.db_connect_role_arns[count.index]
      Condition = { StringEquals = { "aws:ResourceTag/redpanda_scope_redpanda_connect" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "assume_db_connect_roles" {
  count = length(var.db_connect_role_arns)

  role       = data.aws_iam_role.pipeline.name
  policy_arn = aws_iam_policy.assume_db_connect_roles[count.index].arn
}

=== outputs.tf
output "policy_arns" {
  description = "The policies, as they are attached to the pipeline role."
  value       = aws_iam_policy.assume_db_connect_roles[*].arn
}

=== what it hands out
ready:
  - aws_iam_role_policy_attachment.assume_db_connect_roles
`);
});

test("what one policy grants: the roles, and only with the tag", () => {
  expect(AssumeRolesGrant.document(["arn:aws:iam::111122223333:role/orders"])).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AssumeDbConnectRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: ["arn:aws:iam::111122223333:role/orders"],
        Condition: { StringEquals: { "aws:ResourceTag/redpanda_scope_redpanda_connect": "true" } },
      },
    ],
  });
});
