import { MonitoringRole } from "../../constructs/monitoring-role";
import { rendered } from "./rendered";

test("a role for the monitoring of one cluster's instances", () => {
  const role = rendered(
    (around) =>
      new MonitoringRole(around, "monitoring-role", {
        clusterIdentifier: "${var.name_prefix}-aurora-pg",
        clusterArn: around.given("aws_rds_cluster.aurora.arn"),
      }),
  );
  expect(role).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM of the database's monitoring
################################################################################

# RDS writes by it what the hosts of this cluster's instances do: processes,
# memory, load.
resource "aws_iam_role" "rds_monitoring" {
  name = "\${var.name_prefix}-aurora-pg-monitoring"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TrustMonitoringOfThisCluster"
      Effect    = "Allow"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringLike = {
          "aws:SourceArn" = "\${replace(aws_rds_cluster.aurora.arn, ":cluster:", ":db:")}-*"
        }
      }
    }]
  })

  tags = { Name = "\${var.name_prefix}-aurora-pg-monitoring" }
}

resource "aws_iam_role_policy_attachment" "rds_monitoring" {
  role       = aws_iam_role.rds_monitoring.name
  policy_arn = "arn:\${element(split(":", aws_rds_cluster.aurora.arn), 1)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

=== what it hands out
arn: \${aws_iam_role.rds_monitoring.arn}
ready:
  - aws_iam_role_policy_attachment.rds_monitoring
`);
});
