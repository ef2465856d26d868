import { TerraformLocal } from "cdktf";
import { CheckpointKey } from "../../constructs/checkpoint-key";
import { rendered } from "./rendered";

test("the topic's name for the cluster that was there first, and one of its own for any other", () => {
  expect(
    rendered((around) => {
      const key = new CheckpointKey(around, "checkpoint-key", {
        clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
      });
      new TerraformLocal(key, "local.key", key.keyExpression);
      return key;
    }),
  ).toMatchInlineSnapshot(`
=== main.tf
# The cluster whose positions are kept under the default topic's name. Those of
# any other one, such as a restored cluster of the same name, have a key of
# their own: they belong to another binary log.
resource "terraform_data" "checkpoint_cluster" {
  input = aws_rds_cluster.aurora.cluster_resource_id

  # Recorded once.
  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  key = terraform_data.checkpoint_cluster.input == aws_rds_cluster.aurora.cluster_resource_id ? "\${var.name_prefix}.iam_auth_topic_test" : "\${var.name_prefix}.iam_auth_topic_test-\${aws_rds_cluster.aurora.cluster_resource_id}"
}

=== what it hands out
keyExpression: '\${terraform_data.checkpoint_cluster.input == aws_rds_cluster.aurora.cluster_resource_id ? "\${var.name_prefix}.iam_auth_topic_test" : "\${var.name_prefix}.iam_auth_topic_test-\${aws_rds_cluster.aurora.cluster_resource_id}"}'
ready:
  - terraform_data.checkpoint_cluster
`);
});
