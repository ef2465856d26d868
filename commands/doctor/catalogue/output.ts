import type { Entry, Marker } from "./entry";
import { benthos, franz } from "./sources";
import { apply, lookAtAcls, takeOut } from "./steps";

const kerr = franz("pkg/kerr/kerr.go");

/** What mends a table without a topic of its own. */
const renamed =
  "Where each table has a topic and one was renamed, put its new name into cdc_tables, cdc_tables_by_schema or cdc_tables_by_database.";

/** How Connect, and the Kafka client inside it, begin where there is no connection. */
const notReached =
  "(?:Failed to (?:connect|send message) to redpanda|Kafka broker connection failed|unable to open connection to broker)";

/** What Redpanda answers when rows are written. */
export const output: readonly Entry[] = [
  {
    id: "O1",
    text: "SASL_AUTHENTICATION_FAILED: SASL Authentication failed.",
    pattern: /SASL_AUTHENTICATION_FAILED/,
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda",
    cause:
      "Redpanda does not know the user <rp_sasl_user>, or the password or the mechanism is wrong. A running pipeline does not see a changed secret.",
    fix: {
      byoc: [
        "Send the password again, to the user and to the secret, and restart the pipeline: raise rp_sasl_password_version by one, then, with TF_VAR_rp_sasl_password set:",
        apply,
      ],
      ec2: [
        "The container gets the password from its environment: compare it with the user's, and check that mechanism is SCRAM-SHA-256:",
        { shell: "rpk security user list" },
        {
          shell:
            "rpk security user update <rp_sasl_user> --mechanism SCRAM-SHA-256 --new-password '…'",
        },
      ],
    },
    versions: "all",
    source: kerr,
  },
  {
    id: "O2",
    text: "UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.",
    pattern: /UNKNOWN_TOPIC_OR_PARTITION/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "A topic does not exist, and the pipeline does not create it: it stands still for all tables. With --topics per-table, a table that was renamed has none under its new name.",
    fix: {
      byoc: [
        "The pipeline writes to <cdc_output_topic>, which the module creates:",
        { shell: "rpk topic describe <cdc_output_topic>" },
        `${renamed} Then:`,
        apply,
      ],
      ec2: [
        { shell: "rpk topic create <cdc_output_topic>" },
        `${renamed} Apply, create its topic, and start the container again.`,
      ],
    },
    versions: "all",
    source: kerr,
  },
  {
    id: "O3",
    text: "TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]",
    pattern: /TOPIC_AUTHORIZATION_FAILED/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "The user <rp_sasl_user> may not write to the topic: it requires WRITE and DESCRIBE on <cdc_output_topic>. Redpanda answers the same for a topic that does not exist, to a user without an ACL on its name.",
    fix: [
      "Is the topic there?",
      { shell: "rpk topic describe <cdc_output_topic>" },
      "Then look at the ACLs, and add what is missing:",
      lookAtAcls,
      {
        shell:
          "rpk security acl create --allow-principal User:<rp_sasl_user> --operation write,describe --topic <acl_topics>",
      },
    ],
    versions: "all",
    source: kerr,
  },
  {
    id: "O4",
    text: "CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed.",
    pattern: /CLUSTER_AUTHORIZATION_FAILED/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "The idempotent producer was refused. Redpanda allows it to everyone who may write to some topic, so either the user <rp_sasl_user> may write to none, or an ACL denies it.",
    fix: [
      "The user requires WRITE and DESCRIBE on <cdc_output_topic>, and no DENY on the cluster:",
      lookAtAcls,
      { shell: "rpk security acl list --deny-principal User:<rp_sasl_user>" },
      {
        shell:
          "rpk security acl create --allow-principal User:<rp_sasl_user> --operation write,describe --topic <acl_topics>",
      },
    ],
    versions: "all",
    source: "https://github.com/redpanda-data/redpanda/pull/3368",
  },
  {
    id: "O5",
    text: "MESSAGE_TOO_LARGE: The request included a message larger than the max message size the server will accept.",
    pattern: /MESSAGE_TOO_LARGE/,
    hop: "write",
    speaker: "Redpanda",
    cause: "A row, or a batch of rows, is larger than the topic accepts.",
    fix: {
      byoc: [
        "This module's pipeline sends rows of up to 20 MiB. Let the topic take as much, if it takes less:",
        { shell: "rpk topic describe <cdc_output_topic> --print-configs" },
        { shell: "rpk topic alter-config <cdc_output_topic> --set max.message.bytes=20971520" },
        `A row that is larger still cannot be sent: make it smaller, or ${takeOut}.`,
      ],
      ec2: [
        "This module's pipeline sends rows of up to 1 MiB. Let the topic take as much, if it takes less:",
        { shell: "rpk topic describe <cdc_output_topic> --print-configs" },
        { shell: "rpk topic alter-config <cdc_output_topic> --set max.message.bytes=1048576" },
        "For larger rows (here of 8 MiB) raise both: the topic's limit, and in the output of a copy of generated_pipeline.yaml that you run instead:",
        { yaml: "max_message_bytes: 8MiB" },
      ],
    },
    versions: "all",
    source: kerr,
  },
  {
    id: "O6",
    text: "Failed to connect to redpanda: unable to dial: tls: … x509: certificate signed by unknown authority / is valid for …, not …",
    pattern: new RegExp(
      `${notReached}: .*x509: (?:certificate signed by unknown authority|certificate is (?:not )?valid for|cannot validate certificate for|.*certificate is not trusted)`,
      "s",
    ),
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda Connect",
    cause:
      "The brokers' certificate is signed by an authority that this machine does not know, or holds for another name than the one by which they are called.",
    fix: {
      byoc: [
        "The brokers of Redpanda Cloud have public certificates: something between answers in their place, or the cluster is broken. Give the cluster id <redpanda_cluster_id> to Redpanda's support.",
      ],
      ec2: [
        "Compare redpanda_brokers with the names in the certificate. Where the authority is one of your own, put its certificate into a folder, mount that as /authorities and add `--env SSL_CERT_DIR=/authorities`: the public ones stay known.",
        { shell: "<docker_run_command>" },
      ],
    },
    versions: "all",
    source: franz("pkg/kgo/broker.go"),
  },
  {
    id: "O7",
    text: "Failed to connect to redpanda: unable to dial: dial tcp …: connection refused / no such host / i/o timeout",
    pattern: new RegExp(`${notReached}: .*dial tcp`, "s"),
    hop: "write",
    untilConnected: true,
    speaker: "Redpanda Connect",
    cause:
      "No broker is reached: the name, the port or the way there is wrong, or none of them runs.",
    fix: {
      byoc: [
        "The pipeline runs beside its brokers, and their addresses are the cluster's own. Look whether the cluster is healthy:",
        { shell: "rpk cluster health" },
      ],
      ec2: [
        "redpanda_brokers must list host:port as rpk reaches them from that host, through its security group:",
        { shell: "rpk cluster info" },
      ],
    },
    versions: "all",
    source: franz("pkg/kgo/broker.go"),
  },
];

/** What says that Redpanda is ready to take rows. */
export const outputMarkers: readonly Marker[] = [
  {
    id: "S11",
    text: "Output type redpanda is now active (or kafka_franz)",
    pattern: /^Output type (?:redpanda|kafka_franz|redpanda_common) is now active/,
    level: "INFO",
    proves: ["start"],
    connects: true,
    source: benthos("internal/component/output/async_writer.go"),
  },
  {
    id: "S14",
    text: "connection initialized successfully (logged at TRACE)",
    pattern: /^connection initialized successfully/,
    level: "DEBUG",
    proves: ["start"],
    connects: true,
    source: franz("pkg/kgo/broker.go"),
  },
  {
    id: "S12",
    text: "Successfully wrote … messages to 'redpanda' (logged at TRACE)",
    pattern: /^Successfully wrote \d+ messages to '(?:redpanda|kafka_franz|redpanda_common)'/,
    level: "DEBUG",
    proves: ["start", "config", "write"],
    source: benthos("internal/component/output/async_writer.go"),
  },
];
