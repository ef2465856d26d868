import type { TerraformElement } from "cdktf";
import { argument, type Rule } from "./body";
import { nestedBlock, type ProviderBody } from "./language";
import { isPlainObject } from "./value";

/**
 * What `terraform providers schema -json` prints, as far as it is read here.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export interface ProviderSchemas {
  readonly provider_schemas?: Readonly<
    Record<
      string,
      {
        readonly provider?: TypeSchema;
        readonly resource_schemas?: Readonly<Record<string, TypeSchema>>;
        readonly data_source_schemas?: Readonly<Record<string, TypeSchema>>;
        readonly ephemeral_resource_schemas?: Readonly<Record<string, TypeSchema>>;
      }
    >
  >;
}

interface TypeSchema {
  readonly block: BlockSchema;
}

interface BlockSchema {
  readonly attributes?: Readonly<
    Record<string, { readonly type?: unknown; readonly nested_type?: unknown }>
  >;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: string; readonly block: BlockSchema }>
  >;
}

/** Where the types of a kind of block are found in a provider's schemas. */
const SCHEMAS_OF = {
  resource: "resource_schemas",
  data: "data_source_schemas",
  ephemeral: "ephemeral_resource_schemas",
} as const;

export type Kind = keyof typeof SCHEMAS_OF | "provider";

/**
 * Providers whose bindings can be believed where they say "block". Bindings say so of nested
 * attributes too, but providers that speak version 5 of the plugin protocol cannot have those:
 * nested attributes came with version 6. The AWS provider serves version 5.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
const PROTOCOL_5_PROVIDERS: ReadonlySet<string> = new Set(["aws"]);

/** Types that Terraform itself defines: they have arguments only. */
const BUILT_IN: ReadonlySet<string> = new Set(["terraform_data", "terraform_remote_state"]);

/**
 * What the provider says about the inside of a block: its schema where it is known, else what the
 * generated binding declares.
 *
 * @param type the resource type, or the local name of a provider
 * @param element the construct it comes from, if it comes from one
 */
export function providerBody(
  kind: Kind,
  type: string,
  element: TerraformElement | undefined,
  schemas: () => readonly ProviderSchemas[],
): ProviderBody {
  if (BUILT_IN.has(type)) return () => argument;
  const subject = kind === "provider" ? `provider ${type}` : `${kind} type ${type}`;
  const binding = element && bindingOf(element);
  let schema: { readonly block: BlockSchema | undefined } | undefined;
  return (name, value) => {
    // A schema is looked for only when a value could be either.
    if (isCertainlyArgument(value)) return argument;
    schema ??= { block: find(kind, type, schemas()) };
    return rule(subject, schema.block, binding, name, value);
  };
}

function find(
  kind: Kind,
  type: string,
  schemas: readonly ProviderSchemas[],
): BlockSchema | undefined {
  for (const { provider_schemas = {} } of schemas) {
    for (const [address, provider] of Object.entries(provider_schemas)) {
      const found =
        kind === "provider"
          ? address.endsWith(`/${type}`) && provider.provider
          : provider[SCHEMAS_OF[kind]]?.[type];
      if (found) return found.block;
    }
  }
  return undefined;
}

/** Blocks are objects or lists of objects in JSON; nothing else can be one. */
function isCertainlyArgument(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && !value.some(isPlainObject);
  return !isPlainObject(value);
}

function rule(
  subject: string,
  schema: BlockSchema | undefined,
  binding: Binding | undefined,
  name: string,
  value: unknown,
): Rule | string {
  const nested = schema?.block_types?.[name];
  const declared = binding?.attributes()[name];
  if (nested) {
    const inner = binding && { ...binding, attributes: () => declared?.inner ?? {} };
    return blockRule(subject, nested.block, inner, nested.nesting_mode === "map" ? 1 : 0);
  }
  const attribute = schema?.attributes?.[name];
  if (attribute) return attributeRule(subject, attribute.type);

  if (isCertainlyArgument(value) || declared?.isBlock === false) return argument;
  const isEmptyList = Array.isArray(value) && value.length === 0;
  if (declared && binding && PROTOCOL_5_PROVIDERS.has(binding.provider) && !isEmptyList) {
    return blockRule(subject, undefined, { ...binding, attributes: () => declared.inner }, 0);
  }
  return schema
    ? notInSchema(subject)
    : `is a block or an attribute, and no schema of ${subject} is known to tell. Pass what "terraform providers schema -json" prints: renderModule(stack, { schemas: [...] })`;
}

