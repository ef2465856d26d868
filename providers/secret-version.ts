import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/ephemeral-resources/secretsmanager_secret_version */
export interface EphemeralSecretVersionConfig {
  /** How many, 0 or 1: an expression that no ephemeral value decides. */
  readonly count: string;
  /** ARN of the secret. */
  readonly secretId: string;
}

/**
 * The current value of a secret, fetched at every plan and apply and kept nowhere. An `ephemeral`
 * block, which CDKTF has no class for. It has no conditions of its own: with one, `terraform show -json`
 * of Terraform 1.11.4 crashes.
 * @see https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralSecretVersion extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: EphemeralSecretVersionConfig,
  ) {
    super(scope, id);
  }

  override toTerraform() {
    const { count, secretId } = this.config;
    return {
      ephemeral: {
        aws_secretsmanager_secret_version: {
          [this.friendlyUniqueId]: {
            count,
            secret_id: secretId,
          },
        },
      },
    };
  }
}
