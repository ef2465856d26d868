import { AssumeRolesGrant } from "../../constructs/assume-roles-grant";
import type { Member } from "./members";
import { namesIn } from "./names";

/** What a module that grants roles gets for its variables. */
export interface Grant {
  readonly redpandaClusterId: string;
  readonly members: readonly Member[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly backend?: Readonly<Record<string, unknown>>;
}

/**
 * The grants of a fleet, one for each Redpanda cluster with pipelines whose `grant` is `attach`.
 *
 * @param most how many policies each may attach
 * @returns with what prevents them: a sentence each
 */
export function grantsOf(
  members: readonly Member[],
  most: number,
): { readonly grants: readonly Grant[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const clusters = new Map<string, Member[]>();
  for (const member of members) {
    if (member.flags.grant !== "attach" || member.flags.topology !== "byoc") continue;
    const id = String(member.values.redpanda_cluster_id);
    clusters.set(id, [...(clusters.get(id) ?? []), member]);
  }
  const grants = [...clusters].map(([redpandaClusterId, some]): Grant => {
    const same = (name: string, of: (member: Member) => unknown) => {
      const [first, ...others] = some;
      const other = others.find((one) => first && of(one) !== of(first));
      if (first && other) {
        problems.push(
          `${first.place} and ${other.place}: ${first.name} and ${other.name} have the Redpanda cluster ${redpandaClusterId} in common, whose role one module grants, and ${name} is ${JSON.stringify(of(first) ?? null)} in one and ${JSON.stringify(of(other) ?? null)} in the other. Make them the same.`,
        );
      }
      return first && of(first);
    };
    const profile = same("redpanda_aws_profile", ({ grant }) => grant.redpanda_aws_profile);
    const region = same("redpanda_region", ({ grant }) => grant.redpanda_region);
    const account = same("redpanda_aws_acct_id", ({ values }) => values.redpanda_aws_acct_id);
    const principal = same("trusted_principal_arn", ({ values }) => values.trusted_principal_arn);
    if (typeof principal === "string" && !principal.includes(":role/")) {
      problems.push(
        `${some[0]?.place}: ${some[0]?.name}: trusted_principal_arn is ${principal}, which is no role, and only to a role policies are attached: set grant to artifact.`,
      );
    }
    const policies = packed(some.map(roleArnOf));
    if (policies.length > most) {
      problems.push(
        `The ${some.length} pipelines of Redpanda cluster ${redpandaClusterId} need ${policies.length} policies of ${AssumeRolesGrant.policyLimit} characters, and max_attached_policies is ${most}. Have AWS raise the quota of managed policies for a role, up to 20, and max_attached_policies with it, or move pipelines to another cluster.`,
      );
    }
    const backend = some[0]?.backendOf(`grants-${redpandaClusterId}`);
    return {
      redpandaClusterId,
      members: some,
      ...(backend && { backend }),
      values: {
        redpanda_aws_profile: profile,
        ...(region === undefined ? {} : { redpanda_region: region }),
        redpanda_aws_acct_id: account,
        pipeline_role_name:
          typeof principal === "string"
            ? principal.slice(principal.lastIndexOf("/") + 1)
            : `redpanda-${redpandaClusterId}-redpanda-connect-pipeline`,
        policy_name_prefix: redpandaClusterId,
        db_connect_role_arns: policies,
      },
    };
  });
  return { grants, problems };
}

/** The role that a pipeline logs in with, as its module names it. */
function roleArnOf({ account, module, values }: Member): string {
  const { locals = {} } = module.json as {
    readonly locals?: { readonly assume_db_connect_role_policy?: string };
  };
  const [, address] = /\$\{(aws_iam_role[.]\w+)[.]arn\}/.exec(
    locals.assume_db_connect_role_policy ?? "",
  ) ?? [undefined, undefined];
  const role = namesIn(module.json, values).find((name) => name.address === address);
  if (!role) throw new Error(`${module.stack} does not say which role its pipelines assume`);
  return `arn:aws:iam::${account}:role/${role.name}`;
}

/** As few policies as hold them in their order: new ones come last, and the others stay where they are. */
function packed(arns: readonly string[]): string[][] {
  const policies: string[][] = [];
  for (const arn of arns) {
    const last = policies.at(-1);
    if (
      last &&
      JSON.stringify(AssumeRolesGrant.document([...last, arn])).length <=
        AssumeRolesGrant.policyLimit
    ) {
      last.push(arn);
    } else {
      policies.push([arn]);
    }
  }
  return policies;
}
