import { DataAwsRdsClusters } from "@cdktf/provider-aws/lib/data-aws-rds-clusters";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface ExistingClusterProps {
  /** Of the cluster: text with Terraform interpolations. */
  readonly clusterIdentifier: string;
  /** What it is asked for. */
  readonly comment: string;
}

/**
 * Asks RDS whether the cluster is there already, made by an earlier apply or to be taken over. It asks
 * by a filter, because a filter that fits nothing gives an empty list, and an unknown identifier a fault.
 * Whoever plans must be allowed `rds:DescribeDBClusters` on all clusters.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html
 * @see https://github.com/floci-io/floci/pull/1740 for RDS's two answers, seen live
 */
export class ExistingCluster extends Construct {
  /** Whether it was there when Terraform planned: an expression, true or false. */
  readonly exists: string;
  /** Whether it was not. */
  readonly isNew: string;

  constructor(scope: Construct, id: string, { clusterIdentifier, comment }: ExistingClusterProps) {
    super(scope, id);
    const clusters = new DataAwsRdsClusters(this, "aws_rds_clusters.existing", {
      filter: [{ name: "db-cluster-id", values: [clusterIdentifier] }],
    });
    layout(clusters, { comment });
    const found = "length(data.aws_rds_clusters.existing.cluster_identifiers)";
    this.exists = `${found} > 0`;
    this.isNew = `${found} == 0`;
  }
}
