import type { Flags } from "../combinations";
import { fittingVpc, together } from "../module-workspace";
import { network } from "../redpandas-network";
import { describeWithTerraform } from "../standin/judges";
import { type Around, places, quarter, type Resource, rulesIn, worldOf } from "./from-state";
import { mutantsOf } from "./mutants";
import { type Host, hostAddress, outgoingRefusal, refusal, type World } from "./network";

/** A module, and what is around it. */
interface Shape {
  readonly flags: Flags;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly around?: Around;
  /** Who reaches the database's port, beside the pipelines and other nodes in their subnets. */
  readonly others: readonly string[];
}

const vpc = "10.201.0.0/24";
/** That of the clusters that are there. */
const owners = "vpc-0eeeeeeeeeeeeeeee";
const bastion = "a bastion in the database's VPC";
const admin_cidrs = [quarter(vpc, 3)];
const operator = "198.51.100.7";
const transitGateway = "tgw-0a1b2c3d4e5f67890";

const shapes: Readonly<Record<string, Shape>> = {
  "postgres-public": {
    flags: { engine: "postgres" },
    values: { vpc_cidr: vpc, redpanda_cidr: `${places.nat}/32`, admin_cidrs: [`${operator}/32`] },
    others: ["the operator on the internet"],
  },
  "mysql-routed": {
    flags: { engine: "mysql", network: "routed" },
    values: { vpc_cidr: vpc, redpanda_gateway_id: transitGateway, admin_cidrs },
    around: { transitGateway },
    others: [bastion],
  },
  "postgres-in-redpandas-vpc": {
    flags: { engine: "postgres", network: "routed" },
    values: {
      vpc_id: "vpc-0342476ccc1ef05f4",
      subnet_ids: ["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"],
    },
    // In one VPC, everything there is let in.
    others: [
      "a host in Redpanda's public subnet",
      bastion,
      "a host beside the database",
      "a database in another zone",
    ],
  },
  "postgres-peering": {
    flags: { engine: "postgres", network: "peering" },
    values: { vpc_cidr: vpc },
    others: [],
  },
  "mysql-peering": {
    flags: { engine: "mysql", network: "peering" },
    values: { vpc_cidr: vpc, az_count: 3, admin_cidrs },
    others: [bastion],
  },
  "postgres-existing": {
    flags: { engine: "postgres", aurora: "existing" },
    values: { redpanda_cidr: `${places.nat}/32`, admin_cidrs: [`${operator}/32`] },
    around: { vpc: { id: owners, cidr: vpc, isPublic: true } },
    others: ["the operator on the internet"],
  },
  "mysql-existing-routed": {
    flags: { engine: "mysql", aurora: "existing", network: "routed" },
    values: { admin_cidrs },
    around: { transitGateway, vpc: { id: owners, cidr: vpc, isPublic: false } },
    others: [bastion],
  },
};

/** What is asked of a world, and whether it should come about. */
interface Flow {
  readonly what: string;
  readonly isWanted: boolean;
  readonly refusal: (world: World) => string | undefined;
}

function hostsOf({ subnets, database }: World): Host[] {
  const within = (subnet: string, nth?: number) => ({
    subnet,
    address: hostAddress(subnets.find(({ id }) => id === subnet)?.cidr ?? "", nth),
  });
  return [
    ...[1, 2].flatMap((n) => [
      {
        name: `a pipeline in private subnet ${n}`,
        isPipeline: true,
        ...within(`subnet-redpanda-${n}`),
      },
      { name: `another node in private subnet ${n}`, ...within(`subnet-redpanda-${n}`, 20) },
    ]),
    { name: "a host in Redpanda's public subnet", ...within("subnet-redpanda-public") },
    { name: "a host in a VPC that Redpanda's peers with", ...within("subnet-behind") },
    { name: "a host in another VPC of the transit gateway", ...within("subnet-transit") },
    { name: "a host beside the database", ...within("subnet-beside") },
    { name: bastion, ...within("subnet-bastion") },
    { name: "the operator on the internet", address: operator },
    { name: "another host of the operator's network", address: "198.51.100.8" },
    { name: "another cluster's NAT gateway", address: "3.139.175.90" },
    { name: "somebody on the internet", address: "192.0.2.1" },
    { name: "a database in another zone", ...within(String(database.subnets[1]), 30) },
  ];
}

