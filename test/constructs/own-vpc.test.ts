import { OwnVpc } from "../../constructs/own-vpc";
import { rendered } from "./rendered";

const always = rendered((around) => new OwnVpc(around, "vpc"));

test("a VPC, and the zones that it may use", () => {
  expect(always).toMatchInlineSnapshot(`
=== main.tf
data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = "\${var.name_prefix}-vpc" }
}

=== what it hands out
vpcId: \${aws_vpc.this.id}
ownerId: \${aws_vpc.this.owner_id}
zones: data.aws_availability_zones.available.names
ready:
  - aws_vpc.this
`);
});

test("the same where it may be somebody else's", () => {
  const optional = rendered((around) => new OwnVpc(around, "vpc", { when: "var.vpc_id == null" }));
  expect(optional.differenceTo(always)).toMatchInlineSnapshot(`
=== main.tf
@ aws_vpc.this
+  count = var.vpc_id == null ? 1 : 0

=== what it hands out
-vpcId: \${aws_vpc.this.id}
+vpcId: \${one(aws_vpc.this[*].id)}
`);
});
