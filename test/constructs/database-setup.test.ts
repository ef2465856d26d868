import type { Chosen } from "../../choices";
import { DatabaseSetup } from "../../constructs/database-setup";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { declareOutputs } from "../../outputs/output";
import { dataApiClient, ownClient } from "../../outputs/sql-client";
import { generatedFile, generatedFiles } from "./generated";
import { rendered, type Surroundings } from "./rendered";
import { streamedTables } from "./streamed";

/** With the outputs that it has for others to declare. */
const setup = (
  preparation: Chosen<"database">,
  engine: Engine = postgres,
  aurora: Chosen<"aurora"> = "new",
) =>
  rendered((around) => {
    const administrator = aurora === "new" ? "the master user" : "db_username";
    const made = new DatabaseSetup(around, "setup", {
      files: generatedFiles(around),
      engine,
      streamed: streamedTables(around, engine),
      choices: { aurora, database: preparation },
      administrator,
      client: clientOf(around, preparation, engine, administrator),
    });
    declareOutputs(made, "Database", made.outputs);
    for (const { outputs } of made.written) declareOutputs(made, "Files", outputs);
    return made;
  });

function clientOf(
  around: Surroundings,
  preparation: Chosen<"database">,
  engine: Engine,
  administrator: string,
) {
  const arn = around.given("local.master_secret_arn");
  if (preparation === "data-api") {
    return dataApiClient(around.given("aws_rds_cluster.aurora.arn"), arn);
  }
  const certificates = generatedFile(around, "rds_ca", "rds-ca.pem");
  return ownClient({
    engine,
    connection: {
      host: around.given("aws_rds_cluster.aurora.endpoint"),
      port: String(engine.port),
      user: "${var.db_username}",
      database: "${var.db_name}",
      caFile: certificates.path,
    },
    certificates,
    administrator,
    secret: { isThere: "var.manage_master_password", arn },
    asksFor: "db_password",
  });
}

test("the SQL as files, and the commands that run them", () => {
  expect(setup("sql")).toMatchInlineSnapshot(`
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

=== outputs.tf
################################################################################
# Database
################################################################################

output "db_setup_command" {
  description = "Creates the database user and prepares the tables; asks for db_password. May be run again."
  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
}

output "db_insert_command" {
  description = "Inserts rows into the demo table; asks for db_password."
  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.psql} --file=\${local.files}insert.sql\${local.end}"
}

output "db_cleanup_command" {
  description = "Drops what belongs to the pipeline from a database that is kept; asks for db_password. Stop the pipeline first. May be run again."
  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.psql} --file=\${local.files}cdc_cleanup.sql\${local.end}"
}

################################################################################
# Files
################################################################################

output "cdc_setup_sql" {
  description = "What db_setup_command runs. Empty where write_files is true."
  value       = var.write_files ? "" : local.cdc_setup_sql
}

output "insert_sql" {
  description = "What db_insert_command runs. Empty where write_files is true."
  value       = var.write_files ? "" : local.insert_sql
}

output "cdc_cleanup_sql" {
  description = "What db_cleanup_command runs. Empty where write_files is true."
  value       = var.write_files ? "" : local.cdc_cleanup_sql
}

=== what it hands out
setup:
  sql: \${local.cdc_setup_sql}
  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sql && \\"}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
client:
  command: \${local.psql}
  reads:
    - path: \${local.files}rds-ca.pem
      fetch: \${local.fetch_rds_ca}
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
ready:
  - local_file.cdc_setup_sql
  - local_file.insert_sql
  - local_file.cdc_cleanup_sql
`);
});

test("the apply runs the SQL", () => {
  expect(setup("exec").differenceTo(setup("sql"))).toMatchInlineSnapshot(`
=== database.tf
@ local_file.cdc_setup_sql
-# May be run again at any time, and must be after a change of cdc_tables.
+# May be run again at any time. The apply runs it, and runs it again when it
+# changes.

=== outputs.tf
@ output.db_setup_command
-  description = "Creates the database user and prepares the tables; asks for db_password. May be run again."
+  description = "Does by hand what the apply has done: creates the database user and prepares the tables; asks for db_password. May be run again."
`);
});

