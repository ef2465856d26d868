import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Engine, Names } from "../engines/engine";

export interface ParameterGroupProps {
  readonly engine: Engine;
  readonly names: Names;
  /** Further lines for the comment above it. @default - none */
  readonly comment?: string;
  /** Whether the log that is kept for a pipeline that has stopped can be bounded. */
  readonly hasLogLimit: boolean;
}

/** The parameters without which the engine's changes cannot be read. */
export class ParameterGroup extends Construct {
  readonly name: string;
  /** What must exist before a cluster is given it. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ParameterGroupProps) {
    super(scope, id);
    const { engine, names, comment, hasLogLimit } = props;
    const { parameterGroup } = engine;
    const { optional, logLimit } = parameterGroup;
    const group = new RdsClusterParameterGroup(
      this,
      `aws_rds_cluster_parameter_group.${names.addresses.parameterGroup}`,
      {
        name: names.parameterGroup,
        family: parameterGroup.family,
        // A new cluster starts with all of them; "immediate" for the same value would be a
        // difference in every later plan.
        parameter: parameterGroup.parameters.map((parameter) => ({
          ...parameter,
          applyMethod: "pending-reboot",
        })),
        tags: { Name: names.parameterGroup },
        lifecycle: { createBeforeDestroy: true },
      },
    );
    const conditional = [
      ...(optional ? [{ ...optional, apply_method: "pending-reboot" }] : []),
      // Nobody reboots a cluster because its disk fills up.
      ...(hasLogLimit && logLimit ? [{ ...logLimit, apply_method: "immediate" }] : []),
    ].map(({ name, value, when, apply_method }) => ({
      for_each: `\${${when} ? ["${name}"] : []}`,
      content: { name, value, apply_method },
    }));
    if (conditional.length > 0) group.addOverride("dynamic.parameter", conditional);
    layout(group, {
      comment: [parameterGroup.comment, comment].filter(Boolean).join("\n"),
      comments: {
        lifecycle: "Another family replaces the group, and a group in use cannot be deleted.",
      },
    });
    this.name = group.name;
    this.ready = [group];
  }
}
