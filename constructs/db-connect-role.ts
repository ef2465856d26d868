import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn, type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { CurrentAccount } from "./current-account";
import type { TrustedPrincipal } from "./trusted-principal";

export interface DbConnectRoleProps {
  /** The database account. */
  readonly account: Pick<CurrentAccount, "id" | "partition">;
  /** Who alone may assume the role. */
  readonly trustedPrincipal: Pick<TrustedPrincipal, "arn" | "preconditions">;
  /**
   * Aurora's immutable resource id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. Not the identifier.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
   */
  readonly clusterResourceId: string;
}

/**
 * The role in the database account that the pipeline assumes: it may log in as one database
 * user, and nothing else.
 */
export class DbConnectRole extends Construct {
  readonly arn: string;
  /** The chain of roles for the pipeline: a Terraform expression. */
  readonly rolesExpression: string;
  /** What must exist before anyone logs in. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DbConnectRoleProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM" });
    const { account, trustedPrincipal, clusterResourceId } = props;

    const externalIdCondition = new TerraformLocal(
      this,
      "local.external_id_condition",
      '${{for id in compact([var.external_id]) : "Condition" => {StringEquals = {"sts:ExternalId" = id}}}}',
    );
    layout(externalIdCondition, { comment: "Empty without an external id." });
    const dbUserArn = new TerraformLocal(
      this,
      "local.db_user_arn",
      `arn:${account.partition}:rds-db:\${var.region}:${account.id}:dbuser:${clusterResourceId}/\${var.iam_auth_user}`,
    );
    layout(dbUserArn, {
      comment:
        "A database user has an ARN of its own, with the cluster's resource id, never its identifier or endpoint.",
    });

    const role = new IamRole(this, "aws_iam_role.allow_connect_to_aurora_iam_demo_user", {
      name: "${var.name_prefix}-allow_connect_to_aurora-iam-demo-user",
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          Fn.merge([
            {
              Sid: "TrustPipeline",
              Effect: "Allow",
              Principal: { AWS: trustedPrincipal.arn },
              Action: "sts:AssumeRole",
            },
            externalIdCondition.expression,
          ]),
        ],
      }),
      tags: { redpanda_scope_redpanda_connect: "true" },
      lifecycle: trustedPrincipal.preconditions && {
        precondition: [...trustedPrincipal.preconditions],
      },
    });
    layout(role, {
      comment:
        "The pipeline assumes this role. IAM resolves the principal when it saves the policy: it must exist by then, and one created again under the same name is another principal.",
      comments: { tags: "The principal's own policy allows only roles with this tag." },
    });

    const policy = new IamRolePolicy(
      this,
      "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy",
      {
        name: "${var.name_prefix}-allow_aurora-iam-demo-user-connect_policy",
        role: role.id,
        policy: Fn.jsonencode({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "ConnectAsDatabaseUser",
              Effect: "Allow",
              Action: "rds-db:connect",
              Resource: dbUserArn.expression,
            },
          ],
        }),
      },
    );
    this.ready = [policy];
    this.arn = role.arn;
    this.rolesExpression = `[{ role = ${role.arn}, external_id = var.external_id }]`;
  }
}