test("the SQL is for the tables alone", () => {
  expect(setup("provider").differenceTo(setup("sql"))).toMatchInlineSnapshot(`
=== database.tf
@ local.cdc_setup_sql
-    iam_auth_user        = var.iam_auth_user
-    db_name              = var.db_name

@ local_file.cdc_setup_sql
-# May be run again at any time, and must be after a change of cdc_tables.
+# Only for the tables: the user is in database-user.tf. May be run again at any
+# time.

=== outputs.tf
@ output.db_setup_command
-  description = "Creates the database user and prepares the tables; asks for db_password. May be run again."
+  description = "Creates the demo table, if cdc_tables lists it, and reports what prevents the tables from being published; asks for db_password. May be run again."

@ output.cdc_tables_next_step
+output "cdc_tables_next_step" {
+  description = "What remains to be done for the tables; null once cdc_tables_ready is true."
+  value       = var.cdc_tables_ready ? null : "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table."
+}
`);
});

test("in MySQL", () => {
  expect(setup("sql", mysql).differenceTo(setup("sql"))).toMatchInlineSnapshot(`
=== database.tf
@ local.mysql
+  # The start of every command that connects as the master user.
+  mysql = "\${local.with_password}mysql \${var.manage_master_password ? "--no-defaults " : ""}--host=\${aws_rds_cluster.aurora.endpoint} --port=3306 --user=\${var.db_username} \${var.manage_master_password ? "" : "--password "}--ssl-ca=\${local.files}rds-ca.pem $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=\${var.db_name}"

@ local.cdc_setup_sql
-    iam_auth_user        = var.iam_auth_user
-    db_name              = var.db_name
-    region               = var.region
-    tables_by_schema     = local.tables_by_schema
-    slots                = local.slots
-    key_columns_by_table = var.cdc_key_columns_by_table
-    slot_name            = var.slot_name
+    iam_auth_user          = var.iam_auth_user
+    db_name                = var.db_name
+    region                 = var.region
+    tables_by_database     = local.tables_by_database
+    key_columns_by_table   = var.cdc_key_columns_by_table
+    heartbeat              = var.heartbeat
+    binlog_retention_hours = var.binlog_retention_hours

@ local.insert_sql
-    tables_by_schema = local.tables_by_schema
+    db_name            = var.db_name
+    tables_by_database = local.tables_by_database

@ local.cdc_cleanup_sql
-    iam_auth_user = var.iam_auth_user
-    db_name       = var.db_name
-    slots         = local.slots
-    slot_name     = var.slot_name
+    iam_auth_user      = var.iam_auth_user
+    tables_by_database = local.tables_by_database

@ local.psql
-  # The start of every command that connects as the master user.
-  psql = "\${local.with_password}psql \\"host=\${aws_rds_cluster.aurora.endpoint} port=5432 user=\${var.db_username} dbname=\${var.db_name} sslmode=verify-full sslrootcert=\${local.files}rds-ca.pem\\" --no-psqlrc --set=ON_ERROR_STOP=1"

=== outputs.tf
@ output.db_setup_command
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
+  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.mysql} < \${local.files}cdc_setup.sql\${local.end}"

@ output.db_insert_command
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.psql} --file=\${local.files}insert.sql\${local.end}"
+  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.mysql} < \${local.files}insert.sql\${local.end}"

@ output.db_cleanup_command
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.psql} --file=\${local.files}cdc_cleanup.sql\${local.end}"
+  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.mysql} < \${local.files}cdc_cleanup.sql\${local.end}"

=== what it hands out
-  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sql && \\"}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
+  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sql && \\"}\${local.mysql} < \${local.files}cdc_setup.sql\${local.end}"
-  command: \${local.psql}
+  command: \${local.mysql}
`);
});

