import type { Profile } from "../../choices";
import { ProvisionedAurora } from "../../constructs/provisioned-aurora";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const aurora = (engine: Engine, profile: Profile = "demonstration") =>
  rendered(
    (around) =>
      new ProvisionedAurora(around, "aurora", {
        engine,
        choices: { profile },
      }),
  );

test("a cluster with one provisioned instance, in subnets that are there", () => {
  expect(aurora(postgres)).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Network
################################################################################

resource "aws_security_group" "aurora_sg" {
  name = join("-", compact([var.name_prefix, "aurora-postgres-sg"]))
  # AWS cannot change this text: another one would replace the group.
  description = "Security group for Aurora PostgreSQL"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = var.vpc_id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = distinct(var.allowed_cidr_blocks)
  }

  tags = { Name = join("-", compact([var.name_prefix, "aurora-postgres-sg"])) }
}

=== database.tf
################################################################################
# Database
################################################################################

data "aws_subnet" "db" {
  for_each = toset(var.db_subnet_ids)

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "db_subnet_ids lists \${self.id}, which is in \${self.vpc_id}, and vpc_id is \${var.vpc_id}. List subnets of that VPC, or correct vpc_id."
    }
  }
}

resource "aws_db_subnet_group" "aurora_subnets" {
  name       = join("-", compact([var.name_prefix, "aurora-postgres-subnets"]))
  subnet_ids = var.db_subnet_ids

  tags = { Name = join("-", compact([var.name_prefix, "aurora-postgres-subnet-group"])) }

  lifecycle {
    precondition {
      condition     = length(distinct([for subnet in data.aws_subnet.db : subnet.availability_zone])) >= 2
      error_message = "db_subnet_ids is \${jsonencode(var.db_subnet_ids)}, all in one zone. Aurora requires subnets in at least two zones."
    }
  }
}

# The cluster if it is there already; before the first apply, none.
data "aws_rds_clusters" "existing" {
  filter {
    name   = "db-cluster-id"
    values = [join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))]
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
    error_message = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))} runs \${var.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
  }
}

# Logical replication feeds the pipeline; IAM logins are refused on replication
# connections unless rds.iam_auth_for_replication allows them.
# An existing cluster that gets this group must be rebooted once: \`aws rds
# reboot-db-instance\`.
resource "aws_rds_cluster_parameter_group" "aurora_pg_iam" {
  name   = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-\${split(".", var.engine_version)[0]}"
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

  tags = {
    Name = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-\${split(".", var.engine_version)[0]}"
  }

  # Another family replaces the group, and a group in use cannot be deleted.
  lifecycle {
    create_before_destroy = true
  }
}

# RDS would create these groups itself, without a retention period, and leave
# them behind. iam-db-auth-error says why a token was refused.
resource "aws_cloudwatch_log_group" "aurora" {
  for_each = toset(["postgresql", "iam-db-auth-error"])

  name              = "/aws/rds/cluster/\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}/\${each.value}"
  retention_in_days = 30
}

resource "aws_rds_cluster" "aurora_pg" {
  cluster_identifier = join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))
  # Otherwise a change waits for the maintenance window, and every plan until then
  # shows it again.
  apply_immediately                   = true
  backup_retention_period             = 1
  database_name                       = var.db_name
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_pg_iam.name
  db_subnet_group_name                = aws_db_subnet_group.aurora_subnets.name
  enabled_cloudwatch_logs_exports     = ["postgresql", "iam-db-auth-error"]
  engine                              = "aurora-postgresql"
  engine_version                      = var.engine_version
  iam_database_authentication_enabled = true
  # Null and not false: the provider refuses either beside a password of one's
  # own.
  manage_master_user_password = var.manage_master_password ? true : null
  master_username             = var.db_master_username
  # Write-only: neither the plan nor the state holds the password.
  master_password_wo         = var.db_master_password
  master_password_wo_version = var.manage_master_password ? null : var.db_master_password_version
  preferred_backup_window    = "03:00-04:00"
  # A demonstration: destroy deletes the data as well, and nothing prevents it.
  skip_final_snapshot    = true
  storage_encrypted      = true
  vpc_security_group_ids = [aws_security_group.aurora_sg.id]

  tags = { Name = join("-", compact([var.name_prefix, "aurora-pg-iam-demo"])) }

  depends_on = [aws_cloudwatch_log_group.aurora]

  lifecycle {
    precondition {
      condition = (
        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
        data.aws_rds_engine_version.aurora.status == "available"
      )
      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))} yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
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

