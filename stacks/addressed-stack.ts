import { type TerraformElement, TerraformStack } from "cdktf";
import { Node } from "constructs";
import { requiredTerraformVersion } from "../providers/required-providers";

/** Where a provider comes from, and the versions that will do. */
type RequiredProviders = Record<string, { readonly source: string; readonly version: string }>;

/**
 * A stack in which the id of every element is its Terraform address (`aws_vpc.this`, `var.region`):
 * addresses are a contract with the states of those who applied the module.
 */
export class AddressedStack extends TerraformStack {
  /** Instead of the exact versions that the bindings were made from. */
  protected requireProviders(providers: RequiredProviders): void {
    this.addOverride("terraform.required_version", requiredTerraformVersion);
    this.addOverride("terraform.required_providers", providers);
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { id } = element instanceof Node ? element : element.node;
    return id.slice(id.lastIndexOf(".") + 1);
  }
}
