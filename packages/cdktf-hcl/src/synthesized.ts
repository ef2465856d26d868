import { parseJson, writeJson } from "./json";
import type { Layout, Owner } from "./layout";
import { addressOf, type Renaming, renaming, tamed } from "./names";
import type { Report } from "./problems";
import { type RenderOptions, renderBlocks } from "./render";
import { repeated } from "./repetition";
import { secretsIn } from "./secrets";
import {
  blocksAt,
  isEmpty,
  type Json,
  LABELS,
  type TopBlock,
  withFullSources,
  withoutDefaultBackend,
} from "./top-blocks";
import { isPlainObject } from "./value";

/** Which file a block goes to. */
export type Files =
  /** `versions.tf`, `providers.tf`, `variables.tf`, `outputs.tf`, and `main.tf` for all else. */
  | "type"
  /** As by type, but a file for each construct directly below the stack in place of `main.tf`. */
  | "construct"
  /** All in `main.tf`. */
  | "one";

export interface SynthesizedOptions extends RenderOptions {
  /** @default "type" */
  readonly files?: Files;
  /** Whether the path of its construct stands above each block. @default false */
  readonly paths?: boolean;
  /** Whether backend and provider blocks are left out, for a module that others call. @default false */
  readonly module?: boolean;
  /** Whether the hashes in CDKTF's names are taken away, with `moved` blocks. @default false */
  readonly tame?: boolean;
  /**
   * Whether resources that differ in literals alone become one block with `for_each`, with `moved`
   * blocks. @default false
   */
  readonly forEach?: boolean;
  /**
   * Where the states of other stacks are in the HCL, by the absolute path that they have in the JSON:
   * the local backend that CDKTF adds to a stack is left out.
   *
   * @default - references to states stay as they are
   */
  readonly states?: ReadonlyMap<string, string>;
}

/** What became of a stack's JSON. */
export interface Synthesized {
  /** File name → content. */
  readonly files: Readonly<Record<string, string>>;
  /** How many blocks are HCL. */
  readonly written: number;
  /** What stays JSON, in `refused.tf.json`, which Terraform reads beside the HCL. */
  readonly refused: readonly Refusal[];
  /** What a person should look at, a sentence each. */
  readonly remarks: readonly string[];
  /** Old and new addresses of what has another name. */
  readonly moved: readonly (readonly [from: string, to: string])[];
}

export interface Refusal {
  /** Such as `aws_wafv2_web_acl.acl`. */
  readonly address: string;
  readonly problems: readonly string[];
}

/** The file for what stays JSON. */
export const REFUSED = "refused.tf.json";

/**
 * A stack as Terraform HCL, from the JSON that `cdktf synth` wrote for it, in whatever language. All
 * files together mean what the JSON means; what cannot be told from JSON alone stays JSON.
 *
 * @param text the content of `cdk.tf.json`
 * @throws JsonProblem where it is no JSON
 * @throws SynthesizedProblem where Terraform would not read it either
 */
export function renderSynthesized(text: string, options: SynthesizedOptions = {}): Synthesized {
  const remarks: string[] = [];
  const json = parseJson(text);
  if (!isPlainObject(json)) throw new SynthesizedProblem("The JSON is not an object.");
  const stack = stackOf(json);
  const state = withoutDefaultBackend(stack, json);
  if (state !== undefined) remarks.push(stateRemark(state));
  withFullSources(json);
  if (options.module) withoutConfiguration(json);
  if (options.states) withStates(json, options.states, remarks);

  const { blocks, unknown } = blocksOf(json, stack, options);
  const problems = new Map<Owner, string[]>();
  const report: Report = (owner, problem) => {
    problems.set(owner, [...(problems.get(owner) ?? []), problem]);
  };
  const rendering = { ...options, remedy: "cdktf-hcl --schemas schemas.json" };
  const all = renderBlocks(blocks, report, rendering);
  const kept = blocks.filter(({ owner }) => !problems.has(owner));
  const left = blocks.filter(({ owner }) => problems.has(owner));
  const isWhole = left.length + unknown.length === 0;
  for (const block of blocks) remarks.push(...secretsIn(block));
  const renamed = renamedBlocks(blocks, options);
  // Names in JSON stay as they are, and so must those that it refers to.
  if (renamed && !isWhole) {
    const same = options.tame ? "Names keep their hashes" : "Resources keep a block each";
    remarks.push(
      `${same}, because what stays JSON refers to them. Give the schemas that are missing, and run it again`,
    );
  }
  const isRenamed = renamed && isWhole;
  if (isRenamed) remarks.push(...renamed.remarks);
  const files = isRenamed
    ? renderBlocks(renamed.blocks, report, { ...rendering, names: renamed.names })
    : isWhole
      ? all
      : {
          ...renderBlocks(kept, report, rendering),
          [REFUSED]: `${writeJson(jsonOf(left, unknown))}\n`,
        };
  return {
    files,
    written: kept.length,
    refused: [
      ...left.map(({ owner, type, labels }) => ({
        address: addressOf(type, labels),
        problems: problems.get(owner) ?? [],
      })),
      ...unknown.map(([type]) => ({
        address: type,
        problems: [
          `${type}: it is not a block that can be written. Known are: ${Object.keys(LABELS).join(", ")}`,
        ],
      })),
    ],
    remarks,
    moved: isRenamed ? renamed.names.moved : [],
  };
}

