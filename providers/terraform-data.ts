import { ref, type TerraformMetaArguments, TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";

/** @see https://developer.hashicorp.com/terraform/language/resources/terraform-data */
export interface TerraformDataConfig extends TerraformMetaArguments {
  /** A value that the state keeps. @default - none */
  readonly input?: string;
  /** Values of which another one replaces the resource, and so runs its provisioners again. @default - none */
  readonly triggersReplace?: Record<string, string>;
}

/**
 * A resource of Terraform's own that creates nothing: it keeps a value, or its provisioners act. CDKTF's `DataResource` asks
 * the `terraform` of this machine for its version, and whoever synthesizes need not have one.
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: TerraformDataConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
  }

  /** What the state keeps: known at plan, other than `output`. */
  get input(): string {
    return Token.asString(ref(`${this.fqn}.input`));
  }

  protected override synthesizeAttributes() {
    return { input: this.config.input, triggers_replace: this.config.triggersReplace };
  }
}
