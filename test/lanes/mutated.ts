import { describeUnless } from "../standin/judges";
import { Comparison } from "./arrivals";
import { asSql, type Change, table, transactions } from "./changes";
import { declareKafka } from "./kafka";
import { Lane, missing } from "./lane";
import { databases } from "./prepared";
import { until } from "./process";
import { engines, patience } from "./rows";

interface Mutation {
  /** Ends "… with": what is changed in the generated pipeline. */
  readonly what: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** What the comparison finds. */
  readonly finds:
    | "nothing"
    | "rows out of order"
    | "a contradiction between key, value and headers";
  /** Why that is found, or nothing is. */
  readonly because: string;
  /** How many changes go through it. @default - some batches */
  readonly changes?: number;
}

const contradiction = "a contradiction between key, value and headers";

const mutations: readonly Mutation[] = [
  { what: "nothing changed", from: /^/, to: "", finds: "nothing", because: "it is as generated" },
  {
    what: "threads: 4",
    from: "threads: 1\n",
    to: "threads: 4\n",
    finds: "rows out of order",
    because: "a small batch is mapped while a large one is",
  },
  {
    what: "many writes in flight",
    from: "max_in_flight: 1\n",
    to: "max_in_flight: 64\n",
    finds: "rows out of order",
    because: "a small batch is written while a large one is",
  },
  {
    what: "the key of another column",
    from: 'let columns = ["id"]',
    to: 'let columns = ["version"]',
    finds: contradiction,
    because: "the key is not the row's",
  },
  {
    what: "no key",
    from: /^ +meta key = .*\n/m,
    to: "",
    finds: contradiction,
    because: "the key is null",
  },
  {
    what: "no headers",
    from: /^ +metadata:\n.*\n/m,
    to: "",
    finds: contradiction,
    because: "the headers are not there",
  },
  {
    what: "no metadata in the row",
    from: /^ +root\._pg_meta = .*\n/m,
    to: "",
    finds: contradiction,
    because: "_pg_meta is not there",
  },
  {
    what: "no batches",
    from: /^ +batching:\n +count: .*\n +period: .*\n/m,
    to: "",
    finds: "nothing",
    because: "it is slower, and as right: docs/throughput.md",
    changes: 300,
  },
  {
    what: "idempotent_write: false",
    from: "idempotent_write: true",
    to: "idempotent_write: false",
    finds: "nothing",
    because: "only an answer of the broker that gets lost would show it",
  },
  {
    what: "allow_auto_topic_creation: true",
    from: /(output:\n(?:.*\n)*? +allow_auto_topic_creation: )false/,
    to: "$1true",
    finds: "nothing",
    because: "the topic is there",
  },
];

/** Whether something overtakes is a matter of chance: so often it may. */
const rounds = 5;

/**
 * Two thousand large changes and two thousand small ones by turns, so that wherever batches begin, a
 * small one follows a larger: what takes longer is overtaken where anything can be.
 */
function slowAndFast(before: number): (change: Change) => Change {
  const isSlow = Math.floor(before / 2000) % 2 === 0;
  return (change) =>
    isSlow && change.operation !== "delete"
      ? { ...change, note: change.note + "<".repeat(15_000) }
      : change;
}

const [database] = databases.filter(({ stack }) => stack === "aurora-postgres");

describeUnless(database ? [...missing] : ["no PostgreSQL"], "Lane 1 finds", () => {
  const kafka = declareKafka("connect");

  describe("in a pipeline", () => {
    let lane: Lane;
    let first = 1;
    beforeAll(async () => {
      if (!database) return;
      const tables = {
        variables: { cdc_tables: ["iamuser_test", "orders"] },
        tables: table.replace("varchar(200)", "text"),
      };
      lane = await Lane.start(kafka(), database, tables);
      lane.startConsumer();
      // From now on the slot keeps what comes.
      await lane.startPipeline();
    }, patience);
    afterEach(async () => {
      await lane.pipeline?.end();
      // What a mutation left unread is not read by the next.
      await lane.prepared.server.postgres?.arrange(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active",
        "SELECT pg_sleep(0.5)",
        "SELECT pg_replication_slot_advance(slot_name, pg_current_wal_lsn()) FROM pg_replication_slots",
      );
    });
    afterAll(() => lane?.[Symbol.asyncDispose]());

    /** What the comparison finds in so many changes. */
    async function findings(count: number): Promise<string> {
      // Rows of their own: those of before may come again.
      const { shape, quoted } = engines["aurora-postgres"];
      const comparison = new Comparison(shape);
      const source = transactions(20_261_121, first);
      const all: Change[] = [];
      while (all.length < count) all.push(...source.next().value.map(slowAndFast(all.length)));
      comparison.expect(all);
      let looked = lane.arrivals.length;
      lane.pipeline?.pause();
      await lane.prepared.write(asSql(all, quoted));
      lane.pipeline?.resume();

      let contradicts = false;
      await until(() => {
        for (; looked < lane.arrivals.length && !contradicts; looked++) {
          const arrival = lane.arrivals[looked];
          if (!arrival || JSON.parse(arrival.value).id < first) continue;
          try {
            comparison.take(arrival);
          } catch {
            contradicts = true;
          }
        }
        return contradicts || comparison.isComplete;
      }, patience);
      first = Math.max(...all.map(({ id }) => id)) + 1;
      if (contradicts) return contradiction;
      const { lost, foreign, outOfOrder, overtaken } = comparison;
      if (lost.length + foreign.length > 0) return `${lost.length} lost, ${foreign.length} foreign`;
      return outOfOrder.length + overtaken.length > 0 ? "rows out of order" : "nothing";
    }

    test.each(mutations)(
      "with $what: $finds ($because)",
      async ({ from, to, finds, changes = 4_500 }) => {
        const generated = lane.prepared.workspace.read("lane.yaml");
        const mutated = generated.replace(from, to);
        if (finds !== "nothing") expect(mutated).not.toBe(generated);
        lane.prepared.workspace.write("mutated.yaml", mutated);
        await lane.pipeline?.end();
        await lane.startPipeline("mutated.yaml");

        let found = "nothing";
        for (let round = 0; round < rounds && found === "nothing"; round++) {
          found = await findings(changes);
        }
        expect(found).toBe(finds);
      },
      2 * patience,
    );
  });
});
