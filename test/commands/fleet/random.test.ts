import fc from "fast-check";
import { stringify } from "yaml";
import { collisions } from "../../../commands/fleet/collisions";
import { parseFleet } from "../../../commands/fleet/fleet-file";
import { membersOf } from "../../../commands/fleet/members";

/** How many fleets: more in `npm run test:long`. */
const runs = Number(process.env.FLEETS ?? 300);

/** What two pipelines may have in common, each of a few values. */
const drawn = fc.record({
  engine: fc.constantFrom("postgres", "mysql"),
  account: fc.constantFrom("111122223333", "222233334444"),
  region: fc.constantFrom("us-east-2", "eu-west-1"),
  redpanda: fc.constantFrom("curl3eo533cmsnt23dv0", "d0000000000000000001"),
  aurora: fc.constantFrom("new", "existing", "existing"),
  prefix: fc.constantFrom("a", "b", "c", "a-b", "d", "e", "f", "g"),
  sasl: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  cluster: fc.constantFrom("shop", "shop-2", "stock"),
  database: fc.constantFrom("a", "b"),
  slot: fc.constantFrom("a", "b", "c", "d", "e"),
  user: fc.constantFrom("u_a", "u_b", "u_c", "u_d", "u_e", "u_f"),
  heartbeat: fc.boolean(),
  manage: fc.constantFrom(true, false, false),
  networks: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4), { minLength: 1, maxLength: 2 }),
  key: fc.constantFrom("a", "{name}", "{name}", "{name}", "{name}", "b"),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer One> ? One : never;

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
    fc.property(fc.array(drawn, { minLength: 1, maxLength: 5 }), (fleet) => {
      const text = stringify({ pipelines: fleet.map(entryOf) });
      const members = membersOf(parseFleet(text, "fleet.yaml"));
      const places = members.map(({ place }) => place);
      const pairs = fleet.flatMap((one, i) =>
        fleet.slice(i + 1).flatMap((other, k) => (collide(one, other) ? [[i, i + 1 + k]] : [])),
      );
      const found = collisions(members);
      if (pairs.length > 0) harmful++;
      else harmless++;

      const named = found.map((sentence) => {
        const [, one = "", other = ""] = /^(\S+) and (\S+): /.exec(sentence) ?? [];
        return [places.indexOf(one), places.indexOf(other)];
      });
      // Each pair named is one that collides, and each that collides is named, at least with a third
      // that has the same.
      for (const pair of named) expect(pairs).toContainEqual(pair);
      expect(new Set(named.flat())).toEqual(new Set(pairs.flat()));
    }),
    { numRuns: runs, ...(process.env.FLEETS_SEED && { seed: Number(process.env.FLEETS_SEED) }) },
  );
  // Neither is a matter of course.
  expect(Math.min(harmless, harmful)).toBeGreaterThan(runs / 10);
});
