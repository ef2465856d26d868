import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** What should hold. */
export interface Assertion {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * A `check` block, which CDKTF has no class for: it warns at plan and apply, and stops neither.
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export class Check extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly assertion: Assertion,
  ) {
    super(scope, id);
  }

  override toTerraform() {
    const { condition, errorMessage } = this.assertion;
    return {
      check: { [this.friendlyUniqueId]: { assert: [{ condition, error_message: errorMessage }] } },
    };
  }
}
