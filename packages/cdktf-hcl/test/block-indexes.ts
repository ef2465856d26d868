import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BlockIndex, IndexedShape } from "../src/block-index";

/** Collects shapes, equal ones once. */
class Shapes {
  readonly all: IndexedShape[] = [];
  private readonly numbers = new Map<string, number>();

  number(shape: IndexedShape): number {
    const sorted = Object.fromEntries(
      Object.entries(shape).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
    const key = JSON.stringify(sorted);
    const number = this.numbers.get(key) ?? this.all.push(sorted) - 1;
    this.numbers.set(key, number);
    return number;
  }
}

type Entry = IndexedShape[string];

// --- From a schema --------------------------------------------------------------------------------

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: string; readonly block: Block }>
  >;
}

type Types = Readonly<Record<string, { readonly block: Block }>>;

interface Schemas {
  readonly provider?: { readonly block: Block };
  readonly resource_schemas?: Types;
  readonly data_source_schemas?: Types;
  readonly ephemeral_resource_schemas?: Types;
}

/** The index of one provider in what `terraform providers schema -json` prints. */
export function indexOfSchema(provider: string, version: string, schemas: Schemas): BlockIndex {
  const shapes = new Shapes();

  const ofType = (type: unknown): Entry | undefined => {
    if (typeof type === "string" && type !== "dynamic") return undefined;
    const [collection, element] = Array.isArray(type) ? type : [];
    const isOfObjects = Array.isArray(element) && element[0] === "object";
    if (!isOfObjects || (collection !== "list" && collection !== "set")) return true;
    return [shapes.number(entries(element[1] as Record<string, unknown>, ofType))];
  };
  const ofBlock = ({ attributes = {}, block_types = {} }: Block): number =>
    shapes.number({
      ...entries(attributes, ({ type, nested_type, required, optional }) => {
        if (!required && !optional) return undefined;
        return nested_type ? true : ofType(type);
      }),
      ...entries(block_types, ({ nesting_mode, block }) => {
        const number = ofBlock(block);
        return nesting_mode === "map" ? { map: number } : number;
      }),
    });
  const ofTypes = (types: Types = {}) => entries(types, ({ block }) => ofBlock(block));

  const configuration = ofBlock(schemas.provider?.block ?? {});
  return {
    provider,
    version,
    configuration,
    resource: ofTypes(schemas.resource_schemas),
    data: ofTypes(schemas.data_source_schemas),
    ephemeral: ofTypes(schemas.ephemeral_resource_schemas),
    shapes: shapes.all,
  };
}

function entries<T, E>(
  items: Readonly<Record<string, T>>,
  of: (item: T) => E | undefined,
): Record<string, E> {
  const found: Record<string, E> = {};
  for (const [name, item] of Object.entries(items)) {
    const entry = of(item);
    if (entry !== undefined) found[name] = entry;
  }
  return found;
}

// --- From generated bindings ----------------------------------------------------------------------

/** `name: { value: …, isBlock: …, type: "…", storageClassType: "…" },` as the generator writes it. */
const ATTRIBUTE =
  /^ {8,12}"?([\w-]+)"?: \{\n\s+value: (.*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",$/gm;
const STRUCT = /^function (\w+ToHclTerraform)\(struct\) \{\n([\s\S]*?)^\}$/gm;
const CLASS =
  /^class (\w+) extends cdktf\.Terraform(Resource|DataSource|Provider) \{\n([\s\S]*?)^\}$/gm;

/**
 * The index of a provider by its prebuilt bindings, such as `@cdktf/provider-google`. Only for
 * providers that speak version 5 of the plugin protocol: bindings say "block" of nested attributes
 * too, which came with version 6. What the generator calls `any`, because it is nested too deep, is
 * left out, and so is what it calls `struct`.
 *
 * @param folder of the package
 */
export function indexOfBindings(folder: string): BlockIndex {
  const { name: provider, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    .cdktf.provider as { readonly name: string; readonly version: string };
  const shapes = new Shapes();
  const index = {
    ...{ provider, version, configuration: shapes.number({}) },
    resource: {} as Record<string, number>,
    data: {} as Record<string, number>,
    ephemeral: {},
  };
  for (const construct of readdirSync(join(folder, "lib"), { withFileTypes: true })) {
    if (!construct.isDirectory()) continue;
    const place = join(folder, "lib", construct.name);
    const text = readdirSync(place, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .map((file) => readFileSync(join(place, file), "utf8"))
      .join("\n");
    const structs = new Map(
      [...text.matchAll(STRUCT)].map(([, name = "", body = ""]) => [name, body]),
    );
    for (const [, name = "", kind, body = ""] of text.matchAll(CLASS)) {
      const [, type = ""] =
        new RegExp(`^${name}\\.tfResourceType = "(.+)";$`, "m").exec(text) ?? [];
      const hcl = body.slice(body.indexOf("synthesizeHclAttributes()"));
      const number = shapeOf(hcl, structs, shapes);
      if (kind === "Provider") index.configuration = number;
      else index[kind === "Resource" ? "resource" : "data"][type] = number;
    }
  }
  return { ...index, shapes: shapes.all };
}

function shapeOf(body: string, structs: ReadonlyMap<string, string>, shapes: Shapes): number {
  const shape: Record<string, Entry> = {};
  for (const [, name = "", value = "", isBlock, type, storage] of body.matchAll(ATTRIBUTE)) {
    if (storage === "any") continue;
    // A single block, or an attribute that holds an object: the generator writes both the same way.
    if (type === "struct" && name !== "timeouts") continue;
    if (isBlock === "false") {
      if (type !== "simple") shape[name] = true;
      continue;
    }
    const [, mapper = "", struct = "", isBlockList] =
      /cdktf\.(listMapperHcl|hashMapperHcl)\((?:\w+\.)?(\w+)(?:, (true|false))?\)/.exec(value) ??
      /()(\w+ToHclTerraform)\)?\(/.exec(value) ??
      [];
    const inner = structs.get(struct);
    if (inner === undefined) throw new Error(`${name}: what is ${value}?`);
    const number = shapeOf(inner, structs, shapes);
    if (mapper === "hashMapperHcl") shape[name] = true;
    else shape[name] = isBlockList === "false" ? [number] : number;
  }
  return shapes.number(shape);
}
