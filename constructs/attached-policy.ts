import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { expression } from "../templates/expression";
import type { AssumeRolePolicy } from "./assume-role-policy";
import type { Assertion } from "./check";
import type { RedpandaCluster } from "./redpanda-cluster";
import { RedpandaIdentity } from "./redpanda-identity";
import type { TrustedPrincipal } from "./trusted-principal";

export interface AttachedPolicyProps {
  readonly policy: Pick<AssumeRolePolicy, "document" | "name" | "principalName">;
  readonly trustedPrincipal: Pick<TrustedPrincipal, "arn" | "kind">;
  /** Where the Redpanda cluster runs. */
  readonly cluster: Pick<RedpandaCluster, "region">;
  /** For Redpanda's account. */
  readonly provider: TerraformProvider;
  /** Whether whoever calls the module passes the provider for Redpanda's account. */
  readonly isPassed: boolean;
  /** What must exist before: the policy takes the place of one of the same name. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Attaches the policy to the pipeline role, in Redpanda's account.
 *
 * Redpanda reverts changes of the role's own policies; an inline policy that is added stays.
 */
export class AttachedPolicy extends Construct {
  /** What must exist before the pipeline can log in. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AttachedPolicyProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM in Redpanda's account" });

    const { policy, cluster, provider, isPassed } = props;
    const { arn, kind } = props.trustedPrincipal;

    new RedpandaIdentity(this, "redpanda-identity", { provider });

    const role = new DataAwsIamRole(this, "aws_iam_role.pipeline", {
      provider,
      name: policy.principalName,
      lifecycle: {
        precondition: [
          {
            condition: expression(`${kind} == "role"`),
            errorMessage: `trusted_principal_arn is ${arn}, which is not a role. The apply attaches the policy only to a role: synthesize with --grant artifact for a user.`,
          },
          {
            // Looked up by name alone: a role of that name in Redpanda's account would get it.
            condition: expression(`strcontains(${arn}, "::\${var.redpanda_aws_acct_id}:")`),
            errorMessage: `trusted_principal_arn is ${arn}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. The apply attaches the policy only to a role in that account: correct one of them, or synthesize with --grant artifact.`,
          },
          ...(isPassed ? [] : [inRegionOf(cluster)]),
        ],
      },
    });
    layout(role, {
      comment:
        "Read first, so that a mistake fails the plan, and not the apply after seven minutes.",
    });

    const attachment = new IamRolePolicy(this, "aws_iam_role_policy.assume_db_connect_role", {
      provider,
      name: policy.name,
      role: role.name,
      policy: policy.document,
      dependsOn: [...props.dependsOn],
    });
    this.ready = [attachment];
  }
}

const inRegionOf = (cluster: Pick<RedpandaCluster, "region">): Assertion => ({
  condition: expression(
    `var.redpanda_region == null ? true : var.redpanda_region == ${cluster.region}`,
  ),
  errorMessage: `redpanda_region is \${jsonencode(var.redpanda_region)}, and the cluster runs in ${cluster.region}. Leave redpanda_region out, or correct it (Aurora's region, which may differ, is region).`,
});
