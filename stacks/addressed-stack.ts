import { type TerraformElement, TerraformStack } from "cdktf";
import { type Construct, Node } from "constructs";
import {
  type ProviderName,
  providers,
  requiredTerraformVersion,
} from "../providers/required-providers";

export interface AddressedStackProps {
  /** The name of the module's folder. */
  readonly name: string;
  readonly providers: readonly ProviderName[];
  /** Of AWS's provider, by which the module names what its caller passes beside the default one. @default - none */
  readonly aliases?: readonly string[];
}

/**
 * A stack in which the id of every element is its Terraform address (`aws_vpc.this`, `var.region`):
 * addresses are a contract with the states of those who applied the module.
 */
export class AddressedStack extends TerraformStack {
  constructor(scope: Construct, props: AddressedStackProps) {
    super(scope, props.name);
    this.addOverride("terraform.required_version", requiredTerraformVersion);
    const aliases = (props.aliases ?? []).map((alias) => `\${aws.${alias}}`);
    // Instead of the exact versions that the bindings were made from.
    this.addOverride(
      "terraform.required_providers",
      Object.fromEntries(
        props.providers.map((name) => {
          const isNamed = name === "aws" && aliases.length > 0;
          return [
            name,
            { ...providers[name], ...(isNamed ? { configuration_aliases: aliases } : {}) },
          ];
        }),
      ),
    );
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { id } = element instanceof Node ? element : element.node;
    return id.slice(id.lastIndexOf(".") + 1);
  }
}
