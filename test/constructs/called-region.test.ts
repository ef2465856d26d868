import { CalledRegion } from "../../constructs/called-region";
import { rendered } from "./rendered";

test("the region of the caller's provider", () => {
  expect(rendered((around) => new CalledRegion(around, "region"))).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Region
################################################################################

data "aws_region" "current" {}

locals {
  region = data.aws_region.current.id
}
`);
});
