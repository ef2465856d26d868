import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moduleWith, stacks } from "../modules";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { licensedInput, madeBy, runPipeline, withInput } from "./byoc";
import { declareKafka } from "./kafka";
import { missing } from "./lane";
import { databases } from "./prepared";
import { FIRST_BUILD_MS, program, whyNoPrograms } from "./programs";
import { testRows } from "./rows";

const patience = 60_000;

const lacking = [...whyNoPrograms(), ...missingTerraform()];

describeUnless(lacking, "Lane 3 without a licence", () => {
  beforeAll(() => program("licensed"), FIRST_BUILD_MS);

  test.each(stacks)(
    "%s ends before it connects, with the connector's own message",
    async (stack) => {
      await using workspace = await Workspace.create(moduleWith(stack));
      await workspace.apply();
      const yaml = workspace.read("generated_pipeline.yaml");
      const folder = mkdtempSync(join(tmpdir(), "licensed-"));
      try {
        const file = join(folder, "lane.yaml");
        writeFileSync(file, withInput(yaml, licensedInput(yaml, "no-token")));
        const pipeline = await runPipeline(file, {
          brokers: "127.3.3.3:9092",
          authority: "/etc/hostname",
          secrets: madeBy(workspace.calls).secrets,
          cwd: folder,
          by: "licensed",
          licence: "",
        });
        await pipeline.ended(patience);
        expect(pipeline.log).toContain(
          "this feature requires a valid Redpanda Enterprise Edition license that includes the Connect product. For more information check out: https://docs.redpanda.com/redpanda-connect/get-started/licensing/",
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    patience,
  );
});

const noLicence = process.env.REDPANDA_LICENSE
  ? []
  : ["no licence for Redpanda Enterprise in REDPANDA_LICENSE"];

/** As in lane 1: `LONG` is for 20 kills. */
const [changes, kills] = process.env.LONG ? [100_000, 20] : [5_000, 3];

describeUnless([...noLicence, ...missing], "Lane 3, with the licensed inputs", () => {
  const kafka = declareKafka("licensed");

  describe.each(databases)("$name", (database) => {
    testRows(kafka, database, { changes, kills, by: "licensed" });
  });
});
