import type { Engine } from "./engine";

/** Aurora MySQL, read by `mysql_cdc` from the binary log. */
export const mysql: Engine = {
  flag: "mysql",
  stackName: "aurora-mysql",
  product: "MySQL",
  auroraEngine: "aurora-mysql",
  port: 3306,
  nameSuffix: "aurora-mysql",
  securityGroupDescription: "Allow MySQL from home IP",

  parameterGroup: {
    address: "aurora_mysql",
    // The family replaces the group, and a group in use cannot go: 8.4 has a name of its own.
    name: '${var.name_prefix}-aurora-mysql${startswith(var.engine_version, "8.0.") ? "" : "84"}-cluster-pg',
    family: 'aurora-mysql${join(".", slice(split(".", var.engine_version), 0, 2))}',
    major: '${join("", slice(split(".", var.engine_version), 0, 2))}',
    parameters: [
      { name: "binlog_format", value: "ROW" },
      { name: "binlog_row_image", value: "FULL" },
      { name: "require_secure_transport", value: "ON" },
    ],
    comment:
      "The pipeline reads the binary log by rows, each complete: columns are matched by position. binlog_format also switches the log on.",
  },
  ec2: {
    stackName: "aurora-mysql-ec2",
    subnetGroup: "aurora-subnets-mysql",
    subnetGroupTag: "aurora-subnet-group-mysql",
    securityGroup: "aurora-db-mysql",
    securityGroupDescription: "Security group for Aurora MySQL",
    cluster: "aurora-iam-demo-mysql",
    clusterAddress: "aurora_mysql",
    instanceAddress: "aurora_mysql_instance",
    parameterGroupAddress: "aurora_mysql_iam",
    iamSuffix: "-mysql",
  },
  logExports: ["error", "iam-db-auth-error"],

  version: {
    default: "8.0.mysql_aurora.3.10.3",
    pattern:
      "^(8[.]0[.]mysql_aurora[.]3[.](0[2-9]|[1-9][0-9])[.]([0-9]|[1-9][0-9])|8[.]4[.]mysql_aurora[.]8[.]4[.]([0-9]|[1-9][0-9]))$",
    allowed:
      "a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 wants) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7",
  },
  masterUser: {
    default: "admin",
    reservedPattern:
      "^(?i:rdsadmin|rdsrepladmin|rdsproxyadmin|group|order|table|select|all|default|key|index)$",
  },
  masterPasswordMaxLength: 41,
  databaseName: {
    reservedPattern:
      "^(?i:information_schema|mysql|performance_schema|sys|rdsadmin|select|table|group|order)$",
  },
  iamUser: {
    pattern: "^[A-Za-z_][A-Za-z0-9_]{0,31}$",
    allowed: "1 to 32 letters, digits and underscores, not starting with a digit",
    reservedPattern: "^(?i:rds.*)$",
    reserved: "one of those that RDS keeps: rds…",
  },
  table: {
    pattern: "^[A-Za-z_][A-Za-z0-9_$]{0,63}$",
    allowed: "letters, digits, _ and $, without database and quotes (the database is db_name)",
  },
  streamVariables: {},
  user: {
    provider: "mysql",
    get resources() {
      return (require("./mysql-database-user") as typeof import("./mysql-database-user"))
        .MysqlDatabaseUser;
    },
    variables: {},
  },
  setup: {
    all: ["header", "demo-table", "user"],
    tables: ["header-tables", "demo-table"],
    tablesDescription: "Makes the demo table, if cdc_tables lists it",
  },

  positionMetadata: "binlog_position",
  checkpointTopic: true,
  templateExpressions: {},
  connector: { input: "mysql_cdc", aliases: ["MySQL CDC"] },
  status: {
    shows: "User and binary log",
    statements: [
      "SHOW GRANTS FOR '<iam_auth_user>'@'%';",
      "SELECT user, host, plugin FROM mysql.user WHERE user = '<iam_auth_user>';",
      "SELECT @@log_bin, @@binlog_format, @@binlog_row_image; SHOW BINARY LOGS; CALL mysql.rds_show_configuration;",
    ],
  },
  client: "mysql",
  clientCommand: ({ host, port, user, database, caFile }, input) => {
    // Oracle's client and MariaDB's name the option that verifies the server differently.
    const client = `mysql --host=${host} --port=${port} --user=${user} --password --ssl-ca=${caFile} $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=${database}`;
    return "file" in input
      ? `${client} < ${input.file}`
      : `${client} --execute="${input.statement}"`;
  },
  clientPassword: "MYSQL_PWD",
  firstRow: {
    statement: "INSERT INTO iamuser_test (local_time) VALUES ('$row')",
    pattern: '\\"local_time\\":\\"$row\\"',
  },
};
