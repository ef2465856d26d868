import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moduleWith } from "../modules";
import { loopback } from "../sql/server";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { type Made, madeBy, makeOn, runPipeline, withInput } from "./byoc";
import { diagnosed } from "./diagnosed";
import { declareKafka, type Kafka, missing } from "./kafka";
import { type Process, until } from "./process";
import { whyNoPrograms } from "./programs";

const patience = 120_000;

interface Refusal {
  /** Ends "the broker is asked …": also the name of the topic and of the user. */
  readonly what: string;
  /** What of the module is there. @default - all */
  readonly made?: (made: Made) => Made;
  /** What happens to the topic then. */
  readonly alter?: (kafka: Kafka, topic: string) => Promise<unknown>;
  /** What the pipeline knows. @default - the truth */
  readonly password?: string;
  readonly brokers?: string;
  /** Whether it reaches the broker by another address than that of the certificate. */
  readonly relayed?: boolean;
  readonly authority?: string;
  /** Bloblang, for a column. */
  readonly note?: string;
  /** @default 3 */
  readonly rows?: number;
  /** The doctor's entry, and the record that it quotes. */
  readonly cause: string;
  readonly message: string | RegExp;
}

const notAuthorized =
  "TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]";
const tooLarge =
  "MESSAGE_TOO_LARGE: The request included a message larger than the max message size the server will accept.";
const loginFailed =
  "SASL_AUTHENTICATION_FAILED: SASL Authentication failed.: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-256";

const refusals: readonly Refusal[] = [
  { what: "with a wrong password", password: "wrong", cause: "O1", message: loginFailed },
  {
    what: "by a user it does not know",
    made: (made) => ({ ...made, users: [] }),
    cause: "O1",
    message: loginFailed,
  },
  {
    what: "by a user without ACLs",
    made: (made) => ({ ...made, acls: [] }),
    cause: "O3",
    message: notAuthorized,
  },
  {
    what: "by a user who may describe and not write",
    made: ({ acls, ...made }) => ({
      ...made,
      acls: acls.filter(({ operation }) => operation === "DESCRIBE"),
    }),
    cause: "O4",
    message: "CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed.",
  },
  {
    what: "for a topic that is not there",
    made: (made) => ({ ...made, topics: [] }),
    cause: "O2",
    message: "UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.",
  },
  {
    what: "for a topic that is not there, by a user without ACLs",
    made: (made) => ({ ...made, topics: [], acls: [] }),
    cause: "O3",
    message: notAuthorized,
  },
  {
    what: "to take what is larger than the topic takes",
    alter: (kafka, topic) =>
      kafka.rpk("topic", "alter-config", topic, "--set", "max.message.bytes=100"),
    cause: "O5",
    message: tooLarge,
  },
  {
    what: "to take a row that is larger than Connect sends",
    note: '"x".repeat(21000000)',
    cause: "O5",
    message: tooLarge,
  },
  {
    what: "with another authority in hand",
    authority: "/etc/hostname",
    cause: "O6",
    message:
      "Failed to connect to redpanda: unable to dial: tls: failed to verify certificate: x509: certificate signed by unknown authority",
  },
  {
    what: "by another name than that of its certificate",
    relayed: true,
    cause: "O6",
    message:
      /^Failed to connect to redpanda: unable to dial: tls: failed to verify certificate: x509: certificate is valid for (?:127[.\d]+, )+not 127[.\d]+$/,
  },
  {
    what: "where nobody listens",
    brokers: "127.3.3.3:9092",
    cause: "O7",
    message:
      "Failed to connect to redpanda: unable to dial: dial tcp 127.3.3.3:9092: connect: connection refused",
  },
  {
    what: "by a name that nobody has",
    brokers: "seed.invalid:9092",
    cause: "O7",
    message: /^Failed to connect to redpanda: unable to dial: dial tcp: lookup seed\.invalid/,
  },
];

const lacking = [...missing, ...whyNoPrograms(), ...missingTerraform()];

