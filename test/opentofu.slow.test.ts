import { parseFlags } from "../commands/flags";
import { synthesize } from "../commands/synth";
import { workspaceOf } from "./module-workspace";
import { describeUnless, missingTerraform } from "./standin/judges";
import { Workspace } from "./standin/workspace";

const program = "tofu";
const secret = "in-no-state-7";
const usual = ["byoc", "ec2"].flatMap((topology) => [
  { engine: "postgres", topology },
  { engine: "mysql", topology },
]);

describeUnless(missingTerraform(program), "With OpenTofu in Terraform's place", () => {
  test.each(usual)("%j is formatted, valid, applied, unchanged and destroyed", async (flags) => {
    await using workspace = await workspaceOf(flags, {
      program,
      variables: { db_password: secret, db_master_password: secret, rp_sasl_password: secret },
    });
    const fine = { code: 0, diagnostics: [] };
    expect(await workspace.run(["fmt", "-check", "-diff"])).toMatchObject({ code: 0, stdout: "" });
    expect(await workspace.init()).toMatchObject(fine);
    expect(await workspace.validate()).toMatchObject(fine);
    expect(await workspace.apply()).toMatchObject(fine);
    expect(await workspace.plan()).toMatchObject({ ...fine, actions: {} });
    expect(workspace.read("terraform.tfstate")).not.toContain(secret);
    expect(await workspace.destroy()).toMatchObject({ code: 0 });
    expect([...workspace.objects.keys()]).toEqual([]);
  });

  const tested = async (flags: (typeof usual)[number]) => {
    const [[, files = {}] = []] = synthesize(parseFlags({ ...flags, module: true }));
    await using workspace = await Workspace.create({ program, files });
    return await workspace.test();
  };

  test.each(usual.slice(0, 2))("the tests in a called module pass: %j", async (flags) => {
    const { code, diagnostics, runs } = await tested(flags);
    expect({ code, diagnostics, runs }).toEqual({
      code: 0,
      diagnostics: [],
      runs: {
        plans_without_files: "pass",
        plans_with_files: "pass",
        refuses_a_user_that_is_none: "pass",
      },
    });
  });

  // Once this is red, docs/deploying.md can say that they pass.
  test.each(usual.slice(2))("the tests of two subnets are not read: %j", async (flags) => {
    const { code, diagnostics } = await tested(flags);
    expect({ code, summaries: diagnostics.map(({ summary }) => summary) }).toEqual({
      code: 1,
      summaries: Array(2).fill("Resource instance address with keys is not allowed"),
    });
  });
});
