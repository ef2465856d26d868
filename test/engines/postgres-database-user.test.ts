import { PostgresDatabaseUser } from "../../engines/postgres-database-user";
import { master } from "../../variables/database";
import { rendered } from "../constructs/rendered";

test("provider, user, grants and publication", () => {
  const user = rendered(
    (around) =>
      new PostgresDatabaseUser(around, "user", {
        host: around.given("aws_rds_cluster.aurora.endpoint"),
        port: "5432",
        tables: around.given("local.tables_by_schema"),
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
provider "postgresql" {
  connect_timeout = 10
  host            = aws_rds_cluster.aurora.endpoint
  port            = 5432
  # The user's last privileges are in this database when the user is dropped.
  database = var.db_name
  username = var.db_username
  password = local.master_password
  sslmode  = "verify-full"
  # The provider accepts only a file, and requires it before the first apply.
  sslrootcert = var.rds_ca_file
  # RDS gives nobody superuser.
  superuser = false
}

=== database-user.tf
################################################################################
# Database user
################################################################################

# No password: members of rds_iam log in only with a token. Should the master
# user be refused too from here on (PAM authentication failed):
# docs/database-user.md names the way out.
resource "postgresql_role" "iam_auth_user" {
  name  = var.iam_auth_user
  login = true
  # Here, and not in postgresql_grant_role: this resource revokes what its list
  # does not have.
  roles = ["rds_iam", "rds_replication"]

  depends_on = [aws_rds_cluster_instance.aurora_instance]

  lifecycle {
    precondition {
      condition     = true
      error_message = "Wrong."
    }
  }
}

resource "postgresql_grant" "connect" {
  role        = postgresql_role.iam_auth_user.name
  database    = var.db_name
  object_type = "database"
  privileges  = ["CONNECT"]
}

resource "postgresql_grant" "usage" {
  role        = postgresql_role.iam_auth_user.name
  database    = var.db_name
  schema      = var.cdc_schema
  object_type = "schema"
  privileges  = ["USAGE"]
}

# Other schemas than cdc_schema.
resource "postgresql_grant" "usage_by_schema" {
  for_each = setsubtract(keys(local.tables_by_schema), [var.cdc_schema])

  role        = postgresql_role.iam_auth_user.name
  database    = var.db_name
  schema      = each.value
  object_type = "schema"
  privileges  = ["USAGE"]
}

# Only the listed tables, once they exist. One grant for each: a change of the
# list would replace a common one, and the pipeline could read nothing
# meanwhile.
resource "postgresql_grant" "select" {
  for_each = merge(
    [
      for schema, tables in local.tables_by_schema : {
        for table in tables : (schema == var.cdc_schema ? table : "\${schema}.\${table}") => {
          schema = schema
          table  = table
        }
        if var.cdc_tables_ready
      }
    ]...
  )

  role        = postgresql_role.iam_auth_user.name
  database    = var.db_name
  schema      = each.value.schema
  object_type = "table"
  objects     = [each.value.table]
  privileges  = ["SELECT"]
}

# The connector looks for this name. It finds its tables in the publication, and
# needs no right to alter it.
resource "postgresql_publication" "pglog_stream" {
  count = var.cdc_tables_ready && contains(keys(local.tables_by_schema), var.cdc_schema) ? 1 : 0

  name                             = "pglog_stream_\${var.slot_name}"
  database                         = var.db_name
  publish_via_partition_root_param = true

  tables = [
    for table in lookup(local.tables_by_schema, var.cdc_schema, []) : "\${var.cdc_schema}.\${table}"
  ]

  depends_on = [aws_rds_cluster_instance.aurora_instance]
}

resource "postgresql_publication" "pglog_stream_by_schema" {
  for_each = {
    for schema, tables in local.tables_by_schema : schema => tables
    if var.cdc_tables_ready && schema != var.cdc_schema
  }

  name                             = "pglog_stream_\${var.slot_name}_\${each.key}"
  database                         = var.db_name
  publish_via_partition_root_param = true
  tables                           = [for table in each.value : "\${each.key}.\${table}"]

  depends_on = [aws_rds_cluster_instance.aurora_instance]
}

=== what it hands out
ready:
  - postgresql_grant.connect
  - postgresql_grant.usage
  - postgresql_grant.usage_by_schema
  - postgresql_grant.select
  - postgresql_publication.pglog_stream
  - postgresql_publication.pglog_stream_by_schema
`);
});
