import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { flags as everyFlag } from "../../choices";
import { allowed, asArguments, combinations, refusal } from "../combinations";
import { covering, pairsOf } from "../covering";
import { everyModule, pairwiseModules } from "../every-module";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";

const project = join(__dirname, "..", "..");

/** Each two values of two flags, of whichever topology they are. */
const couples = Object.entries(everyFlag).flatMap(([one, { values }], at) =>
  Object.entries(everyFlag)
    .slice(at + 1)
    .flatMap(([other, { values: others }]) =>
      values.flatMap((value) => others.map((another) => ({ [one]: value, [other]: another }))),
    ),
);

test("flags are refused for one of these reasons, and else work", () => {
  const every = [...combinations(3), ...couples];
  const reasons = new Set(every.flatMap((flags) => refusal(flags)?.split("\n") ?? []));
  expect([...reasons].sort()).toEqual([
    "--accounts belongs to --topology ec2, and the topology is byoc. Leave it out.",
    "--credentials belongs to --topology byoc, and the topology is ec2. Leave it out.",
    '--database is "data-api" and topology is "ec2" and aurora is "new". The new cluster of topology ec2 is made for any class, T included, for which AWS has no Data API: leave database out, or choose exec.',
    '--format is "avro" and topology is "ec2" and output is "stdout". Standard output has no schema registry beside it: leave format out, or choose output redpanda.',
    "--grant belongs to --topology byoc, and the topology is ec2. Leave it out.",
    '--grant is "attach" and credentials is "static". With an access key there is no pipeline role in the chain: leave grant out.',
    "--hops belongs to --topology ec2, and the topology is byoc. Leave it out.",
    "--host belongs to --topology ec2, and the topology is byoc. Leave it out.",
    "--network belongs to --topology byoc, and the topology is ec2. Leave it out.",
    '--network is "peering" and aurora is "existing". It would write into route tables that are somebody else\'s: choose routed, with a peering or a transit gateway of yours.',
    "--output belongs to --topology ec2, and the topology is byoc. Leave it out.",
    '--topics is "per-table" and topology is "ec2" and output is "stdout". Standard output has no topics: choose output redpanda, or leave topics out.',
  ]);
});

test("flags are synthesized where the PATH holds Node alone, each two of them together", () => {
  const sample = process.env.LONG
    ? allowed()
    : covering(allowed(), (flags) =>
        pairsOf([
          "",
          ...Object.entries(flags).map(([name, value]) => asArguments({ [name]: value })),
        ]),
      );
  // Below the project, where it finds the templates.
  const cache = join(project, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "combinations-"));
  buildSync({
    absWorkingDir: project,
    entryPoints: ["commands/flags.ts", "commands/synth.ts"],
    outdir: folder,
    bundle: true,
    platform: "node",
    packages: "external",
  });
  const bin = join(folder, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  const script = `
    const { parseFlags } = require("./flags.js");
    const { synthesize, synthesizeForCdktf } = require("./synth.js");
    const written = JSON.parse(process.argv[1]).map((given) => {
      const flags = parseFlags(given);
      synthesizeForCdktf(flags, "cdktf.out");
      return synthesize(flags).size;
    });
    console.log(JSON.stringify(written));
  `;
  const { stdout, stderr } = spawnSync("node", ["-e", script, JSON.stringify(sample)], {
    cwd: folder,
    env: { PATH: bin },
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  expect({ stderr, stacks: JSON.parse(stdout || "[]") }).toEqual({
    stderr: "",
    stacks: sample.map(() => 2),
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

  test.each(pairwiseModules())("are valid: $name", async ({ files }) => {
    await using workspace = await Workspace.create({ files });
    expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
  });
});
