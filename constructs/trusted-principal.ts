import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { expression } from "../templates/expression";
import type { Assertion } from "./check";

export interface TrustedPrincipalProps {
  /** ARN of the IAM user whose access key starts the chain. @default - the role of the pipelines does */
  readonly userArn?: string;
  /** Of the database account, such as `aws`. */
  readonly partition: string;
  /** What the Redpanda cluster is, such as `byoc`. */
  readonly clusterType: string;
}

/**
 * Whom the db-connect role trusts: `var.trusted_principal_arn`, or the pipeline role of the BYOC cluster,
 * or the user of an access key.
 */
export class TrustedPrincipal extends Construct {
  readonly arn: string;
  /** `role` or `user`. */
  readonly kind: string;
  /** What must hold before it can be trusted. */
  readonly preconditions: readonly Assertion[] | undefined;

  constructor(scope: Construct, id: string, props: TrustedPrincipalProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM" });
    const { userArn, partition, clusterType } = props;
    const arn = new TerraformLocal(
      this,
      "local.trusted_principal_arn",
      userArn ??
        expression(
          `coalesce(var.trusted_principal_arn, "arn:\${${partition}}:iam::\${var.redpanda_aws_acct_id}:role/redpanda-\${var.redpanda_cluster_id}-redpanda-connect-pipeline")`,
        ),
    );
    layout(arn, {
      comment: userArn
        ? "The user whose key the pipeline holds."
        : "Redpanda Cloud names the role of a cluster's pipelines after the cluster.",
    });
    this.arn = arn.asString;
    this.kind = userArn ? "user" : this.#kindOf(this.arn);
    this.preconditions = userArn ? undefined : [hasPipelineRole(clusterType)];
  }

  #kindOf(arn: string): string {
    const kind = expression(`one(regex(":(role|user)/", ${arn}))`);
    return new TerraformLocal(this, "local.trusted_principal_kind", kind).asString;
  }
}

const hasPipelineRole = (clusterType: string): Assertion => ({
  condition: expression(`var.trusted_principal_arn != null || ${clusterType} == "byoc"`),
  errorMessage: `redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type ${clusterType}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one.`,
});
