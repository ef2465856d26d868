import type { ITerraformDependable } from "cdktf";
import { ManagedSecret } from "../../constructs/managed-secret";
import { rendered } from "./rendered";

const secret = (isManaged: boolean) =>
  rendered(
    (around) =>
      new ManagedSecret(around, "managed-secret", {
        clusterIdentifier: around.given("aws_rds_cluster.aurora.cluster_identifier"),
        cluster: around.ready("aws_rds_cluster.aurora")[0] as ITerraformDependable,
        isManaged,
      }),
  );

test("the secret that RDS keeps", () => {
  expect(secret(false)).toMatchInlineSnapshot(`
=== main.tf
# Read after the cluster itself, which tells no secret in the apply that first
# asks RDS for one.
data "aws_rds_cluster" "managed" {
  count = var.manage_master_password ? 1 : 0

  cluster_identifier = aws_rds_cluster.aurora.cluster_identifier

  depends_on = [aws_rds_cluster.aurora]
}

locals {
  # The secret with the master user's password; null without
  # manage_master_password.
  master_secret_arn = one(data.aws_rds_cluster.managed[*].master_user_secret[0].secret_arn)
}

=== what it hands out
secret:
  isThere: var.manage_master_password
  arn: \${local.master_secret_arn}
`);
});

test("the secret that RDS keeps in any case", () => {
  expect(secret(true).differenceTo(secret(false))).toMatchInlineSnapshot(`
=== main.tf
@ data.aws_rds_cluster.managed
-  count = var.manage_master_password ? 1 : 0

@ local.master_secret_arn
-  # The secret with the master user's password; null without
-  # manage_master_password.
-  master_secret_arn = one(data.aws_rds_cluster.managed[*].master_user_secret[0].secret_arn)
+  # The secret with the master user's password.
+  master_secret_arn = data.aws_rds_cluster.managed.master_user_secret[0].secret_arn

=== what it hands out
-  isThere: var.manage_master_password
+  isThere: "true"
`);
});
