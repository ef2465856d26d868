import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  type TerraformVariable,
  Tokenization,
} from "cdktf";
import { deepMerge } from "cdktf/lib/util";
import type { IConstruct } from "constructs";
import { ownerOf } from "./layout";
import { prepare } from "./prepare";
import type { Report } from "./problems";
import {
  blocksAt,
  isEmpty,
  type Json,
  LABELS,
  type TopBlock,
  withFullSources,
  withoutDefaultBackend,
} from "./top-blocks";

/**
 * The blocks of a stack in the order of its construct tree; blocks that only overrides of the stack
 * speak of come last.
 *
 * The content is what CDKTF writes as JSON, by the same calls, so that the two cannot differ.
 */
export function topBlocks(stack: TerraformStack, report: Report): TopBlock[] {
  prepare(stack);
  const merged: Json = {};
  const places: { address: readonly string[]; element: TerraformElement }[] = [];
  for (const element of elements(stack)) {
    const fragment = resolve(stack, completed(element)) as Json;
    places.push(...addresses(fragment, merged).map((address) => ({ address, element })));
    deepMerge(merged, fragment);
  }
  const overrides = (stack as unknown as { readonly rawOverrides: Json }).rawOverrides;
  deepMerge(merged, overrides);
  const json = (Object.keys(overrides).length > 0 ? resolve(stack, merged) : merged) as Json;
  withoutDefaultBackend(stack.node.id, json);
  withFullSources(json);

  const blocks: TopBlock[] = [];
  const stackItself = ownerOf(stack);
  // One block from many elements, and what a reader of its file looks for first.
  if (!isEmpty(json.terraform)) {
    for (const block of blocksAt(["terraform"], json.terraform, stackItself, report)) {
      blocks.push({ ...block, owner: stackItself, isMain: false });
    }
  }
  delete json.terraform;
  const owners = new Map<string, TerraformElement>();
  const seen = new Set<TerraformElement>();
  for (const { address, element } of places) {
    const owner = ownerOf(element);
    const key = JSON.stringify(address);
    const other = owners.get(key);
    if (other) {
      report(
        owner,
        `${address.join(".")} is also the address of ${other.node.path}, and one would overwrite the other. Give one of them another id, or overrideLogicalId()`,
      );
      continue;
    }
    owners.set(key, element);
    const content = take(json, address);
    for (const block of blocksAt(address, content, owner, report)) {
      blocks.push({ ...block, owner, element, isMain: !seen.has(element) });
      seen.add(element);
    }
  }
  for (const [type, content] of Object.entries(json)) {
    if (type === "//" || isEmpty(content)) continue;
    for (const block of blocksAt([type], content, stackItself, report)) {
      blocks.push({ ...block, owner: stackItself, isMain: false });
    }
  }
  return blocks;
}

function elements(construct: IConstruct): TerraformElement[] {
  const found: TerraformElement[] = [];
  const visit = (node: IConstruct) => {
    if (TerraformElement.isTerraformElement(node)) found.push(node);
    for (const child of node.node.children) if (!TerraformStack.isStack(child)) visit(child);
  };
  visit(construct);
  return found;
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

function resolve(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing: false });
}

/** The element's JSON, with what CDKTF loses on the way there. */
function completed(element: TerraformElement): Json {
  const json = element.toTerraform() as Json;
  const content = (type: string) =>
    (json[type] as Record<string, Json>)[element.friendlyUniqueId] as Json;
  const overrides = (element as unknown as { readonly rawOverrides: Json }).rawOverrides;
  if (json.variable && !("default" in overrides)) {
    // CDKTF renames the keys of a default to snake case, such as FooBar to foo_bar.
    const { default: given } = element as TerraformVariable;
    if (given !== undefined) content("variable").default = given;
  }
  if (TerraformOutput.isTerraformOutput(element) && element.precondition) {
    // CDKTF takes an output's precondition and never writes it.
    content("output").precondition ??= {
      condition: element.precondition.condition,
      error_message: element.precondition.errorMessage,
    };
  }
  return json;
}

/** Where the parts of a fragment are going to be in the merged JSON. */
function addresses(fragment: Json, merged: Json): string[][] {
  return Object.entries(fragment).flatMap(([type, value]): string[][] => {
    // One block for the whole module, from many elements.
    if (type === "terraform" || type === "//" || value === undefined) return [];
    if (Array.isArray(value)) return indexes([type], value, merged[type]);
    return Object.entries(value as Json).flatMap(([label, inner]): string[][] => {
      // A local may be a list; a list anywhere else is one of blocks.
      if (Array.isArray(inner) && type !== "locals") {
        return indexes([type, label], inner, (merged[type] as Json | undefined)?.[label]);
      }
      if (LABELS[type] !== 2) return [[type, label]];
      return Object.keys(inner as Json).map((name) => [type, label, name]);
    });
  });
}

/** Lists are joined when fragments are merged. */
function indexes(address: string[], added: unknown[], present: unknown): string[][] {
  const start = Array.isArray(present) ? present.length : 0;
  return added.map((_, index) => [...address, String(start + index)]);
}

/** Takes out what stands at an address; what nobody takes comes from overrides of the stack. */
function take(json: Json, address: readonly string[]): unknown {
  let parent = json;
  for (const step of address.slice(0, -1)) {
    const next = parent[step];
    if (typeof next !== "object" || next === null) return undefined;
    parent = next as Json;
  }
  const last = address.at(-1) as string;
  const content = parent[last];
  // In lists the other indexes must stay.
  if (Array.isArray(parent)) parent[last as never] = undefined as never;
  else delete parent[last];
  return content;
}
