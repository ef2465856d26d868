import { everyModule, moduleNamed } from "../every-module";
import { accepted } from "./accepted";
import { type Declaration, declarations } from "./declarations";
import { refused } from "./refused";

const declared = (name: string) => declarations(moduleNamed(name).files["variables.tf"] as string);

/** Every variable that has a validation, of every module, told by the simplest one that has it so. */
const checked = new Map<string, { module: string; variable: Declaration }>();
for (const { name: module, files } of everyModule) {
  for (const variable of declarations(files["variables.tf"] as string)) {
    const key = [variable.name, ...variable.validations.map(({ text }) => text)].join("\n");
    if (variable.validations.length > 0 && !checked.has(key)) {
      checked.set(key, { module, variable });
    }
  }
}

test("each validation has a value that it refuses", () => {
  const covered = new Set(
    Object.entries(refused).flatMap(([module, rows]) =>
      declared(module).flatMap(({ name, validations }) =>
        validations
          .filter(({ message }) =>
            rows.some((row) => row.variable === name && asInTable(message, name).test(row.message)),
          )
          .map(({ text }) => `${name} ${text}`),
      ),
    ),
  );
  const lacking = [...checked.values()].flatMap(({ module, variable: { name, validations } }) =>
    validations
      .filter(({ text }) => !covered.has(`${name} ${text}`))
      .map(({ message }) => `${name} of ${module}: ${message}`),
  );
  expect(lacking).toEqual([]);
});

test("each variable that has a validation has values at the edge that it accepts", () => {
  const covered = new Set(
    Object.entries(accepted).flatMap(([module, sets]) =>
      declared(module)
        .filter(({ name }) => sets.some((values) => name in values))
        .map(({ name, validations }) => name + validations.map(({ text }) => text).join("")),
    ),
  );
  const lacking = [...checked.values()]
    .filter(
      ({ variable: { name, validations } }) =>
        !covered.has(name + validations.map(({ text }) => text).join("")),
    )
    .map(({ module, variable }) => `${variable.name} of ${module}`);
  expect(lacking).toEqual([]);
});

test("no value is for a variable that its module does not have", () => {
  const modules = new Set([...Object.keys(refused), ...Object.keys(accepted)]);
  const unknown = [...modules].flatMap((module) => {
    const names = declared(module).map(({ name }) => name);
    const given = [
      ...(refused[module] ?? []).map(({ variable }) => variable),
      ...(accepted[module] ?? []).flatMap(Object.keys),
    ];
    return given.filter((name) => !names.includes(name)).map((name) => `${name} of ${module}`);
  });
  expect(unknown).toEqual([]);
});

/** What the messages of this template look like in the table. */
function asInTable(template: string, variable: string): RegExp {
  const parts = template
    .replace(`\${jsonencode(var.${variable})}`, "%")
    .split(/\$\{.*?\}/)
    .map((part) => part.replaceAll("$${", "${").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
