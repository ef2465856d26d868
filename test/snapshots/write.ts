import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { flagDifferences } from "./flag-differences";

/** `npm run snapshots`, in the project's folder. */
const folder = join("__snapshots__", "flags");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, content] of Object.entries(flagDifferences())) {
  writeFileSync(join(folder, name), content);
}
