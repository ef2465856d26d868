import type { Variable } from "./variable";

/** Name of the alarm on tokens that the database refuses, which no engine publishes by itself. */
export const refusedTokens = "refused-tokens";

/** Whom the alarms tell, and what else than usual is alarming. @param published ends of alarms' names */
export function alarms(published: readonly string[]): Record<string, Variable> {
  const names = [...published, refusedTokens];
  return {
    alarm_topic_arns: {
      type: "list(string)",
      default: [],
      description:
        "ARNs of SNS topics that CloudWatch tells when something is wrong with the database or the logins, and when it is over, such as arn:aws:sns:us-east-2:123456789012:on-call: `aws sns list-topics --query 'Topics[].TopicArn'`. []: there is no alarm.",
      validation: [
        {
          condition:
            '${alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", arn))])}',
          errorMessage:
            "alarm_topic_arns is ${jsonencode(var.alarm_topic_arns)}. Each must be the ARN of a standard SNS topic, such as arn:aws:sns:us-east-2:123456789012:on-call (not of a subscription, and not of a FIFO topic, which takes no message without a group): `aws sns list-topics --query 'Topics[].TopicArn' --region ${var.region}`.",
        },
        {
          condition:
            '${alltrue([for arn in var.alarm_topic_arns : split(":", "${arn}::::")[3] == var.region])}',
          errorMessage:
            "alarm_topic_arns is ${jsonencode(var.alarm_topic_arns)}, and region is ${jsonencode(var.region)}. An alarm tells topics of its own region alone: create one there, `aws sns create-topic --name on-call --region ${var.region}`, with the same subscribers.",
        },
        {
          condition: "${length(distinct(var.alarm_topic_arns)) <= 5}",
          errorMessage:
            "alarm_topic_arns is ${jsonencode(var.alarm_topic_arns)}. An alarm tells five topics at most: subscribe more people to one of them.",
        },
      ],
    },
    alarm_thresholds: {
      type: "map(number)",
      default: {},
      description: `What is alarming where the usual is not, by the end of the alarm's name: ${names.join(", ")}. Such as { connections = 1600 }; docs/alarms.md of the generator has the units.`,
      validation: [
        {
          condition: `\${length(setsubtract(keys(var.alarm_thresholds), ${JSON.stringify(names)})) == 0}`,
          errorMessage: `alarm_thresholds is \${jsonencode(var.alarm_thresholds)}. It must name alarms that there are: ${names.join(", ")}.`,
        },
        {
          condition:
            "${alltrue([for threshold in values(var.alarm_thresholds) : try(threshold >= 0, false)])}",
          errorMessage:
            "alarm_thresholds is ${jsonencode(var.alarm_thresholds)}. Each must be a number of 0 or more, in the unit of the alarm's metric.",
        },
      ],
    },
  };
}