function blockRule(
  subject: string,
  schema: BlockSchema | undefined,
  binding: Binding | undefined,
  labels: number,
): Rule {
  const body: ProviderBody = (name, value) =>
    isCertainlyArgument(value) && !schema?.block_types?.[name] && !schema?.attributes?.[name]
      ? argument
      : rule(subject, schema, binding, name, value);
  return { is: "block", labels, body: () => nestedBlock(body) };
}

/** `["list", ["object", { … }]]` and sets of objects may be written as blocks; all else may not. */
function attributeRule(subject: string, type: unknown): Rule {
  if (!Array.isArray(type) || !(type[0] === "list" || type[0] === "set")) return argument;
  const element: unknown = type[1];
  if (!Array.isArray(element) || element[0] !== "object") return argument;
  const attributes = element[1] as Readonly<Record<string, unknown>>;
  return {
    is: "attribute as blocks",
    body: nestedBlock((name, value) => {
      if (name in attributes) return attributeRule(subject, attributes[name]);
      return isCertainlyArgument(value) ? argument : notInSchema(subject);
    }),
  };
}

function notInSchema(subject: string): string {
  return `is not in the schema of ${subject}, so there is no telling whether it is a block or an attribute. Pass the schema of the provider version in use: renderModule(stack, { schemas: [...] })`;
}

// --- What a generated binding declares ------------------------------------------------------------

interface Binding {
  readonly provider: string;
  readonly attributes: () => Declarations;
}

type Declarations = Readonly<Record<string, Declared>>;

interface Declared {
  readonly isBlock: boolean;
  readonly inner: Declarations;
}

/** The protected method in which generated bindings say of each attribute whether it is a block. */
interface GeneratedBinding {
  synthesizeHclAttributes(): unknown;
  readonly terraformGeneratorMetadata?: { readonly providerName: string };
}

/** What each class of generated bindings declares. */
const declared = new WeakMap<() => unknown, Declarations>();

function bindingOf(element: TerraformElement): Binding | undefined {
  const binding = element as unknown as Partial<GeneratedBinding>;
  const { synthesizeHclAttributes: method } = binding;
  if (!method) return undefined;
  return {
    provider: binding.terraformGeneratorMetadata?.providerName ?? "",
    attributes: () => declared.get(method) ?? declaredBy(method, element),
  };
}

function declaredBy(method: () => unknown, element: TerraformElement): Declarations {
  try {
    const all = declarations(method.call(EVERYTHING_SET));
    declared.set(method, all);
    return all;
  } catch {
    // Not generated: it does something else with an attribute than to pass it on.
    return declarations(method.call(element));
  }
}

/**
 * Stands for a binding of which every attribute is set, at any depth: a real one says nothing of
 * attributes that are not set, that only an override sets, or that are inside a token. It is a list
 * with itself as its only element, and itself again under every other name.
 */
const EVERYTHING_SET: unknown = new Proxy([undefined], {
  get: (list, name) => {
    if (typeof name === "symbol" || name === "length" || name === "map") {
      return Reflect.get(list, name);
    }
    // What has such a method is a token.
    return name === "resolve" ? undefined : EVERYTHING_SET;
  },
});

/** The declarations of several objects together. */
function declarations(...objects: unknown[]): Declarations {
  const isBlock = new Map<string, boolean>();
  const values = new Map<string, unknown[]>();
  for (const attributes of objects.filter(isPlainObject)) {
    for (const [name, attribute] of Object.entries(attributes)) {
      if (!isPlainObject(attribute) || typeof attribute.isBlock !== "boolean") continue;
      // Too deep for the generator, which then declares no block where the provider has one.
      if (attribute.storageClassType === "any") continue;
      isBlock.set(name, attribute.isBlock);
      values.set(name, [...(values.get(name) ?? []), attribute.value].flat());
    }
  }
  return Object.fromEntries(
    [...isBlock].map(([name, is]) => [
      name,
      { isBlock: is, inner: declarations(...(values.get(name) ?? [])) },
    ]),
  );
}
