import { DataAwsRdsCluster } from "@cdktf/provider-aws/lib/data-aws-rds-cluster";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { PasswordSecret } from "./password-secret";

export interface ManagedSecretProps {
  readonly clusterIdentifier: string;
  /** What the secret comes with. */
  readonly cluster: ITerraformDependable;
  /** Whether there is one whatever `manage_master_password` says. */
  readonly isManaged: boolean;
}

/**
 * The secret in which RDS keeps the master user's password, where `manage_master_password` is true.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
 */
export class ManagedSecret extends Construct {
  readonly secret: PasswordSecret;

  constructor(scope: Construct, id: string, props: ManagedSecretProps) {
    super(scope, id);
    // https://github.com/hashicorp/terraform-provider-aws/issues/31557
    const cluster = new DataAwsRdsCluster(this, "aws_rds_cluster.managed", {
      count: props.isManaged ? undefined : Token.asNumber("${var.manage_master_password ? 1 : 0}"),
      clusterIdentifier: props.clusterIdentifier,
      dependsOn: [props.cluster],
    });
    layout(cluster, {
      comment:
        "Read after the cluster itself, which tells no secret in the apply that first asks RDS for one.",
    });
    this.secret = new PasswordSecret(
      this,
      "secret",
      props.isManaged
        ? {
            arn: "data.aws_rds_cluster.managed.master_user_secret[0].secret_arn",
            isThere: "true",
            comment: "The secret with the master user's password.",
          }
        : {
            arn: "one(data.aws_rds_cluster.managed[*].master_user_secret[0].secret_arn)",
            isThere: "var.manage_master_password",
            comment:
              "The secret with the master user's password; null without manage_master_password.",
          },
    );
  }
}
