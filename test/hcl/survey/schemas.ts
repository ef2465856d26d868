import type { Kind, Knowledge, Requirement, Shape } from "../../../packages/cdktf-hcl/src/schema";
import type { Json } from "../../../packages/cdktf-hcl/src/top-blocks";
import { isPlainObject } from "../../../packages/cdktf-hcl/src/value";
import type {
  Attribute,
  Shape as Body,
  NestedBlock,
  ProviderSchema,
  Schema,
  Type,
} from "../../standin/schema";
import type { Computed, Typed } from "./echo";

/** The providers that a stack needs, and what they compute of what it refers to. */
export interface Providers {
  readonly schemas: readonly ProviderSchema[];
  readonly computed: Computed;
}

/** What belongs to Terraform in every resource, and not to its provider. */
const TERRAFORMS = new Set([
  ...["//", "lifecycle", "provisioner", "connection", "depends_on", "count", "for_each"],
  "provider",
]);

const BUILT_IN = new Set(["terraform_data", "terraform_remote_state"]);
const KINDS = { resource: "resource_schemas", data: "data_source_schemas" } as const;

/**
 * Providers as a stack uses them. Each type has the attributes that the stack sets or refers to, of
 * any type, and the blocks that are blocks to the writer's own sources, schemas and indexes: what is
 * judged with these is what the writer makes of the values, not where it looks blocks up.
 */
export function providersOf(json: Json, text: string, known: Knowledge): Providers {
  const schemas = new Map<string, ProviderSchema>();
  const requirements = required(json);
  const schemaOf = (name: string): ProviderSchema => {
    const { source = `hashicorp/${name}` } = requirements[name] ?? {};
    const full = source.includes("/") ? source : `hashicorp/${source}`;
    const address = full.split("/").length > 2 ? full : `registry.terraform.io/${full}`;
    const schema = schemas.get(address.toLowerCase()) ?? {
      address: address.toLowerCase(),
      name,
      provider: { version: 0, block: {} },
      resource_schemas: {},
      data_source_schemas: {},
      ephemeral_resource_schemas: {},
    };
    schemas.set(schema.address, schema);
    return schema;
  };
  const shapeOf = (kind: Kind, type: string, provider: string) =>
    known(kind, type, requirements[provider]) ?? (() => undefined);

  for (const name of Object.keys(requirements)) schemaOf(name);
  for (const [name, bodies] of Object.entries((json.provider ?? {}) as Json)) {
    const schema = schemaOf(name);
    const own = [bodies].flat().filter(isPlainObject);
    const { alias: _, version: __, ...others } = Object.assign({}, ...own) as Json;
    const block = bodyOf([others], shapeOf("provider", name, name));
    (schema as { provider: Schema }).provider = { version: 0, block };
  }
  const uses = usesIn(text);
  for (const [kind, place] of Object.entries(KINDS)) {
    const all = [json[kind] ?? {}].flat() as Json[];
    for (const [type, objects] of all.flatMap((types) => Object.entries(types))) {
      if (BUILT_IN.has(type)) continue;
      const bodies = [objects]
        .flat()
        .filter(isPlainObject)
        .flatMap((named) => Object.values(named).flat())
        .filter(isPlainObject);
      for (const body of bodies) {
        const [, said] = /^(?:\$\{)?([\w-]+)/.exec(String(body.provider ?? "")) ?? [];
        const provider = said ?? type.replace(/_.*$/s, "");
        const block = bodyOf(
          bodies.map((body) => withoutTerraforms(body)),
          shapeOf(kind as Kind, type, provider),
          uses.get(`${kind}.${type}`),
        );
        schemaOf(provider)[place as "resource_schemas"][type] = { version: 0, block };
      }
    }
  }
  return {
    schemas: [...schemas.values()],
    computed: (kind, attribute) => {
      const use = uses.get(kind)?.[attribute];
      return use && computedOf(use, `${kind}.${attribute}`);
    },
  };
}

function required(json: Json): Record<string, Requirement> {
  const settings = [json.terraform ?? {}].flat().filter(isPlainObject);
  const all = settings.flatMap(({ required_providers: all }) => [all ?? {}].flat() as Json[]);
  return Object.fromEntries(
    all.flatMap((providers) =>
      Object.entries(providers).map(([name, requirement]) => [
        name,
        typeof requirement === "string"
          ? { version: requirement }
          : { source: `hashicorp/${name}`, ...(requirement as Requirement) },
      ]),
    ),
  );
}

// --- What may stand in a block --------------------------------------------------------------------

function withoutTerraforms(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !TERRAFORMS.has(name)));
}

const ANY: Attribute = { type: "dynamic", optional: true, computed: true };

