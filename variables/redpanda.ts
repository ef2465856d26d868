import type { ByocChoices } from "../choices";
import { profile } from "./account";
import { type Variable, wholeVersion } from "./variable";

/** The Redpanda cluster's account, and the role of its pipelines. */
export const trust = {
  redpanda_aws_acct_id: {
    type: "string",
    description:
      "AWS account in which the Redpanda cluster runs: 12 digits, in quotes because leading zeros matter. `aws sts get-caller-identity` with that account's profile shows it.",
    validation: [
      {
        condition: '${can(regex("^[0-9]{12}$", var.redpanda_aws_acct_id))}',
        errorMessage:
          "redpanda_aws_acct_id is ${jsonencode(var.redpanda_aws_acct_id)}. It must be an account id of 12 digits, in quotes so that leading zeros stay.",
      },
    ],
  },
  redpanda_cluster_id: {
    type: "string",
    description:
      "Id of the BYOC cluster: 20 lower-case letters and digits, in Redpanda Cloud > the cluster > Overview, or `rpk cloud cluster list`.",
    validation: [
      {
        condition: '${can(regex("^[a-z0-9]{20}$", var.redpanda_cluster_id))}',
        errorMessage:
          "redpanda_cluster_id is ${jsonencode(var.redpanda_cluster_id)}. It must be 20 lower-case letters and digits, such as curl3eo533cmsnt23dv0: Redpanda Cloud > the cluster > Overview.",
      },
    ],
  },
  trusted_principal_arn: {
    type: "string",
    default: null,
    description:
      "ARN of the IAM role or user that may assume the db-connect role, for a self-hosted Redpanda Connect. Null: the BYOC cluster's pipeline role.",
    validation: [
      {
        // A path of 512 characters at most (the ARN has 30 before it), and a name that no command takes for an option.
        condition:
          '${var.trusted_principal_arn == null ? true : can(regex("^arn:aws:iam::[0-9]{12}:(role|user)/([!-.0-9;-~]+/)*[A-Za-z0-9_+=,.@][A-Za-z0-9_+=,.@-]{0,63}$", var.trusted_principal_arn)) && length(var.trusted_principal_arn) - length(basename(var.trusted_principal_arn)) <= 542}',
        errorMessage:
          "trusted_principal_arn is ${jsonencode(var.trusted_principal_arn)}. It must be the ARN of one IAM role or user, such as arn:aws:iam::123456789012:role/rpconnect (not a whole account's root, and not the session arn:aws:sts::…:assumed-role/… that logs show: take the role it names).",
      },
    ],
  },
  external_id: {
    type: "string",
    default: null,
    description:
      "External id that the db-connect role requires and the pipeline presents, 2 to 1224 characters. Null: none.",
    validation: [isExternalId("var.external_id", true)],
  },
} satisfies Record<string, Variable>;

/** Validation: `value` is what AWS STS takes as an external id, or null where that is `optional`. */
export function isExternalId(value: string, optional = false) {
  // RE2 repeats at most 1000 times, so the length is a condition of its own.
  const isId = `can(regex("^[A-Za-z0-9_+=,.@:/-]+$", ${value})) && try(length(${value}) >= 2 && length(${value}) <= 1224, false)`;
  return {
    condition: optional ? `\${${value} == null ? true : ${isId}}` : `\${${isId}}`,
    errorMessage: `external_id is \${jsonencode(${value})}. It must be 2 to 1224 letters, digits and _+=,.@:/- as AWS STS accepts them.`,
  };
}

/** What remains of `trust` when an access key starts the chain. */
export const accessKeyTrust = {
  redpanda_cluster_id: trust.redpanda_cluster_id,
  external_id: trust.external_id,
} satisfies Record<string, Variable>;

/** The access key of the IAM user that this module creates: given by a person, stored by Redpanda. */
export const accessKey = {
  access_key_version: {
    type: "number",
    default: 0,
    description:
      "Number of the access key. 0: there is no key yet, and no pipeline. Run create_access_key_command, then set 1 and the key's two variables; raise by one for each new key.",
    validation: [
      {
        condition:
          "${try(var.access_key_version >= 0 && floor(var.access_key_version) == var.access_key_version, false)}",
        errorMessage:
          "access_key_version is ${jsonencode(var.access_key_version)}. It must be a whole number: 0 before there is a key, then 1, and one more for each new key.",
      },
    ],
  },
  access_key_id: {
    type: "string",
    default: null,
    sensitive: true,
    ephemeral: true,
    description:
      "Id of the access key, from create_access_key_command. Sent to Redpanda and stored nowhere else: set it for every plan, for example as TF_VAR_access_key_id.",
    validation: [
      {
        condition:
          '${var.access_key_version == 0 || can(regex("^AKIA[A-Z0-9]{16}$", var.access_key_id))}',
        errorMessage:
          "access_key_id (not shown) must be the id of an IAM user's key, AKIA and 16 capitals or digits, once access_key_version is 1 or more: run create_access_key_command.",
      },
    ],
  },
  secret_access_key: {
    type: "string",
    default: null,
    sensitive: true,
    ephemeral: true,
    description:
      "Secret of the access key, 40 characters, from create_access_key_command. Sent to Redpanda and stored nowhere else: set it for every plan, for example as TF_VAR_secret_access_key.",
    validation: [
      {
        condition:
          '${var.access_key_version == 0 || can(regex("^[A-Za-z0-9/+=]{40}$", var.secret_access_key))}',
        errorMessage:
          "secret_access_key (not shown) must be the 40 characters that belong to access_key_id, once access_key_version is 1 or more: run create_access_key_command.",
      },
    ],
  },
} satisfies Record<string, Variable>;

