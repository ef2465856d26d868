/**
 * Runs test files against one mutant after the other, in one process: loading Jest and CDKTF anew
 * for each would take longer than the tests. Started by `run.ts`, which it answers.
 */
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { jestExpect as expect } from "@jest/expect";
import { ModernFakeTimers } from "@jest/fake-timers";
import * as circus from "jest-circus";
import { ModuleMocker } from "jest-mock";
import { SnapshotState } from "jest-snapshot";
import { Plan } from "./plan";

/** What is asked for: these tests, one file after the other, with this mutant awake or none. */
export interface Task {
  readonly mutant?: number;
  readonly files: readonly Chosen[];
  /** How often mutants may be come across: more means that something goes round for ever. @default - as often as you like */
  readonly limit?: number;
  /** Whether tests run from the last to the first. @default false */
  readonly backwards?: boolean;
}

/** Some tests of a file. */
export interface Chosen {
  readonly file: string;
  /** Their places in the order in which they are defined, from 0. @default - all */
  readonly tests?: readonly number[];
}

export interface Answer {
  /** Why the first test failed that did, and in which file. */
  readonly failure?: string;
  readonly file?: string;
  /** Of the last file: what was done before the first test and between tests, and in each of them. */
  readonly outside: Done;
  readonly tests: readonly Done[];
}

/** What tests did. */
export interface Done {
  /** The mutants that were come across, and how often any of them was. */
  readonly reached: readonly number[];
  readonly count: number;
  /** In milliseconds. */
  readonly time: number;
}

const project = process.env.MUTATION_PROJECT as string;
const plan = Plan.of(project, (process.env.MUTATION_ROOMS as string).split(","));

let awake: number | undefined;
let most = Number.POSITIVE_INFINITY;
let count = 0;
/** Of what runs now. */
let reached = new Set<number>();
Object.assign(globalThis, circus, {
  expect,
  jest: jestFor(globalThis),
  __mutant: (id: number) => {
    reached.add(id);
    if (++count > most) throw new Error("This goes round for ever.");
    return id === awake;
  },
});
require(join(project, "test", "no-stack-traces.js"));

/** What our tests use of Jest's own object, which its runtime makes for each test file. */
function jestFor(global: typeof globalThis) {
  const mocker = new ModuleMocker(global);
  const timers = new ModernFakeTimers({ config: { fakeTimers: {} } as never, global });
  return {
    spyOn: mocker.spyOn.bind(mocker),
    restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
    useFakeTimers: timers.useFakeTimers.bind(timers),
    useRealTimers: timers.useRealTimers.bind(timers),
  };
}

/** By file, compiled once. */
const compiled = new Map<string, string>();
const own = (file: string) =>
  file.startsWith(project) && file.endsWith(".ts") && !file.includes("node_modules");

const loader = Module as unknown as {
  _extensions: Record<
    string,
    (module: { _compile(code: string, file: string): void }, file: string) => void
  >;
};
loader._extensions[".ts"] = (module, file) => {
  const code = compiled.get(file) ?? compile(file);
  compiled.set(file, code);
  module._compile(code, file);
};

/** As Jest does. */
const transform = require(join(project, "test", "transform.js")) as {
  process(source: string, file: string): { readonly code: string };
};

function compile(file: string): string {
  const source = plan.sources.get(file) ?? readFileSync(file, "utf8");
  return transform.process(source, file).code;
}

type Block = ReturnType<typeof circus.getState>["rootDescribeBlock"];
type Test = Extract<Block["children"][number], { type: "test" }>;

let failure: string | undefined;
let isBackwards = false;
/** Tests in the order in which they are defined, which is not that in which they run. */
let defined: Test[] = [];
let outside: Stretch;
let done: (Done | undefined)[] = [];
/** How often a test or group of tests was the one to fail, by name. */
const noticed = new Map<string, number>();

/** Some time in which mutants are come across. */
class Stretch {
  private readonly reached = new Set<number>();
  private count = 0;
  private time = 0;
  private before = { count: 0, time: 0 };

  begin(): void {
    reached = this.reached;
    this.before = { count, time: performance.now() };
  }

  end(): Done {
    this.count += count - this.before.count;
    this.time += performance.now() - this.before.time;
    return { reached: [...this.reached], count: this.count, time: this.time };
  }
}

