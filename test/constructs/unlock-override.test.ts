import { type Kept, UnlockOverride } from "../../constructs/unlock-override";
import { rendered } from "./rendered";

const cluster: Kept = {
  address: "aws_rds_cluster.aurora",
  isDeletable: "!var.deletion_protection",
  madeSo: "deletion_protection = false",
};
const topic = (name: string): Kept => ({
  address: `redpanda_topic.${name}`,
  isDeletable: "var.topics_allow_deletion",
  madeSo: "topics_allow_deletion = true",
});

const override = (...kept: Kept[][]) =>
  rendered(
    (around) =>
      new UnlockOverride(around, "unlock-override", { of: kept.map((all) => ({ kept: all })) }),
  );

test("the file with which Terraform may destroy what it keeps", () => {
  expect(override([cluster], [topic("topic"), topic("checkpoints")])).toMatchInlineSnapshot(`
=== outputs.tf
################################################################################
# Protection
################################################################################

output "unlock_override" {
  description = "Text of unlock_override.tf, with which Terraform may destroy what prevent_destroy keeps: terraform output -raw unlock_override > unlock_override.tf"
  value       = !var.deletion_protection && var.topics_allow_deletion ? "resource \\"aws_rds_cluster\\" \\"aurora\\" {\\n  lifecycle {\\n    prevent_destroy = false\\n  }\\n}\\n\\nresource \\"redpanda_topic\\" \\"topic\\" {\\n  lifecycle {\\n    prevent_destroy = false\\n  }\\n}\\n\\nresource \\"redpanda_topic\\" \\"checkpoints\\" {\\n  lifecycle {\\n    prevent_destroy = false\\n  }\\n}\\n" : "# Apply first with deletion_protection = false and topics_allow_deletion = true. Then this is the text of unlock_override.tf."
}
`);
});

test("nothing where nothing is kept", () => {
  expect(override([], []).differenceTo(override()).isEmpty).toBe(true);
});
