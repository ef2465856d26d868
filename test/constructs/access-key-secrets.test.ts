import { AccessKeySecrets } from "../../constructs/access-key-secrets";
import { rendered } from "./rendered";

test("id and key are a secret each, once there is a key", () => {
  const secrets = rendered(
    (around) =>
      new AccessKeySecrets(around, "access-key-secrets", {
        clusterApiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
        dependsOn: around.ready("redpanda_topic.topic"),
      }),
  );
  expect(secrets).toMatchInlineSnapshot(`
=== redpanda.tf
################################################################################
# Access key
################################################################################

locals {
  access_key_id_secret     = "\${upper(replace(var.name_prefix, "-", "_"))}_AWS_ACCESS_KEY_ID"
  secret_access_key_secret = "\${upper(replace(var.name_prefix, "-", "_"))}_AWS_SECRET_ACCESS_KEY"
}

resource "redpanda_secret" "access_key_id" {
  count = var.access_key_version > 0 ? 1 : 0

  name                = local.access_key_id_secret
  cluster_api_url     = data.redpanda_cluster.byoc.cluster_api_url
  scopes              = ["SCOPE_REDPANDA_CONNECT"]
  secret_data         = var.access_key_id
  secret_data_version = var.access_key_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

resource "redpanda_secret" "secret_access_key" {
  count = var.access_key_version > 0 ? 1 : 0

  name                = local.secret_access_key_secret
  cluster_api_url     = data.redpanda_cluster.byoc.cluster_api_url
  scopes              = ["SCOPE_REDPANDA_CONNECT"]
  secret_data         = var.secret_access_key
  secret_data_version = var.access_key_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

=== what it hands out
ready:
  - redpanda_secret.access_key_id
  - redpanda_secret.secret_access_key
waitsFor:
  - var.access_key_version > 0
templateExpressions:
  access_key_id: '"$\${secrets.\${local.access_key_id_secret}}"'
  secret_access_key: '"$\${secrets.\${local.secret_access_key_secret}}"'
  access_key_version: var.access_key_version
`);
});
