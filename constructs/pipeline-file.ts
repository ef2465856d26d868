import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";
import { LocalFile } from "../providers/local";
import { templateExpression } from "./template";

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
