import { RedpandaAccount } from "../../constructs/redpanda-account";
import { rendered } from "./rendered";

test("a configuration of the provider, in the Redpanda cluster's region", () => {
  const account = rendered(
    (around) =>
      new RedpandaAccount(around, "redpanda-account", {
        cluster: {
          region: around.given("data.redpanda_cluster.byoc.region"),
          networkId: around.given("data.redpanda_cluster.byoc.network_id"),
        },
        choices: { credentials: "role" },
      }),
  );
  expect(account).toMatchInlineSnapshot(`
=== versions.tf
# The account that Redpanda runs in.
provider "aws" {
  alias = "redpanda"

  region  = coalesce(var.redpanda_region, data.redpanda_cluster.byoc.region)
  profile = var.redpanda_aws_profile
}

=== what it hands out
provider: aws.redpanda
cluster:
  region: \${data.redpanda_cluster.byoc.region}
  networkId: \${data.redpanda_cluster.byoc.network_id}
hasAccountId: true
`);
});
