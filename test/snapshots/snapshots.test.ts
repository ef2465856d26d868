import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../../commands/flags";
import { check } from "../../commands/synth";
import { flagDifferences } from "./flag-differences";
import { called, out, version } from "./snapshots";

// A snapshot is the module itself. `npm run snapshots` writes them; read the difference before you
// commit it.
test.each(["byoc", "ec2"])(
  "__snapshots__ holds the modules of topology %s as they are written now",
  (topology) => {
    expect(check(parseFlags({ topology, out }), { version })).toBeUndefined();
    const flags = parseFlags({ topology, out: called, module: true });
    expect(check(flags, { version })).toBeUndefined();
  },
);

test("__snapshots__ holds nothing else", () => {
  expect(readdirSync(out)).toEqual([
    "aurora-mysql",
    "aurora-mysql-ec2",
    "aurora-postgres",
    "aurora-postgres-ec2",
    "flags",
    "modules",
  ]);
  expect(readdirSync(called)).toEqual([
    "aurora-mysql",
    "aurora-mysql-ec2",
    "aurora-postgres",
    "aurora-postgres-ec2",
  ]);
});

describe("__snapshots__/flags", () => {
  const folder = join(out, "flags");
  const present = readdirSync(folder);

  test.each(flagDifferences.map((choice) => [choice.name, choice] as const))(
    "holds what %s changes",
    (_name, { has, files }) => {
      const written = present
        .filter(has)
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]);
      expect(Object.fromEntries(written)).toEqual(files());
    },
  );

  test("holds nothing else", () => {
    expect(present.filter((name) => !flagDifferences.some(({ has }) => has(name)))).toEqual([]);
  });
});
