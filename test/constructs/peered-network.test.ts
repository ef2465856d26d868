import { PeeredNetwork } from "../../constructs/peered-network";
import { RedpandaAccount } from "../../constructs/redpanda-account";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

test("a VPC with private subnets, and a peering with Redpanda's", () => {
  const network = rendered((around) => {
    const cluster = {
      region: around.given("data.redpanda_cluster.byoc.region"),
      networkId: around.given("data.redpanda_cluster.byoc.network_id"),
    };
    const redpanda = new RedpandaAccount(around, "redpanda-account", {
      cluster,
      choices: { credentials: "role" },
    });
    return new PeeredNetwork(around, "network", {
      names: postgres.names.byoc,
      port: postgres.port,
      redpanda,
    });
  });
  expect(network).toMatchInlineSnapshot(`
=== versions.tf
# The account that Redpanda runs in.
provider "aws" {
  alias = "redpanda"

  region  = coalesce(var.redpanda_region, data.redpanda_cluster.byoc.region)
  profile = var.redpanda_aws_profile
}

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
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = "\${var.name_prefix}-vpc" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  dynamic "route" {
    for_each = data.aws_vpc.redpanda.cidr_block_associations[*].cidr_block

    content {
      cidr_block                = route.value
      vpc_peering_connection_id = aws_vpc_peering_connection_accepter.redpanda.id
    }
  }

  tags = { Name = "\${var.name_prefix}-private-rt" }
}

resource "aws_subnet" "public" {
  count = var.az_count

  vpc_id                  = aws_vpc.this.id
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
  count = var.az_count

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[count.index].id
}

################################################################################
# Peering with Redpanda's network
################################################################################

# Redpanda names the network that it makes for a cluster by its id.
data "aws_vpcs" "redpanda" {
  count    = var.redpanda_vpc_id == null ? 1 : 0
  provider = aws.redpanda

  filter {
    name   = "tag:Name"
    values = ["network-\${data.redpanda_cluster.byoc.network_id}"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) == 1
      error_message = "\${var.redpanda_aws_profile} sees \${length(self.ids)} VPCs with the tag Name = network-\${data.redpanda_cluster.byoc.network_id} in \${data.redpanda_cluster.byoc.region}, and one is wanted: that of the Redpanda cluster. Give the profile of Redpanda's account, or name the VPC and its private route tables by redpanda_vpc_id and redpanda_route_table_ids, as a BYOVPC cluster requires."
    }
  }
}

data "aws_vpc" "redpanda" {
  provider = aws.redpanda

  id = var.redpanda_vpc_id != null ? var.redpanda_vpc_id : one(data.aws_vpcs.redpanda[0].ids)

  lifecycle {
    precondition {
      condition     = data.redpanda_cluster.byoc.region == var.region
      error_message = "region is \${var.region}, and the Redpanda cluster runs in \${data.redpanda_cluster.byoc.region}. This module makes peerings within one region: set region to the cluster's, or synthesize with --network routed, and make the way between the regions yourself."
    }

    postcondition {
      condition     = self.owner_id == var.redpanda_aws_acct_id
      error_message = "redpanda_aws_profile finds \${self.id} in account \${self.owner_id}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id."
    }

    postcondition {
      condition = !anytrue([
        for network in self.cidr_block_associations : try(
          cidrhost(
            format("%s/%d", split("/", network.cidr_block)[0], min(
              split("/", network.cidr_block)[1],
              split("/", var.vpc_cidr)[1]
            )),
            0
            ) == cidrhost(
            format("%s/%d", split("/", var.vpc_cidr)[0], min(
              split("/", network.cidr_block)[1],
              split("/", var.vpc_cidr)[1]
            )),
            0
          ),
          false
        )
      ])
      error_message = "vpc_cidr is \${var.vpc_cidr}, which overlaps with Redpanda's VPC \${self.id}: \${join(", ", self.cidr_block_associations[*].cidr_block)}. AWS peers no networks that overlap: choose another vpc_cidr."
    }
  }
}

# Those of the subnets in which its pipelines run.
data "aws_route_tables" "redpanda" {
  count    = length(var.redpanda_route_table_ids) == 0 ? 1 : 0
  provider = aws.redpanda

  vpc_id = data.aws_vpc.redpanda.id

  filter {
    name   = "tag:Name"
    values = ["network-\${data.redpanda_cluster.byoc.network_id}"]
  }

  filter {
    name   = "tag:purpose"
    values = ["private"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) > 0
      error_message = "\${self.vpc_id} has no route table with the tags Name = network-\${data.redpanda_cluster.byoc.network_id} and purpose = private. Name the private ones by redpanda_vpc_id and redpanda_route_table_ids: \`aws ec2 describe-route-tables --filters Name=vpc-id,Values=\${self.vpc_id} --query 'RouteTables[].[RouteTableId,Tags]'\`."
    }
  }
}

resource "aws_vpc_peering_connection" "redpanda" {
  provider = aws.redpanda

  peer_owner_id = aws_vpc.this.owner_id
  peer_vpc_id   = aws_vpc.this.id
  vpc_id        = coalesce(var.redpanda_vpc_id, data.aws_vpc.redpanda.id)

  tags = { Name = "\${var.name_prefix}-peering" }
}

resource "aws_vpc_peering_connection_accepter" "redpanda" {
  auto_accept               = true
  vpc_peering_connection_id = aws_vpc_peering_connection.redpanda.id

  tags = { Name = "\${var.name_prefix}-peering" }
}

resource "aws_vpc_peering_connection_options" "requester" {
  provider = aws.redpanda

  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.redpanda.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_vpc_peering_connection_options" "accepter" {
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.redpanda.id

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}

# One by one, because Redpanda writes routes of its own into these tables.
resource "aws_route" "redpanda" {
  for_each = toset(
    length(var.redpanda_route_table_ids) > 0 ? var.redpanda_route_table_ids : data.aws_route_tables.redpanda[0].ids
  )
  provider = aws.redpanda

  route_table_id            = each.value
  destination_cidr_block    = var.vpc_cidr
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.redpanda.id
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
  vpc_id = aws_vpc.this.id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"

    cidr_blocks = distinct(concat(
      var.admin_cidrs,
      data.aws_vpc.redpanda.cidr_block_associations[*].cidr_block
    ))
  }

  tags = { Name = "\${var.name_prefix}-db-sg" }
}

=== what it hands out
isPublic: false
cidrs: "[var.vpc_cidr]"
subnetIds: \${aws_subnet.public[*].id}
zones: aws_subnet.public[*].availability_zone
preconditions: []
securityGroupId: \${aws_security_group.db.id}
ready:
  - aws_route_table_association.public
  - aws_vpc_peering_connection_accepter.redpanda
  - aws_vpc_peering_connection_options.requester
  - aws_vpc_peering_connection_options.accepter
  - aws_route.redpanda
`);
});
