import { network } from "../redpandas-network";
import type { Destination, Route, Rule, Subnet, World } from "./network";

/** A resource or data source of a module, as `terraform show -json` tells it. */
export interface Resource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values: Values;
}

type Values = Readonly<Record<string, unknown>>;

/** What is around the module, and not its own. */
export interface Around {
  /** A transit gateway that its owner has attached to Redpanda's VPC and the database's. */
  readonly transitGateway?: string;
  /** The VPC of a database that is there already. @default - the module's own */
  readonly vpc?: { readonly id: string; readonly cidr: string; readonly isPublic: boolean };
}

/** Where things are beside the module. */
export const places = {
  nat: "3.139.175.89",
  redpanda: ["10.0.1.0/24", "10.0.2.0/24"],
  redpandaPublic: "10.0.9.0/24",
  /** A VPC that Redpanda's peers with, and one that is attached to the same transit gateway. */
  behindRedpanda: "10.50.0.0/16",
  behindTransit: "10.60.0.0/16",
} as const;

/**
 * The networks that an applied module makes, with Redpanda's around them.
 * @param rules what `allow_egress_command` adds
 */
export function worldOf(
  resources: readonly Resource[],
  rules: readonly Destination[],
  around: Around,
): World {
  const all = (type: string, mode = "managed") =>
    resources.filter((one) => one.type === type && one.mode === mode).map(({ values }) => values);
  const given = all("aws_vpc", "data").find(({ id }) => id !== network.vpc);
  const own = all("aws_vpc")[0] ?? given;
  const vpc = around.vpc?.id ?? String(own?.id);
  const cidr = around.vpc?.cidr ?? String(own?.cidr_block);
  const redpandas = vpc === given?.id && !around.vpc ? vpc : network.vpc;
  const gateway = around.vpc?.isPublic ? "igw-owners" : text(all("aws_internet_gateway")[0]?.id);
  const tables = all("aws_route_table").map(({ id, route }) => ({
    id: String(id),
    vpc,
    routes: (route as Values[]).map(asRoute),
  }));
  const ownersTable = {
    id: "rtb-owners",
    vpc,
    routes: [
      ...(around.vpc?.isPublic ? [{ cidr: "0.0.0.0/0", target: "igw-owners" }] : []),
      ...(around.transitGateway ? [{ cidr: "10.0.0.0/16", target: around.transitGateway }] : []),
    ],
  };
  const made: Subnet[] = all("aws_subnet").map(({ id, cidr_block }) => ({
    id: String(id),
    vpc,
    cidr: String(cidr_block),
    made: true,
    table: text(
      all("aws_route_table_association").find(({ subnet_id }) => subnet_id === id)?.route_table_id,
    ),
  }));
  // Of somebody else's VPC, the quarters that the module would have made.
  const owners: Subnet[] = ["a", "b"].map((zone, nth) => ({
    id: `subnet-${zone}`,
    vpc,
    cidr: quarter(cidr, nth),
    table: around.vpc ? ownersTable.id : undefined,
  }));
  const databaseSubnets = made.length > 0 ? made : owners;
  const [group] = all("aws_security_group");
  const peerings = all("aws_vpc_peering_connection").map(({ id, vpc_id, peer_vpc_id }) => ({
    id: String(id),
    requester: String(vpc_id),
    accepter: String(peer_vpc_id),
    made: true,
    accepted: all("aws_vpc_peering_connection_accepter").some((one) => one.auto_accept === true),
    resolvesAccepter: all("aws_vpc_peering_connection_options").some(({ accepter }) =>
      (accepter as Values[]).some((one) => one.allow_remote_vpc_dns_resolution === true),
    ),
  }));
  const behind = { id: "pcx-behind", requester: "vpc-behind", accepter: redpandas };
  return {
    vpcs: [
      { id: vpc, cidrs: [cidr], gateway, made: all("aws_vpc").length > 0 },
      ...(redpandas === vpc
        ? []
        : [{ id: redpandas, cidrs: network.cidrs, gateway: "igw-redpanda" }]),
      { id: "vpc-behind", cidrs: [places.behindRedpanda] },
      { id: "vpc-transit", cidrs: [places.behindTransit] },
    ],
    tables: [
      ...tables,
      ownersTable,
      ...network.tables.map((id) => ({
        id,
        vpc: redpandas,
        routes: [
          { cidr: "0.0.0.0/0", target: `nat-${places.nat}` },
          ...all("aws_route")
            .filter(({ route_table_id }) => route_table_id === id)
            .map((route) => asRoute({ ...route, cidr_block: route.destination_cidr_block })),
          ...(around.transitGateway ? [{ cidr, target: around.transitGateway }] : []),
        ],
      })),
      {
        id: "rtb-redpanda-public",
        vpc: redpandas,
        routes: [{ cidr: "0.0.0.0/0", target: "igw-redpanda" }],
      },
      { id: "rtb-behind", vpc: "vpc-behind", routes: [{ cidr, target: behind.id }] },
      {
        id: "rtb-transit",
        vpc: "vpc-transit",
        routes: around.transitGateway ? [{ cidr, target: around.transitGateway }] : [],
      },
    ],
    subnets: [
      ...databaseSubnets,
      { id: "subnet-beside", vpc, cidr: quarter(cidr, 2) },
      { id: "subnet-bastion", vpc, cidr: quarter(cidr, 3) },
      ...places.redpanda.map((subnet, nth) => ({
        id: `subnet-redpanda-${nth + 1}`,
        vpc: redpandas,
        cidr: subnet,
        table: network.tables[nth],
      })),
      {
        id: "subnet-redpanda-public",
        vpc: redpandas,
        cidr: places.redpandaPublic,
        table: "rtb-redpanda-public",
      },
      { id: "subnet-behind", vpc: "vpc-behind", cidr: places.behindRedpanda, table: "rtb-behind" },
      {
        id: "subnet-transit",
        vpc: "vpc-transit",
        cidr: places.behindTransit,
        table: "rtb-transit",
      },
    ],
    peerings: [...peerings, { ...behind, accepted: true, resolvesAccepter: true }],
    transitGateways: around.transitGateway
      ? [{ id: around.transitGateway, vpcs: [redpandas, vpc, "vpc-transit"] }]
      : [],
    database: {
      made: !around.vpc,
      vpc,
      subnets: databaseSubnets.map(({ id }) => id),
      port: Number(portOf(resources)),
      isPublic:
        around.vpc?.isPublic ??
        all("aws_rds_cluster_instance").some((one) => one.publicly_accessible === true),
      ingress: [
        ...((group?.ingress ?? []) as Values[]).map(asRule),
        ...all("aws_vpc_security_group_ingress_rule").map((rule) => ({
          protocol: String(rule.ip_protocol),
          from: Number(rule.from_port),
          to: Number(rule.to_port),
          cidrs: [String(rule.cidr_ipv4)],
        })),
      ],
      egress: ((group?.egress ?? []) as Values[]).map(asRule),
    },
    firewall: rules,
  };
}

