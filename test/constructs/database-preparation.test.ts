import type { Chosen } from "../../choices";
import { DatabasePreparation } from "../../constructs/database-preparation";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { master } from "../../variables/database";
import { generatedFile, generatedFiles } from "./generated";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const prepared = (preparation: Chosen<"database">, engine: Engine = postgres) =>
  rendered(
    (around) =>
      new DatabasePreparation(around, "database-preparation", {
        engine,
        streamed: streamedTables(around, engine),
        choices: { aurora: "new", database: preparation },
        master: master.byoc,
        cluster: {
          endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
          port: String(engine.port),
          resourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
          arn: around.given("aws_rds_cluster.aurora.arn"),
          secret: {
            isThere: "var.manage_master_password",
            arn: around.given("local.master_secret_arn"),
          },
          ready: around.ready("aws_rds_cluster_instance.aurora_instance"),
          reachable: around.ready("aws_route_table_association.public"),
        },
        certificates: {
          file: generatedFile(around, "rds_ca", "rds-ca.pem"),
          pem: around.given("local.rds_ca_pem"),
          ready: around.ready("local_file.rds_ca"),
        },
        files: generatedFiles(around),
      }),
  );

test("a person runs the SQL", () => {
  expect(prepared("sql")).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database user and tables
################################################################################

locals {
  # Without it, the client asks for the password.
  with_password = var.manage_master_password ? "sh with_password.sh 'aws secretsmanager get-secret-value --secret-id \${local.master_secret_arn} --query SecretString --output text --region \${var.region}\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}' " : ""

  # The start of every command that connects as the master user.
  psql = "\${local.with_password}psql \\"host=\${aws_rds_cluster.aurora.endpoint} port=5432 user=\${var.db_username} dbname=\${var.db_name} sslmode=verify-full sslrootcert=\${local.files}rds-ca.pem\\" --no-psqlrc --set=ON_ERROR_STOP=1"

  cdc_setup_sql = templatefile("\${path.module}/cdc_setup.sql.tftpl", {
    iam_auth_user        = var.iam_auth_user
    db_name              = var.db_name
    region               = var.region
    tables_by_schema     = local.tables_by_schema
    slots                = local.slots
    key_columns_by_table = var.cdc_key_columns_by_table
    slot_name            = var.slot_name
  })

  fetch_cdc_setup_sql = var.write_files ? "" : "terraform output -raw cdc_setup_sql >\\"$d\\"/cdc_setup.sql && "
  insert_sql = templatefile("\${path.module}/insert.sql.tftpl", {
    tables_by_schema = local.tables_by_schema
  })

  fetch_insert_sql = var.write_files ? "" : "terraform output -raw insert_sql >\\"$d\\"/insert.sql && "
  cdc_cleanup_sql = templatefile("\${path.module}/cdc_cleanup.sql.tftpl", {
    iam_auth_user = var.iam_auth_user
    db_name       = var.db_name
    slots         = local.slots
    slot_name     = var.slot_name
  })

  fetch_cdc_cleanup_sql = var.write_files ? "" : "terraform output -raw cdc_cleanup_sql >\\"$d\\"/cdc_cleanup.sql && "
}

# May be run again at any time, and must be after a change of cdc_tables.
resource "local_file" "cdc_setup_sql" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}cdc_setup.sql"
  content         = local.cdc_setup_sql
  file_permission = "0644"
}

resource "local_file" "insert_sql" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}insert.sql"
  content         = local.insert_sql
  file_permission = "0644"
}

resource "local_file" "cdc_cleanup_sql" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}cdc_cleanup.sql"
  content         = local.cdc_cleanup_sql
  file_permission = "0644"
}

=== what it hands out
client:
  command: \${local.psql}
  reads:
    - path: \${local.files}rds-ca.pem
      fetch: \${local.fetch_rds_ca}
asksFor: db_password, unless Secrets Manager has it
outputs:
  db_setup_command:
    - \${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}
    - Creates the database user and prepares the tables; asks for db_password, unless Secrets Manager has it. May be run again.
  db_insert_command:
    - \${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.psql} --file=\${local.files}insert.sql\${local.end}
    - Inserts rows into the demo table; asks for db_password, unless Secrets Manager has it.
  db_cleanup_command:
    - \${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.psql} --file=\${local.files}cdc_cleanup.sql\${local.end}
    - Drops what belongs to the pipeline from a database that is kept; asks for db_password, unless Secrets Manager has it. Stop the pipeline first. May be run again.
