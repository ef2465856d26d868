import { Alarms, type AlarmsProps } from "../../constructs/alarms";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered, type Surroundings } from "./rendered";

const alarms = (
  engine: AlarmsProps["engine"],
  clusterOf: (around: Surroundings) => Partial<AlarmsProps["cluster"]> = () => ({}),
) =>
  rendered(
    (around) =>
      new Alarms(around, "alarms", {
        engine,
        cluster: {
          name: "${var.name_prefix}-aurora",
          identifier: around.given("aws_rds_cluster.aurora.cluster_identifier"),
          classes: { serverless: "true", provisioned: "false" },
          log: {
            group: around.given('aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name'),
          },
          ...clusterOf(around),
        },
      }),
  );

test("alarms on a serverless cluster of the module's own", () => {
  expect(alarms(postgres)).toMatchInlineSnapshot(`
=== alarms.tf
################################################################################
# Alarms
################################################################################

locals {
  # What Aurora publishes, and when it is alarming: docs/alarms.md of the
  # generator has the reasons.
  alarms = {
    slot-lag = {
      metric      = "OldestReplicationSlotLag"
      statistic   = "Average"
      comparison  = "GreaterThanThreshold"
      threshold   = 1073741824
      missing     = "ignore"
      description = "The reader of a replication slot is far behind: the pipeline has stopped, or is too slow. Entries of the doctor: P22, P27, P43."
    }
    wal-size = {
      metric      = "TransactionLogsDiskUsage"
      statistic   = "Average"
      comparison  = "GreaterThanThreshold"
      threshold   = 10737418240
      missing     = "ignore"
      description = "The write-ahead log that a replication slot holds back grows, and is paid for by the GiB. Where nobody reads the slot any more, db_cleanup_command drops it. Entries of the doctor: P22, P27, P43."
    }
    slot-files = {
      metric      = "ReplicationSlotDiskUsage"
      statistic   = "Average"
      comparison  = "GreaterThanThreshold"
      threshold   = 1073741824
      missing     = "ignore"
      description = "A replication slot spills large transactions to files, until they are committed and read. Entries of the doctor: P22, P43."
    }
    connections = {
      metric      = "DatabaseConnections"
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = 150
      missing     = "notBreaching"
      description = "The database nears max_connections. When it is full, the pipeline cannot connect again. Entries of the doctor: P30, P31."
    }
    replica-lag = {
      metric      = "AuroraReplicaLagMaximum"
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = 10000
      missing     = "notBreaching"
      description = "A reader of the cluster is seconds behind the writer: a failover to it takes that much longer. Entries of the doctor: P21."
    }
    capacity = {
      metric      = "ACUUtilization"
      statistic   = "Average"
      comparison  = "GreaterThanThreshold"
      threshold   = 95
      missing     = "notBreaching"
      description = "The cluster is at its maximum of ACUs and cannot grow: raise that, or find the load. IAM logins fail when memory is short. Entries of the doctor: D5."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "aurora" {
  for_each = { for name, alarm in local.alarms : name => alarm if length(var.alarm_topic_arns) > 0 }

  alarm_name          = "\${var.name_prefix}-aurora-\${each.key}"
  alarm_actions       = var.alarm_topic_arns
  alarm_description   = "\${each.value.description} To see why, run in the module's folder: npx rpcn-aurora doctor --live --state ."
  comparison_operator = each.value.comparison
  evaluation_periods  = 3
  metric_name         = each.value.metric
  namespace           = "AWS/RDS"
  ok_actions          = var.alarm_topic_arns
  period              = 300
  statistic           = each.value.statistic
  threshold           = lookup(var.alarm_thresholds, each.key, each.value.threshold)
  treat_missing_data  = each.value.missing

  # Whichever instance writes, also after a failover.
  dimensions = {
    DBClusterIdentifier = aws_rds_cluster.aurora.cluster_identifier
    Role                = "WRITER"
  }
}

# Every line of this log is a login that IAM refused; of all users', those of
# the pipeline's. AWS writes the name with quotes or without.
resource "aws_cloudwatch_log_metric_filter" "refused_tokens" {
  count = length(var.alarm_topic_arns) > 0 ? 1 : 0

  name           = "\${var.name_prefix}-aurora-refused-tokens"
  log_group_name = aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name
  pattern        = "?\\"the connection request for user \${var.iam_auth_user}\\" ?\\"the connection request for user '\${var.iam_auth_user}'\\""

  metric_transformation {
    name      = "RefusedTokens"
    value     = "1"
    namespace = "rpcn-aurora/\${var.name_prefix}-aurora"
    unit      = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused_tokens" {
  count = length(aws_cloudwatch_log_metric_filter.refused_tokens)

  alarm_name          = "\${var.name_prefix}-aurora-refused-tokens"
  alarm_actions       = var.alarm_topic_arns
  alarm_description   = "The database refuses the pipeline's tokens, and its log iam-db-auth-error says why. Entries of the doctor: D1, D2, D3, D4, D5. To see why, run in the module's folder: npx rpcn-aurora doctor --live --state ."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 3
  metric_name         = "RefusedTokens"
  namespace           = "rpcn-aurora/\${var.name_prefix}-aurora"
  ok_actions          = var.alarm_topic_arns
  period              = 300
  statistic           = "Sum"
  threshold           = lookup(var.alarm_thresholds, "refused-tokens", 1)
  # Without a line there is no data: nothing was refused.
  treat_missing_data = "notBreaching"
}

=== what it hands out
ready:
  - aws_cloudwatch_metric_alarm.aurora
  - aws_cloudwatch_log_metric_filter.refused_tokens
  - aws_cloudwatch_metric_alarm.refused_tokens
`);
});

