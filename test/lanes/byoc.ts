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
    readonly resource_pattern_type: string;
    readonly operation: string;
  }[];
  /** Of the Schema Registry. */
  readonly registryAcls: readonly {
    readonly resource_type: string;
    readonly pattern_type: string;
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
    registryAcls: of("redpanda_schema_registry_acl"),
    secrets: of("redpanda_secret"),
    pipelines: of("redpanda_pipeline"),
  } as Made;
}

/**
 * Makes topics, users and ACLs as they are, but one replica of each partition: there is one broker. Apache
 * Kafka refuses settings that are Redpanda's own.
 */
export async function makeOn(kafka: Kafka, { topics, users, acls }: Made): Promise<void> {
  for (const { name, partition_count, configuration } of topics) {
    const settings = Object.entries(configuration ?? {})
      .filter(([key]) => !key.startsWith("redpanda."))
      .flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    await kafka.rpk("topic", "create", name, "-p", `${partition_count}`, "-r", "1", ...settings);
  }
  for (const { name, password_wo } of users) {
    await kafka.rpk("security", "user", "create", name, "-p", password_wo);
  }
  for (const { principal, resource_name, resource_pattern_type, operation } of acls) {
    const acl = ["--allow-principal", principal, "--topic", resource_name];
    const pattern = ["--resource-pattern-type", resource_pattern_type.toLowerCase()];
    const allowed = [...pattern, "--operation", operation.toLowerCase()];
    await kafka.rpk("security", "acl", "create", ...acl, ...allowed);
  }
}

/** The sections of a configuration, each from its key to the next one, byte for byte. */
function sections(yaml: string): string[] {
  return yaml.split(/^(?=\w+:)/m);
}

/** The pipeline's configuration with another input. All other sections stay byte for byte. */
export function withInput(yaml: string, input: Readonly<Record<string, unknown>>): string {
  const replaced = sections(yaml).map((section) =>
    section.startsWith("input:") ? `${stringify({ input })}\n` : section,
  );
  // The one thing more: nobody asks for metrics, and the port may be taken.
  return `${replaced.join("")}\nhttp:\n  enabled: false\n`;
}

type Fields = Readonly<Record<string, unknown>>;

/** A connector, or what stands in its place, by its name. */
export type Connector = Readonly<Record<string, Fields>>;

/** The pipeline's input with other connectors, alone or below a `broker`; all else of it is kept. */
function inputOf(yaml: string, change: (name: string, fields: Fields) => Connector): Fields {
  const { broker, ...single } = parse(yaml).input;
  const changed = ({ label, processors, ...connector }: Fields) => {
    const [[name, fields] = ["", {}]] = Object.entries(connector as Connector);
    return { label, ...change(name, fields), ...(processors ? { processors } : {}) };
  };
  return broker ? { broker: { ...broker, inputs: broker.inputs.map(changed) } } : changed(single);
}

/** Fields that the connectors have, and the inputs of the lanes do not. */
const ofConnectors = [
  ...["aws", "tls", "temporary_slot", "stream_snapshot", "snapshot_batch_size"],
  ...["snapshot_max_batch_size", "heartbeat_interval", "max_reconnect_attempts"],
];

/**
 * The input of a lane for a pipeline's own: tables, batches, slot or checkpoints as they are there.
 *
 * @param connection of the lane's input, by its name, for the connector's DSN
 */
export function laneInput(yaml: string, connection: (dsn: string) => Connector): Fields {
  return inputOf(yaml, (_, { dsn, ...fields }) => {
    const kept = Object.entries(fields).filter(([field]) => !ofConnectors.includes(field));
    return Object.fromEntries(
      Object.entries(connection(String(dsn))).map(([name, own]) => [
        name,
        { ...Object.fromEntries(kept), ...own },
      ]),
    );
  });
}

/**
 * The pipeline's own input, logging in with a password: nothing here knows a token. All else is as it
 * is there, TLS and its authority included.
 */
export function licensedInput(yaml: string, password: string): Fields {
  return inputOf(yaml, (name, { aws, dsn, ...fields }) => ({
    [name]: { ...fields, dsn: String(dsn).replace("@", `:${password}@`) },
  }));
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
    registry,
    secrets,
    cwd,
    by = "connect",
    licence = by === "licensed" ? process.env.REDPANDA_LICENSE : undefined,
  }: {
    readonly brokers: string;
    readonly authority: string;
    /** URL of the Schema Registry. @default - there is none */
    readonly registry?: string;
    readonly secrets: Made["secrets"];
    readonly cwd: string;
    /** With the inputs of the lanes, or with the licensed ones. */
    readonly by?: "connect" | "licensed";
    /** For the licensed inputs: its text. @default - of the variable REDPANDA_LICENSE */
    readonly licence?: string;
  },
): Promise<Process> {
  return new Process(await program(by), ["run", file], {
    cwd,
    env: {
      PATH: process.env.PATH,
      REDPANDA_LICENSE: licence,
      REDPANDA_BROKERS: brokers,
      REDPANDA_SCHEMA_REGISTRY_URL: registry,
      SSL_CERT_FILE: authority,
      ...Object.fromEntries(
        secrets.map(({ name, secret_data }) => [`secrets.${name}`, secret_data]),
      ),
    },
  });
}
