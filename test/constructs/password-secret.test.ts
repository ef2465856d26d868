import { PasswordSecret } from "../../constructs/password-secret";
import { rendered } from "./rendered";

test("a secret, if there is one", () => {
  const secret = rendered(
    (around) =>
      new PasswordSecret(around, "secret", {
        arn: "var.master_secret_arn",
        comment: "The secret with the password.",
      }),
  );
  expect(secret).toMatchInlineSnapshot(`
=== main.tf
locals {
  # The secret with the password.
  master_secret_arn = var.master_secret_arn
}

=== what it hands out
isThere: \${local.master_secret_arn} != null
arn: \${local.master_secret_arn}
`);
});
