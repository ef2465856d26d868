import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFleetOptions, synthesizeFleet } from "../../../commands/fleet/command";

const page = readFileSync(join(__dirname, "../../../docs/fleet.md"), "utf8");
const home = process.cwd();

test("the page's file does what the page says", () => {
  const [, file = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const transcripts = [...page.matchAll(/```console\n\$ npx rpcn-aurora (.*)\n([\s\S]*?)```/g)];
  expect(transcripts).toHaveLength(2);
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  process.chdir(folder);
  try {
    writeFileSync("fleet.yaml", file);
    for (const [, command = "", output] of transcripts) {
      const matrix = command.endsWith(" --matrix json") ? { matrix: "json" } : {};
      const options = parseFleetOptions({ fleet: "fleet.yaml", ...matrix });
      expect(synthesizeFleet(options).printed).toBe(output);
    }
  } finally {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  }
});
