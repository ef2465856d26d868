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
 * What is known of the providers' types: of some as their schemas tell it, of others from the block
 * indexes that come with the package.
 */
export type Knowledge = (
  kind: Kind,
  type: string,
  provider: Requirement | undefined,
) => Shape | undefined;

/** What a module says of a provider in `required_providers`. */
export interface Requirement {
  /** Such as `hashicorp/aws`. */
  readonly source?: string;
  /** Such as `~> 5.0`. */
  readonly version?: string;
}

/** What may stand in a block: `undefined` for a name of which nothing is known. */
export type Shape = (name: string) => Named | undefined;

export type Named =
  | { readonly is: "attribute" }
  | { readonly is: "block"; readonly labels: 0 | 1; readonly shape: Shape }
  /** An attribute that holds a list or set of objects: these may be written as blocks. */
  | { readonly is: "attribute as blocks"; readonly shape: Shape };

/** What these schemas tell, the first first. */
export function knownFrom(all: readonly ProviderSchemas[]): Knowledge {
  return (kind, type, requirement) => {
    const providers = all.flatMap(({ provider_schemas = {} }) => Object.entries(provider_schemas));
    const required = providers.filter(([address]) => isAddressOf(address, requirement));
    for (const [address, provider] of required.length > 0 ? required : providers) {
      const found =
        kind === "provider"
          ? (required.length > 0 || address.endsWith(`/${type}`)) && provider.provider
          : provider[SCHEMAS_OF[kind]]?.[type];
      if (found) return blockShape(found.block);
    }
    return undefined;
  };
}

/** Whether `registry.terraform.io/hashicorp/aws` is what a module calls `hashicorp/aws` or `aws`. */
export function isAddressOf(address: string, requirement: Requirement | undefined): boolean {
  const { source } = requirement ?? {};
  return source !== undefined && (address === source || address.endsWith(`/${source}`));
}

function blockShape({ attributes = {}, block_types = {} }: BlockSchema): Shape {
  return (name) => {
    const nested = block_types[name];
    if (nested) {
      const labels = nested.nesting_mode === "map" ? 1 : 0;
      return { is: "block", labels, shape: blockShape(nested.block) };
    }
    const attribute = attributes[name];
    return attribute && attributeOf(attribute.type);
  };
}

/** `["list", ["object", { … }]]` and sets of objects may be written as blocks; all else may not. */
export function attributeOf(type: unknown): Named {
  if (!Array.isArray(type) || !(type[0] === "list" || type[0] === "set")) {
    return { is: "attribute" };
  }
  const element: unknown = type[1];
  if (!Array.isArray(element) || element[0] !== "object") return { is: "attribute" };
  const attributes = element[1] as Readonly<Record<string, unknown>>;
  return {
    is: "attribute as blocks",
    shape: (name) => (name in attributes ? attributeOf(attributes[name]) : undefined),
  };
}

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
 * @param remedy how to pass schemas, for messages
 */
export function providerBody(
  kind: Kind,
  type: string,
  element: TerraformElement | undefined,
  known: () => Shape | undefined,
  remedy: string,
): ProviderBody {
  if (BUILT_IN.has(type)) return () => argument;
  const subject: Subject = {
    name: kind === "provider" ? `provider ${type}` : `${kind} type ${type}`,
    remedy,
  };
  const binding = element && bindingOf(element);
  let shape: { readonly found: Shape | undefined } | undefined;
  return (name, value, isGenerated) => {
    // A schema is looked for only when a value could be either.
    if (isCertainlyArgument(value)) return argument;
    shape ??= { found: known() };
    return rule(subject, shape.found, binding, name, value, isGenerated);
  };
}

/** What a problem is about, and how to pass the schema that solves it. */
interface Subject {
  readonly name: string;
  readonly remedy: string;
}

/** Blocks are objects or lists of objects in JSON; nothing else can be one. */
function isCertainlyArgument(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && !value.some(isPlainObject);
  return !isPlainObject(value);
}

function rule(
  subject: Subject,
  shape: Shape | undefined,
  binding: Binding | undefined,
  name: string,
  value: unknown,
  isGenerated = false,
): Rule | string {
  const declared = binding?.attributes()[name];
  const named = shape?.(name);
  if (named?.is === "block") {
    const inner = binding && { ...binding, attributes: () => declared?.inner ?? {} };
    return blockRule(subject, named.shape, inner, named.labels);
  }
  if (named?.is === "attribute as blocks") {
    const inside = named.shape;
    return {
      is: "attribute as blocks",
      body: nestedBlock((name, value, isGenerated) =>
        rule(subject, inside, undefined, name, value, isGenerated),
      ),
    };
  }
  if (named || isCertainlyArgument(value) || declared?.isBlock === false) return argument;
  const isEmptyList = Array.isArray(value) && value.length === 0;
  if (declared && binding && PROTOCOL_5_PROVIDERS.has(binding.provider) && !isEmptyList) {
    return blockRule(subject, undefined, { ...binding, attributes: () => declared.inner }, 0);
  }
  if (isGenerated) return blockRule(subject, undefined, undefined, 0);
  return shape
    ? `is not in the schema of ${subject.name}, so there is no telling whether it is a block or an attribute. Pass the schema of the provider version in use: ${subject.remedy}`
    : `is a block or an attribute, and no schema of ${subject.name} is known to tell. Pass what "terraform providers schema -json" prints: ${subject.remedy}`;
}

function blockRule(
  subject: Subject,
  shape: Shape | undefined,
  binding: Binding | undefined,
  labels: number,
): Rule {
  const body: ProviderBody = (name, value, isGenerated) =>
    rule(subject, shape, binding, name, value, isGenerated);
  return { is: "block", labels, body: () => nestedBlock(body) };
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
