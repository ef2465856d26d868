import { renderModule, renderSynthesized } from "cdktf-hcl";
import {
  describeWithTerraform,
  formattingOf,
  jsonModule,
} from "../../packages/cdktf-hcl/test/terraform";
import { describeWithRealAws } from "../standin/judges";
import { OFFLINE_AWS } from "../standin/mirror";
import { Workspace } from "../standin/workspace";
import { corpus, stackOf } from "./corpus";

describeWithTerraform("terraform fmt has nothing to change in", () => {
  test.each(Object.entries(corpus))("%s", (_, build) => {
    expect(formattingOf(renderModule(stackOf(build)))).toBe("");
  });
});

/** CDKTF sorts its JSON, so that lines stand in another order, and blanks align them otherwise. */
function linesOf(files: Readonly<Record<string, string>>): string[] {
  const lines = Object.values(files).flatMap((text) => text.split("\n"));
  return lines.map((line) => line.replace(/ +/g, " ").trim()).sort();
}

describe("from JSON alone, HCL has the lines that it has from constructs", () => {
  test.each(Object.entries(corpus))("%s", (_, build) => {
    const [json = ""] = Object.values(jsonModule(stackOf(build)));
    const { files, refused } = renderSynthesized(json);
    expect(refused).toEqual([]);
    expect(linesOf(files).filter(Boolean)).toEqual(
      linesOf(renderModule(stackOf(build))).filter(Boolean),
    );
  });
});

/** What Terraform would do, with the real AWS provider and a stand-in for all others. */
async function planOf(files: Record<string, string>) {
  await using workspace = await Workspace.create({
    files: { ...files, "providers_override.tf": OFFLINE_AWS },
    real: ["hashicorp/aws"],
  });
  for (const result of [
    await workspace.init(),
    await workspace.validate(),
    await workspace.plan({ out: "plan" }),
  ]) {
    if (result.code !== 0) throw new Error(result.stderr || result.stdout);
  }
  const { planned_values, resource_changes, output_changes, prior_state } =
    await workspace.show("plan");
  return { planned_values, resource_changes, output_changes, data: prior_state?.values };
}

describeWithRealAws("the plan of the HCL", () => {
  test("is the plan of the JSON, for the whole corpus", async () => {
    const stack = () => stackOf(...Object.values(corpus));
    const json = await planOf(jsonModule(stack()));
    expect(json.planned_values.root_module.resources).toHaveLength(23);
    expect(await planOf(renderModule(stack()))).toEqual(json);
  }, 300_000);
});
