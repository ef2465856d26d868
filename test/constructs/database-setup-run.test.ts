import { DatabaseSetupRun } from "../../constructs/database-setup-run";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { master } from "../../variables/database";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";

const run = (engine: Engine) =>
  rendered(
    (around) =>
      new DatabaseSetupRun(around, "setup-run", {
        runner: DatabaseSetupRun.client({
          engine,
          files: generatedFiles(around),
          caPem: around.given("local.rds_ca_pem"),
          endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
          port: String(engine.port),
          master: master.byoc,
          password: {
            value: around.given("local.master_password"),
            precondition: { condition: "${true}", errorMessage: "Wrong." },
          },
        }),
        files: generatedFiles(around),
        sql: around.given("local.cdc_setup_sql"),
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
    setup_sql = sha256(local.cdc_setup_sql)
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
      FILES      = var.write_files ? local.files : null
      RDS_CA_PEM = var.write_files ? null : local.rds_ca_pem
      CDC_SETUP  = var.write_files ? null : local.cdc_setup_sql
    }
  }

  depends_on = [aws_rds_cluster_instance.aurora_instance, local_file.rds_ca]

  lifecycle {
    precondition {
      condition     = true
      error_message = "Wrong."
    }

    precondition {
      condition     = var.write_files ? true : length(local.rds_ca_pem) <= 120000
      error_message = "write_files is false, and rds_ca_pem has more than 120000 characters, which an apply can take from a file alone. Set write_files = true."
    }

    precondition {
      condition     = var.write_files ? true : length(local.cdc_setup_sql) <= 120000
      error_message = "write_files is false, and the setup SQL has more than 120000 characters, which an apply can take from a file alone. Set write_files = true."
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
-      DB_PORT    = "5432"
+      DB_PORT    = "3306"
-      PGPASSWORD = local.master_password
+      MYSQL_PWD  = local.master_password
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
          files: generatedFiles(around),
          sql: around.given("local.cdc_setup_sql"),
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
    setup_sql = sha256(local.cdc_setup_sql)
    cluster   = aws_rds_cluster.aurora.cluster_resource_id
  }

  provisioner "local-exec" {
    interpreter = ["/bin/sh", "-c"]
    command     = "sh data_api.sh generated_cdc_setup.sh arn:aws:rds:us-east-2:1:cluster:demo"
    working_dir = path.module
    environment = { CDC_SETUP = var.write_files ? null : local.cdc_setup_sql }
  }

  depends_on = [aws_rds_cluster_instance.aurora_instance]

  lifecycle {
    precondition {
      condition     = var.write_files ? true : length(local.cdc_setup_sql) <= 120000
      error_message = "write_files is false, and the setup SQL has more than 120000 characters, which an apply can take from a file alone. Set write_files = true."
    }
  }
}

=== what it hands out
ready:
  - terraform_data.database_setup
`);
});
