import { contains, type Host, hostAddress, outgoingRefusal, refusal, type World } from "./network";

/** Redpanda's VPC and the database's, with a peering between them. */
const world: World = {
  vpcs: [
    { id: "vpc-redpanda", cidrs: ["10.0.0.0/16"] },
    { id: "vpc-database", cidrs: ["10.200.0.0/16"] },
  ],
  tables: [
    {
      id: "rtb-redpanda",
      vpc: "vpc-redpanda",
      routes: [
        { cidr: "0.0.0.0/0", target: "nat-3.139.175.89" },
        { cidr: "10.200.0.0/16", target: "pcx-1" },
      ],
    },
    {
      id: "rtb-database",
      vpc: "vpc-database",
      routes: [{ cidr: "10.0.0.0/16", target: "pcx-1" }],
    },
  ],
  subnets: [
    { id: "subnet-redpanda", vpc: "vpc-redpanda", cidr: "10.0.1.0/24", table: "rtb-redpanda" },
    { id: "subnet-database", vpc: "vpc-database", cidr: "10.200.0.0/18", table: "rtb-database" },
  ],
  peerings: [
    {
      id: "pcx-1",
      requester: "vpc-redpanda",
      accepter: "vpc-database",
      accepted: true,
      resolvesAccepter: true,
    },
  ],
  transitGateways: [],
  database: {
    vpc: "vpc-database",
    subnets: ["subnet-database"],
    port: 5432,
    isPublic: false,
    ingress: [{ protocol: "tcp", from: 5432, to: 5432, cidrs: ["10.0.0.0/16"] }],
    egress: [],
  },
  firewall: [{ cidr: "10.200.0.0/16", port_start: 5432, port_end: 5432 }],
};
const pipeline: Host = {
  name: "a pipeline",
  address: "10.0.1.10",
  subnet: "subnet-redpanda",
  isPipeline: true,
};
const postgres = { protocol: "tcp", port: 5432 };
const database = (props: Partial<World["database"]>) => ({ ...world.database, ...props });

test("a pipeline reaches the database by the peering, and no other port", () => {
  expect(refusal(world, pipeline, 0, postgres)).toBeUndefined();
  const open = { ...world, firewall: [{ cidr: "10.0.0.0/8", port_start: 1, port_end: 65535 }] };
  expect(refusal(open, pipeline, 0, { protocol: "tcp", port: 22 })).toBe(
    "the security group refuses it",
  );
  expect(refusal(open, pipeline, 0, { protocol: "udp", port: 5432 })).toBe(
    "the security group refuses it",
  );
});

const [redpandas, ours] = world.tables;
const [peering] = world.peerings;
if (!redpandas || !ours || !peering) throw new Error("the world above has them");
const igw = { cidr: "0.0.0.0/0", target: "igw-1" };

test.each<[what: string, world: World, why: string | undefined]>([
  ["no rule in the firewall", { ...world, firewall: [] }, "Redpanda's firewall blocks it"],
  [
    "a peering that nobody accepted",
    { ...world, peerings: [{ ...peering, accepted: false }] },
    "pcx-1 does not lead there",
  ],
  [
    "a peering with another VPC",
    { ...world, peerings: [{ ...peering, accepter: "vpc-other" }] },
    "pcx-1 does not lead there",
  ],
  [
    "no route to the database",
    { ...world, tables: [{ ...redpandas, routes: [] }, ours] },
    "there is no route",
  ],
  [
    "a NAT gateway alone",
    { ...world, tables: [{ ...redpandas, routes: redpandas.routes.slice(0, 1) }, ours] },
    "a NAT gateway leads to no private address",
  ],
  [
    "no route back",
    { ...world, tables: [redpandas, { ...ours, routes: [] }] },
    "the answer has no route back",
  ],
  [
    "the main route table",
    {
      ...world,
      subnets: world.subnets.map((one) => ({
        ...one,
        table: one.table === ours.id ? undefined : one.table,
      })),
    },
    "the answer has no route back",
  ],
  [
    "a public address whose name the peering resolves",
    { ...world, database: database({ isPublic: true }) },
    undefined,
  ],
  [
    "a public address whose name the peering does not resolve",
    {
      ...world,
      peerings: [{ ...peering, resolvesAccepter: false }],
      database: database({ isPublic: true }),
    },
    "the VPC has no internet gateway",
  ],
  [
    "the same, with an internet gateway that has no route",
    {
      ...world,
      vpcs: world.vpcs.map((vpc) => ({ ...vpc, gateway: "igw-1" })),
      peerings: [],
      database: database({ isPublic: true }),
    },
    "the answer has no route back",
  ],
  [
    "the same with the route: the NAT gateway's address comes",
    {
      ...world,
      vpcs: world.vpcs.map((vpc) => ({ ...vpc, gateway: "igw-1" })),
      tables: [redpandas, { ...ours, routes: [igw] }],
      peerings: [],
      database: database({
        isPublic: true,
        ingress: [{ protocol: "tcp", from: 5432, to: 5432, cidrs: ["3.139.175.89/32"] }],
      }),
    },
    undefined,
  ],
])("%s", (_what, changed, why) => {
  expect(refusal(changed, pipeline, 0, postgres)).toBe(why);
});

test("the internet has no way to a private address", () => {
  const somebody = { name: "somebody", address: "192.0.2.1" };
  expect(refusal(world, somebody, 0, postgres)).toBe(
    "a private address is nowhere on the internet",
  );
});

test("a database opens no connections: its security group lets none out", () => {
  const to = { address: "10.0.1.10", port: 9092 };
  expect(outgoingRefusal(world, 0, to)).toBe("the security group refuses it");
  const all = [{ protocol: "-1", from: 0, to: 0, cidrs: ["0.0.0.0/0"] }];
  const open = { ...world, database: database({ egress: all }) };
  expect(outgoingRefusal(open, 0, to)).toBeUndefined();
  expect(outgoingRefusal(open, 0, { address: "192.0.2.1", port: 443 })).toBe("there is no route");
});

test("networks and addresses", () => {
  expect(contains("10.200.0.0/18", "10.200.63.255")).toBe(true);
  expect(contains("10.200.0.0/18", "10.200.64.0")).toBe(false);
  expect(contains("0.0.0.0/0", "255.255.255.255")).toBe(true);
  expect(hostAddress("10.200.0.192/28")).toBe("10.200.0.202");
});
