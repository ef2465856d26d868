import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { moduleWith } from "../modules";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { type Made, madeBy, makeOn, runPipeline, withInput } from "./byoc";
import { declareKafka, missing } from "./kafka";
import { whyNoPrograms } from "./programs";

/** Rows for each size of batch: as many as take some seconds. */
const sizes = [
  { batch: 1, rows: 3_000 },
  { batch: 100, rows: 100_000 },
  { batch: 1_000, rows: 200_000 },
];

const row = {
  id: "counter()",
  tenant: '"tenant-" + (counter() % 100).string()',
  total: '"1234.50"',
  note: '"0123456789".repeat(15)',
};

const lacking = [...missing, ...whyNoPrograms(), ...missingTerraform()];

describeUnless(lacking, "Throughput of mapping and output", () => {
  const folder = mkdtempSync(join(tmpdir(), "benchmark-"));
  const kafka = declareKafka("connect");
  let yaml: string;
  let made: Made;
  beforeAll(async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    await workspace.apply();
    yaml = workspace.read("generated_pipeline.yaml");
    made = madeBy(workspace.calls);
    await makeOn(kafka(), made);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Seconds from the first row to the last acknowledgement. */
  async function seconds(pipeline: string, batch: number, rows: number): Promise<number> {
    const mapping = [
      ...Object.entries(row).map(([column, value]) => `root.${column} = ${value}`),
      ...['meta table = "orders"', 'meta operation = "insert"', 'meta lsn = "00000000/00000001"'],
      ...['meta commit_ts_ms = "1795276186035"', 'meta key = "1"'],
    ].join("\n");
    const input = { generate: { count: rows, interval: "", batch_size: batch, mapping } };
    const file = join(folder, `${batch}.yaml`);
    writeFileSync(file, withInput(pipeline, input));
    const running = await runPipeline(file, {
      brokers: kafka().address,
      authority: kafka().authority,
      secrets: made.secrets,
      cwd: folder,
    });
    await running.said("Output type redpanda is now active");
    const start = performance.now();
    await running.said("Pipeline has terminated", 600_000);
    const took = (performance.now() - start) / 1000;
    await running.end();
    return took;
  }

  test("is as the table says", async () => {
    const without = parseDocument(yaml);
    without.deleteIn(["pipeline", "processors"]);
    const bare = stringify(without);
    const bytes = JSON.stringify({
      _pg_meta: { lsn: "00000000/00000001", operation: "insert", table: "orders" },
      ...{ id: 100_000, note: "0123456789".repeat(15), tenant: "tenant-99", total: "1234.50" },
    }).length;
    const lines: string[] = [];
    for (const { batch, rows } of sizes) {
      const [mapped, plain] = [await seconds(yaml, batch, rows), await seconds(bare, batch, rows)];
      const rate = (took: number) => Math.round(rows / took).toLocaleString("en");
      const megabytes = ((rows / mapped) * bytes) / 1e6;
      lines.push(`| ${batch} | ${rate(mapped)} | ${megabytes.toFixed(1)} | ${rate(plain)} |`);
    }
    process.stdout.write(`
| rows a batch | rows a second | MB a second | rows a second without the mapping |
|---|---|---|---|
${lines.join("\n")}
`);
  }, 1_800_000);
});
