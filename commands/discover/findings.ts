import type { Cluster } from "./cluster";
import { overview } from "./request";

/** What a cluster means for this setup. */
export interface Findings {
  /** One line on what it is. */
  readonly summary: string;
  /** What each fact means, and what is to be done about it. */
  readonly remarks: readonly string[];
  /** Whether the module can serve this cluster at all. */
  readonly fits: boolean;
  /** Addresses from which pipelines come. */
  readonly addresses: readonly string[];
  /** AWS account in which the cluster runs, where the API tells it. */
  readonly account?: string;
}

/** Reads a cluster as somebody who wants its pipelines to reach Aurora by this module. */
export function findings(id: string, cluster: Cluster): Findings {
  const addresses = [...new Set(cluster.nat_gateways)].sort();
  const own = cluster.customer_managed_resources?.aws;
  const account = own ? accountOf(own) : undefined;
  const fits = (cluster.type ?? "BYOC") === "BYOC" && (cluster.cloud_provider ?? "AWS") === "AWS";
  const remarks = fits
    ? [
        typeRemark(cluster),
        own ? boundaryRemark(id, own) : undefined,
        privateRemark(cluster),
        stateRemark(cluster),
        addressRemark(addresses),
        account
          ? `AWS account: ${account}, from the ARNs of the cluster's own resources.`
          : noAccount,
      ]
    : [misfit(cluster)];
  return {
    summary: summary(id, cluster),
    remarks: remarks.filter((remark) => remark !== undefined),
    fits,
    addresses,
    account,
  };
}

function summary(id: string, cluster: Cluster): string {
  const { name, type, cloud_provider, region } = cluster;
  const kind = cluster.customer_managed_resources?.aws ? `${type ?? "BYOC"} (BYOVPC)` : type;
  const facts = [kind, cloud_provider, region].filter(Boolean).join(", ");
  return `Cluster ${id}${name ? ` ${JSON.stringify(name)}` : ""}${facts ? `: ${facts}` : ""}`;
}

function misfit({ type, cloud_provider }: Cluster): string {
  const what =
    type && type !== "BYOC"
      ? `The cluster's type is ${type}, and this module requires BYOC`
      : `The cluster runs on ${cloud_provider}, and this module requires AWS`;
  return `${what}: there, pipelines have no role in an AWS account of yours. Run Redpanda Connect on a host of your own instead, which may write to this cluster: \`rpcn-aurora synth --topology ec2 --output redpanda\`.`;
}

function typeRemark({ type }: Cluster): string | undefined {
  return type
    ? undefined
    : `Type: the API does not report it. This module requires BYOC: see ${overview}.`;
}

/** @see https://github.com/redpanda-data/terraform-aws-redpanda-byovpc */
function boundaryRemark(id: string, own: Resources): string {
  const arn = own.permissions_boundary_policy?.arn;
  const name = arn && IAM_ARN.test(arn) ? ` (${arn})` : "";
  return `BYOVPC: the cluster's roles have a permissions boundary${name}, and Redpanda's allows no sts:AssumeRole, whatever policy is attached to redpanda-${id}-redpanda-connect-pipeline. Extend the boundary first, in your own Terraform for the cluster, or start the chain with an access key: \`rpcn-aurora synth --credentials static\`.`;
}

function privateRemark({ connection_type }: Cluster): string | undefined {
  return connection_type === "PRIVATE"
    ? "Private connectivity: this module's Aurora has a public address, which pipelines reach through the NAT gateways. For an address in a private network the cluster would require allowed destinations (redpanda_connect.allowed_destination_cidr_ports of its Terraform resource), which this module does not support. Terraform and rpk must run where the cluster's private endpoints can be reached."
    : undefined;
}

function stateRemark({ state }: Cluster): string | undefined {
  return (state ?? "READY") === "READY"
    ? undefined
    : `State: ${state}. NAT gateways may still change: run this again when the cluster is ready.`;
}

function addressRemark(addresses: readonly string[]): string {
  const [first, ...more] = addresses;
  if (!first) {
    return "NAT gateways: the API names none, so the cluster's traffic leaves through a central egress. Set redpanda_cidr to the address of the hub's NAT gateway, as /32; whoever runs the hub network knows it.";
  }
  return more.length === 0
    ? `NAT gateway: pipelines come from ${first}, the one address to let in.`
    : `NAT gateways: pipelines come from any of ${addresses.join(", ")}, so redpanda_cidrs lets in all of them.`;
}

const noAccount =
  "AWS account: the API does not report it. Set redpanda_aws_acct_id to what `aws sts get-caller-identity --query Account` prints with the profile of the account in which the cluster runs.";

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
