/**
 * Runs test files against one mutant after the other, in one process: loading Jest and CDKTF anew
 * for each would take longer than the tests. Started by `run.ts`, which it answers.
 */
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { jestExpect as expect } from "@jest/expect";
import * as circus from "jest-circus";
import { SnapshotState } from "jest-snapshot";
import { Plan } from "./plan";

/** What is asked for: the tests of these files, with this mutant awake or none. */
export interface Task {
  readonly mutant?: number;
  readonly files: readonly string[];
  /** How often mutants may be come across: more means that something goes round for ever. @default - as often as you like */
  readonly limit?: number;
}

export interface Answer {
  /** Why the first test failed that did, and in which file. */
  readonly failure?: string;
  readonly file?: string;
  /** The mutants that were come across, and how often any of them was. */
  readonly reached: readonly number[];
  readonly count: number;
}

const project = process.env.MUTATION_PROJECT as string;
const plan = Plan.of(project, (process.env.MUTATION_ROOMS as string).split(","));

let awake: number | undefined;
let reached = new Set<number>();
let count = 0;
let most = Number.POSITIVE_INFINITY;
Object.assign(globalThis, circus, {
  expect,
  __mutant: (id: number) => {
    reached.add(id);
    if (++count > most) throw new Error("This goes round for ever.");
    return id === awake;
  },
});

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

let failure: string | undefined;
/** How often a test or group of tests was the one to fail, by name. */
const noticed = new Map<string, number>();

circus.addEventHandler((event, { rootDescribeBlock }) => {
  const { children } = rootDescribeBlock;
  if (event.name === "run_start") {
    // What noticed other mutants is likely to notice this one.
    const rank = ({ name }: { readonly name: string }) => noticed.get(name) ?? 0;
    children.sort((one, other) => rank(other) - rank(one));
  }
  if (event.name === "test_start") expect.setState({ currentTestName: event.test.name });
  if (event.name === "test_fn_failure" || event.name === "hook_failure" || event.name === "error") {
    failure ??= textOf(event.error);
  }
  if (event.name === "test_done" && failure !== undefined) {
    noticed.set(topOf(event.test).name, (noticed.get(topOf(event.test).name) ?? 0) + 1);
    // One test that fails is enough.
    leaveOut(rootDescribeBlock);
  }
});

type Block = ReturnType<typeof circus.getState>["rootDescribeBlock"];
type Test = Extract<Block["children"][number], { type: "test" }>;

/** The outermost group that a test is in, or itself. */
function topOf(test: Test): Block | Test {
  let top: Block | Test = test;
  while (top.parent?.parent) top = top.parent;
  return top;
}

/** Leaves out the tests that have not run yet. */
function leaveOut(block: Block): void {
  for (const child of block.children) if (child.type === "describeBlock") leaveOut(child);
  block.children.length = 0;
}

async function run({ mutant, files, limit }: Task): Promise<Answer> {
  awake = mutant;
  reached = new Set();
  count = 0;
  most = limit ?? Number.POSITIVE_INFINITY;
  failure = undefined;
  for (const file of files) {
    for (const loaded of Object.keys(require.cache)) if (own(loaded)) delete require.cache[loaded];
    circus.resetState();
    circus.getState().testTimeout = 10_000;
    const state = { testPath: join(project, file), snapshotState: snapshots(file) };
    expect.setState(state);
    try {
      require(join(project, file));
      const { unhandledErrors } = await circus.run();
      failure ??= unhandledErrors[0];
    } catch (error) {
      failure ??= textOf(error);
    }
    if (failure !== undefined) {
      return { failure, file, reached: [...reached], count };
    }
  }
  return { reached: [...reached], count };
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
