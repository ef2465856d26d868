import { MysqlDatabaseUser } from "../../engines/mysql-database-user";
import { master } from "../../variables/database";
import { rendered } from "../constructs/rendered";

test("provider, user, grants and how long the binary log stays", () => {
  const user = rendered(
    (around) =>
      new MysqlDatabaseUser(around, "user", {
        host: around.given("aws_rds_cluster.aurora.endpoint"),
        port: "3306",
        tables: around.given("local.tables_by_database"),
        asFound: false,
        master: master.byoc,
        password: {
          value: around.given("local.master_password"),
          precondition: { condition: "${true}", errorMessage: "Wrong." },
        },
        caPem: around.given("local.rds_ca_pem"),
        dependsOn: around.ready("aws_rds_cluster_instance.aurora_instance"),
      }),
  );
  expect(user).toMatchInlineSnapshot(`
=== versions.tf
################################################################################
# Database user
################################################################################

# Connects as the master user, from where Terraform runs, at every plan, apply
# and destroy. What changes the connection (a new master password, another
# address of the operator) cannot be planned together with the rest: first apply
# the cluster or the security group alone, with -target.
provider "mysql" {
  endpoint                  = "\${aws_rds_cluster.aurora.endpoint}:3306"
  username                  = var.db_username
  password                  = local.master_password
  connect_retry_timeout_sec = 30

  custom_tls {
    ca_cert = local.rds_ca_pem
  }
}

=== database-user.tf
################################################################################
# Database user
################################################################################

# No password: the plugin accepts only tokens.
resource "mysql_user" "iam_auth_user" {
  user        = var.iam_auth_user
  host        = "%"
  auth_plugin = "AWSAuthenticationPlugin"

  depends_on = [aws_rds_cluster_instance.aurora_instance]

  lifecycle {
    precondition {
      condition     = true
      error_message = "Wrong."
    }
  }
}

# Only the listed tables and the heartbeat, once they exist.
resource "mysql_grant" "select" {
  for_each = merge(
    [
      for database, tables in local.tables_by_database : {
        for table in concat(tables, var.heartbeat ? ["rpcn_heartbeat"] : []) : (
          database == var.db_name ? table : "\${database}.\${table}"
          ) => {
          database = database
          table    = table
        }
        if var.cdc_tables_ready
      }
    ]...
  )

  user       = mysql_user.iam_auth_user.user
  host       = mysql_user.iam_auth_user.host
  database   = each.value.database
  table      = each.value.table
  privileges = ["SELECT"]
}

# For the snapshot. MySQL has no narrower form; the backslash keeps _ from being
# a wildcard.
resource "mysql_grant" "lock_tables" {
  user       = mysql_user.iam_auth_user.user
  host       = mysql_user.iam_auth_user.host
  database   = replace(var.db_name, "_", "\\\\_")
  privileges = ["LOCK TABLES"]
}

# Other databases than db_name.
resource "mysql_grant" "lock_tables_by_database" {
  for_each = setsubtract(keys(local.tables_by_database), [var.db_name])

  user       = mysql_user.iam_auth_user.user
  host       = mysql_user.iam_auth_user.host
  database   = replace(each.value, "_", "\\\\_")
  privileges = ["LOCK TABLES"]
}

# For the binary log, and for the snapshot's FLUSH TABLES.
resource "mysql_grant" "replication" {
  user       = mysql_user.iam_auth_user.user
  host       = mysql_user.iam_auth_user.host
  database   = "*"
  privileges = ["RELOAD", "REPLICATION CLIENT", "REPLICATION SLAVE"]
}

# A pipeline that stands still for less than this finds its position again. Not
# mysql_rds_config, which also sets a replication delay.
resource "mysql_sql" "binlog_retention" {
  name       = "binlog_retention"
  create_sql = "CALL mysql.rds_set_configuration('binlog retention hours', \${var.binlog_retention_hours})"
  delete_sql = "CALL mysql.rds_set_configuration('binlog retention hours', NULL)"

  depends_on = [aws_rds_cluster_instance.aurora_instance]
}

=== what it hands out
ready:
  - mysql_grant.select
  - mysql_grant.lock_tables
  - mysql_grant.lock_tables_by_database
  - mysql_grant.replication
  - mysql_sql.binlog_retention
`);
});
