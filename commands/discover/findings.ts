import { engines } from "../../engines";
import type { Engine } from "../../engines/engine";
import type { Cluster } from "./cluster";
import { overview } from "./request";

/** What a cluster means for this setup. */
export interface Findings {
  /** One line on what it is. */
  readonly summary: string;
  /** What each fact means, and what is to be done about it. */
  readonly remarks: readonly string[];
  /** Whether a module can serve this cluster at all. */
  readonly fits: boolean;
  /** Networks from which pipelines come, such as `3.139.175.89/32`. */
  readonly networks: readonly string[];
  /** AWS account in which the cluster runs, where the API tells it. */
  readonly account?: string;
}

/** Reads a cluster as somebody who wants its pipelines to reach Aurora by a module. */
export function findings(id: string, cluster: Cluster): Findings {
  const networks = [...new Set(cluster.nat_gateways)].sort();
  const own = cluster.customer_managed_resources?.aws;
  const account = own ? accountOf(own) : undefined;
  const problem = misfit(cluster);
  const remarks = problem
    ? [problem]
    : [
        typeRemark(cluster),
        own ? boundaryRemark(id, own) : undefined,
        privateRemark(cluster),
        stateRemark(cluster, networks),
        addressRemark(cluster, networks),
        versionRemark(cluster),
        egressRemark(cluster),
        accountRemark(cluster, account),
      ];
  return {
    summary: summary(id, cluster),
    remarks: remarks.filter((remark) => remark !== undefined),
    fits: problem === undefined,
    networks,
    account,
  };
}

function summary(id: string, cluster: Cluster): string {
  const { name, type, cloud_provider, region } = cluster;
  const kind = cluster.customer_managed_resources?.aws ? `${type ?? "BYOC"} (BYOVPC)` : type;
  const facts = [kind, cloud_provider, region].filter(Boolean).join(", ");
  return `Cluster ${id}${name ? ` ${JSON.stringify(name)}` : ""}${facts ? `: ${facts}` : ""}`;
}

/**
 * Types of clusters whose pipelines a module serves.
 *
 * @see https://github.com/redpanda-data/rp-connect-docs, modules/guides/pages/cloud/aws-iam-aurora.adoc
 */
const served: readonly string[] = ["BYOC", "DEDICATED"];

function misfit({ type, cloud_provider, state }: Cluster): string | undefined {
  const elsewhere =
    "Run Redpanda Connect on a host of your own instead, which may write to this cluster: `rpcn-aurora synth --topology ec2 --output redpanda`.";
  if (type && !served.includes(type)) {
    return `The cluster's type is ${type}, and a module with a pipeline requires BYOC or DEDICATED. ${elsewhere}`;
  }
  if (cloud_provider && cloud_provider !== "AWS") {
    return `The cluster runs on ${cloud_provider}, and a module with a pipeline requires AWS. ${elsewhere}`;
  }
  return state?.startsWith("DELETING")
    ? `State: ${state}. The cluster will be gone: choose another one.`
    : undefined;
}

function typeRemark({ type }: Cluster): string | undefined {
  if (type === "DEDICATED") {
    return "Dedicated: pipelines have no role in an AWS account of yours, so they log in by an access key: `rpcn-aurora synth --credentials static`.";
  }
  return type
    ? undefined
    : `Type: the API does not report it. The default module requires BYOC, and \`--credentials static\` BYOC or DEDICATED: see ${overview}.`;
}

/** @see https://github.com/redpanda-data/terraform-aws-redpanda-byovpc */
function boundaryRemark(id: string, own: Resources): string {
  const arn = own.permissions_boundary_policy?.arn;
  const name = arn && IAM_ARN.test(arn) ? ` (${arn})` : "";
  return `BYOVPC: the cluster's roles have a permissions boundary${name}, and Redpanda's allows no sts:AssumeRole, whatever policy is attached to redpanda-${id}-redpanda-connect-pipeline. Extend the boundary first, in your own Terraform for the cluster, or start the chain with an access key: \`rpcn-aurora synth --credentials static\`.`;
}

function privateRemark({ connection_type }: Cluster): string | undefined {
  return connection_type === "PRIVATE"
    ? "Private connectivity: pipelines reach the default module's Aurora, which has a public address, through the NAT gateways; `rpcn-aurora synth --network routed` or `--network peering` makes one without. Terraform and rpk must run where the cluster's private endpoints can be reached."
    : undefined;
}