/** The text is JSON, but none that Terraform reads. */
export class SynthesizedProblem extends Error {
  override readonly name = "SynthesizedProblem";
}

function stackOf(json: Json): string {
  const { metadata } = (json["//"] ?? {}) as { metadata?: { stackName?: string } };
  return metadata?.stackName ?? "";
}

function stateRemark(state: string): string {
  return `The local backend at ${state} is left out, because the path is that of one machine. Copy that file to terraform.tfstate beside the HCL before the first plan, or give the module a backend`;
}

// --- Blocks ---------------------------------------------------------------------------------------

function blocksOf(
  json: Json,
  stack: string,
  { files = "type", paths = false }: SynthesizedOptions,
): { blocks: TopBlock[]; unknown: [string, unknown][] } {
  const unknown: [string, unknown][] = [];
  const blocks = Object.entries(json).flatMap(([type, content]): TopBlock[] => {
    if (type === "//" || isEmpty(content)) return [];
    if (!(type in LABELS)) {
      unknown.push([type, content]);
      return [];
    }
    const reader: Owner = { path: stack, layout: {}, inherited: () => undefined };
    const found = blocksAt([type], content, reader, (_, problem) => {
      throw new SynthesizedProblem(`${problem}.`);
    });
    return found.flatMap(({ labels, content }) => {
      const parts =
        type === "locals"
          ? Object.entries(content).map(([name, value]) => ({ [name]: value }))
          : [content];
      return parts
        .filter((part) => !("//" in part && type === "locals"))
        .map((part): TopBlock => {
          const { path, comment } = saidOf(part);
          const name = addressOf(type, type === "locals" ? Object.keys(part) : labels);
          const file =
            files === "one" ? "main.tf" : files === "construct" ? fileOf(path, stack) : undefined;
          const said = [comment, paths ? path : undefined].filter((text) => text !== undefined);
          const layout: Layout = said.length > 0 ? { comment: said.join("\n") } : {};
          const isElsewhere = files === "construct" && !USUALLY_MAIN.has(type);
          return {
            ...{ type, labels, content: part, isMain: true },
            owner: { path: path ?? name, layout, inherited: () => undefined },
            ...(file !== undefined && !isElsewhere && { file }),
          };
        });
    });
  });
  return { blocks: inTreeOrder(blocks), unknown };
}

const USUALLY_MAIN: ReadonlySet<string> = new Set([
  ...["resource", "data", "ephemeral", "module", "locals"],
  ...["check", "import", "moved", "removed"],
]);

/** What CDKTF, or a person, says of a block in `"//"`. */
function saidOf(content: Json): { path?: string; comment?: string } {
  const said = content["//"];
  if (typeof said === "string") return { comment: said };
  const { metadata } = (isPlainObject(said) ? said : {}) as { metadata?: { path?: unknown } };
  return typeof metadata?.path === "string" ? { path: metadata.path } : {};
}

/** The file of the construct directly below the stack that a path goes through. */
function fileOf(path: string | undefined, stack: string): string | undefined {
  if (path === undefined) return undefined;
  const steps = path.split("/");
  const [construct, ...inner] = steps.slice(steps.indexOf(stack) + 1);
  if (construct === undefined || inner.length === 0) return undefined;
  const name = construct
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return name === "" || name === "override" ? undefined : `${name}.tf`;
}

