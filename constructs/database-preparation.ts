import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { DatabaseChoices } from "../choices";
import { tablesReady } from "../engines/database-user";
import type { Engine } from "../engines/engine";
import type { Client, Files, Outputs } from "../outputs/output";
import { dataApiClient, ownClient } from "../outputs/sql-client";
import type { MasterVariables } from "../variables/database";
import { AdministratorPassword } from "./administrator-password";
import type { AuroraCluster } from "./aurora-cluster";
import { DatabaseSetup } from "./database-setup";
import { DatabaseSetupRun } from "./database-setup-run";
import type { PasswordSecret } from "./password-secret";
import type { RdsCertificates } from "./rds-certificates";
import type { StreamedTables } from "./streamed-tables";

export interface DatabasePreparationProps {
  readonly engine: Engine;
  /**
   * `database`: a person runs the SQL (`sql`), the apply runs it (`exec`), or Terraform creates the user
   * with a provider for the engine, and a person creates the tables (`provider`). Or the apply runs the
   * SQL without a connection, by AWS (`data-api`).
   */
  readonly choices: DatabaseChoices;
  readonly master: MasterVariables;
  readonly streamed: Pick<StreamedTables, "tables" | "slots" | "templateExpressions">;
  readonly cluster: Pick<
    AuroraCluster,
    "endpoint" | "port" | "arn" | "resourceId" | "ready" | "reachable"
  > & {
    readonly secret: Pick<PasswordSecret, "isThere" | "arn">;
  };
  readonly certificates: Pick<RdsCertificates, "pem" | "ready"> & {
    readonly file: Pick<RdsCertificates["file"], "path" | "fetch">;
  };
  readonly files: Files;
}

/** The user that the pipeline logs in as, the tables, and how the database comes to have them. */
export class DatabasePreparation extends Construct {
  /** Shell command that runs what it reads as the administrator, a statement a line. */
  readonly client: Client;
  /** What the client asks for, in words. */
  readonly asksFor: string;
  /** The commands that run the SQL. */
  readonly outputs: Outputs;
  /** The files with the SQL. */
  readonly written: DatabaseSetup["written"];
  /** Expressions that must all be true before anything can be read. */
  readonly waitsFor: readonly string[];
  /** Whether the apply itself leaves nothing to do. */
  readonly isDone: boolean;
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabasePreparationProps) {
    super(scope, id);
    const { engine, choices, master, cluster, certificates, files } = props;
    const preparation = choices.database;
    const connection = {
      host: cluster.endpoint,
      port: cluster.port,
      user: `\${var.${master.user}}`,
      database: "${var.db_name}",
      caFile: certificates.file.path,
    };
    const hasVariable = choices.aurora === "new" || preparation !== "sql";
    const asked = hasVariable ? master.password : `the password of ${master.user}`;
    const administrator = choices.aurora === "new" ? "the master user" : master.user;
    const client =
      preparation === "data-api"
        ? dataApiClient(cluster.arn, cluster.secret.arn)
        : ownClient({
            engine,
            connection,
            certificates: certificates.file,
            administrator,
            secret: cluster.secret,
            asksFor: `${asked}, unless Secrets Manager has it`,
          });
    this.asksFor = client.asksFor;
    this.isDone = preparation === "exec" || preparation === "data-api";
    this.waitsFor = preparation === "provider" ? [tablesReady] : [];

    const setup = new DatabaseSetup(this, "setup", {
      files,
      engine,
      choices,
      streamed: props.streamed,
      administrator,
      client,
    });
    this.client = setup.client;
    this.outputs = setup.outputs;
    this.written = setup.written;
    const password = () =>
      new AdministratorPassword(this, "password", {
        secret: cluster.secret,
        variable: master.password,
      });
    this.ready = {
      sql: () => [],
      exec: () =>
        new DatabaseSetupRun(this, "setup-run", {
          runner: DatabaseSetupRun.client({
            engine,
            master,
            password: password(),
            files,
            caPem: certificates.pem,
            endpoint: cluster.endpoint,
            port: cluster.port,
          }),
          files,
          sql: setup.setup.sql,
          clusterResourceId: cluster.resourceId,
          dependsOn: [
            ...cluster.ready,
            ...cluster.reachable,
            ...certificates.ready,
            ...setup.ready,
          ],
        }).ready,
      "data-api": () =>
        new DatabaseSetupRun(this, "setup-run", {
          runner: DatabaseSetupRun.dataApi(setup.setup.command),
          files,
          sql: setup.setup.sql,
          clusterResourceId: cluster.resourceId,
          dependsOn: [...cluster.ready, ...setup.ready],
        }).ready,
      provider: () =>
        new (engine.user.resources())(this, "user", {
          host: cluster.endpoint,
          port: cluster.port,
          asFound: choices.aurora === "existing",
          tables: props.streamed.tables,
          master,
          password: password(),
          caPem: certificates.pem,
          dependsOn: cluster.ready,
        }).ready,
    }[preparation]();
  }
}
