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

/** Redpanda's NAT gateways: a Terraform expression, a list. */
export const redpandaNetworks = "compact(concat([var.redpanda_cidr], var.redpanda_cidrs))";

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
