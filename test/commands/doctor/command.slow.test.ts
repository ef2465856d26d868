import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type DoctorOptions, doctor } from "../../../commands/doctor/command";
import { explanation } from "../../../commands/doctor/explanation";
import { bytesOf } from "../../../commands/doctor/input";
import { UsageError } from "../../../commands/usage-error";
import { examples, recordOf } from "./examples";

let folder: string;
let log: string;
let before: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
  log = join(folder, "connect.log");
  before = process.cwd();
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const example = (id: string, fields?: object) => recordOf(examples[id]?.is ?? "", "ERROR", fields);
const active = recordOf("Input type postgres_cdc is now active", "INFO");

/** What it prints of these records, and its exit code. */
async function run(records: readonly string[], options: DoctorOptions = { json: true }) {
  writeFileSync(log, records.map((record) => `${record}\n`).join(""));
  let printed = "";
  const code = await doctor([log], options, (text) => {
    printed += text;
  });
  return { code, printed };
}
const reportOf = async (records: readonly string[], options: DoctorOptions = {}) =>
  JSON.parse((await run(records, { json: true, ...options })).printed);

test("--help says what it reads and how it ends", () => {
  expect(explanation).toBe(`
Reads log records of Redpanda Connect, in whatever form they come: the topic
__redpanda.connect.logs as rpk prints it, or the output of a container. Names in
commands are filled in from the module's state: --state, or terraform.tfstate in
the working directory, whose pipeline is then the one to look at.

  terraform show -json > state.json
  rpk topic consume __redpanda.connect.logs --offset :end | rpcn-aurora doctor --state state.json
  docker logs connect 2>&1 | rpcn-aurora doctor

With --live it asks AWS (by aws), Redpanda Cloud (as discover does, and by rpk)
and the database (by psql or mysql, where a password is in the environment or a
file of theirs). It changes nothing, reads no secret, shows each command with its
answer, and says what it skips. The folder of --state is the module's.

  rpcn-aurora doctor --live --state .

Secrets in records are masked in whatever it prints. All texts that it knows are
in docs/troubleshooting.md.

Exit codes: 0 rows are streaming; 1 a cause was found; 2 a mistake in the
command's use; 3 nothing was recognised, and what to look at is printed instead;
4 something fails, and the catalogue does not know why: message, place as far as
it can be told, and what to look at there are printed.
With --follow, the code is that of the last report. With --live, 3 says that
nothing is broken as far as could be looked, and 4 does not occur.
`);
});

test("one report, as JSON or as text, and a code for its state", async () => {
  const { code, printed } = await run([example("A9")]);
  expect(code).toBe(1);
  expect(printed).toMatch(/^\{"schema":1,"state":"cause",.*\}\n$/);
  const streaming = await run([active], {});
  expect(streaming.code).toBe(0);
  expect(streaming.printed).toMatch(/^Streaming\.\n\n✓ starts .*\n$/);
  expect((await run(["the tide is out"])).code).toBe(3);
});

test("the last record may have no line end", async () => {
  writeFileSync(log, example("A9"));
  let printed = "";
  await doctor([log], { json: true }, (text) => {
    printed += text;
  });
  expect(JSON.parse(printed).records).toBe(1);
});

test("the pipeline is the one that is asked for, or the state's", async () => {
  const state = join(folder, "state.json");
  writeFileSync(state, JSON.stringify({ rpcn_pipeline_id: { value: "d5nother0000000000zz" } }));
  const records = [example("A9"), example("O3", { pipeline_id: "d5nother0000000000zz" })];
  expect(await reportOf(records, { state })).toMatchObject({
    pipeline: "d5nother0000000000zz",
    records: 1,
    cause: { id: "O3" },
    pipelines: ["d5nfcb0objac738nhf90", "d5nother0000000000zz"],
  });
  expect(await reportOf(records, { state, pipeline: "d5nfcb0objac738nhf90" })).toMatchObject({
    cause: { id: "A9" },
  });
  await expect(run(records)).rejects.toThrow(/^The records belong to 2 pipelines\./);
});

test("records of before are left out, and those that tell no time are not", async () => {
  const at = (id: string, time?: string) => example(id, { time });
  const records = [
    at("P26", "2026-01-20T15:59:59.999Z"),
    at("A9", "2026-01-20T16:00:00Z"),
    at("O3"),
  ];
  const since = "2026-01-20T16:00:00Z";
  expect(await reportOf(records, { since })).toMatchObject({ records: 2, cause: { id: "A9" } });
  await expect(run(records, { since: "yesterday" })).rejects.toThrow(
    new UsageError(
      '--since is "yesterday". It must be how long ago, as 90m, 2h or 1d, or a time such as 2026-01-20T16:00:00Z.',
    ),
  );
});

test("the state in the working directory is taken by itself", async () => {
  const outputs = { region: { value: "us-east-2" }, rpcn_pipeline_id: { value: "a" } };
  writeFileSync("terraform.tfstate", JSON.stringify({ version: 4, outputs, resources: [] }));
  expect(await reportOf([])).toMatchObject({ pipeline: "a" });
});

