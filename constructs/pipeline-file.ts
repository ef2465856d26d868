import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { LocalFile } from "../providers/local";
import { templateExpression } from "../templates/template-expression";

/**
 * What the pipeline reads and how it logs in, for the template: the same variables in both topologies.
 *
 * @param host Terraform expression of the cluster's writer endpoint
 * @param roles Terraform expression of the chain of roles, in order
 */
export function inputExpressions(
  engine: Engine,
  host: string,
  roles: string,
): Record<string, string> {
  return {
    db_host: host,
    db_port: String(engine.port),
    db_name: "var.db_name",
    iam_auth_user: "var.iam_auth_user",
    region: "var.region",
    roles,
    ca_pem: "local.rds_ca_pem",
    tables: "var.cdc_tables",
    key_columns: "var.cdc_key_columns",
    stream_snapshot: "var.stream_snapshot",
    log_level: "var.log_level",
    ...engine.templateExpressions,
  };
}

/** The pipeline's configuration, rendered from `pipeline.yaml.tftpl`, as a value and as a file. */
export class PipelineFile extends Construct {
  readonly yaml: string;
  /** Name of the file in the module's folder. */
  readonly file = "generated_pipeline.yaml";

  /** @param values names in the template to Terraform expressions */
  constructor(scope: Construct, id: string, values: Record<string, string>) {
    super(scope, id);
    const yaml = new TerraformLocal(
      this,
      "local.pipeline_yaml",
      templateExpression("pipeline.yaml.tftpl", values),
    );
    this.yaml = yaml.asString;

    const file = new LocalFile(this, "local_file.pipeline_yaml", {
      filename: `\${path.module}/${this.file}`,
      content: this.yaml,
      filePermission: "0600",
    });
    layout(file, { comment: "The configuration as the pipeline runs it. No secret is in it." });
  }
}
