import { TerraformElement } from "cdktf";

/**
 * Lets go of the one topic that a module without `--topics per-table` made, and leaves it there with its
 * rows. Where there was none, nothing happens. Under its old address Terraform could not order it: the old
 * ACLs, which depend on it in the state, go after the pipeline is changed, and the pipeline would be
 * changed after the topic is let go of, and that after the ACLs are gone.
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export class FormerTopic extends TerraformElement {
  override toTerraform() {
    return {
      moved: [{ from: "redpanda_topic.topic", to: "redpanda_topic.former" }],
      removed: [{ from: "redpanda_topic.former", lifecycle: { destroy: false } }],
    };
  }
}
