import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** @see https://developer.hashicorp.com/terraform/language/resources/terraform-data */
export interface TerraformDataConfig extends TerraformMetaArguments {
  /** Values of which another one replaces the resource, and so runs its provisioners again. */
  readonly triggersReplace: Record<string, string>;
}

/**
 * A resource of Terraform's own that creates nothing: its provisioners do. CDKTF's `DataResource` asks
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

  protected override synthesizeAttributes() {
    return { triggers_replace: this.config.triggersReplace };
  }
}
