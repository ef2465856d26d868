import type { ByocChoices, Chosen } from "../choices";
import { connectsItself } from "./database";
import { ingressPrefix, isIpv4Network, type Variable, vpcPrefix } from "./variable";

/** A VPC of the module's own. */
export const vpc = {
  vpc_cidr: {
    type: "string",
    default: "10.200.0.0/16",
    description:
      "IPv4 network of the new VPC, /16 to /26. Each zone gets a quarter of it, at least a /28, which is the smallest subnet.",
    validation: [
      {
        condition: `\${${isIpv4Network("var.vpc_cidr", vpcPrefix)}}`,
        errorMessage:
          "vpc_cidr is ${jsonencode(var.vpc_cidr)}. It must be an IPv4 network from /16 to /26 whose host bits are zero, such as 10.200.0.0/16.",
      },
      {
        condition:
          '${!can(regex("^(0|127|169[.]254|22[4-9]|23[0-9]|24[0-9]|25[0-5])[.]", var.vpc_cidr))}',
        errorMessage:
          "vpc_cidr is ${jsonencode(var.vpc_cidr)}, in a range reserved for loopback, link-local or multicast addresses. Choose a private network, such as 10.200.0.0/16.",
      },
    ],
  },
  az_count: {
    type: "number",
    default: 2,
    description:
      "Number of availability zones with a subnet, 2 to 4. Aurora requires subnets in at least two.",
    validation: [
      {
        condition: "${contains([2, 3, 4], var.az_count)}",
        errorMessage:
          "az_count is ${jsonencode(var.az_count)}. It must be 2, 3 or 4: Aurora requires subnets in at least two zones, and the VPC is divided into quarters.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** Who may reach the database's port. */
export const clients = {
  redpanda_cidr: {
    type: "string",
    default: null,
    description:
      "Address of the Redpanda cluster's NAT gateway, as /32, such as 3.139.175.89/32: Redpanda Cloud > the cluster > Overview, or `nat_gateways` of GET /v1/clusters/<id>.",
    validation: [
      {
        condition: `\${var.redpanda_cidr == null ? true : ${isIpv4Network("var.redpanda_cidr", ingressPrefix)}}`,
        errorMessage: `redpanda_cidr is \${jsonencode(var.redpanda_cidr)}. It must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.`,
      },
    ],
  },
  redpanda_cidrs: {
    type: "list(string)",
    default: [],
    description:
      "Addresses of the NAT gateways of a Redpanda cluster that has several, each as /32. At least one of redpanda_cidr and redpanda_cidrs must be given.",
    validation: [
      {
        condition: "${var.redpanda_cidr != null || length(var.redpanda_cidrs) > 0}",
        errorMessage:
          "Neither redpanda_cidr nor redpanda_cidrs is given, so the pipeline could not reach the database. Set redpanda_cidr to the NAT gateway's address as /32: Redpanda Cloud > the cluster > Overview, or `nat_gateways` of GET /v1/clusters/<id>.",
      },
      {
        condition: `\${alltrue([for cidr in var.redpanda_cidrs : ${isIpv4Network("cidr", ingressPrefix)}])}`,
        errorMessage: `redpanda_cidrs is \${jsonencode(var.redpanda_cidrs)}. Each must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.`,
      },
    ],
  },
  admin_cidrs: {
    type: "list(string)",
    default: null,
    description:
      "Networks from which people may connect with psql or mysql. Null: the address from which Terraform runs, looked up over HTTPS at every plan. []: nobody.",
    validation: [
      {
        condition: `\${var.admin_cidrs == null ? true : alltrue([for cidr in var.admin_cidrs : ${isIpv4Network("cidr", ingressPrefix)}])}`,
        errorMessage: `admin_cidrs is \${jsonencode(var.admin_cidrs)}. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 198.51.100.7/32; [] lets nobody in, null the address from which Terraform runs.`,
      },
    ],
  },
} satisfies Record<string, Variable>;

/** `clients`, where the apply itself connects to the database from the machine that it runs on. */
export const clientsWithTerraform = {
  ...clients,
  admin_cidrs: {
    ...clients.admin_cidrs,
    validation: [
      ...clients.admin_cidrs.validation,
      {
        condition: "${var.admin_cidrs == null ? true : length(var.admin_cidrs) > 0}",
        errorMessage:
          "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. Leave admin_cidrs out, or list the network that this machine connects from.",
      },
    ],
  },
} satisfies Record<string, Variable>;

const natGateways = "compact(concat([var.redpanda_cidr], var.redpanda_cidrs))";

/** From where pipelines come to a cluster that is there: Terraform expressions, each of a list. */
export const redpandaNetworks = {
  public: natGateways,
  routed: "var.redpanda_vpc_cidrs",
  peering: "var.redpanda_vpc_cidrs",
} satisfies Record<Chosen<"network">, string>;

/** Rules in a security group of somebody else. */
export const ingress = {
  manage_ingress: {
    type: "bool",
    default: true,
    description:
      "Whether this module lets the networks in, by rules of its own in a security group of the cluster. False where the group's owner does: one who writes the rules inline in Terraform would remove these at the next apply.",
  },
  security_group_id: {
    type: "string",
    default: null,
    description:
      "The cluster's security group that gets the rules, such as sg-0a1b2c3d4e5f67890. Null: the only one that the cluster has.",
    validation: [
      {
        condition:
          '${var.security_group_id == null ? true : can(regex("^sg-([0-9a-f]{8}|[0-9a-f]{17})$", var.security_group_id))}',
        errorMessage:
          "security_group_id is ${jsonencode(var.security_group_id)}. It must be the id of a security group, such as sg-0a1b2c3d4e5f67890: `aws rds describe-db-clusters --query 'DBClusters[].VpcSecurityGroups[].VpcSecurityGroupId'`.",
      },
    ],
  },
  existing_ingress_cidrs: {
    type: "list(string)",
    default: [],
    description:
      "Networks that a rule of somebody else lets in already, which this module leaves out: AWS refuses a second rule for the same network and port (InvalidPermission.Duplicate).",
    validation: [
      {
        condition: `\${alltrue([for cidr in var.existing_ingress_cidrs : ${isIpv4Network("cidr", ingressPrefix)}])}`,
        errorMessage: `existing_ingress_cidrs is \${jsonencode(var.existing_ingress_cidrs)}. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 3.139.175.89/32.`,
      },
    ],
  },
} satisfies Record<string, Variable>;

/** The condition, but only where rules are the module's. */
function ifManaged<Rule extends { readonly condition: string }>({ condition, ...rule }: Rule) {
  return { ...rule, condition: condition.replace("${", "${!var.manage_ingress || ") };
}

/**
 * `clients`, where a rule in somebody else's security group is for every one of them: nobody is let in
 * who is not named.
 */
export const namedClients = {
  redpanda_cidr: clients.redpanda_cidr,
  redpanda_cidrs: {
    ...clients.redpanda_cidrs,
    description:
      "Addresses of the NAT gateways of a Redpanda cluster that has several, each as /32. At least one of redpanda_cidr and redpanda_cidrs must be given where manage_ingress is true.",
    validation: clients.redpanda_cidrs.validation.map((rule, i) =>
      i === 0 ? ifManaged(rule) : rule,
    ),
  },
  admin_cidrs: {
    ...clients.admin_cidrs,
    default: [],
    description:
      "Networks from which people may connect with psql or mysql, where no rule lets them in already.",
    validation: [
      {
        condition: `\${alltrue([for cidr in var.admin_cidrs : ${isIpv4Network("cidr", ingressPrefix)}])}`,
        errorMessage:
          "admin_cidrs is ${jsonencode(var.admin_cidrs)}. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 198.51.100.7/32; [] lets nobody in.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** Expression: `value`, which is a network of /16 or smaller, is for private use. */
function isPrivate(value: string): string {
  // https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc6598
  return `can(regex("^(10|172[.](1[6-9]|2[0-9]|3[01])|192[.]168|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))[.]", ${value}))`;
}

/** Expression: two networks have an address in common. Of text that is no network it is false. */
export function overlap(one: string, other: string): string {
  const prefix = `min(split("/", ${one})[1], split("/", ${other})[1])`;
  // The first address of the one and of the other, where both are as large as the larger of them.
  const first = (network: string) =>
    `cidrhost(format("%s/%d", split("/", ${network})[0], ${prefix}), 0)`;
  return `try(${first(one)} == ${first(other)}, false)`;
}

/** Expression: the VPC is the module's own, where one may be given. */
export const isOwnVpc = "var.vpc_id == null";

/** Redpanda's private networks. */
const redpandaVpcCidrs = {
  type: "list(string)",
  description:
    "Private networks from which pipelines come: those of the Redpanda cluster's VPC, such as 10.0.0.0/16. Redpanda Cloud > Networks > the cluster's network, or `aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock]'` in Redpanda's account.",
} satisfies Variable;

const arePrivate = {
  condition: `\${alltrue([for cidr in var.redpanda_vpc_cidrs : ${isIpv4Network("cidr", ingressPrefix)} && ${isPrivate("cidr")}])}`,
  errorMessage:
    "redpanda_vpc_cidrs is ${jsonencode(var.redpanda_vpc_cidrs)}. Each must be a private IPv4 network (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10) from /16 to /32 whose host bits are zero, such as 10.0.0.0/16. NAT gateways have public addresses, which are for --network public.",
};

const someRedpandaVpc = {
  condition: "${length(var.redpanda_vpc_cidrs) > 0}",
  errorMessage:
    "redpanda_vpc_cidrs is [], so the pipeline could not reach the database. List the private networks of the Redpanda cluster's VPC: Redpanda Cloud > Networks > the cluster's network.",
};

/** A private network, and the way to it, which is somebody else's. */
const routed = {
  vpc_id: {
    type: "string",
    default: null,
    description:
      "VPC for a new cluster, such as vpc-0342476ccc1ef05f4, whose routes stay yours. Null: one of the module's own. A cluster cannot move to another VPC.",
    validation: [
      {
        condition:
          '${var.vpc_id == null ? true : can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.vpc_id))}',
        errorMessage:
          "vpc_id is ${jsonencode(var.vpc_id)}. It must be the id of a VPC, such as vpc-0342476ccc1ef05f4: `aws ec2 describe-vpcs --query 'Vpcs[].VpcId'`.",
      },
    ],
  },
  subnet_ids: {
    type: "list(string)",
    default: [],
    description:
      "With vpc_id: private subnets of it for the database, in at least two availability zones. `aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc_id> --query 'Subnets[].[SubnetId,AvailabilityZone]'`",
    validation: [
      {
        condition:
          '${var.vpc_id == null ? length(var.subnet_ids) == 0 : length(distinct(var.subnet_ids)) >= 2 && alltrue([for id in var.subnet_ids : can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", id))])}',
        errorMessage:
          "subnet_ids is ${jsonencode(var.subnet_ids)}, and vpc_id is ${jsonencode(var.vpc_id)}. With vpc_id it must list two or more different subnet ids, such as subnet-043c307ad7cec520a, in different zones; without, leave it out.",
      },
    ],
  },
  redpanda_vpc_cidrs: {
    ...redpandaVpcCidrs,
    validation: [
      someRedpandaVpc,
      arePrivate,
      {
        // In one VPC with Redpanda, its network is the VPC's.
        condition: `\${var.vpc_id != null || !anytrue([for cidr in var.redpanda_vpc_cidrs : ${overlap("cidr", "var.vpc_cidr")}])}`,
        errorMessage:
          "redpanda_vpc_cidrs is ${jsonencode(var.redpanda_vpc_cidrs)}, which overlaps with vpc_cidr, ${var.vpc_cidr}: nothing is routed from a VPC to its own addresses. Choose another vpc_cidr, or set vpc_id to put the database into Redpanda's VPC.",
      },
    ],
  },
  redpanda_gateway_id: {
    type: "string",
    default: null,
    description:
      "What leads from the module's own VPC to redpanda_vpc_cidrs: a transit gateway (tgw-…) to which you have attached the VPC, or a peering (pcx-…) that is active. Null: you add the routes to the module's route table.",
    validation: [
      {
        condition:
          '${var.redpanda_gateway_id == null ? true : can(regex("^(tgw|pcx)-([0-9a-f]{8}|[0-9a-f]{17})$", var.redpanda_gateway_id))}',
        errorMessage:
          "redpanda_gateway_id is ${jsonencode(var.redpanda_gateway_id)}. It must be the id of a transit gateway or of a peering, such as tgw-0a1b2c3d4e5f67890 or pcx-0a1b2c3d4e5f67890.",
      },
      {
        condition: `\${var.redpanda_gateway_id == null || ${isOwnVpc}}`,
        errorMessage:
          "redpanda_gateway_id and vpc_id are both given. The routes of a VPC that is there already are its owner's: leave redpanda_gateway_id out.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** Redpanda's side of a peering, where its tags do not tell. */
export const peering = {
  redpanda_vpc_id: {
    type: "string",
    default: null,
    description:
      "VPC of the Redpanda cluster, such as vpc-0342476ccc1ef05f4. Null: the one that Redpanda has tagged Name = network-<network id>. A BYOVPC cluster requires it.",
    validation: [
      {
        condition:
          '${var.redpanda_vpc_id == null ? true : can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.redpanda_vpc_id))}',
        errorMessage:
          "redpanda_vpc_id is ${jsonencode(var.redpanda_vpc_id)}. It must be the id of a VPC, such as vpc-0342476ccc1ef05f4: `aws ec2 describe-vpcs --query 'Vpcs[].VpcId'` in Redpanda's account.",
      },
    ],
  },
  redpanda_route_table_ids: {
    type: "list(string)",
    default: [],
    description:
      "Route tables of the private subnets in which the Redpanda cluster's pipelines run, such as rtb-0a1b2c3d4e5f67890. []: those that Redpanda has tagged purpose = private. A BYOVPC cluster requires them.",
    validation: [
      {
        condition:
          '${alltrue([for id in var.redpanda_route_table_ids : can(regex("^rtb-([0-9a-f]{8}|[0-9a-f]{17})$", id))])}',
        errorMessage:
          "redpanda_route_table_ids is ${jsonencode(var.redpanda_route_table_ids)}. Each must be the id of a route table, such as rtb-0a1b2c3d4e5f67890: `aws ec2 describe-route-tables --filters Name=vpc-id,Values=<redpanda_vpc_id> --query 'RouteTables[].RouteTableId'` in Redpanda's account.",
      },
    ],
  },
} satisfies Record<string, Variable>;

/** People in a private network: nobody is let in who is not named. */
function people(choices: Pick<ByocChoices, "database">) {
  const { admin_cidrs } = namedClients;
  const named = {
    ...admin_cidrs,
    description:
      "Networks from which people may connect with psql or mysql, as the database sees them: private ones, of a VPN or a host in the VPC. []: nobody.",
  };
  if (!connectsItself(choices)) return { admin_cidrs: named };
  return {
    admin_cidrs: {
      ...named,
      validation: [
        ...admin_cidrs.validation,
        {
          condition: "${length(var.admin_cidrs) > 0}",
          errorMessage:
            "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. List the private network that this machine connects from; it requires a way to the database, such as a VPN.",
        },
      ],
    },
  };
}

/** The network of a stack in which Redpanda runs the pipeline. */
export function network(
  choices: Pick<ByocChoices, "aurora" | "network" | "database">,
): Record<string, Variable> {
  if (choices.aurora === "existing") {
    const { redpanda_cidr, redpanda_cidrs, ...named } = namedClients;
    return choices.network === "public"
      ? { redpanda_cidr, redpanda_cidrs, ...named, ...ingress }
      : {
          redpanda_vpc_cidrs: {
            ...redpandaVpcCidrs,
            validation: [ifManaged(someRedpandaVpc), arePrivate],
          },
          ...named,
          ...ingress,
        };
  }
  return {
    public: { ...vpc, ...(connectsItself(choices) ? clientsWithTerraform : clients) },
    routed: { ...vpc, ...routed, ...people(choices) },
    peering: { ...vpc, ...peering, ...people(choices) },
  }[choices.network];
}
