import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type ITerraformDependable, ref, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface LogGroupsProps {
  /** Of the cluster; part of each group's name, which RDS prescribes. */
  readonly clusterIdentifier: string;
  /** The logs that the cluster exports. */
  readonly logExports: readonly string[];
  /** Days for which a line is kept. */
  readonly retentionInDays: number;
  /** ARN of the key that encrypts them. @default - CloudWatch Logs' own */
  readonly kmsKeyId?: string;
}

/** A log group for each exported log. The cluster depends on them. */
export class LogGroups extends Construct {
  readonly ready: readonly ITerraformDependable[];
  /** Name of the group whose lines say why a token was refused. */
  readonly refusals: string;

  constructor(scope: Construct, id: string, props: LogGroupsProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "aws_cloudwatch_log_group.aurora", {
      name: `/aws/rds/cluster/${props.clusterIdentifier}/\${each.value}`,
      retentionInDays: props.retentionInDays,
      kmsKeyId: props.kmsKeyId,
    });
    const logs = props.logExports.map((log) => JSON.stringify(log)).join(", ");
    group.addOverride("for_each", `\${toset([${logs}])}`);
    layout(group, {
      comment:
        "RDS would create these groups itself, without a retention period, and leave them behind. iam-db-auth-error says why a token was refused.",
    });
    this.ready = [group];
    this.refusals = Token.asString(
      ref('aws_cloudwatch_log_group.aurora["iam-db-auth-error"].name'),
    );
  }
}
