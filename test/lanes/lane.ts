import {
  laneInput,
  licensedInput,
  type Made,
  madeBy,
  makeOn,
  runPipeline,
  withInput,
} from "./byoc";
import { type Kafka, missing as missingKafka } from "./kafka";
import {
  type Database,
  missing as missingDatabases,
  Prepared,
  type PreparedProps,
} from "./prepared";
import { Process, until } from "./process";
import { programs, whyNoPrograms } from "./programs";
import { Registry } from "./registry";

/** What the lanes lack on this machine. */
export const missing: readonly string[] = [
  ...missingDatabases,
  ...missingKafka,
  ...whyNoPrograms(),
];

/** A record as `rpk topic consume` prints it. */
export interface Arrival {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly partition: number;
  readonly offset: number;
}

/**
 * A module's whole way from the table to the topic: its own setup on a real database, its own topics,
 * users and ACLs on a real broker, and its own pipeline, but for the input, in real Redpanda Connect.
 */
export class Lane {
  /** Records of the topic, as `consume_command` has printed them so far. */
  readonly arrivals: Arrival[] = [];
  pipeline: Process | undefined;
  /** Where the module has rights in one. */
  registry: Registry | undefined;
  #consumer: Process | undefined;

  private constructor(
    readonly prepared: Prepared,
    readonly kafka: Kafka,
    readonly made: Made,
    private readonly by: "connect" | "licensed",
  ) {}

  /**
   * Prepares the database, and makes what an apply makes in Redpanda.
   *
   * @param by with the lanes' input, or with the pipeline's own
   */
  static async start(
    kafka: Kafka,
    database: Database,
    props?: PreparedProps,
    by: "connect" | "licensed" = "connect",
  ): Promise<Lane> {
    const prepared = await Prepared.start(database, props);
    const { workspace, server } = prepared;
    const made = madeBy(workspace.calls);
    await makeOn(kafka, made);
    const yaml = workspace.read("generated_pipeline.yaml");
    const input =
      by === "connect"
        ? laneInput(yaml, server.input)
        : licensedInput(yaml, await prepared.givePassword());
    workspace.write("lane.yaml", withInput(yaml, input));
    const lane = new Lane(prepared, kafka, made, by);
    if (made.registryAcls.length > 0) lane.registry = await Registry.start(made);
    return lane;
  }

  /** Runs one of the module's own commands: see {@link Prepared.run}. */
  run(output: string): Promise<string> {
    return this.prepared.run(output, this.#surroundings);
  }

  get #surroundings() {
    const environment = { ...this.kafka.environment, RPK_REGISTRY_HOSTS: this.registry?.url };
    return this.prepared.surroundings(environment, programs);
  }

  /**
   * Starts Redpanda Connect, and waits until it reads.
   *
   * @param file the pipeline's, in the module's folder. @default - as it was generated
   */
  async startPipeline(file = "lane.yaml"): Promise<void> {
    this.pipeline = await runPipeline(this.prepared.file(file), {
      brokers: this.kafka.address,
      authority: this.kafka.authority,
      registry: this.registry?.url,
      secrets: this.made.secrets,
      cwd: this.prepared.workspace.dir,
      by: this.by,
    });
    await this.pipeline.said(/Input type (?:lane_|postgres_cdc|mysql_cdc)/);
  }

  /**
   * Waits until the pipeline reads what is written from now on, after its first start.
   *
   * @param inputs how many it has
   */
  async reads(inputs = 1): Promise<void> {
    const { server } = this.prepared;
    await until(async () => (await server.readers()) === inputs, 60_000);
  }

  /** What is kept last under each key of a topic of checkpoints, such as `binlog.000002@0000ABCD`. */
  async positions(topic: string): Promise<Readonly<Record<string, string>>> {
    const format = ["--offset", "start:end", "--format", "%k %v\\n"];
    const records = await this.kafka.rpk("topic", "consume", topic, ...format);
    const lines = records.split("\n").slice(0, -1);
    return Object.fromEntries(lines.map((line) => line.split(" ")));
  }

  /** Lets `consume_command` run from now on, as {@link arrivals}. */
  startConsumer(): void {
    let text = "";
    const command = `exec ${this.prepared.command("consume_command")}`;
    this.#consumer = new Process("sh", ["-c", command], {
      ...this.#surroundings,
      onOutput: (more) => {
        const records = (text + more).split(/(?<=^\})\n/m);
        text = records.pop() ?? "";
        this.arrivals.push(...records.map((record) => JSON.parse(record) as Arrival));
      },
    });
  }

  /** Leaves the broker to the next lane. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.pipeline?.end(), this.#consumer?.end(), this.registry?.stop()]);
    for (const { name } of this.made.topics) await this.kafka.rpk("topic", "delete", name);
    await this.prepared[Symbol.asyncDispose]();
  }
}