let during: Stretch;
circus.addEventHandler((event, { rootDescribeBlock }) => {
  const { children } = rootDescribeBlock;
  if (event.name === "run_start") {
    // What noticed other mutants is likely to notice this one.
    const rank = ({ name }: { readonly name: string }) => noticed.get(name) ?? 0;
    if (isBackwards) turnRound(rootDescribeBlock);
    else children.sort((one, other) => rank(other) - rank(one));
  }
  if (event.name === "test_start") {
    expect.setState({ currentTestName: event.test.name, suppressedErrors: [] });
    outside.end();
    during = new Stretch();
    during.begin();
  }
  if (event.name === "test_fn_failure" || event.name === "hook_failure" || event.name === "error") {
    failure ??= textOf(event.error);
  }
  if (event.name === "test_done") {
    // Where a snapshot differs, the test goes on, for others to be compared as well.
    const [suppressed] = expect.getState().suppressedErrors;
    if (suppressed) failure ??= textOf(suppressed);
    done[defined.indexOf(event.test)] = during.end();
    outside.begin();
    if (failure !== undefined) {
      noticed.set(topOf(event.test).name, (noticed.get(topOf(event.test).name) ?? 0) + 1);
      // One test that fails is enough.
      keep(rootDescribeBlock, new Set());
    }
  }
});

/** The outermost group that a test is in, or itself. */
function topOf(test: Test): Block | Test {
  let top: Block | Test = test;
  while (top.parent?.parent) top = top.parent;
  return top;
}

function testsOf(block: Block): Test[] {
  return block.children.flatMap((child) => (child.type === "test" ? [child] : testsOf(child)));
}

/** Leaves out all other tests. */
function keep(block: Block, tests: ReadonlySet<Test>): void {
  const kept = block.children.filter((child) => {
    if (child.type === "test") return tests.has(child);
    keep(child, tests);
    return child.children.length > 0;
  });
  block.children.splice(0, block.children.length, ...kept);
}

function turnRound(block: Block): void {
  block.children.reverse();
  for (const child of block.children) if (child.type === "describeBlock") turnRound(child);
}

async function run({ mutant, files, limit, backwards = false }: Task): Promise<Answer> {
  awake = mutant;
  count = 0;
  most = limit ?? Number.POSITIVE_INFINITY;
  failure = undefined;
  isBackwards = backwards;
  for (const { file, tests } of files) {
    forget();
    circus.resetState();
    circus.getState().testTimeout = 10_000;
    const state = { testPath: join(project, file), snapshotState: snapshots(file) };
    expect.setState(state);
    outside = new Stretch();
    outside.begin();
    try {
      require(join(project, file));
      const { rootDescribeBlock } = circus.getState();
      defined = testsOf(rootDescribeBlock);
      done = [];
      if (tests) keep(rootDescribeBlock, new Set(defined.filter((_, at) => tests.includes(at))));
      const { unhandledErrors } = await circus.run();
      failure ??= unhandledErrors[0];
    } catch (error) {
      failure ??= textOf(error);
    }
    if (failure !== undefined) return { failure, file, ...whatWasDone() };
  }
  return whatWasDone();
}

/** Lets go of the project's own modules, so that they are loaded with the next mutant. */
function forget(): void {
  for (const [file, loaded] of Object.entries(require.cache)) {
    if (own(file)) delete require.cache[file];
    // Others remember whom they loaded.
    else if (loaded) loaded.children = loaded.children.filter(({ filename }) => !own(filename));
  }
  // CDKTF keeps every token of every stack.
  const { __cdktfTokenMap: tokens } = globalThis as { __cdktfTokenMap?: Record<string, unknown> };
  for (const map of Object.values(tokens ?? {})) if (map instanceof Map) map.clear();
}

function whatWasDone(): Pick<Answer, "outside" | "tests"> {
  const none = { reached: [], count: 0, time: 0 };
  return { outside: outside.end(), tests: defined.map((_, at) => done[at] ?? none) };
}

/** To compare with: nothing is written. */
function snapshots(file: string): SnapshotState {
  return new SnapshotState(join(project, `${file}.snap`), {
    updateSnapshot: "none",
    expand: false,
    prettierPath: null,
    rootDir: project,
    snapshotFormat: { escapeString: false, printBasicPrototype: false },
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.on("message", async (task: Task) => {
  process.send?.(await run(task));
});
