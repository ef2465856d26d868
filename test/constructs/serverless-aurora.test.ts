import type { Chosen, Profile } from "../../choices";
import { RedpandaAccount } from "../../constructs/redpanda-account";
import { ServerlessAurora } from "../../constructs/serverless-aurora";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const aurora = (
  engine: Engine,
  profile: Profile = "demonstration",
  network: Chosen<"network"> = "public",
) =>
  rendered((around) => {
    const cluster = {
      region: around.given("data.redpanda_cluster.byoc.region"),
      networkId: around.given("data.redpanda_cluster.byoc.network_id"),
    };
    return new ServerlessAurora(around, "aurora", {
      engine,
      choices: { profile, network, database: "sql" },
      redpanda:
        network === "peering"
          ? new RedpandaAccount(around, "redpanda-account", {
              cluster,
              choices: { credentials: "role" },
            })
          : undefined,
    });
  });

test("a Serverless v2 cluster, in the network's subnets", () => {
  expect(aurora(postgres)).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Network
################################################################################

data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = "\${var.name_prefix}-vpc" }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "\${var.name_prefix}-igw" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }

  tags = { Name = "\${var.name_prefix}-public-rt" }
}

resource "aws_subnet" "public" {
  count = var.az_count

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.vpc_cidr, 2, count.index)
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  map_public_ip_on_launch = true

  tags = {
    Name = "\${var.name_prefix}-public-\${data.aws_availability_zones.available.names[count.index]}"
  }

  # AWS adds zones to regions, and a subnet that moves to another zone is
  # replaced.
  lifecycle {
    ignore_changes = [availability_zone, tags["Name"]]

    precondition {
      condition     = var.az_count <= length(data.aws_availability_zones.available.names)
      error_message = "az_count is \${var.az_count}, but \${var.region} offers this account \${length(data.aws_availability_zones.available.names)} zones: lower az_count or choose another region."
    }
  }
}

resource "aws_route_table_association" "public" {
  count = var.az_count

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[count.index].id
}

################################################################################
# Who may reach the database
################################################################################

# The address from which Terraform runs, so that psql and mysql work from there.
# Set admin_cidrs where applies come from several places: otherwise each would
# let in only itself.
data "http" "home_ip" {
  count = var.admin_cidrs == null ? 1 : 0

  url = "https://checkip.amazonaws.com"

  lifecycle {
    postcondition {
      condition     = self.status_code == 200 && can(cidrnetmask("\${chomp(self.response_body)}/32"))
      error_message = "https://checkip.amazonaws.com did not return this machine's IPv4 address (HTTP status \${self.status_code}). Set admin_cidrs to the networks from which people connect, or to [] for none."
    }
  }
}

locals {
  redpanda_cidrs = distinct(compact(concat([var.redpanda_cidr], var.redpanda_cidrs)))
  admin_cidrs = var.admin_cidrs != null ? var.admin_cidrs : [
    "\${chomp(data.http.home_ip[0].response_body)}/32",
  ]
}

resource "aws_security_group" "db" {
  name = "\${var.name_prefix}-db-sg"
  # AWS cannot change this text: another one would replace the group.
  description = "Allow Postgres from home IP"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = aws_vpc.this.id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = distinct(concat(local.admin_cidrs, local.redpanda_cidrs))
  }

  tags = { Name = "\${var.name_prefix}-db-sg" }
}

=== database.tf
################################################################################
# Database
################################################################################

resource "aws_db_subnet_group" "db" {
  name       = "\${var.name_prefix}-db-subnets"
  subnet_ids = aws_subnet.public[*].id

  tags = { Name = "\${var.name_prefix}-db-subnets" }
}

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
# The name in Terraform is the original's: the family follows engine_version.
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
  apply_immediately               = true
  database_name                   = var.db_name
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_pg17.name
  db_subnet_group_name            = aws_db_subnet_group.db.name
  deletion_protection             = false
  enabled_cloudwatch_logs_exports = ["postgresql", "iam-db-auth-error"]
  engine                          = "aurora-postgresql"
  # Serverless v2 is a provisioned cluster with instances of class db.serverless.
  engine_mode                         = "provisioned"
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

  serverlessv2_scaling_configuration {
    min_capacity = var.serverlessv2_min_acu
    max_capacity = var.serverlessv2_max_acu
  }

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
  instance_class             = "db.serverless"
  # Redpanda's NAT gateways connect over the internet; the security group limits
  # who may.
  publicly_accessible = true

  tags = { Name = "\${var.name_prefix}-aurora-pg-1" }

  depends_on = [aws_route_table_association.public]
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
cluster:
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
      serverless: "true"
      provisioned: "false"
    log:
      group: \${aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name}
  ready:
    - aws_rds_cluster_instance.aurora_instance
  reachable:
    - aws_route_table_association.public
