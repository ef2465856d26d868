import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entries } from "../../commands/doctor/catalogue";
import { positionsPage, situations } from "../../pages/positions";

const project = join(__dirname, "../..");
const rows = Object.values(situations).flat();

test("docs/positions.md is what would be generated: `npm run docs` writes it", () => {
  expect(readFileSync(join(project, "docs/positions.md"), "utf8")).toBe(positionsPage());
});

test("each row names an entry of the doctor that there is, and no situation twice", () => {
  const ids = entries.map(({ id }) => id);
  expect(rows.filter(({ entry }) => entry !== undefined && !ids.includes(entry))).toEqual([]);
  const names = Object.entries(situations).flatMap(([heading, listed]) =>
    listed.map(({ what }) => `${heading}: ${what}`),
  );
  expect(names).toEqual([...new Set(names)]);
});

test("each row is shown by a test that there is, or says what was read", () => {
  const unproven = rows
    .map(({ shown }) => shown)
    .filter((shown) => {
      if (!("test" in shown)) return !shown.source.includes("http");
      const file = join(project, shown.test);
      return !existsSync(file) || !readFileSync(file, "utf8").includes(shown.title);
    });
  expect(unproven).toEqual([]);
});

test("what loses rows or is refused says what to do", () => {
  const silent = rows.filter(({ outcome, remedy }) => outcome !== "exact" && remedy === undefined);
  expect(silent).toEqual([]);
});
