import { Fn, type ITerraformDependable, type LocalExecProvisioner } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { type Files, fitsEnvironment, handedOver } from "../outputs/output";
import { TerraformData } from "../providers/terraform-data";
import type { MasterVariables } from "../variables/database";
import type { AdministratorPassword } from "./administrator-password";
import type { Assertion } from "./check";

/** What runs the SQL on the machine that Terraform runs on, in the module's folder. */
export interface SetupRunner {
  /** In a sentence, for readers of the module. */
  readonly comment: string;
  readonly provisioner: Pick<LocalExecProvisioner, "interpreter" | "command" | "environment">;
  /** What must hold before it runs. */
  readonly preconditions: readonly Assertion[];
}

export interface DatabaseSetupRunProps {
  readonly runner: SetupRunner;
  readonly files: Files;
  /** What it runs. */
  readonly sql: string;
  readonly clusterResourceId: string;
  /** What must be there before it runs, and as long as it may run again. */
  readonly dependsOn: readonly ITerraformDependable[];
}

export interface ClientProps {
  readonly engine: Engine;
  readonly files: Files;
  /** Certificates in PEM by which the client verifies the server's own. */
  readonly caPem: string;
  /** The cluster's writer endpoint. */
  readonly endpoint: string;
  /** TCP port. */
  readonly port: string;
  readonly master: MasterVariables;
  readonly password: Pick<AdministratorPassword, "value" | "precondition">;
}

/**
 * Runs the setup's SQL during the apply, and again when the SQL or the cluster is another one.
 * @see https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec
 */
export class DatabaseSetupRun extends Construct {
  /** The engine's own client, by `cdc_setup.sh` beside the module. */
  static client({ files, caPem, ...props }: ClientProps): SetupRunner {
    return {
      comment:
        "Prepares the database with the client of the machine that runs Terraform. Only the client's environment holds the password.",
      provisioner: {
        interpreter: ["/bin/sh"],
        command: "./cdc_setup.sh",
        environment: {
          DB_HOST: props.endpoint,
          DB_PORT: props.port,
          DB_NAME: "${var.db_name}",
          DB_USER: `\${var.${props.master.user}}`,
          [props.engine.client.password]: props.password.value,
          ...(files.areBesideModule
            ? { FILES: `\${var.write_files ? ${files.prefix} : null}` }
            : {}),
          RDS_CA_PEM: handedOver(files, caPem),
        },
      },
      preconditions: [props.password.precondition, fitsEnvironment(files, "rds_ca_pem", caPem)],
    };
  }

  /**
   * AWS's own HTTPS endpoint, from a machine that does not reach the database.
   * @param command shell command that makes the calls
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
   */
  static dataApi(command: string): SetupRunner {
    return {
      comment:
        "Prepares the database by the RDS Data API, which fetches the password from Secrets Manager itself.",
      provisioner: { interpreter: ["/bin/sh", "-c"], command },
      preconditions: [],
    };
  }

  /** What must have ended well before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseSetupRunProps) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });

    const { files, sql } = props;
    const { comment, provisioner, preconditions } = props.runner;
    const environment = { ...provisioner.environment, CDC_SETUP: handedOver(files, sql) };
    const run = new TerraformData(this, "terraform_data.database_setup", {
      triggersReplace: {
        setup_sql: Fn.sha256(sql),
        cluster: props.clusterResourceId,
      },
      provisioners: [
        { type: "local-exec", ...provisioner, workingDir: "${path.module}", environment },
      ],
      lifecycle: { precondition: [...preconditions, fitsEnvironment(files, "the setup SQL", sql)] },
      dependsOn: [...props.dependsOn],
    });
    layout(run, { comment });
    this.ready = [run];
  }
}
