import { diffLines } from "diff";

/** Content of a module's files, by name. */
type Files = Readonly<Record<string, string>>;

/** What differs in one place: a line of it, and how often it is added (or removed, below zero). */
type Changes = Map<string, number>;

/**
 * The difference between two modules, for reading: by file, by block address, the lines that went and
 * the lines that came. It has no line numbers and no context, so that it changes only where what it
 * tells of changes. What only moved within its file is no difference.
 */
export class ModuleDifference {
  private constructor(
    private readonly places: ReadonlyMap<string, ReadonlyMap<string, string[]>>,
  ) {}

  static between(before: Files, after: Files): ModuleDifference {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return new ModuleDifference(
      new Map(
        names.flatMap((name) => {
          const changed = changedBlocks(blocksOf(name, before), blocksOf(name, after));
          return changed.size > 0 ? [[name, changed] as const] : [];
        }),
      ),
    );
  }

  /**
   * What is left of this difference when the others are taken to be there already, each line once:
   * what two flags do together that neither does alone.
   */
  without(others: readonly ModuleDifference[]): ModuleDifference {
    const files = [
      ...new Set([this, ...others].flatMap(({ places }) => [...places.keys()])),
    ].sort();
    const left = files.map((file) => {
      const addresses = new Set(
        [this, ...others].flatMap(({ places }) => [...(places.get(file)?.keys() ?? [])]),
      );
      const blocks = [...addresses].map((address) => {
        const own = changesOf(this.linesOf(file, address));
        const theirs = others.map((other) => changesOf(other.linesOf(file, address)));
        return [address, asLines(own, theirs)] as const;
      });
      return [file, new Map(blocks.filter(([, lines]) => lines.length > 0))] as const;
    });
    return new ModuleDifference(new Map(left.filter(([, blocks]) => blocks.size > 0)));
  }

  get isEmpty(): boolean {
    return this.places.size === 0;
  }

  toString(): string {
    return [...this.places]
      .map(([file, blocks]) => {
        const changes = [...blocks].map(([address, lines]) =>
          [...(address === "" ? [] : [`@ ${address}`]), ...lines].join("\n"),
        );
        return `=== ${file}\n${changes.join("\n\n")}\n`;
      })
      .join("\n");
  }

  private linesOf(file: string, address: string): readonly string[] {
    return this.places.get(file)?.get(address) ?? [];
  }
}

/** Lines by block address; those of a file that is no HCL, or of no block, at the address "". */
function blocksOf(name: string, files: Files): Map<string, string[]> {
  const lines = files[name]?.split("\n").slice(0, -1) ?? [];
  if (!name.endsWith(".tf")) return lines.length > 0 ? new Map([["", lines]]) : new Map();
  const blocks = new Map<string, string[]>();
  const put = (address: string, more: readonly string[]) =>
    blocks.set(address, [...(blocks.get(address) ?? []), ...more]);
  let pending: string[] = [];
  let address: string | undefined;
  let isLocals = false;
  for (const line of lines) {
    const opens = /^(\w[\w-]*(?: "[^"]+")*) \{/.exec(line)?.[1];
    if (opens !== undefined && address === undefined) {
      isLocals = opens === "locals";
      address = isLocals ? "" : addressOf(opens);
      if (isLocals) pending = [];
      else put(address, [...pending, line]);
      pending = [];
      if (/\{\}$/.test(line)) address = undefined;
    } else if (address === undefined) {
      // A comment belongs to the block directly below it; banners and headings are of no block.
      pending = /^#( |$)/.test(line) ? [...pending, line] : [];
    } else if (line === "}") {
      if (!isLocals) put(address, [line]);
      address = undefined;
      pending = [];
    } else if (isLocals) {
      const local = /^ {2}(\w+) += /.exec(line)?.[1];
      if (local !== undefined) address = `local.${local}`;
      const isComment = /^ {2}#/.test(line);
      if (isComment) pending.push(line);
      else if (line !== "") {
        put(address, [...pending, line]);
        pending = [];
      }
    } else put(address, [line]);
  }
  return blocks;
}

/** `resource "aws_vpc" "this"` → `aws_vpc.this`, `variable "region"` → `var.region`. */
function addressOf(opens: string): string {
  const [type = "", ...labels] = opens.split(" ").map((word) => word.replaceAll('"', ""));
  const prefix = { resource: [], variable: ["var"] }[type] ?? [type];
  return [...prefix, ...labels].join(".");
}

function changedBlocks(
  before: ReadonlyMap<string, string[]>,
  after: ReadonlyMap<string, string[]>,
): Map<string, string[]> {
  const addresses = [...new Set([...after.keys(), ...before.keys()])];
  const changed = addresses.map((address) => {
    const text = (lines: readonly string[] = []) => lines.map((line) => `${line}\n`).join("");
    const lines = diffLines(text(before.get(address)), text(after.get(address)))
      .filter(({ added, removed }) => added || removed)
      .flatMap(({ value, added }) =>
        value
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => `${added ? "+" : "-"}${line}`),
      );
    return [address, lines] as const;
  });
  return new Map(changed.filter(([, lines]) => lines.length > 0));
}

function changesOf(lines: readonly string[]): Changes {
  const changes: Changes = new Map();
  for (const line of lines) {
    const text = line.slice(1);
    changes.set(text, (changes.get(text) ?? 0) + (line.startsWith("+") ? 1 : -1));
  }
  return changes;
}

/** What `own` does more than all `others` together, in the order in which lines are first met. */
function asLines(own: Changes, others: readonly Changes[]): string[] {
  const texts = new Set([...others.flatMap((changes) => [...changes.keys()]), ...own.keys()]);
  return [...texts].flatMap((text) => {
    const theirs = others.map((changes) => changes.get(text) ?? 0);
    // Two flags that add (or remove) the same line do it once.
    const together = Math.max(0, ...theirs) + Math.min(0, ...theirs);
    const left = (own.get(text) ?? 0) - together;
    return Array<string>(Math.abs(left)).fill(`${left > 0 ? "+" : "-"}${text}`);
  });
}
