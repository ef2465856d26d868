import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How long whole processes of the command take, beside Node alone and Node with CDKTF: run in turn, each
 * compared with those of its own round, so that what else the machine does counts for all.
 *
 * Rounds: the first argument, 21 by default.
 */
const rounds = Number(process.argv[2] ?? 21);

const project = process.cwd();
const program = join(project, "dist", "main.js");
const folder = mkdtempSync(join(tmpdir(), "start-benchmark-"));

const nothing = { name: "node -e 0", args: ["-e", "0"] };
const cdktf = {
  name: "node -e \"require('cdktf')\"",
  args: ["-e", `require(${JSON.stringify(join(project, "node_modules", "cdktf"))})`],
};
const commands = [
  { name: "rpcn-aurora --version", args: [program, "--version"] },
  { name: "rpcn-aurora --help", args: [program, "--help"] },
  { name: "rpcn-aurora doctor, of an empty log", args: [program, "doctor"] },
  { name: "rpcn-aurora synth, of both stacks", args: [program, "synth"] },
];

/** Wall clock of a process, in milliseconds. */
function time(args: readonly string[], environment: NodeJS.ProcessEnv): number {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: folder, ...environment },
    stdio: ["ignore", "ignore", "ignore"],
  });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

for (const [title, environment] of [
  ["with what V8 compiled in the run before", {}],
  ["without", { NODE_DISABLE_COMPILE_CACHE: "1" }],
] as const) {
  const all = [nothing, cdktf, ...commands];
  // The first run of each is the one that keeps what is compiled.
  for (const { args } of all) time(args, environment);
  const times = Array.from({ length: rounds }, () =>
    all.map(({ args }) => time(args, environment)),
  );
  const ratio = (at: number, base: number) =>
    median(times.map((round) => (round[at] ?? 0) / (round[base] ?? 1))).toFixed(2);
  process.stdout.write(
    `\n${title}, medians of ${rounds} rounds\n\n| process | ms | to node | to node with cdktf |\n|---|---|---|---|\n`,
  );
  for (const [at, { name }] of all.entries()) {
    const ms = median(times.map((round) => round[at] ?? 0)).toFixed(0);
    process.stdout.write(`| \`${name}\` | ${ms} | ${ratio(at, 0)} | ${ratio(at, 1)} |\n`);
  }
}
rmSync(folder, { recursive: true });
