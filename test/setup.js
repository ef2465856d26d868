const { spawnSync } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const project = join(__dirname, "..");

/**
 * Before all test files: builds the program that some of them run, and makes a folder for what one
 * file leaves for the others as long as this run lasts.
 */
module.exports = () => {
  // Errors in types are told, and are no reason to test nothing: `npm run lint` ends with them.
  spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--build"], {
    cwd: project,
    stdio: "inherit",
  });
  process.env.RUN_FOLDER = mkdtempSync(join(tmpdir(), "jest-run-"));
};

module.exports.teardown = () => rmSync(process.env.RUN_FOLDER, { recursive: true });
