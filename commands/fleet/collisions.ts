import type { Member } from "./members";
import { namesIn } from "./names";

/** Something that only one pipeline can have. */
interface Claim {
  /** The same for all that cannot be together. */
  readonly key: string;
  /** Completes "both have …". */
  readonly what: string;
  /** What to change, as a sentence. */
  readonly remedy: string;
}

/**
 * What two pipelines of a fleet cannot both have, as far as the file tells: what only AWS or a database
 * knows, `discover` and the setup say.
 *
 * @returns a sentence for each, with both places
 */
export function collisions(members: readonly Member[]): string[] {
  return [...shared(members), ...crowded(members)];
}

function shared(members: readonly Member[]): string[] {
  const owners = new Map<string, { readonly claim: Claim; readonly member: Member }>();
  /** By the two pipelines and what to do: one pair may share many names. */
  const found = new Map<
    string,
    { readonly pair: string; readonly what: string[]; remedy: string }
  >();
  for (const member of members) {
    // A module may name one thing twice.
    const claims = new Map(claimsOf(member).map((claim) => [claim.key, claim]));
    for (const claim of claims.values()) {
      const first = owners.get(claim.key);
      if (!first) {
        owners.set(claim.key, { claim, member });
        continue;
      }
      const pair = `${first.member.place} and ${member.place}: ${first.member.name} and ${member.name}`;
      const key = `${pair} ${claim.remedy}`;
      const together = found.get(key) ?? { pair, what: [], remedy: claim.remedy };
      together.what.push(claim.what);
      found.set(key, together);
    }
  }
  return [...found.values()].map(
    ({ pair, what, remedy }) => `${pair} both have ${listed(what)}. ${remedy}`,
  );
}

function claimsOf(member: Member): Claim[] {
  return [...names(member), ...inDatabase(member), ...ingress(member), ...state(member)];
}

/** What AWS and Redpanda know by its name. */
function names({ account, module, values }: Member): Claim[] {
  const scopes = {
    account,
    region: `${account} ${values.region}`,
    "Redpanda cluster": String(values.redpanda_cluster_id),
  };
  return namesIn(module.json, values).map(({ argument, scope, noun, name, address }) => ({
    // Neither RDS nor IAM tells names apart by their case.
    key: `${scope} ${scopes[scope]} ${address.split(".")[0]} ${scope === "Redpanda cluster" ? name : name.toLowerCase()}`,
    // What only Terraform knows, such as the keys of a for_each.
    what: `${noun} ${name.replaceAll(/\$\{[^}]*\}/g, "*")}`,
    remedy: remedies[`${noun} ${argument}`] ?? "Give one of them another name_prefix.",
  }));
}

const remedies: Readonly<Record<string, string>> = {
  "user name": "Give one of them another rp_sasl_user.",
};

/** The cluster that is there already; undefined where the module makes its own. */
function clusterOf({ account, values }: Member): string | undefined {
  const { cluster_identifier: cluster, region } = values;
  return typeof cluster === "string" ? `${account} ${region} ${cluster.toLowerCase()}` : undefined;
}

/** The schemas or databases of a map of tables; undefined where the list is given in its place. */
function severalOf(tables: unknown): string[] | undefined {
  const names = Object.keys(tables ?? {});
  return names.length > 0 ? names : undefined;
}

/** The replication slots that the pipeline reads: one for each schema. */
function slotsOf({ values }: Member): string[] {
  const { slot_name: slot, cdc_schema: usual, cdc_tables_by_schema: tables } = values;
  if (typeof slot !== "string") return [];
  const schemas = severalOf(tables) ?? [usual];
  return schemas.map((schema) => (schema === usual ? slot : `${slot}_${schema}`));
}

