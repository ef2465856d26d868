import type { DatabaseChoices, Topology } from "../../choices";
import type { PasswordSecret } from "../../constructs/password-secret";
import { StreamedDatabase } from "../../constructs/streamed-database";
import { postgres } from "../../engines/postgres";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";

const database = (topology: Topology, aurora: DatabaseChoices["aurora"]) =>
  rendered((around) => {
    const endpoint = around.given("aws_rds_cluster.aurora.endpoint");
    const identifier = around.given("aws_rds_cluster.aurora.cluster_identifier");
    const arn = around.given("local.master_secret_arn");
    return new StreamedDatabase(around, "database", {
      engine: postgres,
      topology,
      choices: { aurora, database: "sql" },
      cluster: {
        endpoint,
        readerEndpoint: endpoint,
        port: "5432",
        identifier,
        resourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
        arn: around.given("aws_rds_cluster.aurora.arn"),
        secret: { isThere: "var.manage_master_password", arn } as PasswordSecret,
        kept: [],
        watched: {
          name: "${var.name_prefix}-aurora",
          identifier,
          classes: { serverless: "true", provisioned: "false" },
          log: {
            group: around.given('aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name'),
          },
        },
        ready: around.ready("aws_rds_cluster_instance.aurora_instance"),
        reachable: around.ready("aws_route_table_association.public"),
      },
      files: generatedFiles(around),
    });
  });

