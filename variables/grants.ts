import { profile } from "./account";
import { redpandaRegion, trust } from "./redpanda";
import type { Variable } from "./variable";

/** The variables of a module that grants the roles of a fleet. */
export const grants = {
  redpanda_aws_profile: profile(
    "redpanda_aws_profile",
    "Profile in ~/.aws/config for the account that Redpanda runs in, with iam:CreatePolicy and iam:AttachRolePolicy.",
    true,
  ),
  redpanda_region: {
    ...redpandaRegion,
    default: "us-east-1",
    description: "Region for the AWS provider. IAM itself has none.",
    validation: [
      {
        condition: '${can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.redpanda_region))}',
        errorMessage:
          "redpanda_region is ${jsonencode(var.redpanda_region)}. It must be the name of an AWS region, such as us-east-2, or be left out.",
      },
    ],
  },
  redpanda_aws_acct_id: trust.redpanda_aws_acct_id,
  pipeline_role_name: {
    type: "string",
    description:
      "Name of the role of the cluster's pipelines, redpanda-<cluster id>-redpanda-connect-pipeline.",
    validation: [
      {
        condition: '${can(regex("^[A-Za-z0-9_+=,.@-]{1,64}$", var.pipeline_role_name))}',
        errorMessage:
          "pipeline_role_name is ${jsonencode(var.pipeline_role_name)}. It must be the name of an IAM role, without account and path.",
      },
    ],
  },
  policy_name_prefix: {
    type: "string",
    description: "Prefix of the policies' names, at most 90 characters: the cluster's id.",
    validation: [
      {
        condition: '${can(regex("^[A-Za-z0-9_+=,.@-]{1,90}$", var.policy_name_prefix))}',
        errorMessage:
          "policy_name_prefix is ${jsonencode(var.policy_name_prefix)}. It must be 1 to 90 letters, digits and _+=,.@-.",
      },
    ],
  },
  db_connect_role_arns: {
    type: "list(list(string))",
    description:
      "ARNs of the db-connect roles that pipelines may assume, by policy: each at most 6,144 characters, and as many policies as the role's quota leaves.",
    validation: [
      {
        condition:
          '${alltrue([for arn in flatten(var.db_connect_role_arns) : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", arn))])}',
        errorMessage:
          "db_connect_role_arns is ${jsonencode(var.db_connect_role_arns)}. Each must be the ARN of one role, without wildcards.",
      },
      {
        condition: "${alltrue([for arns in var.db_connect_role_arns : length(arns) > 0])}",
        errorMessage:
          "db_connect_role_arns is ${jsonencode(var.db_connect_role_arns)}. Each policy must list at least one role.",
      },
    ],
  },
} satisfies Record<string, Variable>;
