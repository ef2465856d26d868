import type { Member } from "./members";
import { namesIn, type Reach, reachesIn } from "./names";

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
  return [...shared(members), ...covered(members), ...namesakes(members), ...crowded(members)];
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
  return [
    ...[...names(member), ...rights(member), ...inDatabase(member), ...positions(member)],
    ...[...ingress(member), ...state(member)],
  ];
}

/** What AWS and Redpanda know by its name. */
function names(member: Member): Claim[] {
  const { account, module, values } = member;
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
    remedy: `Give one of them ${noun === "topic" ? otherTopics(member, name) : (others[`${noun} ${argument}`] ?? "another name_prefix")}.`,
  }));
}

const others: Readonly<Record<string, string>> = {
  "user name": "another rp_sasl_user",
};

/** What gives a pipeline another topic than this one, or other rights: an object of "give". */
function otherTopics({ values }: Member, name: string): string {
  const { name_prefix: prefix, topic_name: own, topic_name_pattern: pattern } = values;
  if (typeof own === "string" && [own, `${own}-`].includes(name)) return "another topic_name";
  return typeof pattern !== "string" ||
    pattern.startsWith("<prefix>") ||
    name === `${prefix}.cdc_checkpoints`
    ? "another name_prefix"
    : otherPattern;
}

const otherPattern = "a topic_name_pattern that begins otherwise";

/** With one right, the two pipelines' topics or schemas lie among each other. */
function rights(member: Member): Claim[] {
  const { module, values } = member;
  return reachesIn(module.json, values).map((reach) => ({
    key: `Redpanda cluster ${values.redpanda_cluster_id} all ${reach.kind} ${reach.beginning}`,
    what: `the right to write to ${everything(reach)}`,
    remedy: `Give one of them ${otherTopics(member, reach.beginning)}.`,
  }));
}

const everything = ({ kind, beginning }: Reach) => `all ${kind}s that begin with "${beginning}"`;

/** Pipelines that may write to topics, or register schemas, among which are all or some of another one's. */
function covered(members: readonly Member[]): string[] {
  const keyOf = ({ values }: Member, kind: Reach["kind"], beginning: string) =>
    `${values.redpanda_cluster_id} ${kind} ${beginning}`;
  const all = members.map((member, at) => {
    const { module, values } = member;
    return { member, at, reaches: reachesIn(module.json, values) };
  });
  const owners = new Map<string, (typeof all)[number]>();
  for (const one of all) {
    for (const { kind, beginning } of one.reaches) {
      const key = keyOf(one.member, kind, beginning);
      if (!owners.has(key)) owners.set(key, one);
    }
  }
  return all.flatMap(({ member, at, reaches }) => {
    const found = new Map<number, { readonly reach: Reach; readonly what: string[] }>();
    const lookUp = (kind: Reach["kind"], beginnings: readonly string[], what: string) => {
      for (const beginning of beginnings) {
        const owner = owners.get(keyOf(member, kind, beginning));
        if (!owner || owner.at === at) continue;
        const together = found.get(owner.at) ?? { reach: { kind, beginning }, what: [] };
        // Subjects are called after topics: what holds for these is said once.
        if (together.reach.kind === kind) together.what.push(what);
        found.set(owner.at, together);
      }
    };
    // Where another one has the same right, both have it: a claim.
    for (const reach of reaches) {
      lookUp(reach.kind, beginningsOf(reach.beginning).slice(0, -1), everything(reach));
    }
    for (const { noun, name } of namesIn(member.module.json, member.values)) {
      const isOwn = reaches.some(({ beginning }) => name.startsWith(beginning));
      if (noun === "topic" && !isOwn) lookUp("topic", beginningsOf(name), `topic ${name}`);
    }
    return [...found].map(([other, { reach, what }]) => {
      const owner = members[other] ?? member;
      const [first, second] = other < at ? [owner, member] : [member, owner];
      const remedy =
        "topic_name_pattern" in owner.values
          ? `Give ${owner.name} ${otherPattern}.`
          : "Give one of them another topic_name.";
      return `${first.place} and ${second.place}: ${owner.name} has the right to write to ${everything(reach)}, and ${member.name} has ${listed(what)}. ${remedy}`;
    });
  });
}

/**
 * Pipelines whose records would have one namespace, and topics that differ. A schema that both have gets one
 * id, and Redpanda Connect asks for all subjects of an id: for the other's too, for which there is no right.
 */
function namesakes(members: readonly Member[]): string[] {
  const writers = members.filter(({ flags }) => flags.format === "avro");
  return grouped(writers, (member) => {
    const { redpanda_cluster_id: cluster, redpanda_schema_registry_url: url } = member.values;
    return `${cluster ?? url} ${namespaceOf(topicsBeginning(member))}`;
  }).flatMap(([first, ...others]) =>
    others.flatMap((other) => {
      if (!first || topicsBeginning(first) === topicsBeginning(other)) return [];
      return [
        `${first.place} and ${other.place}: topics of ${first.name} begin with "${topicsBeginning(first)}", those of ${other.name} with "${topicsBeginning(other)}", and the records of both have the namespace ${namespaceOf(topicsBeginning(other))} in Avro. Redpanda Connect would ask the Schema Registry for the other's subjects: let the names differ in a letter or digit.`,
      ];
    }),
  );
}

/** As `topics_beginning` in templates/avro.yaml.tftpl. */
function topicsBeginning({ module, values }: Member): string {
  const { name_prefix, redpanda_topic: ofHost, topic_name_pattern: pattern } = values;
  if (typeof pattern === "string") {
    return pattern.replaceAll("<prefix>", String(ofHost ?? name_prefix)).replace(/<.*/, "");
  }
  const [topic] = namesIn(module.json, values).filter(({ noun }) => noun === "topic");
  return String(ofHost ?? topic?.name);
}

/** The namespace that the template makes of it. */
const namespaceOf = (beginning: string) =>
  beginning.replaceAll(/[^0-9A-Za-z]/g, "_").replace(/^(?=[0-9])/, "_");

/** All texts that it begins with, itself the last. */
const beginningsOf = (text: string) => Array.from(text, (_, index) => text.slice(0, index + 1));

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

/** What it keeps in a topic that others may write to as well: elsewhere the topic is its own. */
function positions({ values }: Member): Claim[] {
  const { checkpoint_key: usual, redpanda_brokers: brokers, redpanda_topic: topic } = values;
  if (typeof usual !== "string" || !Array.isArray(brokers)) return [];
  const databases = severalOf(values.cdc_tables_by_database) ?? [values.db_name];
  return databases.map((database) => {
    const key = database === values.db_name ? usual : `${usual}_${database}`;
    return {
      key: `position ${[...brokers].sort()} ${topic} ${key}`,
      what: `key ${key} of topic ${topic}_checkpoints`,
      remedy:
        "Either would go on from the other's position: give one of them another checkpoint_key.",
    };
  });
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
