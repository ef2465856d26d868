import type { Connection, Engine } from "../engines/engine";
import { profileOption, type Read } from "./output";

/** How people, and applies, run the SQL that lies beside the module. */
export interface SqlClient {
  /**
   * What all commands have in common, as locals.
   * @param declare declares a local at an address and returns it as a token
   */
  readonly common: (declare: (address: string, value: string, comment: string) => string) => string;
  /** End of the names of files with SQL, such as `sql`. */
  readonly extension: string;
  /** What it asks for, in words. */
  readonly asksFor: string;
  /** Files that every command reads. */
  readonly reads: readonly Read[];
  /** Shell command that runs a file. */
  readonly run: (common: string, file: string) => string;
  /** Shell command that runs what it reads: a statement a line. */
  readonly read: (common: string) => string;
}

export interface OwnClientProps {
  readonly engine: Engine;
  readonly connection: Connection;
  /** The certificates, of which the connection names the path. */
  readonly certificates: Read;
  /** Who connects, in words. */
  readonly administrator: string;
  /** Where the administrator's password is, if Secrets Manager has it. */
  readonly secret: { readonly isThere: string; readonly arn: string };
  /** What the client asks for, in words. */
  readonly asksFor: string;
}

/** The engine's own program. */
export function ownClient(props: OwnClientProps): SqlClient {
  const { engine, connection, certificates, administrator, secret, asksFor } = props;
  const { isThere, arn } = secret;
  return {
    common: (declare) => {
      const withPassword = declare(
        "local.with_password",
        `\${${isThere} ? "sh with_password.sh 'aws secretsmanager get-secret-value --secret-id \${${arn}} --query SecretString --output text --region \${var.region}${profileOption}' " : ""}`,
        "Without it, the client asks for the password.",
      );
      return declare(
        `local.${engine.client.program}`,
        `${withPassword}${engine.client.connect(connection, isThere)}`,
        `The start of every command that connects as ${administrator}.`,
      );
    },
    extension: "sql",
    asksFor,
    reads: [certificates],
    run: (common, file) => `${common} ${engine.client.run(file)}`,
    read: (common) => common,
  };
}

/**
 * The AWS CLI, by `data_api.sh` beside the module.
 * @param clusterArn ARN of the cluster
 * @param secretArn ARN of the secret with the name and password to log in with
 * @see https://docs.aws.amazon.com/cli/latest/reference/rds-data/
 */
export function dataApiClient(clusterArn: string, secretArn: string): SqlClient {
  return {
    common: (declare) =>
      declare(
        "local.data_api",
        // RDS puts a ! into the names of its secrets, which a shell that people type in replaces.
        `${clusterArn} '${secretArn}' \${var.db_name} \${var.region}\${var.aws_profile == null ? "" : " \${var.aws_profile}"}`,
        "What data_api.sh is told of the cluster by every command.",
      ),
    extension: "sh",
    asksFor: "no password",
    reads: [],
    run: (common, file) => `sh data_api.sh ${file} ${common}`,
    read: (common) => `sh data_api.sh - ${common}`,
  };
}
