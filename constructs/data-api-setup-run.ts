import { Fn, type ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { TerraformData } from "../providers/terraform-data";

export interface DataApiSetupRunProps {
  /** Shell command that runs the SQL, in the module's folder. */
  readonly command: string;
  /** What it runs. */
  readonly sql: string;
  readonly clusterResourceId: string;
  /** What must be there before it runs. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Runs the setup's SQL during the apply by AWS's own HTTPS endpoint, from a machine that does not reach the
 * database, and again when the SQL or the cluster is another one.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
 */
export class DataApiSetupRun extends Construct {
  /** What must have ended well before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DataApiSetupRunProps) {
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
          interpreter: ["/bin/sh", "-c"],
          command: props.command,
          workingDir: "${path.module}",
        },
      ],
      dependsOn: [...props.dependsOn],
    });
    layout(run, {
      comment:
        "Prepares the database by the RDS Data API, which fetches the password from Secrets Manager itself.",
    });
    this.ready = [run];
  }
}