test("in MySQL, for the tables alone", () => {
  const tables = setup("provider", mysql);
  expect(tables.differenceTo(setup("provider"))).toMatchInlineSnapshot(`
=== database.tf
@ local.mysql
+  # The start of every command that connects as the master user.
+  mysql = "\${local.with_password}mysql \${var.manage_master_password ? "--no-defaults " : ""}--host=\${aws_rds_cluster.aurora.endpoint} --port=3306 --user=\${var.db_username} \${var.manage_master_password ? "" : "--password "}--ssl-ca=\${local.files}rds-ca.pem $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=\${var.db_name}"

@ local.cdc_setup_sql
-    region               = var.region
-    tables_by_schema     = local.tables_by_schema
-    slots                = local.slots
-    key_columns_by_table = var.cdc_key_columns_by_table
-    slot_name            = var.slot_name
+    iam_auth_user      = var.iam_auth_user
+    db_name            = var.db_name
+    region             = var.region
+    tables_by_database = local.tables_by_database
+    heartbeat          = var.heartbeat

@ local.insert_sql
-    tables_by_schema = local.tables_by_schema
+    db_name            = var.db_name
+    tables_by_database = local.tables_by_database

@ local.cdc_cleanup_sql
-    iam_auth_user = var.iam_auth_user
-    db_name       = var.db_name
-    slots         = local.slots
-    slot_name     = var.slot_name
+    iam_auth_user      = var.iam_auth_user
+    tables_by_database = local.tables_by_database

@ local.psql
-  # The start of every command that connects as the master user.
-  psql = "\${local.with_password}psql \\"host=\${aws_rds_cluster.aurora.endpoint} port=5432 user=\${var.db_username} dbname=\${var.db_name} sslmode=verify-full sslrootcert=\${local.files}rds-ca.pem\\" --no-psqlrc --set=ON_ERROR_STOP=1"

=== outputs.tf
@ output.db_setup_command
-  description = "Creates the demo table, if cdc_tables lists it, and reports what prevents the tables from being published; asks for db_password. May be run again."
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
+  description = "Creates the demo table, if cdc_tables lists it, and the heartbeat, if heartbeat is true; asks for db_password. May be run again."
+  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.mysql} < \${local.files}cdc_setup.sql\${local.end}"

@ output.db_insert_command
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.psql} --file=\${local.files}insert.sql\${local.end}"
+  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.mysql} < \${local.files}insert.sql\${local.end}"

@ output.db_cleanup_command
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.psql} --file=\${local.files}cdc_cleanup.sql\${local.end}"
+  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.mysql} < \${local.files}cdc_cleanup.sql\${local.end}"

=== what it hands out
-  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sql && \\"}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
+  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sql && \\"}\${local.mysql} < \${local.files}cdc_setup.sql\${local.end}"
-  command: \${local.psql}
+  command: \${local.mysql}
`);
});

