import { ExistingLog } from "../../constructs/existing-log";
import { rendered } from "./rendered";

test("whether a log is there, asked for alarms alone", () => {
  const construct = rendered(
    (around) =>
      new ExistingLog(around, "refusals", {
        clusterIdentifier: "${var.cluster_identifier}",
        log: "iam-db-auth-error",
      }),
  );
  expect(construct).toMatchInlineSnapshot(`
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

=== what it hands out
group: /aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error
isThere: contains(flatten(data.aws_cloudwatch_log_groups.refusals[*].log_group_names), "/aws/rds/cluster/\${var.cluster_identifier}/iam-db-auth-error")
`);
});
