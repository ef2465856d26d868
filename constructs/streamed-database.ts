import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { DatabaseChoices, Topology } from "../choices";
import type { Engine } from "../engines/engine";
import type { Files } from "../outputs/output";
import { master } from "../variables/database";
import { Alarms } from "./alarms";
import type { Cluster } from "./aurora-cluster";
import { DatabasePreparation } from "./database-preparation";
import type { GeneratedFile } from "./generated-file";
import type { PipelineInput } from "./pipeline-file";
import { RdsCertificates } from "./rds-certificates";
import { StreamedTables } from "./streamed-tables";

export interface StreamedDatabaseProps {
  readonly engine: Engine;
  readonly topology: Topology;
  readonly choices: DatabaseChoices;
  /** Where the tables are: made here, or there before. */
  readonly cluster: Cluster;
  readonly files: Files;
}

/** What is done with a cluster, whoever made it, until a pipeline can read its tables. */
export class StreamedDatabase extends Construct {
  readonly cluster: Cluster;
  readonly tables: StreamedTables;
  readonly preparation: DatabasePreparation;
  /** The certificates that verify it, and the SQL that prepares it. */
  readonly written: readonly GeneratedFile[];
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];
  readonly #certificates: RdsCertificates;

  constructor(scope: Construct, id: string, props: StreamedDatabaseProps) {
    super(scope, id);
    const { engine, topology, choices, cluster, files } = props;
    this.cluster = cluster;
    new Alarms(this, "alarms", { engine, cluster: cluster.watched });
    this.#certificates = new RdsCertificates(this, "certificates", {
      files,
      // One that is there may be Serverless v2.
      amazonRoot: topology === "byoc" || choices.aurora === "existing",
    });
    this.tables = new StreamedTables(this, "tables", { engine, choices });
    this.preparation = new DatabasePreparation(this, "preparation", {
      engine,
      choices,
      streamed: this.tables,
      master: master[topology],
      cluster,
      certificates: this.#certificates,
      files,
    });
    this.written = [this.#certificates.file, ...this.preparation.written];
    this.ready = [...cluster.ready, ...cluster.reachable, ...this.preparation.ready];
  }

  /**
   * What a pipeline reads, and how it logs in.
   *
   * @param rolesExpression the chain of roles, in order: a Terraform expression
   */
  readBy(rolesExpression: string): PipelineInput {
    const { endpoint, port, resourceId: clusterResourceId } = this.cluster;
    return { endpoint, port, clusterResourceId, rolesExpression, caPem: this.#certificates.pem };
  }
}
