/**
 * Runs test files against one mutant after the other, in one process: loading Jest and CDKTF anew
 * for each would take longer than the tests. Started by `run.ts`, which it answers.
 */
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { expect } from "expect";
import * as circus from "jest-circus";
import ts from "typescript";
import { Plan } from "./plan";

/** What is asked for: the tests of these files, with this mutant awake or none. */
export interface Task {
  readonly mutant?: number;
  readonly files: readonly string[];
}

export interface Answer {
  /** The first test that failed, and why. */
  readonly failure?: string;
  /** The mutants that were come across. */
  readonly reached: readonly number[];
}

const project = process.env.MUTATION_PROJECT as string;
const { __mutant: _, ...jest } = { ...circus, expect, __mutant: undefined };
const plan = Plan.of(project, (process.env.MUTATION_ROOMS as string).split(","));

let awake: number | undefined;
let reached = new Set<number>();
Object.assign(globalThis, jest, {
  __mutant: (id: number) => {
    reached.add(id);
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

function compile(file: string): string {
  const source = plan.sources.get(file) ?? readFileSync(file, "utf8");
  return ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  }).outputText;
}

let failure: string | undefined;
circus.addEventHandler((event) => {
  // One test that fails is enough.
  if (event.name === "test_start" && failure !== undefined) event.test.mode = "skip";
  if (event.name === "test_fn_failure" || event.name === "hook_failure") {
    failure ??= textOf(event.error);
  }
  if (event.name === "error") failure ??= textOf(event.error);
});

async function run({ mutant, files }: Task): Promise<Answer> {
  awake = mutant;
  reached = new Set();
  failure = undefined;
  for (const file of files) {
    for (const loaded of Object.keys(require.cache)) if (own(loaded)) delete require.cache[loaded];
    circus.resetState();
    circus.getState().testTimeout = 60_000;
    try {
      require(join(project, file));
      const { unhandledErrors } = await circus.run();
      failure ??= unhandledErrors[0];
    } catch (error) {
      failure ??= textOf(error);
    }
    if (failure !== undefined) break;
  }
  return { ...(failure === undefined ? {} : { failure }), reached: [...reached] };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.on("message", async (task: Task) => {
  process.send?.(await run(task));
});
