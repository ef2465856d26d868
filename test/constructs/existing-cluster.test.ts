import { ExistingCluster } from "../../constructs/existing-cluster";
import { rendered } from "./rendered";

test("whether a cluster is there, asked by a filter", () => {
  const construct = rendered(
    (around) =>
      new ExistingCluster(around, "existing", {
        clusterIdentifier: "${var.name_prefix}-aurora-pg",
        comment: "The cluster if it is there already; before the first apply, none.",
      }),
  );
  expect(construct).toMatchInlineSnapshot(`
=== main.tf
# The cluster if it is there already; before the first apply, none.
data "aws_rds_clusters" "existing" {
  filter {
    name   = "db-cluster-id"
    values = ["\${var.name_prefix}-aurora-pg"]
  }
}

=== what it hands out
exists: length(data.aws_rds_clusters.existing.cluster_identifiers) > 0
isNew: length(data.aws_rds_clusters.existing.cluster_identifiers) == 0
`);
});