/**
 * CDKTF sorts its JSON by type and name. What is of one construct stands together here; locals come
 * first, and what has no path keeps its place behind.
 */
function inTreeOrder(blocks: readonly TopBlock[]): TopBlock[] {
  const place = ({ type, content }: TopBlock) => (type === "locals" ? "" : saidOf(content).path);
  return blocks
    .map((block, index) => ({ block, index, place: place(block) }))
    .sort((one, other) => {
      if (one.place === other.place) return one.index - other.index;
      if (one.place === undefined) return 1;
      if (other.place === undefined) return -1;
      return one.place < other.place ? -1 : 1;
    })
    .map(({ block }) => block);
}

/** The blocks with other names, and with one for repeated resources, if the options ask for it. */
function renamedBlocks(
  blocks: readonly TopBlock[],
  { tame = false, forEach = false }: SynthesizedOptions,
): { blocks: TopBlock[]; names: Renaming; remarks: readonly string[] } | undefined {
  if (!tame && !forEach) return undefined;
  const names = tame ? tamed(blocks) : new Map();
  const { remarks, ...said } = forEach ? repeated(blocks, names) : { blocks, names, remarks: [] };
  const all = renaming(blocks, said.names);
  return { blocks: [...said.blocks, ...all.moved.map(movedBlock)], names: all, remarks };
}

function movedBlock([from, to]: readonly [string, string]): TopBlock {
  return {
    ...{ type: "moved", labels: [], content: { from, to }, isMain: true, file: "moved.tf" },
    owner: { path: from, layout: {}, inherited: () => undefined },
  };
}

/** The JSON of blocks, without what only a generator reads. */
function jsonOf(blocks: readonly TopBlock[], unknown: readonly [string, unknown][]): Json {
  const json: Json = Object.fromEntries(unknown);
  for (const { type, labels, content } of blocks) {
    const { "//": _, ...said } = content;
    if (type === "locals") {
      json.locals = { ...(json.locals as Json | undefined), ...said };
      continue;
    }
    let place = json;
    const steps = [type, ...labels];
    for (const step of steps.slice(0, -1)) place = within(place, step);
    const last = steps.at(-1) as string;
    const others = place[last] as unknown[] | undefined;
    place[last] = [...(others ?? []), said];
  }
  return json;
}

/** The object of that name, which is made where there is none; the first where there is a list. */
function within(json: Json, name: string): Json {
  const [first = {}] = [json[name]].flat() as Json[];
  json[name] ??= first;
  return first;
}

// --- What depends on where the module lies --------------------------------------------------------

/** Leaves out backend and provider blocks, and names the configurations that callers must pass. */
function withoutConfiguration(json: Json): void {
  const terraform = within(json, "terraform");
  for (const settings of [json.terraform].flat() as Json[]) {
    delete settings.backend;
    delete settings.cloud;
  }
  for (const [name, configurations] of Object.entries((json.provider ?? {}) as Json)) {
    const aliases = [configurations]
      .flat()
      .filter(isPlainObject)
      .flatMap(({ alias }) => (typeof alias === "string" ? [`${name}.${alias}`] : []));
    if (aliases.length === 0) continue;
    const required = within(terraform, "required_providers");
    const requirement = required[name];
    required[name] = {
      ...(isPlainObject(requirement) ? requirement : {}),
      ...(typeof requirement === "string" && { version: requirement }),
      configuration_aliases: aliases,
    };
  }
  delete json.provider;
}

/** Lets references between stacks read the states where they are now. */
function withStates(json: Json, states: ReadonlyMap<string, string>, remarks: string[]): void {
  const { terraform_remote_state: references } = (json.data ?? {}) as Json;
  for (const [name, reference] of Object.entries((references ?? {}) as Json)) {
    const { backend, config } = (isPlainObject(reference) ? reference : {}) as {
      backend?: unknown;
      config?: unknown;
    };
    if (backend !== "local" || !isPlainObject(config) || typeof config.path !== "string") continue;
    const state = states.get(config.path);
    if (state === undefined) {
      remarks.push(
        `data.terraform_remote_state.${name} reads ${config.path}, a file of one machine that none of these stacks writes`,
      );
    } else config.path = state;
  }
}
