import { texts } from ".";
import { type Share, scoreOfChains, scoreOfHealthy, scoreOfShapes, scores } from "./score";

/** In hundredths, rounded down. */
const percent = ({ count, of }: Share) => Math.floor((100 * count) / of);

let judged: Awaited<ReturnType<typeof scores>>;
beforeAll(async () => {
  judged = await scores();
});

test("texts that entries may be written for: hop, cause, and none is called healthy", () => {
  const { open } = judged;
  expect(open.rightHop.of).toBeGreaterThanOrEqual(150);
  expect(percent(open.rightHop)).toBeGreaterThanOrEqual(95);
  expect(percent(open.rightCause)).toBeGreaterThanOrEqual(99);
  expect(open.notHealthy.not).toEqual([]);
});

test("texts set aside: what is made of words that nobody had in mind", () => {
  const { setAside } = judged;
  expect(setAside.rightHop.of).toBeGreaterThanOrEqual(50);
  // The best score so far, so that it does not fall.
  expect(percent(setAside.rightHop)).toBeGreaterThanOrEqual(90);
  expect(setAside.notHealthy.not).toEqual([]);
});

test("healthy logs raise no alarm, and those of Connect are called so", async () => {
  const { noAlarm, streaming } = await scoreOfHealthy();
  expect(noAlarm).toMatchObject({ of: 43, not: [] });
  expect(streaming).toMatchObject({ not: [] });
});

test("the cause of a chain is that of its last phase", async () => {
  const { all, interleaved } = await scoreOfChains();
  expect(all).toMatchObject({ of: 31, not: [] });
  expect(interleaved).toMatchObject({ of: 11, not: [] });
});

test("the verdict is the same in every shape", async () => {
  const shares = await scoreOfShapes(10);
  expect(shares.size).toBeGreaterThanOrEqual(50);
  // A lint is an error of the configuration, whatever else it says.
  const bad = [...shares].filter(([name, share]) => !/lint=/.test(name) && percent(share) < 95);
  expect(bad).toEqual([]);
});

test("there are enough texts", () => {
  expect(texts.length).toBeGreaterThanOrEqual(150);
});
