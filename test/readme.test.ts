import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFlags } from "../cli/flags";
import { synthesize } from "../cli/synth";

const project = join(__dirname, "..");
const readme = readFileSync(join(project, "README.md"), "utf8");

/** The commands that the README shows with their output. */
const shown = [...readme.matchAll(/^```console\n\$ (.*)\n([\s\S]*?)^```$/gm)].map(
  ([, command = "", output = ""]) => ({ command, output }),
);

/** What the built program prints, both of its streams, in a folder that has nothing but the tfvars. */
function prints(...flags: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  symlinkSync(join(project, "tfvars"), join(folder, "tfvars"));
  const program = [process.execPath, join(project, "dist", "main.js"), ...flags];
  const output = execFileSync("sh", ["-c", '"$@" 2>&1', "sh", ...program], {
    cwd: folder,
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return output;
}

test("shows what its first command prints", () => {
  const [first] = shown;
  expect(first?.command).toBe("npm ci --silent && npm run --silent synth");
  expect(first?.output).toBe(prints("synth"));
});

test("shows the flags that there are", () => {
  expect(shown.map(({ command }) => command)).toEqual([
    "npm ci --silent && npm run --silent synth",
    "npx rpcn-aurora synth --help",
  ]);
  expect(shown[1]?.output).toBe(prints("synth", "--help"));
});

test("draws the picture that the stack gives", () => {
  const [, picture] = /^```mermaid\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  expect(picture).toBe(prints("graph", "--engine", "postgres"));
});

test("names files and folders that exist", () => {
  const names = [...readme.matchAll(/`((?:[\w-]+\/)+[\w.-]*)`/g)].map(([, name = ""]) => name);
  const made = /^(terraform|cdktf\.out)\//;
  const missing = names.filter((name) => !made.test(name) && !existsSync(join(project, name)));
  expect(missing).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});

test("names outputs that exist", () => {
  const outputs = [{}, { credentials: "static" }, { topology: "ec2" }]
    .flatMap((choices) => [...synthesize(parseFlags(choices)).values()])
    .map((files) => files["outputs.tf"])
    .join("\n");
  const names = [...readme.matchAll(/terraform output -raw (\w+)/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(4);
  expect(names.filter((name) => !outputs.includes(`output "${name}" {`))).toEqual([]);
});
