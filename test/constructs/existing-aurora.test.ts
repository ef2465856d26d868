import type { Chosen } from "../../choices";
import { ExistingAurora, type ExistingAuroraProps } from "../../constructs/existing-aurora";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const aurora = (database: Chosen<"database"> = "sql", props: Partial<ExistingAuroraProps> = {}) =>
  rendered(
    (around) =>
      new ExistingAurora(around, "aurora", {
        engine: postgres,
        topology: "byoc",
        choices: { database },
        network: "public",
        ...props,
      }),
  );

test("a cluster of somebody else, judged before anything is made", () => {
  expect(aurora()).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database
################################################################################

# Asked first, because of a cluster that is not there AWS's answer does not say
# where.
data "aws_rds_clusters" "existing" {
  filter {
    name   = "db-cluster-id"
    values = [var.cluster_identifier]
  }
}

locals {
  # What reads a cluster of another engine.
  instead = {
    aurora-mysql = "Synthesize the other module: --engine mysql."
    postgres     = "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own."
    mysql        = "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own."
    others       = "Redpanda Connect has other inputs for it."
  }

  # The secret with the password of db_username: the one that is given, or RDS's
  # own of the master user. Null where there is none.
  master_secret_arn = var.master_secret_arn != null ? var.master_secret_arn : one([
    for secret in coalesce(data.aws_rds_cluster.aurora.master_user_secret, []) : secret.secret_arn
    if data.aws_rds_cluster.aurora.master_username == var.db_username
  ])
}

# The cluster, which this module reads and does not change.
data "aws_rds_cluster" "aurora" {
  cluster_identifier = var.cluster_identifier

  # What would fail later, said before anything is made.
  lifecycle {
    precondition {
      condition     = length(data.aws_rds_clusters.existing.cluster_identifiers) > 0
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, and \${var.region} has no such cluster in the account of \${var.aws_profile == null ? "these credentials" : "aws_profile"}. Those there are: \`aws rds describe-db-clusters --region \${var.region} --filters Name=engine,Values=aurora-postgresql --query 'DBClusters[].DBClusterIdentifier'\`."
    }

    postcondition {
      condition     = self.engine == "aurora-postgresql"
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine}, and this module reads Aurora PostgreSQL (aurora-postgresql) by postgres_cdc. \${lookup(local.instead, self.engine, local.instead.others)}"
    }

    postcondition {
      condition = (
        self.engine != "aurora-postgresql" ||
        can(regex("^(14|15|16|17|18)[.]([0-9]|[1-9][0-9])$", split("-", self.engine_version)[0]))
      )
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine_version}. It must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on). Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}, which takes minutes without the database."
    }

    postcondition {
      condition     = self.engine != "aurora-postgresql" || self.engine_mode == "provisioned"
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with engine mode \${self.engine_mode}, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine aurora-postgresql --db-cluster-identifier <new cluster> --region \${var.region}."
    }

    postcondition {
      condition     = self.engine != "aurora-postgresql" || self.cluster_scalability_type != "limitless"
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, an Aurora Limitless Database, whose shards have no common log: Redpanda Connect cannot stream from it. Choose a cluster of scalability type standard."
    }

    postcondition {
      condition = (
        self.engine != "aurora-postgresql" ||
        try(length(self.replication_source_identifier), 0) == 0
      )
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, a replica of \${self.replication_source_identifier}. Rows must be read where they are written: set cluster_identifier to the source, with its region and account."
    }

    postcondition {
      condition     = self.engine != "aurora-postgresql" || length(self.cluster_members) > 0
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier \${var.cluster_identifier}-1 --db-instance-class db.serverless --engine aurora-postgresql --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
    }

    postcondition {
      condition     = self.engine != "aurora-postgresql" || self.iam_database_authentication_enabled
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, where IAM database authentication is off. Switch it on, which interrupts nothing: aws rds modify-db-cluster --enable-iam-database-authentication --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
    }

    postcondition {
      condition = (
        self.engine != "aurora-postgresql" ||
        !startswith(self.db_cluster_parameter_group_name, "default.")
      )
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with AWS's own parameter group \${self.db_cluster_parameter_group_name}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --db-parameter-group-family \${substr(self.db_cluster_parameter_group_name, 8, -1)} --description CDC --region \${var.region}; aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --parameters ParameterName=rds.logical_replication,ParameterValue=1,ApplyMethod=pending-reboot ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=pending-reboot --region \${var.region}; aws rds modify-db-cluster --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region \${var.region}."
    }

    postcondition {
      condition = (
        !var.manage_ingress ||
        var.security_group_id != null ||
        length(self.vpc_security_group_ids) == 1
      )
      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has \${length(self.vpc_security_group_ids)} security groups: \${join(", ", sort(self.vpc_security_group_ids))}. Set security_group_id to the one that may get a rule for Redpanda, or manage_ingress = false where you let Redpanda in yourself."
    }

    postcondition {
      condition = (
        !var.manage_ingress ||
        var.security_group_id == null ||
        contains(self.vpc_security_group_ids, coalesce(var.security_group_id, "none"))
      )
      error_message = "security_group_id is \${jsonencode(var.security_group_id)}, and \${var.cluster_identifier} has \${join(", ", sort(self.vpc_security_group_ids))}. Set it to one of those, or to null where there is only one."
    }
  }
}

check "engine_version" {
  assert {
    condition     = !can(regex("^14[.]", data.aws_rds_cluster.aurora.engine_version))
    error_message = "\${var.cluster_identifier} runs \${data.aws_rds_cluster.aurora.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
  }
}

# Its instances: any of them may be the writer tomorrow.
data "aws_db_instance" "member" {
  for_each = toset(data.aws_rds_cluster.aurora.cluster_members)

  db_instance_identifier = each.value
}

check "public_access" {
  assert {
    condition = length([
      for name, instance in data.aws_db_instance.member : name if !instance.publicly_accessible
    ]) == 0
    error_message = "Without a public address: \${join(", ", [for name, instance in data.aws_db_instance.member : name if !instance.publicly_accessible])}. Redpanda's NAT gateways reach such an instance only by a private path, such as a peering or a transit gateway: synthesize with --network routed. If there is none: aws rds modify-db-instance --db-instance-identifier <instance> --publicly-accessible --apply-immediately --region \${var.region}, in subnets with a route to an internet gateway."
  }
}

=== alarms.tf
################################################################################
# Alarms
################################################################################

# The log of refused tokens, if the cluster writes it to CloudWatch.
data "aws_cloudwatch_log_groups" "refusals" {
  count = length(var.alarm_topic_arns) > 0 ? 1 : 0

  log_group_name_prefix = "/aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error"
}

check "refusals_are_logged" {
  assert {
    condition = (
      length(var.alarm_topic_arns) == 0 ||
      contains(
        flatten(data.aws_cloudwatch_log_groups.refusals[*].log_group_names),
        "/aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error"
      )
    )
    error_message = "There is no log group /aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error in \${var.region}, so no alarm is made of refused tokens. Let the cluster write the log, which interrupts nothing: aws rds modify-db-cluster --db-cluster-identifier \${var.cluster_identifier} --cloudwatch-logs-export-configuration '{\\"EnableLogTypes\\":[\\"iam-db-auth-error\\"]}' --region \${var.region}. Its group is there from the first line on: apply again then, or create it: aws logs create-log-group --log-group-name /aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error --region \${var.region}."
  }
}

=== network.tf
################################################################################
# Who may reach the database
################################################################################

locals {
  security_group_id = var.security_group_id != null ? var.security_group_id : one(
    data.aws_rds_cluster.aurora.vpc_security_group_ids
  )
}

# Rules of their own, beside those of the group's owner. If the owner writes
# rules inline in Terraform, the owner's next apply removes these: then let the
# owner list the networks, and set manage_ingress = false.
resource "aws_vpc_security_group_ingress_rule" "redpanda" {
  for_each = toset([
    for network in concat(compact(concat([var.redpanda_cidr], var.redpanda_cidrs)), var.admin_cidrs) : network
    if var.manage_ingress && !contains(var.existing_ingress_cidrs, network)
  ])

  from_port         = data.aws_rds_cluster.aurora.port
  to_port           = data.aws_rds_cluster.aurora.port
  ip_protocol       = "tcp"
  cidr_ipv4         = each.value
  description       = "Redpanda Connect reads changes"
  security_group_id = local.security_group_id
}

=== what it hands out
endpoint: \${data.aws_rds_cluster.aurora.endpoint}
readerEndpoint: \${data.aws_rds_cluster.aurora.reader_endpoint}
port: \${data.aws_rds_cluster.aurora.port}
identifier: \${data.aws_rds_cluster.aurora.cluster_identifier}
resourceId: \${data.aws_rds_cluster.aurora.cluster_resource_id}
arn: \${data.aws_rds_cluster.aurora.arn}
secret:
  isThere: \${local.master_secret_arn} != null
  arn: \${local.master_secret_arn}
kept: []
watched:
  name: \${var.name_prefix}-aurora-pg
  identifier: \${data.aws_rds_cluster.aurora.cluster_identifier}
  classes:
    serverless: 'anytrue([for instance in data.aws_db_instance.member : instance.db_instance_class == "db.serverless"])'
    provisioned: 'anytrue([for instance in data.aws_db_instance.member : instance.db_instance_class != "db.serverless"])'
  log:
    group: /aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error
    isThere: contains(flatten(data.aws_cloudwatch_log_groups.refusals[*].log_group_names), "/aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error")
ready:
  - aws_vpc_security_group_ingress_rule.redpanda
reachable:
  - aws_vpc_security_group_ingress_rule.redpanda
`);
});

test("MySQL's, with its own names", () => {
  expect(aurora("sql", { engine: mysql }).differenceTo(aurora())).toMatchInlineSnapshot(`
=== database.tf
@ local.instead
-    aurora-mysql = "Synthesize the other module: --engine mysql."
-    postgres     = "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own."
-    mysql        = "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own."
-    others       = "Redpanda Connect has other inputs for it."
+    aurora-postgresql = "Synthesize the other module: --engine postgres."
+    postgres          = "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own."
+    mysql             = "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own."
+    others            = "Redpanda Connect has other inputs for it."

@ data.aws_rds_cluster.aurora
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, and \${var.region} has no such cluster in the account of \${var.aws_profile == null ? "these credentials" : "aws_profile"}. Those there are: \`aws rds describe-db-clusters --region \${var.region} --filters Name=engine,Values=aurora-postgresql --query 'DBClusters[].DBClusterIdentifier'\`."
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, and \${var.region} has no such cluster in the account of \${var.aws_profile == null ? "these credentials" : "aws_profile"}. Those there are: \`aws rds describe-db-clusters --region \${var.region} --filters Name=engine,Values=aurora-mysql --query 'DBClusters[].DBClusterIdentifier'\`."
-      condition     = self.engine == "aurora-postgresql"
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine}, and this module reads Aurora PostgreSQL (aurora-postgresql) by postgres_cdc. \${lookup(local.instead, self.engine, local.instead.others)}"
+      condition     = self.engine == "aurora-mysql"
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine}, and this module reads Aurora MySQL (aurora-mysql) by mysql_cdc. \${lookup(local.instead, self.engine, local.instead.others)}"
-        self.engine != "aurora-postgresql" ||
-        can(regex("^(14|15|16|17|18)[.]([0-9]|[1-9][0-9])$", split("-", self.engine_version)[0]))
+        self.engine != "aurora-mysql" ||
+        can(regex(
+          "^(8[.]0[.]mysql_aurora[.]3[.](0[2-9]|[1-9][0-9])[.]([0-9]|[1-9][0-9])|8[.]4[.]mysql_aurora[.]8[.]4[.]([0-9]|[1-9][0-9]))$",
+          split("-", self.engine_version)[0]
+        ))
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine_version}. It must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on). Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}, which takes minutes without the database."
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine_version}. It must be a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 requires) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7. Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}, which takes minutes without the database."
-      condition     = self.engine != "aurora-postgresql" || self.engine_mode == "provisioned"
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with engine mode \${self.engine_mode}, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine aurora-postgresql --db-cluster-identifier <new cluster> --region \${var.region}."
+      condition     = self.engine != "aurora-mysql" || self.engine_mode == "provisioned"
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with engine mode \${self.engine_mode}, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine aurora-mysql --db-cluster-identifier <new cluster> --region \${var.region}."
-      condition     = self.engine != "aurora-postgresql" || self.cluster_scalability_type != "limitless"
+      condition     = self.engine != "aurora-mysql" || self.cluster_scalability_type != "limitless"
-        self.engine != "aurora-postgresql" ||
+        self.engine != "aurora-mysql" ||
-      condition     = self.engine != "aurora-postgresql" || length(self.cluster_members) > 0
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier \${var.cluster_identifier}-1 --db-instance-class db.serverless --engine aurora-postgresql --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
+      condition     = self.engine != "aurora-mysql" || length(self.cluster_members) > 0
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier \${var.cluster_identifier}-1 --db-instance-class db.serverless --engine aurora-mysql --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
-      condition     = self.engine != "aurora-postgresql" || self.iam_database_authentication_enabled
+      condition     = self.engine != "aurora-mysql" || self.iam_database_authentication_enabled
-        self.engine != "aurora-postgresql" ||
+        self.engine != "aurora-mysql" ||
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with AWS's own parameter group \${self.db_cluster_parameter_group_name}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --db-parameter-group-family \${substr(self.db_cluster_parameter_group_name, 8, -1)} --description CDC --region \${var.region}; aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --parameters ParameterName=rds.logical_replication,ParameterValue=1,ApplyMethod=pending-reboot ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=pending-reboot --region \${var.region}; aws rds modify-db-cluster --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region \${var.region}."
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with AWS's own parameter group \${self.db_cluster_parameter_group_name}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --db-parameter-group-family \${substr(self.db_cluster_parameter_group_name, 8, -1)} --description CDC --region \${var.region}; aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --parameters ParameterName=binlog_format,ParameterValue=ROW,ApplyMethod=pending-reboot ParameterName=binlog_row_image,ParameterValue=FULL,ApplyMethod=pending-reboot --region \${var.region}; aws rds modify-db-cluster --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region \${var.region}."

@ check.engine_version
-check "engine_version" {
-  assert {
-    condition     = !can(regex("^14[.]", data.aws_rds_cluster.aurora.engine_version))
-    error_message = "\${var.cluster_identifier} runs \${data.aws_rds_cluster.aurora.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
-  }
-}

=== what it hands out
-  name: \${var.name_prefix}-aurora-pg
+  name: \${var.name_prefix}-aurora-mysql
`);
});

test("where the apply connects, with one password", () => {
  expect(aurora("exec").differenceTo(aurora())).toMatchInlineSnapshot(`
=== database.tf
@ data.aws_rds_cluster.aurora
+    postcondition {
+      condition = (
+        var.db_password != null ||
+        var.master_secret_arn != null ||
+        (self.master_username == var.db_username && try(length(self.master_user_secret), 0) > 0)
+      )
+      error_message = "db_password is not given, and RDS keeps no password of \${var.db_username} in Secrets Manager. Give it, for example as TF_VAR_db_password, or set master_secret_arn to a secret that has it."
+    }
+    postcondition {
+      condition     = var.db_password == null || var.master_secret_arn == null
+      error_message = "db_password (not shown) and master_secret_arn are both given. Leave one of them out."
+    }
+    postcondition {
+      condition = (
+        var.db_password == null ||
+        var.master_secret_arn != null ||
+        !(self.master_username == var.db_username && try(length(self.master_user_secret), 0) > 0)
+      )
+      error_message = "db_password (not shown) is given, and RDS keeps the password of \${var.db_username} in Secrets Manager. Leave db_password out, or set db_username to another user."
+    }
`);
});

test("from a host in its own network, nothing is said of public addresses", () => {
  expect(
    aurora("sql", { topology: "ec2", network: undefined }).differenceTo(aurora()),
  ).toMatchInlineSnapshot(`
=== database.tf
@ local.master_secret_arn
-  # The secret with the password of db_username: the one that is given, or RDS's
-  # own of the master user. Null where there is none.
+  # The secret with the password of db_master_username: the one that is given, or
+  # RDS's own of the master user. Null where there is none.
-    for secret in coalesce(data.aws_rds_cluster.aurora.master_user_secret, []) : secret.secret_arn
-    if data.aws_rds_cluster.aurora.master_username == var.db_username
+    for secret in coalesce(data.aws_rds_cluster.aurora_pg.master_user_secret, []) : secret.secret_arn
+    if data.aws_rds_cluster.aurora_pg.master_username == var.db_master_username

@ data.aws_rds_cluster.aurora_pg
+# The cluster, which this module reads and does not change.
+data "aws_rds_cluster" "aurora_pg" {
+  cluster_identifier = var.cluster_identifier
+  # What would fail later, said before anything is made.
+  lifecycle {
+    precondition {
+      condition     = length(data.aws_rds_clusters.existing.cluster_identifiers) > 0
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, and \${var.region} has no such cluster in the account of \${var.aws_profile == null ? "these credentials" : "aws_profile"}. Those there are: \`aws rds describe-db-clusters --region \${var.region} --filters Name=engine,Values=aurora-postgresql --query 'DBClusters[].DBClusterIdentifier'\`."
+    }
+    postcondition {
+      condition     = self.engine == "aurora-postgresql"
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine}, and this module reads Aurora PostgreSQL (aurora-postgresql) by postgres_cdc. \${lookup(local.instead, self.engine, local.instead.others)}"
+    }
+    postcondition {
+      condition = (
+        self.engine != "aurora-postgresql" ||
+        can(regex("^(14|15|16|17|18)[.]([0-9]|[1-9][0-9])$", split("-", self.engine_version)[0]))
+      )
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine_version}. It must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on). Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}, which takes minutes without the database."
+    }
+    postcondition {
+      condition     = self.engine != "aurora-postgresql" || self.engine_mode == "provisioned"
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with engine mode \${self.engine_mode}, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine aurora-postgresql --db-cluster-identifier <new cluster> --region \${var.region}."
+    }
+    postcondition {
+      condition     = self.engine != "aurora-postgresql" || self.cluster_scalability_type != "limitless"
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, an Aurora Limitless Database, whose shards have no common log: Redpanda Connect cannot stream from it. Choose a cluster of scalability type standard."
+    }
+    postcondition {
+      condition = (
+        self.engine != "aurora-postgresql" ||
+        try(length(self.replication_source_identifier), 0) == 0
+      )
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, a replica of \${self.replication_source_identifier}. Rows must be read where they are written: set cluster_identifier to the source, with its region and account."
+    }
+    postcondition {
+      condition     = self.engine != "aurora-postgresql" || length(self.cluster_members) > 0
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier \${var.cluster_identifier}-1 --db-instance-class db.serverless --engine aurora-postgresql --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
+    }
+    postcondition {
+      condition     = self.engine != "aurora-postgresql" || self.iam_database_authentication_enabled
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, where IAM database authentication is off. Switch it on, which interrupts nothing: aws rds modify-db-cluster --enable-iam-database-authentication --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
+    }
+    postcondition {
+      condition = (
+        self.engine != "aurora-postgresql" ||
+        !startswith(self.db_cluster_parameter_group_name, "default.")
+      )
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with AWS's own parameter group \${self.db_cluster_parameter_group_name}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --db-parameter-group-family \${substr(self.db_cluster_parameter_group_name, 8, -1)} --description CDC --region \${var.region}; aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --parameters ParameterName=rds.logical_replication,ParameterValue=1,ApplyMethod=pending-reboot ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=pending-reboot --region \${var.region}; aws rds modify-db-cluster --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region \${var.region}."
+    }
+    postcondition {
+      condition = (
+        !var.manage_ingress ||
+        var.security_group_id != null ||
+        length(self.vpc_security_group_ids) == 1
+      )
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has \${length(self.vpc_security_group_ids)} security groups: \${join(", ", sort(self.vpc_security_group_ids))}. Set security_group_id to the one that may get a rule for Redpanda, or manage_ingress = false where you let Redpanda in yourself."
+    }
+    postcondition {
+      condition = (
+        !var.manage_ingress ||
+        var.security_group_id == null ||
+        contains(self.vpc_security_group_ids, coalesce(var.security_group_id, "none"))
+      )
+      error_message = "security_group_id is \${jsonencode(var.security_group_id)}, and \${var.cluster_identifier} has \${join(", ", sort(self.vpc_security_group_ids))}. Set it to one of those, or to null where there is only one."
+    }
+  }
+}

@ check.engine_version
-    condition     = !can(regex("^14[.]", data.aws_rds_cluster.aurora.engine_version))
-    error_message = "\${var.cluster_identifier} runs \${data.aws_rds_cluster.aurora.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."
+    condition     = !can(regex("^14[.]", data.aws_rds_cluster.aurora_pg.engine_version))
+    error_message = "\${var.cluster_identifier} runs \${data.aws_rds_cluster.aurora_pg.engine_version}. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes."

@ data.aws_db_instance.member
-# Its instances: any of them may be the writer tomorrow.
+# Its instances, whose classes decide what there is to be watched.
-  for_each = toset(data.aws_rds_cluster.aurora.cluster_members)
+  for_each = toset([
+    for name in data.aws_rds_cluster.aurora_pg.cluster_members : name
+    if length(var.alarm_topic_arns) > 0
+  ])

@ data.aws_rds_cluster.aurora
-# The cluster, which this module reads and does not change.
-data "aws_rds_cluster" "aurora" {
-  cluster_identifier = var.cluster_identifier
-  # What would fail later, said before anything is made.
-  lifecycle {
-    precondition {
-      condition     = length(data.aws_rds_clusters.existing.cluster_identifiers) > 0
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, and \${var.region} has no such cluster in the account of \${var.aws_profile == null ? "these credentials" : "aws_profile"}. Those there are: \`aws rds describe-db-clusters --region \${var.region} --filters Name=engine,Values=aurora-postgresql --query 'DBClusters[].DBClusterIdentifier'\`."
-    }
-    postcondition {
-      condition     = self.engine == "aurora-postgresql"
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine}, and this module reads Aurora PostgreSQL (aurora-postgresql) by postgres_cdc. \${lookup(local.instead, self.engine, local.instead.others)}"
-    }
-    postcondition {
-      condition = (
-        self.engine != "aurora-postgresql" ||
-        can(regex("^(14|15|16|17|18)[.]([0-9]|[1-9][0-9])$", split("-", self.engine_version)[0]))
-      )
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine_version}. It must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on). Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}, which takes minutes without the database."
-    }
-    postcondition {
-      condition     = self.engine != "aurora-postgresql" || self.engine_mode == "provisioned"
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with engine mode \${self.engine_mode}, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine aurora-postgresql --db-cluster-identifier <new cluster> --region \${var.region}."
-    }
-    postcondition {
-      condition     = self.engine != "aurora-postgresql" || self.cluster_scalability_type != "limitless"
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, an Aurora Limitless Database, whose shards have no common log: Redpanda Connect cannot stream from it. Choose a cluster of scalability type standard."
-    }
-    postcondition {
-      condition = (
-        self.engine != "aurora-postgresql" ||
-        try(length(self.replication_source_identifier), 0) == 0
-      )
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, a replica of \${self.replication_source_identifier}. Rows must be read where they are written: set cluster_identifier to the source, with its region and account."
-    }
-    postcondition {
-      condition     = self.engine != "aurora-postgresql" || length(self.cluster_members) > 0
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier \${var.cluster_identifier}-1 --db-instance-class db.serverless --engine aurora-postgresql --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
-    }
-    postcondition {
-      condition     = self.engine != "aurora-postgresql" || self.iam_database_authentication_enabled
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, where IAM database authentication is off. Switch it on, which interrupts nothing: aws rds modify-db-cluster --enable-iam-database-authentication --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
-    }
-    postcondition {
-      condition = (
-        self.engine != "aurora-postgresql" ||
-        !startswith(self.db_cluster_parameter_group_name, "default.")
-      )
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, with AWS's own parameter group \${self.db_cluster_parameter_group_name}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --db-parameter-group-family \${substr(self.db_cluster_parameter_group_name, 8, -1)} --description CDC --region \${var.region}; aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --parameters ParameterName=rds.logical_replication,ParameterValue=1,ApplyMethod=pending-reboot ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=pending-reboot --region \${var.region}; aws rds modify-db-cluster --db-cluster-parameter-group-name \${var.cluster_identifier}-cdc --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region \${var.region}."
-    }
-    postcondition {
-      condition = (
-        !var.manage_ingress ||
-        var.security_group_id != null ||
-        length(self.vpc_security_group_ids) == 1
-      )
-      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which has \${length(self.vpc_security_group_ids)} security groups: \${join(", ", sort(self.vpc_security_group_ids))}. Set security_group_id to the one that may get a rule for Redpanda, or manage_ingress = false where you let Redpanda in yourself."
-    }
-    postcondition {
-      condition = (
-        !var.manage_ingress ||
-        var.security_group_id == null ||
-        contains(self.vpc_security_group_ids, coalesce(var.security_group_id, "none"))
-      )
-      error_message = "security_group_id is \${jsonencode(var.security_group_id)}, and \${var.cluster_identifier} has \${join(", ", sort(self.vpc_security_group_ids))}. Set it to one of those, or to null where there is only one."
-    }
-  }
-}

@ check.public_access
-check "public_access" {
-  assert {
-    condition = length([
-      for name, instance in data.aws_db_instance.member : name if !instance.publicly_accessible
-    ]) == 0
-    error_message = "Without a public address: \${join(", ", [for name, instance in data.aws_db_instance.member : name if !instance.publicly_accessible])}. Redpanda's NAT gateways reach such an instance only by a private path, such as a peering or a transit gateway: synthesize with --network routed. If there is none: aws rds modify-db-instance --db-instance-identifier <instance> --publicly-accessible --apply-immediately --region \${var.region}, in subnets with a route to an internet gateway."
-  }
-}

=== network.tf
@ local.security_group_id
-    data.aws_rds_cluster.aurora.vpc_security_group_ids
+    data.aws_rds_cluster.aurora_pg.vpc_security_group_ids

@ aws_vpc_security_group_ingress_rule.redpanda
-    for network in concat(compact(concat([var.redpanda_cidr], var.redpanda_cidrs)), var.admin_cidrs) : network
+    for network in var.allowed_cidr_blocks : network
-  from_port         = data.aws_rds_cluster.aurora.port
-  to_port           = data.aws_rds_cluster.aurora.port
+  from_port         = data.aws_rds_cluster.aurora_pg.port
+  to_port           = data.aws_rds_cluster.aurora_pg.port

=== what it hands out
-endpoint: \${data.aws_rds_cluster.aurora.endpoint}
-readerEndpoint: \${data.aws_rds_cluster.aurora.reader_endpoint}
-port: \${data.aws_rds_cluster.aurora.port}
-identifier: \${data.aws_rds_cluster.aurora.cluster_identifier}
-resourceId: \${data.aws_rds_cluster.aurora.cluster_resource_id}
-arn: \${data.aws_rds_cluster.aurora.arn}
+endpoint: \${data.aws_rds_cluster.aurora_pg.endpoint}
+readerEndpoint: \${data.aws_rds_cluster.aurora_pg.reader_endpoint}
+port: \${data.aws_rds_cluster.aurora_pg.port}
+identifier: \${data.aws_rds_cluster.aurora_pg.cluster_identifier}
+resourceId: \${data.aws_rds_cluster.aurora_pg.cluster_resource_id}
+arn: \${data.aws_rds_cluster.aurora_pg.arn}
-  name: \${var.name_prefix}-aurora-pg
-  identifier: \${data.aws_rds_cluster.aurora.cluster_identifier}
+  name: \${join("-", compact([var.name_prefix, "aurora-pg-iam-demo"]))}
+  identifier: \${data.aws_rds_cluster.aurora_pg.cluster_identifier}
`);
});

test("the Data API wants a version that has it, and a secret", () => {
  expect(aurora("data-api").differenceTo(aurora())).toMatchInlineSnapshot(`
=== database.tf
@ data.aws_rds_cluster.aurora
+    postcondition {
+      condition = (
+        self.engine != "aurora-postgresql" ||
+        !can(regex(
+          "^(14[.][0-7]|15[.][0-2]|16[.]0|17[.][0-3]|18[.][0-2])$",
+          split("-", self.engine_version)[0]
+        ))
+      )
+      error_message = "cluster_identifier is \${jsonencode(var.cluster_identifier)}, which runs \${self.engine_version}, for which AWS has no Data API. It must be 14.8, 15.3, 16.1, 17.4, 18.3 or newer within its major version: upgrade it, or synthesize with another --database, such as exec."
+    }
+    postcondition {
+      condition = (
+        self.engine != "aurora-postgresql" ||
+        var.master_secret_arn != null ||
+        (self.master_username == var.db_username && try(length(self.master_user_secret), 0) > 0)
+      )
+      error_message = "db_username is \${jsonencode(var.db_username)}, of whom RDS keeps no password in Secrets Manager, and master_secret_arn is null. The Data API logs in with a secret: set master_secret_arn to one of the form {\\"username\\": \\"…\\", \\"password\\": \\"…\\"}, or let RDS keep the master password, which changes it: aws rds modify-db-cluster --manage-master-user-password --apply-immediately --db-cluster-identifier \${var.cluster_identifier} --region \${var.region}."
+    }
`);
});

test("by a private way, the other addresses are warned of, and the networks are looked up", () => {
  expect(aurora("sql", { network: "routed" }).differenceTo(aurora())).toMatchInlineSnapshot(`
=== database.tf
@ check.public_access
-      for name, instance in data.aws_db_instance.member : name if !instance.publicly_accessible
+      for name, instance in data.aws_db_instance.member : name if instance.publicly_accessible
-    error_message = "Without a public address: \${join(", ", [for name, instance in data.aws_db_instance.member : name if !instance.publicly_accessible])}. Redpanda's NAT gateways reach such an instance only by a private path, such as a peering or a transit gateway: synthesize with --network routed. If there is none: aws rds modify-db-instance --db-instance-identifier <instance> --publicly-accessible --apply-immediately --region \${var.region}, in subnets with a route to an internet gateway."
+    error_message = "With a public address: \${join(", ", [for name, instance in data.aws_db_instance.member : name if instance.publicly_accessible])}. Outside of its own VPC the endpoint's name leads there, past the private way, and the security group refuses it. Take the address away, where nobody else uses it: aws rds modify-db-instance --db-instance-identifier <instance> --no-publicly-accessible --apply-immediately --region \${var.region}; or let the peering resolve names (allow_remote_vpc_dns_resolution on the database's side)."

@ data.aws_db_subnet_group.db
+# The networks that it is in.
+data "aws_db_subnet_group" "db" {
+  name = data.aws_rds_cluster.aurora.db_subnet_group_name
+}

@ data.aws_vpc.db
+data "aws_vpc" "db" {
+  id = data.aws_db_subnet_group.db.vpc_id
+}

=== network.tf
@ aws_vpc_security_group_ingress_rule.redpanda
-    for network in concat(compact(concat([var.redpanda_cidr], var.redpanda_cidrs)), var.admin_cidrs) : network
+    for network in concat(var.redpanda_vpc_cidrs, var.admin_cidrs) : network

=== what it hands out
+privateNetworks: data.aws_vpc.db.cidr_block_associations[*].cidr_block
`);
});
