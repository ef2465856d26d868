import { engines } from "../engines";

/** A place that the value of a sensitive variable is sent to. */
export interface SecretPlace {
  /**
   * Resource and write-only argument, `aws_rds_cluster.master_password_wo`; provider and argument,
   * `provider mysql.password`; or program and environment variable, `psql.PGPASSWORD`.
   */
  readonly place: string;
  /** What it is there, for people. */
  readonly as: string;
  /** Name of the Redpanda secret that it becomes, which pipelines read as `${secrets.NAME}`. @default - none */
  readonly redpandaSecret?: string;
  /** The flags with which alone it goes there, as on a command line. @default - it always does */
  readonly only?: string;
}

/** Where an apply that connects itself puts the password. */
const connecting: readonly SecretPlace[] = [
  ...engines.map(({ flag, client }) => ({
    place: `${client.program}.${client.password}`,
    as: "in the environment of the client that prepares the database",
    only: `--engine ${flag} --database exec`,
  })),
  ...engines.map(({ flag, user }) => ({
    place: `provider ${user.provider}.password`,
    as: "what the provider logs in to the database with",
    only: `--engine ${flag} --database provider`,
  })),
];

const masterPassword: readonly SecretPlace[] = [
  { place: "aws_rds_cluster.master_password_wo", as: "the master user's password in RDS" },
  ...connecting,
];

/** What a secret in AWS Secrets Manager is called here, whose ARN the module knows. */
export const fetchedSecret = "a secret in Secrets Manager";

/** All the places that the password in such a secret goes to. Terraform fetches it by an ephemeral block. */
export const fetchedPlaces: readonly SecretPlace[] = connecting;

/**
 * Every sensitive variable, and all the places that its value goes to. Terraform keeps it in none of
 * them: arguments of resources are write-only. What is not here goes nowhere.
 */
export const secrets: Record<string, readonly SecretPlace[]> = {
  db_password: masterPassword,
  db_master_password: masterPassword,
  rp_sasl_password: [
    { place: "redpanda_user.password_wo", as: "the password of the Redpanda user rp_sasl_user" },
    {
      place: "redpanda_secret.secret_data",
      as: "what the pipeline logs in to Redpanda with",
      redpandaSecret: "<NAME_PREFIX>_SASL_PASSWORD",
    },
  ],
  access_key_id: [
    {
      place: "redpanda_secret.secret_data",
      as: "what the pipeline signs its requests to AWS with",
      redpandaSecret: "<NAME_PREFIX>_AWS_ACCESS_KEY_ID",
    },
  ],
  secret_access_key: [
    {
      place: "redpanda_secret.secret_data",
      as: "what the pipeline signs its requests to AWS with",
      redpandaSecret: "<NAME_PREFIX>_AWS_SECRET_ACCESS_KEY",
    },
  ],
};

/** Secrets that no variable holds: environment variables by name, and who reads them. */
export const environmentSecrets: Record<string, string> = {
  REDPANDA_CLIENT_ID: "Redpanda's provider, in Terraform's environment",
  REDPANDA_CLIENT_SECRET: "Redpanda's provider, in Terraform's environment",
  REDPANDA_LICENSE: "Redpanda Connect on a host of your own, in the container's environment",
  REDPANDA_SASL_PASSWORD:
    "Redpanda Connect on a host of your own with --output redpanda, in the container's environment",
};
