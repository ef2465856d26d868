import type { Entry } from "./entry";
import { connect } from "./sources";
import { apply, takeOut } from "./steps";

/** Seen with Redpanda Connect 4.100.0. */
const encoder = connect("internal/impl/confluent/processor_schema_registry_encode.go");

/** https://docs.redpanda.com/streaming/current/manage/schema-reg/schema-reg-authorization/ */
const authorization =
  "https://docs.redpanda.com/streaming/current/manage/schema-reg/schema-reg-authorization/";

/** How Connect begins where it has asked the registry. */
const asked = 'creating schema for subject "[^"]*": ';

const logIn = "The pipeline's user and password are good for the registry as well.";

const goesOn = "The pipeline tries again every 30 seconds at most, and then goes on by itself.";

/**
 * What is wrong between a row and its Avro: the pipeline then stands still, and neither loses a row nor
 * sends one as it is.
 */
export const registry: readonly Entry[] = [
  {
    id: "G1",
    text: 'A row of … is not encoded: … creating schema for subject "…": Schema being registered is incompatible with an earlier schema for subject "…"',
    pattern: /incompatible with an earlier schema for subject/,
    hop: "write",
    speaker: "Redpanda",
    cause:
      "A column's type has changed to one by which consumers could not read what is on the topic already, and the registry refuses the new schema. The rows wait in the database's log.",
    fix: [
      "Either give the column its former type again, or tell the registry that consumers are ready for the new one: for the subject that the message names, until the pipeline has gone on.",
      { shell: "rpk registry subject list" },
      { shell: "rpk registry compatibility-level set '<subject>' --level NONE" },
      goesOn,
      {
        shell: "rpk registry compatibility-level set '<subject>' --level BACKWARD",
      },
    ],
    versions: "since 4.94.0",
    source: encoder,
  },
  {
    id: "G2",
    text: 'A row of … is not encoded: … creating schema for subject "…": Unauthorized',
    pattern: new RegExp(`${asked}Unauthorized`),
    hop: "write",
    speaker: "Redpanda",
    cause: "The Schema Registry does not know the user <rp_sasl_user>, or the password is wrong.",
    fix: {
      byoc: [
        `${logIn} Send the password again: raise rp_sasl_password_version by one, then, with TF_VAR_rp_sasl_password set:`,
        apply,
      ],
      ec2: [
        `${logIn} The container gets the password from its environment, REDPANDA_SASL_PASSWORD:`,
        { shell: "rpk security user list" },
      ],
    },
    versions: "since 4.94.0",
    source: authorization,
  },
  {
    id: "G3",
    text: 'A row of … is not encoded: … creating schema for subject "…": Forbidden (missing required ACLs)',
    pattern: new RegExp(`${asked}Forbidden`),
    hop: "write",
    speaker: "Redpanda",
    cause:
      "The user <rp_sasl_user> may not register schemas: it requires READ and WRITE on the subjects that begin with <subject_prefix>, and DESCRIBE on the registry.",
    fix: {
      byoc: ["The module makes these ACLs:", apply],
      ec2: [
        {
          shell:
            "rpk security acl create --allow-principal User:<rp_sasl_user> --operation read,write --registry-subject <subject_prefix> --resource-pattern-type prefixed",
        },
        {
          shell:
            "rpk security acl create --allow-principal User:<rp_sasl_user> --operation describe --registry-global",
        },
      ],
    },
    versions: "since 4.94.0",
    source: authorization,
  },
  {
    id: "G4",
    text: 'A row of … is not encoded: … creating schema for subject "…": unable to POST "…": …',
    pattern: new RegExp(`${asked}unable to (?:POST|GET) `),
    hop: "write",
    speaker: "Redpanda Connect",
    cause: "The Schema Registry is not reached: the address is wrong, or it does not answer there.",
    fix: {
      byoc: [
        "Redpanda Connect knows the registry of its own cluster. Look whether that is healthy:",
        { shell: "rpk cluster health" },
        { shell: "rpk registry subject list" },
        goesOn,
      ],
      ec2: [
        "redpanda_schema_registry_url must be the registry as that host reaches it:",
        { shell: "rpk registry subject list" },
        "Correct it, run this, and start the container again:",
        apply,
      ],
    },
    versions: "since 4.94.0",
    source: encoder,
  },
  {
    id: "G5",
    text: "A row of … is not encoded: parsing Avro schema: invalid … name",
    pattern: /parsing Avro schema: invalid \w+ name/,
    hop: "write",
    speaker: "Redpanda Connect",
    cause:
      "Names in Avro have letters, digits and underscores, and begin with no digit. The table that the message names, or a column of it, has another name.",
    fix: [`Rename it, or ${takeOut}, or synthesize with --format json. Then:`, apply],
    versions: "since 4.94.0",
    source: "https://avro.apache.org/docs/1.12.0/specification/#names",
  },
  {
    id: "G6",
    text: "A row of … is not encoded: … handed on without its schema",
    pattern: /handed on without its schema/,
    hop: "write",
    speaker: "Redpanda Connect",
    cause:
      "The connector knew no schema for the row, which happens where MySQL's table was altered just then. It does not come by itself: what is read anew has it.",
    fix: {
      byoc: [
        "Restart the pipeline, which reads on from its position:",
        { shell: "terraform apply -replace='<pipeline_address>'" },
      ],
      ec2: ["Start the container again: it reads on from its position."],
    },
    versions: "since 4.94.0",
    source: connect("internal/impl/mysql/input_mysql_stream.go"),
  },
  {
    id: "G7",
    text: "A row of … is not encoded: avro: field …: cannot use … with Avro type …",
    pattern: /avro: .*cannot use .* with Avro type |no number of a decimal type/,
    hop: "write",
    speaker: "Redpanda Connect",
    cause:
      "A column has a value that its type in Avro cannot hold, such as NaN in a decimal, or a BIGINT UNSIGNED beyond 9223372036854775807: docs/avro.md lists them. All rows after it wait.",
    fix: [
      `Synthesize with --format json, which holds such values as text, or ${takeOut}. Then:`,
      apply,
      "A value that the table has no more is in the log nevertheless.",
    ],
    versions: "since 4.94.0",
    source: "https://pkg.go.dev/github.com/twmb/avro",
  },
  {
    id: "G8",
    text: "A row of … is not encoded: …",
    pattern: /^A row of \S+ is not encoded: /,
    hop: "write",
    speaker: "Redpanda Connect",
    vague: true,
    cause: "A row cannot become Avro, or its schema cannot be registered. All rows after it wait.",
    fix: ["What follows in the message says why. Rows are neither lost nor sent as they are."],
    versions: "since 4.94.0",
    source: encoder,
  },
];
