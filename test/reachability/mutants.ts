import type { Destination, Rule, World } from "./network";

/** A world that differs in one thing from that of a module. */
export interface Mutant {
  /** The change. */
  readonly name: string;
  readonly world: World;
}

/**
 * Every world that differs in one thing that the module makes: a route, an association, a gateway, an
 * option of a peering or a rule that is gone, or reaches further.
 */
export function mutantsOf(world: World): Mutant[] {
  return [
    ...ofTables(world),
    ...ofSubnets(world),
    ...ofVpcs(world),
    ...ofPeerings(world),
    ...ofDatabase(world),
    ...ofFirewall(world),
  ];
}

/** Items with one of them changed, or left out where it becomes undefined. */
function changing<T>(items: readonly T[], at: number, to: T | undefined): T[] {
  return items.toSpliced(at, 1, ...(to === undefined ? [] : [to]));
}

function ofTables(world: World): Mutant[] {
  return world.tables.flatMap((table, at) =>
    table.routes.flatMap((route, nth) => {
      if (!route.made) return [];
      const become = (what: string, to: typeof route | undefined): Mutant => ({
        name: `route ${route.cidr} → ${kind(route.target)} of ${table.vpc === world.database.vpc ? "the database" : "Redpanda"}: ${what}`,
        world: {
          ...world,
          tables: changing(world.tables, at, {
            ...table,
            routes: changing(table.routes, nth, to),
          }),
        },
      });
      return [
        become("none", undefined),
        become("another network", { ...route, cidr: "10.99.0.0/16" }),
        ...(route.cidr === "0.0.0.0/0"
          ? []
          : [become("the internet", { ...route, cidr: "0.0.0.0/0" })]),
        become("another target", { ...route, target: "pcx-0" }),
      ];
    }),
  );
}

function ofSubnets(world: World): Mutant[] {
  return world.subnets.flatMap((subnet, at) =>
    subnet.made
      ? [
          {
            name: `subnet ${subnet.cidr}: the main route table`,
            world: {
              ...world,
              subnets: changing(world.subnets, at, { ...subnet, table: undefined }),
            },
          },
        ]
      : [],
  );
}

function ofVpcs(world: World): Mutant[] {
  const at = world.vpcs.findIndex(({ id }) => id === world.database.vpc);
  const vpc = world.vpcs[at];
  if (!vpc?.made) return [];
  const isPublicWorld = vpc.gateway !== undefined;
  const gateway = isPublicWorld ? undefined : "igw-0";
  const opened = { ...world, vpcs: changing(world.vpcs, at, { ...vpc, gateway }) };
  const all = { cidr: "0.0.0.0/0", target: "igw-0" };
  return [
    { name: `internet gateway: ${isPublicWorld ? "none" : "attached"}`, world: opened },
    ...(isPublicWorld
      ? []
      : [
          {
            name: "internet gateway, public address and default route",
            world: {
              ...opened,
              tables: world.tables.map((table) =>
                table.vpc === vpc.id ? { ...table, routes: [...table.routes, all] } : table,
              ),
              database: { ...world.database, isPublic: true },
            },
          },
        ]),
  ];
}

function ofPeerings(world: World): Mutant[] {
  return world.peerings.flatMap((peering, at) => {
    if (!peering.made) return [];
    const become = (name: string, to: typeof peering | undefined): Mutant => ({
      name: `peering: ${name}`,
      world: { ...world, peerings: changing(world.peerings, at, to) },
    });
    return [
      become("none", undefined),
      become("not accepted", { ...peering, accepted: false }),
      become("does not resolve the database's names", { ...peering, resolvesAccepter: false }),
      become("with another VPC", { ...peering, requester: "vpc-0" }),
    ];
  });
}

function ofDatabase(world: World): Mutant[] {
  const { database } = world;
  const become = (name: string, to: Partial<typeof database>): Mutant => ({
    name,
    world: { ...world, database: { ...database, ...to } },
  });
  const all: Rule = { protocol: "-1", from: 0, to: 0, cidrs: ["0.0.0.0/0"] };
  return [
    ...(database.made
      ? [
          become(`public address: ${database.isPublic ? "none" : "given"}`, {
            isPublic: !database.isPublic,
          }),
        ]
      : []),
    become("outgoing: everything", { egress: [all] }),
    ...database.ingress.flatMap((rule, at) => {
      const changed = (what: string, to: Rule | undefined) =>
        become(`rule ${rule.cidrs.join(", ")}: ${what}`, {
          ingress: changing(database.ingress, at, to),
        });
      return [
        changed("none", undefined),
        changed("every protocol", { ...rule, protocol: "-1" }),
        changed("udp", { ...rule, protocol: "udp" }),
        changed("every port", { ...rule, from: 0, to: 65535 }),
        changed("from the port before", { ...rule, from: rule.from - 1 }),
        changed("to the port after", { ...rule, to: rule.to + 1 }),
        ...rule.cidrs.flatMap((cidr, nth) => [
          changed(`without ${cidr}`, { ...rule, cidrs: changing(rule.cidrs, nth, undefined) }),
          changed(`${cidr}: the internet`, {
            ...rule,
            cidrs: changing(rule.cidrs, nth, "0.0.0.0/0"),
          }),
          changed(`${cidr}: /8`, {
            ...rule,
            cidrs: changing(rule.cidrs, nth, `${cidr.split(".")[0]}.0.0.0/8`),
          }),
        ]),
      ];
    }),
  ];
}

function ofFirewall(world: World): Mutant[] {
  return world.firewall.flatMap((rule, at) => {
    const become = (what: string, to: Destination | undefined): Mutant => ({
      name: `firewall ${rule.cidr}: ${what}`,
      world: { ...world, firewall: changing(world.firewall, at, to) },
    });
    return [
      become("none", undefined),
      become("another network", { ...rule, cidr: "10.99.0.0/16" }),
      become("the port before", {
        ...rule,
        port_start: rule.port_start - 1,
        port_end: rule.port_start - 1,
      }),
      become("every port", { ...rule, port_start: 1, port_end: 65535 }),
      become("every private network", { ...rule, cidr: "10.0.0.0/8" }),
    ];
  });
}

const kind = (target: string) => target.split("-")[0];