written:
  - path: \${local.files}cdc_setup.sql
    content: \${local.cdc_setup_sql}
    fetch: \${local.fetch_cdc_setup_sql}
    filename: \${join("", local_file.cdc_setup_sql[*].filename)}
    outputs:
      cdc_setup_sql:
        - '\${var.write_files ? "" : local.cdc_setup_sql}'
        - What db_setup_command runs. Empty where write_files is true.
    ready:
      - local_file.cdc_setup_sql
  - path: \${local.files}insert.sql
    content: \${local.insert_sql}
    fetch: \${local.fetch_insert_sql}
    filename: \${join("", local_file.insert_sql[*].filename)}
    outputs:
      insert_sql:
        - '\${var.write_files ? "" : local.insert_sql}'
        - What db_insert_command runs. Empty where write_files is true.
    ready:
      - local_file.insert_sql
  - path: \${local.files}cdc_cleanup.sql
    content: \${local.cdc_cleanup_sql}
    fetch: \${local.fetch_cdc_cleanup_sql}
    filename: \${join("", local_file.cdc_cleanup_sql[*].filename)}
    outputs:
      cdc_cleanup_sql:
        - '\${var.write_files ? "" : local.cdc_cleanup_sql}'
        - What db_cleanup_command runs. Empty where write_files is true.
    ready:
      - local_file.cdc_cleanup_sql
waitsFor: []
isDone: false
ready: []
`);
});

test("the apply runs it, while the cluster is up and there is a way to it", () => {
  expect(prepared("exec").differenceTo(prepared("sql"))).toMatchInlineSnapshot(`
=== database.tf
@ local.master_password
+  # An ephemeral value: neither the plan nor the state has it.
+  master_password = var.manage_master_password ? try(
+    tostring(
+      jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
+    ),
+    null
+  ) : var.db_password

@ local_file.cdc_setup_sql
-# May be run again at any time, and must be after a change of cdc_tables.
+# May be run again at any time. The apply runs it, and runs it again when it
+# changes.

@ ephemeral.aws_secretsmanager_secret_version.master
+# Fetched at every plan and apply, and kept nowhere.
+ephemeral "aws_secretsmanager_secret_version" "master" {
+  count = var.manage_master_password ? 1 : 0
+  secret_id = local.master_secret_arn
+}

@ terraform_data.database_setup
+# Prepares the database with the client of the machine that runs Terraform. Only
+# the client's environment holds the password.
+resource "terraform_data" "database_setup" {
+  triggers_replace = {
+    setup_sql = sha256(local.cdc_setup_sql)
+    cluster   = aws_rds_cluster.aurora.cluster_resource_id
+  }
+  provisioner "local-exec" {
+    interpreter = ["/bin/sh"]
+    command     = "./cdc_setup.sh"
+    working_dir = path.module
+    environment = {
+      DB_HOST    = aws_rds_cluster.aurora.endpoint
+      DB_PORT    = "5432"
+      DB_NAME    = var.db_name
+      DB_USER    = var.db_username
+      PGPASSWORD = local.master_password
+      FILES      = var.write_files ? local.files : null
+      RDS_CA_PEM = var.write_files ? null : local.rds_ca_pem
+      CDC_SETUP  = var.write_files ? null : local.cdc_setup_sql
+    }
+  }
+  depends_on = [
+    aws_rds_cluster_instance.aurora_instance,
+    aws_route_table_association.public,
+    local_file.rds_ca,
+    local_file.cdc_setup_sql,
+    local_file.insert_sql,
+    local_file.cdc_cleanup_sql,
+  ]
+  lifecycle {
+    precondition {
+      condition = (
+        !(var.manage_master_password) ||
+        can(regex("^\\".+\\"$", jsonencode(
+          jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
+        )))
+      )
+      error_message = "The secret \${var.manage_master_password ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {\\"username\\": \\"…\\", \\"password\\": \\"…\\"}."
+    }
+    precondition {
+      condition     = var.write_files ? true : length(local.rds_ca_pem) <= 120000
+      error_message = "write_files is false, and rds_ca_pem has more than 120000 characters, which an apply can take from a file alone. Set write_files = true."
+    }
+    precondition {
+      condition     = var.write_files ? true : length(local.cdc_setup_sql) <= 120000
+      error_message = "write_files is false, and the setup SQL has more than 120000 characters, which an apply can take from a file alone. Set write_files = true."
+    }
+  }
+}

