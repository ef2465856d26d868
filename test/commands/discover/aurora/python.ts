import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** Where from-pypi.sh puts the AWS CLI and moto. */
const fetched = join(__dirname, "../../../../node_modules/.cache/rpcn-aurora-aws");

const environments: readonly Readonly<Record<string, string>>[] = [
  { PATH: String(process.env.PATH) },
  { PATH: `${fetched}/bin${delimiter}${process.env.PATH}`, PYTHONPATH: fetched },
];

/** An environment in which Python finds both: the machine's own, or the fetched ones. */
export const python = environments.find((env) => {
  const modules = ["awscli", "moto", "flask", "flask_cors"];
  const program = `import importlib.util as i; assert all(map(i.find_spec, ${JSON.stringify(modules)}))`;
  return (
    (!env.PYTHONPATH || existsSync(fetched)) &&
    spawnSync("python3", ["-c", program], { env }).status === 0 &&
    spawnSync("aws", ["--version"], { env }).status === 0
  );
});
/** Why neither can be run here; empty where both can. */
export const missingPython = python
  ? []
  : ["no AWS CLI and moto in Python: test/commands/discover/aurora/from-pypi.sh fetches them"];

/** A server in Python, which prints its port first. */
export interface Server {
  readonly port: number;
  /** What it has printed since. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
}

/** @param program the path of a file of Python */
export function serve(program: string, args: readonly string[]): Promise<Server> {
  const child: ChildProcess = spawn("python3", [program, ...args], {
    env: { ...python, HOME: tmpdir(), PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const asked: string[] = [];
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill();
    await ended;
  };
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once("line", (port) => {
      lines.on("line", (line) => asked.push(line));
      resolve({ port: Number(port), asked, stop });
    });
    child.once("close", () => reject(new Error(errors)));
  });
}
