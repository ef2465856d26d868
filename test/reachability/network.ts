/**
 * What AWS delivers, as far as the modules' networks go: IPv4, route tables, gateways, peerings, transit
 * gateways and security groups, with Redpanda's firewall before them.
 */
export interface World {
  readonly vpcs: readonly Vpc[];
  readonly tables: readonly RouteTable[];
  readonly subnets: readonly Subnet[];
  readonly peerings: readonly Peering[];
  readonly transitGateways: readonly TransitGateway[];
  readonly database: Database;
  /** Private destinations that the Redpanda cluster's firewall lets its pipelines reach. */
  readonly firewall: readonly Destination[];
}

/** Whether the module makes it. What others make no mutant changes. */
interface Made {
  readonly made?: boolean;
}

export interface Vpc extends Made {
  readonly id: string;
  readonly cidrs: readonly string[];
  /** The internet gateway that is attached. */
  readonly gateway?: string;
}

export interface RouteTable {
  readonly id: string;
  readonly vpc: string;
  /** Beside the local one, which is always there. */
  readonly routes: readonly Route[];
}

export interface Route extends Made {
  readonly cidr: string;
  /** Id of a gateway, a peering or a transit gateway; of a NAT gateway `nat-` and its public address. */
  readonly target: string;
}

export interface Subnet extends Made {
  readonly id: string;
  readonly vpc: string;
  readonly cidr: string;
  /** @default - the VPC's main table, which has the local route alone */
  readonly table?: string;
}

export interface Peering extends Made {
  readonly id: string;
  readonly requester: string;
  readonly accepter: string;
  readonly accepted: boolean;
  /** Whether the requester's hosts get the accepter's private addresses for its public names. */
  readonly resolvesAccepter: boolean;
}

export interface TransitGateway {
  readonly id: string;
  readonly vpcs: readonly string[];
}

