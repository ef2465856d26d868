import { peering } from "../variables/network";
import type { Variable, VariableSection } from "../variables/variable";

/** Variables of a module that is applied itself: the caller's providers stand for them. */
const ofProviders = [
  "region",
  "aws_profile",
  "redpanda_aws_profile",
  "redpanda_region",
  "app_aws_profile",
];

const clusterApiUrl: Variable = {
  type: "string",
  default: null,
  description:
    "URL of the Redpanda cluster's API, its attribute cluster_api_url. Null: it is looked up. Required where depends_on stands on the call of this module: a lookup then waits for the apply, and a topic whose cluster is not known is replaced.",
  validation: [
    {
      condition:
        '${var.cluster_api_url == null ? true : can(regex("^https://[A-Za-z0-9.-]+(:[0-9]+)?$", var.cluster_api_url))}',
      errorMessage:
        "cluster_api_url is ${jsonencode(var.cluster_api_url)}. It must be the URL of a cluster's API, such as https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com.",
    },
  ],
};

const whereItWaits =
  "Required where depends_on stands on the call of this module: what is looked up then waits for the apply.";

/** The variables of a module that another one calls, of those that it has when it is applied itself. */
export function calledVariables(
  sections: readonly VariableSection[],
  { hasCluster }: { readonly hasCluster: boolean },
): VariableSection[] {
  return [
    ...sections.map(
      ([title, variables]): VariableSection => [
        title,
        Object.fromEntries(
          Object.entries(variables)
            .filter(([name]) => !ofProviders.includes(name))
            .map(([name, variable]) => [name, { ...variable, ...otherwise[name] }]),
        ),
      ],
    ),
    ...(hasCluster ? [["Redpanda", { cluster_api_url: clusterApiUrl }] as const] : []),
  ];
}

/** What a called module says otherwise of its variables. */
const otherwise: Readonly<Record<string, Partial<Variable>>> = {
  write_files: {
    default: false,
    description:
      "Whether an apply writes files for people into the folder that it is applied in, generated_<name_prefix>_…: SQL, certificates, the policy, the pipeline's configuration. False: none are written, outputs hold the same, and each command has in it what it reads.",
  },
  redpanda_vpc_id: {
    description: `${peering.redpanda_vpc_id.description} ${whereItWaits}`,
  },
  redpanda_route_table_ids: {
    description: `${peering.redpanda_route_table_ids.description} ${whereItWaits}`,
  },
};

/** What takes the place of those variables. */
const instead: readonly (readonly [what: RegExp, by: string])[] = [
  [/\$\{var\.aws_profile == null \? "([^"]*)" : "(?:[^"$]|\$\{var\.aws_profile\})*"\}/g, "$1"],
  [/\bvar\.region\b/g, "local.region"],
  // Commands are run where the caller is applied, an apply's own in the module's folder.
  [
    /(?<!^ *command .*)\bsh (with_password|first_row|wait_for_pipeline|data_api)\.sh\b/gm,
    "sh ${path.module}/$1.sh",
  ],
  [/\baws_profile leads to/g, "The provider aws leads to"],
  [/\bset aws_profile to a profile of/g, "pass a provider of"],
  [
    /(?:\$\{var\.redpanda_aws_profile\}|\bredpanda_aws_profile) (leads to|sees|finds)/g,
    "The provider aws.redpanda $1",
  ],
  [/\bset region to the cluster's/g, "pass a provider of the cluster's region"],
  [/"region is (?=\$\{local\.region\}, and the Redpanda cluster)/g, '"The provider aws is of '],
  [/\baws_profile and app_aws_profile both lead to/g, "The providers aws and aws.app both lead to"],
  [/give the other one's profile, or/g, "pass a provider of the other one, or"],
  [/Give the profile of Redpanda's account/g, "Pass a provider of Redpanda's account"],
];

/** A module as one that another one calls: its files by name. */
export function asCalled(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      instead.reduce((text, [what, by]) => text.replace(what, by), content),
    ]),
  );
}
