import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface DatabaseSubnetsProps {
  readonly vpcId: string;
  readonly routeTableId: string;
  /** Names of the zones to choose from: an expression, a list. */
  readonly zones: string;
  /** How many: an expression. @default - `var.az_count` */
  readonly count?: string;
  /** Whether what is launched there may have a public address. */
  readonly isPublic: boolean;
}

/**
 * A subnet in each of `var.az_count` zones. Their addresses end in `public` in every network, so that
 * another network changes a subnet and does not replace it.
 */
export class DatabaseSubnets extends Construct {
  /** All subnets, as a list expression. */
  readonly subnetIds: string[];
  /** Their zones: an expression, a list. */
  readonly zones = "aws_subnet.public[*].availability_zone";
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseSubnetsProps) {
    super(scope, id);
    const { vpcId, routeTableId, zones, isPublic } = props;
    const count = Token.asNumber(`\${${props.count ?? "var.az_count"}}`);
    const subnet = new Subnet(this, "aws_subnet.public", {
      count,
      vpcId,
      availabilityZone: `\${${zones}[count.index]}`,
      cidrBlock: "${cidrsubnet(var.vpc_cidr, 2, count.index)}",
      mapPublicIpOnLaunch: isPublic,
      tags: {
        Name: `\${var.name_prefix}-${isPublic ? "public" : "private"}-\${${zones}[count.index]}`,
      },
      lifecycle: {
        ignoreChanges: ["availability_zone", 'tags["Name"]'],
        precondition: [
          {
            condition: `\${var.az_count <= length(${zones})}`,
            errorMessage: `az_count is \${var.az_count}, but \${var.region} offers this account \${length(${zones})} zones: lower az_count or choose another region.`,
          },
        ],
      },
    });
    layout(subnet, {
      comments: {
        lifecycle:
          "AWS adds zones to regions, and a subnet that moves to another zone is replaced.",
      },
    });
    this.subnetIds = Token.asList("${aws_subnet.public[*].id}");
    const association = new RouteTableAssociation(this, "aws_route_table_association.public", {
      count,
      subnetId: "${aws_subnet.public[count.index].id}",
      routeTableId,
    });
    this.ready = [association];
  }
}
