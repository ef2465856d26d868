import { prefixed } from "../variables/account";
import { binlogRetention, heartbeat, heartbeatTable } from "../variables/binary-log";
import { auroraAlarms, mysqlAlarms } from "./alarms";
import type { Engine } from "./engine";
import { statements } from "./mysql-status";
import { tables } from "./mysql-tables";
import { partsBy } from "./sql-parts";

const setupParts = partsBy({
  new: {
    all: [
      ...["header", "parameters", "demo-table", "tables", "key-columns", "heartbeat-table", "user"],
      ...["heartbeat", "taken-out"],
    ],
    tables: [
      ...["header-tables", "parameters", "demo-table", "heartbeat-table", "heartbeat", "taken-out"],
    ],
    calls: [
      ...["header-data-api", "parameters", "demo-table", "tables", "key-columns"],
      ...["heartbeat-table", "user", "heartbeat", "taken-out"],
    ],
  },
  existing: {
    all: [
      ...["existing/header", "existing/server", "existing/retention", "existing/heartbeat-wanted"],
      ...["existing/names", "existing/tables", "existing/rights", "existing/ready"],
      ...["existing/demo-table", "key-columns", "existing/heartbeat-table", "existing/user"],
      ...["existing/heartbeat", "taken-out"],
    ],
    tables: [
      ...["existing/header-tables", "existing/server", "existing/retention"],
      ...["existing/heartbeat-wanted", "existing/ready", "existing/demo-table"],
      ...["existing/heartbeat-table", "existing/heartbeat", "taken-out"],
    ],
    calls: [
      ...["existing/header-data-api", "existing/server", "existing/retention"],
      ...["existing/heartbeat-wanted", "existing/names", "existing/tables", "existing/rights"],
      ...["existing/ready", "existing/asked", "existing/demo-table", "key-columns"],
      ...["existing/heartbeat-table", "existing/user", "existing/heartbeat", "taken-out"],
    ],
  },
});

const cleanup = ["header", "heartbeat-and-user", "retention"];
const cleanupParts = partsBy({
  new: { all: cleanup, tables: cleanup, calls: cleanup },
  existing: {
    all: ["existing/header", "existing/event", "existing/tables", "existing/user"],
    tables: ["existing/header-tables", "existing/event", "existing/tables"],
    calls: ["existing/header-data-api", "existing/event", "existing/tables", "existing/user"],
  },
});

const databaseName = "^[A-Za-z][A-Za-z0-9_]{0,62}$";
const reservedDatabases =
  "^(?i:information_schema|mysql|performance_schema|sys|rdsadmin|select|table|group|order)$";

