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
  readonly engine: string;
  readonly account: string;
  readonly region: string;
  readonly redpanda: string;
  readonly aurora: string;
  readonly prefix: string;
  readonly sasl: string;
  readonly cluster: string;
  readonly database: string;
  readonly slot: string;
  readonly user: string;
  readonly heartbeat: boolean;
  readonly manage: boolean;
  readonly networks: readonly number[];
  readonly key: string;
}

function mostly<T>(usual: T, other: T) {
  return fc.constantFrom(usual, usual, usual, usual, other);
}

/** What may well be in common, drawn for each. */
const places = fc.record({
  engine: fc.constantFrom("postgres", "mysql"),
  account: mostly("111122223333", "222233334444"),
  region: mostly("us-east-2", "eu-west-1"),
  redpanda: mostly("curl3eo533cmsnt23dv0", "d0000000000000000001"),
  aurora: mostly("existing", "new"),
  cluster: mostly("shop", "stock"),
  database: fc.constantFrom("a", "b"),
  heartbeat: mostly(false, true),
  manage: mostly(true, false),
});

/** What one pipeline takes over from another, which may be nothing that matters. */
const taken = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  what: fc.constantFrom("prefix", "sasl", "slot", "user", "networks", "key"),
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
      const value =
        what === "networks" ? [source.networks[0], 100 + target] : source[what as "key"];
      // A state of its own until somebody names none.
      const shared = what === "key" ? { key: "shared" } : { [what]: value };
      fleet[target] = { ...fleet[target], ...shared } as Drawn;
      if (what === "key") fleet[from % fleet.length] = { ...source, key: "shared" };
    }
    return fleet;
  });

const entryOf = (one: Drawn, index: number) => ({
  name: `p${index}`,
  account: one.account,
  flags: { engine: one.engine, aurora: one.aurora },
  backend: { s3: { bucket: "acme", key: one.key } },
  values: {
    region: one.region,
    name_prefix: one.prefix,
    redpanda_cluster_id: one.redpanda,
    redpanda_aws_acct_id: "444455556666",
    redpanda_cidrs: one.networks.map((n) => `3.139.175.${n}/32`),
    iam_auth_user: one.user,
    rp_sasl_user: one.sasl,
    cdc_tables: ["orders"],
    db_name: one.database,
    ...(one.engine === "postgres" ? { slot_name: one.slot } : { heartbeat: one.heartbeat }),
    ...(one.aurora === "existing"
      ? { cluster_identifier: one.cluster, db_username: "admin", manage_ingress: one.manage }
      : {}),
  },
});

/** What the two cannot share, from what AWS, Redpanda and the databases know, not from the modules. */
function collide(one: Drawn, other: Drawn): boolean {
  const same = (...keys: (keyof Drawn)[]) => keys.every((key) => one[key] === other[key]);
  const isPostgres = one.engine === "postgres";
  return (
    // Roles belong to the account; topics and the password's secret to the Redpanda cluster.
    same("prefix", "account") ||
    same("prefix", "redpanda") ||
    same("sasl", "redpanda") ||
    (one.key !== "{name}" && same("key")) ||
    (one.aurora === "existing" &&
      same("aurora", "account", "region", "cluster") &&
      (same("user") ||
        (same("engine", "slot") && isPostgres) ||
        (same("engine", "database") && !isPostgres && one.heartbeat && other.heartbeat) ||
        // Ports differ.
        (same("engine") &&
          one.manage &&
          other.manage &&
          one.networks.some((network) => other.networks.includes(network)))))
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
  // Neither is a matter of course.
  expect(Math.min(harmless, harmful)).toBeGreaterThan(runs / 10);
});
