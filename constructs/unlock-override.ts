import { Construct } from "constructs";
import { commandIf, declareOutputs } from "../outputs/output";

/** A resource that Terraform refuses to destroy. */
export interface Kept {
  /** Such as `aws_rds_cluster.aurora`. */
  readonly address: string;
  /** Whether its owner lets it be deleted as well: a Terraform expression. */
  readonly isDeletable: string;
  /** What to apply first, where that is not true, such as `deletion_protection = false`. */
  readonly madeSo: string;
}

export interface UnlockOverrideProps {
  readonly of: readonly { readonly kept: readonly Kept[] }[];
}

/**
 * The file that lifts `prevent_destroy`, which takes no variable. There is none before the owners let
 * everything be deleted: a destroy would stop at the cluster, with its instances and the pipeline gone.
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export class UnlockOverride extends Construct {
  constructor(scope: Construct, id: string, props: UnlockOverrideProps) {
    super(scope, id);
    const kept = props.of.flatMap((owner) => owner.kept);
    if (kept.length === 0) return;
    const all = (texts: string[]) => [...new Set(texts)];
    declareOutputs(this, "Protection", {
      unlock_override: [
        commandIf(
          all(kept.map(({ isDeletable }) => isDeletable)).join(" && "),
          kept.map(unlocked).join("\n"),
          `Apply first with ${all(kept.map(({ madeSo }) => madeSo)).join(" and ")}. Then this is the text of unlock_override.tf.`,
        ),
        "Text of unlock_override.tf, with which Terraform may destroy what prevent_destroy keeps: terraform output -raw unlock_override > unlock_override.tf",
      ],
    });
  }
}

function unlocked({ address }: Kept): string {
  const [type, name] = address.split(".");
  return `resource "${type}" "${name}" {
  lifecycle {
    prevent_destroy = false
  }
}
`;
}
