import type { Assertion } from "../../constructs/check";
import { DbConnectRole } from "../../constructs/db-connect-role";
import { rendered } from "./rendered";

const dbConnectRole = (preconditions?: readonly Assertion[]) =>
  rendered(
    (around) =>
      new DbConnectRole(around, "db-connect-role", {
        account: {
          id: around.given("data.aws_caller_identity.current.account_id"),
          partition: around.given("data.aws_partition.current.partition"),
        },
        trustedPrincipal: { arn: around.given("local.trusted_principal_arn"), preconditions },
        clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
      }),
  );

test("a role that one principal may assume, and that may log in as one user", () => {
  expect(dbConnectRole()).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM
################################################################################

locals {
  # Empty without an external id.
  external_id_condition = {
    for id in compact([var.external_id]) : "Condition" => {
      StringEquals = { "sts:ExternalId" = id }
    }
  }

  # A database user has an ARN of its own, with the cluster's resource id, never
  # its identifier or endpoint.
  db_user_arn = "arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${data.aws_caller_identity.current.account_id}:dbuser:\${aws_rds_cluster.aurora.cluster_resource_id}/\${var.iam_auth_user}"
}

# The pipeline assumes this role. IAM resolves the principal when it saves the
# policy: it must exist by then, and one created again under the same name is
# another principal.
resource "aws_iam_role" "allow_connect_to_aurora_iam_demo_user" {
  name = "\${var.name_prefix}-allow_connect_to_aurora-iam-demo-user"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      merge(
        {
          Sid       = "TrustPipeline"
          Effect    = "Allow"
          Principal = { AWS = local.trusted_principal_arn }
          Action    = "sts:AssumeRole"
        },
        local.external_id_condition
      ),
    ]
  })

  # The principal's own policy allows only roles with this tag.
  tags = { redpanda_scope_redpanda_connect = "true" }
}

resource "aws_iam_role_policy" "allow_aurora_iam_demo_user_connect_policy" {
  name = "\${var.name_prefix}-allow_aurora-iam-demo-user-connect_policy"
  role = aws_iam_role.allow_connect_to_aurora_iam_demo_user.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ConnectAsDatabaseUser"
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = local.db_user_arn
    }]
  })
}

=== what it hands out
arn: \${aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn}
rolesExpression: "[{ role = \${aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn}, external_id = var.external_id }]"
ready:
  - aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy
`);
});

test("what must hold before the principal can be trusted", () => {
  const condition = "${var.trusted_principal_arn != null}";
  const asserted = dbConnectRole([{ condition, errorMessage: "Nobody is trusted." }]);
  expect(asserted.differenceTo(dbConnectRole())).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_role.allow_connect_to_aurora_iam_demo_user
+  lifecycle {
+    precondition {
+      condition     = var.trusted_principal_arn != null
+      error_message = "Nobody is trusted."
+    }
+  }
`);
});
