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
/** No test may take longer with a mutant, in milliseconds, nor more than ten times as long as without. */
const patience = 5_000;

/** One process that runs tests. */
class Worker {
  private process: ChildProcess | undefined;

  constructor(
    private readonly names: readonly string[],
    private readonly folder: string,
  ) {}

  /** @returns undefined where the tests came to no end, or took the process with them */
  run(task: Task, limit: number): Promise<Answer | undefined> {
    this.process ??= fork(join(__dirname, "worker.js"), {
      cwd: this.folder,
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
        if (!answer) this.close();
        resolve(answer);
      };
      const timer = setTimeout(done, limit);
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
  readonly milliseconds: number;
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
    const start = Date.now();
    const answer = await worker.run({ files: [file] }, 300_000);
    if (!answer || answer.failure !== undefined) {
      throw new Error(`${file} fails without any mutant: ${answer?.failure ?? "it does not end"}`);
    }
    const milliseconds = Date.now() - start;
    files.push({ file, milliseconds, reached: new Set(answer.reached) });
  });
  return files.sort((one, other) => one.milliseconds - other.milliseconds);
}

async function withEach(
  plan: Plan,
  files: readonly TestFile[],
  workers: readonly Worker[],
): Promise<Set<Mutant>> {
  const survived = new Set<Mutant>();
  await forEach([...plan.mutants.entries()], workers, async ([id, mutant], worker) => {
    const reaching = files.filter(({ reached }) => reached.has(id));
    const usual = reaching.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const task = { mutant: id, files: reaching.map(({ file }) => file) };
    const answer =
      reaching.length > 0 ? await worker.run(task, patience + 10 * usual) : { reached: [] };
    if (answer && answer.failure === undefined) survived.add(mutant);
  });
  return survived;
}

function report(plan: Plan, survived: ReadonlySet<Mutant>): void {
  for (const room of plan.tests.keys()) {
    const all = plan.mutants.filter(({ file }) => file.startsWith(`${room}/`));
    const alive = all.filter((mutant) => survived.has(mutant));
    console.log(`${room}: ${all.length} mutants, ${alive.length} survive`);
  }
  const isKnown = ({ file, name }: Mutant) => known(file).has(name);
  const strangers = [...survived].filter((mutant) => !isKnown(mutant));
  for (const { file, line, name } of strangers) console.log(`survives: ${file}:${line} ${name}`);

  const files = new Set(plan.mutants.map(({ file }) => file));
  const gone = Object.keys(survivors)
    .filter(
      (file) =>
        files.has(file) || [...plan.tests.keys()].some((room) => file.startsWith(`${room}/`)),
    )
    .flatMap((file) =>
      [...known(file)]
        .filter(
          (name) => ![...survived].some((mutant) => mutant.file === file && mutant.name === name),
        )
        .map((name) => `${file} ${name}`),
    );
  for (const mutant of gone) console.log(`does not survive, but is listed: ${mutant}`);
  if (strangers.length + gone.length > 0) process.exitCode = 1;
}

/** The names that `survivors.ts` has for a file. */
function known(file: string): Set<string> {
  return new Set(Object.values(survivors[file] ?? {}).flat());
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