export interface Database extends Made {
  readonly vpc: string;
  /** Any of them may hold the writer. */
  readonly subnets: readonly string[];
  readonly port: number;
  readonly isPublic: boolean;
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

export interface Rule {
  /** `-1` is all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidrs: readonly string[];
}

export interface Destination {
  readonly cidr: string;
  readonly port_start: number;
  readonly port_end: number;
}

/** Who opens a connection. */
export interface Host {
  readonly name: string;
  /** Its own address. */
  readonly address: string;
  /** Where it is. @default - on the internet, where its address is public */
  readonly subnet?: string;
  /** Whether it is a pipeline behind Redpanda's firewall. */
  readonly isPipeline?: boolean;
}

const PUBLIC_ADDRESS = "203.0.113.80";

/**
 * Why a connection from `host` to the database does not come about; undefined where it does.
 *
 * @param zone number of the subnet that the writer is in
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html longest prefix, local route
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html gateway and public address
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html not transitive
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html stateful
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html names
 * @see https://docs.redpanda.com/cloud-data-platform/networking/connect-egress-allowlist/ firewall
 */
export function refusal(
  world: World,
  host: Host,
  zone: number,
  { protocol, port }: { readonly protocol: string; readonly port: number },
): string | undefined {
  const { database } = world;
  const home = subnetOf(world, database.subnets[zone]);
  const inside = hostAddress(home.cidr);
  const target = resolved(world, host, inside);
  if (host.isPipeline && isPrivate(target) && !isAllowed(world.firewall, target, port)) {
    return "Redpanda's firewall blocks it";
  }
  const way = wayFrom(world, host, target);
  if (typeof way === "string") return way;
  const back = backTo(world, home, way);
  if (back) return back;
  const isLetIn = database.ingress.some((rule) => fits(rule, way.from, protocol, port));
  return isLetIn ? undefined : "the security group refuses it";
}

/** Why the database opens no connection to this address; undefined where it does. */
export function outgoingRefusal(
  world: World,
  zone: number,
  { address, port }: { readonly address: string; readonly port: number },
): string | undefined {
  const home = subnetOf(world, world.database.subnets[zone]);
  if (!world.database.egress.some((rule) => fits(rule, address, "tcp", port))) {
    return "the security group refuses it";
  }
  const hop = hopTo(world, home, address);
  return hop === undefined ? "there is no route" : undefined;
}

/** How a packet arrives: from which address, and through what. */
interface Way {
  readonly from: string;
  /** `local`, `internet`, or the id of a peering or a transit gateway. */
  readonly through: string;
}

/** The address that the endpoint's name leads to. */
function resolved(world: World, host: Host, inside: string): string {
  const { database } = world;
  if (!database.isPublic) return inside;
  const vpc = host.subnet && subnetOf(world, host.subnet).vpc;
  const isPeer = world.peerings.some(
    ({ requester, accepter, accepted, resolvesAccepter }) =>
      accepted && resolvesAccepter && requester === vpc && accepter === database.vpc,
  );
  return vpc === database.vpc || isPeer ? inside : PUBLIC_ADDRESS;
}

function wayFrom(world: World, host: Host, target: string): Way | string {
  const { database } = world;
  const isInternetTarget = !isPrivate(target);
  if (!host.subnet) {
    return isInternetTarget
      ? { from: host.address, through: "internet" }
      : "a private address is nowhere on the internet";
  }
  const from = subnetOf(world, host.subnet);
  const hop = hopTo(world, from, target);
  if (hop === undefined) return "there is no route";
  if (hop === "local") return { from: host.address, through: "local" };
  if (hop.startsWith("nat-")) {
    return isInternetTarget
      ? { from: hop.slice("nat-".length), through: "internet" }
      : "a NAT gateway leads to no private address";
  }
  if (hop.startsWith("igw-")) return "the host has no public address";
  return leadsTo(world, hop, from.vpc, database.vpc)
    ? { from: host.address, through: hop }
    : `${hop} does not lead there`;
}

/** Why the answer does not find back the way that the packet came. */
function backTo(world: World, home: Subnet, { from, through }: Way): string | undefined {
  const { database } = world;
  if (through === "local") return undefined;
  const hop = hopTo(world, home, from);
  if (through !== "internet") {
    return hop === through ? undefined : "the answer has no route back";
  }
  const { gateway } = vpcOf(world, database.vpc);
  if (!gateway) return "the VPC has no internet gateway";
  if (!database.isPublic) return "the database has no public address";
  return hop === gateway ? undefined : "the answer has no route back";
}

/** The target of the most specific route; of two that are as specific, the local one. */
function hopTo(world: World, subnet: Subnet, address: string): string | undefined {
  const local = vpcOf(world, subnet.vpc).cidrs.map((cidr) => ({ cidr, target: "local" }));
  const table = world.tables.find(({ id }) => id === subnet.table);
  const routes = [...local, ...(table?.routes ?? [])].filter(({ cidr }) => contains(cidr, address));
  return routes.toSorted((one, other) => prefixOf(other.cidr) - prefixOf(one.cidr))[0]?.target;
}

function leadsTo(world: World, hop: string, from: string, to: string): boolean {
  const isPeering = world.peerings.some(
    ({ id, accepted, requester, accepter }) =>
      id === hop &&
      accepted &&
      [requester, accepter].includes(from) &&
      [requester, accepter].includes(to),
  );
  const isTransit = world.transitGateways.some(
    ({ id, vpcs }) => id === hop && vpcs.includes(from) && vpcs.includes(to),
  );
  return isPeering || isTransit;
}

function fits({ protocol, from, to, cidrs }: Rule, address: string, asked: string, port: number) {
  const isPort = protocol === "-1" || (protocol === asked && from <= port && port <= to);
  return isPort && cidrs.some((cidr) => contains(cidr, address));
}

function isAllowed(rules: readonly Destination[], address: string, port: number): boolean {
  return rules.some(
    ({ cidr, port_start: first, port_end: last }) =>
      contains(cidr, address) && first <= port && port <= last,
  );
}

function subnetOf({ subnets }: World, id: string | undefined): Subnet {
  const found = subnets.find((subnet) => subnet.id === id);
  if (!found) throw new Error(`there is no subnet ${id}`);
  return found;
}

function vpcOf({ vpcs }: World, id: string): Vpc {
  const found = vpcs.find((vpc) => vpc.id === id);
  if (!found) throw new Error(`there is no VPC ${id}`);
  return found;
}

/** An address in a subnet: the first four are AWS's own. */
export function hostAddress(cidr: string, nth = 10): string {
  const first = numberOf(cidr.split("/")[0] ?? "") + nth;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
}

export function contains(cidr: string, address: string): boolean {
  const [network = ""] = cidr.split("/");
  const size = 2 ** (32 - prefixOf(cidr));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
}

export function isPrivate(address: string): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].some((cidr) =>
    contains(cidr, address),
  );
}

export function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
