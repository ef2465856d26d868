/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  transform: {
    "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.test.json" }],
  },
  // Each test may run Terraform several times, on a machine that runs other tests as well.
  testTimeout: 60_000,
  // Inline snapshots stay as Jest writes them: Biome formats.
  prettierPath: null,
  reporters: ["default", "summary", "<rootDir>/test/reporter.js"],
};