/** The rules in the text of `allow_egress_command`. */
export function rulesIn(command: string): Destination[] {
  const [, rules = ""] = / \+ (\[.*?\]) \| unique\)/.exec(command) ?? [];
  return JSON.parse(rules);
}

function portOf(resources: readonly Resource[]): unknown {
  const [group] = resources.filter(({ type }) => type === "aws_security_group");
  const [rule] = (group?.values.ingress ?? []) as Values[];
  if (rule) return rule.to_port;
  return resources.find(({ type, mode }) => type === "aws_rds_cluster" && mode === "data")?.values
    .port;
}

function asRoute(route: Values): Route {
  const target = [route.gateway_id, route.transit_gateway_id, route.vpc_peering_connection_id].find(
    (id) => typeof id === "string" && id !== "",
  );
  if (target === undefined) throw new Error(`a route without a target: ${JSON.stringify(route)}`);
  return { cidr: String(route.cidr_block), target: String(target), made: true };
}

function asRule(rule: Values): Rule {
  return {
    protocol: String(rule.protocol),
    from: Number(rule.from_port),
    to: Number(rule.to_port),
    cidrs: (rule.cidr_blocks as string[]) ?? [],
  };
}

/** A quarter of a network, as the module divides it. */
export function quarter(cidr: string, nth: number): string {
  const [address = "", prefix] = cidr.split("/");
  const size = 2 ** (32 - Number(prefix) - 2);
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0) + nth * size;
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${Number(prefix) + 2}`;
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
