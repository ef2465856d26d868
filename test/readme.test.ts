import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFlags } from "../commands/flags";
import { synthesize } from "../commands/synth";

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
  const choices = [
    {},
    { credentials: "static" },
    { topology: "ec2", output: "redpanda" },
    { topology: "ec2", host: "ecs" },
  ];
  const outputs = choices
    .flatMap((given) => [...synthesize(parseFlags(given)).values()])
    .map((files) => files["outputs.tf"])
    .join("\n");
  const shown =
    /terraform output -raw (\w+)|`(\w+_command|container_image|instance_profile_name)`/g;
  const names = [...readme.matchAll(shown)].map(([, printed, named = ""]) => printed ?? named);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !outputs.includes(`output "${name}" {`))).toEqual([]);
});

test("links to headings and files that exist", () => {
  const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));
  const links = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = ""]) => link);
  const broken = links.filter((link) =>
    link.startsWith("#") ? !headings.includes(link.slice(1)) : !existsSync(join(project, link)),
  );
  expect(broken).toEqual([]);
  expect(links.length).toBeGreaterThan(5);
});

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
