import type { Variable } from "./variable";

/** Validation: what the name of a region looks like, in any partition. */
export const regionName = {
  condition: '${can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))}',
  errorMessage:
    "region is ${jsonencode(var.region)}. It must be the name of an AWS region, such as us-east-2 (not of a zone, such as us-east-2a); `aws ec2 describe-regions --query 'Regions[].RegionName'` lists them.",
};

/** The account, the region, and the prefix of every name. */
export const account = {
  region: {
    type: "string",
    description: "AWS region of the Aurora cluster, such as us-east-2.",
    validation: [
      {
        condition: '${!can(regex("^(us-gov|us-iso[a-z]*|eu-iso[a-z]*|cn|eusc)-", var.region))}',
        errorMessage:
          "region is ${jsonencode(var.region)}, in another AWS partition. Redpanda Cloud is not available there, and RDS publishes its certificates elsewhere: choose a commercial region, such as us-east-2.",
      },
      regionName,
    ],
  },
  aws_profile: profile(
    "aws_profile",
    "Profile in ~/.aws/config for the account that owns the database. Null: the environment's credentials.",
  ),
  name_prefix: {
    type: "string",
    description:
      "Prefix of every resource's name, such as demo-postgres. 1 to 26 characters, so that the longest name, the IAM role's, fits into 64.",
    validation: [
      {
        condition:
          '${can(regex("^[a-z](-?[a-z0-9])*$", var.name_prefix)) && can(regex("^.{1,26}$", var.name_prefix))}',
        errorMessage:
          "name_prefix is ${jsonencode(var.name_prefix)}. It must be 1 to 26 lower-case letters, digits and single hyphens, start with a letter and not end with a hyphen, such as demo-postgres.",
      },
      {
        condition: '${!can(regex("^sg(-|$)", var.name_prefix))}',
        errorMessage:
          "name_prefix is ${jsonencode(var.name_prefix)}. AWS refuses security groups whose name starts with sg-: choose another prefix, such as demo-postgres.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** What tells two modules of one engine in one account apart. */
export const ownPrefix = {
  name_prefix: {
    type: "string",
    default: null,
    description:
      "Prefix of every resource's name, such as orders, for a second module of this engine in the account. 1 to 26 characters, so that the longest name, a role's, fits into 64. Null: names without a prefix. Another prefix makes everything anew, a database of the module's own too.",
    validation: account.name_prefix.validation.map(({ condition, errorMessage }) => ({
      condition: `\${var.name_prefix == null ? true : ${condition.slice(2, -1)}}`,
      errorMessage,
    })),
  },
} satisfies Record<string, Variable>;

/** A name with the prefix, where there is one: text with a Terraform interpolation. */
export function prefixed(name: string): string {
  return `\${join("-", compact([var.name_prefix, "${name}"]))}`;
}

/** A profile of the AWS CLI, by whose credentials one account is reached; null unless `required`. */
export function profile(name: string, description: string, required = false): Variable {
  // It stands in commands, so nothing that a shell reads otherwise is let through.
  const isProfile = `can(regex("^[A-Za-z0-9_.@/+=:,][A-Za-z0-9_.@/+=:,-]{0,127}$", var.${name}))`;
  return {
    type: "string",
    ...(required ? {} : { default: null }),
    description,
    validation: [
      {
        condition: required ? `\${${isProfile}}` : `\${var.${name} == null ? true : ${isProfile}}`,
        errorMessage: `${name} is \${jsonencode(var.${name})}. It must be the name of a profile: letters, digits and _.@/+=:,-, not starting with a hyphen (it is part of commands); \`aws configure list-profiles\` lists them.`,
      },
    ],
  };
}
