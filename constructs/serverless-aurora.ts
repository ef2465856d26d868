import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { AuroraCluster } from "./aurora-cluster";

export interface ServerlessAuroraProps {
  readonly engine: Engine;
  /** Subnets in two zones at least. */
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** The way to the internet, without which RDS makes no instance with a public address. */
  readonly routes: ITerraformDependable;
}

/** An Aurora Serverless v2 cluster, in subnets of this module's own. */
export class ServerlessAurora extends Construct {
  readonly cluster: AuroraCluster;

  constructor(scope: Construct, id: string, props: ServerlessAuroraProps) {
    super(scope, id);
    const { engine, securityGroupId } = props;
    layout(this, { file: "database.tf", section: "Database" });

    const subnetGroup = new DbSubnetGroup(this, "aws_db_subnet_group.db", {
      name: "${var.name_prefix}-db-subnets",
      subnetIds: props.subnetIds,
      tags: { Name: "${var.name_prefix}-db-subnets" },
    });

    const identifier = `\${var.name_prefix}-${engine.nameSuffix}`;
    this.cluster = new AuroraCluster(this, "cluster", {
      engine,
      identifier,
      addresses: {
        parameterGroup: engine.parameterGroup.address,
        cluster: "aurora",
        instance: "aurora_instance",
      },
      parameterGroup: {
        name: engine.parameterGroup.name,
        comment: "The name in Terraform is the original's: the family follows engine_version.",
      },
      masterUser: "db_username",
      masterPassword: "db_password",
      subnetGroupName: subnetGroup.name,
      securityGroupId,
      cluster: {
        engineMode: "provisioned",
        deletionProtection: false,
        serverlessv2ScalingConfiguration: {
          minCapacity: Token.asNumber("${var.serverlessv2_min_acu}"),
          maxCapacity: Token.asNumber("${var.serverlessv2_max_acu}"),
        },
      },
      clusterComments: {
        engine_mode:
          "Serverless v2 is a provisioned cluster with instances of class db.serverless.",
      },
      instance: {
        instanceClass: "db.serverless",
        tags: { Name: `${identifier}-1` },
        dependsOn: [props.routes],
      },
      instanceComments: {
        publicly_accessible:
          "Redpanda's NAT gateways come over the internet; the security group lets in no one else.",
      },
    });
  }
}
