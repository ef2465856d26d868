import fc from "fast-check";
import { stringify } from "yaml";
import { collisions } from "../../../commands/fleet/collisions";
import { parseFleet } from "../../../commands/fleet/fleet-file";
import { membersOf } from "../../../commands/fleet/members";

/** How many fleets: always the same, or with FLEETS as many others, in `npm run test:long`. */
const runs = Number(process.env.FLEETS ?? 1000);
const seed = process.env.FLEETS ? Date.now() : 18;

/** What a pipeline has. */
interface Drawn {
  readonly engine: "postgres" | "mysql";
  readonly format: string;
  /** Of each table's topic; where it is null, there is one topic. */
  readonly pattern: string | null;
  readonly account: string;
  readonly region: string;
  readonly redpanda: string;
  readonly aurora: string;
  readonly prefix: string;
  readonly sasl: string;
  readonly cluster: string;
  readonly database: string;
  readonly slot: string;
  /** Places of {@link schemas} or {@link databases}. Without any, tables are a list. */
  readonly several: readonly number[];
  readonly user: string;
  readonly heartbeat: boolean;
  readonly manage: boolean;
  readonly networks: readonly number[];
  readonly key: string;
}

/** PostgreSQL's: the first is `cdc_schema`. */
const schemas = ["public", "sales", "stock"];
/** MySQL's: one of the first two is `db_name`. */
const databases = ["a", "b", "c"];

/** Harmless to others, and some that are not: p1's may begin as p0's names of its own do. */
const patterns = [
  ...["<prefix>.<schema>.<table>", "<prefix>-<table>", "<prefix>.cdc_<table>", "<prefix>_<table>"],
  ...[
    "cdc.<table>",
    "cdc.<schema>.<table>",
    "cdc.eu-<table>",
    "cdc_<table>",
    "p1.cdc_<table>",
    "p-<prefix>.<table>",
  ],
];

function mostly<T>(usual: T, other: T) {
  return fc.constantFrom(usual, usual, usual, usual, other);
}

/** What may well be in common, drawn for each. */
const places = fc.record({
  engine: fc.constantFrom<Drawn["engine"][]>("postgres", "mysql"),
  format: mostly("json", "avro"),
  pattern: fc.option(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(patterns[0] ?? "") },
      { weight: 1, arbitrary: fc.constantFrom(...patterns) },
    ),
  ),
  account: mostly("111122223333", "222233334444"),
  region: mostly("us-east-2", "eu-west-1"),
  redpanda: mostly("curl3eo533cmsnt23dv0", "d0000000000000000001"),
  aurora: mostly("existing", "new"),
  cluster: mostly("shop", "stock"),
  database: fc.constantFrom("a", "b"),
  several: fc.oneof(fc.constant([]), fc.subarray([0, 1, 2])),
  heartbeat: mostly(false, true),
  manage: mostly(true, false),
});

/** What one pipeline takes over from another, which may be nothing that matters. */
const taken = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  what: fc.constantFrom(
    "prefix",
    "longer prefix",
    "pattern",
    "signs",
    "sasl",
    "slot",
    "derived slot",
    "user",
    "networks",
    "key",
  ),
});

const fleets = fc
  .tuple(fc.array(places, { minLength: 1, maxLength: 6 }), fc.array(taken, { maxLength: 2 }))
  .map(([drawn, copies]) => {
    const fleet = drawn.map(
      (place, index): Drawn => ({
        ...place,
        prefix: `p${index}`,
        sasl: `s${index}`,
        slot: `slot_${index}`,
        user: `u_${index}`,
        networks: [2 * index, 2 * index + 1],
        key: "{name}",
      }),
    );
    for (const { from, to, what } of copies) {
      const [source, target] = [fleet[from % fleet.length], to % fleet.length];
      if (!source || !fleet[target]) continue;
      const shared = {
        prefix: { prefix: source.prefix },
        pattern: { pattern: source.pattern },
        // One namespace in Avro of two prefixes, where the source has the other.
        signs: { format: "avro", pattern: "cdc_<table>" },
        "longer prefix": { prefix: `${source.prefix}-de` },
        sasl: { sasl: source.sasl },
        slot: { slot: source.slot },
        // As if the source's of a schema had been made by hand.
        "derived slot": { slot: `${source.slot}_sales` },
        user: { user: source.user },
        networks: { networks: [source.networks[0] ?? 0, 100 + target] },
        // A state of its own until somebody names none.
        key: { key: "shared" },
      }[what];
      fleet[target] = { ...fleet[target], ...shared };
      if (from % fleet.length === target) continue;
      if (what === "key") fleet[from % fleet.length] = { ...source, key: "shared" };
      if (what === "signs") {
        fleet[from % fleet.length] = { ...source, format: "avro", pattern: "cdc.<table>" };
      }
    }
    return fleet;
  });

function tablesOf({ engine, several }: Drawn): Readonly<Record<string, unknown>> {
  if (several.length === 0) return { cdc_tables: ["orders"] };
  const [variable, names] = {
    postgres: ["cdc_tables_by_schema", schemas] as const,
    mysql: ["cdc_tables_by_database", databases] as const,
  }[engine];
  return { [variable]: Object.fromEntries(several.map((nth) => [names[nth], ["orders"]])) };
}

/** Slots that its inputs read: `slot_name` for `cdc_schema`, and with each other schema's name. */
function slotsOf({ slot, several }: Drawn): readonly string[] {
  if (several.length === 0) return [slot];
  return several.map((nth) => (nth === 0 ? slot : `${slot}_${schemas[nth]}`));
}

/** Databases in which it has a heartbeat. */
function beatsIn({ heartbeat, database, several }: Drawn): readonly (string | undefined)[] {
  if (!heartbeat) return [];
  return several.length === 0 ? [database] : several.map((nth) => databases[nth]);
}

