import { StreamedCluster } from "../../constructs/streamed-cluster";
import { rendered } from "./rendered";

test("records the cluster, and refuses another one", () => {
  expect(
    rendered(
      (around) =>
        new StreamedCluster(around, "streamed-cluster", {
          endpoint: around.given("aws_rds_cluster.aurora.endpoint"),
          clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
        }),
    ),
  ).toMatchInlineSnapshot(`
=== main.tf
# The cluster whose rows are streamed. Another one behind the same names has
# another log, or lacks the replication slot that keeps the pipeline's position.
resource "terraform_data" "streamed_cluster" {
  input = aws_rds_cluster.aurora.cluster_resource_id
  # Not known while Terraform is about to make the cluster, which then begins
  # empty.
  triggers_replace = { endpoint = aws_rds_cluster.aurora.endpoint }

  # Recorded once.
  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == aws_rds_cluster.aurora.cluster_resource_id
      error_message = "The cluster is \${aws_rds_cluster.aurora.cluster_resource_id} now, and the pipeline has read \${self.input} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=terraform_data.streamed_cluster, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more."
    }
  }
}

=== what it hands out
ready:
  - terraform_data.streamed_cluster
`);
});
