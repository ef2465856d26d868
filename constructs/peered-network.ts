import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { DatabaseSecurityGroup } from "./database-security-group";
import { DatabaseSubnets } from "./database-subnets";
import { FormerGateway } from "./former-gateway";
import { OwnVpc } from "./own-vpc";
import type { Network, NetworkProps } from "./public-network";
import { type RedpandaSide, VpcPeering } from "./vpc-peering";

export interface PeeredNetworkProps extends NetworkProps {
  readonly redpanda: RedpandaSide;
}

/** A VPC with private subnets, and a peering with Redpanda's network. */
export class PeeredNetwork extends Construct implements Network {
  readonly isPublic = false;
  readonly cidrs = "[var.vpc_cidr]";
  readonly subnetIds: string[];
  readonly zones: string;
  readonly preconditions = [];
  readonly securityGroupId: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { redpanda, ...props }: PeeredNetworkProps) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Network" });
    layout(new FormerGateway(this, "moved"), {
      comment: "Where the network was public: its gateway can go only after the public address.",
    });
    const { vpcId, ownerId, zones } = new OwnVpc(this, "vpc");
    const peering = new VpcPeering(this, "peering", { ...redpanda, vpcId, ownerId });
    const routeTable = new RouteTable(this, "aws_route_table.public", {
      vpcId,
      tags: { Name: "${var.name_prefix}-private-rt" },
    });
    routeTable.addOverride("dynamic.route", {
      for_each: `\${${peering.networks}}`,
      content: { cidr_block: "${route.value}", vpc_peering_connection_id: peering.peeringId },
    });
    const subnets = new DatabaseSubnets(this, "subnets", {
      vpcId,
      zones,
      routeTableId: routeTable.id,
      isPublic: false,
    });
    this.subnetIds = subnets.subnetIds;
    this.zones = subnets.zones;
    const group = new DatabaseSecurityGroup(this, "security-group", {
      ...props,
      section: "Who may reach the database",
      vpcId,
      cidrBlocks: Token.asList(`\${distinct(concat(var.admin_cidrs, ${peering.networks}))}`),
    });
    this.securityGroupId = group.securityGroupId;
    this.ready = [...subnets.ready, ...peering.ready];
  }
}
