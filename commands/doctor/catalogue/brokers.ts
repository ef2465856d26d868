import type { Entry, Step } from "./entry";
import { benthos, franz } from "./sources";
import { apply } from "./steps";

const kerr = franz("pkg/kerr/kerr.go");
const kgo = franz("pkg/kgo/broker.go");

const health: Step = { shell: "rpk cluster health" };

/** Where this module's output goes, and how it logs in there. */
const ofModule = (what: string) => ({
  byoc: [`This module's pipeline has ${what} right. Restore it:`, apply],
  ec2: [
    `This module's pipeline has ${what} right, if redpanda_brokers lists the addresses that rpk uses from that host:`,
    { shell: "rpk cluster info" },
    apply,
    { shell: "<docker_run_command>" },
  ],
});

/** What the brokers, and the Kafka client inside Connect, say beside output.ts. */
export const brokers: readonly Entry[] = [
  {
    id: "O8",
    text: "UNSUPPORTED_SASL_MECHANISM / ILLEGAL_SASL_STATE",
    pattern: /UNSUPPORTED_SASL_MECHANISM|ILLEGAL_SASL_STATE/,
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda",
    cause:
      "The listener does not expect this kind of login: another mechanism, or none at all, as a listener for certificates or an internal one.",
    fix: ofModule("the mechanism, SCRAM-SHA-256, and the listener"),
    versions: "all",
    source: kerr,
  },
  {
    id: "O9",
    text: "unable to initialize sasl: EOF / (is SASL missing?)",
    pattern: /unable to initialize sasl: (?:unexpected )?EOF|\(is SASL missing\?\)/,
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda",
    cause:
      "The broker closed the connection at the login: it requires one and none is configured, or it is another listener than the one for SASL.",
    fix: ofModule("the login and the listener"),
    versions: "all",
    source: kgo,
  },
  {
    id: "O10",
    text: "(is TLS misconfigured?) / is this a plaintext connection speaking to a tls endpoint? / is your broker port correct?",
    pattern:
      /\(is TLS misconfigured\?\)|is this a plaintext connection speaking to a tls endpoint|is your broker port correct\?|(?:redpanda|[Bb]roker).*tls: (?:first record does not look like a TLS handshake|oversized record received)/s,
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda Connect",
    cause:
      "Client and listener do not agree on TLS, or the port is that of another service, such as Redpanda's HTTP proxy or its schema registry.",
    fix: ofModule("TLS and the port"),
    versions: "all",
    source: kgo,
  },
  {
    id: "O11",
    text: "NOT_ENOUGH_REPLICAS / NOT_ENOUGH_REPLICAS_AFTER_APPEND",
    pattern: /NOT_ENOUGH_REPLICAS/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "Too few brokers are in sync to take rows. Connect tries again by itself; nothing is lost, the database keeps the changes.",
    fix: ["If it does not pass, a broker is down or its disk is full:", health],
    versions: "all",
    source: kerr,
  },
  {
    id: "O12",
    text: "REQUEST_TIMED_OUT / records have timed out before they were able to be produced / record failed after being retried too many times",
    pattern:
      /REQUEST_TIMED_OUT|records have timed out before they were able to be produced|record failed after being retried too many times|the maximum amount of records are buffered|unable to initialize a producer ID due to request failures/,
    hop: "write",
    speaker: "Redpanda Connect",
    cause:
      "The brokers did not take the rows in time: overloaded, without a leader for the partition, or reached only in part. Connect tries again by itself.",
    fix: [
      "If it does not pass, look at the cluster, and at the topic's leaders:",
      health,
      { shell: "rpk topic describe <cdc_output_topic> --print-partitions" },
    ],
    versions: "all",
    source: franz("pkg/kgo/errors.go"),
  },
  {
    id: "O13",
    text: "THROTTLING_QUOTA_EXCEEDED",
    pattern: /THROTTLING_QUOTA_EXCEEDED/,
    hop: "write",
    speaker: "Redpanda",
    cause: "The quota of the user or of the cluster is used up.",
    fix: ["Which quotas there are:", { shell: "rpk cluster quotas describe --any user" }, health],
    versions: "all",
    source: kerr,
  },
  {
    id: "O14",
    text: "RECORD_LIST_TOO_LARGE",
    pattern: /RECORD_LIST_TOO_LARGE/,
    hop: "write",
    speaker: "Redpanda",
    cause: "A batch of rows is larger than a segment of the topic.",
    fix: [
      "Send smaller batches (batching.count of the input), or raise the segment's size (here to 128 MiB):",
      { shell: "rpk topic alter-config <cdc_output_topic> --set segment.bytes=134217728" },
    ],
    versions: "all",
    source: kerr,
  },
  {
    id: "O15",
    text: "INVALID_RECORD: This record has failed the validation on the broker",
    pattern: /INVALID_RECORD: /,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "The topic refuses the row: it is compacted and the row has no key, or it validates schemas and the row has none.",
    fix: [
      "What the topic asks for (cleanup.policy, redpanda.value.schema.id.validation):",
      { shell: "rpk topic describe <cdc_output_topic> --print-configs" },
      "This module's topic asks for neither:",
      { shell: "rpk topic alter-config <cdc_output_topic> --set cleanup.policy=delete" },
    ],
    versions: "all",
    source: kerr,
  },
  {
    id: "O16",
    text: "POLICY_VIOLATION",
    pattern: /POLICY_VIOLATION: /,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "A policy of the cluster refuses the request, such as its limit of partitions or its least replication factor.",
    fix: [
      "The topic and the cluster's partitions:",
      { shell: "rpk topic list --detailed" },
      health,
    ],
    versions: "all",
    source: kerr,
  },
  {
    id: "O17",
    text: "KAFKA_STORAGE_ERROR / UNKNOWN_SERVER_ERROR",
    pattern: /KAFKA_STORAGE_ERROR|UNKNOWN_SERVER_ERROR/,
    hop: "write",
    speaker: "Redpanda",
    cause: "A broker failed, or its disk is full. Connect tries again by itself.",
    fix: {
      byoc: [
        "Look at the cluster; if it is not healthy, give the cluster id <redpanda_cluster_id> to Redpanda's support:",
        health,
      ],
      ec2: [
        "Look at the cluster and at its disks:",
        health,
        { shell: "rpk cluster logdirs describe" },
      ],
    },
    versions: "all",
    source: kerr,
  },
  {
    id: "O19",
    text: "connection initialization failed (logged at TRACE)",
    pattern: /connection initialization failed/,
    level: "DEBUG",
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda Connect",
    cause:
      "A connection to a broker was opened and broke off before the login was done. The client tries again by itself; warnings say more if it does not succeed.",
    fix: ofModule("TLS, the login and the listener"),
    vague: true,
    versions: "all",
    source: kgo,
  },
  {
    id: "O18",
    text: "Rejecting … message(s) for output '…' because they failed a processing step and strict error handling is enabled",
    pattern: /message\(s\) for output '[^']*' because they failed a processing step/,
    hop: "write",
    speaker: "Redpanda Connect",
    cause:
      "A processor fails on a row, for the reason in the message (example error), and the input sends that row again and again: nothing behind it is written.",
    fix: [
      "This module's processors take every row. Restore them; in a pipeline of your own, mend the mapping or wrap it in try and catch:",
      apply,
    ],
    versions: "all with error_handling.strategy",
    source: benthos("internal/component/output/async_writer.go"),
  },
  {
    id: "O20",
    text: "LEADER_NOT_AVAILABLE: There is no leader for this topic-partition …",
    pattern: /LEADER_NOT_AVAILABLE/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "A partition of the topic has no leader: the broker that had it is down, or leaders are being elected. Connect keeps its rows and tries again by itself; nothing is lost.",
    fix: ["If it does not pass within minutes, a broker is down:", health],
    versions: "all",
    source: kerr,
  },
];
