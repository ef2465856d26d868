import { engines } from "../engines";
import type { Alarm } from "../engines/alarms";

/** `docs/alarms.md`: what each alarm is on, and why. */
export function alarmsPage(): string {
  const rows = new Map<string, { alarm: Alarm; products: string[]; thresholds: string[] }>();
  for (const { product, alarms } of engines) {
    for (const [name, alarm] of Object.entries(alarms)) {
      const row = rows.get(name) ?? { alarm, products: [], thresholds: [] };
      row.products.push(product);
      row.thresholds.push(thresholdOf(alarm));
      rows.set(name, row);
    }
  }
  const table = [...rows].map(([name, { alarm, products, thresholds }]) => {
    const where = [
      products.length < engines.length ? products.join(", ") : "",
      alarm.only ? { serverless: "Serverless v2", provisioned: "provisioned" }[alarm.only] : "",
    ].filter(Boolean);
    const threshold =
      [...new Set(thresholds)].length > 1
        ? thresholds.map((one, i) => `${one} (${products[i]})`).join(", ")
        : thresholds[0];
    return `| ${[
      `\`${name}\``,
      where.join(", ") || "all",
      `\`${alarm.metric}\`, ${alarm.statistic.toLowerCase()}`,
      `${alarm.alarming} ${threshold}: ${alarm.because}`,
      `\`${alarm.missing.treat}\`: ${alarm.missing.because}`,
    ].join(" | ")} |`;
  });
  return `<!-- Generated from engines/alarms.ts and pages/alarms.ts. Do not edit: change them there, and run \`npm run docs\`. -->
# Who is told when it stops?

Nobody, until you name SNS topics: then CloudWatch tells them what is wrong with the database and the logins, and when it is over. What CloudWatch cannot see, [Redpanda's own metrics](#what-if-no-row-arrives) show.

\`\`\`hcl
alarm_topic_arns = ["arn:aws:sns:us-east-2:123456789012:on-call"]
alarm_thresholds = { connections = 1600 }
\`\`\`

The topics must be in the cluster's region, and may be of another account whose policy allows \`cloudwatch.amazonaws.com\`. A topic that is encrypted must be so with a key of your own which allows that too: [CloudWatch cannot use AWS's own key](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html), and tells nobody without a word. An empty list takes all alarms away.

Each alarm is judged three times, five minutes apart: what is over sooner, wakes nobody. It is on the instance that writes, whichever that is after a failover. Its description ends with the command that looks further, and names the [entries of \`doctor\`](troubleshooting.md).

## What is watched?

The names of the alarms begin with the cluster's, and end as in the first column, which is also the key in \`alarm_thresholds\`. The metrics are [those that AWS publishes for Aurora](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html), by [\`DBClusterIdentifier\` and \`Role\`](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/dimensions.html).

| alarm | where | metric | alarming | without data |
|---|---|---|---|---|
${table.join("\n")}
| \`refused-tokens\` | all | lines of the log \`iam-db-auth-error\` about the pipeline's user, as the metric \`RefusedTokens\` in the namespace \`rpcn-aurora/<cluster>\`, sum | from 1 on in five minutes: a pipeline that is refused tries again every second | \`notBreaching\`: where nothing is refused, there is no line |

With [a cluster that you have](existing-cluster.md), the plan looks of which kind its instances are, and whether it writes that log: without it, the plan warns, and there is no \`refused-tokens\`. Whoever applies needs [a few permissions more](existing-cluster.md#what-does-the-module-need-to-be-allowed).

## What does it cost?

At list prices, an alarm costs 0.10 USD a month, and the metric of refused tokens 0.30 USD for a month in which some are refused, by the hour: [CloudWatch's prices](https://aws.amazon.com/cloudwatch/pricing/) have your region's. The metrics of Aurora are free.

## What if no row arrives?

CloudWatch sees the database, not the topic. A pipeline that stands still shows in PostgreSQL as \`slot-lag\`, once a GiB has been written; in MySQL as nothing at all. Redpanda counts the records of each topic, and a Prometheus that scrapes [the cluster's endpoint](https://docs.redpanda.com/cloud-data-platform/manage/monitor-cloud/) (Redpanda Cloud > the cluster > Overview > How to connect > Prometheus) can say that there were none:

\`\`\`yaml
${ofTopics}\`\`\`

The first is for tables that always change within half an hour; where they rest for longer, make it longer. With MySQL and \`heartbeat = true\`, the second needs no such guess: an event writes a row a minute to \`rpcn_heartbeat\`, the pipeline captures it and sends none of it, and a new position goes to the topic of checkpoints. That costs 1,440 small writes a day and as many records in a compacted topic: cents. PostgreSQL's heartbeat, every five minutes, moves the replication slot and leaves no record: there \`slot-lag\` is what tells.

On [a host of your own](ec2.md), Redpanda Connect itself is scraped, at port 4195 of its container and the path \`/metrics\` ([its names](https://docs.redpanda.com/redpanda-connect/components/metrics/about/)):

\`\`\`yaml
${ofConnect}\`\`\`

## What fills the disk?

A pipeline that stands still holds back the write-ahead log, and Aurora's storage grows by what is written meanwhile: \`wal-size\` says so long before it matters to anything but the bill. Start the pipeline, or give it up: \`terraform output -raw db_cleanup_command\` drops the slot. In MySQL the binary log goes after \`binlog_retention_hours\`, read or not, and with it [the position](positions.md).
`;
}

