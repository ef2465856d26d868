import { ExactNumber, writeJson } from "./json";
import { addressOf, type NewNames } from "./names";
import { providerOf } from "./render";
import type { Json, TopBlock } from "./top-blocks";
import { isPlainObject } from "./value";

/** Blocks of which repeated resources have become one each. */
export interface Repeated {
  readonly blocks: readonly TopBlock[];
  /** All new names: those that were given, and the place in its block of each repeated resource. */
  readonly names: NewNames;
  /** Why some that look alike stay apart, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Resources of one type side by side in one construct that differ in nothing but literals, as one
 * block with `for_each`. Others stay as they are: it is done only where Terraform plans the same.
 *
 * @param names new names that the blocks have already
 */
export function repeated(blocks: readonly TopBlock[], names: NewNames): Repeated {
  const nameOf = ({ type, labels }: TopBlock) =>
    names.get(addressOf(type, labels))?.name ?? (labels.at(-1) as string);
  const found = alike(blocks);
  const graph = new Graph(blocks);
  const told = toldOf(blocks);
  const free = new Map<string, number>();
  for (const block of blocks.filter(({ type }) => type === "resource")) {
    const address = addressOf(block.type, [...block.labels.slice(0, -1), nameOf(block)]);
    free.set(address, (free.get(address) ?? 0) + 1);
  }

  const remarks: string[] = [];
  const all = new Map(names);
  const inPlace = new Map<TopBlock, TopBlock | undefined>();
  for (const group of found) {
    const members = group.map(({ block }) => block);
    const addresses = members.map(({ type, labels }) => addressOf(type, labels));
    const apart = (because: string) => {
      remarks.push(`${addresses.join(", ")} stay apart, although they are alike: ${because}`);
    };
    const history = addresses.find((address) => told.has(address));
    if (history !== undefined) {
      apart(`${history} is named in a moved, removed or import block`);
      continue;
    }
    const [type = ""] = (members[0] as TopBlock).labels;
    const old = members.map(nameOf);
    const isFree = (name: string) => {
      const others = free.get(addressOf("resource", [type, name])) ?? 0;
      return LABEL.test(name) && others === (old.includes(name) ? 1 : 0);
    };
    if (!graph.merge(addresses)) {
      apart("one depends on another, and within a block with for_each that is a cycle");
      continue;
    }
    const place = placeOf(type, old, isFree);
    free.set(addressOf("resource", [type, place.name]), 1);
    members.forEach((block, index) => {
      const key = place.keys[index] as string;
      all.set(addresses[index] as string, { name: place.name, key });
      inPlace.set(block, index === 0 ? written(group, type, place) : undefined);
    });
  }
  return {
    blocks: blocks.flatMap((block) => (inPlace.has(block) ? (inPlace.get(block) ?? []) : block)),
    names: all,
    remarks,
  };
}

const LABEL = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

// --- Which are alike ------------------------------------------------------------------------------

interface Candidate {
  readonly block: TopBlock;
  /** The literals in its arguments, in the order of `filled`. */
  readonly literals: readonly unknown[];
  /** Where each literal is. */
  readonly paths: readonly (readonly string[])[];
}

/** Terraform's own arguments of a resource, in which `each` may not stand or would say something else. */
const META = new Set(["provider", "depends_on", "lifecycle", "provisioner", "connection"]);

/** Groups of resources that are equal but for literals, of two at least. */
function alike(blocks: readonly TopBlock[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const block of blocks) {
    const { type, labels, content } = block;
    if (type !== "resource" || "count" in content || "for_each" in content) continue;
    const literals: unknown[] = [];
    const paths: string[][] = [];
    const form = formOf(content, [], (literal, path) => {
      literals.push(literal);
      paths.push([...path]);
    });
    const { path } =
      (content["//"] as { metadata?: { path?: string } } | undefined)?.metadata ?? {};
    const key = JSON.stringify([labels[0], path?.replace(/\/[^/]*$/, ""), form]);
    const group = groups.get(key);
    if (group) group.push({ block, literals, paths });
    else groups.set(key, [{ block, literals, paths }]);
  }
  const several = [...groups.values()].filter(({ length }) => length > 1);
  // Several bodies of one resource are not several resources.
  return several.filter(
    (group) => new Set(group.map(({ block }) => block.labels[1])).size === group.length,
  );
}

/** What is equal in resources that are alike: all of a value but its literals. */
function formOf(
  value: unknown,
  path: string[],
  found: (literal: unknown, path: readonly string[]) => void,
): string {
  if (isLiteral(value)) {
    found(value, path);
    return "?";
  }
  const inner = (name: string, item: unknown) => {
    if (path.length === 0 && META.has(name)) return writeJson(item);
    path.push(name);
    const form = formOf(item, path, found);
    path.pop();
    return form;
  };
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => inner(String(index), item)).join()}]`;
  }
  if (!isPlainObject(value)) return writeJson(value);
  const entries = Object.entries(value).filter(([name]) => name !== "//");
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${inner(name, item)}`).join()}}`;
}

/** Text with a template in it, even an escaped one, is not. */
function isLiteral(value: unknown): boolean {
  if (typeof value === "string") return !/[$%]\{/.test(value);
  return typeof value === "number" || typeof value === "boolean" || value instanceof ExactNumber;
}

// --- What they are called -------------------------------------------------------------------------

interface Place {
  /** Of the block. */
  readonly name: string;
  /** Of each resource in it. */
  readonly keys: readonly string[];
}

/**
 * Takes names apart: what they share is the block's, the rest is the key. Where that is no name, or one
 * that is taken, the block is called after its type.
 */
function placeOf(type: string, names: readonly string[], isFree: (name: string) => boolean): Place {
  const words = names.map((name) => name.split(/[_-]/));
  const shortest = Math.min(...words.map(({ length }) => length));
  const shared = (at: (list: readonly string[], index: number) => string | undefined) => {
    let count = 0;
    while (count < shortest && new Set(words.map((list) => at(list, count))).size === 1) count++;
    return count;
  };
  const before = Math.min(
    shared((list, index) => list[index]),
    shortest - 1,
  );
  const after = Math.min(
    shared((list, index) => list.at(-1 - index)),
    shortest - 1 - before,
  );
  const ofWords = (list: readonly string[]) => [
    ...list.slice(0, before),
    ...list.slice(list.length - after),
  ];
  const keys = words.map((list) => list.slice(before, list.length - after).join("_"));
  const areKeys = new Set(keys).size === names.length;
  const name = ofWords(words[0] as string[]).join("_");
  if (areKeys && isFree(name)) return { name, keys };
  const plain = type.replace(/^[^_]*_/, "");
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? plain : `${plain}_${number}`;
    if (isFree(numbered)) return { name: numbered, keys: names };
  }
}

// --- How they are written -------------------------------------------------------------------------

function written(group: readonly Candidate[], type: string, { name, keys }: Place): TopBlock {
  const [first] = group as [Candidate];
  const differing = first.paths
    .map((path, index) => ({ path, index, values: group.map(({ literals }) => literals[index]) }))
    .filter(({ values }) => values.some((value) => writeJson(value) !== writeJson(values[0])));
  const isKey = (values: readonly unknown[]) => values.every((value, at) => value === keys[at]);
  const parameters = new Map<string, { name: string; values: readonly unknown[] }>();
  const taken = new Set<string>();
  for (const { path, values } of differing) {
    const same = writeJson(values);
    if (isKey(values) || parameters.has(same)) continue;
    const steps = path.map((step) => step.replace(/\W/g, "_"));
    const names = steps.map((_, from) => steps.slice(-1 - from).join("_"));
    const free = names.find((each) => /^[A-Za-z_]/.test(each) && !taken.has(each));
    const chosen = free ?? `value_${taken.size}`;
    taken.add(chosen);
    parameters.set(same, { name: chosen, values });
  }
  const all = [...parameters.values()];
  const expressions = new Map(
    differing.map(({ index, values }) => {
      const parameter = parameters.get(writeJson(values));
      if (isKey(values) || parameter === undefined) return [index, "${each.key}"];
      return [index, all.length === 1 ? "${each.value}" : `\${each.value.${parameter.name}}`];
    }),
  );
  const valueFor = (at: number) =>
    all.length === 1
      ? all[0]?.values[at]
      : Object.fromEntries(all.map((parameter) => [parameter.name, parameter.values[at]]));
  const each =
    all.length === 0
      ? `\${toset(${JSON.stringify(keys)})}`
      : Object.fromEntries(keys.map((key, at) => [key, valueFor(at)]));
  const comments = group.flatMap(({ block }) => block.owner.layout.comment ?? []);
  const { block } = first;
  return {
    ...block,
    labels: [type, name],
    content: { for_each: each, ...filled(block.content, expressions) },
    owner: {
      ...block.owner,
      layout: comments.length > 0 ? { comment: comments.join("\n") } : {},
    },
  };
}

/** The content with other expressions in place of some of its literals. */
function filled(content: Json, expressions: ReadonlyMap<number, string>): Json {
  let count = 0;
  const visit = (value: unknown, isTop: boolean): unknown => {
    if (isLiteral(value)) return expressions.get(count++) ?? value;
    if (Array.isArray(value)) return value.map((item) => visit(item, false));
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const isKept = name === "//" || (isTop && META.has(name));
        return [name, isKept ? item : visit(item, false)];
      }),
    );
  };
  return visit(content, true) as Json;
}

// --- What depends on what -------------------------------------------------------------------------

/** Addresses in blocks that tell where something was. */
function toldOf(blocks: readonly TopBlock[]): ReadonlySet<string> {
  const history = blocks.filter(({ type }) => ["moved", "removed", "import"].includes(type));
  return new Set(history.flatMap(({ content }) => mentioned(content)));
}

/** All that could be the address of a block in the text of a value. */
function mentioned(value: unknown): string[] {
  if (typeof value === "string") {
    return [...value.matchAll(/[\w-]+(?:\.[A-Za-z_][\w-]*)+/g)].flatMap(([text]) => {
      const steps = text.split(".");
      return steps[0] === "data" ? [steps.slice(0, 3).join(".")] : [steps.slice(0, 2).join(".")];
    });
  }
  if (Array.isArray(value)) return value.flatMap(mentioned);
  return isPlainObject(value) ? Object.values(value).flatMap(mentioned) : [];
}

/** Which blocks refer to which, as Terraform walks them: by block, not by instance. */
class Graph {
  private readonly edges = new Map<string, Set<string>>();
  private readonly merged = new Map<string, string>();

  constructor(blocks: readonly TopBlock[]) {
    const configurations = blocks.filter(({ type }) => type === "provider");
    const providers = new Set(configurations.map(({ labels }) => `provider.${labels[0]}`));
    for (const { type, labels, content } of blocks) {
      const places =
        type === "locals"
          ? Object.entries(content).map(([name, value]) => [`local.${name}`, value] as const)
          : [[addressOf(type, labels), content] as const];
      const used =
        type === "module"
          ? [...providers]
          : type === "resource" || type === "data"
            ? [`provider.${providerOf(type, labels[0] ?? "", content.provider)}`]
            : [];
      for (const [address, value] of places) {
        const { "//": _, ...said } = isPlainObject(value) ? value : { value };
        const edges = this.edges.get(address) ?? new Set();
        for (const other of [...mentioned(said), ...used]) edges.add(other);
        this.edges.set(address, edges);
      }
    }
  }

  /** Makes one of several. False, and nothing is done, where that would close a cycle. */
  merge(addresses: readonly string[]): boolean {
    const [one = ""] = addresses;
    const members = new Set(addresses);
    const seen = new Set<string>();
    const open = addresses.flatMap((address) => this.from(address));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (members.has(next)) return false;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...this.from(next));
    }
    const edges = new Set(addresses.flatMap((address) => this.from(address)));
    this.edges.set(one, edges);
    for (const address of addresses) this.merged.set(address, one);
    return true;
  }

  private from(address: string): string[] {
    const edges = this.edges.get(address) ?? [];
    return [...edges].map((other) => this.merged.get(other) ?? other);
  }
}
