import { network } from "../../variables/network";
import type { Findings } from "./findings";

/** A variable's value for a tfvars file. */
export interface Assignment {
  readonly name: string;
  /** In Terraform's syntax. */
  readonly value: string;
  /** Only replaces a value that is there: it would contradict the others. */
  readonly onlyIfThere?: true;
  /** Replaces no value that is there: it may be the operator's choice. */
  readonly onlyIfMissing?: true;
  /** Is not added beside any of these names, whose module has no such variable. @default - always added */
  readonly notBeside?: readonly string[];
}

/** The values that follow from what was found, in the order of the examples in tfvars/. */
export function assignments(id: string, { networks, account }: Findings): Assignment[] {
  return [
    ...allowed(networks.map((network) => JSON.stringify(network))),
    ...(account ? [{ name: "redpanda_aws_acct_id", value: JSON.stringify(account) }] : []),
    { name: "redpanda_cluster_id", value: JSON.stringify(id) },
  ];
}

function allowed(cidrs: readonly string[]): Assignment[] {
  const [first, ...more] = cidrs;
  // With a central egress only the operator knows the address, and may have given it.
  if (!first) return [];
  return more.length === 0
    ? [
        { name: "redpanda_cidr", value: first, notBeside: privateNetworks },
        { name: "redpanda_cidrs", value: "[]", onlyIfThere: true },
      ]
    : [
        { name: "redpanda_cidrs", value: `[${cidrs.join(", ")}]`, notBeside: privateNetworks },
        { name: "redpanda_cidr", value: "null", onlyIfThere: true },
      ];
}

const variablesOf = (way: "public" | "routed" | "peering") =>
  Object.keys(network({ aurora: "new", database: "sql", network: way }));

/** What only modules have that NAT gateways do not reach. */
const privateNetworks = [...new Set([...variablesOf("routed"), ...variablesOf("peering")])].filter(
  (name) => !variablesOf("public").includes(name),
);