/** All topics of its rows, and that of a position in MySQL's log. */
function topicsOf({ engine, prefix, pattern, several, database }: Drawn): readonly string[] {
  const [position, all, usual] = {
    postgres: [[], schemas, "public"] as const,
    mysql: [[`${prefix}.cdc_checkpoints`], databases, database] as const,
  }[engine];
  const read = several.length === 0 ? [usual] : several.map((nth) => all[nth] ?? "");
  const tables = read.map((schema) => ({ "<prefix>": prefix, "<schema>": schema }));
  const rows = pattern
    ? tables.map((words) =>
        Object.entries({ ...words, "<table>": "orders" }).reduce(
          (name, [word, value]) => name.replaceAll(word, value),
          pattern,
        ),
      )
    : [`${prefix}.iam_auth_topic_test`];
  return [...position, ...rows];
}

/** With what all topics that its user may write to begin; undefined where it may write to those alone. */
function reachOf({ prefix, pattern }: Drawn): string | undefined {
  return pattern?.replaceAll("<prefix>", prefix).replace(/<.*/, "");
}

/** With what the namespace of its records begins: Avro takes letters, digits and underscores. */
function namespaceOf(one: Drawn): string | undefined {
  if (one.format !== "avro") return undefined;
  return (reachOf(one) ?? `${one.prefix}.iam_auth_topic_test`).replaceAll(/\W|-/g, "_");
}

/** Whether the one's user may write to the other's topics, today or once the other has more tables. */
function reaches(one: Drawn, other: Drawn): boolean {
  const [own, others] = [reachOf(one), reachOf(other)];
  if (own === undefined) return false;
  return [...topicsOf(other), ...(others === undefined ? [] : [others])].some((name) =>
    name.startsWith(own),
  );
}

const meet = <T>(one: readonly T[], other: readonly T[]) =>
  one.some((each) => other.includes(each));

const entryOf = (one: Drawn, index: number) => ({
  name: `p${index}`,
  account: one.account,
  flags: {
    engine: one.engine,
    aurora: one.aurora,
    format: one.format,
    topics: one.pattern ? "per-table" : "one",
  },
  backend: { s3: { bucket: "acme", key: one.key } },
  values: {
    region: one.region,
    name_prefix: one.prefix,
    redpanda_cluster_id: one.redpanda,
    redpanda_aws_acct_id: "444455556666",
    redpanda_cidrs: one.networks.map((n) => `3.139.175.${n}/32`),
    iam_auth_user: one.user,
    rp_sasl_user: one.sasl,
    ...tablesOf(one),
    db_name: one.database,
    ...(one.pattern ? { topic_name_pattern: one.pattern } : {}),
    ...(one.engine === "postgres" ? { slot_name: one.slot } : { heartbeat: one.heartbeat }),
    ...(one.aurora === "existing"
      ? { cluster_identifier: one.cluster, db_username: "admin", manage_ingress: one.manage }
      : {}),
  },
});

/**
 * What the two cannot share, from what AWS, Redpanda and the databases know, not from the modules.
 * Subjects of Avro are no matter: they begin with a topic or as topics do, and no one topic is drawn that
 * another's begins with. Namespaces are.
 */
function collide(one: Drawn, other: Drawn): boolean {
  const same = (...keys: (keyof Drawn)[]) => keys.every((key) => one[key] === other[key]);
  const isPostgres = one.engine === "postgres";
  return (
    // Roles belong to the account; topics and the password's secret to the Redpanda cluster.
    same("prefix", "account") ||
    same("prefix", "redpanda") ||
    same("sasl", "redpanda") ||
    (same("redpanda") &&
      (reaches(one, other) ||
        reaches(other, one) ||
        (namespaceOf(one) !== undefined && namespaceOf(one) === namespaceOf(other)))) ||
    (one.key !== "{name}" && same("key")) ||
    (one.aurora === "existing" &&
      same("aurora", "account", "region", "cluster") &&
      (same("user") ||
        (same("engine") && isPostgres && meet(slotsOf(one), slotsOf(other))) ||
        (same("engine") && !isPostgres && meet(beatsIn(one), beatsIn(other))) ||
        // Ports differ.
        (same("engine") && one.manage && other.manage && meet(one.networks, other.networks))))
  );
}

test("random fleets: every collision is refused, with its two places, and nothing else is", () => {
  let [harmless, harmful] = [0, 0];
  fc.assert(
    fc.property(fleets, (fleet) => {
      const text = stringify({ pipelines: fleet.map(entryOf) });
      const members = membersOf(parseFleet(text, "fleet.yaml"));
      const at = members.map(({ place }) => place);
      const pairs = fleet.flatMap((one, i) =>
        fleet.slice(i + 1).flatMap((other, k) => (collide(one, other) ? [[i, i + 1 + k]] : [])),
      );
      const found = collisions(members);
      if (pairs.length > 0) harmful++;
      else harmless++;

      const named = found.map((sentence) => {
        const [, one = "", other = ""] = /^(\S+) and (\S+): /.exec(sentence) ?? [];
        return [at.indexOf(one), at.indexOf(other)];
      });
      // Each pair named is one that collides, and each that collides is named, at least with a third
      // that has the same.
      for (const pair of named) expect(pairs).toContainEqual(pair);
      expect(new Set(named.flat())).toEqual(new Set(pairs.flat()));
    }),
    { numRuns: runs, seed },
  );
  process.stdout.write(
    `${runs} random fleets, seed ${seed}: ${harmful} with collisions, all refused; ${harmless} without, none refused\n`,
  );
  // Neither is a matter of course.
  expect(Math.min(harmless, harmful)).toBeGreaterThan(runs / 10);
});