function inDatabase(member: Member): Claim[] {
  const cluster = clusterOf(member);
  if (cluster === undefined) return [];
  const { iam_auth_user, heartbeat, db_name } = member.values;
  const claim = (noun: string, name: unknown, remedy: string): Claim[] =>
    typeof name === "string"
      ? [{ key: `cluster ${cluster} ${noun} ${name}`, what: `${noun} ${name}`, remedy }]
      : [];
  return [
    ...slotsOf(member).flatMap((slot) =>
      claim("replication slot", slot, "Give one of them another slot_name."),
    ),
    // The one's cleanup would drop the other's.
    ...claim("database user", iam_auth_user, "Give one of them another iam_auth_user."),
    ...(heartbeat === true
      ? (severalOf(member.values.cdc_tables_by_database) ?? [db_name]).flatMap((database) =>
          claim(
            "the heartbeat of database",
            database,
            "The cleanup of either drops it: read both lists of tables by one pipeline, or set heartbeat = false in both.",
          ),
        )
      : []),
  ];
}

/**
 * Rules that the modules add to a security group that is there.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
function rules({ module, values }: Member): string[] {
  const { aws_vpc_security_group_ingress_rule: all = {} } = (module.json.resource ?? {}) as Record<
    string,
    Record<string, { readonly for_each?: string }>
  >;
  if (values.manage_ingress !== true) return [];
  const present = values.existing_ingress_cidrs;
  const networks = Object.values(all)
    .flatMap(({ for_each = "" }) => [...for_each.matchAll(/\bvar\.(\w+)/g)])
    .flatMap(([, name = ""]) => (name === "existing_ingress_cidrs" ? [] : [values[name]].flat()))
    .filter((value): value is string => typeof value === "string" && value.includes("/"));
  return [...new Set(networks)].filter((one) => !Array.isArray(present) || !present.includes(one));
}

/** The group that they are added to; where none is named, the only one of the cluster. */
function groupOf(member: Member): string | undefined {
  const { security_group_id: group } = member.values;
  return typeof group === "string" ? group : clusterOf(member);
}

function ingress(member: Member): Claim[] {
  const group = groupOf(member);
  if (group === undefined) return [];
  const port = member.flags.engine;
  return rules(member).map((network) => ({
    key: `rule ${group} ${port} ${network}`,
    what: `the ingress rule for ${network}`,
    remedy:
      "AWS refuses a rule that is there: set manage_ingress = false in one of them, or list the network in its existing_ingress_cidrs.",
  }));
}

function state({ backend }: Member): Claim[] {
  if (!backend) return [];
  return [
    {
      key: `state ${JSON.stringify(backend)}`,
      what: "one state",
      remedy: "Write {name} in the backend's key, prefix, address or workspace.",
    },
  ];
}

/** AWS's quota of rules in each direction, unless it was raised. */
const rulesOfGroup = 60;

/** More than fits. */
function crowded(members: readonly Member[]): string[] {
  const problems: string[] = [];
  const places = (some: readonly Member[]) =>
    listed(some.map(({ name, place }) => `${name} (${place})`));

  for (const some of grouped(members, (member) => {
    return "slot_name" in member.values ? clusterOf(member) : undefined;
  })) {
    const [first] = some;
    const most = Math.min(...some.map(({ slots }) => slots));
    const taken = some.flatMap(slotsOf).length;
    if (!first || taken <= most) continue;
    problems.push(
      taken > some.length
        ? `${some.length} pipelines take ${taken} replication slots, one for each schema, of cluster ${first.values.cluster_identifier}, which allows ${most}: ${places(some)}. Raise max_replication_slots and max_wal_senders in its parameter group and reboot, then say max_replication_slots here.`
        : `${some.length} pipelines take a replication slot each of cluster ${first.values.cluster_identifier}, which allows ${most}: ${places(some)}. Raise max_replication_slots and max_wal_senders in its parameter group and reboot, then say max_replication_slots here.`,
    );
  }
  for (const some of grouped(members, groupOf)) {
    const networks = new Set(
      some.flatMap((member) => rules(member).map((network) => `${member.flags.engine} ${network}`)),
    );
    if (networks.size <= rulesOfGroup) continue;
    problems.push(
      `${networks.size} ingress rules are added to one security group, and AWS allows ${rulesOfGroup}: ${places(some)}. Let in fewer and larger networks, or set manage_ingress = false and let the group's owner do so.`,
    );
  }
  return problems;
}

function grouped(
  members: readonly Member[],
  keyOf: (member: Member) => string | undefined,
): Member[][] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()];
}

/** One, one and another, or one, another and a third. */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${last}` : last;
}