test("MySQL has a binary log instead of slots", () => {
  expect(alarms(mysql).differenceTo(alarms(postgres))).toMatchInlineSnapshot(`
=== alarms.tf
@ local.alarms
-    slot-lag = {
-      metric      = "OldestReplicationSlotLag"
+    binary-log-size = {
+      metric      = "SumBinaryLogSize"
-      threshold   = 1073741824
+      threshold   = 107374182400
-      description = "The reader of a replication slot is far behind: the pipeline has stopped, or is too slow. Entries of the doctor: P22, P27, P43."
+      description = "The binary log grows, and is paid for by the GiB. binlog_retention_hours keeps it, or a transaction that nobody ends. Entries of the doctor: M10, M27."
-    wal-size = {
-      metric      = "TransactionLogsDiskUsage"
+    binary-log-files = {
+      metric      = "NumBinaryLogFiles"
-      threshold   = 10737418240
+      threshold   = 1000
-      description = "The write-ahead log that a replication slot holds back grows, and is paid for by the GiB. Where nobody reads the slot any more, db_cleanup_command drops it. Entries of the doctor: P22, P27, P43."
+      description = "There are very many files of the binary log, which a restart reads through. Entries of the doctor: M10, M27."
-    slot-files = {
-      metric      = "ReplicationSlotDiskUsage"
-      statistic   = "Average"
-      comparison  = "GreaterThanThreshold"
-      threshold   = 1073741824
-      missing     = "ignore"
-      description = "A replication slot spills large transactions to files, until they are committed and read. Entries of the doctor: P22, P43."
-    }
-      threshold   = 150
+      threshold   = 70
-      description = "The database nears max_connections. When it is full, the pipeline cannot connect again. Entries of the doctor: P30, P31."
+      description = "The database nears max_connections. When it is full, the pipeline cannot connect again. Entries of the doctor: M18, M23."
-      description = "A reader of the cluster is seconds behind the writer: a failover to it takes that much longer. Entries of the doctor: P21."
+      description = "A reader of the cluster is seconds behind the writer: a failover to it takes that much longer. Entries of the doctor: M6."
`);
});

test("a provisioned cluster has local storage, and no ACUs", () => {
  const provisioned = alarms(postgres, () => ({
    classes: { serverless: "false", provisioned: "true" },
  }));
  expect(provisioned.differenceTo(alarms(postgres))).toMatchInlineSnapshot(`
=== alarms.tf
@ local.alarms
-    capacity = {
-      metric      = "ACUUtilization"
-      statistic   = "Average"
-      comparison  = "GreaterThanThreshold"
-      threshold   = 95
-      missing     = "notBreaching"
-      description = "The cluster is at its maximum of ACUs and cannot grow: raise that, or find the load. IAM logins fail when memory is short. Entries of the doctor: D5."
+    local-storage = {
+      metric      = "FreeLocalStorage"
+      statistic   = "Minimum"
+      comparison  = "LessThanThreshold"
+      threshold   = 2147483648
+      missing     = "ignore"
+      description = "The writer's local disk is nearly full, which holds its logs and temporary files: find what fills it, or take a larger class."
`);
});

test("of a cluster that is there, the plan knows the classes, and whether it writes the log", () => {
  const found = alarms(postgres, (around) => ({
    classes: {
      serverless: around.given("local.has_serverless"),
      provisioned: around.given("local.has_provisioned"),
    },
    log: {
      group: "/aws/rds/cluster/orders/iam-db-auth-error",
      isThere: around.given("local.is_logged"),
    },
  }));
  expect(found.differenceTo(alarms(postgres))).toMatchInlineSnapshot(`
=== alarms.tf
@ local.alarms
+      published   = local.has_serverless
+    local-storage = {
+      metric      = "FreeLocalStorage"
+      statistic   = "Minimum"
+      comparison  = "LessThanThreshold"
+      threshold   = 2147483648
+      missing     = "ignore"
+      description = "The writer's local disk is nearly full, which holds its logs and temporary files: find what fills it, or take a larger class."
+      published   = local.has_provisioned
+    }

@ aws_cloudwatch_metric_alarm.aurora
-  for_each = { for name, alarm in local.alarms : name => alarm if length(var.alarm_topic_arns) > 0 }
+  for_each = {
+    for name, alarm in local.alarms : name => alarm
+    if length(var.alarm_topic_arns) > 0 && try(alarm.published, true)
+  }

@ aws_cloudwatch_log_metric_filter.refused_tokens
-  count = length(var.alarm_topic_arns) > 0 ? 1 : 0
+  count = length(var.alarm_topic_arns) > 0 && local.is_logged ? 1 : 0
-  log_group_name = aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name
+  log_group_name = "/aws/rds/cluster/orders/iam-db-auth-error"
`);
});
