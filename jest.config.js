/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  transform: { "\\.ts$": "<rootDir>/test/transform.js" },
  globalSetup: "<rootDir>/test/setup.js",
  globalTeardown: "<rootDir>/test/teardown.js",
  // Jest itself keeps one core free.
  maxWorkers: "100%",
  // Each test may run Terraform several times, on a machine that runs other tests as well.
  testTimeout: 60_000,
  reporters: ["default", "summary", "<rootDir>/test/reporter.js"],
};
