const { default: Sequencer } = require("@jest/test-sequencer");

/** Slow files first, and the many quick ones at the end: so no core waits for a last long file. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isSlow = ({ path }) => path.endsWith(".slow.test.ts");
    const sorted = super.sort(tests);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};
