import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { isOwnVpc } from "../variables/network";
import type { Assertion } from "./check";
import { DatabaseSecurityGroup } from "./database-security-group";
import { DatabaseSubnets } from "./database-subnets";
import { FormerGateway } from "./former-gateway";
import { OwnVpc } from "./own-vpc";
import type { Network, NetworkProps } from "./public-network";

/**
 * Private subnets, of a VPC of the module's own or of one that is there, to which Redpanda's network
 * finds by a way that is somebody else's: a transit gateway, a peering, or the same VPC.
 */
export class RoutedNetwork extends Construct implements Network {
  readonly isPublic = false;
  readonly cidrs: string;
  readonly subnetIds: string[];
  readonly zones: string;
  readonly preconditions: readonly Assertion[] = [areInTwoZones];
  readonly securityGroupId: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Network" });
    layout(new FormerGateway(this, "moved"), {
      comment: "Where the network was public: its gateway can go only after the public address.",
    });
    const own = new OwnVpc(this, "vpc", { when: isOwnVpc });
    const routeTable = new RouteTable(this, "aws_route_table.public", {
      count: Token.asNumber(`\${${isOwnVpc} ? 1 : 0}`),
      vpcId: own.vpcId,
      tags: { Name: "${var.name_prefix}-private-rt" },
    });
    routeTable.addOverride("dynamic.route", {
      for_each: "${var.redpanda_gateway_id == null ? [] : var.redpanda_vpc_cidrs}",
      content: {
        cidr_block: "${route.value}",
        transit_gateway_id:
          '${startswith(var.redpanda_gateway_id, "tgw-") ? var.redpanda_gateway_id : null}',
        vpc_peering_connection_id:
          '${startswith(var.redpanda_gateway_id, "pcx-") ? var.redpanda_gateway_id : null}',
      },
    });
    layout(routeTable, {
      comment:
        "With redpanda_gateway_id, the routes are these, and others are removed. Without, they are yours, and stay.",
    });
    const subnets = new DatabaseSubnets(this, "subnets", {
      vpcId: own.vpcId,
      zones: own.zones,
      count: `${isOwnVpc} ? var.az_count : 0`,
      routeTableId: "${one(aws_route_table.public[*].id)}",
      isPublic: false,
    });

    const given = new DataAwsVpc(this, "aws_vpc.given", {
      count: Token.asNumber(`\${${isOwnVpc} ? 0 : 1}`),
      id: "${var.vpc_id}",
    });
    layout(given, { comment: "A VPC that is there already, and its subnets." });
    const subnet = new DataAwsSubnet(this, "aws_subnet.given", {
      id: "${each.value}",
      lifecycle: { postcondition: [isInVpc] },
    });
    subnet.addOverride("for_each", "${toset(var.subnet_ids)}");
    const vpcId = new TerraformLocal(
      this,
      "local.vpc_id",
      `\${${isOwnVpc} ? one(aws_vpc.this[*].id) : var.vpc_id}`,
    );
    const cidrs = new TerraformLocal(
      this,
      "local.vpc_cidrs",
      `\${${isOwnVpc} ? [var.vpc_cidr] : data.aws_vpc.given[0].cidr_block_associations[*].cidr_block}`,
    );
    this.cidrs = cidrs.fqn;
    this.subnetIds = Token.asList(
      `\${${isOwnVpc} ? aws_subnet.public[*].id : [for subnet in data.aws_subnet.given : subnet.id]}`,
    );
    const zones = new TerraformLocal(
      this,
      "local.zones",
      `\${${isOwnVpc} ? ${subnets.zones} : [for subnet in data.aws_subnet.given : subnet.availability_zone]}`,
    );
    this.zones = zones.fqn;
    const group = new DatabaseSecurityGroup(this, "security-group", {
      ...props,
      section: "Who may reach the database",
      vpcId: vpcId.asString,
      cidrBlocks: Token.asList("${distinct(concat(var.admin_cidrs, var.redpanda_vpc_cidrs))}"),
    });
    this.securityGroupId = group.securityGroupId;
    this.ready = subnets.ready;
  }
}

const isInVpc: Assertion = {
  condition: "${self.vpc_id == var.vpc_id}",
  errorMessage:
    "subnet_ids lists ${self.id}, which is in ${self.vpc_id}, and vpc_id is ${jsonencode(var.vpc_id)}. List subnets of that VPC, or correct vpc_id.",
};

const areInTwoZones: Assertion = {
  condition: `\${${isOwnVpc} || length(distinct([for subnet in data.aws_subnet.given : subnet.availability_zone])) >= 2}`,
  errorMessage:
    "subnet_ids is ${jsonencode(var.subnet_ids)}, all in one zone. Aurora requires subnets in at least two zones.",
};
