import { parse, stringify } from "yaml";
import type { Call } from "../standin/provider";
import type { Kafka } from "./kafka";
import { Process } from "./process";
import { program } from "./programs";

/** What an apply told Redpanda to make. */
export interface Made {
  readonly topics: readonly {
    readonly name: string;
    readonly partition_count: number;
    readonly configuration: Record<string, string> | null;
  }[];
  readonly users: readonly { readonly name: string; readonly password_wo: string }[];
  readonly acls: readonly {
    readonly principal: string;
    readonly resource_name: string;
    readonly operation: string;
  }[];
  readonly secrets: readonly { readonly name: string; readonly secret_data: string }[];
  readonly pipelines: readonly { readonly config_yaml: string }[];
}

/** @param calls of the apply, to all providers */
export function madeBy(calls: readonly Call[]): Made {
  const of = (type: string) =>
    calls
      .filter((call) => call.method === "ApplyResourceChange" && call.type === type && call.config)
      .map(({ config }) => config) as unknown[];
  return {
    topics: of("redpanda_topic"),
    users: of("redpanda_user"),
    acls: of("redpanda_acl"),
    secrets: of("redpanda_secret"),
    pipelines: of("redpanda_pipeline"),
  } as Made;
}

/** Makes topics, users and ACLs as they are, but one replica of each partition: there is one broker. */
export async function makeOn(kafka: Kafka, { topics, users, acls }: Made): Promise<void> {
  for (const { name, partition_count, configuration } of topics) {
    const settings = Object.entries(configuration ?? {}).flatMap(([key, value]) => [
      "-c",
      `${key}=${value}`,
    ]);
    await kafka.rpk("topic", "create", name, "-p", `${partition_count}`, "-r", "1", ...settings);
  }
  for (const { name, password_wo } of users) {
    await kafka.rpk("security", "user", "create", name, "-p", password_wo);
  }
  for (const { principal, resource_name, operation } of acls) {
    const acl = ["--allow-principal", principal, "--topic", resource_name];
    await kafka.rpk("security", "acl", "create", ...acl, "--operation", operation.toLowerCase());
  }
}

/** The sections of a configuration, each from its key to the next one, byte for byte. */
function sections(yaml: string): string[] {
  return yaml.split(/^(?=\w+:)/m);
}

/**
 * The pipeline's configuration with an input of the lanes in the place of its own. All other sections
 * stay byte for byte.
 *
 * @param input the connection of that input, by its name; the fields that both have are taken over
 */
export function withInput(yaml: string, input: Record<string, Record<string, unknown>>): string {
  const [[name, connection] = []] = Object.entries(input);
  if (name === undefined) throw new Error("no input was given");
  const replaced = sections(yaml).map((section) => {
    if (!section.startsWith("input:")) return section;
    const [, fields] = Object.entries(parse(section).input).find(([key]) => key !== "label") ?? [];
    const { dsn, aws, tls, ...kept } = fields as Record<string, unknown>;
    // What has no meaning without the connector.
    for (const field of [
      ...["temporary_slot", "stream_snapshot", "snapshot_batch_size", "snapshot_max_batch_size"],
      ...["heartbeat_interval", "max_reconnect_attempts"],
    ]) {
      delete kept[field];
    }
    return `${stringify({ input: { label: "lane", [name]: { ...kept, ...connection } } })}\n`;
  });
  // The one thing more: nobody asks for metrics, and the port may be taken.
  return `${replaced.join("")}\nhttp:\n  enabled: false\n`;
}

/**
 * Runs a pipeline as a BYOC cluster does: brokers by their variable, secrets by their name. In a
 * cluster, certificates are verified by the system's authorities; here by the broker's own.
 *
 * @param file path of the configuration
 */
export async function runPipeline(
  file: string,
  {
    brokers,
    authority,
    secrets,
    cwd,
  }: {
    readonly brokers: string;
    readonly authority: string;
    readonly secrets: Made["secrets"];
    readonly cwd: string;
  },
): Promise<Process> {
  return new Process(await program("connect"), ["run", file], {
    cwd,
    env: {
      PATH: process.env.PATH,
      REDPANDA_BROKERS: brokers,
      SSL_CERT_FILE: authority,
      ...Object.fromEntries(
        secrets.map(({ name, secret_data }) => [`secrets.${name}`, secret_data]),
      ),
    },
  });
}
