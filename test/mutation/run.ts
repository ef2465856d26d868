/**
 * Changes one thing after the other in the code, runs the tests that come across it, and says which
 * changes no test notices:
 *
 *     npm run mutate [-- <folder> …]
 *
 * The folders are those of `plan.ts`. Those that are known to survive, and why, are in
 * `survivors.ts`: the exit code is 1 where others survive, or one of those does no longer.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutant } from "./mutants";
import { Plan, rooms } from "./plan";
import { survivors } from "./survivors";
import type { Answer, Task } from "./worker";

const project = process.cwd();
/** How long tests may take, in milliseconds: what goes round for ever mostly ends sooner by itself. */
const patience = 300_000;

/** One process that runs tests. */
class Worker {
  private process: ChildProcess | undefined;

  constructor(
    private readonly names: readonly string[],
    private readonly folder: string,
  ) {}

  /** @returns undefined where the tests came to no end, or took the process with them */
  run(task: Task): Promise<Answer | undefined> {
    this.process ??= fork(join(__dirname, "worker.js"), {
      cwd: project,
      stdio: "ignore",
      // Without a PATH there is no Terraform, and no test that needs it.
      env: {
        TMPDIR: this.folder,
        HOME: this.folder,
        PATH: "",
        NODE_PATH: join(project, "node_modules"),
        MUTATION_PROJECT: project,
        MUTATION_ROOMS: this.names.join(","),
      },
    });
    const worker = this.process;
    return new Promise((resolve) => {
      const done = (answer?: Answer) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        // What has not ended would go on beside the next tests.
        if (!answer || answer.failure?.includes("Exceeded timeout")) this.close();
        resolve(answer);
      };
      const timer = setTimeout(done, patience).unref();
      worker.once("message", (answer) => done(answer as Answer));
      worker.once("exit", () => done());
      worker.send(task);
    });
  }

  close(): void {
    this.process?.removeAllListeners();
    this.process?.kill("SIGKILL");
    this.process = undefined;
  }
}

interface TestFile {
  readonly file: string;
  readonly count: number;
  readonly reached: ReadonlySet<number>;
}

async function main(names: readonly string[]): Promise<void> {
  const plan = Plan.of(project, names);
  const folder = mkdtempSync(join(tmpdir(), "mutation-"));
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(names, folder));
  try {
    const files = await withoutMutants(plan, workers);
    const survived = await withEach(plan, files, workers);
    report(plan, survived);
  } finally {
    for (const worker of workers) worker.close();
    rmSync(folder, { recursive: true });
  }
}

/** Each test file as it is: it must pass, and tells which mutants it comes across. */
async function withoutMutants(plan: Plan, workers: readonly Worker[]): Promise<TestFile[]> {
  const files: TestFile[] = [];
  const names = [...new Set([...plan.tests.values()].flat())];
  await forEach(names, workers, async (file, worker) => {
    const answer = await worker.run({ files: [file] });
    if (!answer || answer.failure !== undefined) {
      throw new Error(`${file} fails without any mutant: ${answer?.failure ?? "it does not end"}`);
    }
    files.push({ file, count: answer.count, reached: new Set(answer.reached) });
  });
  // The small ones first: they are fast, and mostly about the code at hand.
  return files.sort((one, other) => one.count - other.count);
}

async function withEach(
  plan: Plan,
  files: readonly TestFile[],
  workers: readonly Worker[],
): Promise<Set<Mutant>> {
  const survived = new Set<Mutant>();
  /** The test file that noticed the last mutant of a file. */
  const noticing = new Map<string, string>();
  let tried = 0;
  await forEach([...plan.mutants.entries()], workers, async ([id, mutant], worker) => {
    const last = ({ file }: TestFile) => Number(noticing.get(mutant.file) === file);
    const reaching = files
      .filter(({ reached }) => reached.has(id))
      .sort((one, other) => last(other) - last(one));
    const usual = reaching.reduce((sum, { count }) => sum + count, 0);
    const task = {
      mutant: id,
      files: reaching.map(({ file }) => file),
      limit: 10 * usual + 100_000,
    };
    const isNoticed = async () => {
      const answer = await worker.run(task);
      if (answer?.file) noticing.set(mutant.file, answer.file);
      return !answer || answer.failure !== undefined;
    };
    if (reaching.length === 0 || !(await isNoticed())) survived.add(mutant);
    if (++tried % 250 === 0) console.error(`${tried} of ${plan.mutants.length} tried`);
  });
  return survived;
}

function report(plan: Plan, survived: ReadonlySet<Mutant>): void {
  const folders = [...plan.tests.keys()];
  for (const room of folders) {
    const all = plan.mutants.filter(({ file }) => file.startsWith(`${room}/`));
    const count = all.filter((mutant) => survived.has(mutant)).length;
    console.log(`${room}: ${all.length} mutants, ${count} survive`);
  }
  const keyOf = ({ file, name }: Mutant) => `${file} ${name}`;
  const listed = new Set(
    Object.entries(survivors).flatMap(([file, byReason]) =>
      Object.values(byReason).flatMap((names) => names.map((name) => `${file} ${name}`)),
    ),
  );
  const strangers = [...survived].filter((mutant) => !listed.has(keyOf(mutant)));
  for (const { file, line, name } of strangers) console.log(`survives: ${file}:${line} ${name}`);

  const alive = new Set([...survived].map(keyOf));
  const gone = [...listed].filter(
    (key) => folders.some((room) => key.startsWith(`${room}/`)) && !alive.has(key),
  );
  for (const key of gone) console.log(`does not survive, but is listed: ${key}`);
  if (strangers.length + gone.length > 0) process.exitCode = 1;
}

/** Calls `act` on every item, each worker on one at a time. */
async function forEach<Item>(
  items: readonly Item[],
  workers: readonly Worker[],
  act: (item: Item, worker: Worker) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  await Promise.all(
    workers.map(async (worker) => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
        await act(item, worker);
      }
    }),
  );
}

main(process.argv.length > 2 ? process.argv.slice(2) : Object.keys(rooms)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
