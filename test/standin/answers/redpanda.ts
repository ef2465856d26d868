import type { Values } from "../values";
import type { Answer, Subject } from "./index";

const shortId = ({ hash }: Subject) => BigInt(`0x${hash}`).toString(36).slice(0, 20);
const byName: Answer = ({ values }) => ({ id: values.name });

/** The hosts of a BYOC cluster, as Redpanda Cloud names them. */
function hosts({ values, hash }: Subject) {
  const domain = `${hash.slice(0, 7)}.${values.id}.byoc.prd.cloud.redpanda.com`;
  return {
    api: `https://api-${domain}`,
    kafka: `seed-${domain}:9092`,
    proxy: `https://pandaproxy-${domain}:30082`,
    registry: `https://schema-registry-${domain}:30081`,
    console: `https://console-${domain}`,
  };
}

/** https://registry.terraform.io/providers/redpanda-data/redpanda/2.1.0/docs */
export const redpanda: Record<string, Answer> = {
  redpanda_acl: (subject) => ({ id: shortId(subject) }),
  redpanda_pipeline: (subject) => ({
    id: shortId(subject),
    resources: { cpu_shares: "100m", memory_shares: "400M" },
    status: { error: "" },
    url: `https://api.redpanda.com/v1/pipelines/${shortId(subject)}`,
  }),
  redpanda_secret: ({ values }) => ({ id: values.name, secret_data_version: 1 }),
  redpanda_topic: ({ values }) => ({
    id: values.name,
    partition_count: 1,
    replication_factor: 3,
  }),
  redpanda_user: ({ values }) => ({ id: values.name, mechanism: "scram-sha-256" }),
  redpanda_role: byName,
  "data.redpanda_cluster": (subject) => {
    const { api, kafka, proxy, registry, console } = hosts(subject);
    return {
      allow_deletion: false,
      cloud_provider: "aws",
      cluster_api_url: api,
      cluster_type: "byoc",
      connection_type: "public",
      dataplane_api: { url: api },
      http_proxy: { url: proxy },
      kafka_api: { seed_brokers: [kafka], sasl: { enabled: true } },
      name: "stand-in-cluster",
      network_id: "ch2c2ntioepec6ilaoog",
      redpanda_console: { url: console },
      redpanda_version: "25.2",
      region: "us-east-2",
      schema_registry: { url: registry },
      state: "STATE_READY",
      tags: {},
      throughput_tier: "tier-1-aws-v2-x86",
      zones: ["use2-az1", "use2-az2", "use2-az3"],
    };
  },
};

/** Version 1 wrote `host:443` where version 2 writes `https://host`. */
const withUrl = (state: Values): Values => ({
  ...state,
  cluster_api_url: String(state.cluster_api_url).replace(/^([^/]+):443$/, "https://$1"),
});

export const redpandaUpgrades = {
  redpanda_acl: withUrl,
  redpanda_topic: withUrl,
  redpanda_user: withUrl,
};
