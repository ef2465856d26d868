import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../../commands/flags";
import { synthesize } from "../../commands/synth";
import { caFile } from "../module-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { pinned } from "../standin/mirror";
import { Workspace } from "../standin/workspace";

const version = "6.47.1";
const mirror = join(__dirname, "../../node_modules/.cache", `rpcn-aurora-aws-${version}`);
const missing = existsSync(mirror)
  ? []
  : [`no AWS provider ${version}, which test/providers/aws-6-from-source.sh builds`];
const title = `Before version ${version} of the AWS provider`;

describeUnless([...missingTerraform(), ...missing], title, () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create({
      files: { "versions_override.tf": pinned("hashicorp/aws", version), ...caFile },
      real: ["hashicorp/aws"],
      mirror,
    });
    expect(await workspace.init()).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(() => workspace.close());

  /** What Terraform has to say of a module. */
  async function saidOf(files: Record<string, string>): Promise<string[]> {
    const isOurs = (name: string) => /^[^/]+(?<!_override)\.tf$/.test(name);
    for (const name of workspace.files().filter(isOurs)) workspace.remove(name);
    for (const [name, text] of Object.entries(files)) {
      // The tests of a called module stay behind, which would be read beside the next one.
      if (!name.includes("/")) workspace.write(name, text);
    }
    const { diagnostics } = await workspace.validate();
    return diagnostics.map(({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`);
  }

  test("what is deprecated is warned of", async () => {
    const region =
      'data "aws_region" "this" {}\noutput "region" { value = data.aws_region.this.id }\n';
    expect(await saidOf({ "main.tf": region })).toEqual([
      'warning: Deprecated attribute: The attribute "id" is deprecated. Refer to the provider documentation for details.',
    ]);
  });

  test("modules of all flags are valid, without a warning", async () => {
    // Thousands of modules, which nothing makes where this is skipped.
    const { pairwiseModules } = require("../every-module") as typeof import("../every-module");
    const called = ["byoc", "ec2"].flatMap((topology) =>
      [...synthesize(parseFlags({ topology, module: true }))].map(([stack, files]) => ({
        name: `${stack} --module`,
        files,
      })),
    );
    const said: [name: string, ...string[]][] = [];
    for (const { name, files } of [...called, ...pairwiseModules()]) {
      said.push([name, ...(await saidOf(files))]);
    }
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter(([, ...texts]) => texts.length > 0)).toEqual([]);
  }, 600_000);
});
