import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";
import { RedpandaSecret } from "../providers/redpanda";

/** The access key as two secrets of the Redpanda cluster, once there is a key. */
export class AccessKeySecrets extends Construct {
  readonly secrets: ITerraformDependable[];
  /** Expression: there is a key. A count cannot depend on the key itself: it is ephemeral. */
  readonly exist = "var.access_key_version > 0";
  /** Names in the pipeline's template to Terraform expressions. */
  readonly templateExpressions: Record<string, string> = {
    access_key_id: '"$${secrets.${local.access_key_id_secret}}"',
    secret_access_key: '"$${secrets.${local.secret_access_key_secret}}"',
    access_key_version: "var.access_key_version",
  };

  constructor(scope: Construct, id: string, clusterApiUrl: string) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Access key" });
    this.secrets = [
      ["access_key_id", "AWS_ACCESS_KEY_ID"],
      ["secret_access_key", "AWS_SECRET_ACCESS_KEY"],
    ].map(([name = "", suffix = ""]) => {
      const secretName = new TerraformLocal(
        this,
        `local.${name}_secret`,
        `\${upper(replace(var.name_prefix, "-", "_"))}_${suffix}`,
      );
      return new RedpandaSecret(this, `redpanda_secret.${name}`, {
        count: Token.asNumber(`\${${this.exist} ? 1 : 0}`),
        clusterApiUrl,
        name: secretName.asString,
        scopes: ["SCOPE_REDPANDA_CONNECT"],
        secretData: `\${var.${name}}`,
        secretDataVersion: Token.asNumber("${var.access_key_version}"),
        allowDeletion: true,
      });
    });
  }
}
