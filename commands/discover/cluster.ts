import { z } from "zod";
import { type Cloud, request } from "./request";

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
  /** Addresses without a mask. */
  nat_gateways: z.array(z.ipv4()).nullish(),
  /** Present on BYOVPC clusters: what the customer created for the cluster. */
  customer_managed_resources: z.object({ aws: z.record(z.string(), resource).nullish() }).nullish(),
});

export type Cluster = z.infer<typeof clusterSchema>;

/**
 * Asks the control plane API for one cluster.
 *
 * @throws {CloudError}
 */
export async function getCluster(
  id: string,
  token: string,
  { api, timeout }: Cloud,
): Promise<Cluster> {
  const { cluster } = await request({
    url: `${api}/v1/clusters/${id}`,
    init: { headers: { authorization: `Bearer ${token}`, accept: "application/json" } },
    timeout,
    schema: z.object({ cluster: clusterSchema }),
    refusals: {
      401: () =>
        "The API does not accept the token that Redpanda Cloud has just issued. Try again.",
      403: () =>
        "The service account may not see this cluster. Give it a role that may, on the cluster or on its resource group: Redpanda Cloud > Organization IAM > Service accounts.",
      404: () =>
        "The service account's organisation has no cluster with this id. `rpk cloud cluster list` shows its clusters; REDPANDA_CLIENT_ID may belong to another organisation.",
      429: (headers) => {
        const seconds = headers.get("Retry-After") ?? "";
        return `Too many requests: try again in ${/^\d{1,6}$/.test(seconds) ? `${seconds} seconds` : "a minute"}.`;
      },
    },
  });
  return cluster;
}