resource "aws_rds_cluster_instance" "aurora_pg_instance" {
  identifier        = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-1"
  apply_immediately = true
  # Otherwise AWS would upgrade the instance, and the next plan would go back to
  # engine_version.
  auto_minor_version_upgrade = false
  cluster_identifier         = aws_rds_cluster.aurora_pg.id
  db_subnet_group_name       = aws_db_subnet_group.aurora_subnets.name
  engine                     = aws_rds_cluster.aurora_pg.engine
  engine_version             = aws_rds_cluster.aurora_pg.engine_version
  instance_class             = var.instance_class
  # Reachable from outside where the subnets are public; the security group lets
  # in only the listed networks.
  publicly_accessible = true

  tags = { Name = join("-", compact([var.name_prefix, "aurora-pg-iam-demo-instance"])) }
}

# Read after the cluster itself, which tells no secret in the apply that first
# asks RDS for one.
data "aws_rds_cluster" "managed" {
  count = var.manage_master_password ? 1 : 0

  cluster_identifier = aws_rds_cluster.aurora_pg.cluster_identifier

  depends_on = [aws_rds_cluster.aurora_pg]
}

locals {
  # The secret with the master user's password; null without
  # manage_master_password.
  master_secret_arn = one(data.aws_rds_cluster.managed[*].master_user_secret[0].secret_arn)
}

=== what it hands out
cluster:
  endpoint: \${aws_rds_cluster.aurora_pg.endpoint}
  readerEndpoint: \${aws_rds_cluster.aurora_pg.reader_endpoint}
  port: "5432"
  identifier: \${aws_rds_cluster.aurora_pg.cluster_identifier}
  resourceId: \${aws_rds_cluster.aurora_pg.cluster_resource_id}
  arn: \${aws_rds_cluster.aurora_pg.arn}
  secret:
    isThere: var.manage_master_password
    arn: \${local.master_secret_arn}
  kept: []
  watched:
    name: \${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}
    identifier: \${aws_rds_cluster.aurora_pg.cluster_identifier}
    classes:
      serverless: "false"
      provisioned: "true"
    log:
      group: \${aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name}
  ready:
    - aws_rds_cluster_instance.aurora_pg_instance
  reachable: []
ready:
  - aws_rds_cluster_instance.aurora_pg_instance
`);
});

test("the same of Aurora MySQL", () => {
  expect(aurora(mysql).differenceTo(aurora(postgres))).toMatchInlineSnapshot(`
=== database.tf
@ aws_db_subnet_group.aurora_subnets
-  name       = join("-", compact([var.name_prefix, "aurora-postgres-subnets"]))
+  name       = join("-", compact([var.name_prefix, "aurora-subnets-mysql"]))
-  tags = { Name = join("-", compact([var.name_prefix, "aurora-postgres-subnet-group"])) }
+  tags = { Name = join("-", compact([var.name_prefix, "aurora-subnet-group-mysql"])) }

@ data.aws_rds_clusters.existing
-    values = [join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))]
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
+# An existing cluster that gets this group must be rebooted once: \`aws rds
+# reboot-db-instance\`.
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
-  name              = "/aws/rds/cluster/\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}/\${each.value}"
+  name              = "/aws/rds/cluster/\${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}/\${each.value}"

