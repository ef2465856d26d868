import { type TerraformElement, TerraformStack } from "cdktf";
import { type Construct, Node } from "constructs";
import type { DatabaseChoices } from "../choices";
import type { Engine, Names } from "../engines/engine";
import {
  type ProviderName,
  providers,
  requiredTerraformVersion,
} from "../providers/required-providers";
import { type TemplateChoices, templates } from "../templates";

export interface AddressedStackProps {
  readonly engine: Engine;
  readonly names: Names;
  readonly choices: DatabaseChoices;
  /** Those that every module of the topology uses. */
  readonly providers: readonly ProviderName[];
  /** Of AWS's provider, by which the module names what its caller passes beside the default one. @default - none */
  readonly aliases?: readonly string[];
  readonly template: Omit<TemplateChoices, keyof DatabaseChoices>;
}

/**
 * A stack in which the id of every element is its Terraform address (`aws_vpc.this`, `var.region`):
 * addresses are a contract with the states of those who applied the module.
 */
export class AddressedStack extends TerraformStack {
  /** The templates that lie beside the module: content by file name. */
  readonly templates: Record<string, string>;
  readonly engine: Engine;

  constructor(scope: Construct, props: AddressedStackProps) {
    super(scope, props.names.stack);
    const { engine, choices, template } = props;
    this.engine = engine;
    this.templates = templates(engine, { ...template, ...choices });
    const names = [
      ...props.providers,
      ...(choices.database === "provider" ? [engine.user.provider] : []),
    ];
    this.addOverride("terraform.required_version", requiredTerraformVersion);
    const aliases = (props.aliases ?? []).map((alias) => `\${aws.${alias}}`);
    // Instead of the exact versions that the bindings were made from.
    this.addOverride(
      "terraform.required_providers",
      Object.fromEntries(
        names.map((name) => {
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
