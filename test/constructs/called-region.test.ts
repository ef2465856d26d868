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
  # Out of ec2.<region>.amazonaws.com: version 5 of the provider has no attribute
  # region, and version 6 warns of the others.
  region = split(".", data.aws_region.current.endpoint)[1]
}
`);
});
