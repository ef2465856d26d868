import { Network } from "../../constructs/network";
import { rendered } from "./rendered";

test("a VPC with a public subnet in each zone", () => {
  const network = rendered((around) => new Network(around, "network"));
  expect(network).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Network
################################################################################

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

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "\${var.name_prefix}-igw" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }

  tags = { Name = "\${var.name_prefix}-public-rt" }
}

resource "aws_subnet" "public" {
  count = var.az_count

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.vpc_cidr, 2, count.index)
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  map_public_ip_on_launch = true

  tags = {
    Name = "\${var.name_prefix}-public-\${data.aws_availability_zones.available.names[count.index]}"
  }

  # AWS adds zones to regions, and a subnet that moves to another zone is
  # replaced.
  lifecycle {
    ignore_changes = [availability_zone, tags["Name"]]

    precondition {
      condition     = var.az_count <= length(data.aws_availability_zones.available.names)
      error_message = "az_count is \${var.az_count}, but \${var.region} offers this account \${length(data.aws_availability_zones.available.names)} zones: lower az_count or choose another region."
    }
  }
}

resource "aws_route_table_association" "public" {
  count = var.az_count

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[count.index].id
}

=== what it hands out
vpcId: \${aws_vpc.this.id}
subnetIds: \${aws_subnet.public[*].id}
zones: aws_subnet.public[*].availability_zone
ready:
  - aws_route_table_association.public
`);
});