describeUnless(lacking, "The doctor names the refusal of a real broker that is asked", () => {
  const folder = mkdtempSync(join(tmpdir(), "refusals-"));
  const kafka = declareKafka("connect");
  let relay: Relay;
  let yaml: string;
  let made: Made;
  beforeAll(async () => {
    relay = await startRelay(kafka().address);
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    await workspace.apply();
    yaml = workspace.read("generated_pipeline.yaml");
    made = madeBy(workspace.calls);
  }, patience);
  afterAll(() => {
    rmSync(folder, { recursive: true });
    relay?.server.close();
  });

  /** Starts a pipeline with a topic and a user of its own, which sends some rows. */
  async function start(
    { made: change = (all) => all, ...refusal }: Partial<Refusal>,
    name: string,
  ): Promise<Process> {
    const renamed = (text: string) =>
      text
        .replaceAll("demo-postgres.", `${name}.`)
        .replaceAll("demo_postgres_iam_sasl_user", `user-${name}`);
    const own: Made = JSON.parse(renamed(JSON.stringify(made)));
    await makeOn(kafka(), change(own));
    await refusal.alter?.(kafka(), topicOf(name));
    const file = join(folder, `${name}.yaml`);
    const mapping = [
      "root.id = counter()",
      `root.note = ${refusal.note ?? '"small"'}`,
      'meta table = "orders"',
      'meta operation = "insert"',
      'meta lsn = "00000000/00000001"',
    ].join("\n");
    const rows = { count: refusal.rows ?? 3, interval: "1ms", mapping };
    writeFileSync(file, withInput(renamed(yaml), { generate: rows }));
    return runPipeline(file, {
      brokers: refusal.relayed ? relay.address : (refusal.brokers ?? kafka().address),
      authority: refusal.authority ?? kafka().authority,
      secrets: own.secrets.map(({ secret_data, ...secret }) => ({
        ...secret,
        secret_data: refusal.password ?? secret_data,
      })),
      cwd: folder,
    });
  }

  const topicOf = (name: string) => `${name}.iam_auth_topic_test`;

  /** Of the rows that have arrived, in any order. */
  async function keysOn(topic: string): Promise<string[]> {
    const rows = ["topic", "consume", topic, "--offset", "start:end", "--format", "%k\\n"];
    return (await kafka().rpk(...rows)).split("\n").slice(0, -1).sort();
  }

  test.each(refusals)(
    "$what: $cause",
    async ({ what, cause, message, ...refusal }) => {
      const pipeline = await start(refusal, what.replaceAll(/\W+/g, "-"));
      await pipeline.said(/Failed to (?:connect|send message) to redpanda/, patience);
      await pipeline.end();
      const report = diagnosed(pipeline.log);
      expect({ id: report.cause?.id, unknown: report.unknown }).toEqual({ id: cause, unknown: [] });
      if (typeof message === "string") expect(report.cause?.message).toBe(message);
      else expect(report.cause?.message).toMatch(message);
    },
    patience,
  );

  test(
    "of nothing: a row of 19 MiB arrives",
    async () => {
      const pipeline = await start({ note: `"x".repeat(${19 * 2 ** 20})` }, "large");
      await pipeline.said("Pipeline has terminated", patience);
      expect(await keysOn(topicOf("large"))).toEqual(['{"id":1}', '{"id":2}', '{"id":3}']);
      expect(pipeline.log).not.toMatch(/level=(?:error|warning)/);
    },
    patience,
  );

  test(
    "of nothing: a quota slows rows down, and nothing is said of it",
    async () => {
      await kafka().rpk(
        ...["cluster", "quotas", "alter", "--name", "user=user-quota"],
        ...["--add", "producer_byte_rate=2000"],
      );
      const pipeline = await start({ note: "uuid_v4().repeat(100)" }, "quota");
      await pipeline.said("Pipeline has terminated", patience);
      await pipeline.end();
      expect(await keysOn(topicOf("quota"))).toEqual(['{"id":1}', '{"id":2}', '{"id":3}']);
      expect(pipeline.log).not.toMatch(/level=(?:error|warning)/);
      expect(diagnosed(pipeline.log).cause).toBeUndefined();
    },
    patience,
  );

  test(
    "for a partition without a leader: O20, and rows wait until it has one again",
    async () => {
      await kafka().startOther();
      // Of three partitions, the other broker has one or two.
      const alter = async (_: Kafka, topic: string) => {
        await kafka().killOther();
        const leaders = () => kafka().rpk("topic", "describe", topic);
        await until(async () => /^\d -1 /m.test(await leaders()), patience / 2);
      };
      const pipeline = await start({ alter, rows: 30 }, "leaderless");
      await pipeline.said('err="LEADER_NOT_AVAILABLE: There is no leader', patience);
      expect(pipeline.log).not.toContain("level=error");
      const { cause, unknown } = diagnosed(pipeline.log);
      expect({ id: cause?.id, message: cause?.message, unknown }).toEqual({
        id: "O20",
        message:
          "LEADER_NOT_AVAILABLE: There is no leader for this topic-partition as we are in the middle of a leadership election.",
        unknown: [],
      });
      await kafka().startOther();
      await pipeline.said("Pipeline has terminated", patience);
      expect(await keysOn(topicOf("leaderless"))).toHaveLength(30);
    },
    patience,
  );
});

interface Relay {
  readonly address: string;
  readonly server: Server;
}

/** Lets a broker be reached by another address as well. */
async function startRelay(to: string): Promise<Relay> {
  const [host = "", port = ""] = to.split(":");
  const server = createServer((client) => {
    const broker = connect(Number(port), host);
    client.pipe(broker).pipe(client);
    for (const end of [client, broker]) end.on("error", () => {});
  });
  const address = loopback();
  await once(server.listen(9092, address), "listening");
  return { address: `${address}:9092`, server };
}
