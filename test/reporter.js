/**
 * Ends the output with what was skipped and why, and with the counts of what really ran. Reasons
 * stand in the names of skipped groups: see `describeUnless`.
 *
 * @implements {import("@jest/reporters").Reporter}
 */
module.exports = class Reporter {
  constructor({ testNamePattern }) {
    this.chosenByName = Boolean(testNamePattern);
  }

  onRunComplete(_contexts, results) {
    const skipped = results.testResults
      .flatMap(({ testResults }) => testResults)
      // What `--testNamePattern` leaves out needs no reason.
      .filter(({ status }) => status === "pending" && !this.chosenByName)
      .map(({ ancestorTitles, fullName }) => {
        return ancestorTitles.find((title) => title.includes("(skipped: ")) ?? fullName;
      });
    // A file that cannot be loaded has no test to fail.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const counts = `${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`;
    // Jest's own summary comes after all reporters.
    process.once("exit", () => {
      process.stdout.write(`${[...new Set(skipped), counts].join("\n")}\n`);
    });
  }
};
