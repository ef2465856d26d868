import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen, DatabaseChoices } from "../choices";
import type { Engine } from "../engines/engine";
import type { Outputs } from "../outputs/output";
import type { SqlClient } from "../outputs/sql-client";
import { LocalFile } from "../providers/local";
import { sqlTemplates } from "../templates";
import { readBy, templateExpression } from "../templates/expression";

const fileComments: Record<Chosen<"database">, string> = {
  sql: "May be run again at any time, and must be after a change of cdc_tables.",
  exec: "May be run again at any time. The apply runs it, and runs it again when it changes.",
  "data-api": "May be run again at any time. The apply runs it, and runs it again when it changes.",
  provider: "Only for the tables: the user is in database-user.tf. May be run again at any time.",
};

export interface DatabaseSetupProps {
  readonly engine: Engine;
  readonly choices: DatabaseChoices;
  /** Who runs the SQL: for a cluster that is there, the name of the variable that says so. */
  readonly administrator: string;
  readonly client: SqlClient;
}

/**
 * The SQL that an administrator runs, such as the master user: once to prepare the database, then to insert rows, and in
 * the end to leave nothing behind in a database that lives on.
 */
export class DatabaseSetup extends Construct {
  /** What the file with the setup's SQL holds. */
  readonly sql: string;
  /** Shell command that runs what it reads as the administrator, a statement a line. */
  readonly client: string;
  /** What must exist before a person runs the SQL. */
  readonly ready: readonly ITerraformDependable[];
  /** What the commands have in common, as a token. */
  readonly #common: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseSetupProps,
  ) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });
    const { client, engine } = props;
    const { templateExpressions } = engine;
    this.#common = client.common((address, value, comment) => {
      const local = new TerraformLocal(this, address, value);
      layout(local, { comment });
      return local.asString;
    });
    this.client = client.read(this.#common);
    const texts = sqlTemplates(engine, props.choices);
    const render = (name: keyof typeof texts, values: Readonly<Record<string, string>>) =>
      templateExpression(`${name}.${client.extension}.tftpl`, readBy(texts[name], values));
    const filename = (name: string) => `\${path.module}/${this.#file(name)}`;
    const user = { iam_auth_user: "var.iam_auth_user", db_name: "var.db_name" };
    const isOwn = props.choices.aurora === "new";
    const cluster: Readonly<Record<string, string>> = isOwn
      ? {}
      : { cluster_identifier: "var.cluster_identifier" };
    const runner: Readonly<Record<string, string>> = isOwn
      ? {}
      : { administrator: `var.${props.administrator}` };

    const setup = new LocalFile(this, "local_file.cdc_setup_sql", {
      filename: filename("cdc_setup"),
      content: render("cdc_setup", {
        ...user,
        ...runner,
        ...cluster,
        region: "var.region",
        tables: "var.cdc_tables",
        ...templateExpressions,
        ...engine.setup.templateExpressions,
      }),
      filePermission: "0644",
    });
    layout(setup, { comment: fileComments[props.choices.database] });
    this.sql = setup.content;

    const insert = new LocalFile(this, "local_file.insert_sql", {
      filename: filename("insert"),
      content: render("insert", {
        tables: "var.cdc_tables",
        ...templateExpressions,
      }),
      filePermission: "0644",
    });

    const cleanup = new LocalFile(this, "local_file.cdc_cleanup_sql", {
      filename: filename("cdc_cleanup"),
      content: render("cdc_cleanup", {
        ...user,
        ...runner,
        ...templateExpressions,
        ...engine.cleanup.templateExpressions(props.choices),
      }),
      filePermission: "0644",
    });
    this.ready = [setup, insert, cleanup];
  }

  /** Shell command that prepares the database. */
  get command(): string {
    return this.#run("cdc_setup");
  }

  #file(name: string): string {
    return `generated_${name}.${this.props.client.extension}`;
  }

  #run(name: string): string {
    return this.props.client.run(this.#common, this.#file(name));
  }

  /** The commands that run it. */
  get outputs(): Outputs {
    const { engine, choices, client } = this.props;
    const { asksFor } = client;
    const preparation = choices.database;
    const creates = `the database user and prepares the tables; asks for ${asksFor}. May be run again.`;
    const descriptions: Record<Chosen<"database">, string> = {
      sql: `Creates ${creates}`,
      exec: `Does by hand what the apply has done: creates ${creates}`,
      "data-api": `Does by hand what the apply has done: creates ${creates}`,
      provider: `${engine.setup.tablesDescription}; asks for ${asksFor}. May be run again.`,
    };
    return {
      db_setup_command: [this.command, descriptions[preparation]],
      ...(preparation === "provider"
        ? {
            cdc_tables_next_step: [
              '${var.cdc_tables_ready ? null : "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table."}',
              "What remains to be done for the tables; null once cdc_tables_ready is true.",
            ],
          }
        : {}),
      db_insert_command: [
        this.#run("insert"),
        `Inserts rows into the demo table; asks for ${asksFor}.`,
      ],
      db_cleanup_command: [
        this.#run("cdc_cleanup"),
        `Drops what belongs to the pipeline from a database that is kept; asks for ${asksFor}. Stop the pipeline first. May be run again.`,
      ],
    };
  }
}
