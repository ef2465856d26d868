import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import type { Files } from "../outputs/output";
import { templateExpression } from "../templates/expression";
import { GeneratedFile } from "./generated-file";
import { StreamedCluster } from "./streamed-cluster";
import type { StreamedTables } from "./streamed-tables";

/** What the pipeline reads, and how it logs in. */
export interface PipelineInput {
  /** The cluster's writer. */
  readonly endpoint: string;
  /** TCP port. */
  readonly port: string;
  /** Immutable id of the cluster that this is. */
  readonly clusterResourceId: string;
  /** The chain of roles, in order: a Terraform expression. */
  readonly rolesExpression: string;
  /** Certificates in PEM by which the database's own is verified. */
  readonly caPem: string;
}

export interface PipelineFileProps {
  readonly files: Files;
  readonly engine: Engine;
  readonly streamed: Pick<StreamedTables, "templateExpressions">;
  readonly input: PipelineInput;
  /** Where it writes, and where it keeps its position: names in the template to Terraform expressions. */
  readonly output: Readonly<Record<string, string>>;
}

/** The pipeline's configuration, rendered from `pipeline.yaml.tftpl`, as a value and as a file. */
export class PipelineFile extends Construct {
  readonly yaml: string;
  readonly file: GeneratedFile;
  /** What must exist before somebody runs it from the file. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PipelineFileProps) {
    super(scope, id);
    const { files, engine, streamed, input, output } = props;
    const recorded = engine.checkpointTopic
      ? []
      : new StreamedCluster(this, "streamed-cluster", input).ready;
    const yaml = new TerraformLocal(
      this,
      "local.pipeline_yaml",
      templateExpression("pipeline.yaml.tftpl", {
        db_host: input.endpoint,
        db_port: input.port,
        db_name: "var.db_name",
        iam_auth_user: "var.iam_auth_user",
        region: "var.region",
        roles: input.rolesExpression,
        ca_pem: input.caPem,
        ...streamed.templateExpressions,
        key_columns: "var.cdc_key_columns",
        stream_snapshot: "var.stream_snapshot",
        log_level: "var.log_level",
        ...engine.templateExpressions,
        ...engine.connector.templateExpressions,
        ...output,
      }),
    );
    this.yaml = yaml.asString;

    this.file = new GeneratedFile(this, "file", {
      files,
      address: "pipeline_yaml",
      name: "pipeline.yaml",
      content: this.yaml,
      permission: "0600",
      output: ["pipeline_yaml", "The pipeline's configuration."],
      comment: "The configuration as the pipeline runs it. No secret is in it.",
    });
    this.ready = [...this.file.ready, ...recorded];
  }
}
