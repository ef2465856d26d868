import { readFileSync } from "node:fs";
import { join } from "node:path";
import { safetyPage } from "../../pages/safety";
import { refused } from "../variables/refused";

const file = join(__dirname, "../../docs/safety.md");

test("docs/safety.md is what would be generated: `npm run docs` writes it", () => {
  expect(readFileSync(file, "utf8")).toBe(safetyPage());
});

test("as many values are refused as it says", () => {
  const [, said] = /More than (\d+) values are refused/.exec(safetyPage()) ?? [];
  const values = Object.values(refused).flatMap((refusals) => refusals.map(({ values }) => values));
  expect(values.flat().length).toBeGreaterThan(Number(said));
});

test("can be read in five minutes, at 240 words a minute", () => {
  const open = safetyPage().replace(/<details>.*?<\/details>|<!--.*?-->/gs, "");
  expect(open.split(/[\s|]+/).length).toBeLessThan(5 * 240);
});
