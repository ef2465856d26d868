import { RedpandaCluster } from "../../constructs/redpanda-cluster";
import { rendered } from "./rendered";

test("the provider, and the cluster that is there already", () => {
  const cluster = rendered((around) => new RedpandaCluster(around, "redpanda-cluster"));
  expect(cluster).toMatchInlineSnapshot(`
=== versions.tf
# Credentials: REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET in the environment.
provider "redpanda" {}

=== redpanda.tf
################################################################################
# Redpanda
################################################################################

data "redpanda_cluster" "byoc" {
  id = var.redpanda_cluster_id
}

=== what it hands out
apiUrl: \${data.redpanda_cluster.byoc.cluster_api_url}
type: \${data.redpanda_cluster.byoc.cluster_type}
region: \${data.redpanda_cluster.byoc.region}
state: \${data.redpanda_cluster.byoc.state}
networkId: \${data.redpanda_cluster.byoc.network_id}
`);
});
