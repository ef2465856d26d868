import { ParameterGroup } from "../../constructs/parameter-group";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const group = (engine: Engine, comment?: string, hasLogLimit = false) =>
  rendered(
    (around) =>
      new ParameterGroup(around, "parameter-group", {
        engine,
        names: engine.names.byoc,
        comment,
        hasLogLimit,
      }),
  );

test("what PostgreSQL's changes are read by", () => {
  expect(group(postgres)).toMatchInlineSnapshot(`
=== main.tf
# Logical replication feeds the pipeline; IAM logins are refused on replication
# connections unless rds.iam_auth_for_replication allows them.
resource "aws_rds_cluster_parameter_group" "aurora_pg17" {
  name   = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg"
  family = "aurora-postgresql\${split(".", var.engine_version)[0]}"

  parameter {
    name         = "rds.logical_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.iam_auth_for_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  tags = { Name = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg" }

  # Another family replaces the group, and a group in use cannot be deleted.
  lifecycle {
    create_before_destroy = true
  }
}

=== what it hands out
name: \${aws_rds_cluster_parameter_group.aurora_pg17.name}
ready:
  - aws_rds_cluster_parameter_group.aurora_pg17
`);
});

test("what MySQL's are read by", () => {
  expect(group(mysql).differenceTo(group(postgres))).toMatchInlineSnapshot(`
=== main.tf
@ aws_rds_cluster_parameter_group.aurora_mysql
+# The pipeline requires complete rows in the binary log, because it matches
+# columns by position. binlog_format also turns the log on.
+resource "aws_rds_cluster_parameter_group" "aurora_mysql" {
+  name   = "\${var.name_prefix}-aurora-mysql\${startswith(var.engine_version, "8.0.") ? "" : "84"}-cluster-pg"
+  family = "aurora-mysql\${join(".", slice(split(".", var.engine_version), 0, 2))}"
+  parameter {
+    name         = "binlog_format"
+    value        = "ROW"
+    apply_method = "pending-reboot"
+  }
+  parameter {
+    name         = "binlog_row_image"
+    value        = "FULL"
+    apply_method = "pending-reboot"
+  }
+  parameter {
+    name         = "require_secure_transport"
+    value        = "ON"
+    apply_method = "pending-reboot"
+  }
+  dynamic "parameter" {
+    for_each = var.heartbeat ? ["event_scheduler"] : []
+    content {
+      name         = "event_scheduler"
+      value        = "ON"
+      apply_method = "pending-reboot"
+    }
+  }
+  tags = {
+    Name = "\${var.name_prefix}-aurora-mysql\${startswith(var.engine_version, "8.0.") ? "" : "84"}-cluster-pg"
+  }
+  # Another family replaces the group, and a group in use cannot be deleted.
+  lifecycle {
+    create_before_destroy = true
+  }
+}

@ aws_rds_cluster_parameter_group.aurora_pg17
-# Logical replication feeds the pipeline; IAM logins are refused on replication
-# connections unless rds.iam_auth_for_replication allows them.
-resource "aws_rds_cluster_parameter_group" "aurora_pg17" {
-  name   = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg"
-  family = "aurora-postgresql\${split(".", var.engine_version)[0]}"
-  parameter {
-    name         = "rds.logical_replication"
-    value        = "1"
-    apply_method = "pending-reboot"
-  }
-  parameter {
-    name         = "rds.iam_auth_for_replication"
-    value        = "1"
-    apply_method = "pending-reboot"
-  }
-  parameter {
-    name         = "rds.force_ssl"
-    value        = "1"
-    apply_method = "pending-reboot"
-  }
-  tags = { Name = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg" }
-  # Another family replaces the group, and a group in use cannot be deleted.
-  lifecycle {
-    create_before_destroy = true
-  }
-}

=== what it hands out
-name: \${aws_rds_cluster_parameter_group.aurora_pg17.name}
+name: \${aws_rds_cluster_parameter_group.aurora_mysql.name}
-  - aws_rds_cluster_parameter_group.aurora_pg17
+  - aws_rds_cluster_parameter_group.aurora_mysql
`);
});

test("a further comment", () => {
  const commented = group(postgres, "The family follows engine_version.");
  expect(commented.differenceTo(group(postgres))).toMatchInlineSnapshot(`
=== main.tf
@ aws_rds_cluster_parameter_group.aurora_pg17
+# The family follows engine_version.
`);
});

test("what bounds the log of a replication slot that nobody reads, at once", () => {
  const limited = group(postgres, undefined, true);
  expect(limited.differenceTo(group(postgres))).toMatchInlineSnapshot(`
=== main.tf
@ aws_rds_cluster_parameter_group.aurora_pg17
+  dynamic "parameter" {
+    for_each = var.max_slot_wal_keep_size != null ? ["max_slot_wal_keep_size"] : []
+    content {
+      name         = "max_slot_wal_keep_size"
+      value        = var.max_slot_wal_keep_size
+      apply_method = "immediate"
+    }
+  }
`);
  expect(group(mysql, undefined, true).differenceTo(group(mysql)).isEmpty).toBe(true);
});
