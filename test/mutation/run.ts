/**
 * Changes one thing after the other in the code, runs the tests that come across it, and says which
 * changes no test notices:
 *
 *     npm run mutate [-- <folder or file> …]
 *
 * The folders are those of `plan.ts`, the files in them. Those that are known to survive, and why, are in
 * `survivors.ts`: the exit code is 1 where others survive, or one of those does no longer.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutant } from "./mutants";
import { Plan, roomOf, rooms } from "./plan";
import { survivors } from "./survivors";
import type { Answer, Chosen, Done, Task } from "./worker";

const project = process.cwd();
/** How long a test file may take, in milliseconds. */
const longest = 300_000;

/** One process that runs tests. */
class Worker {
  private process: ChildProcess | undefined;

  constructor(
    private readonly names: readonly string[],
    private readonly folder: string,
  ) {}

  /**
   * @param patience in milliseconds: what goes round for ever mostly ends sooner by itself
   * @returns undefined where the tests came to no end, or took the process with them
   */
  run(task: Task, patience: number): Promise<Answer | undefined> {
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

/** A test file, as it is without mutants. */
class TestFile {
  private readonly outside: Reached;
  private readonly tests: readonly Reached[];
  readonly count: number;

  constructor(
    readonly file: string,
    /** What it did, forwards and backwards. */
    first: Answer,
    second: Answer,
  ) {
    this.outside = new Reached(first.outside, second.outside);
    this.tests = first.tests.map((test, at) => new Reached(test, second.tests[at] ?? test));
    this.count = Math.max(...[first, second].map(countOf));
  }

  /** The tests that come across a mutant; all of them where it is come across before the first. */
  reaching(mutant: number): (Chosen & { readonly time: number }) | undefined {
    const { file } = this;
    const everywhere = this.outside.mutants.has(mutant);
    const tests = [...this.tests.keys()].filter(
      (at) => everywhere || this.tests[at]?.mutants.has(mutant),
    );
    if (tests.length === 0 && !everywhere) return undefined;
    const time = tests.reduce((sum, at) => sum + (this.tests[at]?.time ?? 0), this.outside.time);
    // The tests that a mutant defines may be others.
    return everywhere ? { file, time } : { file, tests, time };
  }
}

/** What some code came across, and how long it took. */
class Reached {
  readonly mutants: ReadonlySet<number>;
  readonly time: number;

  constructor(first: Done, second: Done) {
    this.mutants = new Set([...first.reached, ...second.reached]);
    // The first time, much is loaded that stays.
    this.time = Math.min(first.time, second.time);
  }
}

const countOf = ({ outside, tests }: Answer) =>
  tests.reduce((sum, { count }) => sum + count, outside.count);

const keyOf = ({ file, name }: Mutant) => `${file} ${name}`;
const told = ({ file, line, name }: Mutant) => `survives: ${file}:${line} ${name}`;

/** What is known to survive. */
const listed = new Set(
  Object.entries(survivors).flatMap(([file, byReason]) =>
    Object.values(byReason).flatMap((names) => names.map((name) => `${file} ${name}`)),
  ),
);

/** How often the tests of a file noticed the mutants of another. */
class Experience {
  private readonly tried = new Map<string, number>();
  private readonly noticed = new Map<string, number>();

  add(test: string, { file }: Mutant, isNoticed: boolean): void {
    const key = `${test} ${file}`;
    this.tried.set(key, (this.tried.get(key) ?? 0) + 1);
    if (isNoticed) this.noticed.set(key, (this.noticed.get(key) ?? 0) + 1);
  }

  /** How likely it is that they notice the next, as the rule of succession has it. */
  chance(test: string, { file }: Mutant): number {
    const key = `${test} ${file}`;
    return ((this.noticed.get(key) ?? 0) + 1) / ((this.tried.get(key) ?? 0) + 2);
  }
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

/**
 * Each test file as it is: it must pass, in either order, because later some of its tests run alone. It
 * tells which mutants each test comes across, and how long that takes.
 */
async function withoutMutants(plan: Plan, workers: readonly Worker[]): Promise<TestFile[]> {
  const files: TestFile[] = [];
  const names = [...new Set([...plan.tests.values()].flat())];
  await forEach(names, workers, async (file, worker) => {
    const passed = async (backwards: boolean) => {
      const answer = await worker.run({ files: [{ file }], backwards }, longest);
      if (answer && answer.failure === undefined) return answer;
      const why = answer?.failure ?? "it does not end";
      throw new Error(`${file} fails without any mutant${backwards ? ", backwards" : ""}: ${why}`);
    };
    files.push(new TestFile(file, await passed(false), await passed(true)));
  });
  return files;
}

async function withEach(
  plan: Plan,
  files: readonly TestFile[],
  workers: readonly Worker[],
): Promise<Set<Mutant>> {
  const survived = new Set<Mutant>();
  const experience = new Experience();
  let tried = 0;
  await forEach([...plan.mutants.entries()], workers, async ([id, mutant], worker) => {
    const reaching = files
      .filter(({ file }) => plan.isFor(file, mutant.file))
      .flatMap((file) => file.reaching(id) ?? []);
    // What finds out soonest comes first.
    const cost = new Map(
      reaching.map(({ file, time }) => [file, time / experience.chance(file, mutant)]),
    );
    reaching.sort((one, other) => (cost.get(one.file) ?? 0) - (cost.get(other.file) ?? 0));

    const usual = files.filter(({ file }) => cost.has(file));
    const limit = 10 * usual.reduce((sum, { count }) => sum + count, 0) + 100_000;
    const time = reaching.reduce((sum, { time }) => sum + time, 0);
    const answer =
      reaching.length > 0 &&
      (await worker.run({ mutant: id, files: reaching, limit }, 10 * time + longest / 5));
    const noticing = answer ? answer.file : undefined;
    for (const { file } of reaching) {
      experience.add(file, mutant, file === noticing);
      if (file === noticing) break;
    }
    if (answer === false || (answer && noticing === undefined)) {
      survived.add(mutant);
      if (!listed.has(keyOf(mutant))) console.error(told(mutant));
    }
    if (++tried % 250 === 0) {
      console.error(`${tried} of ${plan.mutants.length} tried, ${survived.size} survive`);
    }
  });
  return survived;
}

function report(plan: Plan, survived: ReadonlySet<Mutant>): void {
  const folders = [...plan.tests.keys()];
  for (const room of folders) {
    const all = plan.mutants.filter(({ file }) => roomOf(file) === room);
    const count = all.filter((mutant) => survived.has(mutant)).length;
    console.log(`${room}: ${all.length} mutants, ${count} survive`);
  }
  const strangers = [...survived].filter((mutant) => !listed.has(keyOf(mutant)));
  for (const mutant of strangers) console.log(told(mutant));

  const alive = new Set([...survived].map(keyOf));
  const sources = new Set(plan.mutants.map(({ file }) => file));
  const gone = [...listed].filter(
    (key) => sources.has(key.slice(0, key.indexOf(" "))) && !alive.has(key),
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
