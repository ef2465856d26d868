import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface MonitoringRoleProps {
  /** Of the cluster, whose instances are named after it: text with Terraform interpolations. */
  readonly clusterIdentifier: string;
  readonly clusterArn: string;
}

/**
 * The role by which RDS writes the metrics of the cluster's hosts (Enhanced Monitoring) to CloudWatch
 * Logs, for this cluster's instances and no other.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html
 */
export class MonitoringRole extends Construct {
  readonly arn: string;
  /** What must exist before an instance is given it. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: MonitoringRoleProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section: "IAM of the database's monitoring" });
    const { clusterIdentifier, clusterArn } = props;
    const name = `${clusterIdentifier}-monitoring`;

    const role = new IamRole(this, "aws_iam_role.rds_monitoring", {
      name,
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TrustMonitoringOfThisCluster",
            Effect: "Allow",
            Principal: { Service: "monitoring.rds.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringLike: {
                "aws:SourceArn": `${Fn.replace(clusterArn, ":cluster:", ":db:")}-*`,
              },
            },
          },
        ],
      }),
      tags: { Name: name },
    });
    layout(role, {
      comment:
        "RDS writes by it what the hosts of this cluster's instances do: processes, memory, load.",
    });
    const attachment = new IamRolePolicyAttachment(
      this,
      "aws_iam_role_policy_attachment.rds_monitoring",
      {
        role: role.name,
        policyArn: `arn:${Fn.element(Fn.split(":", clusterArn), 1)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
      },
    );
    this.arn = role.arn;
    this.ready = [attachment];
  }
}
