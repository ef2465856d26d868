import type { Entry, Marker } from "./entry";
import { benthos, connect, goMysql } from "./sources";
import { apply } from "./steps";

/** What keeps Redpanda Connect, or one of its components, from starting at all. */
export const start: readonly Entry[] = [
  {
    id: "L1",
    text: "this feature requires a valid Redpanda Enterprise Edition license",
    pattern: /requires a valid (?:Redpanda Enterprise Edition|enterprise) license/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "postgres_cdc and mysql_cdc are enterprise inputs: without a licence that includes Connect they do not start.",
    fix: {
      byoc: [
        "Redpanda Cloud has its own licence, so this cluster's is invalid or has expired: give the cluster id <redpanda_cluster_id> and pipeline id <rpcn_pipeline_id> to Redpanda's support.",
      ],
      ec2: [
        "Get a licence at https://redpanda.com/try-enterprise (30 days) or from Redpanda, and pass it in the environment:",
        { shell: "export REDPANDA_LICENSE='…'" },
        { shell: "<docker_run_command>" },
      ],
    },
    versions: ">= 4.47.0",
    source: connect("internal/license/shared_service.go"),
  },
  {
    id: "L2",
    text: "Failed to read Redpanda License: license expired on …",
    pattern: /license expired on|Failed to read Redpanda License/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "A licence was given, but it has expired, or its text or file cannot be read: Connect goes on without one, and the CDC inputs refuse to start.",
    fix: {
      byoc: [
        "Redpanda Cloud has its own licence: give the cluster id <redpanda_cluster_id> and pipeline id <rpcn_pipeline_id> to Redpanda's support.",
      ],
      ec2: [
        "Pass the new licence, its text in REDPANDA_LICENSE or its file in REDPANDA_LICENSE_FILEPATH:",
        { shell: "export REDPANDA_LICENSE='…'" },
        { shell: "<docker_run_command>" },
      ],
    },
    versions: ">= 4.47.0",
    source: connect("internal/license/service.go"),
  },
  {
    id: "E1",
    text: "required environment variables were not set: […]",
    pattern: /required environment variables were not set: \[/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "The configuration names a secret or variable that does not exist where it runs: <missing_variable>.",
    fix: {
      byoc: [
        "Check that the secret exists, and that its scope is Redpanda Connect; the module creates <sasl_password_secret>:",
        { shell: "rpk security secret list" },
        "Create it again, and restart the pipeline, which reads secrets only when it starts:",
        {
          shell:
            'terraform apply -replace=redpanda_secret.sasl_password -replace="<pipeline_address>"',
        },
      ],
      ec2: [
        "Set it where docker runs, and pass it to the container with `--env <missing_variable>`, as the module's command does with those that it knows:",
        { shell: "export <missing_variable>='…'" },
        { shell: "<docker_run_command>" },
      ],
    },
    versions: "all",
    source: benthos("internal/config/env_vars.go"),
  },
  {
    id: "A1",
    text: "unable to configure AWS authentication as this binary does not import components/aws",
    pattern:
      /unable to configure AWS authentication as this binary does not import components\/aws/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause: "This build of Redpanda Connect does not include AWS.",
    fix: {
      byoc: [
        "The build is Redpanda Cloud's: give the cluster id <redpanda_cluster_id> to Redpanda's support.",
      ],
      ec2: ["Run the full image:", { shell: "<docker_run_command>" }],
    },
    versions: ">= 4.71.0",
    source: connect("internal/impl/postgresql/input_pg_stream.go"),
  },
  {
    id: "A3",
    text: "roles[0].role is required for IAM authentication",
    pattern: /roles\[\d+\]\.role is required for IAM authentication/,
    hop: "config",
    speaker: "Redpanda Connect",
    cause: "An entry of aws.roles has no role. The number is always 0, whichever entry it is.",
    fix: [
      "In the pipeline's aws block, the one role is:",
      { yaml: "roles: [{ role: <iam_db_auth_role_arn> }]" },
    ],
    versions: ">= 4.72.0",
    source: connect("internal/impl/postgresql/aws/aws.go"),
  },
  {
    id: "A4",
    text: "field 'endpoint' is required and was not present in the config",
    pattern: /field '(?:aws\.)?endpoint' is required and was not present in the config/,
    hop: "config",
    speaker: "Redpanda Connect",
    cause: "The aws block has no endpoint, and the token is signed for one.",
    fix: ["In the pipeline's aws block:", { yaml: "endpoint: <db_cluster_endpoint>:<db_port>" }],
    versions: ">= 4.71.0",
    source: benthos("internal/docs/field.go"),
  },
  {
    id: "A6",
    text: "Invalid Configuration: Missing Region",
    pattern: /Invalid Configuration: Missing Region/,
    hop: "config",
    speaker: "AWS",
    cause: "The aws block has no region, and the environment has none either.",
    fix: ["In the pipeline's aws block, the region of the database:", { yaml: "region: <region>" }],
    versions: ">= 4.71.0",
    source: "https://github.com/aws/aws-sdk-go-v2/tree/main/service/sts",
  },
  {
    id: "P26",
    text: 'slot_name is required / invalid slot_name / invalid schema name / invalid table name "…"',
    pattern: /slot_name is required|invalid slot_name: |invalid schema name "|invalid table name "/,
    hop: "config",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "A name in the configuration is not one that the connector accepts: schema and slot without quotes, tables by bare name, letters, digits and underscores.",
    fix: [
      "Correct slot_name, cdc_schema, cdc_tables or cdc_tables_by_schema (now <slot_name>, <cdc_schema>, <cdc_tables>), then:",
      apply,
    ],
    versions: "all with postgres_cdc",
    source: connect("internal/impl/postgresql/input_pg_stream.go"),
  },
  {
    id: "P13",
    text: "invalid monitoring interval: 3s",
    pattern: /invalid monitoring interval: /,
    hop: "config",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause:
      "pg_wal_monitor_interval or, although the text does not say so, heartbeat_interval is 0s, which does not switch it off.",
    fix: ["In the pipeline's input:", { yaml: "heartbeat_interval: 5m" }],
    versions: "all with heartbeat_interval",
    source: connect("internal/impl/postgresql/pglogicalstream/monitor.go"),
  },
  {
    id: "M12",
    text: "unknown cache resource: …",
    pattern: /unknown cache resource: /,
    hop: "config",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause: "checkpoint_cache names a cache that cache_resources does not have.",
    fix: [
      "Both labels must be the same, cdc_checkpoints in this module's pipeline. Restore the configuration:",
      apply,
    ],
    versions: "all with mysql_cdc",
    source: connect("internal/impl/mysql/input_mysql_stream.go"),
  },
  {
    id: "M14",
    text: "invalid table name / invalid start char in mysql table name",
    pattern: /invalid start char in mysql table name|invalid table name(?! ")|invalid table length/,
    hop: "config",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause:
      "tables lists something other than bare names; the form database.table, which an example in the documentation uses, is refused.",
    fix: [
      "Give bare names in cdc_tables or cdc_tables_by_database (now <cdc_tables>): the DSN names the database. Then:",
      apply,
    ],
    versions: "all with mysql_cdc",
    source: connect("internal/impl/mysql/validate.go"),
  },
  {
    id: "M15",
    text: "invalid MySQL address format / error parsing mysql DSN / invalid DSN",
    pattern: /invalid MySQL address format|error parsing mysql DSN|invalid DSN: /,
    hop: "config",
    speaker: "Redpanda Connect",
    engine: "mysql",
    cause: "The DSN is not in the form of the MySQL driver for Go.",
    fix: [
      "In the pipeline's input:",
      {
        yaml: "dsn: <iam_auth_user>@tcp(<db_cluster_endpoint>:3306)/<db_name>?tls=true&allowCleartextPasswords=true&timeout=10s",
      },
    ],
    versions: "all with mysql_cdc",
    source: goMysql("canal/canal.go"),
  },
];

/** What says that it started. */
export const startMarkers: readonly Marker[] = [
  {
    id: "S1",
    text: "Successfully loaded Redpanda license",
    pattern: /^Successfully loaded Redpanda license/,
    level: "INFO",
    proves: ["start"],
    source: connect("internal/license/service.go"),
  },
];
