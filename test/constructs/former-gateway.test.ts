import { FormerGateway } from "../../constructs/former-gateway";
import { rendered } from "./rendered";

// What it is for: test/stacks/private-network.slow.test.ts
test("a gateway that may be there from before has another address", () => {
  expect(rendered((around) => new FormerGateway(around, "moved"))).toMatchInlineSnapshot(`
=== main.tf
moved {
  from = aws_internet_gateway.this
  to   = aws_internet_gateway.former
}
`);
});
