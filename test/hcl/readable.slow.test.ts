import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { FIRST_BUILD_MS } from "../connect/connect";
import { everyModule, pairwiseModules } from "../every-module";
import { describeUnless } from "../standin/judges";

const cache = join(__dirname, "../../node_modules/.cache");
const run = promisify(execFile);

/**
 * Every top-level block, with its comment, that is in a module: a name for it, by its text. A file is
 * read block by block, and most blocks are the same in many modules.
 */
const blocks = new Map(
  everyModule.flatMap(({ name, files }) =>
    Object.entries(files)
      .filter(([file]) => file.endsWith(".tf"))
      .flatMap(([file, text]) =>
        text
          .split(/(?<=^\}\n)/m)
          .map((block, i) => [block, `block ${i + 1} of ${file} of ${name}`]),
      ),
  ),
);

/** Where pip has put these packages, and those alone; undefined where it cannot. */
function installed(packages: readonly string[]): string | undefined {
  const folder = join(cache, `rpcn-aurora-python/${packages.join("+")}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", folder];
  const { status } = spawnSync("python3", ["-m", "pip", "install", ...options, ...packages]);
  return status === 0 ? folder : undefined;
}

/** Answers with what was wrong with each text: an empty string where nothing was. */
const PROGRAM = `
import json, sys
sys.path.insert(0, sys.argv[1])
import hcl2

def problem(text):
    try:
        hcl2.loads(text)
        return ""
    except Exception as error:
        return str(error)

json.dump([problem(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** What cannot be read, and why, by the file's name. */
function unreadable(folder: string, texts: ReadonlyMap<string, string>): Record<string, string> {
  const { stdout, stderr } = spawnSync("python3", ["-I", "-c", PROGRAM, folder], {
    input: JSON.stringify([...texts.keys()]),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (!stdout) throw new Error(stderr);
  const problems: string[] = JSON.parse(stdout);
  const names = [...texts.values()];
  return Object.fromEntries(
    problems.flatMap((problem, i) => (problem ? [[names[i], problem]] : [])),
  );
}

/**
 * Checkov reads by the first, a fork of the second. Of a file that it cannot read it checks nothing.
 * @see https://github.com/bridgecrewio/python-hcl2
 * @see https://github.com/amplify-education/python-hcl2
 */
describe.each([
  [["bc-python-hcl2==0.4.3", "lark==1.3.1"]],
  [["python-hcl2==8.1.4", "lark==1.3.1", "regex==2026.11.15"]],
])("Every module, read in Python by %j", (packages) => {
  const folder = installed(packages);
  const missing = folder ? [] : [`pip cannot install ${packages.join(", ")}`];
  describeUnless(missing, "readable", () => {
    test("can be read", () => {
      expect(blocks.size).toBeGreaterThan(300);
      expect(unreadable(folder ?? "", blocks)).toEqual({});
    }, 180_000);

    test("is refused where a brace in a text is not closed", () => {
      const refused = new Map([['x = "never $${{ here"\n', "unbalanced"]]);
      expect(unreadable(folder ?? "", refused)).toEqual({ unbalanced: expect.any(String) });
    });
  });
});

describe("Every module, read by TFLint", () => {
  const name = "github.com/terraform-linters/tflint@v0.64.0";
  const bin = join(cache, "rpcn-aurora-tflint-0.64.0");
  const tflint = join(bin, "tflint");
  const environment = { ...process.env, GOBIN: bin };
  const missing = existsSync(tflint) || downloaded(name) ? [] : [`go cannot download ${name}`];

  describeUnless(missing, "readable", () => {
    beforeAll(async () => {
      const options = ["-buildvcs=false", "-trimpath", "-ldflags=-s -w"];
      if (!existsSync(tflint)) await run("go", ["install", ...options, name], { env: environment });
    }, FIRST_BUILD_MS);

    test("can be read", async () => {
      const modules = pairwiseModules().map(({ name, files }) => [
        name.replaceAll(" ", "_"),
        files,
      ]);
      expect(await errorsIn(Object.fromEntries(modules))).toEqual([]);
    }, 180_000);

    test("is refused where it is no HCL", async () => {
      const errors = await errorsIn({ module: { "main.tf": 'locals {\n  x = "a\n}\n' } });
      expect(errors).toEqual([expect.objectContaining({ severity: "error" })]);
    });
  });

  /** What it cannot read in modules: content by file name, by folder. What it advises is not among it. */
  async function errorsIn(modules: Record<string, Record<string, string>>): Promise<unknown[]> {
    const folder = mkdtempSync(join(tmpdir(), "tflint-"));
    try {
      for (const [name, files] of Object.entries(modules)) {
        mkdirSync(join(folder, name));
        for (const [file, text] of Object.entries(files)) {
          writeFileSync(join(folder, name, file), text);
        }
      }
      const options = ["--recursive", "--format=json", "--force"];
      // Nobody's own configuration of it counts.
      const env = { PATH: process.env.PATH, HOME: folder };
      const ran = run(tflint, options, { cwd: folder, env, maxBuffer: 2 ** 26 });
      // It fails where it has errors, and tells them as JSON all the same.
      const { stdout } = await ran.catch((error: { stdout: string }) => error);
      return JSON.parse(stdout).errors;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

function downloaded(program: string): boolean {
  return spawnSync("go", ["mod", "download", program], { cwd: tmpdir() }).status === 0;
}
