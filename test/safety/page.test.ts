import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { safetyPage } from "./page";

const file = join(__dirname, "../../docs/safety.md");

test("docs/safety.md is what would be generated: `npm run docs` writes it", () => {
  expect(readFileSync(file, "utf8")).toBe(safetyPage());
});

test("what it points to is there", () => {
  const links = [...safetyPage().matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(dirname(file), path)))).toEqual([]);
  expect(links.length).toBeGreaterThan(5);
});

test("can be read in five minutes, at 240 words a minute", () => {
  const open = safetyPage().replace(/<details>.*?<\/details>/gs, "");
  expect(open.split(/[\s|]+/).length).toBeLessThan(5 * 240);
});
