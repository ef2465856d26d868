import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { DataAwsVpcs } from "@cdktf/provider-aws/lib/data-aws-vpcs";
import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { VpcPeeringConnectionAccepterA } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { VpcPeeringConnectionOptions } from "@cdktf/provider-aws/lib/vpc-peering-connection-options";
import { type ITerraformDependable, type TerraformProvider, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { expression } from "../templates/expression";
import { overlap } from "../variables/network";
import type { Assertion } from "./check";
import type { RedpandaCluster } from "./redpanda-cluster";

/** Redpanda's side: where its network is, and how its account is reached. */
export interface RedpandaSide {
  readonly cluster: Pick<RedpandaCluster, "region" | "networkId">;
  /** For Redpanda's account. */
  readonly provider: TerraformProvider;
  /** Whether `var.redpanda_aws_acct_id` says which account it is. */
  readonly hasAccountId: boolean;
}

export interface VpcPeeringProps extends RedpandaSide {
  /** The database's VPC. */
  readonly vpcId: string;
  /** Its account, 12 digits. */
  readonly ownerId: string;
}

/**
 * A peering between Redpanda's VPC, which requests it, and the database's, which accepts, with the routes
 * on Redpanda's side.
 * @see https://docs.redpanda.com/cloud-data-platform/networking/byoc/aws/vpc-peering-aws/
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export class VpcPeering extends Construct {
  /** Of the accepted peering. */
  readonly peeringId: string;
  /** Networks of Redpanda's VPC: an expression, a list. */
  readonly networks: string;
  /** What must exist before a packet passes. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    layout(this, { section: "Peering with Redpanda's network" });
    const { vpcId, ownerId, provider, cluster, hasAccountId } = props;
    const name = `network-${cluster.networkId}`;

    const vpcs = new DataAwsVpcs(this, "aws_vpcs.redpanda", {
      provider,
      count: Token.asNumber("${var.redpanda_vpc_id == null ? 1 : 0}"),
      filter: [{ name: "tag:Name", values: [name] }],
      lifecycle: {
        postcondition: [
          {
            condition: "${length(self.ids) == 1}",
            errorMessage: `\${var.redpanda_aws_profile} sees \${length(self.ids)} VPCs with the tag Name = ${name} in ${cluster.region}, and one is wanted: that of the Redpanda cluster. Give the profile of Redpanda's account, or name the VPC and its private route tables by redpanda_vpc_id and redpanda_route_table_ids, as a BYOVPC cluster requires.`,
          },
        ],
      },
    });
    layout(vpcs, { comment: "Redpanda names the network that it makes for a cluster by its id." });
    const redpanda = new DataAwsVpc(this, "aws_vpc.redpanda", {
      provider,
      id: "${var.redpanda_vpc_id != null ? var.redpanda_vpc_id : one(data.aws_vpcs.redpanda[0].ids)}",
      lifecycle: {
        precondition: [isSameRegion(cluster)],
        postcondition: [...(hasAccountId ? [isRedpandas] : []), isDisjoint],
      },
    });
    this.networks = "data.aws_vpc.redpanda.cidr_block_associations[*].cidr_block";
    const tables = new DataAwsRouteTables(this, "aws_route_tables.redpanda", {
      provider,
      count: Token.asNumber("${length(var.redpanda_route_table_ids) == 0 ? 1 : 0}"),
      vpcId: redpanda.id,
      filter: [
        { name: "tag:Name", values: [name] },
        { name: "tag:purpose", values: ["private"] },
      ],
      lifecycle: {
        postcondition: [
          {
            condition: "${length(self.ids) > 0}",
            errorMessage: `\${self.vpc_id} has no route table with the tags Name = ${name} and purpose = private. Name the private ones by redpanda_vpc_id and redpanda_route_table_ids: \`aws ec2 describe-route-tables --filters Name=vpc-id,Values=\${self.vpc_id} --query 'RouteTables[].[RouteTableId,Tags]'\`.`,
          },
        ],
      },
    });
    layout(tables, { comment: "Those of the subnets in which its pipelines run." });

    const requested = new VpcPeeringConnection(this, "aws_vpc_peering_connection.redpanda", {
      provider,
      // Where a called module's lookups wait for the apply, another id than a known one would replace it.
      vpcId: `\${coalesce(var.redpanda_vpc_id, ${redpanda.fqn}.id)}`,
      peerVpcId: vpcId,
      peerOwnerId: ownerId,
      tags: { Name: "${var.name_prefix}-peering" },
    });
    const accepted = new VpcPeeringConnectionAccepterA(
      this,
      "aws_vpc_peering_connection_accepter.redpanda",
      {
        vpcPeeringConnectionId: requested.id,
        autoAccept: true,
        tags: { Name: "${var.name_prefix}-peering" },
      },
    );
    this.peeringId = accepted.id;
    const dns = { allowRemoteVpcDnsResolution: true };
    const options = [
      new VpcPeeringConnectionOptions(this, "aws_vpc_peering_connection_options.requester", {
        provider,
        vpcPeeringConnectionId: accepted.id,
        requester: dns,
      }),
      new VpcPeeringConnectionOptions(this, "aws_vpc_peering_connection_options.accepter", {
        vpcPeeringConnectionId: accepted.id,
        accepter: dns,
      }),
    ];
    const route = new Route(this, "aws_route.redpanda", {
      provider,
      routeTableId: "${each.value}",
      destinationCidrBlock: "${var.vpc_cidr}",
      vpcPeeringConnectionId: accepted.id,
    });
    route.addOverride(
      "for_each",
      "${toset(length(var.redpanda_route_table_ids) > 0 ? var.redpanda_route_table_ids : data.aws_route_tables.redpanda[0].ids)}",
    );
    layout(route, {
      comment: "One by one, because Redpanda writes routes of its own into these tables.",
    });
    this.ready = [accepted, ...options, route];
  }
}

function isSameRegion({ region }: Pick<RedpandaCluster, "region">): Assertion {
  return {
    condition: expression(`${region} == var.region`),
    errorMessage: `region is \${var.region}, and the Redpanda cluster runs in ${region}. This module makes peerings within one region: set region to the cluster's, or synthesize with --network routed, and make the way between the regions yourself.`,
  };
}

const isRedpandas: Assertion = {
  condition: "${self.owner_id == var.redpanda_aws_acct_id}",
  errorMessage:
    "redpanda_aws_profile finds ${self.id} in account ${self.owner_id}, and redpanda_aws_acct_id is ${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id.",
};

const isDisjoint: Assertion = {
  condition: `\${!anytrue([for network in self.cidr_block_associations : ${overlap("network.cidr_block", "var.vpc_cidr")}])}`,
  errorMessage:
    'vpc_cidr is ${var.vpc_cidr}, which overlaps with Redpanda\'s VPC ${self.id}: ${join(", ", self.cidr_block_associations[*].cidr_block)}. AWS peers no networks that overlap: choose another vpc_cidr.',
};
