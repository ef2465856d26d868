import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optimizesLater } from "../commands/compiled";
import { version } from "../package.json";

const program = join(__dirname, "..", "dist", "main.js");

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "start-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

function node(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: cache,
    env: { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: "", ...environment },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const printed = { status: 0, stdout: `${version}\n`, stderr: "" };

test.each(["18.20.4", "20.8.1"])("Node %s is too old, in one sentence", (old) => {
  const fake = `Object.defineProperty(process.versions, "node", { value: "${old}" }); require(${JSON.stringify(program)});`;
  expect(node(["-e", fake, "synth"])).toEqual({
    status: 1,
    stdout: "",
    stderr: `rpcn-aurora needs Node 20.9 or later, and this is Node ${old}: https://nodejs.org/en/download has newer ones.\n`,
  });
  expect(readdirSync(cache)).toEqual([]);
});

test("what V8 has compiled is kept for the next run, for its user alone", () => {
  expect(node([program, "--version"])).toEqual(printed);
  const folder = join(cache, "rpcn-aurora");
  const [name = "", ...more] = readdirSync(folder);
  expect({ name, more }).toEqual({
    name: `compiled-other-${process.version}-${process.arch}`,
    more: [],
  });
  const file = join(folder, name);
  expect([folder, file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);

  const first = statSync(file);
  expect(node([program, "--version"])).toEqual(printed);
  expect(statSync(file)).toMatchObject({ ino: first.ino, mtimeMs: first.mtimeMs });
});

test("what cannot be used of it is made anew", () => {
  node([program, "--version"]);
  const [name = ""] = readdirSync(join(cache, "rpcn-aurora"));
  const file = join(cache, "rpcn-aurora", name);
  const good = readFileSync(file);
  const ofAnotherBundle = Buffer.concat([good.subarray(0, -64), Buffer.alloc(64, "0")]);
  for (const content of [ofAnotherBundle, Buffer.from("nothing of V8's"), good.subarray(1000)]) {
    writeFileSync(file, content);
    expect(node([program, "--version"])).toEqual(printed);
    expect(readFileSync(file).subarray(-64)).toEqual(good.subarray(-64));
    expect(readFileSync(file)).not.toEqual(content);
  }
});

test("nothing is kept of a mistake, where Node is told so, nor where nothing can be written", () => {
  expect(node([program, "synth", "--engine"]).status).toBe(2);
  expect(node([program, "--version"], { NODE_DISABLE_COMPILE_CACHE: "1" })).toEqual(printed);
  expect(readdirSync(cache)).toEqual([]);
  expect(node([program, "--version"], { XDG_CACHE_HOME: "/proc/none" })).toEqual(printed);
});

test("V8 knows the flag by which it optimizes later", () => {
  const [major = ""] = process.versions.node.split(".");
  const flag = optimizesLater[major];
  expect(flag === undefined).toBe(!["20", "22"].includes(major));
  if (flag === undefined) return;
  const [name = ""] = flag.split("=");
  expect(node(["--v8-options"]).stdout).toMatch(new RegExp(`^ +${name} [(]`, "m"));
  // V8 would say so at each run.
  expect(node([program, "graph", "--engine", "mysql"])).toMatchObject({ status: 0, stderr: "" });
});
