import type { TerraformVariableValidationConfig } from "cdktf";
import type { Chosen, DatabaseChoices, Topology } from "../choices";
import { certificatePattern } from "./rds-ca-file";
import { type Variable, wholeVersion } from "./variable";

/** Names of the variables for the master user and the password. */
export interface MasterVariables {
  readonly user: string;
  readonly password: string;
}

/** As the hand-written originals have them. */
export const master: Readonly<Record<Topology, MasterVariables>> = {
  byoc: { user: "db_username", password: "db_password" },
  ec2: { user: "db_master_username", password: "db_master_password" },
};

/** What is allowed, by what is asked: a pattern of RE2, and the same in words, completing "It must be …". */
interface Allowed {
  readonly pattern: string;
  readonly allowed: string;
}

/** What an engine and RDS allow, and refuse. Patterns are RE2. */
export interface DatabaseRules {
  /** The product's name in sentences. */
  readonly product: string;
  /** Engine in RDS's own terms. */
  readonly auroraEngine: string;
  readonly version: Allowed & {
    /** Used where none is given. */
    readonly default: string;
    /**
     * Versions that a cluster may go on with, and no new one may have: a pattern of RE2, why, and what
     * helps a cluster that has one. @default - none
     */
    readonly outgrown?: {
      readonly pattern: string;
      readonly why: string;
      readonly instead: string;
      readonly remedy: string;
    };
    /** Of the allowed ones, those without the RDS Data API: a pattern of RE2, and since when there is one. */
    readonly withoutDataApi: { readonly pattern: string; readonly since: string };
  };
  /** What a user needs who prepares a database of somebody else: completes "another one …". */
  readonly administratorRights: string;
  readonly masterUser: {
    readonly default: string;
    /** Names that RDS refuses: its own, and words of SQL. */
    readonly reservedPattern: string;
  };
  /** Characters. */
  readonly masterPasswordMaxLength: number;
  /** Names that RDS refuses, or that are there already. */
  readonly databaseName: { readonly reservedPattern: string };
  readonly iamUser: Allowed & {
    /** What the database keeps for itself. */
    readonly reservedPattern: string;
    /** The same in words, completing "is". */
    readonly reserved: string;
  };
  readonly table: Allowed & {
    /** A table that the setup makes for itself, with the variable of that name. @default - none */
    readonly ours?: { readonly name: string; readonly comesWith: string };
    readonly within: Within;
  };
}

/** What holds tables, and may be one of several. */
export interface Within {
  readonly noun: "schema" | "database";
  /** The variable with the one that `cdc_tables` are in. */
  readonly usual: string;
  /** What its name must be: a condition on an expression. */
  readonly isName: (expression: string) => string;
  /** The same in words, completing "each …". */
  readonly allowed: string;
  /** What else must hold of `cdc_tables_by_<noun>`. */
  readonly validation: readonly TerraformVariableValidationConfig[];
}

/** The variable that lists tables by what holds them. */
export const byWithin = ({ noun }: Pick<Within, "noun">) => `cdc_tables_by_${noun}`;

/** Condition: that variable is the one that lists them. */
export const areByWithin = (within: Pick<Within, "noun">) => `length(var.${byWithin(within)}) > 0`;

/** What `cdc_tables` is where nobody gives it: an expression. The tables of a cluster that is there are its owner's. */
const usualTables: Readonly<Record<Chosen<"aurora">, string>> = {
  new: '["iamuser_test"]',
  existing: "[]",
};

/** Tables by schema or database, from either variable: a Terraform expression. */
export function tablesWithin(
  { table: { within } }: DatabaseRules,
  { aurora }: Pick<DatabaseChoices, "aurora">,
): string {
  const variable = `var.${byWithin(within)}`;
  return `${areByWithin(within)} ? ${variable} : tomap({ (var.${within.usual}) = coalesce(var.cdc_tables, ${usualTables[aurora]}) })`;
}

