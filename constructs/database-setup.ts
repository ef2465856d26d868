import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { LocalFile } from "../providers/local";
import { templateExpression } from "./template";

/**
 * The SQL that is run as the master user: once to prepare the database, then to insert rows, and in
 * the end to leave nothing behind in a database that lives on.
 */
export class DatabaseSetup extends Construct {
  /** Names of the files in the module's folder. */
  readonly setupFile = "generated_cdc_setup.sql";
  readonly insertFile = "generated_insert.sql";
  readonly cleanupFile = "generated_cdc_cleanup.sql";

  constructor(scope: Construct, id: string, props: { readonly engine: Engine }) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });
    const { templateExpressions } = props.engine;
    const user = { iam_auth_user: "var.iam_auth_user", db_name: "var.db_name" };

    const setup = new LocalFile(this, "local_file.cdc_setup_sql", {
      filename: `\${path.module}/${this.setupFile}`,
      content: templateExpression("cdc_setup.sql.tftpl", {
        ...user,
        tables: "var.cdc_tables",
        ...templateExpressions,
      }),
      filePermission: "0644",
    });
    layout(setup, {
      comment: "May be run again at any time: after a change of cdc_tables it must be.",
    });

    new LocalFile(this, "local_file.insert_sql", {
      filename: `\${path.module}/${this.insertFile}`,
      content: templateExpression("insert.sql.tftpl", {
        tables: "var.cdc_tables",
        ...templateExpressions,
      }),
      filePermission: "0644",
    });

    new LocalFile(this, "local_file.cdc_cleanup_sql", {
      filename: `\${path.module}/${this.cleanupFile}`,
      content: templateExpression("cdc_cleanup.sql.tftpl", { ...user, ...templateExpressions }),
      filePermission: "0644",
    });
  }
}
