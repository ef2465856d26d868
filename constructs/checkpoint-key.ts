import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { TerraformData } from "../providers/terraform-data";
import { expression } from "../templates/expression";

export interface CheckpointKeyProps {
  readonly clusterResourceId: string;
}

const key = "${var.name_prefix}.iam_auth_topic_test";

/**
 * The key under which a BYOC cluster's pipeline keeps its position in the binary log: the name that
 * its topic has by default, whatever the topics are called, so that the position survives another
 * name; and with another cluster behind the same module that name and the cluster's id. A position is
 * a file and an offset in it, which in another cluster's log is another place.
 * @see https://docs.redpanda.com/redpanda-connect/components/inputs/mysql_cdc/#checkpoint_key
 */
export class CheckpointKey extends Construct {
  /** A Terraform expression. */
  readonly keyExpression: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { clusterResourceId }: CheckpointKeyProps) {
    super(scope, id);
    const first = new TerraformData(this, "terraform_data.checkpoint_cluster", {
      input: clusterResourceId,
      lifecycle: { ignoreChanges: ["input"] },
    });
    layout(first, {
      comment:
        "The cluster whose positions are kept under the default topic's name. Those of any other one, such as a restored cluster of the same name, have a key of their own: they belong to another binary log.",
      comments: { lifecycle: "Recorded once." },
    });
    this.ready = [first];
    this.keyExpression = expression(
      `${first.input} == ${clusterResourceId} ? "${key}" : "${key}-\${${clusterResourceId}}"`,
    );
  }
}
