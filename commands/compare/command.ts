import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { SyntaxProblem } from "cdktf-hcl";
import { draw } from "../graph/command";
import { SynthesizedModule } from "../graph/module";
import { UsageError } from "../usage-error";
import { commandOf, ourFiles, told, WrittenModuleError } from "../written-modules";
import { configurationIn } from "./configuration";
import { type Permission, permissionsOf } from "./permissions";

/** What a reviewer is shown of one module. */
interface Shown {
  /** The version and the flags. @default - a version that did not tell */
  readonly command?: string | undefined;
  readonly permissions: readonly string[];
  readonly graph: readonly string[];
}

/**
 * What changes from the modules below one folder to those below another one in who may do what, and in
 * the picture that `graph` draws: Markdown, for a pull request.
 *
 * @param base folder with the modules as they were; one that does not exist has none
 * @param head folder with the modules as they are to be
 * @throws {UsageError} where neither has a module
 * @throws {WrittenModuleError} where a file of a module was changed by hand, so that it cannot be read
 */
export function compare(base: string, head: string): string {
  const [before, after] = [modulesBelow(base), modulesBelow(head)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  if (names.length === 0) {
    throw new UsageError(
      `Neither ${base} nor ${head} has a module that rpcn-aurora wrote. Give two folders such as terraform: the base's and the head's.`,
    );
  }
  const changed = names.flatMap((name) => {
    const text = differenceOf(before.get(name), after.get(name));
    return text === "" ? [] : `## ${name || "The module"}\n\n${text}`;
  });
  const count = `${names.length} ${names.length === 1 ? "module" : "modules"}`;
  if (changed.length > 0) return changed.join("\n");
  return `No permission, role or connection changes in ${count}.\n`;
}

/** Modules by their folder's name relative to `root`. */
function modulesBelow(root: string): Map<string, Shown> {
  return new Map(
    foldersBelow(root).flatMap((folder) => {
      const files = ourFiles(folder);
      if (!("versions.tf" in files)) return [];
      return [[relative(root, folder).replaceAll("\\", "/"), shown(folder, files)]];
    }),
  );
}

/** The folder itself and all below, without those of Terraform and npm, and of examples. */
function foldersBelow(folder: string): string[] {
  let inside: string[];
  try {
    inside = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^([.]|(node_modules|examples)$)/.test(entry.name))
      .map(({ name }) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return [folder, ...inside.flatMap(foldersBelow)];
}

function shown(folder: string, files: Readonly<Record<string, string>>): Shown {
  try {
    const configuration = configurationIn(files);
    return {
      command: commandOf(files),
      permissions: permissionsOf(new SynthesizedModule(configuration)).map(asRow).sort(),
      graph: draw(configuration).trimEnd().split("\n"),
    };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    throw new WrittenModuleError(
      `${folder} cannot be read: ${error.message}. Run \`rpcn-aurora synth --update\` on it first.`,
    );
  }
}

function differenceOf(before: Shown | undefined, after: Shown | undefined): string {
  const permissions = changes(before?.permissions ?? [], after?.permissions ?? []);
  const graph = changes(before?.graph ?? [], after?.graph ?? []);
  if (permissions.length + graph.length === 0) return "";
  const by = (module: Shown | undefined) => (module ? told(module.command) : "nothing");
  return [
    `From ${by(before)} to ${by(after)}.`,
    ...(permissions.length > 0
      ? [[head, ...permissions.map((change) => `| ${change[0]} ${change.slice(1)}`)].join("\n")]
      : ["No permission changes."]),
    ...(after ? [`\`\`\`mermaid\n${after.graph.join("\n")}\n\`\`\``] : []),
    ...(before && graph.length > 0
      ? [
          `<details><summary>The picture before${after ? ", and what changes in it" : ""}</summary>\n\n\`\`\`mermaid\n${before.graph.join("\n")}\n\`\`\`${
            after ? `\n\n\`\`\`diff\n${graph.join("\n")}\n\`\`\`` : ""
          }\n\n</details>`,
        ]
      : []),
  ]
    .map((paragraph) => `${paragraph}\n`)
    .join("\n");
}

const head = `|   | effect | who | may | on | if | written in |
|---|---|---|---|---|---|---|`;

function asRow({ from, who, effect, actions, on, conditions }: Permission): string {
  const cells = [
    effect,
    who.length > 0 ? asCode(who) : "whoever is given it",
    ...[actions, on, conditions, [from]].map(asCode),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** @see https://github.github.com/gfm/#tables-extension- : a pipe within code is escaped, too */
function asCode(texts: readonly string[]): string {
  return texts
    .map((text) => text.replaceAll("`", "'").replaceAll("|", "\\|").replace(/\s+/g, " "))
    .map((text) => `\`${text}\``)
    .join("<br>");
}

/** Lines that only one of two has, those that go first: where they stand means nothing. */
function changes(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}
