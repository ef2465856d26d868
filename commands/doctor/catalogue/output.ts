import type { Entry, Marker, Step } from "./entry";
import { benthos, franz } from "./sources";

const kerr = franz("pkg/kerr/kerr.go");

const lookAtAcls: Step = { shell: "rpk security acl list --allow-principal User:<rp_sasl_user>" };

/** What Redpanda answers when rows are written. */
export const output: readonly Entry[] = [
  {
    id: "O1",
    text: "SASL_AUTHENTICATION_FAILED: SASL Authentication failed.",
    pattern: /SASL_AUTHENTICATION_FAILED/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "Redpanda does not know the user <rp_sasl_user>, or the password or the mechanism is wrong. A running pipeline does not see a changed secret.",
    fix: {
      byoc: [
        "Send the password again, to the user and to the secret, and restart the pipeline: raise rp_sasl_password_version by one, then, with TF_VAR_rp_sasl_password set:",
        { shell: "terraform apply" },
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
    cause: "The topic does not exist, and the pipeline does not create it.",
    fix: {
      byoc: [
        "The pipeline writes to <cdc_output_topic>, which the module creates:",
        { shell: "rpk topic describe <cdc_output_topic>" },
        { shell: "terraform apply" },
      ],
      ec2: [{ shell: "rpk topic create <cdc_output_topic>" }],
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
      "The user <rp_sasl_user> may not write to the topic: it requires WRITE and DESCRIBE on <cdc_output_topic>.",
    fix: [
      lookAtAcls,
      {
        shell:
          "rpk security acl create --allow-principal User:<rp_sasl_user> --operation write,describe --topic <cdc_output_topic>",
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
          "rpk security acl create --allow-principal User:<rp_sasl_user> --operation write,describe --topic <cdc_output_topic>",
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
    fix: [
      "Raise the topic's limit (here to 8 MiB), and the output's max_message_bytes with it; or send smaller batches (batching.count of the input):",
      { shell: "rpk topic alter-config <cdc_output_topic> --set max.message.bytes=8388608" },
    ],
    versions: "all",
    source: kerr,
  },
];

/** What says that Redpanda is ready to take rows. */
export const outputMarkers: readonly Marker[] = [
  {
    id: "S11",
    text: "Output type redpanda is now active (or kafka_franz)",
    pattern: /^Output type (?:redpanda|kafka_franz|redpanda_common) is now active/,
    level: "INFO",
    proves: ["start", "write"],
    source: benthos("internal/component/output/async_writer.go"),
  },
];
