import { DataResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";

export interface DatabaseSetupRunProps {
  readonly engine: Engine;
  /** The cluster's writer endpoint. */
  readonly endpoint: string;
  readonly clusterResourceId: string;
  /** Names of the variables for the master user and the password. */
  readonly masterUser: string;
  readonly masterPassword: string;
  /** What must be there before the client connects, and as long as it may connect again. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * Runs the setup's SQL during the apply, by the client of the machine that Terraform runs on
 * (`cdc_setup.sh` beside the module), and again when the SQL or the cluster is another one.
 * @see https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec
 */
export class DatabaseSetupRun extends Construct {
  /** What must have ended well before the pipeline starts. */
  readonly done: ITerraformDependable;

  constructor(scope: Construct, id: string, props: DatabaseSetupRunProps) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });

    const run = new DataResource(this, "terraform_data.database_setup", {
      triggersReplace: {
        setup_sql: "${sha256(local_file.cdc_setup_sql.content)}",
        cluster: props.clusterResourceId,
      },
      provisioners: [
        {
          type: "local-exec",
          interpreter: ["/bin/sh"],
          command: "./cdc_setup.sh",
          workingDir: "${path.module}",
          environment: {
            DB_HOST: props.endpoint,
            DB_PORT: String(props.engine.port),
            DB_NAME: "${var.db_name}",
            DB_USER: `\${var.${props.masterUser}}`,
            [props.engine.clientPassword]: `\${var.${props.masterPassword}}`,
          },
        },
      ],
      dependsOn: props.dependsOn,
    });
    layout(run, {
      comment:
        "Prepares the database by this machine's own client. The password is in the client's environment alone.",
    });
    this.done = run;
  }
}
