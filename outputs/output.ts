import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { layout } from "../hcl";

/** Outputs by name: the value, and what it is. */
export type Outputs = Record<string, readonly [value: string, description: string]>;

/** Ends a command of the AWS CLI that is for the database's account. */
export const profileOption = '${var.aws_profile == null ? "" : " --profile ${var.aws_profile}"}';

/** Declares `outputs` under one section banner, in their order. */
export function declareOutputs(scope: Construct, section: string, outputs: Outputs): void {
  for (const [name, [value, description]] of Object.entries(outputs)) {
    layout(new TerraformOutput(scope, `output.${name}`, { value, description }), { section });
  }
}
