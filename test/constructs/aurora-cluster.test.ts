import { AuroraCluster, type AuroraClusterProps } from "../../constructs/aurora-cluster";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { master } from "../../variables/database";
import { rendered } from "./rendered";

const cluster = (props: Partial<AuroraClusterProps> = {}) =>
  rendered(
    (around) =>
      new AuroraCluster(around, "cluster", {
        engine: postgres,
        names: postgres.names.byoc,
        profile: "demonstration",
        zones: "var.zones",
        parameterGroupComment: "The family follows engine_version.",
        master: master.byoc,
        hasDataApi: false,
        subnetGroupName: around.given("aws_db_subnet_group.db.name"),
        reachable: [],
        securityGroupId: around.given("aws_security_group.db.id"),
        cluster: {},
        instance: { instanceClass: "db.r6g.large" },
        instanceComments: {},
        ...props,
      }),
  );

test("a cluster with one instance, its parameter group and its log groups", () => {
  expect(cluster()).toMatchInlineSnapshot(`
=== main.tf
# The cluster if it is there already; before the first apply, none.
data "aws_rds_clusters" "existing" {
  filter {
    name   = "db-cluster-id"
    values = ["\${var.name_prefix}-aurora-pg"]
  }
}

# Fails the plan where the region does not offer the version.
data "aws_rds_engine_version" "aurora" {
  engine  = "aurora-postgresql"
  version = var.engine_version
  # A cluster may run a version that AWS no longer offers to new ones.
  include_all = true

  lifecycle {
    postcondition {
      condition     = length(setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types)) == 0
      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
    }
  }
}

check "engine_version" {
  assert {
    condition = (
      length(data.aws_rds_clusters.existing.cluster_identifiers) == 0 ||
      !can(regex("^14[.]", var.engine_version))
    )
    error_message = "\${var.name_prefix}-aurora-pg runs \${var.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
  }
}

# Logical replication feeds the pipeline; IAM logins are refused on replication
# connections unless rds.iam_auth_for_replication allows them.
# The family follows engine_version.
resource "aws_rds_cluster_parameter_group" "aurora_pg17" {
  name   = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg"
  family = "aurora-postgresql\${split(".", var.engine_version)[0]}"

  parameter {
    name         = "rds.logical_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.iam_auth_for_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  tags = { Name = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg" }

  # Another family replaces the group, and a group in use cannot be deleted.
  lifecycle {
    create_before_destroy = true
  }
}

# RDS would create these groups itself, without a retention period, and leave
# them behind. iam-db-auth-error says why a token was refused.
resource "aws_cloudwatch_log_group" "aurora" {
  for_each = toset(["postgresql", "iam-db-auth-error"])

  name              = "/aws/rds/cluster/\${var.name_prefix}-aurora-pg/\${each.value}"
  retention_in_days = 30
}

resource "aws_rds_cluster" "aurora" {
  cluster_identifier = "\${var.name_prefix}-aurora-pg"
  # Otherwise a change waits for the maintenance window, and every plan until then
  # shows it again.
  apply_immediately                   = true
  database_name                       = var.db_name
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_pg17.name
  db_subnet_group_name                = aws_db_subnet_group.db.name
  enabled_cloudwatch_logs_exports     = ["postgresql", "iam-db-auth-error"]
  engine                              = "aurora-postgresql"
  engine_version                      = var.engine_version
  iam_database_authentication_enabled = true
  # Null and not false: the provider refuses either beside a password of one's
  # own.
  manage_master_user_password = var.manage_master_password ? true : null
  master_username             = var.db_username
  # Write-only: neither the plan nor the state holds the password.
  master_password_wo         = var.db_password
  master_password_wo_version = var.manage_master_password ? null : var.db_password_version
  # A demonstration: destroy deletes the data as well, and nothing prevents it.
  skip_final_snapshot    = true
  storage_encrypted      = true
  vpc_security_group_ids = [aws_security_group.db.id]

  tags = { Name = "\${var.name_prefix}-aurora-pg" }

  depends_on = [aws_cloudwatch_log_group.aurora]

  lifecycle {
    precondition {
      condition = (
        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
        data.aws_rds_engine_version.aurora.status == "available"
      )
      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${var.name_prefix}-aurora-pg yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
    }

    precondition {
      condition = (
        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
        !can(regex("^14[.]", var.engine_version))
      )
      error_message = "engine_version is \${jsonencode(var.engine_version)}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Choose 15 or newer: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
    }
  }
}

resource "aws_rds_cluster_instance" "aurora_instance" {
  identifier        = "\${var.name_prefix}-aurora-pg-1"
  apply_immediately = true
  # Otherwise AWS would upgrade the instance, and the next plan would go back to
  # engine_version.
  auto_minor_version_upgrade = false
  cluster_identifier         = aws_rds_cluster.aurora.id
  engine                     = aws_rds_cluster.aurora.engine
  engine_version             = aws_rds_cluster.aurora.engine_version
  instance_class             = "db.r6g.large"
  publicly_accessible        = true

  tags = { Name = "\${var.name_prefix}-aurora-pg-1" }
}

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
endpoint: \${aws_rds_cluster.aurora.endpoint}
readerEndpoint: \${aws_rds_cluster.aurora.reader_endpoint}
port: "5432"
identifier: \${aws_rds_cluster.aurora.cluster_identifier}
resourceId: \${aws_rds_cluster.aurora.cluster_resource_id}
arn: \${aws_rds_cluster.aurora.arn}
secret:
  isThere: var.manage_master_password
  arn: \${local.master_secret_arn}
kept: []
watched:
  name: \${var.name_prefix}-aurora-pg
  identifier: \${aws_rds_cluster.aurora.cluster_identifier}
  classes:
    serverless: "false"
    provisioned: "true"
  log:
    group: \${aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name}
ready:
  - aws_rds_cluster_instance.aurora_instance
reachable: []
`);
});