test.each<[what: string, files: string[], options: DoctorOptions, message: string]>([
  [
    "a pipeline's name instead of its id",
    ["connect.log"],
    { pipeline: "my pipeline" },
    '--pipeline is "my pipeline". It must be a pipeline\'s id, such as d5nfcb0objac738nhf90: `terraform output -raw rpcn_pipeline_id`.',
  ],
  [
    "an empty id",
    ["connect.log"],
    { pipeline: "" },
    '--pipeline is "". It must be a pipeline\'s id, such as d5nfcb0objac738nhf90: `terraform output -raw rpcn_pipeline_id`.',
  ],
  [
    "the state on standard input, where the records are",
    [],
    { state: "-" },
    "--state - reads the state from standard input, so the records must come from files.",
  ],
  [
    "a file that is not there",
    ["nowhere.log"],
    {},
    '"nowhere.log" cannot be read (ENOENT). Give files with log records, or pipe them in; for the folder of a module, use --state.',
  ],
  [
    "a folder",
    ["."],
    {},
    '"." is a folder. Give files with log records, or pipe them in; for the folder of a module, use --state.',
  ],
  ...Object.entries({
    files: [["connect.log"], {}],
    "--follow": [[], { follow: true }],
    "--pipeline": [[], { pipeline: "a" }],
    "--since": [[], { since: "2h" }],
  } satisfies Record<string, [string[], DoctorOptions]>).map(
    ([what, [files, options]]): [string, string[], DoctorOptions, string] => [
      `--live with ${what}`,
      files,
      { live: true, ...options },
      "--live looks at the pipeline of --state, and reads no records: leave out files, --follow, --pipeline and --since.",
    ],
  ),
  [
    "--live without a state",
    [],
    { live: true },
    "--live requires --state: the module's folder, or what `terraform show -json` printed, in a file in that folder.",
  ],
])("%s is refused", async (_what, files, options, message) => {
  writeFileSync(log, "");
  await expect(doctor(files, options, () => {})).rejects.toThrow(new UsageError(message));
});

describe("standard input", () => {
  const original = Object.getOwnPropertyDescriptor(process, "stdin") as PropertyDescriptor;
  afterEach(() => Object.defineProperty(process, "stdin", original));
  const give = (stdin: object) =>
    Object.defineProperty(process, "stdin", { value: stdin, configurable: true });

  test("is read where there are no files", async () => {
    give(Readable.from([Buffer.from(example("A9"))]));
    let printed = "";
    expect(
      await doctor([], { json: true }, (text) => {
        printed += text;
      }),
    ).toBe(1);
    expect(JSON.parse(printed).cause.id).toBe("A9");
  });

  test("that breaks off says so", async () => {
    give(
      Readable.from(
        (function* () {
          yield Buffer.from(example("A9"));
          throw new Error("the pipe is broken");
        })(),
      ),
    );
    await expect(doctor([], {}, () => {})).rejects.toThrow("the pipe is broken");
  });

  test("of a person who would have to type is not waited for", async () => {
    give({ isTTY: true });
    await expect(doctor([], {}, () => {})).rejects.toThrow(
      new UsageError(
        "There is nothing to read: give files with log records, or pipe them in, for example by\n  rpk topic consume __redpanda.connect.logs --offset :end | rpcn-aurora doctor",
      ),
    );
  });
});

describe("while records come in", () => {
  const original = Object.getOwnPropertyDescriptor(process, "stdin") as PropertyDescriptor;
  afterEach(() => Object.defineProperty(process, "stdin", original));

  /** The causes, or states, that are reported of records that come slowly. */
  const reported = async (records: readonly string[], options: DoctorOptions) => {
    const slowly = async function* () {
      for (const record of records) {
        yield Buffer.from(`${record}\n`);
        await sleep(700);
      }
    };
    Object.defineProperty(process, "stdin", {
      value: Readable.from(slowly()),
      configurable: true,
    });
    const causes: string[] = [];
    await doctor([], { json: true, ...options }, (text) => {
      const { cause, state, records } = JSON.parse(text);
      causes.push(cause?.id ?? `${state} after ${records}`);
    });
    return causes;
  };
  const unknown = recordOf("the tide is out", "ERROR");

  test("nothing is reported before the end", async () => {
    const listeners = process.listenerCount("SIGINT");
    expect(await reported([example("A9"), active], {})).toEqual(["streaming after 2"]);
    expect(process.listenerCount("SIGINT")).toBe(listeners);
  });

  test("with --follow each new cause is, and none twice", async () => {
    const records = [unknown, example("P8"), example("P8"), example("A9"), unknown];
    expect(await reported(records, { follow: true })).toEqual(["failing after 1", "P8", "A9"]);
  });

  test("where nothing is known, that is reported in the end alone", async () => {
    const tide = recordOf("the tide is out", "INFO");
    expect(await reported([tide, tide], { follow: true })).toEqual(["unknown after 2"]);
  });

  test("an interrupt ends it, with a last report", async () => {
    const stdin = new PassThrough();
    Object.defineProperty(process, "stdin", { value: stdin, configurable: true });
    stdin.write(`${example("A9")}\n`);
    const code = doctor([], { follow: true }, () => process.emit("SIGINT"));
    expect(await code).toBe(1);
    expect(stdin.destroyed).toBe(true);
  });
});