/** What the topologies name or default differently, because their originals did. */
export interface DatabaseVariables {
  readonly master: MasterVariables;
  /** Defaults of `db_name` and `iam_auth_user`. */
  readonly databaseName: string;
  readonly iamUser: string;
  /** Default of `engine_version`. @default - none: a default would upgrade a cluster that is taken over */
  readonly engineVersion?: string;
  /** How large a cluster of the module's own is. */
  readonly capacity: Record<string, Variable>;
}

/** The cluster, who prepares the database, and the user that the pipeline logs in as. */
export function database(
  engine: DatabaseRules,
  names: DatabaseVariables,
  choices: DatabaseChoices,
): Record<string, Variable> {
  const ofUser = { ...iamUser(engine, names, choices), ...certificates };
  return choices.aurora === "existing"
    ? {
        ...clusterIdentifier,
        ...databaseName(engine, names),
        ...administrator(engine, names),
        ...masterSecret(names, choices),
        ...(connectsItself(choices) ? administratorPassword(names) : {}),
        ...ofUser,
      }
    : {
        ...databaseName(engine, names, names.databaseName),
        ...masterUser(engine, names),
        // With the Data API, RDS chooses the password and keeps it.
        ...(choices.database === "data-api" ? {} : masterPassword(engine, names)),
        ...engineVersion(engine, names, choices),
        ...names.capacity,
        ...ofUser,
      };
}

/** Whether the apply connects to the database, with a password. */
export function connectsItself({ database }: Pick<DatabaseChoices, "database">): boolean {
  return database === "exec" || database === "provider";
}

