import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen } from "../choices";
import { expression } from "../templates/expression";
import { prefixed } from "../variables/account";
import { variable } from "../variables/variable";
import { type Assertion, Check } from "./check";
import type { CurrentAccount } from "./current-account";

export interface DbAccessRoleProps {
  /** End of the names of roles and policies. */
  readonly nameSuffix: string;
  /** The database account. */
  readonly account: Pick<CurrentAccount, "id" | "partition">;
  /** The one principal that may assume the first role. */
  readonly trustedRoleArn: string;
  /** Demanded on the first hop. @default - nothing is demanded */
  readonly externalId?: string;
  /** How many roles stand between the app and the database. */
  readonly hops: Chosen<"hops">;
  /** Aurora's resource id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. */
  readonly clusterResourceId: string;
}

/** The roles in the database account: the last one may log in as the listed database users. */
export class DbAccessRole extends Construct {
  /** The first hop. */
  readonly arn: string;
  /** The chain of roles for the pipeline: a Terraform expression. */
  readonly rolesExpression: string;
  /** ARN of the database user, as IAM knows it. */
  readonly dbUserArn: string;
  /** What must exist before anyone logs in. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DbAccessRoleProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM of the database" });
    const { nameSuffix, account, externalId } = props;

    const dbUserArn = new TerraformLocal(
      this,
      "local.aurora_db_user_arn",
      `arn:${account.partition}:rds-db:\${var.region}:${account.id}:dbuser:${props.clusterResourceId}/\${var.iam_auth_user}`,
    );
    layout(dbUserArn, {
      comment:
        "A database user has an ARN of its own, with the cluster's resource id, never its identifier or endpoint.",
    });

    const first = assumable(this, "db_access_role", `cross-account-db-access-role${nameSuffix}`, {
      Sid: "TrustAppRole",
      Effect: "Allow",
      Principal: { AWS: props.trustedRoleArn },
      Action: "sts:AssumeRole",
      ...(externalId ? { Condition: { StringEquals: { "sts:ExternalId": externalId } } } : {}),
    });
    let last = first;
    if (props.hops === "2") {
      last = assumable(this, "db_access_role_2", `cross-account-db-access-2${nameSuffix}`, {
        Sid: "TrustFirstRole",
        Effect: "Allow",
        Principal: { AWS: first.arn },
        Action: "sts:AssumeRole",
      });
      new IamRolePolicy(this, "aws_iam_role_policy.assume_second_role", {
        name: "AssumeSecondRole",
        role: first.id,
        policy: Fn.jsonencode({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "AssumeSecondRole",
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Resource: last.arn,
            },
          ],
        }),
      });
    }

    const policy = new IamPolicy(this, "aws_iam_policy.db_connect_policy", {
      name: prefixed(`RDSIAMAuthPolicy${nameSuffix}`),
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ConnectAsDatabaseUsers",
            Effect: "Allow",
            Action: ["rds-db:connect"],
            Resource: Fn.concat([
              [dbUserArn.asString],
              Token.asList(variable("extra_dbuser_arns")),
            ]),
          },
        ],
      }),
    });
    new Check(this, "check.extra_dbuser_arns", areOfAccount(account));
    const attachment = new IamRolePolicyAttachment(
      this,
      "aws_iam_role_policy_attachment.db_access_attach",
      {
        role: last.name,
        policyArn: policy.arn,
      },
    );

    this.ready = [attachment];
    this.arn = first.arn;
    this.dbUserArn = dbUserArn.asString;
    const second = last === first ? "" : `, { role = ${last.arn}, external_id = null }`;
    this.rolesExpression = `[{ role = ${first.arn}, external_id = ${externalId ?? "null"} }${second}]`;
  }
}

/** A warning, because nothing is at stake: such a database user stays out of reach. */
const areOfAccount = ({ id, partition }: DbAccessRoleProps["account"]): Assertion => ({
  condition: expression(
    `alltrue([for arn in var.extra_dbuser_arns : can(regex("^arn:\${${partition}}:rds-db:[^:]+:\${${id}}:", arn))])`,
  ),
  errorMessage: `extra_dbuser_arns is \${jsonencode(var.extra_dbuser_arns)}. RDS lets in only roles of the database's own account, here ${id}: a database in another account requires a role there, which this one assumes.`,
});

function assumable(scope: Construct, address: string, role: string, statement: object): IamRole {
  const name = prefixed(role);
  return new IamRole(scope, `aws_iam_role.${address}`, {
    name,
    assumeRolePolicy: Fn.jsonencode({ Version: "2012-10-17", Statement: [statement] }),
    tags: { Name: name },
  });
}