/** Aurora MySQL, read by `mysql_cdc` from the binary log. */
export const mysql: Engine = {
  flag: "mysql",
  product: "MySQL",
  auroraEngine: "aurora-mysql",
  port: 3306,
  names: {
    byoc: {
      stack: "aurora-mysql",
      cluster: "${var.name_prefix}-aurora-mysql",
      instanceTag: "${var.name_prefix}-aurora-mysql-1",
      // The family replaces the group, and a group in use cannot go: 8.4 has a name of its own.
      parameterGroup:
        '${var.name_prefix}-aurora-mysql${startswith(var.engine_version, "8.0.") ? "" : "84"}-cluster-pg',
      subnetGroup: "${var.name_prefix}-db-subnets",
      subnetGroupTag: "${var.name_prefix}-db-subnets",
      securityGroup: "${var.name_prefix}-db-sg",
      securityGroupDescription: "Allow MySQL from home IP",
      iamSuffix: "",
      addresses: {
        cluster: "aurora",
        instance: "aurora_instance",
        parameterGroup: "aurora_mysql",
        subnetGroup: "db",
        securityGroup: "db",
      },
    },
    ec2: {
      stack: "aurora-mysql-ec2",
      cluster: prefixed("aurora-iam-demo-mysql"),
      instanceTag: prefixed("aurora-iam-demo-mysql-instance"),
      parameterGroup: `${prefixed("aurora-iam-demo-mysql")}-\${join("", slice(split(".", var.engine_version), 0, 2))}`,
      subnetGroup: prefixed("aurora-subnets-mysql"),
      subnetGroupTag: prefixed("aurora-subnet-group-mysql"),
      securityGroup: prefixed("aurora-db-mysql"),
      securityGroupDescription: "Security group for Aurora MySQL",
      iamSuffix: "-mysql",
      addresses: {
        cluster: "aurora_mysql",
        instance: "aurora_mysql_instance",
        parameterGroup: "aurora_mysql_iam",
        subnetGroup: "aurora_subnets",
        securityGroup: "aurora_sg",
      },
    },
  },
  parameterGroup: {
    family: 'aurora-mysql${join(".", slice(split(".", var.engine_version), 0, 2))}',
    parameters: [
      { name: "binlog_format", value: "ROW" },
      // https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html
      { name: "binlog_row_image", value: "FULL", unset: "FULL" },
      { name: "require_secure_transport", value: "ON", hardens: true },
    ],
    limits: [],
    optional: { name: "event_scheduler", value: "ON", when: "var.heartbeat" },
    comment:
      "The pipeline requires complete rows in the binary log, because it matches columns by position. binlog_format also turns the log on.",
  },
  logExports: ["error", "iam-db-auth-error"],
  alarms: {
    ...mysqlAlarms,
    ...auroraAlarms({
      connections: 70,
      connectionEntries: ["M18", "M23"],
      readOnlyEntry: "M6",
    }),
  },

  version: {
    default: "8.0.mysql_aurora.3.10.3",
    pattern:
      "^(8[.]0[.]mysql_aurora[.]3[.](0[2-9]|[1-9][0-9])[.]([0-9]|[1-9][0-9])|8[.]4[.]mysql_aurora[.]8[.]4[.]([0-9]|[1-9][0-9]))$",
    allowed:
      "a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 requires) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7",
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.Data_API.html
    withoutDataApi: {
      pattern: "^8[.]0[.]mysql_aurora[.]3[.]0[2-6][.]",
      since: "Aurora MySQL 3.07 or newer",
    },
  },
  administratorRights:
    "who may create users, and grant SELECT, LOCK TABLES, RELOAD, REPLICATION CLIENT and REPLICATION SLAVE",
  masterUser: {
    default: "admin",
    reservedPattern:
      "^(?i:rdsadmin|rdsrepladmin|rdsproxyadmin|group|order|table|select|all|default|key|index)$",
  },
  masterPasswordMaxLength: 41,
  databaseName: { reservedPattern: reservedDatabases },
  iamUser: {
    pattern: "^[A-Za-z_][A-Za-z0-9_]{0,31}$",
    allowed: "1 to 32 letters, digits and underscores, not starting with a digit",
    reservedPattern: "^(?i:rds.*)$",
    reserved: "a name that RDS reserves (rds…)",
  },
  table: {
    pattern: "^[A-Za-z_][A-Za-z0-9_$]{0,63}$",
    allowed: "letters, digits, _ and $, without database and quotes",
    ours: { name: heartbeatTable, comesWith: "heartbeat" },
    within: {
      noun: "database",
      usual: "db_name",
      isName: (expression) =>
        `can(regex("${databaseName}", ${expression})) && !can(regex("${reservedDatabases}", ${expression}))`,
      allowed:
        "with a name of 1 to 63 letters, digits and underscores that starts with a letter and is none of MySQL's or RDS's own",
      validation: [
        {
          condition:
            "${length(distinct([for database in keys(var.cdc_tables_by_database) : lower(database)])) == length(var.cdc_tables_by_database)}",
          errorMessage:
            "cdc_tables_by_database is ${jsonencode(var.cdc_tables_by_database)}. Redpanda Connect's labels have no capitals: databases whose names differ in case alone must be read by a pipeline each.",
        },
      ],
    },
  },
  streamVariables: (choices) => ({
    heartbeat: heartbeat(choices),
    binlog_retention_hours: binlogRetention(choices),
  }),
  user: {
    provider: "mysql",
    resources: () =>
      (require("./mysql-database-user") as typeof import("./mysql-database-user"))
        .MysqlDatabaseUser,
    variables: {},
  },
  setup: {
    parts: setupParts,
    tablesDescription:
      "Creates the demo table, if cdc_tables lists it, and the heartbeat, if heartbeat is true",
    templateExpressions: {
      heartbeat: "var.heartbeat",
      binlog_retention_hours: "var.binlog_retention_hours",
    },
  },
  cleanup: {
    parts: cleanupParts,
    templateExpressions: ({ aurora }): Record<string, string> =>
      aurora === "existing" ? { heartbeat: "var.heartbeat" } : {},
  },

  dropped: () => ["heartbeat"],
  positionMetadata: "binlog_position",
  checkpointTopic: true,
  templateExpressions: {},
  connector: {
    input: "mysql_cdc",
    aliases: ["MySQL CDC"],
    iamSince: "4.72.0",
    templateExpressions: { heartbeat: "var.heartbeat" },
  },
  status: {
    shows: "User and binary log",
    statements,
    more: ["SELECT @@event_scheduler;", "SHOW BINARY LOGS;", "CALL mysql.rds_show_configuration;"],
  },
  tables,
  client: {
    program: "mysql",
    password: "MYSQL_PWD",
    // Oracle's client and MariaDB's name the option that verifies the server differently.
    connect: ({ host, port, user, database, caFile }, hasPassword) =>
      `mysql \${${hasPassword} ? "--no-defaults " : ""}--host=${host} --port=${port} --user=${user} \${${hasPassword} ? "" : "--password "}--ssl-ca=${caFile} $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=${database}`,
    query: ({ host, port, user, database, caFile }, sql) => [
      `--host=${host}`,
      `--port=${port}`,
      `--user=${user}`,
      `--database=${database}`,
      "--connect-timeout=10",
      `--ssl-ca=${caFile}`,
      // Each client knows one of the two, and warns of the other.
      "--loose-ssl-mode=VERIFY_IDENTITY",
      "--loose-ssl-verify-server-cert",
      "--batch",
      `--execute=${sql}`,
    ],
    separator: "\t",
    readOnly: {},
    // https://dev.mysql.com/doc/refman/8.4/en/option-files.html
    passwords: { files: [".my.cnf", ".mylogin.cnf"], variables: ["MYSQL_PWD"] },
    run: (file) => `< ${file}`,
  },
  firstRowArguments: (demo) => ["${var.iam_auth_user}", `\${${demo}}`],
};
