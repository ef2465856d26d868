import { argument, type Body, block, literal, nullable, only, type Rule, source } from "./body";
import { inReadingOrder } from "./order";

/**
 * The blocks of Terraform's own language, version 1.11: which arguments they have, in the order
 * they are best read, and how JSON gives their values.
 *
 * @see https://developer.hashicorp.com/terraform/language
 */

/**
 * What the provider defines of a resource, data source or its own configuration.
 *
 * @param isGenerated whether a dynamic block makes it, which makes nothing but blocks
 */
export type ProviderBody = (name: string, value: unknown, isGenerated?: boolean) => Rule | string;

const condition = only({ condition: argument, error_message: argument });

const repetition = { count: argument, for_each: argument };

const lifecycle: Rule = block(
  only({
    create_before_destroy: literal,
    prevent_destroy: literal,
    ignore_changes: source,
    replace_triggered_by: source,
    precondition: block(condition),
    postcondition: block(condition),
  }),
);

const connection: Rule = block({ first: [], rest: () => argument });

const provisioner: Rule = {
  is: "block",
  labels: 1,
  body: () => ({
    first: [{ when: source, on_failure: source }],
    rest: () => argument,
    last: [{ connection }],
  }),
};

/** A resource, data source or ephemeral resource. */
export function resource(type: string, provider: ProviderBody): Body {
  return {
    first: [{ ...repetition, provider: source }],
    rest: withDynamic(provider),
    order: inReadingOrder,
    last: [{ connection, provisioner }, { depends_on: source }, { lifecycle }],
    isIdentity: (name) => isIdentity(type, name),
  };
}

/** `name`, `identifier`, and `function_name` in an `aws_lambda_function`. */
function isIdentity(type: string, name: string): boolean {
  const stem = /^(?:(.+)_)?(?:name|identifier)(?:_prefix)?$/.exec(name);
  return stem !== null && (stem[1] === undefined || `_${type}`.endsWith(`_${stem[1]}`));
}

export function providerConfiguration(provider: ProviderBody): Body {
  return {
    first: [{ alias: literal, version: literal }],
    rest: withDynamic(provider),
    order: inReadingOrder,
  };
}

/** The body of a nested block that the provider defines. */
export function nestedBlock(provider: ProviderBody): Body {
  return {
    first: [],
    rest: withDynamic(provider),
    order: inReadingOrder,
    // Not `parameter_name` as well: within a block, a prefix tells whose name is meant.
    isIdentity: (name) => isIdentity("", name),
  };
}

/** `dynamic` may stand wherever a provider's block may. */
function withDynamic(provider: ProviderBody): ProviderBody {
  const dynamic: Rule = {
    is: "block",
    labels: 1,
    body: ([type = ""]) => {
      // An empty object is a block if anything is: the rule does not depend on its content.
      const rule = provider(type, [{}], true);
      return {
        first: [{ for_each: argument, iterator: source, labels: argument }],
        rest: (name) => {
          if (name !== "content") return `is not an argument of a dynamic block`;
          if (typeof rule === "string") return `of "${type}" ${rule}`;
          if (rule.is === "block") return block(rule.body([]));
          if (rule.is === "attribute as blocks") return block(rule.body);
          return `cannot be written: ${type} is an attribute. Give it an expression, such as a for expression`;
        },
      };
    },
  };
  return (name, value) => (name === "dynamic" ? dynamic : provider(name, value));
}

export const moduleCall: Body = {
  first: [
    { source: literal, version: literal },
    { ...repetition, providers: source },
  ],
  rest: () => nullable("template"),
  last: [{ depends_on: source }],
};

export const variable: Body = only({
  description: literal,
  type: { is: "argument", reading: "type" },
  default: nullable("literal"),
  nullable: literal,
  sensitive: literal,
  ephemeral: literal,
  validation: block(condition),
});

export const output: Body = only({
  description: literal,
  value: nullable("template"),
  sensitive: literal,
  ephemeral: literal,
  depends_on: source,
  precondition: block(condition),
});

export const local: Rule = nullable("template");

/** The nested blocks of backends, which publish no schema: all else of theirs is an argument. */
const BACKEND_BLOCKS: Readonly<Record<string, string>> = {
  remote: "workspaces",
  kubernetes: "exec",
  oss: "assume_role",
};

const backend: Rule = {
  is: "block",
  labels: 1,
  body: ([type = ""]) => ({
    first: [],
    rest: (name) =>
      name === BACKEND_BLOCKS[type] ? block({ first: [], rest: () => literal }) : literal,
  }),
};

export const terraform: Body = only({
  required_version: literal,
  experiments: source,
  required_providers: block({
    first: [],
    rest: () => ({ is: "argument", reading: "requirement" }),
    isDense: true,
  }),
  backend,
  cloud: block({
    first: [{ organization: literal, hostname: literal, token: literal }],
    last: [{ workspaces: block(only({ name: literal, tags: literal, project: literal })) }],
  }),
  provider_meta: { is: "block", labels: 1, body: () => ({ first: [], rest: () => argument }) },
});

export const moved: Body = only({ from: source, to: source });

export const imported: Body = only({
  for_each: argument,
  to: source,
  id: argument,
  identity: argument,
  provider: source,
});

export const removed: Body = only({
  from: source,
  connection,
  provisioner,
  lifecycle: block(only({ destroy: literal })),
});

export function check(data: Extract<Rule, { is: "block" }>["body"]): Body {
  return only({
    data: { is: "block", labels: 2, body: data },
    assert: block(condition),
  });
}
