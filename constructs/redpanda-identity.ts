import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface RedpandaIdentityProps {
  /** For Redpanda's account. @default - the module's only one */
  readonly provider?: TerraformProvider;
}

/** Stops the plan where the provider for Redpanda's account leads to another. */
export class RedpandaIdentity extends Construct {
  constructor(scope: Construct, id: string, { provider }: RedpandaIdentityProps = {}) {
    super(scope, id);
    new DataAwsCallerIdentity(this, "aws_caller_identity.redpanda", {
      provider,
      lifecycle: {
        postcondition: [
          {
            condition: "${self.account_id == var.redpanda_aws_acct_id}",
            errorMessage:
              "redpanda_aws_profile leads to account ${self.account_id}, and redpanda_aws_acct_id is ${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id.",
          },
        ],
      },
    });
  }
}