ready:
  - aws_rds_cluster_instance.aurora_instance
`);
});

test("the same of Aurora MySQL", () => {
  expect(aurora(mysql).differenceTo(aurora(postgres))).toMatchInlineSnapshot(`
=== database.tf
@ data.aws_rds_clusters.existing
-    values = ["\${var.name_prefix}-aurora-pg"]
+    values = ["\${var.name_prefix}-aurora-mysql"]

@ data.aws_rds_engine_version.aurora
-  engine  = "aurora-postgresql"
+  engine  = "aurora-mysql"
-      condition     = length(setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types)) == 0
-      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["postgresql", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+      condition     = length(setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types)) == 0
+      error_message = "engine_version is \${jsonencode(var.engine_version)}, which cannot export the logs \${join(" and ", setsubtract(["error", "iam-db-auth-error"], self.exportable_log_types))} in \${var.region}. Choose a newer one: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."

@ aws_rds_cluster_parameter_group.aurora_mysql
+# The pipeline requires complete rows in the binary log, because it matches
+# columns by position. binlog_format also turns the log on.
+# The name in Terraform is the original's: the family follows engine_version.
+resource "aws_rds_cluster_parameter_group" "aurora_mysql" {
+  name   = "\${var.name_prefix}-aurora-mysql\${startswith(var.engine_version, "8.0.") ? "" : "84"}-cluster-pg"
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
+    Name = "\${var.name_prefix}-aurora-mysql\${startswith(var.engine_version, "8.0.") ? "" : "84"}-cluster-pg"
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
+  name              = "/aws/rds/cluster/\${var.name_prefix}-aurora-mysql/\${each.value}"

@ aws_rds_cluster.aurora
-  cluster_identifier = "\${var.name_prefix}-aurora-pg"
+  cluster_identifier = "\${var.name_prefix}-aurora-mysql"
-  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_pg17.name
+  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_mysql.name
-  enabled_cloudwatch_logs_exports = ["postgresql", "iam-db-auth-error"]
-  engine                          = "aurora-postgresql"
+  enabled_cloudwatch_logs_exports = ["error", "iam-db-auth-error"]
+  engine                          = "aurora-mysql"
-  tags = { Name = "\${var.name_prefix}-aurora-pg" }
+  tags = { Name = "\${var.name_prefix}-aurora-mysql" }
-      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${var.name_prefix}-aurora-pg yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
+      error_message = "engine_version is \${jsonencode(var.engine_version)}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no \${var.name_prefix}-aurora-mysql yet. Choose one that is available: \`aws rds describe-db-engine-versions --engine aurora-mysql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
-    precondition {
-      condition = (
-        length(data.aws_rds_clusters.existing.cluster_identifiers) > 0 ||
-        !can(regex("^14[.]", var.engine_version))
-      )
-      error_message = "engine_version is \${jsonencode(var.engine_version)}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Choose 15 or newer: \`aws rds describe-db-engine-versions --engine aurora-postgresql --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\`."
-    }

@ aws_rds_cluster_instance.aurora_instance
-  identifier        = "\${var.name_prefix}-aurora-pg-1"
+  identifier        = "\${var.name_prefix}-aurora-mysql-1"
-  tags = { Name = "\${var.name_prefix}-aurora-pg-1" }
+  tags = { Name = "\${var.name_prefix}-aurora-mysql-1" }

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
-# The name in Terraform is the original's: the family follows engine_version.
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

=== network.tf
@ aws_security_group.db
-  description = "Allow Postgres from home IP"
+  description = "Allow MySQL from home IP"
-    from_port   = 5432
-    to_port     = 5432
+    from_port   = 3306
+    to_port     = 3306

=== what it hands out
-  port: "5432"
+  port: "3306"
-    name: \${var.name_prefix}-aurora-pg
+    name: \${var.name_prefix}-aurora-mysql
`);
});

test("one that is to last", () => {
  const lasting = aurora(postgres, "production");
  expect(lasting.differenceTo(aurora(postgres))).toMatchInlineSnapshot(`
=== database.tf
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
-  apply_immediately               = true
+  apply_immediately       = true
+  backup_retention_period = var.backup_retention_days
+  copy_tags_to_snapshot   = true
+  # AWS takes advanced only with Performance Insights kept for 465 days.
+  database_insights_mode          = var.database_insights_mode
-  deletion_protection             = false
+  deletion_protection             = var.deletion_protection
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
-  instance_class             = "db.serverless"
+  auto_minor_version_upgrade            = false
+  ca_cert_identifier                    = var.ca_certificate_identifier
+  cluster_identifier                    = aws_rds_cluster.aurora.id
+  engine                                = aws_rds_cluster.aurora.engine
+  engine_version                        = aws_rds_cluster.aurora.engine_version
+  instance_class                        = "db.serverless"
+  monitoring_interval                   = 60
+  monitoring_role_arn                   = aws_iam_role.rds_monitoring.arn
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
-  depends_on = [aws_route_table_association.public]
+  depends_on = [aws_route_table_association.public, aws_iam_role_policy_attachment.rds_monitoring]

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
+  instance_class                        = "db.serverless"
+  monitoring_interval                   = 60
+  monitoring_role_arn                   = aws_iam_role.rds_monitoring.arn
+  performance_insights_enabled          = true
+  performance_insights_kms_key_id       = var.performance_insights_kms_key_arn
+  performance_insights_retention_period = var.database_insights_mode == "advanced" ? 465 : 7
+  publicly_accessible                   = true
+  # Any but the first one's. AWS could choose the same.
+  availability_zone = [
+    for zone in aws_subnet.public[*].availability_zone : zone
+    if zone != aws_rds_cluster_instance.aurora_instance.availability_zone
+  ][0]
+  tags = { Name = "\${var.name_prefix}-aurora-pg-2" }
+  depends_on = [aws_route_table_association.public, aws_iam_role_policy_attachment.rds_monitoring]
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

=== network.tf
@ aws_security_group.db
-    cidr_blocks = distinct(concat(local.admin_cidrs, local.redpanda_cidrs))
+    cidr_blocks = distinct(concat(var.admin_cidrs, local.redpanda_cidrs))

@ data.http.home_ip
-# The address from which Terraform runs, so that psql and mysql work from there.
-# Set admin_cidrs where applies come from several places: otherwise each would
-# let in only itself.
-data "http" "home_ip" {
-  count = var.admin_cidrs == null ? 1 : 0
-  url = "https://checkip.amazonaws.com"
-  lifecycle {
-    postcondition {
-      condition     = self.status_code == 200 && can(cidrnetmask("\${chomp(self.response_body)}/32"))
-      error_message = "https://checkip.amazonaws.com did not return this machine's IPv4 address (HTTP status \${self.status_code}). Set admin_cidrs to the networks from which people connect, or to [] for none."
-    }
-  }
-}

@ local.admin_cidrs
-  admin_cidrs = var.admin_cidrs != null ? var.admin_cidrs : [
-    "\${chomp(data.http.home_ip[0].response_body)}/32",
-  ]

=== what it hands out
-  kept: []
+  kept:
+    - address: aws_rds_cluster.aurora
+      isDeletable: "!var.deletion_protection"
+      madeSo: deletion_protection = false
`);
});

test.each(["routed", "peering"] as const)("has no public address with network %s", (network) => {
  const difference = aurora(postgres, "demonstration", network).differenceTo(aurora(postgres));
  const instance = String(difference)
    .split("\n\n")
    .find((block) => block.includes("@ aws_rds_cluster_instance.aurora_instance"));
  expect(instance).toContain("+  publicly_accessible = false");
});
