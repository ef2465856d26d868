import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Names } from "../engines/engine";
import type { Assertion } from "./check";
import { DatabaseAccess } from "./database-access";
import { DatabaseSubnets } from "./database-subnets";
import { OwnVpc } from "./own-vpc";

export interface NetworkProps {
  readonly names: Names;
  /** TCP port of the database: the only one that opens. */
  readonly port: number;
}

/** Where a new cluster is, and who reaches it there. */
export interface Network {
  /** Whether instances have a public address. */
  readonly isPublic: boolean;
  /** Networks that it consists of: an expression, a list. @default - it is public */
  readonly cidrs?: string;
  /** All subnets, as a list expression. */
  readonly subnetIds: string[];
  /** Zones of the subnets: an expression, a list. */
  readonly zones: string;
  /** What must hold of the subnets. */
  readonly preconditions: readonly Assertion[];
  readonly securityGroupId: string;
  /** The way to Redpanda, which must outlive every connection to the database. */
  readonly ready: readonly ITerraformDependable[];
}

export interface PublicNetworkProps extends NetworkProps {
  /** Whether the operator's address is looked up where `admin_cidrs` names nobody. */
  readonly looksUpOperator: boolean;
}

/** A VPC with a public subnet in each of `var.az_count` zones, because Redpanda comes over the internet. */
export class PublicNetwork extends Construct implements Network {
  readonly isPublic = true;
  readonly subnetIds: string[];
  readonly zones: string;
  readonly preconditions = [];
  readonly securityGroupId: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PublicNetworkProps) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Network" });
    const { vpcId, zones } = new OwnVpc(this, "vpc");
    const gateway = new InternetGateway(this, "aws_internet_gateway.this", {
      vpcId,
      tags: { Name: "${var.name_prefix}-igw" },
    });
    const routeTable = new RouteTable(this, "aws_route_table.public", {
      vpcId,
      route: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
      tags: { Name: "${var.name_prefix}-public-rt" },
    });
    const subnets = new DatabaseSubnets(this, "subnets", {
      vpcId,
      zones,
      routeTableId: routeTable.id,
      isPublic: true,
    });
    this.subnetIds = subnets.subnetIds;
    this.zones = subnets.zones;
    this.ready = subnets.ready;
    const access = new DatabaseAccess(this, "database-access", { ...props, vpcId });
    this.securityGroupId = access.securityGroupId;
  }
}