function thresholdOf({ metric, threshold }: Alarm): string {
  if (threshold >= 2 ** 30) return `${threshold / 2 ** 30} GiB`;
  if (metric.includes("Lag")) return `${threshold.toLocaleString("en")} milliseconds`;
  return metric.includes("Utilization") ? `${threshold} %` : String(threshold);
}

/**
 * Of the brokers. A counter is there once something was written, and starts anew with its broker:
 * where it is missing, nobody writes either.
 * @see https://docs.redpanda.com/cloud-data-platform/reference/public-metrics-reference/
 */
export const ofTopics = rules("rpcn-aurora", [
  {
    alert: "NoRowArrives",
    expr: nothingIn("redpanda_kafka_records_produced_total", topic("iam_auth_topic_test"), "30m"),
    summary: "No row of the listed tables has arrived for half an hour.",
  },
  {
    alert: "PipelineStandsStill",
    expr: nothingIn("redpanda_kafka_records_produced_total", topic("cdc_checkpoints"), "10m"),
    summary: "MySQL, heartbeat = true: the pipeline has kept no position for ten minutes.",
  },
]);

/** @see https://docs.redpanda.com/redpanda-connect/components/metrics/about/ */
export const ofConnect = rules("rpcn-aurora-host", [
  {
    alert: "NoRowArrives",
    expr: nothingIn("output_sent", 'job="rpconnect"', "30m"),
    summary: "Redpanda Connect has sent no row for half an hour, or does not run.",
  },
  {
    alert: "RowsAreRefused",
    expr: 'sum(increase(output_error{job="rpconnect"}[15m])) > 0',
    summary: "Redpanda takes rows only after retries, or not at all.",
  },
]);

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly summary: string;
}

function topic(name: string): string {
  return `redpanda_namespace="kafka", redpanda_topic="<name_prefix>.${name}"`;
}

/** PromQL: true where a counter has not grown, or is not there. */
function nothingIn(counter: string, labels: string, time: string): string {
  return `sum(increase(${counter}{${labels}}[${time}])) == 0 or absent(${counter}{${labels}})`;
}

/** A file of rules. @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
function rules(group: string, listed: readonly Rule[]): string {
  const each = listed.map(
    ({ alert, expr, summary }) => `      - alert: ${alert}
        expr: |-
          ${expr}
        for: 5m
        annotations:
          summary: "${summary}"
          description: "npx rpcn-aurora doctor --live --state . says why."
`,
  );
  return `groups:\n  - name: ${group}\n    rules:\n${each.join("")}`;
}
