import { execFileSync } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export const project = join(__dirname, "../..");

const isPage = (path: string) => path.endsWith(".md");

/** The pages for people, by their path in the project: those at the top, and all of `docs/`. */
export const pages: ReadonlyMap<string, string> = new Map(
  [
    ...readdirSync(project).filter(isPage),
    ...readdirSync(join(project, "docs"), { recursive: true, encoding: "utf8" })
      .filter(isPage)
      .map((path) => `docs/${path}`),
  ].map((path) => [path, readFileSync(join(project, path), "utf8")]),
);

/** The commands that a page shows with their output; a line of them may end with a backslash. */
export function shownCommands(page: string): { command: string; output: string }[] {
  return [...page.matchAll(/^```console\n\$ ((?:.*\\\n)*.*)\n([\s\S]*?)^```$/gm)].map(
    ([, command = "", output = ""]) => ({ command, output }),
  );
}

/** The first block of code in a language below a heading of a page, without the indentation of a list. */
export function codeBelow(path: string, heading: string, language: string): string {
  const [, rest = ""] = (pages.get(path) ?? "").split(`\n## ${heading}\n`);
  const [, code] = new RegExp(`^ *\`\`\`${language}\n(.*?)^ *\`\`\`$`, "ms").exec(rest) ?? [];
  if (code === undefined) throw new Error(`${path}: no ${language} below ${heading}`);
  return code.replace(/^ {3}/gm, "");
}

/** What the built program prints, both of its streams, in a folder that has nothing but the tfvars. */
export function prints(...flags: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "docs-"));
  symlinkSync(join(project, "tfvars"), join(folder, "tfvars"));
  // Whoever reads the pages has one.
  const bin = mkdtempSync(join(tmpdir(), "docs-bin-"));
  writeFileSync(join(bin, "terraform"), "");
  const program = [process.execPath, join(project, "dist", "main.js"), ...flags];
  const output = execFileSync("sh", ["-c", '"$@" 2>&1', "sh", ...program], {
    cwd: folder,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    encoding: "utf8",
  });
  for (const made of [folder, bin]) rmSync(made, { recursive: true });
  return output;
}

/** What stands after `#` in links to the headings of a page, as GitHub makes it. */
export function anchorsOf(page: string): string[] {
  const text = page.replace(/^```[\s\S]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** Where the links of a page lead, those to other sites left out. */
export function linksOf(page: string): string[] {
  const text = page.replace(/^```[\s\S]*?^```$/gm, "");
  return [...text.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = ""]) => link);
}
