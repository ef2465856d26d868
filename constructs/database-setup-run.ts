import { Fn, type ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { TerraformData } from "../providers/terraform-data";
import type { MasterVariables } from "../variables/database";
import type { AdministratorPassword } from "./administrator-password";

export interface DatabaseSetupRunProps {
  readonly engine: Engine;
  /** What the client runs. */
  readonly sql: string;
  /** The cluster's writer endpoint. */
  readonly endpoint: string;
  /** TCP port. */
  readonly port: string;
  readonly clusterResourceId: string;
  readonly master: MasterVariables;
  readonly password: Pick<AdministratorPassword, "value" | "precondition">;
  /** What must be there before the client connects, and as long as it may connect again. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Runs the setup's SQL during the apply, by the client of the machine that Terraform runs on
 * (`cdc_setup.sh` beside the module), and again when the SQL or the cluster is another one.
 * @see https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec
 */
export class DatabaseSetupRun extends Construct {
  /** What must have ended well before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseSetupRunProps) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });

    const run = new TerraformData(this, "terraform_data.database_setup", {
      triggersReplace: {
        setup_sql: Fn.sha256(props.sql),
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
            DB_PORT: props.port,
            DB_NAME: "${var.db_name}",
            DB_USER: `\${var.${props.master.user}}`,
            [props.engine.client.password]: props.password.value,
          },
        },
      ],
      lifecycle: { precondition: [props.password.precondition] },
      dependsOn: [...props.dependsOn],
    });
    layout(run, {
      comment:
        "Prepares the database with the client of the machine that runs Terraform. Only the client's environment holds the password.",
    });
    this.ready = [run];
  }
}