test("Aurora MySQL, as the other topology names it", () => {
  const other = cluster({ engine: mysql, names: mysql.names.ec2, master: master.ec2 });
  expect(other.differenceTo(cluster())).toMatchInlineSnapshot(`
=== main.tf
@ data.aws_rds_clusters.existing
-    values = ["\${var.name_prefix}-aurora-pg"]
+    values = [join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))]

@ data.aws_rds_engine_version.aurora
-  engine  = "aurora-postgresql"
+  engine  = "aurora-mysql"
-      condition     = length(setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types)) == 0
-      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+      condition     = length(setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types)) == 0
+      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."

@ aws_rds_cluster_parameter_group.aurora_mysql_iam
+# The pipeline requires complete rows in the binary log, because it matches
+# columns by position. binlog_format also turns the log on.
+# The family follows engine_version.
+resource "aws_rds_cluster_parameter_group" "aurora_mysql_iam" {
+  name   = "\${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}-\${join("", slice(split(".", var.engine_version), 0, 2))}"
+  family = "aurora-mysql\${join(".", slice(split(".", var.engine_version), 0, 2))}"
+  parameter {
+    name         = "binlog_format"
+    value        = "ROW"
+    apply_method = "pending-reboot"
+  }
+  parameter {
+    name         = "binlog_row_image"
+    value        = "FULL"
+    apply_method = "pending-reboot"
+  }
+  parameter {
+    name         = "require_secure_transport"
+    value        = "ON"
+    apply_method = "pending-reboot"
+  }
+  dynamic "parameter" {
+    for_each = var.heartbeat ? ["event_scheduler"] : []
+    content {
+      name         = "event_scheduler"
+      value        = "ON"
+      apply_method = "pending-reboot"
+    }
+  }
+  tags = {
+    Name = "\${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}-\${join("", slice(split(".", var.engine_version), 0, 2))}"
+  }
+  # Another family replaces the group, and a group in use cannot be deleted.
+  lifecycle {
+    create_before_destroy = true
+  }
+}

@ aws_cloudwatch_log_group.aurora
-  for_each = toset(["postgresql", "iam-db-auth-error"])
+  for_each = toset(["error", "iam-db-auth-error"])
-  name              = "/aws/rds/cluster/\${var.name_prefix}-aurora-pg/\${each.value}"
+  name              = "/aws/rds/cluster/\${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}/\${each.value}"

@ aws_rds_cluster.aurora_mysql
+resource "aws_rds_cluster" "aurora_mysql" {
+  cluster_identifier = join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))
+  # Otherwise a change waits for the maintenance window, and every plan until then
+  # shows it again.
+  apply_immediately                   = true
+  database_name                       = var.db_name
+  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_mysql_iam.name
+  db_subnet_group_name                = aws_db_subnet_group.db.name
+  enabled_cloudwatch_logs_exports     = ["error", "iam-db-auth-error"]
+  engine                              = "aurora-mysql"
+  engine_version                      = var.engine_version
+  iam_database_authentication_enabled = true
+  # Null and not false: the provider refuses either beside a password of one's
+  # own.
+  manage_master_user_password = var.manage_master_password ? true : null
+  master_username             = var.db_master_username
+  # Write-only: neither the plan nor the state holds the password.
+  master_password_wo         = var.db_master_password
+  master_password_wo_version = var.manage_master_password ? null : var.db_master_password_version
+  # A demonstration: destroy deletes the data as well, and nothing prevents it.
+  skip_final_snapshot    = true
+  storage_encrypted      = true
+  vpc_security_group_ids = [aws_security_group.db.id]
+  tags = { Name = join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"])) }
+  depends_on = [aws_cloudwatch_log_group.aurora]
+  lifecycle {
+    precondition {
+      condition = (
+        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
+        data.aws_rds_engine_version.aurora.status == "available"
+      )
+      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))} yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+    }
+  }
+}

@ aws_rds_cluster_instance.aurora_mysql_instance
+resource "aws_rds_cluster_instance" "aurora_mysql_instance" {
+  identifier        = "\${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}-1"
+  apply_immediately = true
+  # Otherwise AWS would upgrade the instance, and the next plan would go back to
+  # engine_version.
+  auto_minor_version_upgrade = false
+  cluster_identifier         = aws_rds_cluster.aurora_mysql.id
+  engine                     = aws_rds_cluster.aurora_mysql.engine
+  engine_version             = aws_rds_cluster.aurora_mysql.engine_version
+  instance_class             = "db.r6g.large"
+  publicly_accessible        = true
+  tags = { Name = join("-", compact([var.name_prefix, "aurora-iam-demo-mysql-instance"])) }
+}

@ data.aws_rds_cluster.managed
-  cluster_identifier = aws_rds_cluster.aurora.cluster_identifier
+  cluster_identifier = aws_rds_cluster.aurora_mysql.cluster_identifier
-  depends_on = [aws_rds_cluster.aurora]
+  depends_on = [aws_rds_cluster.aurora_mysql]

@ check.engine_version
-check "engine_version" {
-  assert {
-    condition = (
-      length(data.aws_rds_clusters.existing.cluster_identifiers) == 0 ||
-      !can(regex("^14[.]", var.engine_version))
-    )
-    error_message = "\${var.name_prefix}-aurora-pg runs \${var.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
-  }
-}

@ aws_rds_cluster_parameter_group.aurora_pg17
-# Logical replication feeds the pipeline; IAM logins are refused on replication
-# connections unless rds.iam_auth_for_replication allows them.
-# The family follows engine_version.
-resource "aws_rds_cluster_parameter_group" "aurora_pg17" {
-  name   = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg"
-  family = "aurora-postgresql\${split(".", var.engine_version)[0]}"
-  parameter {
-    name         = "rds.logical_replication"
-    value        = "1"
-    apply_method = "pending-reboot"
-  }
-  parameter {
-    name         = "rds.iam_auth_for_replication"
-    value        = "1"
-    apply_method = "pending-reboot"
-  }
-  parameter {
-    name         = "rds.force_ssl"
-    value        = "1"
-    apply_method = "pending-reboot"
-  }
-  tags = { Name = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg" }
-  # Another family replaces the group, and a group in use cannot be deleted.
-  lifecycle {
-    create_before_destroy = true
-  }
-}

@ aws_rds_cluster.aurora
-resource "aws_rds_cluster" "aurora" {
-  cluster_identifier = "\${var.name_prefix}-aurora-pg"
-  # Otherwise a change waits for the maintenance window, and every plan until then
-  # shows it again.
-  apply_immediately                   = true
-  database_name                       = var.db_name
-  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_pg17.name
-  db_subnet_group_name                = aws_db_subnet_group.db.name
-  enabled_cloudwatch_logs_exports     = ["postgresql", "iam-db-auth-error"]
-  engine                              = "aurora-postgresql"
-  engine_version                      = var.engine_version
-  iam_database_authentication_enabled = true
-  # Null and not false: the provider refuses either beside a password of one's
-  # own.
-  manage_master_user_password = var.manage_master_password ? true : null
-  master_username             = var.db_username
-  # Write-only: neither the plan nor the state holds the password.
-  master_password_wo         = var.db_password
-  master_password_wo_version = var.manage_master_password ? null : var.db_password_version
-  # A demonstration: destroy deletes the data as well, and nothing prevents it.
-  skip_final_snapshot    = true
-  storage_encrypted      = true
-  vpc_security_group_ids = [aws_security_group.db.id]
-  tags = { Name = "\${var.name_prefix}-aurora-pg" }
-  depends_on = [aws_cloudwatch_log_group.aurora]
-  lifecycle {
-    precondition {
-      condition = (
-        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
-        data.aws_rds_engine_version.aurora.status == "available"
-      )
-      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${var.name_prefix}-aurora-pg yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
-    }
-    precondition {
-      condition = (
-        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
-        !can(regex("^14[.]", var.engine_version))
-      )
-      error_message = "engine_version is \${jsonencode(var.engine_version)}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Choose 15 or newer: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
-    }
-  }
-}

@ aws_rds_cluster_instance.aurora_instance
-resource "aws_rds_cluster_instance" "aurora_instance" {
-  identifier        = "\${var.name_prefix}-aurora-pg-1"
-  apply_immediately = true
-  # Otherwise AWS would upgrade the instance, and the next plan would go back to
-  # engine_version.
-  auto_minor_version_upgrade = false
-  cluster_identifier         = aws_rds_cluster.aurora.id
-  engine                     = aws_rds_cluster.aurora.engine
-  engine_version             = aws_rds_cluster.aurora.engine_version
-  instance_class             = "db.r6g.large"
-  publicly_accessible        = true
-  tags = { Name = "\${var.name_prefix}-aurora-pg-1" }
-}

=== what it hands out
-endpoint: \${aws_rds_cluster.aurora.endpoint}
-readerEndpoint: \${aws_rds_cluster.aurora.reader_endpoint}
-port: "5432"
-identifier: \${aws_rds_cluster.aurora.cluster_identifier}
-resourceId: \${aws_rds_cluster.aurora.cluster_resource_id}
-arn: \${aws_rds_cluster.aurora.arn}
+endpoint: \${aws_rds_cluster.aurora_mysql.endpoint}
+readerEndpoint: \${aws_rds_cluster.aurora_mysql.reader_endpoint}
+port: "3306"
+identifier: \${aws_rds_cluster.aurora_mysql.cluster_identifier}
+resourceId: \${aws_rds_cluster.aurora_mysql.cluster_resource_id}
+arn: \${aws_rds_cluster.aurora_mysql.arn}
-  name: \${var.name_prefix}-aurora-pg
-  identifier: \${aws_rds_cluster.aurora.cluster_identifier}
+  name: \${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}
+  identifier: \${aws_rds_cluster.aurora_mysql.cluster_identifier}
-  - aws_rds_cluster_instance.aurora_instance
+  - aws_rds_cluster_instance.aurora_mysql_instance
`);
});

