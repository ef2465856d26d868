import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Profile } from "../choices";
import type { Engine } from "../engines/engine";
import type { MasterVariables } from "../variables/database";
import { AuroraCluster } from "./aurora-cluster";
import { DatabaseAccess } from "./database-access";
import { Network } from "./network";

export interface ServerlessAuroraProps {
  readonly engine: Engine;
  /** Whether it is there to try, or to last. */
  readonly profile: Profile;
  readonly master: MasterVariables;
  /** Whether SQL can be run by the RDS Data API, which wants the master password in Secrets Manager. */
  readonly hasDataApi: boolean;
}

/** An Aurora Serverless v2 cluster, in a network of the module's own. */
export class ServerlessAurora extends Construct {
  readonly cluster: AuroraCluster;
  /** What must be up before anyone connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServerlessAuroraProps) {
    super(scope, id);
    const { engine, profile, master, hasDataApi } = props;
    const names = engine.names.byoc;
    layout(this, { file: "database.tf", section: "Database" });

    const network = new Network(this, "network");
    const { securityGroupId } = new DatabaseAccess(this, "database-access", {
      names,
      vpcId: network.vpcId,
      port: engine.port,
      looksUpOperator: profile === "demonstration",
    });

    const { addresses } = names;
    const subnetGroup = new DbSubnetGroup(this, `aws_db_subnet_group.${addresses.subnetGroup}`, {
      name: names.subnetGroup,
      subnetIds: network.subnetIds,
      tags: { Name: names.subnetGroupTag },
    });

    this.cluster = new AuroraCluster(this, "cluster", {
      engine,
      names,
      profile,
      zones: network.zones,
      parameterGroupComment:
        "The name in Terraform is the original's: the family follows engine_version.",
      master,
      hasDataApi,
      subnetGroupName: subnetGroup.name,
      reachable: network.ready,
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
      instance: { instanceClass: "db.serverless", dependsOn: [...network.ready] },
      instanceComments: {
        publicly_accessible:
          "Redpanda's NAT gateways connect over the internet; the security group limits who may.",
      },
    });
    this.ready = this.cluster.ready;
  }
}
