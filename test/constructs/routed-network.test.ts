import { RoutedNetwork } from "../../constructs/routed-network";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

test("private subnets, of a VPC of the module's own or of one that is there", () => {
  const network = rendered(
    (around) =>
      new RoutedNetwork(around, "network", { names: postgres.names.byoc, port: postgres.port }),
  );
  expect(network).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Network
################################################################################

# Where the network was public: its gateway can go only after the public
# address.
moved {
  from = aws_internet_gateway.this
  to   = aws_internet_gateway.former
}

data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "this" {
  count = var.vpc_id == null ? 1 : 0

  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = "\${var.name_prefix}-vpc" }
}

# With redpanda_gateway_id, the routes are these, and others are removed.
# Without, they are yours, and stay.
resource "aws_route_table" "public" {
  count = var.vpc_id == null ? 1 : 0

  vpc_id = one(aws_vpc.this[*].id)

  dynamic "route" {
    for_each = var.redpanda_gateway_id == null ? [] : var.redpanda_vpc_cidrs

    content {
      cidr_block                = route.value
      transit_gateway_id        = startswith(var.redpanda_gateway_id, "tgw-") ? var.redpanda_gateway_id : null
      vpc_peering_connection_id = startswith(var.redpanda_gateway_id, "pcx-") ? var.redpanda_gateway_id : null
    }
  }

  tags = { Name = "\${var.name_prefix}-private-rt" }
}

resource "aws_subnet" "public" {
  count = var.vpc_id == null ? var.az_count : 0

  vpc_id                  = one(aws_vpc.this[*].id)
  cidr_block              = cidrsubnet(var.vpc_cidr, 2, count.index)
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  map_public_ip_on_launch = false

  tags = {
    Name = "\${var.name_prefix}-private-\${data.aws_availability_zones.available.names[count.index]}"
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
  count = var.vpc_id == null ? var.az_count : 0

  route_table_id = one(aws_route_table.public[*].id)
  subnet_id      = aws_subnet.public[count.index].id
}

# A VPC that is there already, and its subnets.
data "aws_vpc" "given" {
  count = var.vpc_id == null ? 0 : 1

  id = var.vpc_id
}

data "aws_subnet" "given" {
  for_each = toset(var.subnet_ids)

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "subnet_ids lists \${self.id}, which is in \${self.vpc_id}, and vpc_id is \${jsonencode(var.vpc_id)}. List subnets of that VPC, or correct vpc_id."
    }
  }
}

locals {
  vpc_id    = var.vpc_id == null ? one(aws_vpc.this[*].id) : var.vpc_id
  vpc_cidrs = var.vpc_id == null ? [var.vpc_cidr] : data.aws_vpc.given[0].cidr_block_associations[*].cidr_block
  zones = var.vpc_id == null ? aws_subnet.public[*].availability_zone : [
    for subnet in data.aws_subnet.given : subnet.availability_zone
  ]
}

################################################################################
# Who may reach the database
################################################################################

resource "aws_security_group" "db" {
  name = "\${var.name_prefix}-db-sg"
  # AWS cannot change this text: another one would replace the group.
  description = "Allow Postgres from home IP"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = local.vpc_id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = distinct(concat(var.admin_cidrs, var.redpanda_vpc_cidrs))
  }

  tags = { Name = "\${var.name_prefix}-db-sg" }
}

=== what it hands out
isPublic: false
cidrs: \${local.vpc_cidrs}
subnetIds: "\${var.vpc_id == null ? aws_subnet.public[*].id : [for subnet in data.aws_subnet.given : subnet.id]}"
zones: \${local.zones}
preconditions:
  - condition: "\${var.vpc_id == null || length(distinct([for subnet in data.aws_subnet.given : subnet.availability_zone])) >= 2}"
    errorMessage: subnet_ids is \${jsonencode(var.subnet_ids)}, all in one zone. Aurora requires subnets in at least two zones.
securityGroupId: \${aws_security_group.db.id}
ready:
  - aws_route_table_association.public
`);
});