function flowsOf(world: World, { others }: Shape): Flow[] {
  const { port, subnets } = world.database;
  const wanted = (name: string) => /private subnet/.test(name) || others.includes(name);
  const asked = [
    ...[port, port - 1, port + 1, 22, 80, 443, port === 5432 ? 3306 : 5432, 9092].map((one) => ({
      protocol: "tcp",
      port: one,
    })),
    { protocol: "udp", port },
  ];
  const zones = subnets.map((_, zone) => zone);
  return zones.flatMap((zone) => [
    ...hostsOf(world).flatMap((host) =>
      asked.map((one, nth) => ({
        what: `${host.name} → ${one.protocol} ${one.port}, zone ${zone + 1}`,
        isWanted: nth === 0 && wanted(host.name),
        refusal: (other: World) => refusal(other, host, zone, one),
      })),
    ),
    ...[
      { address: "192.0.2.1", port: 443 },
      { address: hostAddress(places.redpanda[0]), port: 9092 },
      { address: hostAddress(places.behindTransit), port: 443 },
    ].map((to) => ({
      what: `the database in zone ${zone + 1} → ${to.address} ${to.port}`,
      isWanted: false,
      // Nothing is made of a security group that is somebody else's.
      refusal: (other: World) => outgoingRefusal(other, zone, to),
    })),
    ...firewalled(world, zone),
  ]);
}

/** What the firewall alone keeps a pipeline from: a host like the database, in another place or at another port. */
function firewalled(world: World, zone: number): Flow[] {
  const [pipeline] = hostsOf(world);
  if (!pipeline || world.firewall.length === 0) return [];
  const { database } = world;
  const open = [{ protocol: "-1", from: 0, to: 0, cidrs: ["0.0.0.0/0"] }];
  const without = (other: World, firewall: World["firewall"]) =>
    refusal({ ...other, firewall }, pipeline, zone, { protocol: "tcp", port: database.port });
  return [
    {
      what: `a pipeline before allow_egress_command, zone ${zone + 1}`,
      isWanted: false,
      refusal: (other: World) => without(other, []),
    },
    ...[database.port - 1, 22, 443].map((port) => ({
      what: `a pipeline → port ${port} of a host that lets everybody in, zone ${zone + 1}`,
      isWanted: false,
      refusal: (other: World) =>
        refusal({ ...other, database: { ...other.database, ingress: open } }, pipeline, zone, {
          protocol: "tcp",
          port,
        }),
    })),
    // In Redpanda's own VPC there is no such place.
    ...(database.vpc === network.vpc || world.vpcs.every(({ id }) => id !== network.vpc)
      ? []
      : [
          {
            what: `a pipeline → the port of a host in another VPC that lets everybody in, zone ${zone + 1}`,
            isWanted: false,
            refusal: (other: World) =>
              refusal(
                elsewhere({ ...other, database: { ...other.database, ingress: open } }),
                pipeline,
                zone,
                { protocol: "tcp", port: database.port },
              ),
          },
        ]),
  ];
}

/** The same world, where the database has moved to 10.77.0.0/24, and the way leads there too. */
function elsewhere(world: World): World {
  return JSON.parse(
    JSON.stringify({ ...world, firewall: [] }).replaceAll("10.201.0.", "10.77.0."),
    (key, value) => (key === "firewall" ? world.firewall : value),
  );
}

/** Changes that turn no row red, in which shapes, and why. */
const survivors: Readonly<
  Record<string, { readonly in: readonly string[]; readonly why: string }>