@ aws_rds_cluster.aurora_mysql
+resource "aws_rds_cluster" "aurora_mysql" {
+  cluster_identifier = join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))
+  # Otherwise a change waits for the maintenance window, and every plan until then
+  # shows it again.
+  apply_immediately                   = true
+  backup_retention_period             = 1
+  database_name                       = var.db_name
+  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_mysql_iam.name
+  db_subnet_group_name                = aws_db_subnet_group.aurora_subnets.name
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
+  preferred_backup_window    = "03:00-04:00"
+  # A demonstration: destroy deletes the data as well, and nothing prevents it.
+  skip_final_snapshot    = true
+  storage_encrypted      = true
+  vpc_security_group_ids = [aws_security_group.aurora_sg.id]
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
+  db_subnet_group_name       = aws_db_subnet_group.aurora_subnets.name
+  engine                     = aws_rds_cluster.aurora_mysql.engine
+  engine_version             = aws_rds_cluster.aurora_mysql.engine_version
+  instance_class             = var.instance_class
+  # Reachable from outside where the subnets are public; the security group lets
+  # in only the listed networks.
+  publicly_accessible = true
+  tags = { Name = join("-", compact([var.name_prefix, "aurora-iam-demo-mysql-instance"])) }
+}

@ data.aws_rds_cluster.managed
-  cluster_identifier = aws_rds_cluster.aurora_pg.cluster_identifier
+  cluster_identifier = aws_rds_cluster.aurora_mysql.cluster_identifier
-  depends_on = [aws_rds_cluster.aurora_pg]
+  depends_on = [aws_rds_cluster.aurora_mysql]

@ check.engine_version
-check "engine_version" {
-  assert {
-    condition = (
-      length(data.aws_rds_clusters.existing.cluster_identifiers) == 0 ||
-      !can(regex("^14[.]", var.engine_version))
-    )
-    error_message = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))} runs \${var.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
-  }
-}

@ aws_rds_cluster_parameter_group.aurora_pg_iam
-# Logical replication feeds the pipeline; IAM logins are refused on replication
-# connections unless rds.iam_auth_for_replication allows them.
-# An existing cluster that gets this group must be rebooted once: \`aws rds
-# reboot-db-instance\`.
-resource "aws_rds_cluster_parameter_group" "aurora_pg_iam" {
-  name   = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-\${split(".", var.engine_version)[0]}"
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
-  tags = {
-    Name = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-\${split(".", var.engine_version)[0]}"
-  }
-  # Another family replaces the group, and a group in use cannot be deleted.
-  lifecycle {
-    create_before_destroy = true
-  }
-}

@ aws_rds_cluster.aurora_pg
-resource "aws_rds_cluster" "aurora_pg" {
-  cluster_identifier = join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))
-  # Otherwise a change waits for the maintenance window, and every plan until then
-  # shows it again.
-  apply_immediately                   = true
-  backup_retention_period             = 1
-  database_name                       = var.db_name
-  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.aurora_pg_iam.name
-  db_subnet_group_name                = aws_db_subnet_group.aurora_subnets.name
-  enabled_cloudwatch_logs_exports     = ["postgresql", "iam-db-auth-error"]
-  engine                              = "aurora-postgresql"
-  engine_version                      = var.engine_version
-  iam_database_authentication_enabled = true
-  # Null and not false: the provider refuses either beside a password of one's
-  # own.
-  manage_master_user_password = var.manage_master_password ? true : null
-  master_username             = var.db_master_username
-  # Write-only: neither the plan nor the state holds the password.
-  master_password_wo         = var.db_master_password
-  master_password_wo_version = var.manage_master_password ? null : var.db_master_password_version
-  preferred_backup_window    = "03:00-04:00"
-  # A demonstration: destroy deletes the data as well, and nothing prevents it.
-  skip_final_snapshot    = true
-  storage_encrypted      = true
-  vpc_security_group_ids = [aws_security_group.aurora_sg.id]
-  tags = { Name = join("-", compact([var.name_prefix, "aurora-pg-iam-demo"])) }
-  depends_on = [aws_cloudwatch_log_group.aurora]
-  lifecycle {
-    precondition {
-      condition = (
-        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
-        data.aws_rds_engine_version.aurora.status == "available"
-      )
-      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))} yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
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

