import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn, type ITerraformDependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";

export interface DbConnectRoleProps {
  /**
   * Aurora's immutable resource id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. Not the identifier.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
   */
  readonly clusterResourceId: string;
  /**
   * ARN of the one principal that may assume the role.
   * @default - `var.trusted_principal_arn`, or the pipeline role of the BYOC cluster
   */
  readonly trustedPrincipalArn?: string;
}

/**
 * The role in the database's account that the pipeline assumes: it may log in as one database
 * user, and nothing else.
 */
export class DbConnectRole extends Construct {
  readonly arn: string;
  /** The chain of roles for the pipeline: a Terraform expression. */
  readonly rolesExpression =
    "[{ role = aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn, external_id = var.external_id }]";
  /** ARN of the one principal that may assume the role. */
  readonly trustedPrincipalArn: string;
  /** What must exist before anyone logs in. */
  readonly permission: ITerraformDependable;

  constructor(scope: Construct, id: string, props: DbConnectRoleProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM" });

    // Whom the user of an access key works for makes no difference.
    const pipelineRole = props.trustedPrincipalArn === undefined;
    new DataAwsCallerIdentity(this, "aws_caller_identity.current", {
      lifecycle: pipelineRole ? { postcondition: [notRedpandasAccount] } : undefined,
    });
    new DataAwsPartition(this, "aws_partition.current");

    const trustedPrincipalArn = props.trustedPrincipalArn
      ? local(
          this,
          "local.trusted_principal_arn",
          props.trustedPrincipalArn,
          "The user whose key the pipeline holds.",
        )
      : local(
          this,
          "local.trusted_principal_arn",
          '${coalesce(var.trusted_principal_arn, "arn:${data.aws_partition.current.partition}:iam::${var.redpanda_aws_acct_id}:role/redpanda-${var.redpanda_cluster_id}-redpanda-connect-pipeline")}',
          "Redpanda Cloud names the role of a cluster's pipelines after the cluster.",
        );
    const externalIdCondition = local(
      this,
      "local.external_id_condition",
      '${{for id in compact([var.external_id]) : "Condition" => {StringEquals = {"sts:ExternalId" = id}}}}',
      "Empty without an external id.",
    );
    const dbUserArn = local(
      this,
      "local.db_user_arn",
      `arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${data.aws_caller_identity.current.account_id}:dbuser:${props.clusterResourceId}/\${var.iam_auth_user}`,
      "A database user has an ARN of its own. It holds the cluster's resource id, never its identifier or endpoint.",
    );

    const role = new IamRole(this, "aws_iam_role.allow_connect_to_aurora_iam_demo_user", {
      name: "${var.name_prefix}-allow_connect_to_aurora-iam-demo-user",
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          Fn.merge([
            {
              Effect: "Allow",
              Principal: { AWS: trustedPrincipalArn.expression },
              Action: "sts:AssumeRole",
            },
            externalIdCondition.expression,
          ]),
        ],
      }),
      tags: { redpanda_scope_redpanda_connect: "true" },
      lifecycle: pipelineRole ? { precondition: [clusterWithPipelineRole] } : undefined,
    });
    layout(role, {
      comment:
        "The pipeline assumes this role. IAM looks the principal up when it saves the policy: it must exist by then, and one made anew under its name is another principal.",
      comments: { tags: "The principal's own policy allows only roles with this tag." },
    });

    this.permission = new IamRolePolicy(
      this,
      "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy",
      {
        name: "${var.name_prefix}-allow_aurora-iam-demo-user-connect_policy",
        role: role.id,
        policy: Fn.jsonencode({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "rds-db:connect", Resource: dbUserArn.expression },
          ],
        }),
      },
    );
    this.arn = role.arn;
    this.trustedPrincipalArn = trustedPrincipalArn.expression;
  }
}

const notRedpandasAccount = {
  condition: "${self.account_id != var.redpanda_aws_acct_id}",
  errorMessage:
    "aws_profile leads to account ${self.account_id}, which redpanda_aws_acct_id says is Redpanda's. The database must be in another account: give the profile of the one that owns it as aws_profile.",
};

const clusterWithPipelineRole = {
  condition:
    '${var.trusted_principal_arn != null || data.redpanda_cluster.byoc.cluster_type == "byoc"}',
  errorMessage:
    "redpanda_cluster_id is ${var.redpanda_cluster_id}, a cluster of type ${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one.",
};

function local(scope: Construct, id: string, expression: string, comment: string): TerraformLocal {
  const value = new TerraformLocal(scope, id, expression);
  layout(value, { comment });
  return value;
}
