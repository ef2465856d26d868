import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import facts from "./plan-facts.json";
import { mapObjects, type Values } from "./values";

/** Terraform's notation of types: `"string"`, `["set", "string"]`, `["object", {…}]`. */
export type Type = string | ["list" | "set" | "map", Type] | ["object", Record<string, Type>];

const NESTINGS = ["invalid", "single", "list", "set", "map"];

export interface Attribute {
  readonly type?: Type;
  readonly nested_type?: Shape & { readonly nesting_mode: string };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly write_only?: boolean;
}

export interface NestedBlock {
  readonly nesting_mode: string;
  readonly block: Shape;
  readonly min_items?: number;
}

/** What an object looks like: the body of a resource, a nested block or a nested attribute. */
export interface Shape {
  readonly attributes?: Record<string, Attribute>;
  readonly block_types?: Record<string, NestedBlock>;
}

export interface Schema {
  readonly version: number;
  readonly block: Shape;
}

type Schemas = Record<string, Schema>;

/** What the real provider was seen to plan and no schema says. */
export interface PlanFacts {
  /** Attributes whose change replaces the object. */
  readonly forceNew: string[];
  /** What is planned where nothing is configured. */
  readonly defaults: Values;
  /** Computed attributes that are unknown again after any change. */
  readonly recompute: string[];
}

export interface ProviderSchema {
  /** Such as `registry.terraform.io/hashicorp/aws`. */
  readonly address: string;
  /** The last part of the address, such as `aws`. */
  readonly name: string;
  readonly provider: Schema;
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
  readonly ephemeral_resource_schemas: Schemas;
}

const DIRECTORY = join(__dirname, "schemas");

/** Every provider with schema data: each file is an answer of `terraform providers schema -json`. */
export const PROVIDERS: ProviderSchema[] = readdirSync(DIRECTORY)
  .map((file) => JSON.parse(readFileSync(join(DIRECTORY, file), "utf8")).provider_schemas)
  .flatMap((schemas: Record<string, Partial<ProviderSchema>>) => Object.entries(schemas))
  .map(([address, schemas]) => ({
    provider: { version: 0, block: {} },
    resource_schemas: {},
    data_source_schemas: {},
    ephemeral_resource_schemas: {},
    ...schemas,
    address,
    name: address.slice(address.lastIndexOf("/") + 1),
  }));

export function planFacts(address: string, type: string): PlanFacts {
  const all: Record<string, Record<string, PlanFacts>> = facts;
  return all[address]?.[type] ?? { forceNew: [], defaults: {}, recompute: [] };
}

/** Nested blocks, and attributes with a shape of their own. */
export function nestedShapes(shape: Shape): { name: string; inner: Shape; nesting: string }[] {
  return [
    ...Object.entries(shape.attributes ?? {}).flatMap(([name, { nested_type: inner }]) =>
      inner ? { name, inner, nesting: inner.nesting_mode } : [],
    ),
    ...Object.entries(shape.block_types ?? {}).map(([name, { block, nesting_mode }]) => ({
      name,
      inner: block,
      nesting: nesting_mode,
    })),
  ];
}

/** What is given, with everything else that the shape has: attributes null, lists of blocks empty. */
export function complete(shape: Shape, given: Values): Values {
  const whole: Values = {};
  for (const name of Object.keys(shape.attributes ?? {})) whole[name] = given[name] ?? null;
  for (const [name, { nesting_mode }] of Object.entries(shape.block_types ?? {})) {
    whole[name] = given[name] ?? (nesting_mode === "single" ? null : []);
  }
  return whole;
}

/** A state of another version: what the shape has of it, everything else null. */
export function conform(shape: Shape, state: Values): Values {
  const whole = complete(shape, state);
  for (const { name, inner } of nestedShapes(shape)) {
    whole[name] = mapObjects(whole[name] ?? null, null, (object) => conform(inner, object));
  }
  return whole;
}

/** The answer to `GetProviderSchema`. */
export function schemaMessage(schema: ProviderSchema) {
  return {
    provider: message(schema.provider),
    resource_schemas: messages(schema.resource_schemas),
    data_source_schemas: messages(schema.data_source_schemas),
    ephemeral_resource_schemas: messages(schema.ephemeral_resource_schemas),
    server_capabilities: { get_provider_schema_optional: true },
  };
}

const messages = (schemas: Schemas) =>
  Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, message(schema)]));

const message = ({ version, block }: Schema) => ({ version, block: blockMessage(block) });

function blockMessage(shape: Shape): object {
  return {
    attributes: attributeMessages(shape),
    block_types: Object.entries(shape.block_types ?? {}).map(([type_name, nested]) => ({
      ...nested,
      type_name,
      block: blockMessage(nested.block),
      nesting: NESTINGS.indexOf(nested.nesting_mode),
    })),
  };
}

function attributeMessages(shape: Shape): object[] {
  return Object.entries(shape.attributes ?? {}).map(([name, { type, nested_type, ...flags }]) => ({
    ...flags,
    name,
    type: type && Buffer.from(JSON.stringify(type)),
    nested_type: nested_type && {
      attributes: attributeMessages(nested_type),
      nesting: NESTINGS.indexOf(nested_type.nesting_mode),
    },
  }));
}