@ aws_rds_cluster_instance.aurora_pg_instance
-resource "aws_rds_cluster_instance" "aurora_pg_instance" {
-  identifier        = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-1"
-  apply_immediately = true
-  # Otherwise AWS would upgrade the instance, and the next plan would go back to
-  # engine_version.
-  auto_minor_version_upgrade = false
-  cluster_identifier         = aws_rds_cluster.aurora_pg.id
-  db_subnet_group_name       = aws_db_subnet_group.aurora_subnets.name
-  engine                     = aws_rds_cluster.aurora_pg.engine
-  engine_version             = aws_rds_cluster.aurora_pg.engine_version
-  instance_class             = var.instance_class
-  # Reachable from outside where the subnets are public; the security group lets
-  # in only the listed networks.
-  publicly_accessible = true
-  tags = { Name = join("-", compact([var.name_prefix, "aurora-pg-iam-demo-instance"])) }
-}

=== network.tf
@ aws_security_group.aurora_sg
-  name = join("-", compact([var.name_prefix, "aurora-postgres-sg"]))
+  name = join("-", compact([var.name_prefix, "aurora-db-mysql"]))
-  description = "Security group for Aurora PostgreSQL"
+  description = "Security group for Aurora MySQL"
-    from_port   = 5432
-    to_port     = 5432
+    from_port   = 3306
+    to_port     = 3306
-  tags = { Name = join("-", compact([var.name_prefix, "aurora-postgres-sg"])) }
+  tags = { Name = join("-", compact([var.name_prefix, "aurora-db-mysql"])) }

=== what it hands out
-  endpoint: \${aws_rds_cluster.aurora_pg.endpoint}
-  readerEndpoint: \${aws_rds_cluster.aurora_pg.reader_endpoint}
-  port: "5432"
-  identifier: \${aws_rds_cluster.aurora_pg.cluster_identifier}
-  resourceId: \${aws_rds_cluster.aurora_pg.cluster_resource_id}
-  arn: \${aws_rds_cluster.aurora_pg.arn}
+  endpoint: \${aws_rds_cluster.aurora_mysql.endpoint}
+  readerEndpoint: \${aws_rds_cluster.aurora_mysql.reader_endpoint}
+  port: "3306"
+  identifier: \${aws_rds_cluster.aurora_mysql.cluster_identifier}
+  resourceId: \${aws_rds_cluster.aurora_mysql.cluster_resource_id}
+  arn: \${aws_rds_cluster.aurora_mysql.arn}
-    name: \${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}
-    identifier: \${aws_rds_cluster.aurora_pg.cluster_identifier}
+    name: \${join("-", compact([var.name_prefix, "aurora-iam-demo-mysql"]))}
+    identifier: \${aws_rds_cluster.aurora_mysql.cluster_identifier}
-    - aws_rds_cluster_instance.aurora_pg_instance
+    - aws_rds_cluster_instance.aurora_mysql_instance
-  - aws_rds_cluster_instance.aurora_pg_instance
+  - aws_rds_cluster_instance.aurora_mysql_instance
`);
});

test("one that is to last", () => {
  const lasting = aurora(postgres, "production");
  expect(lasting.differenceTo(aurora(postgres))).toMatchInlineSnapshot(`
=== database.tf
@ aws_rds_cluster_parameter_group.aurora_pg_iam
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

@ aws_rds_cluster.aurora_pg
-  apply_immediately                   = true
-  backup_retention_period             = 1
+  apply_immediately       = true
+  backup_retention_period = var.backup_retention_days
+  copy_tags_to_snapshot   = true
+  # AWS takes advanced only with Performance Insights kept for 465 days.
+  database_insights_mode              = var.database_insights_mode
+  deletion_protection                 = var.deletion_protection
+  final_snapshot_identifier           = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-final-\${var.final_snapshot_number}"
+  kms_key_id                          = var.storage_kms_key_arn
-  master_password_wo         = var.db_master_password
-  master_password_wo_version = var.manage_master_password ? null : var.db_master_password_version
-  preferred_backup_window    = "03:00-04:00"
-  # A demonstration: destroy deletes the data as well, and nothing prevents it.
-  skip_final_snapshot    = true
-  storage_encrypted      = true
-  vpc_security_group_ids = [aws_security_group.aurora_sg.id]
+  master_password_wo                    = var.db_master_password
+  master_password_wo_version            = var.manage_master_password ? null : var.db_master_password_version
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  preferred_backup_window               = "03:00-04:00"
+  skip_final_snapshot                   = false
+  storage_encrypted                     = true
+  vpc_security_group_ids                = [aws_security_group.aurora_sg.id]
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
+    prevent_destroy = true

