import { OnePipeline } from "../../../commands/doctor/pipelines";
import { UsageError } from "../../../commands/usage-error";
import { recordOf } from "./examples";

/** The id of the nth pipeline: twenty characters. */
const idOf = (nth: number) => `d5n${String(nth).padStart(17, "0")}`;
const record = (id: string | undefined) => recordOf("error", "ERROR", { pipeline_id: id });

function read(id: string | undefined, records: readonly string[]): OnePipeline {
  const one = new OnePipeline(id);
  for (const text of records) one.add(text);
  return one;
}
const many = (count: number) => Array.from({ length: count }, (_, nth) => record(idOf(nth)));

test("records of the one that is asked for count, and those of none; the others are named", () => {
  const one = read(idOf(1), [
    record(idOf(2)),
    record(idOf(1)),
    record(undefined),
    "",
    record(idOf(1)),
  ]);
  expect(one.diagnosis.records).toBe(3);
  expect(one.pipelines).toEqual([idOf(1), idOf(2)]);
  expect(one.mustBeOne()).toBeUndefined();
});

test("without one, all count, and they must be of one", () => {
  expect(read(undefined, [record(idOf(1)), record(idOf(1)), "text"]).diagnosis.records).toBe(3);
  expect(read(undefined, [record(idOf(1))]).mustBeOne()).toBeUndefined();
  expect(read(undefined, []).mustBeOne()).toBeUndefined();
  expect(() => read(undefined, many(19)).mustBeOne()).toThrow(
    new UsageError(
      `The records belong to 19 pipelines. Choose one; \`terraform output -raw rpcn_pipeline_id\` prints yours:
${Array.from({ length: 19 }, (_, nth) => `  --pipeline ${idOf(nth)}`).join("\n")}`,
    ),
  );
});

test("two must not be taken for one", () => {
  expect(() => read(undefined, many(2)).mustBeOne()).toThrow(/^The records belong to 2 pipelines/);
});

test("what is from before is left out, but for what has no time", () => {
  const one = new OnePipeline(undefined, Date.parse("2026-01-20T16:00:00Z"));
  for (const time of ["15:59:59.999", "16:00:00", "16:00:00.001"]) {
    one.add(JSON.stringify({ message: time, time: `2026-01-20T${time}Z` }));
  }
  one.add(JSON.stringify({ message: "some time" }));
  expect(one.diagnosis.records).toBe(3);
});

test("twenty are named", () => {
  const one = read(undefined, many(25));
  expect(one.pipelines).toEqual(Array.from({ length: 20 }, (_, nth) => idOf(nth)));
  expect(() => one.mustBeOne()).toThrow(
    /^The records belong to 20 or more pipelines\. Choose one;/,
  );
});

test("beyond those, the one that is asked for is still found", () => {
  const one = read(idOf(99), [...many(25), record(idOf(99)), "text"]);
  expect(one.diagnosis.records).toBe(2);
  expect(one.pipelines).not.toContain(idOf(99));
});
