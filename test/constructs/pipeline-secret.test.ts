import { Token } from "cdktf";
import { PipelineSecret } from "../../constructs/pipeline-secret";
import { rendered } from "./rendered";

const secret = (count?: number) =>
  rendered(
    (around) =>
      new PipelineSecret(around, "sasl-password", {
        clusterApiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
        address: "sasl_password",
        suffix: "SASL_PASSWORD",
        variable: "rp_sasl_password",
        version: "rp_sasl_password_version",
        count,
        dependsOn: around.ready("redpanda_topic.topic"),
      }),
  );

test("a secret, and what stands for it in the pipeline's configuration", () => {
  expect(secret()).toMatchInlineSnapshot(`
=== main.tf
locals {
  sasl_password_secret = "\${upper(replace(var.name_prefix, "-", "_"))}_SASL_PASSWORD"
}

resource "redpanda_secret" "sasl_password" {
  name                = local.sasl_password_secret
  cluster_api_url     = data.redpanda_cluster.byoc.cluster_api_url
  scopes              = ["SCOPE_REDPANDA_CONNECT"]
  secret_data         = var.rp_sasl_password
  secret_data_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

=== what it hands out
secret: redpanda_secret.sasl_password
reference: '"$\${secrets.\${local.sasl_password_secret}}"'
ready:
  - redpanda_secret.sasl_password
`);
});

test("a secret that there may be or not", () => {
  const counted = secret(Token.asNumber("${var.access_key_version > 0 ? 1 : 0}"));
  expect(counted.differenceTo(secret())).toMatchInlineSnapshot(`
=== main.tf
@ redpanda_secret.sasl_password
+  count = var.access_key_version > 0 ? 1 : 0
`);
});