/** A cluster that is there. */
const clusterIdentifier = {
  cluster_identifier: {
    type: "string",
    description:
      "Identifier of the Aurora cluster, such as orders-production: `aws rds describe-db-clusters --query 'DBClusters[].DBClusterIdentifier'`. This module reads it and does not change it.",
    validation: [
      {
        condition:
          '${can(regex("^[a-z](-?[a-z0-9])*$", var.cluster_identifier)) && can(regex("^.{1,63}$", var.cluster_identifier))}',
        errorMessage:
          "cluster_identifier is ${jsonencode(var.cluster_identifier)}. It must be the identifier of a cluster, not an endpoint or ARN: 1 to 63 lower-case letters, digits and single hyphens, such as orders-production.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** @param usual the default. @default - none: only its owner knows what a database is called */
function databaseName(
  { product, databaseName: { reservedPattern } }: DatabaseRules,
  { databaseName: example }: DatabaseVariables,
  usual?: string,
): Record<string, Variable> {
  return {
    db_name: {
      type: "string",
      default: usual,
      description: "Name of the database in the cluster that holds the tables.",
      validation: [
        {
          condition: '${can(regex("^[A-Za-z][A-Za-z0-9_]{0,62}$", var.db_name))}',
          errorMessage: `db_name is \${jsonencode(var.db_name)}. It must be 1 to 63 letters, digits and underscores, and start with a letter, such as ${example}.`,
        },
        notReserved("db_name", reservedPattern, `a name that ${product} or RDS already uses`),
      ],
    },
  };
}

/** The master user that the module gives its cluster. */
function masterUser(
  { product, masterUser: { default: usual, reservedPattern } }: DatabaseRules,
  { master: { user } }: DatabaseVariables,
): Record<string, Variable> {
  return {
    [user]: {
      type: "string",
      default: usual,
      description: "Master user of the cluster. People use it; the pipeline does not.",
      validation: [
        {
          condition: `\${can(regex("^[A-Za-z][A-Za-z0-9_]{0,15}$", var.${user}))}`,
          errorMessage: `${user} is \${jsonencode(var.${user})}. It must be 1 to 16 letters, digits and underscores, and start with a letter.`,
        },
        notReserved(user, reservedPattern, `a name that RDS reserves for ${product}`),
      ],
    },
  };
}

/** The master user's password, of one's own choice or RDS's. */
function masterPassword(
  { masterPasswordMaxLength }: DatabaseRules,
  { master: { password } }: DatabaseVariables,
): Record<string, Variable> {
  return {
    manage_master_password: {
      type: "bool",
      default: false,
      description: `Whether RDS makes the master user's password, keeps it in Secrets Manager and changes it every seven days; ${password} is left out then. AWS makes no blue/green deployment of such a cluster.`,
    },
    [password]: {
      type: "string",
      default: null,
      sensitive: true,
      ephemeral: true,
      description: `Master user's password, your choice: 8 to ${masterPasswordMaxLength} printable ASCII characters other than / " @ and space. Sent to RDS and stored nowhere else: set it for every plan, for example as TF_VAR_${password}. Null with manage_master_password.`,
      validation: [
        {
          // From ! to ~ in ASCII, without the three that RDS refuses.
          condition: `\${var.${password} == null ? true : can(regex("^[!#-.0-?A-~]{8,${masterPasswordMaxLength}}$", var.${password}))}`,
          errorMessage: `${password} (not shown) must have 8 to ${masterPasswordMaxLength} printable ASCII characters other than / " @ and space.`,
        },
        {
          condition: `\${var.${password} != null || var.manage_master_password}`,
          errorMessage: `${password} is not given. Choose one, for example as TF_VAR_${password}, or set manage_master_password = true: then RDS makes one and keeps it in Secrets Manager.`,
        },
        {
          condition: `\${var.${password} == null || !var.manage_master_password}`,
          errorMessage: `${password} (not shown) must be left out with manage_master_password = true, because RDS makes one itself. To choose it yourself, set manage_master_password = false.`,
        },
      ],
    },
    [`${password}_version`]: {
      type: "number",
      default: 1,
      description: `Raise by one to send a new ${password}.`,
      validation: [wholeVersion(`${password}_version`)],
    },
  };
}

/** Whoever runs the SQL in a cluster that is somebody else's: its master user, or one with less. */
function administrator(
  { administratorRights }: DatabaseRules,
  { master: { user } }: DatabaseVariables,
): Record<string, Variable> {
  return {
    [user]: {
      type: "string",
      description: `Database user that runs the setup SQL: the cluster's master user, or another one ${administratorRights}. The pipeline does not use it.`,
      validation: [
        {
          condition: `\${can(regex("^[A-Za-z_][A-Za-z0-9_]{0,62}$", var.${user}))}`,
          errorMessage: `${user} is \${jsonencode(var.${user})}. It must be 1 to 63 letters, digits and underscores, not starting with a digit (it is part of commands).`,
        },
      ],
    },
  };
}

/** Where the password of whoever runs the SQL is kept. */
function masterSecret(
  { master: { user, password } }: DatabaseVariables,
  { database }: DatabaseChoices,
): Record<string, Variable> {
  const otherwise = {
    sql: "where there is none, the client asks for the password",
    exec: `where there is none, ${password} is used`,
    provider: `where there is none, ${password} is used`,
    "data-api": "where there is none, the plan stops",
  }[database];
  const form =
    database === "data-api" ? '{"username": "…", "password": "…"}' : 'JSON with a text "password"';
  return {
    master_secret_arn: {
      type: "string",
      default: null,
      description: `ARN of a secret in Secrets Manager with the password of ${user}, as ${form}. Null: the secret that RDS keeps for the cluster, if ${user} is its master user; ${otherwise}.`,
      validation: [
        {
          condition:
            '${var.master_secret_arn == null ? true : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]{1,519}$", var.master_secret_arn))}',
          errorMessage:
            "master_secret_arn is ${jsonencode(var.master_secret_arn)}. It must be the ARN of a secret, such as arn:aws:secretsmanager:us-east-2:123456789012:secret:orders-AbCdEf: `aws secretsmanager list-secrets --query 'SecretList[].ARN' --region ${var.region}`.",
        },
        {
          condition:
            '${var.master_secret_arn == null ? true : split(":", "${var.master_secret_arn}::::")[3] == var.region}',
          errorMessage:
            "master_secret_arn is ${jsonencode(var.master_secret_arn)}, and region is ${jsonencode(var.region)}. The secret must be in that region, where Secrets Manager can keep a replica of it: aws secretsmanager replicate-secret-to-regions --secret-id <secret> --add-replica-regions Region=<region>.",
        },
      ],
    },
  };
}

/** For an apply that connects itself. The password is no choice of ours, so nothing is said of its form. */
function administratorPassword({
  master: { user, password },
}: DatabaseVariables): Record<string, Variable> {
  return {
    [password]: {
      type: "string",
      default: null,
      sensitive: true,
      ephemeral: true,
      description: `Password of ${user}, where no secret in Secrets Manager has it (master_secret_arn). Used during the apply and stored nowhere: set it for every plan, for example as TF_VAR_${password}.`,
      validation: [
        {
          condition: `\${var.${password} == null ? true : can(regex("^[^[:cntrl:]]+$", var.${password}))}`,
          errorMessage: `${password} (not shown) is empty, or has a line end or another control character, which no environment and no client takes.`,
        },
      ],
    },
  };
}

function engineVersion(
  { auroraEngine, product, version }: DatabaseRules,
  { engineVersion: usual }: DatabaseVariables,
  { database }: DatabaseChoices,
): Record<string, Variable> {
  return {
    engine_version: {
      type: "string",
      default: usual,
      description: `Version of Aurora ${product}, such as ${version.default}: \`aws rds describe-db-engine-versions --engine ${auroraEngine} --query 'DBEngineVersions[].EngineVersion'\`. The parameter group's family follows from it.`,
      validation: [
        {
          condition: `\${can(regex("${version.pattern}", var.engine_version))}`,
          errorMessage: `engine_version is \${jsonencode(var.engine_version)}. It must be ${version.allowed}.`,
        },
        ...(database === "data-api"
          ? [
              {
                condition: `\${!can(regex("${version.withoutDataApi.pattern}", var.engine_version))}`,
                errorMessage: `engine_version is \${jsonencode(var.engine_version)}, for which AWS has no Data API. It must be ${version.withoutDataApi.since}.`,
              },
            ]
          : []),
      ],
    },
  };
}

function iamUser(
  { iamUser: { pattern, allowed, reservedPattern, reserved } }: DatabaseRules,
  { iamUser: usual, master: { user } }: DatabaseVariables,
  { aurora, database }: DatabaseChoices,
): Record<string, Variable> {
  const whose = aurora === "existing" ? "who runs the setup SQL" : "the master user";
  return {
    iam_auth_user: {
      type: "string",
      default: usual,
      description: `Database user that the pipeline logs in as, with an IAM token instead of a password. ${database === "provider" ? "Terraform" : "The setup SQL"} creates it.`,
      validation: [
        {
          condition: `\${can(regex("${pattern}", var.iam_auth_user))}`,
          errorMessage: `iam_auth_user is \${jsonencode(var.iam_auth_user)}. It must be ${allowed}.`,
        },
        {
          condition: `\${!can(regex("${reservedPattern}", var.iam_auth_user))}`,
          errorMessage: `iam_auth_user is \${jsonencode(var.iam_auth_user)}, ${reserved}. Choose another, such as ${usual}.`,
        },
        {
          condition: `\${lower(var.iam_auth_user) != lower(var.${user})}`,
          errorMessage: `iam_auth_user is \${jsonencode(var.iam_auth_user)}, which is ${whose}. A user with IAM authentication can no longer log in with a password: choose another, such as ${usual}.`,
        },
      ],
    },
  };
}

const certificates = {
  rds_ca_pem: {
    type: "string",
    default: null,
    description:
      "CA certificates in PEM that the database's certificate is verified against. Null: fetched over HTTPS from AWS's trust stores at every plan.",
    validation: [
      {
        condition: `\${var.rds_ca_pem == null ? true : can(regex("${certificatePattern}", var.rds_ca_pem))}`,
        errorMessage:
          'rds_ca_pem holds no PEM certificate (-----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----, each on a line of its own). Give the text of the file, not its name: export TF_VAR_rds_ca_pem="$(cat rds-ca.pem)".',
      },
    ],
  },
} satisfies Record<string, Variable>;

/** Capacity of a Serverless v2 cluster. */
export const serverlessCapacity = {
  serverlessv2_min_acu: {
    type: "number",
    default: 0.5,
    description:
      "Minimum capacity in Aurora capacity units (ACU, 2 GiB each), in steps of 0.5. Not 0: a CDC connection never lets the cluster pause.",
    validation: [
      {
        condition: "${var.serverlessv2_min_acu != 0}",
        errorMessage:
          "serverlessv2_min_acu is 0, which asks for auto-pause. A CDC connection is always open, so the cluster would never pause: set 0.5 or more.",
      },
      {
        condition:
          "${var.serverlessv2_min_acu >= 0 && var.serverlessv2_min_acu * 2 == floor(var.serverlessv2_min_acu * 2)}",
        errorMessage:
          "serverlessv2_min_acu is ${jsonencode(var.serverlessv2_min_acu)}. It must be 0.5 or more, in steps of 0.5.",
      },
      {
        condition: "${var.serverlessv2_min_acu <= var.serverlessv2_max_acu}",
        errorMessage:
          "serverlessv2_min_acu is ${jsonencode(var.serverlessv2_min_acu)}, more than serverlessv2_max_acu, which is ${jsonencode(var.serverlessv2_max_acu)}. Lower the first or raise the second.",
      },
    ],
  },
  serverlessv2_max_acu: {
    type: "number",
    default: 2,
    description:
      "Maximum capacity in Aurora capacity units (ACU, 2 GiB each), 1 to 256, in steps of 0.5. Limits the cost and the number of connections.",
    validation: [
      {
        condition:
          "${var.serverlessv2_max_acu >= 1 && var.serverlessv2_max_acu <= 256 && var.serverlessv2_max_acu * 2 == floor(var.serverlessv2_max_acu * 2)}",
        errorMessage:
          "serverlessv2_max_acu is ${jsonencode(var.serverlessv2_max_acu)}. It must be 1 to 256, in steps of 0.5.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/**
 * The same for a cluster that is to last: AWS recommends 2 ACUs where there is Performance Insights.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
export const lastingServerlessCapacity = {
  serverlessv2_min_acu: {
    ...serverlessCapacity.serverlessv2_min_acu,
    default: 2,
    description:
      "Minimum capacity of each of the two instances in Aurora capacity units (ACU, 2 GiB each), in steps of 0.5. AWS recommends 2 with Performance Insights. Not 0: a CDC connection never lets the cluster pause.",
  },
  serverlessv2_max_acu: {
    ...serverlessCapacity.serverlessv2_max_acu,
    default: 8,
    description:
      "Maximum capacity of each of the two instances in Aurora capacity units (ACU, 2 GiB each), 1 to 256, in steps of 0.5. Limits the cost and the number of connections.",
  },
} satisfies Record<string, Variable>;

/** RE2: families by the sizes that they come in. */
const burstable = "(t3|t4g)[.](medium|large)";
const lasting = [
  "(r6g|r6gd|r7g|x2g)[.](large|(2|4|8|12|16)?xlarge)",
  "r5[.](large|(2|4|8|12|16|24)?xlarge)",
  "r6i[.](large|(2|4|8|12|16|24|32)?xlarge)",
  "r6id[.](24|32)xlarge",
  "(r7i|r8g|r8gd)[.](large|(2|4|8|12|16|24|48)?xlarge)",
];
const oneOf = (families: readonly string[]) =>
  `\${can(regex("^db[.](${families.join("|")})$", var.instance_class))}`;

/**
 * Class of a provisioned instance. The classes that Aurora has; not every version and region has
 * all of them.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html
 */
export const instanceClass = {
  instance_class: {
    type: "string",
    default: "db.t4g.medium",
    description:
      "Class of the instance, such as db.t4g.medium: `aws rds describe-orderable-db-instance-options --engine <engine> --engine-version <version> --query 'OrderableDBInstanceOptions[].DBInstanceClass'`",
    validation: [
      {
        condition: oneOf([burstable, ...lasting]),
        errorMessage:
          "instance_class is ${jsonencode(var.instance_class)}. It must be a class and size that Aurora has, in the families t3, t4g, r5, r6g, r6gd, r6i, r6id, r7g, r7i, r8g, r8gd and x2g, such as db.t4g.medium or db.r8g.2xlarge.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/**
 * The same for a cluster that is to last. AWS means class T for development and tests, and Database
 * Insights has not all of it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html
 */
export const lastingInstanceClass = {
  instance_class: {
    type: "string",
    default: "db.r6g.large",
    description:
      "Class of both instances, such as db.r6g.large: `aws rds describe-orderable-db-instance-options --engine <engine> --engine-version <version> --query 'OrderableDBInstanceOptions[].DBInstanceClass'`",
    validation: [
      {
        condition: oneOf(lasting),
        errorMessage:
          "instance_class is ${jsonencode(var.instance_class)}. It must be a class and size that Aurora has, in the families r5, r6g, r6gd, r6i, r6id, r7g, r7i, r8g, r8gd and x2g, such as db.r6g.large or db.r8g.2xlarge. AWS means class T for development and tests, and some of it has no Database Insights.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** The tables that are read: of one schema or database, or of several. */
export function tables(
  { table }: DatabaseRules,
  { aurora, database }: DatabaseChoices,
): Record<string, Variable> {
  const { within } = table;
  const several = byWithin(within);
  const demo =
    aurora === "existing"
      ? "They must exist before the setup SQL runs, but for iamuser_test: where it is listed and missing, the setup SQL creates it, for a first row."
      : `Null: iamuser_test, where ${several} is not given. The setup SQL creates iamuser_test; others must exist before it runs.`;
  return {
    cdc_tables: {
      type: "list(string)",
      default: null,
      description: `Tables to stream, by bare name. ${demo}`,
      validation: [
        {
          condition: `\${var.cdc_tables == null ? true : length(var.cdc_tables) > 0 && alltrue([for table in var.cdc_tables : can(regex("${table.pattern}", table))])}`,
          errorMessage: `cdc_tables is \${jsonencode(var.cdc_tables)}. It must list at least one table by bare name, ${table.allowed} (the ${within.noun} is ${within.usual}).`,
        },
        {
          condition:
            "${var.cdc_tables == null ? true : length(distinct(var.cdc_tables)) == length(var.cdc_tables)}",
          errorMessage:
            "cdc_tables is ${jsonencode(var.cdc_tables)}. A table is listed twice: name each once.",
        },
        ...(table.ours
          ? [
              {
                condition: `\${var.cdc_tables == null ? true : !contains(var.cdc_tables, "${table.ours.name}")}`,
                errorMessage: `cdc_tables is \${jsonencode(var.cdc_tables)}. The pipeline has ${table.ours.name} for itself, and sends none of it: take it out, and set ${table.ours.comesWith} instead.`,
              },
            ]
          : []),
      ],
    },
    [several]: {
      type: "map(list(string))",
      default: {},
      description: `Tables to stream of several ${within.noun}s, in place of cdc_tables: each ${within.noun} with a list of its tables, by bare name, such as { sales = ["orders"], stock = ["items"] }.`,
      validation: [
        {
          condition: `\${alltrue([for ${within.noun}, tables in var.${several} : try(${within.isName(within.noun)} && length(tables) > 0 && length(distinct(tables)) == length(tables) && alltrue([for table in tables : can(regex("${table.pattern}", table))]), false)])}`,
          errorMessage: `${several} is \${jsonencode(var.${several})}. It must give each ${within.noun}, ${within.allowed}, a list of one or more different tables by bare name, ${table.allowed}.`,
        },
        {
          condition: `\${var.cdc_tables == null || length(var.${several}) == 0}`,
          errorMessage: `cdc_tables is \${jsonencode(var.cdc_tables)}, and ${several} is given too. Move the tables into ${several}, as those of \${var.${within.usual}}, and leave cdc_tables out.`,
        },
        ...(aurora === "existing"
          ? [
              {
                condition: `\${var.cdc_tables != null || ${areByWithin(within)}}`,
                errorMessage: `cdc_tables is not given. List the tables to stream, such as ["orders"]; those of several ${within.noun}s in ${several}.`,
              },
            ]
          : []),
        ...(table.ours
          ? [
              {
                condition: `\${!contains(flatten(values(var.${several})), "${table.ours.name}")}`,
                errorMessage: `${several} is \${jsonencode(var.${several})}. The pipeline has ${table.ours.name} for itself, and sends none of it: take it out, and set ${table.ours.comesWith} instead.`,
              },
            ]
          : []),
        ...within.validation,
      ],
    },
    ...(database === "provider" ? tablesReady : {}),
  };
}

const isKey = (columns: string) =>
  `length(${columns}) > 0 && alltrue([for column in ${columns} : can(regex("^[A-Za-z_][A-Za-z0-9_$]{0,62}$", column))]) && length(distinct(${columns})) == length(${columns})`;

/** What the records are keyed by. */
export function keyColumns(
  engine: DatabaseRules,
  choices: Pick<DatabaseChoices, "aurora">,
): Record<string, Variable> {
  const { noun } = engine.table.within;
  const streamed = `flatten([for ${noun}, tables in (${tablesWithin(engine, choices)}) : [for table in tables : "\${${noun}}.\${table}"]])`;
  return {
    cdc_key_columns: {
      type: "list(string)",
      default: ["id"],
      description:
        "Columns that form the record key, usually the primary key. A row that has none of them is keyed by its table, which preserves the order as well.",
      validation: [
        {
          condition: `\${${isKey("var.cdc_key_columns")}}`,
          errorMessage:
            'cdc_key_columns is ${jsonencode(var.cdc_key_columns)}. It must list one or more different column names of letters, digits, _ and $, such as ["id"].',
        },
      ],
    },
    cdc_key_columns_by_table: {
      type: "map(list(string))",
      default: {},
      description: `Columns that form the record key, for tables where cdc_key_columns are others: { "<${noun}>.<table>" = ["<column>"] }. The setup SQL refuses columns that a table has not, and warns of those that do not tell its rows apart.`,
      validation: [
        {
          condition: `\${alltrue([for columns in values(var.cdc_key_columns_by_table) : try(${isKey("columns")}, false)])}`,
          errorMessage: `cdc_key_columns_by_table is \${jsonencode(var.cdc_key_columns_by_table)}. It must give each table one or more different column names of letters, digits, _ and $, such as { "sales.orders" = ["order_no"] }.`,
        },
        {
          condition: `\${length(setsubtract(keys(var.cdc_key_columns_by_table), ${streamed})) == 0}`,
          errorMessage: `cdc_key_columns_by_table is \${jsonencode(var.cdc_key_columns_by_table)}. It must name tables that are streamed, each with its ${noun}: "<${noun}>.<table>", such as "\${var.${engine.table.within.usual}}.orders".`,
        },
      ],
    },
  };
}

/** Tables belong to migrations: what needs them waits until they are there. */
const tablesReady = {
  cdc_tables_ready: {
    type: "bool",
    default: false,
    description:
      "Whether every table of cdc_tables exists: created by your migrations, and iamuser_test by db_setup_command. Until then there are no grants on tables, no publication and no pipeline. Before you drop a table, remove it from cdc_tables and apply.",
  },
} satisfies Record<string, Variable>;

function notReserved(name: string, pattern: string, what: string) {
  return {
    condition: `\${!can(regex("${pattern}", var.${name}))}`,
    errorMessage: `${name} is \${jsonencode(var.${name})}, ${what}: choose another.`,
  };
}
