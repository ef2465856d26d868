import { rmSync } from "node:fs";
import { join } from "node:path";
import { combinations, refusal } from "../combinations";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";

const allowed = combinations.filter((flags) => refusal(flags) === undefined);
const refused = combinations.filter((flags) => refusal(flags) !== undefined);

test("a combination of flags is refused for one of these reasons, and else works", () => {
  const reasons = new Set(refused.flatMap((flags) => refusal(flags)?.split("\n") ?? []));
  expect([...reasons].sort()).toEqual([
    "--accounts belongs to --topology ec2, and the topology is byoc. Leave it out.",
    "--credentials belongs to --topology byoc, and the topology is ec2. Leave it out.",
    "--grant belongs to --topology byoc, and the topology is ec2. Leave it out.",
    '--grant is "attach" and credentials is "static". With an access key there is no pipeline role in the chain: leave grant out.',
    "--hops belongs to --topology ec2, and the topology is byoc. Leave it out.",
    "--host belongs to --topology ec2, and the topology is byoc. Leave it out.",
    "--output belongs to --topology ec2, and the topology is byoc. Leave it out.",
  ]);
  expect({ allowed: allowed.length, refused: refused.length }).toEqual({
    allowed: 57,
    refused: 327,
  });
});

describeWithTerraform("The modules of all combinations of flags", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create();
  });
  afterAll(() => workspace.close());

  test.each(allowed)("are formatted and valid with %j", async (flags) => {
    for (const [, files] of synthesized(flags)) {
      for (const name of workspace.files()) rmSync(join(workspace.dir, name));
      for (const [name, content] of Object.entries(files)) workspace.write(name, content);
      const written = Object.keys(files).filter((name) => name.endsWith(".tf"));
      expect(await workspace.run(["fmt", "-check", "-diff", ...written])).toMatchObject({
        stdout: "",
        stderr: "",
      });
      expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
    }
  });
});
