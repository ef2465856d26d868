import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";
import { PipelineSecret } from "./pipeline-secret";

/** The access key as two secrets of the Redpanda cluster, once there is a key. */
export class AccessKeySecrets extends Construct {
  readonly secrets: ITerraformDependable[];
  /** Expression: there is a key. A count cannot depend on the key itself: it is ephemeral. */
  readonly exist = "var.access_key_version > 0";
  /** Names in the pipeline's template to Terraform expressions. */
  readonly templateExpressions: Record<string, string>;

  constructor(scope: Construct, id: string, clusterApiUrl: string) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Access key" });
    const secretOf = (variable: string, suffix: string) =>
      new PipelineSecret(this, variable, {
        clusterApiUrl,
        address: variable,
        suffix,
        variable,
        version: "access_key_version",
        count: Token.asNumber(`\${${this.exist} ? 1 : 0}`),
      });
    const keyId = secretOf("access_key_id", "AWS_ACCESS_KEY_ID");
    const key = secretOf("secret_access_key", "AWS_SECRET_ACCESS_KEY");
    this.secrets = [keyId.secret, key.secret];
    this.templateExpressions = {
      access_key_id: keyId.reference,
      secret_access_key: key.reference,
      access_key_version: "var.access_key_version",
    };
  }
}
