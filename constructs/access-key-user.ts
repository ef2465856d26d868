import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { declareOutputs, profileOption } from "../outputs/output";
import type { AssumeRolePolicy } from "./assume-role-policy";

/**
 * The IAM user in the database account whose access key starts the chain of roles, where pipelines
 * have no role of their own. A person creates the key itself: one created by Terraform would be in the state.
 * @see https://docs.redpanda.com/redpanda-connect/guides/cloud/aws-iam-aurora/
 */
export class AccessKeyUser extends Construct {
  readonly arn: string;
  /** What must exist before its key is of use: the policy, once there is one, or else the user. */
  ready: readonly ITerraformDependable[];
  readonly #name: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM user for the access key" });
    const user = new IamUser(this, "aws_iam_user.redpanda_connect", {
      name: "${var.name_prefix}-redpanda-connect",
      forceDestroy: true,
    });
    layout(user, {
      comments: { force_destroy: "Keys are created by hand; destroy deletes them too." },
    });
    this.arn = user.arn;
    this.ready = [user];
    this.#name = user.name;

    declareOutputs(this, "IAM", {
      create_access_key_command: [
        `aws iam create-access-key --user-name ${user.name} --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text${profileOption}`,
        "Creates the access key and prints it: set TF_VAR_access_key_id and TF_VAR_secret_access_key to it and access_key_version to 1, and apply again.",
      ],
    });
  }

  /** Gives the user this policy, and no other. */
  attachPolicy({ name, document }: Pick<AssumeRolePolicy, "name" | "document">): void {
    const policy = new IamUserPolicy(this, "aws_iam_user_policy.assume_db_connect_role", {
      name,
      user: this.#name,
      policy: document,
    });
    this.ready = [policy];
  }
}