> = {
  "internet gateway: attached": {
    in: ["mysql-routed", "postgres-peering", "mysql-peering"],
    why: "It leads nowhere without a route and a public address.",
  },
  "internet gateway, public address and default route": {
    in: ["postgres-peering", "mysql-peering"],
    why: "The security group lets in private networks alone, and Redpanda resolves the private address.",
  },
  "public address: given": {
    in: ["postgres-in-redpandas-vpc", "postgres-peering", "mysql-peering"],
    why: "There is no internet gateway, and inside, or by the peering, the name leads to the private address.",
  },
  "peering: does not resolve the database's names": {
    in: ["postgres-peering", "mysql-peering"],
    why: "Without a public address the name leads to the private one, wherever it is asked for.",
  },
  "route 10.0.0.0/16 → tgw of the database: the internet": {
    in: ["mysql-routed"],
    why: "The security group refuses whoever else comes by the transit gateway.",
  },
  "route 10.0.0.0/16 → pcx of the database: the internet": {
    in: ["postgres-peering", "mysql-peering"],
    why: "A peering leads to the other VPC alone, and the security group refuses the others.",
  },
  "firewall 10.0.0.0/16: every private network": {
    in: ["postgres-in-redpandas-vpc"],
    why: "The rule is for Redpanda's own VPC, and no row has a pipeline go elsewhere.",
  },
  "rule 10.0.0.0/16: 10.0.0.0/16: the internet": {
    in: ["postgres-in-redpandas-vpc"],
    why: "Whoever is in the VPC is let in already, and nobody else has a way there.",
  },
  "rule 10.0.0.0/16: 10.0.0.0/16: /8": {
    in: ["postgres-in-redpandas-vpc"],
    why: "The same.",
  },
};

describeWithTerraform("Who reaches the database", () => {
  const worlds = new Map<string, World>();
  beforeAll(async () => {
    await using workspace = await together(shapes, ["allow_egress_command"], {
      "data.aws_db_subnet_group": { vpc_id: owners },
      "data.aws_vpc": (subject) =>
        subject.values.id === owners
          ? {
              cidr_block_associations: [
                { association_id: "a", cidr_block: vpc, state: "associated" },
              ],
            }
          : fittingVpc(subject),
    });
    expect(await workspace.init()).toMatchObject({ code: 0 });
    const { code, diagnostics } = await workspace.apply();
    expect({ code, errors: diagnostics.filter(({ severity }) => severity === "error") }).toEqual({
      code: 0,
      errors: [],
    });
    const { values } = await workspace.show();
    for (const [name, { around = {} }] of Object.entries(shapes)) {
      const module = values.root_module.child_modules.find(
        ({ address }: { address: string }) => address === `module.${name}`,
      );
      const command = values.outputs[`${name}_allow_egress_command`]?.value;
      const rules = command === undefined ? [] : rulesIn(command);
      worlds.set(name, worldOf(module.resources as Resource[], rules, around));
    }
  });

  const worldNamed = (name: string) => {
    const world = worlds.get(name);
    if (!world) throw new Error(`${name} was not applied`);
    return world;
  };

  test.each(Object.entries(shapes))(
    "%s lets in those that are wanted, and nobody else",
    (name, shape) => {
      const world = worldNamed(name);
      const wrong = flowsOf(world, shape)
        .map(({ what, isWanted, refusal }) => ({ what, isWanted, why: refusal(world) }))
        .filter(({ isWanted, why }) => isWanted !== (why === undefined))
        .map(({ what, why }) => `${what}: ${why ?? "comes about"}`);
      expect(wrong).toEqual([]);
    },
  );

  test("is asked more than 500 times", () => {
    const count = Object.entries(shapes).reduce(
      (sum, [name, shape]) => sum + flowsOf(worldNamed(name), shape).length,
      0,
    );
    expect(count).toBe(1988);
  });

  test("every change of a module's network turns a row red, but for these", () => {
    const left: Record<string, string[]> = {};
    let count = 0;
    for (const [name, shape] of Object.entries(shapes)) {
      const world = worldNamed(name);
      const flows = flowsOf(world, shape);
      for (const mutant of mutantsOf(world)) {
        count++;
        const isSeen = flows.some(
          (flow) => (flow.refusal(mutant.world) === undefined) !== flow.isWanted,
        );
        if (!isSeen) left[mutant.name] = [...new Set([...(left[mutant.name] ?? []), name])];
      }
    }
    const known = Object.entries(survivors).map(([name, { in: where }]) => [name, where]);
    expect({ count, left }).toEqual({ count: 182, left: Object.fromEntries(known) });
  });
});
