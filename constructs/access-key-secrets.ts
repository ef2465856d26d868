import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { PipelineSecret } from "./pipeline-secret";

export interface AccessKeySecretsProps {
  readonly clusterApiUrl: string;
  /** What must exist before the secrets. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The access key as two secrets of the Redpanda cluster, once there is a key. */
export class AccessKeySecrets extends Construct {
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];
  /** Expressions that must be true before there is a key. A count cannot depend on the key: it is ephemeral. */
  readonly waitsFor = ["var.access_key_version > 0"];
  /** What stands for the key in the pipeline's template: names there to Terraform expressions. */
  readonly templateExpressions: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AccessKeySecretsProps) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Access key" });
    const secretOf = (variable: string, suffix: string) =>
      new PipelineSecret(this, variable, {
        clusterApiUrl: props.clusterApiUrl,
        dependsOn: props.dependsOn,
        address: variable,
        suffix,
        variable,
        version: "access_key_version",
        count: Token.asNumber(`\${${this.waitsFor} ? 1 : 0}`),
      });
    const keyId = secretOf("access_key_id", "AWS_ACCESS_KEY_ID");
    const key = secretOf("secret_access_key", "AWS_SECRET_ACCESS_KEY");
    this.ready = [...keyId.ready, ...key.ready];
    this.templateExpressions = {
      access_key_id: keyId.reference,
      secret_access_key: key.reference,
      access_key_version: "var.access_key_version",
    };
  }
}
