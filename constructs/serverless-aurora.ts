import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { ByocChoices } from "../choices";
import type { Engine } from "../engines/engine";
import { master } from "../variables/database";
import { AuroraCluster } from "./aurora-cluster";
import { PeeredNetwork } from "./peered-network";
import { type Network, PublicNetwork } from "./public-network";
import { RoutedNetwork } from "./routed-network";
import type { RedpandaSide } from "./vpc-peering";

export interface ServerlessAuroraProps {
  readonly engine: Engine;
  readonly choices: Pick<ByocChoices, "profile" | "database" | "network">;
  /** With network `peering`: Redpanda's side. */
  readonly redpanda?: RedpandaSide;
}

/** An Aurora Serverless v2 cluster, in a network of the module's own. */
export class ServerlessAurora extends Construct {
  readonly cluster: AuroraCluster;
  /** What must be up before anyone connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServerlessAuroraProps) {
    super(scope, id);
    const { engine, choices } = props;
    const names = engine.names.byoc;
    layout(this, { file: "database.tf", section: "Database" });

    const network = this.networkOf(props);

    const { addresses } = names;
    const subnetGroup = new DbSubnetGroup(this, `aws_db_subnet_group.${addresses.subnetGroup}`, {
      name: names.subnetGroup,
      subnetIds: network.subnetIds,
      tags: { Name: names.subnetGroupTag },
      lifecycle:
        network.preconditions.length > 0 ? { precondition: [...network.preconditions] } : undefined,
    });

    this.cluster = new AuroraCluster(this, "cluster", {
      engine,
      names,
      profile: choices.profile,
      zones: network.zones,
      parameterGroupComment:
        "The name in Terraform is the original's: the family follows engine_version.",
      master: master.byoc,
      hasDataApi: choices.database === "data-api",
      subnetGroupName: subnetGroup.name,
      reachable: network.ready,
      privateNetworks: network.cidrs,
      securityGroupId: network.securityGroupId,
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
        publiclyAccessible: network.isPublic,
        dependsOn: [...network.ready],
      },
      instanceComments: {
        publicly_accessible: network.isPublic
          ? "Redpanda's NAT gateways connect over the internet; the security group limits who may."
          : "Its name leads to a private address, wherever it is asked for.",
      },
    });
    this.ready = this.cluster.ready;
  }

  private networkOf({ engine, choices, redpanda }: ServerlessAuroraProps): Network {
    const { profile, network } = choices;
    const props = { names: engine.names.byoc, port: engine.port };
    if (network === "public") {
      const looksUpOperator = profile === "demonstration";
      return new PublicNetwork(this, "network", { ...props, looksUpOperator });
    }
    if (network === "routed") return new RoutedNetwork(this, "network", props);
    if (!redpanda) throw new Error("network is peering, and nothing says where Redpanda is");
    return new PeeredNetwork(this, "network", { ...props, redpanda });
  }
}
