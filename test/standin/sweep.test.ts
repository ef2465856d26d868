import { describeWithTerraform } from "./judges";
import { PROVIDERS, type Schema, type Shape, type Type } from "./schema";
import type { Value, Values } from "./values";
import { Workspace } from "./workspace";

/** The shortest configuration that the schema takes. */
function shortest(shape: Shape): Values {
  const config: Values = {};
  for (const [name, { required, type, nested_type }] of Object.entries(shape.attributes ?? {})) {
    // Without it Redpanda's objects cannot be destroyed.
    if (name === "allow_deletion") config[name] = true;
    if (!required) continue;
    if (type) config[name] = some(type, name);
    else if (nested_type?.nesting_mode === "single") config[name] = shortest(nested_type);
    else if (nested_type) config[name] = [shortest(nested_type)];
  }
  for (const [name, { min_items = 0, block }] of Object.entries(shape.block_types ?? {})) {
    if (min_items > 0) config[name] = [shortest(block)];
  }
  return config;
}

function some(type: Type, name: string): Value {
  if (type === "string") return name;
  if (type === "number") return 1;
  if (typeof type === "string") return true;
  const [kind, inner] = type;
  if (kind === "map") return { [name]: some(inner, name) };
  if (kind !== "object") return [some(inner, name)];
  return Object.fromEntries(Object.entries(inner).map(([key, of]) => [key, some(of, key)]));
}

const ALL = ["resource_schemas", "data_source_schemas", "ephemeral_resource_schemas"] as const;

/** One object of every type, by the key of its kind. */
function everything(kind: (typeof ALL)[number]): [string, Values][] {
  return PROVIDERS.flatMap((provider) => Object.entries<Schema>(provider[kind])).map(
    ([type, { block }]) => [type, shortest(block)],
  );
}

const providers = {
  terraform: {
    required_providers: Object.fromEntries(
      PROVIDERS.map(({ address, name }) => [name, { source: address }]),
    ),
  },
  provider: { aws: { region: "us-east-2" } },
};

const named = (objects: [string, Values][]) =>
  Object.fromEntries(objects.map(([type, config]) => [type, { it: config }]));

describeWithTerraform("every type of every provider", () => {
  test("resources: valid, planned, applied, planned again without a change, destroyed", async () => {
    const resources = everything("resource_schemas");
    const resource = named(resources);
    // Two files, else they would be the same.
    resource.local_sensitive_file = { it: { filename: "secret" } };
    const ws = await Workspace.create({
      files: { "main.tf.json": JSON.stringify({ ...providers, resource }) },
    });

    const warned = await ws.validate();
    expect(warned.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(await ws.plan({ out: "plan" })).toMatchObject({
      diagnostics: [],
      changes: { add: resources.length, change: 0, remove: 0 },
    });
    expect(await ws.apply({ args: ["plan"] })).toMatchObject({ code: 0, diagnostics: [] });
    expect(ws.objects.size).toBe(resources.length);
    expect((await ws.plan()).actions).toEqual({});
    expect(await ws.destroy()).toMatchObject({ code: 0, diagnostics: [] });
    expect([...ws.objects.keys()]).toEqual([]);
    await ws.close();
  });

  test("data sources are read", async () => {
    const ws = await Workspace.create({
      files: {
        "main.tf.json": JSON.stringify({
          ...providers,
          data: named(everything("data_source_schemas")),
        }),
        filename: "found",
      },
    });
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const read = ws.calls
      .filter(({ method }) => method === "ReadDataSource")
      .map(({ type }) => type);
    expect(new Set(read)).toEqual(new Set(everything("data_source_schemas").map(([type]) => type)));
    await ws.close();
  });

  test("ephemeral resources are opened", async () => {
    const ephemeral = everything("ephemeral_resource_schemas");
    const ws = await Workspace.create({
      files: { "main.tf.json": JSON.stringify({ ...providers, ephemeral: named(ephemeral) }) },
    });
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const opened = ws.calls
      .filter(({ method }) => method === "OpenEphemeralResource")
      .map(({ type }) => type);
    expect(new Set(opened)).toEqual(new Set(ephemeral.map(([type]) => type)));
    await ws.close();
  });
});
