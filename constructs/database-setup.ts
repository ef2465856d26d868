import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen, DatabaseChoices } from "../choices";
import type { Engine } from "../engines/engine";
import { type Client, type Files, type Outputs, ownFolder, reading } from "../outputs/output";
import type { SqlClient } from "../outputs/sql-client";
import { sqlTemplates } from "../templates";
import { readBy, templateExpression } from "../templates/expression";
import { GeneratedFile } from "./generated-file";
import type { StreamedTables } from "./streamed-tables";

const fileComments: Record<Chosen<"database">, string> = {
  sql: "May be run again at any time, and must be after a change of cdc_tables.",
  exec: "May be run again at any time. The apply runs it, and runs it again when it changes.",
  "data-api": "May be run again at any time. The apply runs it, and runs it again when it changes.",
  provider: "Only for the tables: the user is in database-user.tf. May be run again at any time.",
};

const contents = {
  cdc_setup: "What db_setup_command runs.",
  insert: "What db_insert_command runs.",
  cdc_cleanup: "What db_cleanup_command runs.",
};

export interface DatabaseSetupProps {
  readonly files: Files;
  readonly engine: Engine;
  readonly choices: DatabaseChoices;
  readonly streamed: Pick<StreamedTables, "templateExpressions">;
  /** Who runs the SQL: for a cluster that is there, the name of the variable that says so. */
  readonly administrator: string;
  readonly client: SqlClient;
}

/**
 * The SQL that an administrator runs, such as the master user: once to prepare the database, then to insert rows, and in
 * the end to leave nothing behind in a database that lives on.
 */
export class DatabaseSetup extends Construct {
  /** What an apply runs: the setup's SQL, or the shell command by which the client does. */
  readonly setup: { readonly sql: string; readonly command: string };
  /** Shell command that runs what it reads as the administrator, a statement a line. */
  readonly client: Client;
  /** The files with it. */
  readonly written: readonly GeneratedFile[];
  /** What must exist before a person runs the SQL. */
  readonly ready: readonly ITerraformDependable[];
  /** What the commands have in common, as a token. */
  readonly #common: string;
  readonly #texts: ReturnType<typeof sqlTemplates>;
  readonly #setup: GeneratedFile;
  readonly #insert: GeneratedFile;
  readonly #cleanup: GeneratedFile;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseSetupProps,
  ) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });
    const { client, engine, streamed } = props;
    const { templateExpressions } = engine;
    this.#common = client.common((address, value, comment) => {
      const local = new TerraformLocal(this, address, value);
      layout(local, { comment });
      return local.asString;
    });
    this.client = { command: client.read(this.#common), reads: client.reads };
    this.#texts = sqlTemplates(engine, props.choices);
    const user = { iam_auth_user: "var.iam_auth_user", db_name: "var.db_name" };
    const isOwn = props.choices.aurora === "new";
    const cluster: Readonly<Record<string, string>> = isOwn
      ? {}
      : { cluster_identifier: "var.cluster_identifier" };
    const runner: Readonly<Record<string, string>> = isOwn
      ? {}
      : { administrator: `var.${props.administrator}` };

    this.#setup = this.#file("cdc_setup", fileComments[props.choices.database], {
      ...user,
      ...runner,
      ...cluster,
      region: "var.region",
      ...streamed.templateExpressions,
      ...templateExpressions,
      ...engine.setup.templateExpressions,
    });
    this.#insert = this.#file("insert", undefined, {
      ...user,
      ...streamed.templateExpressions,
      ...templateExpressions,
    });
    this.#cleanup = this.#file("cdc_cleanup", undefined, {
      ...user,
      ...runner,
      ...streamed.templateExpressions,
      ...templateExpressions,
      ...engine.cleanup.templateExpressions(props.choices),
    });
    this.setup = {
      sql: this.#setup.content,
      command: this.#inApply(),
    };
    this.written = [this.#setup, this.#insert, this.#cleanup];
    this.ready = this.written.flatMap(({ ready }) => ready);
  }

  /** SQL from its template, with these values. */
  #file(
    name: keyof typeof contents,
    comment: string | undefined,
    values: Readonly<Record<string, string>>,
  ): GeneratedFile {
    const { extension } = this.props.client;
    const sql = new TerraformLocal(
      this,
      `local.${name}_sql`,
      templateExpression(`${name}.${extension}.tftpl`, readBy(this.#texts[name], values)),
    );
    return new GeneratedFile(this, name, {
      files: this.props.files,
      address: `${name}_sql`,
      name: `${name}.${extension}`,
      content: sql.asString,
      permission: "0644",
      output: [`${name}_sql`, contents[name]],
      comment,
    });
  }

  #run(file: GeneratedFile): string {
    const { client, files } = this.props;
    return reading(files, [...client.reads, file], client.run(this.#common, file.path));
  }

  /** An apply has no outputs yet, and finds no file that does not lie beside the module. */
  #inApply(): string {
    const { client, files } = this.props;
    const fetch = `printf '%s' "$CDC_SETUP" >"$d"/cdc_setup.${client.extension} && `;
    if (!files.areBesideModule) {
      const path = `${ownFolder.prefix}cdc_setup.${client.extension}`;
      return reading(ownFolder, [{ fetch }], client.run(this.#common, path));
    }
    return reading(
      files,
      [{ fetch: `\${var.write_files ? "" : ${JSON.stringify(fetch)}}` }],
      client.run(this.#common, this.#setup.path),
    );
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
      db_setup_command: [this.#run(this.#setup), descriptions[preparation]],
      ...(preparation === "provider"
        ? {
            cdc_tables_next_step: [
              '${var.cdc_tables_ready ? null : "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table."}',
              "What remains to be done for the tables; null once cdc_tables_ready is true.",
            ],
          }
        : {}),
      db_insert_command: [
        this.#run(this.#insert),
        `Inserts rows into the demo table; asks for ${asksFor}.`,
      ],
      db_cleanup_command: [
        this.#run(this.#cleanup),
        `Drops what belongs to the pipeline from a database that is kept; asks for ${asksFor}. Stop the pipeline first. May be run again.`,
      ],
    };
  }
}
