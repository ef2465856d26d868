import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client, loopback, missingForTls, type Result } from "../sql/server";
import { Process } from "./process";
import { FIRST_BUILD_MS, type Program, program } from "./programs";

/** A folder of jars that `jars.sh` fetches. */
export function jars(what: "kafka" | "debezium"): string {
  const list = readFileSync(join(__dirname, what, "SHA256SUMS"));
  const version = createHash("sha256").update(list).digest("hex").slice(0, 16);
  return join(__dirname, "../../node_modules/.cache", `rpcn-aurora-${what}-${version}`);
}

/** What the lanes lack of Java and its jars on this machine. */
export function missingJars(what: "kafka" | "debezium"): string[] {
  const product = { kafka: "Apache Kafka", debezium: "Debezium" }[what];
  return [
    ...(spawnSync("java", ["-version"]).status === 0 ? [] : ["no java on the PATH"]),
    ...(existsSync(jars(what)) ? [] : [`no ${product}: test/lanes/jars.sh fetches it`]),
  ];
}

/** What the tests with a broker lack on this machine. */
export const missing: readonly string[] = [...missingJars("kafka"), ...missingForTls];

/** For programs that are started often, and never run for long. */
export const javaOptions = [
  ...["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
  // Java does not look at TMPDIR, and snappy leaves its library behind.
  `-Djava.io.tmpdir=${tmpdir()}`,
];

const password = "of-the-administrator";

/**
 * A broker of Apache Kafka that stands in for a Redpanda cluster: KRaft, TLS, SCRAM-SHA-256, and
 * nobody may do anything that no ACL allows. It listens on an address of the loopback, keeps its data
 * in a folder of its own, and makes no topics by itself.
 */
export class Kafka {
  readonly #folder = mkdtempSync(join(tmpdir(), "kafka-"));
  readonly #host = loopback();
  /** Of a second broker, where one is wanted. */
  readonly #otherHost = loopback();
  #broker: Process | undefined;
  #otherBroker: Process | undefined;

  /** For clients. */
  readonly address = `${this.#host}:9092`;
  /** File with the certificate by which clients verify the broker, in PEM. */
  readonly authority = join(this.#folder, "ca.pem");

  private constructor() {}

  static async start(): Promise<Kafka> {
    const kafka = new Kafka();
    try {
      kafka.#configure();
      await kafka.restart();
    } catch (error) {
      await kafka.stop();
      throw error;
    }
    return kafka;
  }

  #configure(): void {
    const keystore = join(this.#folder, "broker.pem");
    this.#run("openssl", [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...[
        "-days",
        "2",
        "-subj",
        "/CN=broker",
        "-addext",
        `subjectAltName=IP:${this.#host},IP:${this.#otherHost}`,
      ],
      ...["-keyout", keystore, "-out", this.authority],
    ]);
    appendFileSync(keystore, readFileSync(this.authority));
    this.#format(
      "server.properties",
      `\
process.roles=broker,controller
node.id=1
listeners=CLIENTS://${this.#host}:9092,CONTROLLER://${this.#host}:9093
log.dirs=${join(this.#folder, "data")}
`,
    );
  }

  /** Writes a broker's properties, and the folder for its data. */
  #format(file: string, own: string): void {
    writeFileSync(
      join(this.#folder, file),
      `\
${own}controller.quorum.voters=1@${this.#host}:9093
controller.listener.names=CONTROLLER
listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENTS
sasl.enabled.mechanisms=SCRAM-SHA-256
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-256
listener.name.clients.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="${password}";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
ssl.keystore.type=PEM
ssl.keystore.location=${join(this.#folder, "broker.pem")}
ssl.truststore.type=PEM
ssl.truststore.location=${this.authority}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
# For so long after a kill, the controller takes the broker for one that is still there.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
`,
    );
    this.#run("java", [
      ...[...javaOptions, "-cp", `${jars("kafka")}/*`, "kafka.tools.StorageTool", "format"],
      ...["--cluster-id", "MkU3OEVBNTcwNTJENDM2Qg", "--config", file],
      ...["--add-scram", `SCRAM-SHA-256=[name=admin,password=${password}]`],
    ]);
  }

  #run(program: string, args: string[]): string {
    const options = { cwd: this.#folder, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(program, args, options);
    if (status !== 0) throw new Error(`${program}: ${stderr}${stdout}`);
    return stdout;
  }

  /** Starts it, with what it had before. */
  async restart(): Promise<void> {
    this.#broker = await this.#serve("server.properties");
  }

  /** Starts a second broker of the same cluster, which takes its share of partitions made from now on. */
  async startOther(): Promise<void> {
    const file = "other.properties";
    if (!existsSync(join(this.#folder, file))) {
      this.#format(
        file,
        `\
process.roles=broker
node.id=2
listeners=CLIENTS://${this.#otherHost}:9092
log.dirs=${join(this.#folder, "other-data")}
`,
      );
    }
    this.#otherBroker = await this.#serve(file);
  }

  async killOther(): Promise<void> {
    await this.#otherBroker?.end();
  }

  async #serve(file: string): Promise<Process> {
    const broker = new Process(
      "java",
      [
        ...[...javaOptions, "-Dorg.apache.logging.log4j.level=INFO"],
        ...["-cp", `${jars("kafka")}/*`, "kafka.Kafka", file],
      ],
      { cwd: this.#folder },
    );
    await broker.said("Kafka Server started");
    return broker;
  }

  /** Without a warning. */
  async kill(): Promise<void> {
    await this.#broker?.end();
  }

  async stop(): Promise<void> {
    await Promise.all([this.kill(), this.killOther()]);
    rmSync(this.#folder, { recursive: true });
  }

  /** For `rpk`, as the administrator. */
  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      SSL_CERT_FILE: this.authority,
      RPK_BROKERS: this.address,
      RPK_TLS_ENABLED: "true",
      RPK_SASL_MECHANISM: "SCRAM-SHA-256",
      RPK_USER: "admin",
      RPK_PASS: password,
    };
  }

  /**
   * What `rpk` prints, as the administrator: `rpk("topic", "describe", "demo.topic")`.
   * @throws {Error} with what it says when it fails
   */
  async rpk(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.rpkResult(args);
    if (code !== 0) throw new Error(`rpk ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  async rpkResult(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
    return client(await program("rpk"), args, {
      cwd: this.#folder,
      env: { ...this.environment, ...env },
    });
  }
}

/**
 * Declares a broker for the tests around it, which stops when they and all within them have ended.
 *
 * @param writer the program that the tests write with: it is built before
 * @returns the broker, once they run
 */
export function declareKafka(writer: Program): () => Kafka {
  let kafka: Kafka | undefined;
  beforeAll(async () => {
    await program(writer);
    kafka = await Kafka.start();
  }, FIRST_BUILD_MS);
  afterAll(() => kafka?.stop());
  return () => {
    if (!kafka) throw new Error("the broker is there only while tests run");
    return kafka;
  };
}
