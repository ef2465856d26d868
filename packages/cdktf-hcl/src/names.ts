import type { Names } from "./render";
import { type Group, type Part, quoted, type Sequence, type TemplatePart } from "./syntax";
import type { TopBlock } from "./top-blocks";

/** What a block is called, and where in it a resource is that had a block of its own. */
export interface NewName {
  readonly name: string;
  /** Of `for_each`. @default - the whole block */
  readonly key?: string;
}

/** By the address in the JSON: `aws_vpc.Core_vpc_4F83FE82`, `data.…`, `module.…`, `local.…`. */
export type NewNames = ReadonlyMap<string, NewName>;

/** Other names, and the moves that they are to Terraform. */
export interface Renaming extends Names {
  /** Addresses in the state: resources and modules. */
  readonly moved: readonly (readonly [from: string, to: string])[];
}

/** What CDKTF puts behind the path of a construct, so that no two names are equal. */
const HASH = /_[0-9A-F]{8}$/;

const PREFIX: Readonly<Record<string, string>> = {
  resource: "",
  data: "data.",
  module: "module.",
  locals: "local.",
};

/**
 * The names of resources, data sources, modules and locals without CDKTF's hashes, in lower case:
 * `Core_vpc_4F83FE82` becomes `core_vpc`. Where two would be equal, both stay as they are.
 */
export function tamed(blocks: readonly TopBlock[]): NewNames {
  const old = blocks.flatMap(namesOf);
  const wanted = old.map(({ prefix, name }) => prefix + wish(name));
  const times = new Map<string, number>();
  for (const address of wanted) times.set(address, (times.get(address) ?? 0) + 1);
  const names = new Map<string, NewName>();
  for (const [index, { prefix, name }] of old.entries()) {
    const isFree = times.get(wanted[index] as string) === 1;
    if (isFree && wish(name) !== name) names.set(prefix + name, { name: wish(name) });
  }
  return names;
}

/** @param blocks as they are in the JSON */
export function renaming(blocks: readonly TopBlock[], names: NewNames): Renaming {
  const nameOf = (prefix: string, name: string) => names.get(prefix + name)?.name ?? name;
  return {
    labels: (block) => {
      const [named] = block.type === "locals" ? [] : namesOf(block);
      if (!named) return block.labels;
      return [...block.labels.slice(0, -1), nameOf(named.prefix, named.name)];
    },
    local: (name) => nameOf("local.", name),
    renamed: (sequence) => renamed(sequence, names),
    moved: blocks.flatMap(namesOf).flatMap(({ prefix, name, isInState }) => {
      const now = names.get(prefix + name);
      if (!isInState || now === undefined) return [];
      const key = now.key === undefined ? "" : `[${JSON.stringify(now.key)}]`;
      return [[prefix + name, prefix + now.name + key] as const];
    }),
  };
}

/** Such as `aws_vpc.this`, `data.aws_region.current`, `var.name`. */
export function addressOf(type: string, labels: readonly string[]): string {
  const prefix = { resource: [], variable: ["var"], locals: ["local"] }[type] ?? [type];
  return [...prefix, ...labels].join(".");
}

function wish(name: string): string {
  return HASH.test(name) ? name.replace(HASH, "").toLowerCase() : name;
}

/** `aws_vpc.` and `Core_vpc_4F83FE82` of a block; one for each local. */
function namesOf({
  type,
  labels,
  content,
}: TopBlock): { prefix: string; name: string; isInState: boolean }[] {
  const start = PREFIX[type];
  if (start === undefined) return [];
  if (type === "locals") {
    return Object.keys(content).map((name) => ({ prefix: start, name, isInState: false }));
  }
  const [name = "", ...outer] = [...labels].reverse();
  const prefix = start + outer.map((label) => `${label}.`).join("");
  return [{ prefix, name, isInState: type === "resource" || type === "module" }];
}

/** The expression with other names where a reference to one of the blocks begins. */
function renamed(sequence: Sequence, names: NewNames): Sequence {
  const isDot = (part: Part | undefined) => part?.kind === "operator" && part.text === ".";
  const parts = sequence.map((part) => insideRenamed(part, names));
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part?.kind !== "name" || isDot(parts[at - 1])) continue;
    let address = part.text;
    for (let next = at + 1; isDot(parts[next]); next += 2) {
      const step = parts[next + 1];
      if (step?.kind !== "name") break;
      address += `.${step.text}`;
      const now = names.get(address);
      if (now === undefined) continue;
      parts[next + 1] = { kind: "name", text: now.name };
      if (now.key !== undefined) parts.splice(next + 2, 0, indexOf(now.key));
      break;
    }
  }
  return parts;
}

function insideRenamed(part: Part, names: NewNames): Part {
  if (part.kind === "template") {
    return {
      ...part,
      parts: part.parts.map((piece): TemplatePart => {
        return typeof piece === "string" ? piece : { ...piece, inner: renamed(piece.inner, names) };
      }),
    };
  }
  if (part.kind !== "group") return part;
  if (part.opens !== "{") {
    return { ...part, items: part.items.map((item) => renamed(item, names)) } as Group;
  }
  return {
    ...part,
    items: part.items.map(({ key, value }) => ({
      ...(key && { key: renamed(key, names) }),
      value: renamed(value, names),
    })),
  };
}

/** `["key"]` */
function indexOf(key: string): Group {
  return { kind: "group", opens: "[", items: [[quoted(key)]] };
}
