import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Alarm } from "../engines/alarms";
import type { Engine } from "../engines/engine";
import { expression } from "../templates/expression";
import { refusedTokens } from "../variables/alarms";

/** What alarms must know of a cluster. */
export interface WatchedCluster {
  /** Begins the names of the alarms, which are one's own in an account and region. */
  readonly name: string;
  /** Of the cluster, once it is there. */
  readonly identifier: string;
  /** Whether it has instances of that kind: expressions, `true` or `false` where it is known. */
  readonly classes: Readonly<Record<"serverless" | "provisioned", string>>;
  /** The log `iam-db-auth-error`. */
  readonly log: {
    /** Name of its log group. */
    readonly group: string;
    /** Expression: whether there is such a group. @default - there is */
    readonly isThere?: string;
  };
}

export interface AlarmsProps {
  readonly engine: Engine;
  readonly cluster: WatchedCluster;
}

/**
 * Tells SNS topics what is wrong with the database and the logins, where `alarm_topic_arns` names any.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export class Alarms extends Construct {
  /** Nothing waits for them. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { engine, cluster }: AlarmsProps) {
    super(scope, id);
    layout(this, { file: "alarms.tf", section: "Alarms" });
    const { name, identifier, log } = cluster;

    const rows = Object.entries(engine.alarms)
      .filter(([, { only }]) => !only || cluster.classes[only] !== "false")
      .map(([end, alarm]) => [end, rowOf(alarm, cluster)] as const);
    const table = new TerraformLocal(this, "local.alarms", Object.fromEntries(rows));
    layout(table, {
      comment:
        "What Aurora publishes, and when it is alarming: docs/alarms.md of the generator has the reasons.",
    });
    const published = rows.some(([, row]) => "published" in row)
      ? " && try(alarm.published, true)"
      : "";
    const alarm = new CloudwatchMetricAlarm(this, "aws_cloudwatch_metric_alarm.aurora", {
      alarmName: `${name}-\${each.key}`,
      alarmDescription: withCommand("${each.value.description}"),
      namespace: "AWS/RDS",
      metricName: "${each.value.metric}",
      // Whichever instance writes, also after a failover.
      dimensions: { DBClusterIdentifier: identifier, Role: "WRITER" },
      statistic: "${each.value.statistic}",
      comparisonOperator: "${each.value.comparison}",
      threshold: Token.asNumber("${lookup(var.alarm_thresholds, each.key, each.value.threshold)}"),
      treatMissingData: "${each.value.missing}",
      ...forAQuarterOfAnHour,
      ...tellsTopics,
    });
    alarm.addOverride(
      "for_each",
      `\${{ for name, alarm in local.alarms : name => alarm if length(var.alarm_topic_arns) > 0${published} }}`,
    );
    layout(alarm, {
      comments: { dimensions: "Whichever instance writes, also after a failover." },
    });

    const metric = { name: "RefusedTokens", namespace: `rpcn-aurora/${name}` };
    const filter = new CloudwatchLogMetricFilter(
      this,
      "aws_cloudwatch_log_metric_filter.refused_tokens",
      {
        name: `${name}-${refusedTokens}`,
        logGroupName: log.group,
        pattern: refusals("${var.iam_auth_user}"),
        metricTransformation: { ...metric, value: "1", unit: "Count" },
      },
    );
    const isLogged = log.isThere ? ` && ${log.isThere}` : "";
    filter.addOverride("count", expression(`length(var.alarm_topic_arns) > 0${isLogged} ? 1 : 0`));
    layout(filter, {
      comment:
        "Every line of this log is a login that IAM refused; of all users', those of the pipeline's. AWS writes the name with quotes or without.",
    });
    const refused = new CloudwatchMetricAlarm(this, "aws_cloudwatch_metric_alarm.refused_tokens", {
      alarmName: `${name}-${refusedTokens}`,
      alarmDescription: withCommand(
        described(
          "The database refuses the pipeline's tokens, and its log iam-db-auth-error says why.",
          ["D1", "D2", "D3", "D4", "D5"],
        ),
      ),
      namespace: metric.namespace,
      metricName: metric.name,
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: Token.asNumber(`\${lookup(var.alarm_thresholds, "${refusedTokens}", 1)}`),
      treatMissingData: "notBreaching",
      ...forAQuarterOfAnHour,
      ...tellsTopics,
    });
    refused.addOverride("count", "${length(aws_cloudwatch_log_metric_filter.refused_tokens)}");
    layout(refused, {
      comments: { treat_missing_data: "Without a line there is no data: nothing was refused." },
    });
    this.ready = [alarm, filter, refused];
  }
}

/** Once may be a failover, a restart, or a role that AWS does not know everywhere yet. */
const forAQuarterOfAnHour = { period: 300, evaluationPeriods: 3 };

const tellsTopics: Pick<CloudwatchMetricAlarmConfig, "alarmActions" | "okActions"> = {
  alarmActions: Token.asList("${var.alarm_topic_arns}"),
  okActions: Token.asList("${var.alarm_topic_arns}"),
};

function rowOf(alarm: Alarm, { classes }: WatchedCluster): Readonly<Record<string, unknown>> {
  const { metric, statistic, alarming, threshold, missing, meaning, entries, only } = alarm;
  const published = only ? classes[only] : "true";
  return {
    metric,
    statistic,
    comparison: { above: "GreaterThanThreshold", below: "LessThanThreshold" }[alarming],
    threshold,
    missing: missing.treat,
    description: described(meaning, entries),
    ...(published === "true" ? {} : { published: expression(published) }),
  };
}

/** What has happened, and what the doctor knows of it. */
function described(meaning: string, entries: readonly string[]): string {
  return entries.length > 0 ? `${meaning} Entries of the doctor: ${entries.join(", ")}.` : meaning;
}

/** What whoever is woken does first. */
function withCommand(description: string): string {
  return `${description} To see why, run in the module's folder: npx rpcn-aurora doctor --live --state .`;
}

/**
 * Pattern of the lines by which IAM refuses one user: every one is of the form `[ERROR] Failed to … the
 * connection request for user … because …` or `due to …`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Troubleshooting.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function refusals(user: string): string {
  const request = "the connection request for user";
  return `?"${request} ${user}" ?"${request} '${user}'"`;
}
