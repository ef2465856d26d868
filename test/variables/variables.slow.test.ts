import { everyModule, moduleNamed } from "../every-module";
import { caFile, valuesFor } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { accepted } from "./accepted";
import { declarations } from "./declarations";
import { ofAnotherType, refused } from "./refused";
import { refusals } from "./trials";

const declared = (name: string) => declarations(moduleNamed(name).files["variables.tf"] as string);

/** What a plan says against values, of the variables alone: refused there is refused before anything is made. */
async function problems(workspace: Workspace, values: Record<string, unknown>): Promise<string[]> {
  // A file takes every character, which a command line does not.
  workspace.write("bad.tfvars.json", JSON.stringify(values));
  const { diagnostics } = await workspace.plan({ args: ["-var-file=bad.tfvars.json"] });
  return diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0] ?? "");
}

function variablesOf(name: string): Promise<Workspace> {
  const { stack, files } = moduleNamed(name);
  return Workspace.create({
    files: { ...caFile, "variables.tf": files["variables.tf"] as string },
    variables: valuesFor(stack),
  });
}

describeWithTerraform("Variables", () => {
  describe.each(Object.keys(refused))("of %s", (name) => {
    const module = moduleNamed(name);
    const types = new Map(declared(name).map((variable) => [variable.name, variable.type]));
    const cases = (refused[name] ?? []).flatMap(({ variable, message, values, beside }) =>
      values.map((value) => ({
        module,
        variable,
        value,
        beside: { ...valuesFor(module.stack), ...beside },
        shown: JSON.stringify(value).slice(0, 80),
        message: message.replace("%", () => asTerraformShows(value, types.get(variable))),
      })),
    );

    let said: string[][];
    let workspace: Workspace;
    beforeAll(async () => {
      said = await refusals(cases);
      workspace = await variablesOf(name);
    });
    afterAll(() => workspace.close());

    test.each(cases.map((refusal, nth) => ({ ...refusal, nth })))(
      "$variable is refused: $shown",
      ({ nth, message }) => {
        expect(said[nth]).toContain(message);
      },
    );

    test.each((accepted[name] ?? []).map((values, i) => [i + 1, values] as const))(
      "are accepted up to the edge, set %d",
      async (_set, values) => {
        expect(await problems(workspace, values)).toEqual([]);
      },
    );
  });

  describe("of another type", () => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = await variablesOf("aurora-postgres");
    });
    afterAll(() => workspace.close());

    test.each(ofAnotherType)("%s is refused: %j", async (name, value, wanted) => {
      const [problem = ""] = await problems(workspace, { [name]: value });
      expect(problem.replace(/declared at variables.tf:[\d,-]+/, "declared at …")).toBe(
        `The given value is not suitable for var.${name} declared at …: ${wanted}.`,
      );
    });
  });

  test("the default of every variable that has one is accepted", async () => {
    for (const { name, stack, files } of everyModule.filter(({ distance }) => distance < 2)) {
      // Of some variables one of two must be given, or another one says that they need not be: they
      // have a default all the same.
      const given = declared(name).filter(
        (variable) =>
          variable.required ||
          ["redpanda_cidr", "allowed_cidr_blocks", "db_password", "db_master_password"].includes(
            variable.name,
          ) ||
          (variable.name === "cdc_tables" && name.includes("--aurora existing")),
      );
      await using workspace = await Workspace.create({
        files: { ...caFile, "variables.tf": files["variables.tf"] as string },
        variables: Object.fromEntries(
          given.map((variable) => [variable.name, valuesFor(stack)[variable.name]]),
        ),
      });
      expect([name, await problems(workspace, {})]).toEqual([name, []]);
    }
  });
});

/** As `jsonencode` writes it, which escapes what HTML and JavaScript would read otherwise. */
function asTerraformShows(value: unknown, type = ""): string {
  const converted = type === "string" ? String(value) : value;
  return JSON.stringify(converted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
