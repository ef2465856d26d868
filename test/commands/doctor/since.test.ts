import { instantOf, sinceWhen } from "../../../commands/doctor/since";

const now = Date.parse("2026-01-20T16:00:00Z");

test.each([
  ["90s", "2026-01-20T15:58:30.000Z"],
  ["90m", "2026-01-20T14:30:00.000Z"],
  ["2h", "2026-01-20T14:00:00.000Z"],
  ["1d", "2026-01-19T16:00:00.000Z"],
  ["2026-01-20T15:00:00Z", "2026-01-20T15:00:00.000Z"],
  ["2026-01-20", "2026-01-20T00:00:00.000Z"],
])("%s is %s", (given, instant) => {
  expect(new Date(sinceWhen(given, now)).toISOString()).toBe(instant);
});

test.each(["", "1w", "h", "1.5h", "90min", "16:00"])("%j is refused", (given) => {
  expect(() => sinceWhen(given, now)).toThrow(
    `--since is ${JSON.stringify(given)}. It must be how long ago, as 90m, 2h or 1d, or a time such as 2026-01-20T16:00:00Z.`,
  );
});

test.each<[time: string, instant: string | undefined]>([
  ["2026-01-20T16:27:06.316621814Z", "2026-01-20T16:27:06.316Z"],
  ["2026-01-20T16:27:06.316000+00:00", "2026-01-20T16:27:06.316Z"],
  ["2026-01-20T16:27:06+0100", "2026-01-20T15:27:06.000Z"],
  ["2026-01-20 16:27:06", "2026-01-20T16:27:06.000Z"],
  ["2026-01-20 16:27:06 UTC:198.51.100.7(41000):", "2026-01-20T16:27:06.000Z"],
  ["2025-09-22T12:02:51,954", "2025-09-22T12:02:51.954Z"],
  ["2026-01-20 16:27:06.3 +01:00", "2026-01-20T15:27:06.300Z"],
  ["2026-99-20T16:27:06Z", undefined],
  ["at 2026-01-20T16:27:06Z", undefined],
  ["Jan 20 16:27:06", undefined],
])("%s is %s", (time, instant) => {
  const found = instantOf(time);
  expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(instant);
});
