import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { DataRedpandaCluster, RedpandaProvider } from "../providers/redpanda";

/** The Redpanda cluster that is there already, and the way to it. */
export class RedpandaCluster extends Construct {
  /** URL of its data plane API. */
  readonly apiUrl: string;
  /** Such as `byoc`, `dedicated` or `serverless`. */
  readonly type: string;
  /** Such as `us-east-2`. */
  readonly region: string;
  /** Such as `STATE_READY` or `STATE_CREATING`. */
  readonly state: string;
  /** Id of the network that it is in, such as `ch2c2ntioepec6ilaoog`. */
  readonly networkId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Redpanda" });
    const provider = new RedpandaProvider(this, "redpanda");
    layout(provider, {
      file: "versions.tf",
      section: "",
      comment: "Credentials: REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET in the environment.",
    });
    const cluster = new DataRedpandaCluster(this, "redpanda_cluster.byoc", {
      id: "${var.redpanda_cluster_id}",
    });
    this.apiUrl = cluster.clusterApiUrl;
    this.type = cluster.clusterType;
    this.region = cluster.region;
    this.state = cluster.state;
    this.networkId = cluster.networkId;
  }
}
