import { ref, TerraformVariable, type TerraformVariableConfig, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import type { Construct } from "constructs";

/**
 * One Terraform variable as data.
 *
 * Conditions and messages are Terraform expressions inside `${…}`. A message shows what was given
 * (`jsonencode` also shows null and lists), says what is allowed, and how to get there; the value
 * of a sensitive variable is never shown.
 */
export interface Variable extends TerraformVariableConfig {
  /** Names the unit and where to find the value. */
  readonly description: string;
  /** The value reaches write-only arguments only: neither plan nor state keep it. */
  readonly ephemeral?: boolean;
}

/** Variables by name, under one section banner. */
export type VariableSection = readonly [
  title: string,
  variables: Readonly<Record<string, Variable>>,
];

/**
 * Declares variables, in the order in which a person fills them in.
 * A variable takes null only where null is its default: elsewhere null means the default, and is
 * refused where there is none.
 */
export function declareVariables(scope: Construct, sections: readonly VariableSection[]): void {
  for (const [section, variables] of sections) declareSection(scope, section, variables);
}

function declareSection(scope: Construct, section: string, variables: VariableSection[1]): void {
  for (const [name, { ephemeral, ...config }] of Object.entries(variables)) {
    const defaultsToNull = config.default === null;
    const variable = new TerraformVariable(scope, `var.${name}`, {
      ...config,
      default: defaultsToNull ? undefined : config.default,
      nullable: defaultsToNull ? undefined : false,
    });
    // What CDKTF's own variable does not know, or chokes on.
    if (defaultsToNull) variable.addOverride("default", null);
    if (ephemeral) variable.addOverride("ephemeral", true);
    layout(variable, { section });
  }
}

/** The value of a variable as a token, for CDKTF's functions: they take `${var.name}` for text. */
export function variable(name: string): string {
  return Token.asString(ref(`var.${name}`));
}

/** Prefix lengths as RE2: what a VPC may have. */
export const vpcPrefix = "(1[6-9]|2[0-6])";
/** Prefix lengths as RE2: what may be let in. Two halves of the internet are the internet. */
export const ingressPrefix = "(1[6-9]|2[0-9]|3[0-2])";

/** Expression: `value` is an IPv4 network whose host bits are zero and whose prefix matches. */
export function isIpv4Network(value: string, prefix: string): string {
  // A network divided by no bits is the same network, its host bits zero.
  return `can(regex("^[0-9.]+/${prefix}$", ${value})) && try(cidrsubnet(${value}, 0, 0) == ${value}, false)`;
}

/** Validation: the counter `name` that is raised to send a secret again. */
export function wholeVersion(name: string) {
  return {
    condition: `\${try(var.${name} >= 1 && floor(var.${name}) == var.${name}, false)}`,
    errorMessage: `${name} is \${jsonencode(var.${name})}. It must be a whole number from 1 on: raise it by one to send the secret again.`,
  };
}