=== what it hands out
-    - Creates the database user and prepares the tables; asks for db_password, unless Secrets Manager has it. May be run again.
+    - "Does by hand what the apply has done: creates the database user and prepares the tables; asks for db_password, unless Secrets Manager has it. May be run again."
-isDone: false
-ready: []
+isDone: true
+ready:
+  - terraform_data.database_setup
`);
});

test("the apply runs it by the Data API, once the cluster is up", () => {
  expect(prepared("data-api").differenceTo(prepared("exec"))).toMatchInlineSnapshot(`
=== database.tf
@ local.data_api
+  # What data_api.sh is told of the cluster by every command.
+  data_api = "\${aws_rds_cluster.aurora.arn} '\${local.master_secret_arn}' \${var.db_name} \${var.region}\${var.aws_profile == null ? "" : " \${var.aws_profile}"}"

@ local.cdc_setup_sql
-  cdc_setup_sql = templatefile("\${path.module}/cdc_setup.sql.tftpl", {
+  cdc_setup_sql = templatefile("\${path.module}/cdc_setup.sh.tftpl", {

@ local.fetch_cdc_setup_sql
-  fetch_cdc_setup_sql = var.write_files ? "" : "terraform output -raw cdc_setup_sql >\\"$d\\"/cdc_setup.sql && "
+  fetch_cdc_setup_sql = var.write_files ? "" : "terraform output -raw cdc_setup_sql >\\"$d\\"/cdc_setup.sh && "

@ local.insert_sql
-  insert_sql = templatefile("\${path.module}/insert.sql.tftpl", {
+  insert_sql = templatefile("\${path.module}/insert.sh.tftpl", {

@ local.fetch_insert_sql
-  fetch_insert_sql = var.write_files ? "" : "terraform output -raw insert_sql >\\"$d\\"/insert.sql && "
+  fetch_insert_sql = var.write_files ? "" : "terraform output -raw insert_sql >\\"$d\\"/insert.sh && "

@ local.cdc_cleanup_sql
-  cdc_cleanup_sql = templatefile("\${path.module}/cdc_cleanup.sql.tftpl", {
+  cdc_cleanup_sql = templatefile("\${path.module}/cdc_cleanup.sh.tftpl", {

@ local.fetch_cdc_cleanup_sql
-  fetch_cdc_cleanup_sql = var.write_files ? "" : "terraform output -raw cdc_cleanup_sql >\\"$d\\"/cdc_cleanup.sql && "
+  fetch_cdc_cleanup_sql = var.write_files ? "" : "terraform output -raw cdc_cleanup_sql >\\"$d\\"/cdc_cleanup.sh && "

@ local_file.cdc_setup_sql
-  filename        = "\${path.module}/\${local.files}cdc_setup.sql"
+  filename        = "\${path.module}/\${local.files}cdc_setup.sh"

@ local_file.insert_sql
-  filename        = "\${path.module}/\${local.files}insert.sql"
+  filename        = "\${path.module}/\${local.files}insert.sh"

@ local_file.cdc_cleanup_sql
-  filename        = "\${path.module}/\${local.files}cdc_cleanup.sql"
+  filename        = "\${path.module}/\${local.files}cdc_cleanup.sh"

@ terraform_data.database_setup
-# Prepares the database with the client of the machine that runs Terraform. Only
-# the client's environment holds the password.
+# Prepares the database by the RDS Data API, which fetches the password from
+# Secrets Manager itself.
-    interpreter = ["/bin/sh"]
-    command     = "./cdc_setup.sh"
+    interpreter = ["/bin/sh", "-c"]
+    command     = "\${local.begin}\${var.write_files ? "" : "printf '%s' \\"$CDC_SETUP\\" >\\"$d\\"/cdc_setup.sh && "}sh data_api.sh \${local.files}cdc_setup.sh \${local.data_api}\${local.end}"
-    environment = {
-      DB_HOST    = aws_rds_cluster.aurora.endpoint
-      DB_PORT    = "5432"
-      DB_NAME    = var.db_name
-      DB_USER    = var.db_username
-      PGPASSWORD = local.master_password
-      FILES      = var.write_files ? local.files : null
-      RDS_CA_PEM = var.write_files ? null : local.rds_ca_pem
-      CDC_SETUP  = var.write_files ? null : local.cdc_setup_sql
-    }
+    environment = { CDC_SETUP = var.write_files ? null : local.cdc_setup_sql }
-    aws_route_table_association.public,
-    local_file.rds_ca,
-      condition = (
-        !(var.manage_master_password) ||
-        can(regex("^\\".+\\"$", jsonencode(
-          jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
-        )))
-      )
-      error_message = "The secret \${var.manage_master_password ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {\\"username\\": \\"…\\", \\"password\\": \\"…\\"}."
-    }
-    precondition {
-      condition     = var.write_files ? true : length(local.rds_ca_pem) <= 120000
-      error_message = "write_files is false, and rds_ca_pem has more than 120000 characters, which an apply can take from a file alone. Set write_files = true."
-    }
-    precondition {

@ local.with_password
-  # Without it, the client asks for the password.
-  with_password = var.manage_master_password ? "sh with_password.sh 'aws secretsmanager get-secret-value --secret-id \${local.master_secret_arn} --query SecretString --output text --region \${var.region}\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}' " : ""

@ local.psql
-  # The start of every command that connects as the master user.
-  psql = "\${local.with_password}psql \\"host=\${aws_rds_cluster.aurora.endpoint} port=5432 user=\${var.db_username} dbname=\${var.db_name} sslmode=verify-full sslrootcert=\${local.files}rds-ca.pem\\" --no-psqlrc --set=ON_ERROR_STOP=1"

@ local.master_password
-  # An ephemeral value: neither the plan nor the state has it.
-  master_password = var.manage_master_password ? try(
-    tostring(
-      jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
-    ),
-    null
-  ) : var.db_password

@ ephemeral.aws_secretsmanager_secret_version.master
-# Fetched at every plan and apply, and kept nowhere.
-ephemeral "aws_secretsmanager_secret_version" "master" {
-  count = var.manage_master_password ? 1 : 0
-  secret_id = local.master_secret_arn
-}

=== what it hands out
-  command: \${local.psql}
-  reads:
-    - path: \${local.files}rds-ca.pem
-      fetch: \${local.fetch_rds_ca}
-asksFor: db_password, unless Secrets Manager has it
+  command: sh data_api.sh - \${local.data_api}
+  reads: []
+asksFor: no password
-    - \${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}
-    - "Does by hand what the apply has done: creates the database user and prepares the tables; asks for db_password, unless Secrets Manager has it. May be run again."
+    - \${local.begin}\${local.fetch_cdc_setup_sql}sh data_api.sh \${local.files}cdc_setup.sh \${local.data_api}\${local.end}
+    - "Does by hand what the apply has done: creates the database user and prepares the tables; asks for no password. May be run again."
-    - \${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.psql} --file=\${local.files}insert.sql\${local.end}
-    - Inserts rows into the demo table; asks for db_password, unless Secrets Manager has it.
+    - \${local.begin}\${local.fetch_insert_sql}sh data_api.sh \${local.files}insert.sh \${local.data_api}\${local.end}
+    - Inserts rows into the demo table; asks for no password.
-    - \${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.psql} --file=\${local.files}cdc_cleanup.sql\${local.end}
-    - Drops what belongs to the pipeline from a database that is kept; asks for db_password, unless Secrets Manager has it. Stop the pipeline first. May be run again.
+    - \${local.begin}\${local.fetch_cdc_cleanup_sql}sh data_api.sh \${local.files}cdc_cleanup.sh \${local.data_api}\${local.end}
+    - Drops what belongs to the pipeline from a database that is kept; asks for no password. Stop the pipeline first. May be run again.
-  - path: \${local.files}cdc_setup.sql
+  - path: \${local.files}cdc_setup.sh
-  - path: \${local.files}insert.sql
+  - path: \${local.files}insert.sh
-  - path: \${local.files}cdc_cleanup.sql
+  - path: \${local.files}cdc_cleanup.sh
`);
});

test("Terraform makes PostgreSQL's user, and the pipeline waits for the tables", () => {
  expect(prepared("provider").differenceTo(prepared("sql"))).toMatchInlineSnapshot(`
=== database-user.tf
@ postgresql_role.iam_auth_user
+# No password: members of rds_iam log in only with a token. Should the master
+# user be refused too from here on (PAM authentication failed):
+# docs/database-user.md names the way out.
+resource "postgresql_role" "iam_auth_user" {
+  name  = var.iam_auth_user
+  login = true
+  # Here, and not in postgresql_grant_role: this resource revokes what its list
+  # does not have.
+  roles = ["rds_iam", "rds_replication"]
+  depends_on = [aws_rds_cluster_instance.aurora_instance]
+  lifecycle {
+    precondition {
+      condition = (
+        !(var.manage_master_password) ||
+        can(regex("^\\".+\\"$", jsonencode(
+          jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
+        )))
+      )
+      error_message = "The secret \${var.manage_master_password ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {\\"username\\": \\"…\\", \\"password\\": \\"…\\"}."
+    }
+  }
+}

@ postgresql_grant.connect
+resource "postgresql_grant" "connect" {
+  role        = postgresql_role.iam_auth_user.name
+  database    = var.db_name
+  object_type = "database"
+  privileges  = ["CONNECT"]
+}

@ postgresql_grant.usage
+resource "postgresql_grant" "usage" {
+  role        = postgresql_role.iam_auth_user.name
+  database    = var.db_name
+  schema      = var.cdc_schema
+  object_type = "schema"
+  privileges  = ["USAGE"]
+}

@ postgresql_grant.usage_by_schema
+# Other schemas than cdc_schema.
+resource "postgresql_grant" "usage_by_schema" {
+  for_each = setsubtract(keys(local.tables_by_schema), [var.cdc_schema])
+  role        = postgresql_role.iam_auth_user.name
+  database    = var.db_name
+  schema      = each.value
+  object_type = "schema"
+  privileges  = ["USAGE"]
+}

@ postgresql_grant.select
+# Only the listed tables, once they exist. One grant for each: a change of the
+# list would replace a common one, and the pipeline could read nothing
+# meanwhile.
+resource "postgresql_grant" "select" {
+  for_each = merge(
+    [
+      for schema, tables in local.tables_by_schema : {
+        for table in tables : (schema == var.cdc_schema ? table : "\${schema}.\${table}") => {
+          schema = schema
+          table  = table
+        }
+        if var.cdc_tables_ready
+      }
+    ]...
+  )
+  role        = postgresql_role.iam_auth_user.name
+  database    = var.db_name
+  schema      = each.value.schema
+  object_type = "table"
+  objects     = [each.value.table]
+  privileges  = ["SELECT"]
+}

@ postgresql_publication.pglog_stream
+# The connector looks for this name. It finds its tables in the publication, and
+# needs no right to alter it.
+resource "postgresql_publication" "pglog_stream" {
+  count = var.cdc_tables_ready && contains(keys(local.tables_by_schema), var.cdc_schema) ? 1 : 0
+  name                             = "pglog_stream_\${var.slot_name}"
+  database                         = var.db_name
+  publish_via_partition_root_param = true
+  tables = [
+    for table in lookup(local.tables_by_schema, var.cdc_schema, []) : "\${var.cdc_schema}.\${table}"
+  ]
+  depends_on = [aws_rds_cluster_instance.aurora_instance]
+}

@ postgresql_publication.pglog_stream_by_schema
+resource "postgresql_publication" "pglog_stream_by_schema" {
+  for_each = {
+    for schema, tables in local.tables_by_schema : schema => tables
+    if var.cdc_tables_ready && schema != var.cdc_schema
+  }
+  name                             = "pglog_stream_\${var.slot_name}_\${each.key}"
+  database                         = var.db_name
+  publish_via_partition_root_param = true
+  tables                           = [for table in each.value : "\${each.key}.\${table}"]
+  depends_on = [aws_rds_cluster_instance.aurora_instance]
+}

=== database.tf
@ local.cdc_setup_sql
-    iam_auth_user        = var.iam_auth_user
-    db_name              = var.db_name

@ local.master_password
+  # An ephemeral value: neither the plan nor the state has it.
+  master_password = var.manage_master_password ? try(
+    tostring(
+      jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
+    ),
+    null
+  ) : var.db_password

@ local_file.cdc_setup_sql
-# May be run again at any time, and must be after a change of cdc_tables.
+# Only for the tables: the user is in database-user.tf. May be run again at any
+# time.

@ ephemeral.aws_secretsmanager_secret_version.master
+# Fetched at every plan and apply, and kept nowhere.
+ephemeral "aws_secretsmanager_secret_version" "master" {
+  count = var.manage_master_password ? 1 : 0
+  secret_id = local.master_secret_arn
+}

=== versions.tf
@ provider.postgresql
+# Connects as the master user, from where Terraform runs, at every plan, apply
+# and destroy. What changes the connection (a new master password, another
+# address of the operator) cannot be planned together with the rest: first apply
+# the cluster or the security group alone, with -target.
+provider "postgresql" {
+  connect_timeout = 10
+  host            = aws_rds_cluster.aurora.endpoint
+  port            = 5432
+  # The user's last privileges are in this database when the user is dropped.
+  database = var.db_name
+  username = var.db_username
+  password = local.master_password
+  sslmode  = "verify-full"
+  # The provider accepts only a file, and requires it before the first apply.
+  sslrootcert = var.rds_ca_file
+  # RDS gives nobody superuser.
+  superuser = false
+}

=== what it hands out
-    - Creates the database user and prepares the tables; asks for db_password, unless Secrets Manager has it. May be run again.
+    - Creates the demo table, if cdc_tables lists it, and reports what prevents the tables from being published; asks for db_password, unless Secrets Manager has it. May be run again.
+  cdc_tables_next_step:
+    - '\${var.cdc_tables_ready ? null : "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table."}'
+    - What remains to be done for the tables; null once cdc_tables_ready is true.
-waitsFor: []
+waitsFor:
+  - var.cdc_tables_ready
-ready: []
+ready:
+  - postgresql_grant.connect
+  - postgresql_grant.usage
+  - postgresql_grant.usage_by_schema
+  - postgresql_grant.select
+  - postgresql_publication.pglog_stream
+  - postgresql_publication.pglog_stream_by_schema
`);
});

test("Terraform makes MySQL's user", () => {
  const others = prepared("provider", mysql);
  expect(others.differenceTo(prepared("sql", mysql))).toMatchInlineSnapshot(`
=== database-user.tf
@ mysql_user.iam_auth_user
+# No password: the plugin accepts only tokens.
+resource "mysql_user" "iam_auth_user" {
+  user        = var.iam_auth_user
+  host        = "%"
+  auth_plugin = "AWSAuthenticationPlugin"
+  depends_on = [aws_rds_cluster_instance.aurora_instance]
+  lifecycle {
+    precondition {
+      condition = (
+        !(var.manage_master_password) ||
+        can(regex("^\\".+\\"$", jsonencode(
+          jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
+        )))
+      )
+      error_message = "The secret \${var.manage_master_password ? local.master_secret_arn : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {\\"username\\": \\"…\\", \\"password\\": \\"…\\"}."
+    }
+  }
+}

@ mysql_grant.select
+# Only the listed tables and the heartbeat, once they exist.
+resource "mysql_grant" "select" {
+  for_each = merge(
+    [
+      for database, tables in local.tables_by_database : {
+        for table in concat(tables, var.heartbeat ? ["rpcn_heartbeat"] : []) : (
+          database == var.db_name ? table : "\${database}.\${table}"
+          ) => {
+          database = database
+          table    = table
+        }
+        if var.cdc_tables_ready
+      }
+    ]...
+  )
+  user       = mysql_user.iam_auth_user.user
+  host       = mysql_user.iam_auth_user.host
+  database   = each.value.database
+  table      = each.value.table
+  privileges = ["SELECT"]
+}

@ mysql_grant.lock_tables
+# For the snapshot. MySQL has no narrower form; the backslash keeps _ from being
+# a wildcard.
+resource "mysql_grant" "lock_tables" {
+  user       = mysql_user.iam_auth_user.user
+  host       = mysql_user.iam_auth_user.host
+  database   = replace(var.db_name, "_", "\\\\_")
+  privileges = ["LOCK TABLES"]
+}

@ mysql_grant.lock_tables_by_database
+# Other databases than db_name.
+resource "mysql_grant" "lock_tables_by_database" {
+  for_each = setsubtract(keys(local.tables_by_database), [var.db_name])
+  user       = mysql_user.iam_auth_user.user
+  host       = mysql_user.iam_auth_user.host
+  database   = replace(each.value, "_", "\\\\_")
+  privileges = ["LOCK TABLES"]
+}

@ mysql_grant.replication
+# For the binary log, and for the snapshot's FLUSH TABLES.
+resource "mysql_grant" "replication" {
+  user       = mysql_user.iam_auth_user.user
+  host       = mysql_user.iam_auth_user.host
+  database   = "*"
+  privileges = ["RELOAD", "REPLICATION CLIENT", "REPLICATION SLAVE"]
+}

@ mysql_sql.binlog_retention
+# A pipeline that stands still for less than this finds its position again. Not
+# mysql_rds_config, which also sets a replication delay.
+resource "mysql_sql" "binlog_retention" {
+  name       = "binlog_retention"
+  create_sql = "CALL mysql.rds_set_configuration('binlog retention hours', \${var.binlog_retention_hours})"
+  delete_sql = "CALL mysql.rds_set_configuration('binlog retention hours', NULL)"
+  depends_on = [aws_rds_cluster_instance.aurora_instance]
+}

=== database.tf
@ local.cdc_setup_sql
-    iam_auth_user          = var.iam_auth_user
-    db_name                = var.db_name
-    region                 = var.region
-    tables_by_database     = local.tables_by_database
-    key_columns_by_table   = var.cdc_key_columns_by_table
-    heartbeat              = var.heartbeat
-    binlog_retention_hours = var.binlog_retention_hours
+    iam_auth_user      = var.iam_auth_user
+    db_name            = var.db_name
+    region             = var.region
+    tables_by_database = local.tables_by_database
+    heartbeat          = var.heartbeat

@ local.master_password
+  # An ephemeral value: neither the plan nor the state has it.
+  master_password = var.manage_master_password ? try(
+    tostring(
+      jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password
+    ),
+    null
+  ) : var.db_password

@ local_file.cdc_setup_sql
-# May be run again at any time, and must be after a change of cdc_tables.
+# Only for the tables: the user is in database-user.tf. May be run again at any
+# time.

@ ephemeral.aws_secretsmanager_secret_version.master
+# Fetched at every plan and apply, and kept nowhere.
+ephemeral "aws_secretsmanager_secret_version" "master" {
+  count = var.manage_master_password ? 1 : 0
+  secret_id = local.master_secret_arn
+}

=== versions.tf
@ provider.mysql
+# Connects as the master user, from where Terraform runs, at every plan, apply
+# and destroy. What changes the connection (a new master password, another
+# address of the operator) cannot be planned together with the rest: first apply
+# the cluster or the security group alone, with -target.
+provider "mysql" {
+  endpoint                  = "\${aws_rds_cluster.aurora.endpoint}:3306"
+  username                  = var.db_username
+  password                  = local.master_password
+  connect_retry_timeout_sec = 30
+  custom_tls {
+    ca_cert = local.rds_ca_pem
+  }
+}

=== what it hands out
-    - Creates the database user and prepares the tables; asks for db_password, unless Secrets Manager has it. May be run again.
+    - Creates the demo table, if cdc_tables lists it, and the heartbeat, if heartbeat is true; asks for db_password, unless Secrets Manager has it. May be run again.
+  cdc_tables_next_step:
+    - '\${var.cdc_tables_ready ? null : "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table."}'
+    - What remains to be done for the tables; null once cdc_tables_ready is true.
-waitsFor: []
+waitsFor:
+  - var.cdc_tables_ready
-ready: []
+ready:
+  - mysql_grant.select
+  - mysql_grant.lock_tables
+  - mysql_grant.lock_tables_by_database
+  - mysql_grant.replication
+  - mysql_sql.binlog_retention
`);
});
