import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { TerraformData } from "../providers/terraform-data";

export interface StreamedClusterProps {
  /** The cluster's writer. */
  readonly endpoint: string;
  readonly clusterResourceId: string;
}

/**
 * Refuses another cluster behind the same names, where the cluster itself keeps the pipeline's
 * position: restored, cloned or promoted, it may have no replication slot of the pipeline's, or an older
 * one. The connector would make a new slot without a word, which begins with what is written then.
 * @see https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/logical_stream.go
 */
export class StreamedCluster extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: StreamedClusterProps) {
    super(scope, id);
    const { endpoint, clusterResourceId } = props;
    const recorded = new TerraformData(this, "terraform_data.streamed_cluster", {
      input: clusterResourceId,
      triggersReplace: { endpoint },
      lifecycle: {
        ignoreChanges: ["input"],
        postcondition: [
          {
            condition: `\${self.input == ${clusterResourceId}}`,
            errorMessage: `The cluster is \${${clusterResourceId}} now, and the pipeline has read \${self.input} so far. A restored, cloned or promoted cluster may lack the pipeline's replication slot, and rows would be missed without a word. Apply with -replace=terraform_data.streamed_cluster, and with stream_snapshot = true if rows may be missing: without a slot there, the pipeline then reads all rows once more.`,
          },
        ],
      },
    });
    layout(recorded, {
      comment:
        "The cluster whose rows are streamed. Another one behind the same names has another log, or lacks the replication slot that keeps the pipeline's position.",
      comments: {
        triggers_replace:
          "Not known while Terraform is about to make the cluster, which then begins empty.",
        lifecycle: "Recorded once.",
      },
    });
    this.ready = [recorded];
  }
}
