import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { fileOf } from "./rendered";

const project = join(__dirname, "..", "..");
const filesIn = (folder: string) => readdirSync(join(project, folder));

/** Files with constructs that are tested alone, from the project's root. */
const files = [
  ...filesIn("constructs").map((file) => `constructs/${file}`),
  ...filesIn("engines")
    .filter((file) => file.endsWith("-database-user.ts"))
    .map((file) => `engines/${file}`),
  "stacks/addressed-stack.ts",
];

test("there are constructs", () => {
  expect(files).toContain("constructs/pipeline.ts");
  expect(files).toContain("engines/postgres-database-user.ts");
});

test.each(files)("%s is named after the one class that it exports, a construct", (file) => {
  const exported: unknown[] = Object.values(require(join(project, file)));
  const names = exported.map((value) =>
    typeof value === "function" && value.prototype instanceof Construct ? value.name : value,
  );
  expect(names.map(String).map(fileOf)).toEqual([file.split("/").at(-1)]);
});

test.each(files)("%s has a test, whose first case shows all of it", (file) => {
  const source = readFileSync(join(project, "test", file.replace(/\.ts$/, ".test.ts")), "utf8");
  expect(source).toContain(`from "../../${file.replace(/\.ts$/, "")}"`);
  const [first = ""] = /toMatchInlineSnapshot\(`[^`]*/.exec(source) ?? [];
  expect(first).toMatch(/^=== [\w-]+\.tf$/m);
  expect(first).not.toMatch(/^@ /m);
});

test("no construct's test is left over", () => {
  const own = ["constructs", "rendered"];
  const tested = filesIn("test/constructs").flatMap(
    (file) => file.match(/^(.*)\.test\.ts$/)?.[1] ?? [],
  );
  const constructs = filesIn("constructs").map((file) => file.replace(/\.ts$/, ""));
  expect(tested.filter((name) => !own.includes(name)).sort()).toEqual(constructs.sort());
});
