import { prefixed } from "../variables/account";
import { rdsCaFile } from "../variables/rds-ca-file";
import { auroraAlarms, postgresAlarms } from "./alarms";
import type { Engine } from "./engine";
import { statements } from "./postgres-status";
import { identifier, tables } from "./postgres-tables";
import { partsBy } from "./sql-parts";

/** The major version: text with a Terraform interpolation. */
const major = '${split(".", var.engine_version)[0]}';

const setupParts = partsBy({
  new: {
    all: [
      ...["header", "parameters", "password-login", "user", "demo-table", "checks", "key-columns"],
      ...["rights", "taken-out", "unchanged-values", "password-login", "commit"],
    ],
    tables: ["header-tables", "parameters", "demo-table", "checks", "key-columns", "commit"],
    calls: [
      ...["header-data-api", "parameters", "password-login", "user", "demo-table", "checks"],
      ...["key-columns", "warnings", "warnings-taken-out", "rights", "password-login", "commit"],
    ],
  },
  existing: {
    all: [
      ...["existing/header", "existing/writer", "existing/parameters", "existing/replication"],
      ...["existing/names", "existing/rights", "existing/schema", "existing/ready"],
      ...["password-login", "existing/user", "existing/demo-table", "checks", "key-columns"],
      ...["rights", "taken-out", "unchanged-values", "password-login", "commit"],
    ],
    tables: [
      ...["existing/header-tables", "existing/writer", "existing/parameters"],
      ...["existing/replication", "existing/schema", "existing/ready", "existing/demo-table"],
      ...["checks", "key-columns", "commit"],
    ],
    calls: [
      ...["existing/header-data-api", "existing/writer", "existing/parameters"],
      ...["existing/replication", "existing/names", "existing/rights", "existing/schema"],
      ...["existing/problems", "existing/ready", "password-login", "existing/user"],
      ...["existing/demo-table", "checks", "key-columns", "warnings", "warnings-taken-out"],
      ...["rights", "password-login", "commit"],
    ],
  },
});

const cleanup = ["header", "reader", "taken-out", "publication-and-user", "commit", "slot"];
const cleanupOfFound = [
  ...["existing/header", "reader", "existing/publication-and-user", "existing/demo-table"],
  ...["existing/slot", "commit"],
];
const cleanupParts = partsBy({
  new: { all: cleanup, tables: cleanup, calls: cleanup },
  existing: {
    all: cleanupOfFound,
    calls: cleanupOfFound,
    tables: [
      ...["existing/header-tables", "reader", "existing/terraform", "existing/demo-table"],
      ...["commit", "slot"],
    ],
  },
});

/** Condition: the expression is the name of a schema that is nobody else's. */
const isSchema = (expression: string) =>
  `can(regex("${identifier}", ${expression})) && !can(regex("^pg_|^information_schema$", ${expression}))`;

/** The slot of `schema`: an expression. That of `cdc_schema` is the one that it had alone. */
const slotOf = 'schema == var.cdc_schema ? var.slot_name : "${var.slot_name}_${schema}"';
const others = "setsubtract(keys(var.cdc_tables_by_schema), [var.cdc_schema])";

