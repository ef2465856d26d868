import { DatabaseSetupRun } from "../../constructs/database-setup-run";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { master } from "../../variables/database";
import { rendered } from "./rendered";

const run = (engine: Engine) =>
  rendered(
    (around) =>
      new DatabaseSetupRun(around, "setup-run", {
        runner: DatabaseSetupRun.client({
          engine,
          endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
          port: String(engine.port),
          master: master.byoc,
          password: {
            value: around.given("local.master_password"),
            precondition: { condition: "${true}", errorMessage: "Wrong." },
          },
        }),
        sql: around.given("local_file.cdc_setup_sql.content"),
        clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
        dependsOn: around.ready("aws_rds_cluster_instance.aurora_instance", "local_file.rds_ca"),
      }),
  );

test("psql runs the SQL during the apply, and again after a change of it", () => {
  expect(run(postgres)).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database user and tables
################################################################################

# Prepares the database with the client of the machine that runs Terraform. Only
# the client's environment holds the password.
resource "terraform_data" "database_setup" {
  triggers_replace = {
    setup_sql = sha256(local_file.cdc_setup_sql.content)
    cluster   = aws_rds_cluster.aurora.cluster_resource_id
  }

  provisioner "local-exec" {
    interpreter = ["/bin/sh"]
    command     = "./cdc_setup.sh"
    working_dir = path.module

    environment = {
      DB_HOST    = aws_rds_cluster.aurora.endpoint
      DB_PORT    = "5432"
      DB_NAME    = var.db_name
      DB_USER    = var.db_username
      PGPASSWORD = local.master_password
    }
  }

  depends_on = [aws_rds_cluster_instance.aurora_instance, local_file.rds_ca]

  lifecycle {
    precondition {
      condition     = true
      error_message = "Wrong."
    }
  }
}

=== what it hands out
ready:
  - terraform_data.database_setup
`);
});

test("mysql looks for the password under another name", () => {
  expect(run(mysql).differenceTo(run(postgres))).toMatchInlineSnapshot(`
=== database.tf
@ terraform_data.database_setup
-      DB_HOST    = aws_rds_cluster.aurora.endpoint
-      DB_PORT    = "5432"
-      DB_NAME    = var.db_name
-      DB_USER    = var.db_username
-      PGPASSWORD = local.master_password
+      DB_HOST   = aws_rds_cluster.aurora.endpoint
+      DB_PORT   = "3306"
+      DB_NAME   = var.db_name
+      DB_USER   = var.db_username
+      MYSQL_PWD = local.master_password
`);
});

test("the Data API runs the SQL during the apply, and again after a change of it", () => {
  expect(
    rendered(
      (around) =>
        new DatabaseSetupRun(around, "setup-run", {
          runner: DatabaseSetupRun.dataApi(
            "sh data_api.sh generated_cdc_setup.sh arn:aws:rds:us-east-2:1:cluster:demo",
          ),
          sql: around.given("local_file.cdc_setup_sql.content"),
          clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
          dependsOn: around.ready("aws_rds_cluster_instance.aurora_instance"),
        }),
    ),
  ).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Database user and tables
################################################################################

# Prepares the database by the RDS Data API, which fetches the password from
# Secrets Manager itself.
resource "terraform_data" "database_setup" {
  triggers_replace = {
    setup_sql = sha256(local_file.cdc_setup_sql.content)
    cluster   = aws_rds_cluster.aurora.cluster_resource_id
  }

  provisioner "local-exec" {
    interpreter = ["/bin/sh", "-c"]
    command     = "sh data_api.sh generated_cdc_setup.sh arn:aws:rds:us-east-2:1:cluster:demo"
    working_dir = path.module
  }

  depends_on = [aws_rds_cluster_instance.aurora_instance]
}

=== what it hands out
ready:
  - terraform_data.database_setup
`);
});
