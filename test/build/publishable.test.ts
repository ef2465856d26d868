import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json";

const project = join(__dirname, "..", "..");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "publishable-"));
  for (const name of ["CHANGELOG.md", "releases"]) {
    cpSync(join(project, name), join(folder, name), { recursive: true });
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the check says of the project with these fields in package.json. */
function check(fields: object) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, ...fields }));
  const args = [join(project, "build", "publishable.js"), folder];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, stderr };
}

const addresses = {
  repository: { type: "git", url: "git+https://github.com/us/rpcn-aurora.git" },
  homepage: "https://github.com/us/rpcn-aurora#readme",
  bugs: "https://github.com/us/rpcn-aurora/issues",
};

test("`npm run release` refuses without the addresses, and publishes nothing else by itself", () => {
  expect(check({ repository: undefined, homepage: undefined, bugs: undefined })).toEqual({
    status: 1,
    stderr: `This cannot be published:
  - "repository" in package.json is not set. It must be the address of what exists, such as https://github.com/<owner>/<name>.
  - "homepage" in package.json is not set. It must be the address of what exists, such as the repository's page, with #readme.
  - "bugs" in package.json is not set. It must be the address of what exists, such as the repository's page of issues.
`,
  });
  expect(manifest.scripts.release).toBe("npm publish");
  expect(manifest.scripts.prepublishOnly.split(" && ")[0]).toBe("node build/publishable.js");
});

test("a version that its changelog and its addresses do not know", () => {
  expect(check({ ...addresses, version: "9.9.9", private: true, license: "MIT" })).toEqual({
    status: 1,
    stderr: `This cannot be published:
  - "private" in package.json is true: npm publishes no such package.
  - "license" in package.json is "MIT", and LICENSE is Apache-2.0.
  - CHANGELOG.md has no section "## [9.9.9]". What is below "## [Unreleased]" belongs there.
  - releases/9.9.9.json is not there: \`npm version\` writes it.
`,
  });
});

test("a version that is complete", () => {
  expect(check(addresses)).toEqual({ status: 0, stderr: "" });
});

test("ours and the HCL writer's licence is the same", () => {
  const read = (path: string) => readFileSync(join(project, path), "utf8");
  expect(read("packages/cdktf-hcl/LICENSE")).toBe(read("LICENSE"));
  expect(JSON.parse(read("packages/cdktf-hcl/package.json")).license).toBe(manifest.license);
});
