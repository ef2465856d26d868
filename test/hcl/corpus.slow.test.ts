import { renderModule } from "cdktf-hcl";
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
