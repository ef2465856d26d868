import { Check } from "../../constructs/check";
import { rendered } from "./rendered";

test("a check block", () => {
  const check = rendered(
    (around) =>
      new Check(around, "check.region", {
        condition: '${var.region != "eu-west-1"}',
        errorMessage: "region is ${var.region}.",
      }),
  );
  expect(check).toMatchInlineSnapshot(`
=== main.tf
check "region" {
  assert {
    condition     = var.region != "eu-west-1"
    error_message = "region is \${var.region}."
  }
}
`);
});