test("what one topology says of cluster and instance, and why", () => {
  const other = cluster({
    cluster: { backupRetentionPeriod: 1, applyImmediately: false },
    clusterComments: { apply_immediately: "In the maintenance window." },
    instance: { instanceClass: "db.serverless", promotionTier: 1 },
    instanceComments: { promotion_tier: "The only one there is." },
  });
  expect(other.differenceTo(cluster())).toMatchInlineSnapshot(`
=== main.tf
@ aws_rds_cluster.aurora
-  # Otherwise a change waits for the maintenance window, and every plan until then
-  # shows it again.
-  apply_immediately                   = true
+  # In the maintenance window.
+  apply_immediately                   = false
+  backup_retention_period             = 1

@ aws_rds_cluster_instance.aurora_instance
-  instance_class             = "db.r6g.large"
-  publicly_accessible        = true
+  instance_class             = "db.serverless"
+  # The only one there is.
+  promotion_tier      = 1
+  publicly_accessible = true

=== what it hands out
-    serverless: "false"
-    provisioned: "true"
+    serverless: "true"
+    provisioned: "false"
`);
});

test("with the Data API, the password is RDS's", () => {
  expect(cluster({ hasDataApi: true }).differenceTo(cluster())).toMatchInlineSnapshot(`
=== main.tf
@ aws_rds_cluster.aurora
-  apply_immediately                   = true
-  database_name                       = var.db_name
-  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_pg17.name
-  db_subnet_group_name                = aws_db_subnet_group.db.name
+  apply_immediately               = true
+  database_name                   = var.db_name
+  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_pg17.name
+  db_subnet_group_name            = aws_db_subnet_group.db.name
+  # The RDS Data API, which logs in with RDS's own secret.
+  enable_http_endpoint                = true
-  # Null and not false: the provider refuses either beside a password of one's
-  # own.
-  manage_master_user_password = var.manage_master_password ? true : null
-  master_username             = var.db_username
-  # Write-only: neither the plan nor the state holds the password.
-  master_password_wo         = var.db_password
-  master_password_wo_version = var.manage_master_password ? null : var.db_password_version
+  manage_master_user_password         = true
+  master_username                     = var.db_username

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

test("one that is to last is protected and watched, and has a second instance", () => {
  expect(cluster({ profile: "production" }).differenceTo(cluster())).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_role.rds_monitoring
+# RDS writes by it what the hosts of this cluster's instances do: processes,
+# memory, load.
+resource "aws_iam_role" "rds_monitoring" {
+  name = "\${var.name_prefix}-aurora-pg-monitoring"
+  assume_role_policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Sid       = "TrustMonitoringOfThisCluster"
+      Effect    = "Allow"
+      Principal = { Service = "monitoring.rds.amazonaws.com" }
+      Action    = "sts:AssumeRole"
+      Condition = {
+        StringLike = {
+          "aws:SourceArn" = "\${replace(aws_rds_cluster.aurora.arn, ":cluster:", ":db:")}-*"
+        }
+      }
+    }]
+  })
+  tags = { Name = "\${var.name_prefix}-aurora-pg-monitoring" }
+}

@ aws_iam_role_policy_attachment.rds_monitoring
+resource "aws_iam_role_policy_attachment" "rds_monitoring" {
+  role       = aws_iam_role.rds_monitoring.name
+  policy_arn = "arn:\${element(split(":", aws_rds_cluster.aurora.arn), 1)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
+}

=== main.tf
@ aws_rds_cluster_parameter_group.aurora_pg17
+  dynamic "parameter" {
+    for_each = var.max_slot_wal_keep_size != null ? ["max_slot_wal_keep_size"] : []
+    content {
+      name         = "max_slot_wal_keep_size"
+      value        = var.max_slot_wal_keep_size
+      apply_method = "immediate"
+    }
+  }

@ aws_cloudwatch_log_group.aurora
-  retention_in_days = 30
+  kms_key_id        = var.logs_kms_key_arn
+  retention_in_days = 365

@ aws_rds_cluster.aurora
-  apply_immediately                   = true
+  apply_immediately       = true
+  backup_retention_period = var.backup_retention_days
+  copy_tags_to_snapshot   = true
+  # AWS takes advanced only with Performance Insights kept for 465 days.
+  database_insights_mode              = var.database_insights_mode
+  deletion_protection                 = var.deletion_protection
+  final_snapshot_identifier           = "\${var.name_prefix}-aurora-pg-final-\${var.final_snapshot_number}"
+  kms_key_id                          = var.storage_kms_key_arn
-  master_password_wo         = var.db_password
-  master_password_wo_version = var.manage_master_password ? null : var.db_password_version
-  # A demonstration: destroy deletes the data as well, and nothing prevents it.
-  skip_final_snapshot    = true
-  storage_encrypted      = true
-  vpc_security_group_ids = [aws_security_group.db.id]
+  master_password_wo                    = var.db_password
+  master_password_wo_version            = var.manage_master_password ? null : var.db_password_version
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  skip_final_snapshot                   = false
+  storage_encrypted                     = true
+  vpc_security_group_ids                = [aws_security_group.db.id]
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
+    prevent_destroy = true

@ aws_rds_cluster_instance.aurora_instance
-  auto_minor_version_upgrade = false
-  cluster_identifier         = aws_rds_cluster.aurora.id
-  engine                     = aws_rds_cluster.aurora.engine
-  engine_version             = aws_rds_cluster.aurora.engine_version
-  instance_class             = "db.r6g.large"
-  publicly_accessible        = true
+  auto_minor_version_upgrade            = false
+  ca_cert_identifier                    = var.ca_certificate_identifier
+  cluster_identifier                    = aws_rds_cluster.aurora.id
+  engine                                = aws_rds_cluster.aurora.engine
+  engine_version                        = aws_rds_cluster.aurora.engine_version
+  instance_class                        = "db.r6g.large"
+  monitoring_interval                   = 60
+  monitoring_role_arn                   = aws_iam_role.rds_monitoring.arn
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  publicly_accessible                   = true
+  depends_on = [aws_iam_role_policy_attachment.rds_monitoring]

@ aws_rds_cluster_instance.second
+# Takes over when the first one fails, in a minute or less: the replication slot
+# and the binary log are the cluster's, and go along.
+resource "aws_rds_cluster_instance" "second" {
+  identifier                            = "\${var.name_prefix}-aurora-pg-2"
+  apply_immediately                     = true
+  auto_minor_version_upgrade            = false
+  ca_cert_identifier                    = var.ca_certificate_identifier
+  cluster_identifier                    = aws_rds_cluster.aurora.id
+  engine                                = aws_rds_cluster.aurora.engine
+  engine_version                        = aws_rds_cluster.aurora.engine_version
+  instance_class                        = "db.r6g.large"
+  monitoring_interval                   = 60
+  monitoring_role_arn                   = aws_iam_role.rds_monitoring.arn
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  publicly_accessible                   = true
+  # Any but the first one's. AWS could choose the same.
+  availability_zone = [
+    for zone in var.zones : zone
+    if zone != aws_rds_cluster_instance.aurora_instance.availability_zone
+  ][0]
+  tags = { Name = "\${var.name_prefix}-aurora-pg-2" }
+  depends_on = [aws_iam_role_policy_attachment.rds_monitoring]
+  # Decided once: an instance that moves is replaced.
+  lifecycle {
+    ignore_changes = [availability_zone]
+  }
+}

=== what it hands out
-kept: []
+kept:
+  - address: aws_rds_cluster.aurora
+    isDeletable: "!var.deletion_protection"
+    madeSo: deletion_protection = false
`);
});
