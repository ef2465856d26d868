import { RedpandaIdentity } from "../../constructs/redpanda-identity";
import { rendered } from "./rendered";

test("the account that the provider leads to is the one given", () => {
  expect(rendered((around) => new RedpandaIdentity(around, "identity"))).toMatchInlineSnapshot(`
=== main.tf
data "aws_caller_identity" "redpanda" {
  lifecycle {
    postcondition {
      condition     = self.account_id == var.redpanda_aws_acct_id
      error_message = "redpanda_aws_profile leads to account \${self.account_id}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id."
    }
  }
}
`);
});
