import { TrustedPrincipal } from "../../constructs/trusted-principal";
import { rendered } from "./rendered";

const principal = (user?: string) =>
  rendered(
    (around) =>
      new TrustedPrincipal(around, "trusted-principal", {
        userArn: user && around.given(`${user}.arn`),
        partition: around.given("data.aws_partition.current.partition"),
        clusterType: around.given("data.redpanda_cluster.byoc.cluster_type"),
      }),
  );

test("the role of the cluster's pipelines, unless trusted_principal_arn names another", () => {
  expect(principal()).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM
################################################################################

locals {
  # Redpanda Cloud names the role of a cluster's pipelines after the cluster.
  trusted_principal_arn = coalesce(
    var.trusted_principal_arn,
    "arn:\${data.aws_partition.current.partition}:iam::\${var.redpanda_aws_acct_id}:role/redpanda-\${var.redpanda_cluster_id}-redpanda-connect-pipeline"
  )

  trusted_principal_kind = one(regex(":(role|user)/", local.trusted_principal_arn))
}

=== what it hands out
arn: \${local.trusted_principal_arn}
kind: \${local.trusted_principal_kind}
preconditions:
  - condition: \${var.trusted_principal_arn != null || data.redpanda_cluster.byoc.cluster_type == "byoc"}
    errorMessage: "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type \${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one."
`);
});

test("the user of an access key", () => {
  const user = principal("aws_iam_user.redpanda_connect");
  expect(user.differenceTo(principal())).toMatchInlineSnapshot(`
=== iam.tf
@ local.trusted_principal_arn
-  # Redpanda Cloud names the role of a cluster's pipelines after the cluster.
-  trusted_principal_arn = coalesce(
-    var.trusted_principal_arn,
-    "arn:\${data.aws_partition.current.partition}:iam::\${var.redpanda_aws_acct_id}:role/redpanda-\${var.redpanda_cluster_id}-redpanda-connect-pipeline"
-  )
+  # The user whose key the pipeline holds.
+  trusted_principal_arn = aws_iam_user.redpanda_connect.arn

@ local.trusted_principal_kind
-  trusted_principal_kind = one(regex(":(role|user)/", local.trusted_principal_arn))

=== what it hands out
-kind: \${local.trusted_principal_kind}
-preconditions:
-  - condition: \${var.trusted_principal_arn != null || data.redpanda_cluster.byoc.cluster_type == "byoc"}
-    errorMessage: "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type \${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one."
+kind: user
`);
});
