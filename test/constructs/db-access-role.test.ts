import { DbAccessRole, type DbAccessRoleProps } from "../../constructs/db-access-role";
import { rendered, type Surroundings } from "./rendered";

const dbAccessRole = (props: (around: Surroundings) => Partial<DbAccessRoleProps> = () => ({})) =>
  rendered(
    (around) =>
      new DbAccessRole(around, "db-access-role", {
        nameSuffix: "-mysql",
        account: {
          id: around.given("data.aws_caller_identity.current.account_id"),
          partition: around.given("data.aws_partition.current.partition"),
        },
        trustedRoleArn: around.given("aws_iam_role.rpconnect_app_role.arn"),
        hops: "1",
        clusterResourceId: around.given("aws_rds_cluster.aurora_mysql.cluster_resource_id"),
        ...props(around),
      }),
  );

test("a role that one principal may assume, and that may log in as the listed users", () => {
  expect(dbAccessRole()).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM of the database
################################################################################

locals {
  # A database user has an ARN of its own, with the cluster's resource id, never
  # its identifier or endpoint.
  aurora_db_user_arn = "arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${data.aws_caller_identity.current.account_id}:dbuser:\${aws_rds_cluster.aurora_mysql.cluster_resource_id}/\${var.iam_auth_user}"
}

resource "aws_iam_role" "db_access_role" {
  name = join("-", compact([var.name_prefix, "cross-account-db-access-role-mysql"]))

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TrustAppRole"
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.rpconnect_app_role.arn }
      Action    = "sts:AssumeRole"
    }]
  })

  tags = { Name = join("-", compact([var.name_prefix, "cross-account-db-access-role-mysql"])) }
}

resource "aws_iam_policy" "db_connect_policy" {
  name = join("-", compact([var.name_prefix, "RDSIAMAuthPolicy-mysql"]))

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ConnectAsDatabaseUsers"
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = concat([local.aurora_db_user_arn], var.extra_dbuser_arns)
    }]
  })
}

check "extra_dbuser_arns" {
  assert {
    condition = alltrue([
      for arn in var.extra_dbuser_arns : can(regex(
        "^arn:\${data.aws_partition.current.partition}:rds-db:[^:]+:\${data.aws_caller_identity.current.account_id}:",
        arn
      ))
    ])
    error_message = "extra_dbuser_arns is \${jsonencode(var.extra_dbuser_arns)}. RDS lets in only roles of the database's own account, here \${data.aws_caller_identity.current.account_id}: a database in another account requires a role there, which this one assumes."
  }
}

resource "aws_iam_role_policy_attachment" "db_access_attach" {
  role       = aws_iam_role.db_access_role.name
  policy_arn = aws_iam_policy.db_connect_policy.arn
}

=== what it hands out
arn: \${aws_iam_role.db_access_role.arn}
rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = null }]"
dbUserArn: \${local.aurora_db_user_arn}
ready:
  - aws_iam_role_policy_attachment.db_access_attach
`);
});

test("with two hops the second role may log in, and the first may assume it", () => {
  const two = dbAccessRole(() => ({ hops: "2" }));
  expect(two.differenceTo(dbAccessRole())).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_role.db_access_role_2
+resource "aws_iam_role" "db_access_role_2" {
+  name = join("-", compact([var.name_prefix, "cross-account-db-access-2-mysql"]))
+  assume_role_policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Sid       = "TrustFirstRole"
+      Effect    = "Allow"
+      Principal = { AWS = aws_iam_role.db_access_role.arn }
+      Action    = "sts:AssumeRole"
+    }]
+  })
+  tags = { Name = join("-", compact([var.name_prefix, "cross-account-db-access-2-mysql"])) }
+}

@ aws_iam_role_policy.assume_second_role
+resource "aws_iam_role_policy" "assume_second_role" {
+  name = "AssumeSecondRole"
+  role = aws_iam_role.db_access_role.id
+  policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Sid      = "AssumeSecondRole"
+      Effect   = "Allow"
+      Action   = "sts:AssumeRole"
+      Resource = aws_iam_role.db_access_role_2.arn
+    }]
+  })
+}

@ aws_iam_role_policy_attachment.db_access_attach
-  role       = aws_iam_role.db_access_role.name
+  role       = aws_iam_role.db_access_role_2.name

=== what it hands out
-rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = null }]"
+rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = null }, { role = \${aws_iam_role.db_access_role_2.arn}, external_id = null }]"
`);
});

test("an external id is demanded on the first hop", () => {
  const externalId = (around: Surroundings) => ({ externalId: around.given("var.external_id") });
  const demanding = dbAccessRole(externalId);
  expect(demanding.differenceTo(dbAccessRole())).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_role.db_access_role
+      Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }

=== what it hands out
-rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = null }]"
+rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = \${var.external_id} }]"
`);
});

test("and not on the second", () => {
  const one = dbAccessRole(() => ({ hops: "2" }));
  const demanding = dbAccessRole((around) => ({
    hops: "2",
    externalId: around.given("var.external_id"),
  }));
  expect(demanding.differenceTo(one)).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_role.db_access_role
+      Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }

=== what it hands out
-rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = null }, { role = \${aws_iam_role.db_access_role_2.arn}, external_id = null }]"
+rolesExpression: "[{ role = \${aws_iam_role.db_access_role.arn}, external_id = \${var.external_id} }, { role = \${aws_iam_role.db_access_role_2.arn}, external_id = null }]"
`);
});