function bodyOf(bodies: readonly Json[], shape: Shape, use: Use = {}): Body {
  const attributes: Record<string, Attribute> = {};
  const block_types: Record<string, NestedBlock> = {};
  const names = new Set(bodies.flatMap((body) => Object.keys(body)));
  const dynamics = bodies.flatMap((body) => [body.dynamic ?? {}].flat() as Json[]);
  for (const dynamic of dynamics) for (const name of Object.keys(dynamic)) names.add(name);
  for (const name of names) {
    if (name === "//" || name === "dynamic") continue;
    const values = bodies.flatMap((body) => body[name] ?? []);
    const generated = dynamics.flatMap((dynamic) =>
      ([dynamic[name] ?? []].flat() as Json[]).flatMap(({ content }) => content ?? []),
    );
    const inner = [...values, ...generated].filter(isPlainObject);
    const named = shape(name);
    if (named?.is === "block") {
      const labelled = inner.flatMap((body) => Object.values(body).flat()).filter(isPlainObject);
      block_types[name] = {
        nesting_mode: named.labels > 0 ? "map" : "list",
        block: bodyOf(
          named.labels > 0 ? labelled : inner,
          named.shape,
          Object.assign({}, ...Object.values(use[name] ?? {})),
        ),
      };
    } else if (named?.is === "attribute as blocks") {
      attributes[name] = {
        type: ["list", objectOf(inner, named.shape)],
        optional: true,
        computed: true,
      };
    } else attributes[name] = ANY;
  }
  for (const name of Object.keys(use)) if (!block_types[name]) attributes[name] ??= ANY;
  return { attributes, block_types };
}

/** Attributes that may be written as blocks have a type: blocks are read by it. */
function objectOf(values: readonly Json[], shape: Shape): Type {
  const names = new Set(values.flatMap((value) => Object.keys(value)));
  return [
    "object",
    Object.fromEntries(
      [...names].map((name): [string, Type] => {
        const named = shape(name);
        const inner = values.flatMap((value) => value[name] ?? []).filter(isPlainObject);
        if (named?.is === "attribute as blocks") {
          return [name, ["list", objectOf(inner, named.shape)]];
        }
        const given = values.map((value) => value[name]).filter((value) => value !== null);
        if (given.some(Array.isArray)) return [name, ["list", "string"]];
        const kinds = ["number", "boolean"].filter((kind) =>
          given.some((one) => typeof one === kind),
        );
        const [kind = "string"] = given.some((one) => typeof one === "string") ? [] : kinds;
        return [name, kind.replace("boolean", "bool")];
      }),
    ),
  ];
}

// --- What is computed -----------------------------------------------------------------------------

/** How a value is used: what is asked of it, by name or index. */
interface Use {
  [step: string]: Use;
}

const REFERENCE =
  /(?<![\w.])(?<data>data\.)?(?<type>[a-z][a-z0-9]*_\w+)\.[\w-]+(?:\[[^\]]*\])?(?<path>(?:\.[a-zA-Z_][\w-]*|\.\d+|\.?\[(?:\d+|\*)\]|\.\*)+)/g;

/** Before a reference to a list: the functions that take one, and `for`. */
const LIST =
  /(?:\b(?:concat|contains|distinct|element|flatten|index|length|slice|sort|tolist|toset)\(|join\([^,()]*,\s*|\bin )$/;

/** The paths of attributes that a stack refers to, by kind and type. */
function usesIn(text: string): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const { groups, index } of text.matchAll(REFERENCE)) {
    const { data, type = "", path = "" } = groups ?? {};
    const kind = `${data ? "data" : "resource"}.${type}`;
    let use = uses.get(kind) ?? {};
    uses.set(kind, use);
    for (const [step] of path.matchAll(/[a-zA-Z_][\w-]*|\d+|\*/g)) {
      use[step] ??= {};
      use = use[step];
    }
    if (LIST.test(text.slice(0, index))) use["0"] ??= {};
  }
  return uses;
}

/** A value of which all this can be asked; text where nothing is. */
function computedOf(use: Use, place: string): Typed {
  const steps = Object.keys(use);
  if (steps.length === 0) return ["string", place];
  const indexes = steps.filter((step) => /^(?:\d+|\*)$/.test(step));
  if (indexes.length === 0) {
    const inner = steps.map(
      (step) => [step, computedOf(use[step] ?? {}, `${place}.${step}`)] as const,
    );
    return [
      ["object", Object.fromEntries(inner.map(([step, [type]]) => [step, type]))],
      Object.fromEntries(inner.map(([step, [, value]]) => [step, value])),
    ];
  }
  const count = Math.max(...indexes.map((index) => (index === "*" ? 0 : Number(index)))) + 1;
  const together: Use = Object.assign({}, ...indexes.map((index) => use[index]));
  const elements = Array.from({ length: count }, (_, at) => computedOf(together, `${place}.${at}`));
  return [["tuple", elements.map(([type]) => type)], elements.map(([, value]) => value)];
}
