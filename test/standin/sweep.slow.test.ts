import { describeWithTerraform } from "./judges";
import { PROVIDERS, type Schema, type Shape, type Type } from "./schema";
import type { Result } from "./terraform";
import type { Value, Values } from "./values";
import { Workspace } from "./workspace";

/** How much of its schema a configuration uses: only what is required, or everything there is. */
type Extent = "the least" | "the most";

function configure(shape: Shape, extent: Extent): Values {
  const config: Values = {};
  for (const [name, attribute] of Object.entries(shape.attributes ?? {})) {
    const { required, optional, type, nested_type } = attribute;
    // Without it Redpanda's objects cannot be destroyed.
    const wanted = required || (optional && (extent === "the most" || name === "allow_deletion"));
    if (!wanted) continue;
    if (type) config[name] = some(type, name);
    else if (nested_type) config[name] = nested(nested_type, nested_type.nesting_mode, extent);
  }
  for (const [name, { min_items = 0, block, nesting_mode }] of Object.entries(
    shape.block_types ?? {},
  )) {
    if (min_items > 0 || extent === "the most") config[name] = nested(block, nesting_mode, extent);
  }
  return config;
}

function nested(shape: Shape, nesting: string, extent: Extent): Value {
  const object = configure(shape, extent);
  return nesting === "single" ? object : [object];
}

/** A tenth is what binary numbers cannot hold. */
function some(type: Type, name: string): Value {
  if (type === "string") return name.endsWith("_permission") ? "0600" : name;
  if (type === "number") return 0.1;
  if (typeof type === "string") return true;
  const [kind, inner] = type;
  if (kind === "map") return { [name]: some(inner, name) };
  if (kind !== "object") return [some(inner, name)];
  return Object.fromEntries(Object.entries(inner).map(([key, of]) => [key, some(of, key)]));
}

type Kind = "resource_schemas" | "data_source_schemas" | "ephemeral_resource_schemas";

const typesOf = (kind: Kind): [string, Schema][] =>
  PROVIDERS.flatMap((provider) => Object.entries(provider[kind]));

/** A module with one object of every type, called `it`. */
function module(block: string, kind: Kind, extent: Extent): string {
  const objects: Record<string, { it: Values }> = {};
  for (const [type, schema] of typesOf(kind))
    objects[type] = { it: configure(schema.block, extent) };
  // Two resources, two files.
  if (objects.local_sensitive_file) objects.local_sensitive_file.it.filename = `${extent}, secret`;
  // A pipeline has two states, and a name is neither.
  if (objects.redpanda_pipeline?.it.state) objects.redpanda_pipeline.it.state = "stopped";
  // A cluster that is protected stays.
  if (objects.aws_rds_cluster?.it.deletion_protection)
    objects.aws_rds_cluster.it.deletion_protection = false;
  return JSON.stringify({
    terraform: {
      required_providers: Object.fromEntries(
        PROVIDERS.map(({ address, name }) => [name, { source: address }]),
      ),
    },
    provider: { aws: { region: "us-east-2" } },
    [block]: objects,
  });
}

const errors = ({ diagnostics }: Result) =>
  diagnostics.filter(({ severity }) => severity === "error");

describeWithTerraform("every type of every provider", () => {
  test.each<Extent>(["the least", "the most"])(
    "a resource with %s: valid, planned, applied, planned again without a change, destroyed",
    async (extent) => {
      const count = typesOf("resource_schemas").length;
      await using ws = await Workspace.create({
        files: { "main.tf.json": module("resource", "resource_schemas", extent) },
      });
      expect(errors(await ws.validate())).toEqual([]);
      const planned = await ws.plan({ out: "plan" });
      expect(errors(planned)).toEqual([]);
      expect(planned.changes).toEqual({ add: count, change: 0, remove: 0 });
      expect(errors(await ws.apply({ args: ["plan"] }))).toEqual([]);
      expect(ws.objects.size).toBe(count);
      expect(await ws.plan()).toMatchObject({ code: 0, actions: {} });
      expect(errors(await ws.destroy())).toEqual([]);
      expect([...ws.objects.keys()]).toEqual([]);
    },
    30_000,
  );

  test.each<[string, Kind, string]>([
    ["data", "data_source_schemas", "ReadDataSource"],
    ["ephemeral", "ephemeral_resource_schemas", "OpenEphemeralResource"],
  ])("%s: read", async (block, kind, method) => {
    await using ws = await Workspace.create({
      files: {
        "main.tf.json": module(block, kind, "the least"),
        filename: "found",
        "the least, secret": "found",
      },
    });
    expect(errors(await ws.apply())).toEqual([]);
    const read = ws.calls.filter((call) => call.method === method).map(({ type }) => type);
    expect(new Set(read)).toEqual(new Set(typesOf(kind).map(([type]) => type)));
  });
});
