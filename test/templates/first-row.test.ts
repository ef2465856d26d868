import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { templates } from "../../templates";

/** When it begins, by a clock that only `sleep` moves. */
const start = 1_795_000_000;

const engines = {
  PostgreSQL: {
    engine: postgres,
    args: ["public", "rpcn_iam_test"],
    insert: `INSERT INTO "public".iamuser_test (x) SELECT ${start} FROM pg_replication_slots WHERE slot_name = 'rpcn_iam_test' AND active;`,
    reader: "SELECT 1 FROM pg_replication_slots WHERE slot_name = 'rpcn_iam_test' AND active;",
    message: (row: number) => `{"id":1,"x":${row}}`,
  },
  MySQL: {
    engine: mysql,
    args: ["iam_demo_user", "demo_db"],
    insert: `INSERT INTO \`demo_db\`.iamuser_test (local_time) SELECT '${start}' FROM information_schema.processlist WHERE user = 'iam_demo_user' AND command LIKE 'Binlog Dump%' LIMIT 1;`,
    reader:
      "SELECT 1 FROM information_schema.processlist WHERE user = 'iam_demo_user' AND command LIKE 'Binlog Dump%' LIMIT 1;",
    message: (row: number) => `{"op":"insert","row":{"id":1,"local_time":"${row}"}}`,
  },
};

interface Scene {
  readonly engine: Engine;
  readonly args: readonly string[];
  /** What the client does with the statements: lines of a shell script. */
  readonly client: string;
  /** What is on the topic once the client has inserted this often. */
  readonly topic: readonly string[];
  readonly arrivesAfter: number;
}

function run({ engine, args, client, topic, arrivesAfter }: Scene) {
  const folder = mkdtempSync(join(tmpdir(), "first-row-"));
  const program = (name: string, lines: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  try {
    for (const name of ["slept", "statements", "looked"]) writeFileSync(join(folder, name), "");
    writeFileSync(join(folder, "topic"), topic.map((message) => `${message}\n`).join(""));
    program("sleep", `echo "$1" >>${folder}/slept`);
    program("date", `awk '{ sum += $1 } END { print ${start} + sum }' ${folder}/slept`);
    program("client", client.replaceAll("$statements", `${folder}/statements`));
    program(
      "rpk",
      `printf '%s\\n' "$*" >>${folder}/looked
looks=$(grep -c . ${folder}/looked)
[ "$looks" -le ${arrivesAfter} ] || cat ${folder}/topic`,
    );
    const script = templates(engine, { destination: "cloud", aurora: "new", database: "sql" })[
      "first_row.sh"
    ];
    writeFileSync(join(folder, "first_row.sh"), script ?? "");
    const { status, stdout, stderr } = spawnSync(
      "/bin/sh",
      [join(folder, "first_row.sh"), "demo.rows", ...args, "client", "--host=database"],
      { env: { PATH: `${folder}:${process.env.PATH}` }, encoding: "utf8" },
    );
    return {
      status,
      stdout,
      stderr,
      statements: read("statements").split("\n").filter(Boolean),
      slept: read("slept").split("\n").filter(Boolean).length,
      looked: [...new Set(read("looked").split("\n").filter(Boolean))],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As `psql` and `mysql` do it: one session, until its input ends. */
const session = 'cat >>"$statements"; echo INSERT 0 1';

describe.each(Object.values(engines))(
  "first_row.sh for $engine.product",
  ({ engine, args, insert, reader, message }) => {
    const scene = { engine, args, client: session, topic: [message(1), message(start)] };

    test("inserts a row while the pipeline reads, and shows it once it has arrived", () => {
      expect(run({ ...scene, arrivesAfter: 2 })).toEqual({
        status: 0,
        stdout: `${message(start)}\n`,
        stderr: "",
        statements: [insert],
        slept: 2,
        looked: ["topic consume demo.rows --offset @-10m:end --format %v\\n"],
      });
    });

    test("inserts another one every ten seconds, because the first may be from before", () => {
      const { statements, slept } = run({ ...scene, arrivesAfter: 11 });
      expect({ statements, slept }).toEqual({ statements: [insert, insert, insert], slept: 11 });
    });

    test("gives up after five minutes, and says what to look at", () => {
      const { statements, ...result } = run({ ...scene, arrivesAfter: 1000 });
      expect(result).toEqual({
        status: 1,
        stdout: "",
        stderr: `No row has arrived on demo.rows in five minutes. The pipeline's log says why: rpcn-aurora doctor reads it. A row is inserted only while the pipeline reads, which the master user sees by: ${reader}\n`,
        slept: 150,
        looked: [expect.any(String)],
      });
      expect(statements).toEqual(Array(30).fill(insert));
    });

    test("ends with the client, which may not get in", () => {
      const client = 'echo "Access denied" >&2; exit 3';
      const { status, stdout, stderr, statements, slept } = run({
        ...scene,
        client,
        arrivesAfter: 1000,
      });
      expect({ status, stdout, stderr, statements }).toEqual({
        status: 3,
        stdout: "",
        stderr: "Access denied\n",
        statements: [],
      });
      expect(slept).toBeLessThan(10);
    });
  },
);
