import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../../commands/flags";
import { check } from "../../commands/synth";
import { flagDifferences } from "./flag-differences";
import { out, version } from "./snapshots";

// A snapshot is the module itself. `npm run snapshots` writes them; read the difference before you
// commit it.
test.each(["byoc", "ec2"])(
  "__snapshots__ holds the modules of topology %s as they are written now",
  (topology) => {
    expect(check(parseFlags({ topology, out }), { version })).toBeUndefined();
  },
);

test("__snapshots__ holds nothing else", () => {
  expect(readdirSync(out)).toEqual([
    "aurora-mysql",
    "aurora-mysql-ec2",
    "aurora-postgres",
    "aurora-postgres-ec2",
    "flags",
  ]);
});

test("__snapshots__/flags holds what each flag changes, and nothing else", () => {
  const folder = join(out, "flags");
  const present = readdirSync(folder).map((name) => [
    name,
    readFileSync(join(folder, name), "utf8"),
  ]);
  expect(Object.fromEntries(present)).toEqual(flagDifferences());
});
