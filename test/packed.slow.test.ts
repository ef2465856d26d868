import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

const project = join(__dirname, "..");

let folder: string;
beforeAll(() => {
  const cache = join(project, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  // Below node_modules, where it finds what npm would install beside it.
  folder = realpathSync(mkdtempSync(join(cache, "packed-")));
  const npm = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  const tarball = execFileSync("npm", npm, { cwd: project, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", folder]);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("what npm packs brings its HCL writer, and writes the modules", () => {
  const unpacked = join(folder, "package");
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: unpacked, encoding: "utf8", stdio: "pipe" });
  expect(run("-p", 'require.resolve("cdktf-hcl")').trim()).toBe(
    join(unpacked, "node_modules", "cdktf-hcl", "dist", "index.js"),
  );
  run("dist/main.js", "synth", "--out", folder);
  const file = "aurora-postgres/iam.tf";
  expect(readFileSync(join(folder, file), "utf8")).toBe(
    readFileSync(join(project, "__snapshots__", file), "utf8"),
  );
});
