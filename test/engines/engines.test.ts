import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { engines } from "../../engines";

const project = join(__dirname, "..", "..");

test("the client's command runs the client", () => {
  const connection = { host: "h", port: "1", user: "u", database: "d", caFile: "f" };
  const programs = engines.map(({ client }) => client.connect(connection, "false").split(" ")[0]);
  expect(programs).toEqual(["psql", "mysql"]);
  expect(engines.map(({ client }) => client.program)).toEqual(programs);
});

test("no two engines share a name by which one of them is told", () => {
  for (const name of ["flag", "auroraEngine", "product", "port"] as const) {
    expect(new Set(engines.map((engine) => engine[name])).size).toBe(engines.length);
  }
  const inputs = engines.flatMap(({ connector: { input, aliases = [] } }) => [input, ...aliases]);
  expect(inputs).toEqual(["postgres_cdc", "mysql_cdc", "MySQL CDC"]);
});

/** Where a name of an engine may stand in quotes: everything else asks `engines/`. */
const naming = [
  "choices.ts",
  // An entry is about the texts of one engine.
  "commands/doctor/catalogue/",
  "engines/",
  // By the name of its provider, and to find the package.
  "providers/mysql.ts",
  "templates/index.ts",
];

test("nothing but its data asks which engine it is", () => {
  const folders = ["commands", "constructs", "outputs", "providers", "stacks", "templates"];
  const files = ["main.ts", ...[...folders, "variables"].flatMap(below)].filter((file) =>
    file.endsWith(".ts"),
  );
  const quoted = new RegExp(`["'\`](?:${engines.map(({ flag }) => flag).join("|")})["'\`]`);
  const asking = files.filter(
    (file) =>
      !naming.some((place) => file.startsWith(place)) &&
      quoted.test(readFileSync(join(project, file), "utf8")),
  );
  expect(files).toContain("commands/doctor/diagnosis.ts");
  expect(asking).toEqual([]);
});

function below(folder: string): string[] {
  return readdirSync(join(project, folder), { encoding: "utf8", recursive: true }).map((file) =>
    join(folder, file),
  );
}
