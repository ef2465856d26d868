import { join } from "node:path";
import { parseFlags } from "../cli/flags";
import { check } from "../cli/synth";

// A snapshot is the module itself. `npm run snapshots` writes them; read the difference before you
// commit it.
test("__snapshots__ holds the modules that are written now", () => {
  expect(check(parseFlags({ out: join(__dirname, "..", "__snapshots__") }))).toBeUndefined();
});
