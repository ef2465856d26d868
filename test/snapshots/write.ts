import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { choices } from "../../choices";
import { parseFlags } from "../../commands/flags";
import { write } from "../../commands/synth";
import { flagDifferences } from "./flag-differences";
import { called, out, version } from "./snapshots";

/** `npm run snapshots`, in the project's folder. */
for (const topology of choices.topology.values) {
  write(parseFlags({ topology, out, force: true }), { version });
}

for (const topology of choices.topology.values) {
  write(parseFlags({ topology, module: true, out: called, force: true }), { version });
}

const folder = join(out, "flags");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const { files } of flagDifferences) {
  for (const [name, content] of Object.entries(files())) writeFileSync(join(folder, name), content);
}
