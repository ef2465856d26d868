import { closest } from "fastest-levenshtein";
import { z } from "zod";
import type { Variable } from "../../variables/variable";

/** A variable as a module declares it. */
export interface Declared {
  readonly type?: string;
  /** Absent where the variable must be given. */
  readonly default?: unknown;
  readonly sensitive?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly validation?: readonly { readonly condition: string; readonly error_message: string }[];
}

export type Declarations = Readonly<Record<string, Declared>>;

/** The same of variables that no module has declared yet. */
export function declarationsOf(variables: Readonly<Record<string, Variable>>): Declarations {
  return Object.fromEntries(
    Object.entries(variables).map(([name, { validation: _, ...variable }]) => [
      name,
      { ...variable, nullable: variable.default === null },
    ]),
  );
}

/** The variables that a module's JSON declares, in their order. */
export function variablesOf(json: Readonly<Record<string, unknown>>): Declarations {
  return (json.variable ?? {}) as Declarations;
}

/** What YAML must give for a variable of this type; anything for types that no module of ours has. */
function shapeOf(type: string): z.ZodType {
  const [, collection, element = ""] = /^(list|set|map)\((.*)\)$/.exec(type) ?? [];
  if (collection === "map") return z.record(z.string(), shapeOf(element));
  if (collection) return z.array(shapeOf(element));
  switch (type) {
    case "string":
      return z.string();
    case "number":
      return z.number();
    case "bool":
      return z.boolean();
    default:
      return z.unknown();
  }
}

/**
 * What is wrong with a value: a sentence that begins with the variable's name; undefined where nothing
 * is, as far as can be told without Terraform, which checks the variable's conditions.
 */
export function problemOf(
  name: string,
  value: unknown,
  declared: Declarations,
): string | undefined {
  const variable = declared[name];
  if (!variable) {
    return `${name} is no variable of this module; did you mean ${closest(name, Object.keys(declared))}?`;
  }
  const { type = "any", sensitive, nullable = true } = variable;
  if (sensitive) {
    return `${name} is a secret, and this file is no place for one: leave it out, and set TF_VAR_${name} where Terraform runs.`;
  }
  if (value === null) {
    return nullable
      ? undefined
      : `${name} is null. Leave it out for its default, or give a ${type}.`;
  }
  if (shapeOf(type).safeParse(value).success) return undefined;
  const hint = type === "string" ? ", in quotes" : "";
  return `${name} is ${JSON.stringify(value)}. It must be a ${type}${hint}.`;
}

/** The schema of a variable's value, for editors. */
export function schemaOf({ type = "any", description, nullable = true }: Declared): z.ZodType {
  const value = shapeOf(type);
  return (nullable ? value.nullable() : value).meta({ ...(description && { description }) });
}
