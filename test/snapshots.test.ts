import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../cli/flags";
import { check } from "../cli/synth";

const out = join(__dirname, "..", "__snapshots__");

// A snapshot is the module itself. `npm run snapshots` writes them; read the difference before you
// commit it.
test.each(["byoc", "ec2"])(
  "__snapshots__ holds the modules of topology %s as they are written now",
  (topology) => {
    expect(check(parseFlags({ topology, out }))).toBeUndefined();
  },
);

test("__snapshots__ holds nothing else", () => {
  expect(readdirSync(out)).toEqual([
    "aurora-mysql",
    "aurora-mysql-ec2",
    "aurora-postgres",
    "aurora-postgres-ec2",
  ]);
});
