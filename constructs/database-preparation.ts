import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Chosen } from "../choices";
import { tablesReady } from "../engines/database-user";
import type { Connection, Engine } from "../engines/engine";
import type { Outputs } from "../outputs/output";
import type { MasterVariables } from "../variables/database";
import type { AuroraCluster } from "./aurora-cluster";
import { DatabaseSetup } from "./database-setup";
import { DatabaseSetupRun } from "./database-setup-run";
import type { RdsCertificates } from "./rds-certificates";

export interface DatabasePreparationProps {
  readonly engine: Engine;
  /**
   * A person runs the SQL (`sql`), the apply runs it (`exec`), or Terraform creates the user with a
   * provider for the engine, and a person creates the tables (`provider`).
   */
  readonly preparation: Chosen<"database">;
  readonly master: MasterVariables;
  readonly cluster: Pick<AuroraCluster, "endpoint" | "resourceId" | "ready">;
  readonly certificates: Pick<RdsCertificates, "file" | "pem" | "ready">;
  /** What else must be there as long as a client may connect. */
  readonly reachable: readonly ITerraformDependable[];
}

/** The user that the pipeline logs in as, the tables, and how the database comes to have them. */
export class DatabasePreparation extends Construct {
  /** Shell command of the client, connected as the master user. */
  readonly client: string;
  /** The commands that run the SQL. */
  readonly outputs: Outputs;
  /** Expressions that must all be true before anything can be read. */
  readonly waitsFor: readonly string[];
  /** Whether the apply itself leaves nothing to do. */
  readonly isDone: boolean;
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabasePreparationProps) {
    super(scope, id);
    const { engine, preparation, master, cluster, certificates, reachable } = props;
    const connection: Connection = {
      host: cluster.endpoint,
      port: engine.port,
      user: `\${var.${master.user}}`,
      database: "${var.db_name}",
      caFile: certificates.file,
    };
    this.isDone = preparation === "exec";
    this.waitsFor = preparation === "provider" ? [tablesReady] : [];

    const setup = new DatabaseSetup(this, "setup", { engine, preparation, connection });
    this.client = setup.client;
    this.outputs = setup.outputs(master.password);
    this.ready = {
      sql: () => [],
      exec: () =>
        new DatabaseSetupRun(this, "setup-run", {
          engine,
          master,
          sql: setup.sql,
          endpoint: cluster.endpoint,
          clusterResourceId: cluster.resourceId,
          dependsOn: [...cluster.ready, ...reachable, ...certificates.ready],
        }).ready,
      provider: () =>
        new engine.user.resources(this, "user", {
          host: cluster.endpoint,
          port: engine.port,
          master,
          caPem: certificates.pem,
          dependsOn: cluster.ready,
        }).ready,
    }[preparation]();
  }
}
