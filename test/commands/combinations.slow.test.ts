import { combinations, refusal } from "../combinations";
import { everyModule } from "../every-module";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";

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
  test("are formatted", async () => {
    const files = everyModule.flatMap(({ name, files }) =>
      Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]),
    );
    await using workspace = await Workspace.create({ files: Object.fromEntries(files) });
    expect(await workspace.run(["fmt", "-check", "-diff", "-recursive"])).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  test.each(everyModule)("are valid: $name", async ({ files }) => {
    await using workspace = await Workspace.create({ files });
    expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
  });
});
