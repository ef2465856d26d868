/**
 * `*.test.ts` is what `npm test` runs, in a minute. `*.slow.test.ts` needs a server, or applies many
 * modules: `npm run test:all` runs both.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test", "<rootDir>/packages"],
  // The package as it is written, not as it was built last.
  moduleNameMapper: { "^cdktf-hcl$": "<rootDir>/packages/cdktf-hcl/src" },
  transform: { "\\.ts$": "<rootDir>/test/transform.js" },
  setupFiles: ["<rootDir>/test/no-stack-traces.js"],
  globalSetup: "<rootDir>/test/setup.js",
  globalTeardown: "<rootDir>/test/teardown.js",
  testSequencer: "<rootDir>/test/sequencer.js",
  // Jest itself would keep one core free.
  maxWorkers: "100%",
  // Each test may run Terraform several times, on a machine that runs other tests as well.
  testTimeout: 60_000,
  // Inline snapshots stay as Jest writes them: Biome formats.
  prettierPath: null,
  reporters: ["default", "summary", "<rootDir>/test/reporter.js"],
};
