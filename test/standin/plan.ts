import { isDeepStrictEqual } from "node:util";
import {
  complete,
  nestedShapes,
  type PlanFacts,
  type Schema,
  type Shape,
  type Type,
} from "./schema";
import { mapObjects, UNKNOWN, type Value, type Values } from "./values";

/**
 * What the provider plans for one object.
 *
 * @param config - as written
 * @param proposed - the configuration, with prior values where it is silent
 * @param prior - null when the object does not exist yet
 */
export function plan(
  { block }: Schema,
  facts: PlanFacts,
  config: Values,
  proposed: Values,
  prior: Values | null,
): Values {
  const planned = planObject(block, proposed, prior);
  for (const [name, value] of Object.entries(facts.defaults)) {
    if (config[name] === null) planned[name] = value;
  }
  if (prior && !isDeepStrictEqual(planned, prior)) {
    for (const name of facts.recompute) if (config[name] === null) planned[name] = UNKNOWN;
  }
  return planned;
}

/**
 * Whether plans need `legacy_type_system`: a default where the schema says optional, not computed,
 * is something that only providers on the old SDK may plan.
 */
export function isLegacy({ block }: Schema, facts: PlanFacts): boolean {
  return Object.keys(facts.defaults).some((name) => !block.attributes?.[name]?.computed);
}

/** Unknown where the provider computes, null where a value is write-only, else as proposed. */
export function planObject(shape: Shape, proposed: Values, prior: Values | null): Values {
  const planned = { ...proposed };
  for (const [name, { computed, write_only }] of Object.entries(shape.attributes ?? {})) {
    if (write_only) planned[name] = null;
    // For attributes inside attributes Terraform proposes null although there is a prior value.
    else if (computed) planned[name] ??= prior ? (prior[name] ?? null) : UNKNOWN;
  }
  for (const { name, inner, nesting } of nestedShapes(shape)) {
    // Which element of a set an element was before, Terraform found out already.
    const beside = nesting === "set" ? null : prior?.[name];
    planned[name] = mapObjects(planned[name] ?? null, beside, (object, before) =>
      planObject(inner, object, before),
    );
  }
  return planned;
}

/** What is planned for an object that does not exist yet and of which only this much is known. */
export function planNew(shape: Shape, given: Values): Values {
  return planObject(shape, complete(shape, given), null);
}

/**
 * The planned object with every unknown known: as in the answer, else made up.
 *
 * @param invent - makes up the text of an attribute by its name
 */
export function fill(
  shape: Shape,
  planned: Values,
  answer: Partial<Values>,
  invent: (attribute: string) => string,
): Values {
  const filled = { ...planned };
  for (const [name, { type, nested_type }] of Object.entries(shape.attributes ?? {})) {
    if (planned[name] !== UNKNOWN) continue;
    const { [name]: given = type ? invented(type, name, invent) : null } = answer;
    filled[name] = nested_type
      ? mapObjects(given, null, (object) => planNew(nested_type, object))
      : given;
  }
  for (const { name, inner } of nestedShapes(shape)) {
    filled[name] = mapObjects(filled[name] ?? null, answer[name], (object, given) =>
      fill(inner, object, given ?? {}, invent),
    );
  }
  return filled;
}

function invented(type: Type, name: string, invent: (attribute: string) => string): Value {
  if (type === "string") return invent(name);
  if (type === "number") return 0;
  if (typeof type === "string") return false;
  const [kind, inner] = type;
  if (kind === "map") return {};
  if (kind !== "object") return [];
  return Object.fromEntries(
    Object.entries(inner).map(([key, keyType]) => [key, invented(keyType, key, invent)]),
  );
}
