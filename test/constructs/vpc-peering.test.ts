import { RedpandaAccount } from "../../constructs/redpanda-account";
import { VpcPeering } from "../../constructs/vpc-peering";
import { rendered } from "./rendered";

const peering = (hasAccountId: boolean) =>
  rendered((around) => {
    const cluster = {
      region: around.given("data.redpanda_cluster.byoc.region"),
      networkId: around.given("data.redpanda_cluster.byoc.network_id"),
    };
    const { provider } = new RedpandaAccount(around, "redpanda-account", {
      cluster,
      choices: { credentials: "role" },
    });
    return new VpcPeering(around, "peering", {
      cluster,
      provider,
      hasAccountId,
      vpcId: around.given("aws_vpc.this.id"),
      ownerId: around.given("aws_vpc.this.owner_id"),
    });
  });

test("requested by Redpanda's VPC, accepted by the database's, with Redpanda's routes", () => {
  expect(peering(true)).toMatchInlineSnapshot(`
=== versions.tf
# The account that Redpanda runs in.
provider "aws" {
  alias = "redpanda"

  region  = coalesce(var.redpanda_region, data.redpanda_cluster.byoc.region)
  profile = var.redpanda_aws_profile
}

=== main.tf
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

=== what it hands out
peeringId: \${aws_vpc_peering_connection_accepter.redpanda.id}
networks: data.aws_vpc.redpanda.cidr_block_associations[*].cidr_block
ready:
  - aws_vpc_peering_connection_accepter.redpanda
  - aws_vpc_peering_connection_options.requester
  - aws_vpc_peering_connection_options.accepter
  - aws_route.redpanda
`);
});

test("with an access key, nothing says which account Redpanda's is", () => {
  expect(peering(false).differenceTo(peering(true))).toMatchInlineSnapshot(`
=== main.tf
@ data.aws_vpc.redpanda
-      condition     = self.owner_id == var.redpanda_aws_acct_id
-      error_message = "redpanda_aws_profile finds \${self.id} in account \${self.owner_id}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id."
-    }
-    postcondition {
`);
});