@ aws_rds_cluster_instance.aurora_pg_instance
-  auto_minor_version_upgrade = false
-  cluster_identifier         = aws_rds_cluster.aurora_pg.id
-  db_subnet_group_name       = aws_db_subnet_group.aurora_subnets.name
-  engine                     = aws_rds_cluster.aurora_pg.engine
-  engine_version             = aws_rds_cluster.aurora_pg.engine_version
-  instance_class             = var.instance_class
+  auto_minor_version_upgrade            = false
+  ca_cert_identifier                    = var.ca_certificate_identifier
+  cluster_identifier                    = aws_rds_cluster.aurora_pg.id
+  db_subnet_group_name                  = aws_db_subnet_group.aurora_subnets.name
+  engine                                = aws_rds_cluster.aurora_pg.engine
+  engine_version                        = aws_rds_cluster.aurora_pg.engine_version
+  instance_class                        = var.instance_class
+  monitoring_interval                   = 60
+  monitoring_role_arn                   = aws_iam_role.rds_monitoring.arn
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  depends_on = [aws_iam_role_policy_attachment.rds_monitoring]

@ aws_rds_cluster_instance.second
+# Takes over when the first one fails, in a minute or less: the replication slot
+# and the binary log are the cluster's, and go along.
+resource "aws_rds_cluster_instance" "second" {
+  identifier                            = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-2"
+  apply_immediately                     = true
+  auto_minor_version_upgrade            = false
+  ca_cert_identifier                    = var.ca_certificate_identifier
+  cluster_identifier                    = aws_rds_cluster.aurora_pg.id
+  db_subnet_group_name                  = aws_db_subnet_group.aurora_subnets.name
+  engine                                = aws_rds_cluster.aurora_pg.engine
+  engine_version                        = aws_rds_cluster.aurora_pg.engine_version
+  instance_class                        = var.instance_class
+  monitoring_interval                   = 60
+  monitoring_role_arn                   = aws_iam_role.rds_monitoring.arn
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  publicly_accessible                   = true
+  # Any but the first one's. AWS could choose the same.
+  availability_zone = [
+    for zone in values(data.aws_subnet.db)[*].availability_zone : zone
+    if zone != aws_rds_cluster_instance.aurora_pg_instance.availability_zone
+  ][0]
+  tags = { Name = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-2" }
+  depends_on = [aws_iam_role_policy_attachment.rds_monitoring]
+  # Decided once: an instance that moves is replaced.
+  lifecycle {
+    ignore_changes = [availability_zone]
+  }
+}

=== iam.tf
@ aws_iam_role.rds_monitoring
+# RDS writes by it what the hosts of this cluster's instances do: processes,
+# memory, load.
+resource "aws_iam_role" "rds_monitoring" {
+  name = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-monitoring"
+  assume_role_policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Sid       = "TrustMonitoringOfThisCluster"
+      Effect    = "Allow"
+      Principal = { Service = "monitoring.rds.amazonaws.com" }
+      Action    = "sts:AssumeRole"
+      Condition = {
+        StringLike = {
+          "aws:SourceArn" = "\${replace(aws_rds_cluster.aurora_pg.arn, ":cluster:", ":db:")}-*"
+        }
+      }
+    }]
+  })
+  tags = { Name = "\${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}-monitoring" }
+}

@ aws_iam_role_policy_attachment.rds_monitoring
+resource "aws_iam_role_policy_attachment" "rds_monitoring" {
+  role       = aws_iam_role.rds_monitoring.name
+  policy_arn = "arn:\${element(split(":", aws_rds_cluster.aurora_pg.arn), 1)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
+}

=== what it hands out
-  kept: []
+  kept:
+    - address: aws_rds_cluster.aurora_pg
+      isDeletable: "!var.deletion_protection"
+      madeSo: deletion_protection = false
`);
});
