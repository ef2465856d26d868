import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A finding of the linter. */
export interface Lint {
  readonly line: number;
  readonly what: string;
  /** The linter's own name of the kind, such as `LintUnknown`. */
  readonly type: string;
}

export interface LintAnswer {
  readonly lints: Lint[];
  /** Names asked for by `${…}`, sorted, such as `REDPANDA_BROKERS` and `secrets.DEMO_SASL_PASSWORD`. */
  readonly variables: string[];
}

/** A message as an input hands it to the pipeline. */
export interface Message {
  /** A string is the exact JSON text, for what JavaScript cannot hold: integers beyond 2^53. */
  readonly content: unknown;
  /** Values may be structured, as the column schema of the CDC inputs is. */
  readonly metadata?: Record<string, unknown>;
}

/** What the `redpanda` output would send. Any other output leaves `content` and `error`. */
export interface ConnectRecord {
  /** The exact JSON text. */
  readonly content: string;
  readonly key?: string;
  readonly topic?: string;
  readonly headers?: Record<string, string>;
  /** Why a processor failed. The message goes on, as it was before that processor. */
  readonly error?: string;
}

export interface ConnectOptions {
  /**
   * The build of Redpanda Connect whose components and Bloblang functions are allowed.
   *
   * @default "cloud", which has no `stdout` output, for example
   */
  readonly build?: "cloud" | "standard";
  /**
   * Values of variables and secrets, by the name inside `${…}`.
   *
   * @default a placeholder for every name
   */
  readonly variables?: Record<string, string>;
}

/** A first build takes a minute or two, more on a busy machine. */
export const FIRST_BUILD_MS = 600_000;

const sources = ["go.mod", "go.sum", "main.go"].map((file) => join(__dirname, file));
const hash = createHash("sha256");
for (const file of sources) {
  hash.update(readFileSync(file));
}
const cache = join(__dirname, "../../node_modules/.cache");
const program = join(cache, `rpcn-aurora-connect-${hash.digest("hex").slice(0, 16)}`);

/**
 * Why Redpanda Connect's own code cannot be had on this machine: empty when it can. Answers at
 * once, so that a test file can decide what it skips while Jest collects it.
 */
export function whyNoConnect(): string[] {
  if (existsSync(program)) {
    return [];
  }
  // Resolves, and where needed downloads, every module the program consists of, but no others.
  const list = spawnSync("go", ["list", "-deps", "."], { cwd: __dirname, encoding: "utf8" });
  if (list.status === 0) {
    return [];
  }
  return [list.error ? "no go on the PATH" : String(list.stderr.trim().split("\n").at(-1))];
}

let built: Promise<string> | undefined;

/** The program's path. It is built once per version of its sources. */
export function connectProgram(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  // One worker builds, however many want it: a second build would take as long again.
  const lock = join(process.env.RUN_FOLDER ?? cache, "building-connect");
  while (!existsSync(program)) {
    if (!(await isMine(lock))) {
      await setTimeout(200);
      continue;
    }
    try {
      // Moved when complete, so that what is there works.
      const own = `${program}.${process.pid}`;
      const flags = ["-buildvcs=false", "-trimpath", "-ldflags=-s -w"];
      await execute("go", ["build", ...flags, "-o", own, "."], "");
      await rename(own, program);
    } finally {
      await rmdir(lock);
    }
  }
  return program;
}

/** Makes the folder, unless somebody else has. */
async function isMine(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** What Redpanda Connect's own linter says about a pipeline, deprecated fields rejected. */
export async function lint(yaml: string, options: ConnectOptions = {}): Promise<LintAnswer> {
  return JSON.parse(await connect(["lint", ...flags(options)], yaml));
}

/** Sends messages through the pipeline's processors, and makes the output's records of them. */
export async function run(
  yaml: string,
  messages: readonly Message[],
  options: ConnectOptions = {},
): Promise<ConnectRecord[]> {
  const folder = await mkdtemp(join(tmpdir(), "connect-"));
  try {
    const file = join(folder, "messages.jsonl");
    await writeFile(file, messages.map(line).join(""));
    return JSON.parse(await connect(["run", "-messages", file, ...flags(options)], yaml));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function line({ content, metadata = {} }: Message): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return `{"content":${text},"metadata":${JSON.stringify(metadata)}}\n`;
}

function flags({ build = "cloud", variables = {} }: ConnectOptions): string[] {
  const sets = Object.entries(variables).flatMap(([name, value]) => ["-set", `${name}=${value}`]);
  return ["-build", build, ...sets];
}

async function connect(args: string[], stdin: string): Promise<string> {
  return execute(await connectProgram(), args, stdin);
}

function execute(file: string, args: string[], stdin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      { cwd: __dirname, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) =>
        error ? reject(new Error(stderr.trim() || error.message)) : resolve(stdout),
    );
    child.stdin?.end(stdin);
  });
}
