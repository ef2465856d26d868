import type { Engine } from "../engines/engine";
import { type Variable, wholeVersion } from "./variable";

/** The cluster, its master user, and the user that the pipeline logs in as. */
export function database(engine: Engine) {
  const { masterUser, databaseName, iamUser, version, masterPasswordMaxLength } = engine;
  return {
    db_name: {
      type: "string",
      default: "demo_db",
      description: "Name of the database in the cluster that holds the tables.",
      validation: [
        {
          condition: '${can(regex("^[A-Za-z][A-Za-z0-9_]{0,62}$", var.db_name))}',
          errorMessage:
            "db_name is ${jsonencode(var.db_name)}. It must be 1 to 63 letters, digits and underscores, and start with a letter, such as demo_db.",
        },
        notAmong("db_name", databaseName.reserved, `a database that ${engine.product} has already`),
      ],
    },
    db_username: {
      type: "string",
      default: masterUser.default,
      description: "Master user of the cluster. People use it; the pipeline does not.",
      validation: [
        {
          condition: '${can(regex("^[A-Za-z][A-Za-z0-9_]{0,15}$", var.db_username))}',
          errorMessage:
            "db_username is ${jsonencode(var.db_username)}. It must be 1 to 16 letters, digits and underscores, and start with a letter.",
        },
        notAmong(
          "db_username",
          masterUser.reserved,
          `a name that RDS reserves for ${engine.product}`,
        ),
      ],
    },
    db_password: {
      type: "string",
      sensitive: true,
      ephemeral: true,
      description: `Master user's password, your choice: 8 to ${masterPasswordMaxLength} printable ASCII characters without / " @ and blank. It is sent to RDS and kept nowhere else: give it again at every plan, for example as TF_VAR_db_password.`,
      validation: [
        {
          // From ! to ~ in ASCII, without the three that RDS refuses.
          condition: `\${can(regex("^[!#-.0-?A-~]{8,${masterPasswordMaxLength}}$", var.db_password))}`,
          errorMessage: `db_password (not shown) must have 8 to ${masterPasswordMaxLength} printable ASCII characters, none of them / " @ or a blank.`,
        },
      ],
    },
    db_password_version: {
      type: "number",
      default: 1,
      description: "Raise by one to send a new db_password.",
      validation: [wholeVersion("db_password_version")],
    },
    engine_version: {
      type: "string",
      default: version.default,
      description: `Version of Aurora ${engine.product}, such as ${version.default}: \`aws rds describe-db-engine-versions --engine ${engine.auroraEngine} --query 'DBEngineVersions[].EngineVersion'\`. The parameter group's family follows from it.`,
      validation: [
        {
          condition: `\${can(regex("${version.pattern}", var.engine_version))}`,
          errorMessage: `engine_version is \${jsonencode(var.engine_version)}. It must be ${version.allowed}.`,
        },
      ],
    },
    serverlessv2_min_acu: {
      type: "number",
      default: 0.5,
      description:
        "Least capacity in Aurora capacity units (ACU, 2 GiB each), in steps of 0.5. Not 0: a CDC connection never lets the cluster pause.",
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
        "Most capacity in ACU, 1 to 256, in steps of 0.5. It bounds the cost and the number of connections.",
      validation: [
        {
          condition:
            "${var.serverlessv2_max_acu >= 1 && var.serverlessv2_max_acu <= 256 && var.serverlessv2_max_acu * 2 == floor(var.serverlessv2_max_acu * 2)}",
          errorMessage:
            "serverlessv2_max_acu is ${jsonencode(var.serverlessv2_max_acu)}. It must be 1 to 256, in steps of 0.5.",
        },
      ],
    },
    iam_auth_user: {
      type: "string",
      default: "iam_demo_user",
      description:
        "Database user that the pipeline logs in as, with an IAM token instead of a password. The setup SQL makes it.",
      validation: [
        {
          condition: `\${can(regex("${iamUser.pattern}", var.iam_auth_user))}`,
          errorMessage: `iam_auth_user is \${jsonencode(var.iam_auth_user)}. It must be ${iamUser.allowed}.`,
        },
        {
          condition: '${!can(regex("^(?i:rds|pg_)", var.iam_auth_user))}',
          errorMessage:
            "iam_auth_user is ${jsonencode(var.iam_auth_user)}. Names that start with rds or pg_ belong to the database: choose another, such as iam_demo_user.",
        },
        {
          condition: "${lower(var.iam_auth_user) != lower(var.db_username)}",
          errorMessage:
            "iam_auth_user is ${jsonencode(var.iam_auth_user)}, the master user too. A user with IAM authentication can no longer log in by password: choose another, such as iam_demo_user.",
        },
      ],
    },
    rds_ca_pem: {
      type: "string",
      default: null,
      description:
        "Certificates in PEM by which the database's own is verified. Null: RDS's bundle for the region and Amazon Root CA 1, fetched over HTTPS at every plan.",
      validation: [
        {
          condition: `\${var.rds_ca_pem == null ? true : can(regex("${certificatePattern}", var.rds_ca_pem))}`,
          errorMessage:
            "rds_ca_pem holds no PEM certificate (-----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----). Give the text of the file, for example by file('rds-ca.pem'), not its name.",
        },
      ],
    },
  } satisfies Record<string, Variable>;
}

/** RE2: one certificate in PEM, without the text that bundles may carry around it. */
export const certificatePattern =
  "-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=[:space:]]+-----END CERTIFICATE-----";

/** The tables that are read. */
export function tables(engine: Engine) {
  const { table } = engine;
  return {
    cdc_tables: {
      type: "list(string)",
      default: ["iamuser_test"],
      description:
        "Tables to stream, by bare name. iamuser_test is made by the setup SQL; others must exist before it runs.",
      validation: [
        {
          condition: `\${length(var.cdc_tables) > 0 && alltrue([for table in var.cdc_tables : can(regex("${table.pattern}", table))])}`,
          errorMessage: `cdc_tables is \${jsonencode(var.cdc_tables)}. It must list at least one table by bare name, ${table.allowed}.`,
        },
        {
          condition: "${length(distinct(var.cdc_tables)) == length(var.cdc_tables)}",
          errorMessage:
            "cdc_tables is ${jsonencode(var.cdc_tables)}. A table is listed twice: name each once.",
        },
      ],
    },
  } satisfies Record<string, Variable>;
}

function notAmong(name: string, reserved: readonly string[], what: string) {
  const list = reserved.map((word) => `"${word}"`).join(", ");
  return {
    condition: `\${!contains([${list}], lower(var.${name}))}`,
    errorMessage: `${name} is \${jsonencode(var.${name})}, ${what}: choose another.`,
  };
}
