import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { layout } from "../hcl";
import { Check } from "./check";

export interface DbAccessRoleProps {
  /** End of the names of roles and policies. */
  readonly nameSuffix: string;
  /** The one principal that may assume the first role. */
  readonly trustedRoleArn: string;
  /** Demanded on the first hop. @default - nothing is demanded */
  readonly externalId?: string;
  /** How many roles stand between the app and the database. */
  readonly hops: "1" | "2";
  /** Aurora's resource id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. */
  readonly clusterResourceId: string;
  /** Further database users, of other clusters or instances, by ARN. */
  readonly extraDbUserArns: string[];
}

/** The roles in the database's account: the last one may log in as the listed database users. */
export class DbAccessRole extends Construct {
  /** The first hop. */
  readonly arn: string;
  /** All hops in order, for the pipeline: a Terraform expression. */
  readonly rolesExpression: string;

  constructor(scope: Construct, id: string, props: DbAccessRoleProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM of the database" });
    const { nameSuffix, externalId } = props;

    const dbUserArn = new TerraformLocal(
      this,
      "local.aurora_db_user_arn",
      `arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${data.aws_caller_identity.current.account_id}:dbuser:${props.clusterResourceId}/\${var.iam_auth_user}`,
    );
    layout(dbUserArn, {
      comment:
        "A database user has an ARN of its own. It holds the cluster's resource id, never its identifier or endpoint.",
    });

    const first = assumable(this, "db_access_role", `cross-account-db-access-role${nameSuffix}`, {
      Effect: "Allow",
      Principal: { AWS: props.trustedRoleArn },
      Action: "sts:AssumeRole",
      ...(externalId ? { Condition: { StringEquals: { "sts:ExternalId": externalId } } } : {}),
    });
    let last = first;
    if (props.hops === "2") {
      last = assumable(this, "db_access_role_2", `cross-account-db-access-2${nameSuffix}`, {
        Effect: "Allow",
        Principal: { AWS: first.arn },
        Action: "sts:AssumeRole",
      });
      new IamRolePolicy(this, "aws_iam_role_policy.assume_second_role", {
        name: "AssumeSecondRole",
        role: first.id,
        policy: Fn.jsonencode({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: last.arn }],
        }),
      });
    }

    const policy = new IamPolicy(this, "aws_iam_policy.db_connect_policy", {
      name: `RDSIAMAuthPolicy${nameSuffix}`,
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["rds-db:connect"],
            Resource: Fn.concat([[dbUserArn.asString], props.extraDbUserArns]),
          },
        ],
      }),
    });
    new Check(this, "check.extra_dbuser_arns", ownAccount);
    new IamRolePolicyAttachment(this, "aws_iam_role_policy_attachment.db_access_attach", {
      role: last.name,
      policyArn: policy.arn,
    });

    this.arn = first.arn;
    const hop = (address: string, id: string) =>
      `{ role = aws_iam_role.${address}.arn, external_id = ${id} }`;
    this.rolesExpression = `[${[
      hop("db_access_role", externalId ? "var.external_id" : "null"),
      ...(props.hops === "2" ? [hop("db_access_role_2", "null")] : []),
    ].join(", ")}]`;
  }
}

/** A warning, because nothing is at stake: such a database user stays out of reach. */
const ownAccount = {
  condition:
    '${alltrue([for arn in var.extra_dbuser_arns : can(regex("^arn:${data.aws_partition.current.partition}:rds-db:[^:]+:${data.aws_caller_identity.current.account_id}:", arn))])}',
  errorMessage:
    "extra_dbuser_arns is ${jsonencode(var.extra_dbuser_arns)}. RDS lets in only roles of the database's own account, here ${data.aws_caller_identity.current.account_id}: the others' databases want a role there, which this one assumes.",
};

function assumable(scope: Construct, address: string, name: string, statement: object): IamRole {
  return new IamRole(scope, `aws_iam_role.${address}`, {
    name,
    assumeRolePolicy: Fn.jsonencode({ Version: "2012-10-17", Statement: [statement] }),
    tags: { Name: name },
  });
}
