import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { RedpandaSecret } from "../providers/redpanda";

export interface PipelineSecretProps {
  readonly clusterApiUrl: string;
  /** Terraform's name of the secret, and of the local value with Redpanda's name for it. */
  readonly address: string;
  /** End of Redpanda's name: `<NAME_PREFIX>_<suffix>`. */
  readonly suffix: string;
  /** Name of the variable with the value. */
  readonly variable: string;
  /** Name of the variable that is raised to send the value again. */
  readonly version: string;
  /** Whether there is a secret, as a number: 0 or 1. @default - there is */
  readonly count?: number;
  /** What must exist before: a secret that is there already is taken over, and keeps its value. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A value that the pipeline reads by name, as a secret of the Redpanda cluster. */
export class PipelineSecret extends Construct {
  readonly secret: RedpandaSecret;
  /** What stands for the value in the pipeline's configuration: a Terraform expression. */
  readonly reference: string;
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PipelineSecretProps) {
    super(scope, id);
    const { address, suffix, variable, version, clusterApiUrl, count, dependsOn } = props;
    const name = new TerraformLocal(
      this,
      `local.${address}_secret`,
      `\${upper(replace(var.name_prefix, "-", "_"))}_${suffix}`,
    );
    this.secret = new RedpandaSecret(this, `redpanda_secret.${address}`, {
      count,
      clusterApiUrl,
      name: name.asString,
      scopes: ["SCOPE_REDPANDA_CONNECT"],
      secretData: `\${var.${variable}}`,
      secretDataVersion: Token.asNumber(`\${var.${version}}`),
      allowDeletion: true,
      dependsOn: [...dependsOn],
    });
    // Redpanda Connect's own interpolation, around Terraform's.
    this.reference = `"$\${secrets.\${${name.asString}}}"`;
    this.ready = [this.secret];
  }
}
