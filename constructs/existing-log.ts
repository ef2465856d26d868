import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { Check } from "./check";

export interface ExistingLogProps {
  /** Of the cluster: text with Terraform interpolations. */
  readonly clusterIdentifier: string;
  /** Such as `iam-db-auth-error`. */
  readonly log: string;
}

/**
 * Whether a cluster that is there writes a log to CloudWatch. Its group is there from the first line on,
 * and a metric filter is refused where there is no group.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export class ExistingLog extends Construct {
  /** Name of its group. */
  readonly group: string;
  /** Expression: whether there is one. False where there are no alarms, for which alone it is asked. */
  readonly isThere: string;

  constructor(scope: Construct, id: string, { clusterIdentifier, log }: ExistingLogProps) {
    super(scope, id);
    layout(this, { file: "alarms.tf", section: "Alarms" });
    this.group = `/aws/rds/cluster/${clusterIdentifier}/${log}`;
    const groups = new DataAwsCloudwatchLogGroups(this, "aws_cloudwatch_log_groups.refusals", {
      logGroupNamePrefix: this.group,
    });
    groups.addOverride("count", "${length(var.alarm_topic_arns) > 0 ? 1 : 0}");
    layout(groups, {
      comment: "The log of refused tokens, if the cluster writes it to CloudWatch.",
    });
    this.isThere = `contains(flatten(data.aws_cloudwatch_log_groups.refusals[*].log_group_names), "${this.group}")`;
    new Check(this, "check.refusals_are_logged", {
      condition: `\${length(var.alarm_topic_arns) == 0 || ${this.isThere}}`,
      errorMessage: `There is no log group ${this.group} in \${var.region}, so no alarm is made of refused tokens. Let the cluster write the log, which interrupts nothing: aws rds modify-db-cluster --db-cluster-identifier ${clusterIdentifier} --cloudwatch-logs-export-configuration '{"EnableLogTypes":["${log}"]}' --region \${var.region}. Its group is there from the first line on: apply again then, or create it: aws logs create-log-group --log-group-name ${this.group} --region \${var.region}.`,
    });
  }
}
