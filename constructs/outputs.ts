import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { layout } from "../hcl";

/** What must hold, or the apply ends red. */
export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** Outputs by name: the value, and what it is. */
export type Outputs = Record<
  string,
  readonly [value: string, description: string, precondition?: Precondition]
>;

/** Declares `outputs` under one section banner, in their order. */
export function declareOutputs(scope: Construct, section: string, outputs: Outputs): void {
  for (const [name, [value, description, precondition]] of Object.entries(outputs)) {
    const output = new TerraformOutput(scope, `output.${name}`, { value, description });
    // CDKTF knows an output's precondition and does not write it.
    if (precondition) {
      const { condition, errorMessage } = precondition;
      output.addOverride("precondition", { condition, error_message: errorMessage });
    }
    layout(output, { section });
  }
}
