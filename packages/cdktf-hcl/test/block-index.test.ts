import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BlockIndex, bundledIndexes, knownFromIndexes, mayBeMajor } from "../src/block-index";
import type { Shape } from "../src/schema";
import { indexOfSchema } from "./block-indexes";

const ACME = "registry.terraform.io/acme/acme";

/** As `terraform providers schema -json` has it. */
const thing = {
  block: {
    attributes: {
      name: { type: "string", required: true },
      tags: { type: ["map", "string"], optional: true },
      nothing_to_set: { type: ["map", "string"], computed: true },
      options: { nested_type: { attributes: {}, nesting_mode: "single" }, optional: true },
      rules: {
        type: ["set", ["object", { ports: ["list", "number"], name: "string" }]],
        optional: true,
      },
    },
    block_types: {
      timeouts: { nesting_mode: "single", block: { attributes: { create: { type: "string" } } } },
      labelled: { nesting_mode: "map", block: {} },
    },
  },
};

const index = indexOfSchema(ACME, "2.1.0", {
  provider: { block: {} },
  resource_schemas: { acme_thing: thing, acme_other: thing },
});

const indexed = { provider: ACME, version: "2.1.0", read: () => index };

/** What is known of a name, without what is inside. */
const kinds = (shape: Shape | undefined, ...names: string[]) =>
  names.map((name) => shape?.(name)?.is ?? "unknown");

test("an index has the names for which JSON does not tell, and equal shapes once", () => {
  expect(index).toEqual({
    provider: ACME,
    version: "2.1.0",
    configuration: 0,
    resource: { acme_thing: 2, acme_other: 2 },
    data: {},
    ephemeral: {},
    shapes: [
      {},
      { ports: true },
      { labelled: { map: 0 }, options: true, rules: [1], tags: true, timeouts: 0 },
    ],
  });
});

test("what is known by an index", () => {
  const known = knownFromIndexes(() => [indexed]);
  const shape = known("resource", "acme_thing", undefined);
  expect(kinds(shape, "tags", "options", "rules", "timeouts", "labelled", "toString")).toEqual([
    "attribute",
    "attribute",
    "attribute as blocks",
    "block",
    "block",
    "unknown",
  ]);
  expect(shape?.("labelled")).toMatchObject({ labels: 1 });
  expect(known("provider", "acme", undefined)).toBeDefined();
  expect(known("provider", "other", undefined)).toBeUndefined();
  expect(known("data", "acme_thing", undefined)).toBeUndefined();
});

test("an index is asked for its own provider and major version only, and read for them", () => {
  const read = jest.fn(() => index);
  const known = knownFromIndexes(() => [{ ...indexed, read }]);
  const isKnown = (source: string, version: string) =>
    known("resource", "acme_thing", { source, version }) !== undefined;
  expect(isKnown("acme/acme", "1.9.0")).toBe(false);
  expect(isKnown("acme/acme-beta", "2.1.0")).toBe(false);
  expect(read).not.toHaveBeenCalled();
  expect(isKnown("acme/acme", "2.0.4")).toBe(true);
  expect(isKnown(ACME, "~> 2.0")).toBe(true);
});

test("the name of a bundled index says which provider and version it is of", () => {
  const said = bundledIndexes().map(({ provider, version }) => ({ provider, version }));
  expect(said).toEqual(
    bundledIndexes().map(({ read }) => {
      const { provider, version } = read();
      return { provider, version };
    }),
  );
  expect(said).toHaveLength(25);
});

test.each([
  ["5.100.0", [5]],
  ["= 5.1", [5]],
  ["~> 5.1", [5]],
  [">= 5.100.0, < 7.0.0", [5, 6, 7]],
  ["< 6.0", [4, 5, 6]],
  [">= 6", [6, 7]],
  ["!= 6.1.0", [4, 5, 6, 7]],
  ["", [4, 5, 6, 7]],
])("the constraint %j is of the major versions %j", (constraint, majors) => {
  expect([4, 5, 6, 7].filter((major) => mayBeMajor(constraint, major))).toEqual(majors);
});

describe("the indexes of the AWS provider", () => {
  const committed = (version: string): BlockIndex =>
    JSON.parse(
      readFileSync(join(__dirname, "..", "indexes", `hashicorp-aws-${version}.json`), "utf8"),
    );

  test("of 5.100.0, from its schema, and of 6.25.0, from bindings, tell the same but for two", () => {
    const schema = committed("5.100.0");
    const fresh = committed("6.25.0");
    const differing: string[] = [];
    const kind = (entry: unknown) => (Array.isArray(entry) ? "attribute as blocks" : typeof entry);
    const compare = (path: string, old: number, current: number): void => {
      const [one = {}, other = {}] = [schema.shapes[old], fresh.shapes[current]];
      for (const [name, entry] of Object.entries(one)) {
        const its = other[name];
        if (its === undefined) continue;
        if (kind(entry) !== kind(its)) differing.push(`${path}.${name}`);
        const [inner, itsInner] = [[entry].flat()[0], [its].flat()[0]];
        if (typeof inner === "number" && typeof itsInner === "number") {
          compare(`${path}.${name}`, inner, itsInner);
        }
      }
    };
    let types = 0;
    for (const what of ["resource", "data"] as const) {
      for (const [type, shape] of Object.entries(schema[what])) {
        const current = fresh[what][type];
        if (current === undefined) continue;
        types++;
        compare(type, shape, current);
      }
    }
    expect(types).toBe(2113);
    expect(differing).toEqual([
      "aws_auditmanager_assessment.roles",
      "aws_auditmanager_control.control_mapping_sources.source_keyword",
    ]);
  });
});
