const { spawnSync } = require("node:child_process");
const { chmodSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const project = join(__dirname, "..");

/**
 * Before all test files: builds the program that some of them run, and makes a folder for what one
 * file leaves for the others as long as this run lasts. It is also the system's temporary folder
 * until then: CDKTF's test apps and some of Java's libraries never remove what they put there.
 */
module.exports = () => {
  // Errors in types are told, and are no reason to test nothing: `npm run lint` ends with them.
  const writer = ["--build", join("packages", "cdktf-hcl")];
  for (const [program, ...args] of [
    [require.resolve("typescript/bin/tsc"), ...writer],
    [join("build", "bundle.js")],
  ]) {
    spawnSync(process.execPath, [program, ...args], { cwd: project, stdio: "inherit" });
  }
  const folder = mkdtempSync(join(tmpdir(), "jest-"));
  // As the system's own: database servers run as another user.
  chmodSync(folder, 0o1777);
  process.env.RUN_FOLDER = folder;
  process.env.TMPDIR = folder;
};

module.exports.teardown = () => rmSync(process.env.RUN_FOLDER, { recursive: true, maxRetries: 5 });
