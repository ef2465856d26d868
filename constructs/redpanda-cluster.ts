import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { DataRedpandaCluster, RedpandaProvider } from "../providers/redpanda";
import { expression } from "../templates/expression";

export interface RedpandaClusterProps {
  /** Whether whoever calls the module passes the provider. @default false: the module configures it */
  readonly isPassed?: boolean;
}

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

  constructor(scope: Construct, id: string, { isPassed = false }: RedpandaClusterProps = {}) {
    super(scope, id);
    layout(this, { file: "redpanda.tf", section: "Redpanda" });
    const Provider = isPassed ? PassedRedpandaProvider : RedpandaProvider;
    const provider = new Provider(this, "redpanda");
    layout(provider, {
      file: "versions.tf",
      section: "",
      comment: "Credentials: REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET in the environment.",
    });
    const cluster = new DataRedpandaCluster(this, "redpanda_cluster.byoc", {
      id: "${var.redpanda_cluster_id}",
    });
    this.apiUrl = isPassed ? this.#knownUrl(cluster.clusterApiUrl) : cluster.clusterApiUrl;
    this.type = cluster.clusterType;
    this.region = cluster.region;
    this.state = cluster.state;
    this.networkId = cluster.networkId;
  }

  /** A topic is replaced where it is not known, which depends_on on the module would make it. */
  #knownUrl(asked: string): string {
    const url = new TerraformLocal(
      this,
      "local.cluster_api_url",
      expression(`var.cluster_api_url != null ? var.cluster_api_url : ${asked}`),
    );
    layout(url, {
      comment:
        "Terraform reads no data while a depends_on of the caller waits, and replaces a topic whose cluster is not known.",
    });
    return url.asString;
  }
}

/** A configuration that the module only uses. */
class PassedRedpandaProvider extends RedpandaProvider {
  override toTerraform(): object {
    return {};
  }
}
