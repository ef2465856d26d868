import { z } from "zod";
import { publicNetwork } from "./network";
import { type Cloud, get } from "./request";

/** `TYPE_BYOC` as `BYOC`; what the API calls unspecified is as good as absent. */
function enumeration(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Z0-9_]+$`))
    .transform((value) => value.slice(prefix.length + 1))
    .transform((value) => (value === "UNSPECIFIED" ? undefined : value))
    .nullish();
}

/** One without an ARN says nothing. */
const resource = z.object({ arn: z.string() }).optional().catch(undefined);

/**
 * Private addresses that the firewall lets pipelines reach. The API tells `port_end` of every rule; 0, or
 * none, is the same as `port_start`.
 *
 * @see https://docs.redpanda.com/cloud-data-platform/networking/connect-egress-allowlist/
 */
const allowedDestination = z.object({
  cidr: z.string().regex(/^[\d.]+\/\d+$/),
  port_start: z.number().int(),
  port_end: z.number().int().nullish(),
});

/**
 * What is read of a cluster; there is more. Fields may be absent: what each one's absence means is
 * for {@link findings} to say.
 *
 * @see https://docs.redpanda.com/api/doc/cloud-controlplane/operation/operation-clusterservice_getcluster
 */
const clusterSchema = z.object({
  name: z.string().nullish(),
  state: enumeration("STATE"),
  type: enumeration("TYPE"),
  cloud_provider: enumeration("CLOUD_PROVIDER"),
  connection_type: enumeration("CONNECTION_TYPE"),
  region: z
    .string()
    .regex(/^[a-z0-9-]*$/)
    .nullish(),
  /** Documented as addresses without a prefix length; made networks such as `3.139.175.89/32`. */
  nat_gateways: z
    .array(
      z.string().transform((text, context) => {
        const found = publicNetwork(text);
        if ("network" in found) return found.network;
        context.addIssue(found.problem);
        return z.NEVER;
      }),
    )
    .nullish(),
  /** Version of Redpanda Connect that the cluster's pipelines run, and what private addresses they reach. */
  redpanda_connect: z
    .object({
      version: z
        .string()
        .regex(/^[\w.+-]*$/)
        .nullish(),
      allowed_destination_cidr_ports: z.array(allowedDestination).nullish(),
    })
    .nullish(),
  /** Where topics, ACLs, secrets and pipelines are asked for. */
  dataplane_api: z.object({ url: z.string().nullish() }).nullish(),
  /** Present on BYOVPC clusters: what the customer created for the cluster. */
  customer_managed_resources: z.object({ aws: z.record(z.string(), resource).nullish() }).nullish(),
});

export type Cluster = z.infer<typeof clusterSchema>;

/** The answer to {@link clusterPath}. */
export const clusterAnswer = z.object({ cluster: clusterSchema });

/** Where the control plane API is asked for one cluster. */
export const clusterPath = (id: string) => `/v1/clusters/${id}`;

/**
 * Asks the control plane API for one cluster.
 *
 * @throws {CloudError}
 */
export async function getCluster(id: string, token: string, cloud: Cloud): Promise<Cluster> {
  const { cluster } = await get({
    url: `${cloud.api}${clusterPath(id)}`,
    token,
    cloud,
    schema: clusterAnswer,
    refusals: {
      403: () =>
        "The service account may not see this cluster. Give it a role that may, on the cluster or on its resource group: Redpanda Cloud > Organization IAM > Service accounts.",
      404: () =>
        "The service account's organisation has no cluster with this id. `rpcn-aurora discover` shows its clusters; REDPANDA_CLIENT_ID may belong to another organisation.",
    },
  });
  return cluster;
}

const listed = clusterSchema
  .pick({ name: true, state: true, type: true, cloud_provider: true, region: true })
  .extend({ id: z.string().regex(/^[a-z0-9]+$/) });

export type ListedCluster = z.infer<typeof listed>;

/**
 * Asks the control plane API for all clusters that the service account may see.
 *
 * @see https://docs.redpanda.com/api/doc/cloud-controlplane/operation/operation-clusterservice_listclusters
 * @throws {CloudError}
 */
export async function listClusters(token: string, cloud: Cloud): Promise<ListedCluster[]> {
  const clusters: ListedCluster[] = [];
  let page = "";
  do {
    const answer = await get({
      url: `${cloud.api}/v1/clusters${page && `?page_token=${encodeURIComponent(page)}`}`,
      token,
      cloud,
      schema: z.object({
        clusters: z.array(listed).nullish(),
        next_page_token: z.string().nullish(),
      }),
      refusals: {
        403: () =>
          "The service account may not list clusters. Give it a role that may, or name the cluster with --cluster: Redpanda Cloud > Organization IAM > Service accounts.",
      },
    });
    clusters.push(...(answer.clusters ?? []));
    // An empty page ends the list, whatever token comes with it.
    page = answer.clusters?.length ? (answer.next_page_token ?? "") : "";
  } while (page !== "");
  return clusters;
}