/** @see https://docs.redpanda.com/cloud-data-platform/networking/connect-egress-allowlist/ */
function egressRemark({ redpanda_connect: connect }: Cluster): string {
  const rules = connect?.allowed_destination_cidr_ports ?? [];
  const shown = rules.map(({ cidr, port_start: first, port_end: last }) =>
    last && last !== first ? `${cidr} ports ${first} to ${last}` : `${cidr} port ${first}`,
  );
  return rules.length === 0
    ? "Private addresses: pipelines reach none, because no rule allows one. Public ones they reach. A module with --network routed or peering prints the call that adds its rule: allow_egress_command."
    : `Private addresses: pipelines reach ${shown.join(", ")}, and no others. A module with --network routed or peering requires its network and port among them: allow_egress_command adds them.`;
}

/** States in which a cluster has no NAT gateways yet, says `Cluster.State` of its API. */
const unfinished: readonly string[] = ["CREATING_AGENT", "CREATING"];

function stateRemark({ state }: Cluster, networks: readonly string[]): string | undefined {
  switch (state ?? "READY") {
    case "READY":
      return undefined;
    case "FAILED":
      return "State: FAILED. Its pipelines may not run: Redpanda Cloud > the cluster says why.";
    case "SUSPENDED":
      return "State: SUSPENDED. Its pipelines do not run until it is resumed.";
    case "CREATING_AGENT":
      return "State: CREATING_AGENT. Redpanda waits for `rpk cloud byoc aws apply`. Run this again when the cluster is ready.";
    default:
      return networks.length > 0
        ? `State: ${state}. NAT gateways may still change: run this again when the cluster is ready.`
        : `State: ${state}. Run this again when the cluster is ready.`;
  }
}

function addressRemark({ state }: Cluster, networks: readonly string[]): string {
  const addresses = networks.map((network) => network.replace(/\/32$/, ""));
  const [first, ...more] = addresses;
  if (!first) {
    return unfinished.includes(state ?? "")
      ? "NAT gateways: none yet. A cluster gets them while it is being created."
      : "NAT gateways: the API names none, so the cluster's traffic leaves through a central egress. Set redpanda_cidr to the address of the hub's NAT gateway, as /32; whoever runs the hub network knows it.";
  }
  return more.length === 0
    ? `NAT gateway: pipelines come from ${first}, the one address to let in.`
    : `NAT gateways: pipelines come from any of ${addresses.join(", ")}, so redpanda_cidrs lets in all of them.`;
}

/** `4.71.0` as what may be compared; undefined for what is no version. */
function numbers(version: string): [major: number, minor: number] | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)(?:\D|$)/.exec(version) ?? [];
  return major && minor ? [Number(major), Number(minor)] : undefined;
}

/**
 * Whether this version of Redpanda Connect logs in to the engine with IAM; undefined where that
 * does not follow from what is said.
 */
export function logsInWithIam(
  version: string | null | undefined,
  { connector }: Engine,
): boolean | undefined {
  const running = numbers(version ?? "");
  const since = numbers(connector.iamSince);
  if (!running || !since) return undefined;
  return running[0] > since[0] || (running[0] === since[0] && running[1] >= since[1]);
}

const required = engines
  .map(({ product, connector }) => `${connector.iamSince} for ${product}`)
  .join(" and ");

function versionRemark({ redpanda_connect }: Cluster): string {
  const version = redpanda_connect?.version;
  const known = engines.map((engine) => logsInWithIam(version, engine));
  if (known.includes(undefined)) {
    const reported = version ? `${version}, which is not understood` : "the API reports no version";
    return `Redpanda Connect: ${reported}. IAM logins require ${required}; the first lines of a pipeline's log tell its version.`;
  }
  const lacking = engines.filter((_, index) => !known[index]).map(({ product }) => product);
  return lacking.length === 0
    ? `Redpanda Connect: ${version}, which logs in with IAM.`
    : `Redpanda Connect: ${version}, which cannot log in to ${lacking.join(" or ")} with IAM. That requires ${required}: ask Redpanda's support for an upgrade.`;
}

function accountRemark({ type }: Cluster, account: string | undefined): string | undefined {
  if (account) return `AWS account: ${account}, from the ARNs of the cluster's own resources.`;
  // It is Redpanda's, and the module has no variable for it.
  if (type === "DEDICATED") return undefined;
  return "AWS account: the API does not report it. Set redpanda_aws_acct_id to what `aws sts get-caller-identity --query Account` prints with the profile of the account in which the cluster runs.";
}

type Resources = NonNullable<NonNullable<Cluster["customer_managed_resources"]>["aws"]>;

const IAM_ARN = /^arn:aws:iam::(\d{12}):[\w+=,.@/-]+$/;

/**
 * The account that the cluster's IAM resources agree on. Of other services it may be another one: a
 * network may be shared.
 */
function accountOf(own: Resources): string | undefined {
  const accounts = Object.values(own).map((resource) => IAM_ARN.exec(resource?.arn ?? "")?.[1]);
  const [account, ...others] = new Set(accounts.filter((found) => found !== undefined));
  return others.length === 0 ? account : undefined;
}