test("a cluster that is watched, verified and prepared, and the tables that are read", () => {
  expect(database("byoc", "new")).toMatchInlineSnapshot(`
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

=== database.tf
################################################################################
# Certificates
################################################################################

# RDS's own certificate authorities in this region.
data "http" "rds_ca" {
  count = var.rds_ca_pem == null ? 1 : 0

  url = "https://truststore.pki.rds.amazonaws.com/\${var.region}/\${var.region}-bundle.pem"

  lifecycle {
    postcondition {
      condition = (
        self.status_code == 200 &&
        can(regex(
          "-----BEGIN CERTIFICATE-----[ \\\\t]*\\\\r?\\\\n(?:[A-Za-z0-9+/=]+[ \\\\t]*\\\\r?\\\\n)+-----END CERTIFICATE-----",
          self.response_body
        ))
      )
      error_message = "\${self.url} returned no certificate (HTTP status \${self.status_code}). Check region and the connection to the internet, or set rds_ca_pem to the certificates' text."
    }
  }
}

# Serverless v2 is documented with certificates of this authority too.
data "http" "amazon_root_ca" {
  count = var.rds_ca_pem == null ? 1 : 0

  url = "https://www.amazontrust.com/repository/AmazonRootCA1.pem"

  lifecycle {
    postcondition {
      condition = (
        self.status_code == 200 &&
        can(regex(
          "-----BEGIN CERTIFICATE-----[ \\\\t]*\\\\r?\\\\n(?:[A-Za-z0-9+/=]+[ \\\\t]*\\\\r?\\\\n)+-----END CERTIFICATE-----",
          self.response_body
        ))
      )
      error_message = "\${self.url} returned no certificate (HTTP status \${self.status_code}). Check region and the connection to the internet, or set rds_ca_pem to the certificates' text."
    }
  }
}

locals {
  # The certificates alone, without the text around them.
  rds_ca_pem = join("\\n", regexall(
    "-----BEGIN CERTIFICATE-----[ \\\\t]*\\\\r?\\\\n(?:[A-Za-z0-9+/=]+[ \\\\t]*\\\\r?\\\\n)+-----END CERTIFICATE-----",
    coalesce(var.rds_ca_pem, join("\\n", concat(
      data.http.rds_ca[*].response_body,
      data.http.amazon_root_ca[*].response_body
    )))
  ))

  fetch_rds_ca = var.write_files ? "" : "terraform output -raw rds_ca_pem >\\"$d\\"/rds-ca.pem && "
}

resource "local_file" "rds_ca" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}rds-ca.pem"
  content         = "\${local.rds_ca_pem}\\n"
  file_permission = "0644"
}

################################################################################
# Database user and tables
################################################################################

locals {
  # What is read: the tables of several schemas, or those of cdc_schema.
  tables_by_schema = length(var.cdc_tables_by_schema) > 0 ? var.cdc_tables_by_schema : tomap({
    (var.cdc_schema) = coalesce(var.cdc_tables, ["iamuser_test"])
  })

  # The connector reads one schema, from a replication slot of its own.
  slots = {
    for schema in keys(local.tables_by_schema) : schema => schema == var.cdc_schema ? var.slot_name : "\${var.slot_name}_\${schema}"
  }

  # Each schema that has the demo table.
  demo_tables_in = [
    for schema, tables in local.tables_by_schema : schema if contains(tables, "iamuser_test")
  ]

  # Without it, the client asks for the password.
  with_password = var.manage_master_password ? "sh with_password.sh 'aws secretsmanager get-secret-value --secret-id \${local.master_secret_arn} --query SecretString --output text --region \${var.region}\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}' " : ""

  # The start of every command that connects as the master user.
  psql = "\${local.with_password}psql \\"host=\${aws_rds_cluster.aurora.endpoint} port=5432 user=\${var.db_username} dbname=\${var.db_name} sslmode=verify-full sslrootcert=\${local.files}rds-ca.pem\\" --no-psqlrc --set=ON_ERROR_STOP=1"

  cdc_setup_sql = templatefile("\${path.module}/cdc_setup.sql.tftpl", {
    iam_auth_user        = var.iam_auth_user
    db_name              = var.db_name
    region               = var.region
    several              = length(var.cdc_tables_by_schema) > 0
    tables_by_schema     = local.tables_by_schema
    slots                = local.slots
    key_columns_by_table = var.cdc_key_columns_by_table
    slot_name            = var.slot_name
  })

  fetch_cdc_setup_sql = var.write_files ? "" : "terraform output -raw cdc_setup_sql >\\"$d\\"/cdc_setup.sql && "
  insert_sql = templatefile("\${path.module}/insert.sql.tftpl", {
    several          = length(var.cdc_tables_by_schema) > 0
    tables_by_schema = local.tables_by_schema
  })

  fetch_insert_sql = var.write_files ? "" : "terraform output -raw insert_sql >\\"$d\\"/insert.sql && "
  cdc_cleanup_sql = templatefile("\${path.module}/cdc_cleanup.sql.tftpl", {
    iam_auth_user = var.iam_auth_user
    db_name       = var.db_name
    several       = length(var.cdc_tables_by_schema) > 0
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
cluster:
  endpoint: \${aws_rds_cluster.aurora.endpoint}
  readerEndpoint: \${aws_rds_cluster.aurora.endpoint}
  port: "5432"
  identifier: \${aws_rds_cluster.aurora.cluster_identifier}
  resourceId: \${aws_rds_cluster.aurora.cluster_resource_id}
  arn: \${aws_rds_cluster.aurora.arn}
  secret:
    isThere: var.manage_master_password
    arn: \${local.master_secret_arn}
  kept: []
  watched:
    name: \${var.name_prefix}-aurora
    identifier: \${aws_rds_cluster.aurora.cluster_identifier}
    classes:
      serverless: "true"
      provisioned: "false"
    log:
      group: \${aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name}
  ready:
    - aws_rds_cluster_instance.aurora_instance
  reachable:
    - aws_route_table_association.public
tables:
  tables: \${local.tables_by_schema}
  slots: \${local.slots}
  demo: \${local.demo_tables_in}
  schemaOfRecord: 'length(var.cdc_tables_by_schema) > 0 ? "$\${! @table_schema }" : var.cdc_schema'
  positionMetadata: 'length(var.cdc_tables_by_schema) > 0 ? "table_schema|lsn|commit_ts_ms" : "lsn|commit_ts_ms"'
  templateExpressions:
    several: length(var.cdc_tables_by_schema) > 0
    tables_by_schema: \${local.tables_by_schema}
    slots: \${local.slots}
    key_columns_by_table: var.cdc_key_columns_by_table
preparation:
  client:
    command: \${local.psql}
    reads:
      - path: \${local.files}rds-ca.pem
        content: |
          \${local.rds_ca_pem}
        fetch: \${local.fetch_rds_ca}
        filename: \${join("", local_file.rds_ca[*].filename)}
        outputs:
          rds_ca_pem:
            - '\${var.write_files ? "" : "\${local.rds_ca_pem}\\n"}'
            - Certificates by which psql and mysql verify the database's own. Empty where write_files is true.
        ready:
          - local_file.rds_ca
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
written:
  - path: \${local.files}rds-ca.pem
    content: |
      \${local.rds_ca_pem}
    fetch: \${local.fetch_rds_ca}
    filename: \${join("", local_file.rds_ca[*].filename)}
    outputs:
      rds_ca_pem:
        - '\${var.write_files ? "" : "\${local.rds_ca_pem}\\n"}'
        - Certificates by which psql and mysql verify the database's own. Empty where write_files is true.
    ready:
      - local_file.rds_ca
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
  - aws_rds_cluster_instance.aurora_instance
  - aws_route_table_association.public
`);
});

test("on hosts, a cluster of the module's own is not Serverless v2, and one that is there may be", () => {
  const hasAmazonRoot = (topology: Topology, aurora: DatabaseChoices["aurora"]) =>
    String(database(topology, aurora)).includes('data "http" "amazon_root_ca"');
  expect(hasAmazonRoot("byoc", "existing")).toBe(true);
  expect(hasAmazonRoot("ec2", "existing")).toBe(true);
  expect(hasAmazonRoot("ec2", "new")).toBe(false);
});
