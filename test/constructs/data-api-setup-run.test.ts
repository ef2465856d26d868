import { DataApiSetupRun } from "../../constructs/data-api-setup-run";
import { rendered } from "./rendered";

test("the Data API runs the SQL during the apply, and again after a change of it", () => {
  expect(
    rendered(
      (around) =>
        new DataApiSetupRun(around, "setup-run", {
          command: "sh data_api.sh generated_cdc_setup.sh arn:aws:rds:us-east-2:1:cluster:demo",
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
