import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

/** A VPC with a public subnet in each of `var.az_count` zones, because Redpanda comes over the internet. */
export class Network extends Construct {
  readonly vpcId: string;
  /** All subnets, as a list expression. */
  readonly subnetIds: string[];
  /** Zones of the subnets: a Terraform expression, a list. */
  readonly zones = "aws_subnet.public[*].availability_zone";
  /** The way to the internet, which must outlive every connection to the database. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Network" });

    new DataAwsAvailabilityZones(this, "aws_availability_zones.available", {
      state: "available",
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });

    const vpc = new Vpc(this, "aws_vpc.this", {
      cidrBlock: "${var.vpc_cidr}",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "${var.name_prefix}-vpc" },
    });

    const gateway = new InternetGateway(this, "aws_internet_gateway.this", {
      vpcId: vpc.id,
      tags: { Name: "${var.name_prefix}-igw" },
    });

    const routeTable = new RouteTable(this, "aws_route_table.public", {
      vpcId: vpc.id,
      route: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
      tags: { Name: "${var.name_prefix}-public-rt" },
    });

    const subnet = new Subnet(this, "aws_subnet.public", {
      count: Token.asNumber("${var.az_count}"),
      vpcId: vpc.id,
      availabilityZone: "${data.aws_availability_zones.available.names[count.index]}",
      cidrBlock: "${cidrsubnet(var.vpc_cidr, 2, count.index)}",
      mapPublicIpOnLaunch: true,
      tags: {
        Name: "${var.name_prefix}-public-${data.aws_availability_zones.available.names[count.index]}",
      },
      lifecycle: {
        ignoreChanges: ["availability_zone", 'tags["Name"]'],
        precondition: [
          {
            condition: "${var.az_count <= length(data.aws_availability_zones.available.names)}",
            errorMessage:
              "az_count is ${var.az_count}, but ${var.region} offers this account ${length(data.aws_availability_zones.available.names)} zones: lower az_count or choose another region.",
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
    this.vpcId = vpc.id;
    this.subnetIds = Token.asList("${aws_subnet.public[*].id}");

    const association = new RouteTableAssociation(this, "aws_route_table_association.public", {
      count: Token.asNumber("${var.az_count}"),
      subnetId: "${aws_subnet.public[count.index].id}",
      routeTableId: routeTable.id,
    });
    this.ready = [association];
  }
}