type InRedpandasAccount = Pick<ByocChoices, "grant" | "network">;

/** Whether the apply itself changes something in Redpanda's account. */
export function reachesRedpandasAccount({ grant, network }: InRedpandasAccount): boolean {
  return grant === "attach" || network === "peering";
}

/** Access to Redpanda's account, for an apply that attaches the policy, or requests the peering, itself. */
export function redpandaAccount({ grant, network }: InRedpandasAccount) {
  const rights = [
    ...(grant === "attach" ? ["iam:PutRolePolicy on the pipeline role"] : []),
    ...(network === "peering"
      ? ["the right to request peerings and to add routes (docs/private-networks.md)"]
      : []),
  ].join(" and ");
  return { redpanda_aws_profile: redpandaProfile(rights), redpanda_region: redpandaRegion };
}

const redpandaProfile = (rights: string) =>
  profile(
    "redpanda_aws_profile",
    `Profile in ~/.aws/config for the account that Redpanda runs in (aws_profile is the database's), with ${rights}.`,
    true,
  );

export const redpandaRegion = {
  type: "string",
  default: null,
  description:
    "Region of the Redpanda cluster: Redpanda Cloud > the cluster > Overview. Null: as Redpanda Cloud reports it. May differ from region, which is Aurora's.",
  validation: [
    {
      condition:
        '${var.redpanda_region == null ? true : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.redpanda_region))}',
      errorMessage:
        "redpanda_region is ${jsonencode(var.redpanda_region)}. It must be the name of an AWS region, such as us-east-2, or be left out.",
    },
  ],
} satisfies Variable;

/** The login with which the pipeline writes to the topic. */
export const sasl = {
  rp_sasl_user: {
    type: "string",
    description: "Name of the Redpanda user that this module creates for the pipeline.",
    validation: [
      {
        condition: '${can(regex("^[A-Za-z0-9._~@+-]{1,128}$", var.rp_sasl_user))}',
        errorMessage:
          "rp_sasl_user is ${jsonencode(var.rp_sasl_user)}. It must be 1 to 128 letters, digits and ._~@+-",
      },
    ],
  },
  rp_sasl_password: {
    type: "string",
    sensitive: true,
    ephemeral: true,
    description:
      "Password of rp_sasl_user, 3 to 128 printable characters, your choice. Sent to Redpanda and stored nowhere else: set it for every plan, for example as TF_VAR_rp_sasl_password.",
    validation: [
      {
        // It takes the place of its name in the pipeline's text before that is read as YAML: whatever
        // YAML takes for a line end would end it, and Redpanda Connect unescapes ${{X}} to ${X}.
        condition:
          '${can(regex("^[\\\\p{L}\\\\p{M}\\\\p{N}\\\\p{P}\\\\p{S}\\\\p{Zs}]{3,128}$", var.rp_sasl_password)) && !can(regex("[$][{][{]", var.rp_sasl_password))}',
        errorMessage:
          "rp_sasl_password (not shown) must have 3 to 128 printable characters, no line breaks, and no $ followed by {{, which Redpanda Connect unescapes.",
      },
    ],
  },
  rp_sasl_password_version: {
    type: "number",
    default: 1,
    description: "Raise by one to send a new rp_sasl_password; the pipeline restarts to read it.",
    validation: [wholeVersion("rp_sasl_password_version")],
  },
} satisfies Record<string, Variable>;

/** What is read, and how the pipeline runs, for either engine. */
export const stream = {
  stream_snapshot: {
    type: "bool",
    default: false,
    description:
      "Whether rows that already exist are sent first. Every table then requires a primary key.",
  },
  log_level: {
    type: "string",
    default: "INFO",
    description:
      "How much the pipeline logs: DEBUG, INFO, WARN or ERROR. DEBUG shows each role that is assumed.",
    validation: [
      {
        condition: '${contains(["DEBUG", "INFO", "WARN", "ERROR"], var.log_level)}',
        errorMessage:
          "log_level is ${jsonencode(var.log_level)}. It must be DEBUG, INFO, WARN or ERROR, in capitals.",
      },
    ],
  },
} satisfies Record<string, Variable>;
