import { PublicNetwork } from "../../constructs/public-network";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

test("a VPC with a public subnet in each zone, and who reaches the database there", () => {
  const network = rendered(
    (around) =>
      new PublicNetwork(around, "network", {
        names: postgres.names.byoc,
        port: postgres.port,
        looksUpOperator: true,
      }),
  );
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

################################################################################
# Who may reach the database
################################################################################

# The address from which Terraform runs, so that psql and mysql work from there.
# Set admin_cidrs where applies come from several places: otherwise each would
# let in only itself.
data "http" "home_ip" {
  count = var.admin_cidrs == null ? 1 : 0

  url = "https://checkip.amazonaws.com"

  lifecycle {
    postcondition {
      condition     = self.status_code == 200 && can(cidrnetmask("\${chomp(self.response_body)}/32"))
      error_message = "https://checkip.amazonaws.com did not return this machine's IPv4 address (HTTP status \${self.status_code}). Set admin_cidrs to the networks from which people connect, or to [] for none."
    }
  }
}

locals {
  redpanda_cidrs = distinct(compact(concat([var.redpanda_cidr], var.redpanda_cidrs)))
  admin_cidrs = var.admin_cidrs != null ? var.admin_cidrs : [
    "\${chomp(data.http.home_ip[0].response_body)}/32",
  ]
}

resource "aws_security_group" "db" {
  name = "\${var.name_prefix}-db-sg"
  # AWS cannot change this text: another one would replace the group.
  description = "Allow Postgres from home IP"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = aws_vpc.this.id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = distinct(concat(local.admin_cidrs, local.redpanda_cidrs))
  }

  tags = { Name = "\${var.name_prefix}-db-sg" }
}

=== what it hands out
isPublic: true
subnetIds: \${aws_subnet.public[*].id}
zones: aws_subnet.public[*].availability_zone
preconditions: []
securityGroupId: \${aws_security_group.db.id}
ready:
  - aws_route_table_association.public
`);
});
