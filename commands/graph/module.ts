import { type Part, parseTemplate, type Sequence, type TemplatePart } from "cdktf-hcl";

/** A synthesized stack, as CDKTF writes it to `cdk.tf.json`. */
export interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** What the module creates, such as `aws_iam_role.db_access_role`, or the cluster that it finds. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
}

/**
 * Reads a synthesized module as a person would: locals are followed, a variable stands as
 * `<its name>`, what only an apply can know as `<attribute>`. References to resources are kept, as
 * `«address.attribute»`, so that policies can be told what they are about.
 */
export class SynthesizedModule {
  readonly resources: readonly Resource[];

  constructor(private readonly json: Synthesized) {
    const found = Object.entries(json.data ?? {}).filter(
      ([type]) => type === cluster && !json.resource?.[cluster],
    );
    const blocks = [
      ...Object.entries(json.resource ?? {}).map((ofType) => ["", ...ofType] as const),
      ...found.map((ofType) => ["data.", ...ofType] as const),
    ];
    this.resources = blocks.flatMap(([prefix, type, byName]) =>
      Object.entries(byName).map(([name, attributes]) => ({
        address: `${prefix}${type}.${name}`,
        type,
        attributes,
      })),
    );
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** Whether a variable may be left out for good: its default is null. */
  isOptional(variable: string): boolean {
    return this.json.variable?.[variable]?.default === null;
  }

  /** The attribute's value, references kept; of several objects, the first one's, where it is known. */
  value({ attributes }: Resource, name: string): unknown {
    if (!/^\$\{\s*each\.value\s*\}$/.test(String(attributes[name])))
      return this.evaluate(attributes[name]);
    const each = this.evaluate(attributes.for_each);
    return (isObject(each) ? Object.values(each)[0] : undefined) ?? `<${name}>`;
  }

  /** The attribute as text for people. */
  text(resource: Resource, name: string): string {
    return this.display(String(this.value(resource, name) ?? ""));
  }

  /** The addresses that a value refers to. */
  references(value: unknown): string[] {
    return [...JSON.stringify(value ?? "").matchAll(/«((?:data\.)?[\w-]+\.[\w-]+)\.[^»]*»/g)].map(
      ([, address = ""]) => address,
    );
  }

  /** Text without references: the attribute, where the module says it, or its name. */
  display(text: string): string {
    return text.replace(
      /«((?:data\.)?[\w-]+\.[\w-]+)\.([^»]*)»/g,
      (_reference, address: string, name: string) => {
        const resource = this.resources.find((one) => one.address === address);
        const known = resource && resource.attributes[name] !== undefined;
        return known ? this.text(resource, name) : `<${name}>`;
      },
    );
  }

  private evaluate(value: unknown, scope: Scope = {}): unknown {
    if (typeof value === "string") return this.template(parseTemplate(value), scope);
    if (Array.isArray(value)) return value.map((item) => this.evaluate(item, scope));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.evaluate(inner, scope)]),
    );
  }

  private template(parts: readonly TemplatePart[], scope: Scope): unknown {
    const values = parts.map((part) =>
      typeof part === "string" ? part : this.expression(part.inner, scope),
    );
    return values.length === 1 ? values[0] : values.map(String).join("");
  }

  private expression(sequence: Sequence, scope: Scope): unknown {
    const [first, second] = sequence;
    if (!first) return "";
    if (sequence.length === 1) return this.part(first, scope);
    const [asks, otherwise] = ["?", ":"].map((sign) =>
      sequence.findIndex((part) => wordOf(part) === sign),
    );
    // A choice is drawn as it is by default: what the module says first.
    if (asks !== undefined && asks > 0) {
      return this.expression(sequence.slice(asks + 1, otherwise), scope);
    }
    if (first.kind === "name" && second?.kind === "group" && second.opens === "(") {
      const given = second.items.map((item) => this.expression(item, scope));
      if (first.text === "join") return this.joined(given);
      return functions[first.text]?.(given) ?? `<${first.text}>`;
    }
    return this.reference(sequence.map(wordOf).join(""));
  }

  /** A name is drawn without the words that it has not by default. */
  private joined([separator, list]: readonly unknown[]): string {
    const isUsual = (word: unknown) => {
      const [, variable] = /^<(\w+)>$/.exec(String(word)) ?? [];
      return variable === undefined || !this.isOptional(variable);
    };
    return [list].flat().filter(isUsual).join(String(separator));
  }

  private part(part: Part, scope: Scope): unknown {
    if (part.kind === "template") return this.template(part.parts, scope);
    if (part.kind !== "group") return scope[part.text] ?? part.text;
    if (part.opens !== "{") return part.items.map((item) => this.expression(item, scope));
    if (part.isFor) return this.firstTurn(part.items[0]?.value ?? [], scope);
    return Object.fromEntries(
      part.items.map(({ key = [], value }) => [
        String(this.expression(key, scope)),
        this.expression(value, scope),
      ]),
    );
  }

  /** `for name in list : key => value` is drawn as the result of its first turn. */
  private firstTurn(sequence: Sequence, scope: Scope): unknown {
    const at = (sign: string) => sequence.findIndex((part) => wordOf(part) === sign);
    const [name, list] = [sequence[1], this.expression(sequence.slice(3, at(":")), scope)];
    if (name?.kind !== "name" || !Array.isArray(list)) return {};
    const turn = { ...scope, [name.text]: list[0] };
    const key = this.expression(sequence.slice(at(":") + 1, at("=>")), turn);
    return { [String(key)]: this.expression(sequence.slice(at("=>") + 1), turn) };
  }

  /** A data source is looked up by what it then tells, or by something else. */
  private lookedUp(type: string, path: readonly string[]): unknown {
    const [name = "", attribute = ""] = path;
    const given =
      type === "aws_partition" ? partition[attribute] : this.json.data?.[type]?.[name]?.[attribute];
    return given === undefined ? `<${attribute}>` : this.evaluate(given);
  }

  private reference(path: string): unknown {
    const [root = "", name = "", ...rest] = path.split(".");
    if (root === "var") return `<${name}>`;
    if (root === "local") return this.evaluate(this.json.locals?.[name]);
    if (root === "path") return ".";
    if (root === "data" && name !== cluster) return this.lookedUp(name, rest);
    return `«${path}»`;
  }
}

/** The one data source that is drawn: the cluster, where the module does not make it. */
const cluster = "aws_rds_cluster";

/** What most people's partition says of itself. */
const partition: Readonly<Record<string, string>> = {
  partition: "aws",
  dns_suffix: "amazonaws.com",
};

type Scope = Readonly<Record<string, unknown>>;

/** Which of several it is, in brackets, is left out. */
const wordOf = (part: Part) => ("text" in part ? part.text : "");

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** What a module's policies are written with. */
const functions: Readonly<Record<string, (given: unknown[]) => unknown>> = {
  jsonencode: ([value]) => value,
  merge: (given) => Object.assign({}, ...given.filter(isObject)),
  concat: (given) => given.flat(),
  compact: ([list]) => list,
  distinct: ([list]) => list,
  // The first that is not null: the last one is what the module says by itself.
  coalesce: (given) => given.at(-1),
  replace: ([text, part, other]) => String(text).replaceAll(String(part), String(other)),
  basename: ([path]) => String(path).split("/").at(-1),
};
