import { EngineVersion } from "../../constructs/engine-version";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const of = (engine: Engine) =>
  rendered(
    (around) =>
      new EngineVersion(around, "engine-version", { engine, clusterIdentifier: "a-cluster" }),
  );

test("a version that a new cluster can have, or the one that a cluster runs", () => {
  expect(of(mysql)).toMatchInlineSnapshot(`
=== main.tf
# The cluster if it is there already; before the first apply, none.
data "aws_rds_clusters" "existing" {
  filter {
    name   = "db-cluster-id"
    values = ["a-cluster"]
  }
}

# Fails the plan where the region does not offer the version.
data "aws_rds_engine_version" "aurora" {
  engine  = "aurora-mysql"
  version = var.engine_version
  # A cluster may run a version that AWS no longer offers to new ones.
  include_all = true

  lifecycle {
    postcondition {
      condition     = length(setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types)) == 0
      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
    }
  }
}

=== what it hands out
preconditions:
  - condition: \${length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 || data.aws_rds_engine_version.aurora.status == "available"}
    errorMessage: "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no a-cluster yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
`);
});

test("PostgreSQL has one that is left to clusters that run it", () => {
  expect(of(postgres).differenceTo(of(mysql))).toMatchInlineSnapshot(`
=== main.tf
@ data.aws_rds_engine_version.aurora
-  engine  = "aurora-mysql"
+  engine  = "aurora-postgresql"
-      condition     = length(setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types)) == 0
-      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+      condition     = length(setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types)) == 0
+      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."

@ check.engine_version
+check "engine_version" {
+  assert {
+    condition = (
+      length(data.aws_rds_clusters.existing.cluster_identifiers) == 0 ||
+      !can(regex("^14[.]", var.engine_version))
+    )
+    error_message = "a-cluster runs \${var.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
+  }
+}

=== what it hands out
-    errorMessage: "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no a-cluster yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+    errorMessage: "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no a-cluster yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+  - condition: \${length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 || !can(regex("^14[.]", var.engine_version))}
+    errorMessage: "engine_version is \${jsonencode(var.engine_version)}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Choose 15 or newer: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
`);
});
