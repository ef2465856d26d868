import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Ec2Choices } from "../choices";
import type { Engine } from "../engines/engine";
import { master } from "../variables/database";
import { AuroraCluster } from "./aurora-cluster";
import { DatabaseSecurityGroup } from "./database-security-group";

export interface ProvisionedAuroraProps {
  readonly engine: Engine;
  readonly choices: Pick<Ec2Choices, "profile">;
}

/** A cluster with provisioned instances, in subnets that are there. */
export class ProvisionedAurora extends Construct {
  readonly cluster: AuroraCluster;
  /** What must be up before anyone connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ProvisionedAuroraProps) {
    super(scope, id);
    const { engine, choices } = props;
    const names = engine.names.ec2;
    layout(this, { file: "database.tf", section: "Database" });

    const { securityGroupId } = new DatabaseSecurityGroup(this, "security-group", {
      names,
      section: "Network",
      vpcId: "${var.vpc_id}",
      port: engine.port,
      cidrBlocks: Token.asList("${distinct(var.allowed_cidr_blocks)}"),
    });

    const subnet = new DataAwsSubnet(this, "aws_subnet.db", {
      id: "${each.value}",
      lifecycle: {
        postcondition: [
          {
            condition: "${self.vpc_id == var.vpc_id}",
            errorMessage:
              "db_subnet_ids lists ${self.id}, which is in ${self.vpc_id}, and vpc_id is ${var.vpc_id}. List subnets of that VPC, or correct vpc_id.",
          },
        ],
      },
    });
    subnet.addOverride("for_each", "${toset(var.db_subnet_ids)}");

    const { addresses } = names;
    const subnetGroup = new DbSubnetGroup(this, `aws_db_subnet_group.${addresses.subnetGroup}`, {
      name: names.subnetGroup,
      subnetIds: Token.asList("${var.db_subnet_ids}"),
      tags: { Name: names.subnetGroupTag },
      lifecycle: {
        precondition: [
          {
            condition:
              "${length(distinct([for subnet in data.aws_subnet.db : subnet.availability_zone])) >= 2}",
            errorMessage:
              "db_subnet_ids is ${jsonencode(var.db_subnet_ids)}, all in one zone. Aurora requires subnets in at least two zones.",
          },
        ],
      },
    });

    this.cluster = new AuroraCluster(this, "cluster", {
      engine,
      names,
      profile: choices.profile,
      zones: "values(data.aws_subnet.db)[*].availability_zone",
      parameterGroupComment:
        "An existing cluster that gets this group must be rebooted once: `aws rds reboot-db-instance`.",
      master: master.ec2,
      hasDataApi: false,
      subnetGroupName: subnetGroup.name,
      reachable: [],
      securityGroupId,
      cluster: { backupRetentionPeriod: 1, preferredBackupWindow: "03:00-04:00" },
      instance: {
        instanceClass: "${var.instance_class}",
        dbSubnetGroupName: subnetGroup.name,
      },
      instanceComments: {
        publicly_accessible:
          "Reachable from outside where the subnets are public; the security group lets in only the listed networks.",
      },
    });
    this.ready = this.cluster.ready;
  }
}
