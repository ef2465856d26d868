import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";

export interface ParameterGroupProps {
  readonly engine: Engine;
  /** Terraform's name. */
  readonly address: string;
  /** AWS's name: another one for each family, because a family replaces the group. */
  readonly name: string;
  /** Further lines for the comment above it. @default - none */
  readonly comment?: string;
}

/** The parameters without which the engine's changes cannot be read. */
export class ParameterGroup extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: ParameterGroupProps) {
    super(scope, id);
    const { parameterGroup } = props.engine;
    const group = new RdsClusterParameterGroup(
      this,
      `aws_rds_cluster_parameter_group.${props.address}`,
      {
        name: props.name,
        family: parameterGroup.family,
        // A new cluster starts with all of them; "immediate" for the same value would be a
        // difference in every later plan.
        parameter: parameterGroup.parameters.map((parameter) => ({
          ...parameter,
          applyMethod: "pending-reboot",
        })),
        tags: { Name: props.name },
        lifecycle: { createBeforeDestroy: true },
      },
    );
    layout(group, {
      comment: [parameterGroup.comment, props.comment].filter(Boolean).join("\n"),
      comments: { lifecycle: "Another family is another group, and a group in use cannot go." },
    });
    this.name = group.name;
  }
}