/** Where Linux lists what a process has open. */
const descriptors = "/proc/self/fd";

/** Names of the files in this folder that are open, on Linux. */
function openHere(): string[] {
  if (!existsSync(descriptors)) return [];
  return readdirSync(descriptors).flatMap((descriptor) => {
    try {
      const file = readlinkSync(join(descriptors, descriptor));
      return dirname(file) === realpathSync(folder) ? [basename(file)] : [];
    } catch {
      // That of the list itself.
      return [];
    }
  });
}

describe("the bytes of files", () => {
  const textOf = async (files: string[]) => {
    let text = "";
    for await (const bytes of bytesOf(files)) text += bytes;
    return text;
  };

  test("come one file after the other", async () => {
    writeFileSync("a", "1\n2");
    writeFileSync("b", "3\n");
    expect(await textOf(["a", "b", "a"])).toBe("1\n23\n1\n2");
  });

  test("of a pipe come too", async () => {
    execFileSync("/usr/bin/mkfifo", ["pipe"]);
    const writing = writeFile("pipe", "1\n2");
    expect(await textOf(["pipe"])).toBe("1\n2");
    await writing;
  });

  test("of the last one come as it grows, and from its start when it is shorter", async () => {
    writeFileSync("a", "first");
    writeFileSync("b", "1");
    const stop = new AbortController();
    const said: string[] = [];
    const reading = (async () => {
      for await (const bytes of bytesOf(["a", "b"], { follow: true, signal: stop.signal })) {
        said.push(String(bytes));
        // Once this reading has come to the end of the file.
        // Looked at more than once meanwhile.
        if (said.length === 2) setTimeout(() => appendFileSync("b", "2 and more"), 700);
        if (said.length === 3) setTimeout(() => writeFileSync("b", "3"), 100);
        if (said.length === 4) stop.abort();
      }
    })();
    await expect(reading).rejects.toThrow("The operation was aborted");
    expect(said).toEqual(["first", "1", "2 and more", "3"]);
    expect(openHere()).toEqual([]);
  });

  test("of one that is not there yet come when it is, and of the next that takes its name", async () => {
    const stop = new AbortController();
    const said: string[] = [];
    setTimeout(() => writeFileSync("a", "1"), 100);
    const reading = (async () => {
      for await (const bytes of bytesOf(["a"], { follow: true, signal: stop.signal })) {
        said.push(String(bytes));
        if (said.length === 1) {
          renameSync("a", "a.1");
          setTimeout(() => appendFileSync("a.1", "2, to the old one"), 700);
        }
        if (said.length === 2) writeFileSync("a", "3");
        if (said.length === 3) {
          expect(openHere()).toEqual(existsSync(descriptors) ? ["a"] : []);
          stop.abort();
        }
      }
    })();
    await expect(reading).rejects.toThrow("The operation was aborted");
    expect(said).toEqual(["1", "2, to the old one", "3"]);
    expect(openHere()).toEqual([]);
  });

  test("of what turns out to be no file are not waited for", async () => {
    const socket = createServer();
    setTimeout(() => socket.listen("a"), 100);
    const reading = (async () => {
      for await (const _ of bytesOf(["a"], { follow: true }));
    })();
    await expect(reading).rejects.toThrow("ENXIO: no such device or address, open 'a'");
    socket.close();
  });

  test("of one that is not there are waited for only where it is followed", () => {
    const missing = /^"nowhere" cannot be read \(ENOENT\)\./;
    expect(() => bytesOf(["nowhere"])).toThrow(missing);
    writeFileSync("a", "1");
    expect(() => bytesOf(["nowhere", "a"], { follow: true })).toThrow(missing);
  });
});

test("with --follow there is a report whenever the state changes, and none where it does not", async () => {
  writeFileSync(log, `${example("A9")}\n`);
  const reports: { state: string; cause?: { id: string; count: number } }[] = [];
  const next = [
    () => appendFileSync(log, `${example("A9")}\n${active}\n`),
    () => appendFileSync(log, `${example("O3")}\n`),
    () => process.emit("SIGINT"),
  ];
  const code = await doctor([log], { follow: true, json: true }, (text) => {
    reports.push(JSON.parse(text));
    setTimeout(() => next.shift()?.(), 10);
  });
  expect(code).toBe(1);
  expect(reports.map(({ state, cause }) => [state, cause?.id])).toEqual([
    ["cause", "A9"],
    ["streaming", undefined],
    ["cause", "O3"],
  ]);
});
