import type { CloudObject } from "./cloud";
import type { Values } from "./values";

/** What AWS leaves behind of a cluster that is deleted. */
export const SNAPSHOT = "aws_db_cluster_snapshot";

/** Why an object stays when Terraform destroys it; undefined where it goes. */
export function kept(
  type: string,
  state: Values,
  objects: Iterable<CloudObject>,
): { readonly error: string; readonly detail: string } | undefined {
  // What all of Redpanda's objects that have the attribute do.
  if (state.allow_deletion === false || state.allow_deletion === null) {
    // https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/topic/resource_topic.go
    if (type === "redpanda_topic") {
      return {
        error: `topic ${state.id} does not allow deletion`,
        detail: "allow_deletion is set to false",
      };
    }
    const detail = `${type} "${state.id}" stays because its allow_deletion is not true.`;
    return { error: "Deletion Not Allowed", detail };
  }
  if (type !== "aws_rds_cluster") return undefined;
  const refused = (detail: string) => ({ error: `deleting RDS Cluster (${state.id})`, detail });
  // https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/rds/cluster.go
  // takes the protection away itself only where the state has none.
  if (state.deletion_protection === true) {
    return refused(
      "operation error RDS: DeleteDBCluster, https response error StatusCode: 400, api error InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
    );
  }
  const snapshot = finalSnapshot(type, state);
  for (const object of snapshot ? objects : []) {
    if (object.type === SNAPSHOT && object.state.id === snapshot) {
      // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html
      return refused(
        `operation error RDS: DeleteDBCluster, https response error StatusCode: 400, DBClusterSnapshotAlreadyExistsFault: ${snapshot}`,
      );
    }
  }
  return undefined;
}

/** Name of the snapshot that is made when the object is deleted. @default - none is */
export function finalSnapshot(type: string, state: Values): string | undefined {
  const { skip_final_snapshot: skip, final_snapshot_identifier: name } = state;
  return type === "aws_rds_cluster" && skip !== true && typeof name === "string" ? name : undefined;
}