/** Aurora PostgreSQL, read by `postgres_cdc` from a logical replication slot. */
export const postgres: Engine = {
  flag: "postgres",
  product: "PostgreSQL",
  auroraEngine: "aurora-postgresql",
  port: 5432,
  names: {
    byoc: {
      stack: "aurora-postgres",
      cluster: "${var.name_prefix}-aurora-pg",
      instanceTag: "${var.name_prefix}-aurora-pg-1",
      parameterGroup: `\${var.name_prefix}-aurora-pg${major}-cluster-pg`,
      subnetGroup: "${var.name_prefix}-db-subnets",
      subnetGroupTag: "${var.name_prefix}-db-subnets",
      securityGroup: "${var.name_prefix}-db-sg",
      securityGroupDescription: "Allow Postgres from home IP",
      iamSuffix: "",
      addresses: {
        cluster: "aurora",
        instance: "aurora_instance",
        parameterGroup: "aurora_pg17",
        subnetGroup: "db",
        securityGroup: "db",
      },
    },
    ec2: {
      stack: "aurora-postgres-ec2",
      cluster: prefixed("aurora-pg-iam-demo"),
      instanceTag: prefixed("aurora-pg-iam-demo-instance"),
      parameterGroup: `${prefixed("aurora-pg-iam-demo")}-${major}`,
      subnetGroup: prefixed("aurora-postgres-subnets"),
      subnetGroupTag: prefixed("aurora-postgres-subnet-group"),
      securityGroup: prefixed("aurora-postgres-sg"),
      securityGroupDescription: "Security group for Aurora PostgreSQL",
      iamSuffix: "",
      addresses: {
        cluster: "aurora_pg",
        instance: "aurora_pg_instance",
        parameterGroup: "aurora_pg_iam",
        subnetGroup: "aurora_subnets",
        securityGroup: "aurora_sg",
      },
    },
  },
  parameterGroup: {
    family: `aurora-postgresql${major}`,
    parameters: [
      { name: "rds.logical_replication", value: "1" },
      { name: "rds.iam_auth_for_replication", value: "1" },
      { name: "rds.force_ssl", value: "1", hardens: true },
    ],
    limits: ["max_replication_slots", "max_wal_senders"],
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
    logLimit: {
      name: "max_slot_wal_keep_size",
      value: "${var.max_slot_wal_keep_size}",
      when: "var.max_slot_wal_keep_size != null",
      variables: {
        max_slot_wal_keep_size: {
          type: "number",
          default: null,
          description:
            "Most of the write-ahead log that PostgreSQL keeps for a replication slot that nobody reads, 1024 to 2147483647 MB; it holds for all slots of the cluster. Beyond it the slot is lost, and with it the pipeline's position: the pipeline stops, and says so. Null: no limit, and the volume grows until the pipeline reads or somebody drops the slot.",
          validation: [
            {
              condition:
                "${var.max_slot_wal_keep_size == null ? true : try(var.max_slot_wal_keep_size >= 1024 && var.max_slot_wal_keep_size <= 2147483647 && floor(var.max_slot_wal_keep_size) == var.max_slot_wal_keep_size, false)}",
              errorMessage:
                "max_slot_wal_keep_size is ${jsonencode(var.max_slot_wal_keep_size)}. It must be a whole number of MB from 1024 to 2147483647, such as 102400 for 100 GB: what is written in the longest time that the pipeline may stand still, and twice that. Null sets no limit.",
            },
          ],
        },
      },
    },
    comment:
      "Logical replication feeds the pipeline; IAM logins are refused on replication connections unless rds.iam_auth_for_replication allows them.",
  },
  logExports: ["postgresql", "iam-db-auth-error"],
  alarms: {
    ...postgresAlarms,
    ...auroraAlarms({
      connections: 150,
      connectionEntries: ["P30", "P31"],
      readOnlyEntry: "P21",
    }),
  },

  version: {
    default: "17.4",
    pattern: "^(14|15|16|17|18)[.]([0-9]|[1-9][0-9])$",
    allowed:
      "a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on)",
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.Data_API.html
    withoutDataApi: {
      pattern: "^(14[.][0-7]|15[.][0-2]|16[.]0|17[.][0-3]|18[.][0-2])$",
      since: "14.8, 15.3, 16.1, 17.4, 18.3 or newer within its major version",
    },
    // https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/logical_stream.go
    // asks for logical messages above 14 only.
    outgrown: {
      pattern: "^14[.]",
      why: "Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes",
      instead: "Choose 15 or newer",
      remedy:
        "Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes",
    },
  },
  administratorRights: "who is a member of rds_superuser and of the tables' owner",
  masterUser: {
    default: "postgres",
    reservedPattern:
      "^(?i:admin|rdsadmin|rdsrepladmin|rds_(superuser|iam|replication|password)|pg_.*|public|none|user|group|table|all|default)$",
  },
  masterPasswordMaxLength: 99,
  databaseName: {
    reservedPattern: "^(?i:rdsadmin|template0|template1|select|table|user|group|order)$",
  },
  iamUser: {
    pattern: identifier,
    allowed:
      "1 to 63 lower-case letters, digits and underscores, not starting with a digit (PostgreSQL folds capitals, the IAM ARN does not)",
    reservedPattern: "^(rds.*|pg_.*|public|none)$",
    reserved: "a name that PostgreSQL or RDS reserves (rds…, pg_…, public, none)",
  },
  table: {
    pattern: identifier,
    allowed: "lower-case letters, digits and underscores, without schema and quotes",
    within: {
      noun: "schema",
      usual: "cdc_schema",
      isName: isSchema,
      allowed: "one of your own in lower-case letters, digits and underscores",
      validation: [
        {
          condition:
            '${alltrue([for schema in keys(var.cdc_tables_by_schema) : schema == var.cdc_schema || length("${var.slot_name}_${schema}") <= 50])}',
          errorMessage:
            "slot_name is ${jsonencode(var.slot_name)}, and cdc_tables_by_schema has the schemas ${jsonencode(keys(var.cdc_tables_by_schema))}. Each <slot_name>_<schema> must have at most 50 characters, because the publication pglog_stream_<slot_name>_<schema> must fit into PostgreSQL's 63: choose a shorter slot_name.",
        },
        {
          // https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/logical_stream.go
          condition: `\${alltrue([for schema in ${others} : schema == "tmp" ? !contains(keys(var.cdc_tables_by_schema), var.cdc_schema) : !endswith(schema, "_tmp") || !contains(${others}, trimsuffix(schema, "_tmp"))])}`,
          errorMessage:
            "cdc_tables_by_schema has the schemas ${jsonencode(keys(var.cdc_tables_by_schema))}. Before a snapshot, Redpanda Connect drops the replication slot that is called as its own with _tmp behind it: one pipeline cannot read a schema and another one called <schema>_tmp, nor ${var.cdc_schema} and tmp. Read the latter by a pipeline of its own.",
        },
      ],
    },
  },
  streamVariables: () => ({
    cdc_schema: {
      type: "string",
      default: "public",
      description:
        "Schema that holds the tables of cdc_tables. Where cdc_tables_by_schema has it too, its replication slot is slot_name itself.",
      validation: [
        {
          condition: `\${${isSchema("var.cdc_schema")}}`,
          errorMessage:
            "cdc_schema is ${jsonencode(var.cdc_schema)}. It must be one schema of your own in lower-case letters, digits and underscores, such as public.",
        },
      ],
    },
    slot_name: {
      type: "string",
      default: "rpcn_iam_test",
      description:
        "Name of the replication slot, which keeps the pipeline's position; that of any other schema is <slot_name>_<schema>. At most 50 characters: the publication pglog_stream_<slot_name> must fit into PostgreSQL's 63.",
      validation: [
        {
          condition: '${can(regex("^[a-z_][a-z0-9_]{0,49}$", var.slot_name))}',
          errorMessage:
            "slot_name is ${jsonencode(var.slot_name)}. It must be 1 to 50 lower-case letters, digits and underscores, not starting with a digit: the publication pglog_stream_<slot_name> must fit into PostgreSQL's 63.",
        },
      ],
    },
    unchanged_toast_value: {
      type: "string",
      default: null,
      description:
        "What a value above about 2 kB arrives as when an UPDATE leaves it as it is (TOAST), on tables without REPLICA IDENTITY FULL. Null: as null, which cannot be told from a real one. A change restarts the pipeline.",
      validation: [
        {
          condition:
            '${var.unchanged_toast_value == null ? true : can(regex("^[!#%-~][ !#%-~]{0,253}[!#%-~]$", var.unchanged_toast_value))}',
          errorMessage:
            'unchanged_toast_value is ${jsonencode(var.unchanged_toast_value)}. It must be 2 to 255 printable ASCII characters other than " and $, and neither start nor end with a space, such as __unchanged__: choose what no row holds.',
        },
      ],
    },
  }),

  user: {
    provider: "postgresql",
    resources: () =>
      (require("./postgres-database-user") as typeof import("./postgres-database-user"))
        .PostgresDatabaseUser,
    variables: { rds_ca_file: rdsCaFile },
  },
  setup: {
    templateExpressions: { slot_name: "var.slot_name" },
    parts: setupParts,
    tablesDescription:
      "Creates the demo table, if cdc_tables lists it, and reports what prevents the tables from being published",
  },
  cleanup: {
    parts: cleanupParts,
    templateExpressions: () => ({ slot_name: "var.slot_name" }),
  },

  // A TRUNCATE comes without the table's name: no topic could be told, nor a subject.
  dropped: ({ format, topics }) =>
    format === "avro" || topics === "per-table" ? ["truncate"] : [],
  positionMetadata: "lsn|commit_ts_ms",
  checkpointTopic: false,
  slots: (tables) => `{ for schema in keys(${tables}) : schema => ${slotOf} }`,
  templateExpressions: {},
  connector: {
    input: "postgres_cdc",
    iamSince: "4.71.0",
    templateExpressions: { unchanged_toast_value: "var.unchanged_toast_value" },
  },
  status: {
    shows: "User, publication and slot (active, WAL retained)",
    statements,
    more: [],
  },
  tables,
  client: {
    program: "psql",
    password: "PGPASSWORD",
    // People's psqlrc may turn AUTOCOMMIT off: rows would be inserted, and be gone at the end.
    connect: ({ host, port, user, database, caFile }) =>
      `psql "host=${host} port=${port} user=${user} dbname=${database} sslmode=verify-full sslrootcert=${caFile}" --no-psqlrc --set=ON_ERROR_STOP=1`,
    query: ({ host, port, user, database, caFile }, sql) => [
      `host=${host} port=${port} user=${user} dbname=${database} sslmode=verify-full sslrootcert=${caFile}`,
      "--no-psqlrc",
      "--no-password",
      "--no-align",
      "--pset=footer=off",
      `--command=${sql}`,
    ],
    separator: "|",
    readOnly: {
      PGOPTIONS: "-c default_transaction_read_only=on -c statement_timeout=15s",
      PGCONNECT_TIMEOUT: "10",
    },
    // https://www.postgresql.org/docs/current/libpq-envars.html
    passwords: {
      files: [".pgpass", ".pg_service.conf"],
      variables: ["PGPASSWORD", "PGPASSFILE", "PGSERVICE", "PGSERVICEFILE"],
    },
    run: (file) => `--file=${file}`,
  },
  firstRowArguments: (demo, { slots }) => [`\${${demo}}`, `\${${slots}[${demo}]}`],
};
