import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen, DatabaseChoices } from "../choices";
import type { Connection, Engine } from "../engines/engine";
import { type Outputs, profileOption } from "../outputs/output";
import { LocalFile } from "../providers/local";
import { templateExpression } from "../templates/expression";
import type { PasswordSecret } from "./password-secret";

/** Names of the files in the module's folder. */
const setupFile = "generated_cdc_setup.sql";
const insertFile = "generated_insert.sql";
const cleanupFile = "generated_cdc_cleanup.sql";

const fileComments: Record<Chosen<"database">, string> = {
  sql: "May be run again at any time, and must be after a change of cdc_tables.",
  exec: "May be run again at any time. The apply runs it, and runs it again when it changes.",
  provider: "Only for the tables: the user is in database-user.tf. May be run again at any time.",
};

export interface DatabaseSetupProps {
  readonly engine: Engine;
  readonly choices: DatabaseChoices;
  /** How people connect. */
  readonly connection: Connection;
  /** Who that is, in words: for a cluster that is there, the name of the variable that says so. */
  readonly administrator: string;
  /** Where the administrator's password is, if Secrets Manager has it. */
  readonly secret: Pick<PasswordSecret, "isThere" | "arn">;
  /** What the client asks for, in words. */
  readonly asksFor: string;
}

/**
 * The SQL that an administrator runs, such as the master user: once to prepare the database, then to insert rows, and in
 * the end to leave nothing behind in a database that lives on.
 */
export class DatabaseSetup extends Construct {
  /** What `generated_cdc_setup.sql` holds. */
  readonly sql: string;
  /** Shell command of the client, connected as the administrator. */
  readonly client: string;
  /** What must exist before a person runs the SQL. */
  readonly ready: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseSetupProps,
  ) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });
    const { client, templateExpressions } = props.engine;
    const { isThere, arn } = props.secret;
    const withPassword = new TerraformLocal(
      this,
      "local.with_password",
      `\${${isThere} ? "sh with_password.sh 'aws secretsmanager get-secret-value --secret-id \${${arn}} --query SecretString --output text --region \${var.region}${profileOption}' " : ""}`,
    );
    layout(withPassword, {
      comment: "Without it, the client asks for the password.",
    });
    const command = new TerraformLocal(
      this,
      `local.${client.program}`,
      `${withPassword.asString}${client.connect(props.connection, isThere)}`,
    );
    layout(command, {
      comment: `The start of every command that connects as ${props.administrator}.`,
    });
    this.client = command.asString;
    const user = { iam_auth_user: "var.iam_auth_user", db_name: "var.db_name" };
    const isOwn = props.choices.aurora === "new";
    const cluster: Readonly<Record<string, string>> = isOwn
      ? {}
      : { cluster_identifier: "var.cluster_identifier" };
    const runner: Readonly<Record<string, string>> = isOwn
      ? {}
      : { administrator: `var.${props.administrator}` };

    const setup = new LocalFile(this, "local_file.cdc_setup_sql", {
      filename: `\${path.module}/${setupFile}`,
      content: templateExpression("cdc_setup.sql.tftpl", {
        ...user,
        ...runner,
        ...cluster,
        region: "var.region",
        tables: "var.cdc_tables",
        ...templateExpressions,
        ...props.engine.setup.templateExpressions,
      }),
      filePermission: "0644",
    });
    layout(setup, { comment: fileComments[props.choices.database] });
    this.sql = setup.content;

    const insert = new LocalFile(this, "local_file.insert_sql", {
      filename: `\${path.module}/${insertFile}`,
      content: templateExpression("insert.sql.tftpl", {
        tables: "var.cdc_tables",
        ...templateExpressions,
      }),
      filePermission: "0644",
    });

    const cleanup = new LocalFile(this, "local_file.cdc_cleanup_sql", {
      filename: `\${path.module}/${cleanupFile}`,
      content: templateExpression("cdc_cleanup.sql.tftpl", {
        ...user,
        ...runner,
        ...templateExpressions,
        ...props.engine.cleanup.templateExpressions(props.choices),
      }),
      filePermission: "0644",
    });
    this.ready = [setup, insert, cleanup];
  }

  /** The commands that run it. */
  get outputs(): Outputs {
    const { engine, choices, asksFor } = this.props;
    const preparation = choices.database;
    const run = (file: string) => `${this.client} ${engine.client.run(file)}`;
    const creates = `the database user and prepares the tables; asks for ${asksFor}. May be run again.`;
    const descriptions: Record<Chosen<"database">, string> = {
      sql: `Creates ${creates}`,
      exec: `Does by hand what the apply has done: creates ${creates}`,
      provider: `${engine.setup.tablesDescription}; asks for ${asksFor}. May be run again.`,
    };
    return {
      db_setup_command: [run(setupFile), descriptions[preparation]],
      ...(preparation === "provider"
        ? {
            cdc_tables_next_step: [
              '${var.cdc_tables_ready ? null : "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table."}',
              "What remains to be done for the tables; null once cdc_tables_ready is true.",
            ],
          }
        : {}),
      db_insert_command: [
        run(insertFile),
        `Inserts rows into the demo table; asks for ${asksFor}.`,
      ],
      db_cleanup_command: [
        run(cleanupFile),
        `Drops what belongs to the pipeline from a database that is kept; asks for ${asksFor}. Stop the pipeline first. May be run again.`,
      ],
    };
  }
}
