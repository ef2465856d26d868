import { z } from "zod";
import { type Choices, choices, exclusions, type FlagName } from "../../choices";
import { engines } from "../../engines";
import { byocVariables } from "../../stacks/byoc-variables";
import { ec2Variables } from "../../stacks/ec2-variables";
import { redpandaAccount } from "../../variables/redpanda";
import type { Variable } from "../../variables/variable";
import { fleetFile } from "./fleet-file";
import { declarationsOf, schemaOf } from "./variables";

/**
 * The JSON Schema of fleet files, draft 2020-12, by which editors complete flags and variables. It knows
 * no exclusions, and not which variables go with which flags: `synth --fleet` does.
 */
export function fleetSchemaFile(): string {
  const schema = z.toJSONSchema(fleetFile, { io: "input" }) as unknown as {
    properties: {
      defaults: { properties: Record<string, unknown> };
      pipelines: { items: { properties: Record<string, unknown> } };
    };
  };
  const own = {
    flags: z.toJSONSchema(flagsSchema()),
    values: z.toJSONSchema(valuesSchema()),
  };
  for (const { properties } of [schema.properties.defaults, schema.properties.pipelines.items]) {
    for (const [name, { $schema, ...content }] of Object.entries(own)) {
      properties[name] = { ...(properties[name] as object), ...content };
    }
  }
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function flagsSchema() {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(choices).map(([name, { values, default: usual, description }]) => {
        const one = name === "engine" ? values.filter((value) => value !== "all") : values;
        const note = name === "engine" ? "" : ` (default: ${usual})`;
        return [
          name,
          z
            .enum(one)
            .optional()
            .meta({ description: `${description}${note}` }),
        ];
      }),
    ),
  );
}

/** Every variable that some module has, and that is no secret. */
function valuesSchema() {
  const all = new Map<string, Variable>(
    Object.entries(redpandaAccount({ grant: "attach", network: "peering" })),
  );
  for (const engine of engines) {
    for (const chosen of everyChoice()) {
      const sections =
        chosen.topology === "ec2" ? ec2Variables(engine, chosen) : byocVariables(engine, chosen);
      for (const [name, variable] of sections.flatMap(([, some]) => Object.entries(some))) {
        if (!all.has(name) && !variable.sensitive) all.set(name, variable);
      }
    }
  }
  return z.strictObject(
    Object.fromEntries(
      Object.entries(declarationsOf(Object.fromEntries(all))).map(([name, variable]) => [
        name,
        schemaOf(variable).optional(),
      ]),
    ),
  );
}

/** Every set of choices that may be together. */
function everyChoice(): Choices[] {
  const names = Object.keys(choices) as FlagName[];
  const all = names.reduce<Record<string, string>[]>(
    (some, name) =>
      some.flatMap((one) => choices[name].values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  ) as unknown as Choices[];
  return all.filter(
    (one) =>
      !exclusions.some(({ values }) =>
        Object.entries(values).every(([name, value]) => one[name as FlagName] === value),
      ),
  );
}
