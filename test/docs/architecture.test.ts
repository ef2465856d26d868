import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pages, project } from "./markdown";

/** What each file and folder at the top may import, as the table of ARCHITECTURE.md says. */
const allowed = new Map(
  [
    ...(pages.get("ARCHITECTURE.md") ?? "").matchAll(/^\| `([\w.]+)\/?` \|[^|]*\| ([^|]+) \|$/gm),
  ].map(([, name = "", imports = ""]) => [
    name,
    [...imports.matchAll(/`([\w.]+)\/?`/g)].map(([, imported]) => imported),
  ]),
);

/** The TypeScript files below a file or folder at the top, by their path in the project. */
function sources(name: string): string[] {
  if (statSync(join(project, name)).isFile()) return name.endsWith(".ts") ? [name] : [];
  return readdirSync(join(project, name), { recursive: true, encoding: "utf8" })
    .map((path) => join(name, path))
    .filter((path) => path.endsWith(".ts") && !/^packages\/[^/]+\/(?:dist|test)\//.test(path));
}

/** The files and folders at the top that a file imports something of. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(project, file), "utf8");
  return [...text.matchAll(/(?:from|import\(|require\() ?"(\.[^"]*|cdktf-hcl)"/g)].map(
    ([, path = ""]) => {
      if (path === "cdktf-hcl") return "packages";
      const [top = ""] = join(file, "..", path).split("/");
      return readdirSync(project).includes(`${top}.ts`) ? `${top}.ts` : top;
    },
  );
}

test("all code has its row", () => {
  const code = readdirSync(project).filter(
    (name) => !["node_modules", "dist", "test"].includes(name) && sources(name).length > 0,
  );
  expect([...allowed.keys()].sort()).toEqual(code.sort());
});

test.each([...allowed])("%s imports what its row allows", (name, imports) => {
  const allowedHere = [name, "package.json", ...imports];
  const wrong = sources(name).flatMap((file) =>
    importsOf(file)
      .filter((imported) => !allowedHere.includes(imported))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

test("what a row allows is needed", () => {
  const idle = [...allowed].flatMap(([name, imports]) => {
    const needed = new Set(sources(name).flatMap(importsOf));
    return imports
      .filter((imported) => !needed.has(imported ?? ""))
      .map((imported) => `${name} imports nothing of ${imported}`);
  });
  expect(idle).toEqual([]);
});
