import { isEnd, Runs } from "../../../commands/doctor/runs";

const running = "Running main config from file found at: /connect.yaml";
const launching = "Launching a Redpanda Connect instance, use CTRL+C to close";

/** What the runs say of records, one after the other. */
function told(...records: readonly (readonly [message: string, instanceId?: string])[]): string[] {
  const runs = new Runs();
  return records.map(([message, instanceId]) =>
    runs.of({ message, ...(instanceId ? { instanceId } : {}) }),
  );
}

test("a run begins with an id that is new, and those of the one before no longer count", () => {
  expect(
    told(["m", "a"], ["m", "a"], ["m", "a"], ["m"], ["m", "b"], ["m", "a"], ["m", "b"]),
  ).toEqual(["new", "current", "current", "current", "new", "before", "current"]);
});

test("without ids, a run begins with what Connect logs first, and two records of it are one", () => {
  expect(told([running], ["m"], [launching], ["m"], [launching], [running])).toEqual([
    "new",
    "current",
    "current",
    "current",
    "new",
    "new",
  ]);
  expect(told(["Running without a main config"], [launching])).toEqual(["new", "current"]);
  expect(told([launching])).toEqual(["new"]);
  expect(told([`It says: ${launching}`])).toEqual(["current"]);
});

test("a hundred that were replaced are remembered", () => {
  const runs = new Runs();
  const of = (nth: number) => runs.of({ message: "m", instanceId: String(nth) });
  for (let nth = 0; nth <= 101; nth++) expect(of(nth)).toBe("new");
  expect(of(1)).toBe("before");
  expect(of(0)).toBe("new");
});

test("a run ends with what Connect says last", () => {
  const ends = (message: string) => isEnd({ message, level: "INFO" });
  expect(ends("Received SIGTERM, the service is closing")).toBe(true);
  expect(ends("Pipeline has terminated. Shutting down the service")).toBe(true);
  expect(ends("It says: Pipeline has terminated. Shutting down the service")).toBe(false);
  expect(isEnd({ message: "Received SIGTERM, the service is closing", level: "WARN" })).toBe(false);
});
