import { isDeepStrictEqual } from "node:util";
import { isPlainObject, show } from "./value";

/** What Terraform makes otherwise of the HCL than of the JSON, a line each. */
export type Differences = readonly string[];

type Json = Readonly<Record<string, unknown>>;

/** What `terraform show -json` prints of a plan, or `terraform test -json -verbose` of a run. */
export type Plan = Json;

/** Where blocks are in the HCL, by the address that they have in the JSON. */
export type Moves = ReadonlyMap<string, string>;

/**
 * What would be done, by address: resources, outputs, data sources, checks.
 *
 * @param moves resources and modules that have other addresses in the HCL
 */
export function plannedDifferences(json: Plan, hcl: Plan, moves: Moves): Differences {
  const parts = ["resource_changes", "output_changes", "prior_state", "checks"] as const;
  return parts.flatMap((part) => {
    const expected = byAddress(json[part], (address) => movedAddress(address, moves));
    const actual = byAddress(hcl[part], (address) => address);
    return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((address) => {
      const [one, other] = [expected.get(address), actual.get(address)];
      if (other === undefined) return `${address} comes from the JSON alone`;
      return one === undefined
        ? `${address} comes from the HCL alone`
        : compare(address, one, other);
    });
  });
}

/** The address in the HCL of a resource, or of one in a module. */
function movedAddress(address: string, moves: Moves): string {
  const whole = moves.get(address);
  if (whole !== undefined) return whole;
  for (const [from, to] of moves) {
    if (address.startsWith(`${from}.`) || address.startsWith(`${from}[`)) {
      return to + address.slice(from.length);
    }
  }
  return address;
}

function byAddress(part: unknown, named: (address: string) => string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const add = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) add(item);
    if (!isPlainObject(value)) return;
    const { address, type } = value;
    if (typeof address === "string" && type !== undefined) {
      const { mode, provider_name, change, values } = value;
      // Where a state lies depends on where the module lies.
      const { config: _, ...read } = isPlainObject(values) ? values : {};
      const others = type === "terraform_remote_state" ? read : values;
      found.set(named(address), { mode, type, provider_name, change, values: others });
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      if (["values", "root_module", "resources", "child_modules"].includes(name)) add(item);
      else if (name === "outputs" || (isPlainObject(item) && "actions" in item)) {
        found.set(name, item);
      }
    }
  };
  if (Array.isArray(part) && part.some((item) => isPlainObject(item) && "status" in item)) {
    found.set("checks", part);
  } else add(part);
  return found;
}

/**
 * The configurations that Terraform has read: arguments, references, dependencies, provisioners, and
 * what is told to providers and modules. Of an argument with references, the text around them is not
 * in there.
 */
export function configuredDifferences(json: Plan, hcl: Plan): Differences {
  return compare("", configured(json.configuration), configured(hcl.configuration));
}

/** Of an expression that JSON has as a template, Terraform shows the text and not the value. */
const UNREAD = "a template, which Terraform shows as text";

/** Resources by address, references in any order; nothing is what null is. */
export function configured(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(configured);
  if (!isPlainObject(value)) return value;
  if (Array.isArray(value.resources)) {
    const byAddress = value.resources.map((resource) => [resource.address, resource]);
    return configured({ ...value, resources: Object.fromEntries(byAddress) });
  }
  if (/[$%]\{/.test(String(value.constant_value))) {
    return "references" in value ? configured({ references: value.references }) : UNREAD;
  }
  // Where a state lies depends on where the module lies.
  const isState = value.type === "terraform_remote_state" && isPlainObject(value.expressions);
  const { config: _, ...expressions } = isState ? (value.expressions as Json) : {};
  const entries = Object.entries(isState ? { ...value, expressions } : value)
    .filter(([name]) => !(name === "constant_value" && "references" in value))
    .map(([name, inner]): [string, unknown] => [
      name,
      name === "references" ? [...new Set(inner as string[])].sort() : configured(inner),
    ])
    .filter(
      ([, inner]) =>
        inner !== null &&
        !(isPlainObject(inner) && Object.keys(inner).length === 0) &&
        !isDeepStrictEqual(inner, { constant_value: null }),
    );
  return Object.fromEntries(entries);
}

/** A line for each value that differs. */
export function compare(path: string, expected: unknown, actual: unknown): string[] {
  if (expected === UNREAD) return [];
  const both = [expected, actual];
  const isInner = (value: unknown) => isPlainObject(value) || Array.isArray(value);
  // What is empty on one side may hold templates alone on the other.
  if (both.some(isInner) && both.every((value) => isInner(value) || value === undefined)) {
    const [one = {}, other = {}] = both as [Json?, Json?];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
      compare(path === "" ? name : `${path}.${name}`, one[name], other[name]),
    );
  }
  if (isDeepStrictEqual(expected, actual)) return [];
  const shown = (value: unknown) => (value === undefined ? "nothing" : show(value));
  return [`${path} is ${shown(expected)} by the JSON and ${shown(actual)} by the HCL`];
}
