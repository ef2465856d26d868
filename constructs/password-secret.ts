import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface PasswordSecretProps {
  /** Expression: its ARN, null where there is none. */
  readonly arn: string;
  /** Expression without an ephemeral value, known when Terraform plans. @default - whether `arn` is not null */
  readonly isThere?: string;
  /** Whose secret it is. */
  readonly comment: string;
}

/** A secret in Secrets Manager with the password of whoever runs the SQL, if there is one. */
export class PasswordSecret extends Construct {
  /** Whether there is one: text with a Terraform interpolation. */
  readonly isThere: string;
  /** Its ARN, null where there is none. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PasswordSecretProps) {
    super(scope, id);
    const arn = new TerraformLocal(this, "local.master_secret_arn", `\${${props.arn}}`);
    layout(arn, { comment: props.comment });
    this.arn = arn.asString;
    this.isThere = props.isThere ?? `${this.arn} != null`;
  }
}
