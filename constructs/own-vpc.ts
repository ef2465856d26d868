import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";

export interface OwnVpcProps {
  /** Whether it is made: an expression. @default - always */
  readonly when?: string;
}

/** A VPC of the module's own, and the zones that its subnets may be in. */
export class OwnVpc extends Construct {
  /** Its id: an expression, null where it is not made. */
  readonly vpcId: string;
  /** The account that it is in, 12 digits. */
  readonly ownerId: string;
  /** Names of the zones: an expression, a list. */
  readonly zones: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { when }: OwnVpcProps = {}) {
    super(scope, id);
    const zones = new DataAwsAvailabilityZones(this, "aws_availability_zones.available", {
      state: "available",
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
    this.zones = `data.${zones.terraformResourceType}.available.names`;
    const vpc = new Vpc(this, "aws_vpc.this", {
      ...(when ? { count: Token.asNumber(`\${${when} ? 1 : 0}`) } : {}),
      cidrBlock: "${var.vpc_cidr}",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "${var.name_prefix}-vpc" },
    });
    this.vpcId = when ? "${one(aws_vpc.this[*].id)}" : vpc.id;
    this.ownerId = vpc.ownerId;
    this.ready = [vpc];
  }
}
