import { LogGroups, type LogGroupsProps } from "../../constructs/log-groups";
import { rendered } from "./rendered";

const logGroups = (props: Partial<LogGroupsProps> = {}) =>
  rendered(
    (around) =>
      new LogGroups(around, "log-groups", {
        clusterIdentifier: "${var.name_prefix}-aurora-pg",
        logExports: ["postgresql", "iam-db-auth-error"],
        retentionInDays: 30,
        ...props,
      }),
  );

test("a log group for each log", () => {
  expect(logGroups()).toMatchInlineSnapshot(`
=== main.tf
# RDS would create these groups itself, without a retention period, and leave
# them behind. iam-db-auth-error says why a token was refused.
resource "aws_cloudwatch_log_group" "aurora" {
  for_each = toset(["postgresql", "iam-db-auth-error"])

  name              = "/aws/rds/cluster/\${var.name_prefix}-aurora-pg/\${each.value}"
  retention_in_days = 30
}

=== what it hands out
ready:
  - aws_cloudwatch_log_group.aurora
refusals: \${aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name}
`);
});

test("with a key of one's own", () => {
  const encrypted = logGroups({ kmsKeyId: "${var.logs_kms_key_arn}" });
  expect(encrypted.differenceTo(logGroups())).toMatchInlineSnapshot(`
=== main.tf
@ aws_cloudwatch_log_group.aurora
+  kms_key_id        = var.logs_kms_key_arn
`);
});