test("for the Data API, the SQL is a list of calls", () => {
  expect(setup("data-api").differenceTo(setup("exec"))).toMatchInlineSnapshot(`
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

@ local.with_password
-  # Without it, the client asks for the password.
-  with_password = var.manage_master_password ? "sh with_password.sh 'aws secretsmanager get-secret-value --secret-id \${local.master_secret_arn} --query SecretString --output text --region \${var.region}\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}' " : ""

@ local.psql
-  # The start of every command that connects as the master user.
-  psql = "\${local.with_password}psql \\"host=\${aws_rds_cluster.aurora.endpoint} port=5432 user=\${var.db_username} dbname=\${var.db_name} sslmode=verify-full sslrootcert=\${local.files}rds-ca.pem\\" --no-psqlrc --set=ON_ERROR_STOP=1"

=== outputs.tf
@ output.db_setup_command
-  description = "Does by hand what the apply has done: creates the database user and prepares the tables; asks for db_password. May be run again."
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_setup_sql}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
+  description = "Does by hand what the apply has done: creates the database user and prepares the tables; asks for no password. May be run again."
+  value       = "\${local.begin}\${local.fetch_cdc_setup_sql}sh data_api.sh \${local.files}cdc_setup.sh \${local.data_api}\${local.end}"

@ output.db_insert_command
-  description = "Inserts rows into the demo table; asks for db_password."
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_insert_sql}\${local.psql} --file=\${local.files}insert.sql\${local.end}"
+  description = "Inserts rows into the demo table; asks for no password."
+  value       = "\${local.begin}\${local.fetch_insert_sql}sh data_api.sh \${local.files}insert.sh \${local.data_api}\${local.end}"

@ output.db_cleanup_command
-  description = "Drops what belongs to the pipeline from a database that is kept; asks for db_password. Stop the pipeline first. May be run again."
-  value       = "\${local.begin}\${local.fetch_rds_ca}\${local.fetch_cdc_cleanup_sql}\${local.psql} --file=\${local.files}cdc_cleanup.sql\${local.end}"
+  description = "Drops what belongs to the pipeline from a database that is kept; asks for no password. Stop the pipeline first. May be run again."
+  value       = "\${local.begin}\${local.fetch_cdc_cleanup_sql}sh data_api.sh \${local.files}cdc_cleanup.sh \${local.data_api}\${local.end}"

=== what it hands out
-  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sql && \\"}\${local.psql} --file=\${local.files}cdc_setup.sql\${local.end}"
+  command: "\${local.begin}\${var.write_files ? \\"\\" : \\"printf '%s' \\\\\\"$CDC_SETUP\\\\\\" >\\\\\\"$d\\\\\\"/cdc_setup.sh && \\"}sh data_api.sh \${local.files}cdc_setup.sh \${local.data_api}\${local.end}"
-  command: \${local.psql}
-  reads:
-    - path: \${local.files}rds-ca.pem
-      fetch: \${local.fetch_rds_ca}
+  command: sh data_api.sh - \${local.data_api}
+  reads: []
-  - path: \${local.files}cdc_setup.sql
+  - path: \${local.files}cdc_setup.sh
-  - path: \${local.files}insert.sql
+  - path: \${local.files}insert.sh
-  - path: \${local.files}cdc_cleanup.sql
+  - path: \${local.files}cdc_cleanup.sh
`);
});

test("of a cluster that is there", () => {
  const asFound = setup("sql", postgres, "existing");
  expect(asFound.differenceTo(setup("sql"))).toMatchInlineSnapshot(`
=== database.tf
@ local.psql
-  # The start of every command that connects as the master user.
+  # The start of every command that connects as db_username.

@ local.cdc_setup_sql
+    administrator        = var.db_username
+    cluster_identifier   = var.cluster_identifier

@ local.cdc_cleanup_sql
-    iam_auth_user = var.iam_auth_user
-    db_name       = var.db_name
-    slots         = local.slots
-    slot_name     = var.slot_name
+    iam_auth_user    = var.iam_auth_user
+    db_name          = var.db_name
+    administrator    = var.db_username
+    tables_by_schema = local.tables_by_schema
+    slots            = local.slots
+    slot_name        = var.slot_name
`);
});

test("of a cluster that is there, in MySQL", () => {
  const asFound = setup("sql", mysql, "existing");
  expect(asFound.differenceTo(setup("sql", mysql))).toMatchInlineSnapshot(`
=== database.tf
@ local.mysql
-  # The start of every command that connects as the master user.
+  # The start of every command that connects as db_username.

@ local.cdc_setup_sql
+    administrator          = var.db_username
+    cluster_identifier     = var.cluster_identifier

@ local.cdc_cleanup_sql
+    administrator      = var.db_username
+    heartbeat          = var.heartbeat
`);
});
