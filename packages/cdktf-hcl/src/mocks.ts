import type { Plan } from "./comparison";
import type { ProviderSchemas } from "./schema";
import { isPlainObject } from "./value";

type Json = Readonly<Record<string, unknown>>;

/** Files beside a module with which `terraform test` evaluates it without any provider's answer. */
export interface Mocks {
  readonly files: Readonly<Record<string, string>>;
  /** What the outputs that the files add show, by their names. */
  readonly shown: ReadonlyMap<string, string>;
}

/** The file for `terraform test`. */
export const TEST = "verify.tftest.json";

/**
 * Mocks of all providers, which have the real schemas and ask nobody: what a provider would say is
 * made up, the same whenever it is asked.
 *
 * @param plan its configuration is that of the module
 * @param text the stack's JSON, in which the outputs of other stacks are that it reads
 * @param isKnown whether what only an apply knows is made up as well; else it is unknown, as in a plan
 * @see https://developer.hashicorp.com/terraform/language/tests/mocking
 */
export function mocksOf(
  plan: Plan,
  text: string,
  { provider_schemas = {} }: ProviderSchemas,
  isKnown: boolean,
): Mocks {
  const { provider_config = {}, root_module = {} } = plan.configuration as {
    readonly provider_config?: Readonly<Record<string, Configured>>;
    readonly root_module?: Module;
  };
  const used = usedIn(root_module);
  const providers = Object.values(provider_config).filter(
    ({ module_address, full_name }) => module_address === undefined && full_name !== BUILT_IN,
  );
  const mock = ({ alias, full_name }: Configured) => {
    const { resource_schemas = {}, data_source_schemas = {} } = provider_schemas[full_name] ?? {};
    // In JSON, Terraform takes nothing below a type of block for a mistake.
    const defaults = (kind: string, types: ReadonlySet<string>, schemas: Json) => {
      const known = [...types].filter((type) => type in schemas);
      const entries = known.map((type) => [
        type,
        { defaults: madeUp((schemas[type] as { block: Block }).block) },
      ]);
      return entries.length > 0 && { [kind]: Object.fromEntries(entries) };
    };
    return {
      ...(alias !== undefined && { alias }),
      ...(isKnown && {
        override_during: "plan",
        ...defaults("mock_resource", used.managed, resource_schemas),
      }),
      ...defaults("mock_data", used.data, data_source_schemas),
    };
  };
  const names = new Set(providers.map(({ name }) => name));
  const data = (root_module.resources ?? []).filter(({ mode }) => mode === "data");
  const test = {
    ...(names.size > 0 && {
      mock_provider: Object.fromEntries(
        [...names].map((name) => [name, providers.filter((one) => one.name === name).map(mock)]),
      ),
    }),
    override_data: data
      .filter(({ type }) => type === "terraform_remote_state")
      .map(({ address, name }) => ({ target: address, values: { outputs: read(text, name) } })),
    run: { evaluation: { command: "plan" } },
  };
  const shown = new Map(
    data.map(({ address, type, name }) => [`verify_${type}_${name}`, address] as const),
  );
  const output = Object.fromEntries(
    [...shown].map(([name, address]) => [name, { value: `\${${address}}`, sensitive: true }]),
  );
  return {
    files: {
      [TEST]: JSON.stringify(test),
      ...(shown.size > 0 && { "verify_data.tf.json": JSON.stringify({ output }) }),
    },
    shown,
  };
}

/** Whether the module has providers that can be mocked. */
export function hasProviders({ configuration }: Plan): boolean {
  const { provider_config = {} } = configuration as {
    readonly provider_config?: Readonly<Record<string, Configured>>;
  };
  return Object.values(provider_config).some(({ full_name }) => full_name !== BUILT_IN);
}

/** It needs neither credentials nor a network. */
const BUILT_IN = "terraform.io/builtin/terraform";

interface Configured {
  readonly name: string;
  readonly full_name: string;
  readonly alias?: string;
  readonly module_address?: string;
}

interface Module {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: Module }>>;
}

/** The types of resources and data sources, those in modules too. */
function usedIn(module: Module): { managed: Set<string>; data: Set<string> } {
  const used = { managed: new Set<string>(), data: new Set<string>() };
  const visit = ({ resources = [], module_calls = {} }: Module): void => {
    for (const { mode, type } of resources) (mode === "data" ? used.data : used.managed).add(type);
    for (const { module: inner } of Object.values(module_calls)) if (inner) visit(inner);
  };
  visit(module);
  return used;
}

/** Text for each output of another stack that the JSON reads. */
function read(text: string, name: string): Record<string, string> {
  const outputs = text.matchAll(
    new RegExp(`terraform_remote_state\\.${name}\\.outputs\\.([\\w-]+)`, "g"),
  );
  return Object.fromEntries([...outputs].map(([, output = ""]) => [output, output]));
}

interface Block {
  readonly attributes?: Readonly<
    Record<string, { readonly type?: unknown; readonly computed?: boolean }>
  >;
}

/** A value for each attribute that the provider computes, of a form that most validations accept. */
function madeUp({ attributes = {} }: Block): Json {
  const computed = Object.entries(attributes).filter(([, { computed }]) => computed);
  const values = computed.map(([name, { type }]) => [name, made(name, type)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** @returns undefined where Terraform's own mocks are always the same: 0, false, nothing in it */
function made(name: string, type: unknown): unknown {
  if (type === "string") {
    if (/(?:^|_)arn$/.test(name)) return `arn:aws:iam::123456789012:role/${name}`;
    if (/(?:^|_)(?:json|policy)$/.test(name)) return "{}";
    return /cidr_block$/.test(name) ? "10.0.0.0/16" : name;
  }
  const [collection, element] = Array.isArray(type) ? type : [];
  if (collection === "object" && isPlainObject(element)) {
    const entries = Object.entries(element).map(([key, inner]) => [key, made(key, inner)]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  // Expressions take single elements of lists: of zones, of subnets.
  const isTexts = (collection === "list" || collection === "set") && element === "string";
  return isTexts ? [1, 2, 3].map((number) => `${name}-${number}`) : undefined;
}
