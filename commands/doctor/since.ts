import { UsageError } from "../usage-error";

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The instant that `--since` names, in milliseconds since 1970.
 *
 * @param given a time, or how long ago: `2026-01-20T16:00:00Z`, `90m`, `2h`, `1d`
 * @throws {UsageError} when it is neither
 */
export function sinceWhen(given: string, now: number): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(given) ?? [];
  const instant = amount && unit ? now - Number(amount) * (units[unit] ?? 0) : instantOf(given);
  if (instant !== undefined) return instant;
  throw new UsageError(
    `--since is ${JSON.stringify(given)}. It must be how long ago, as 90m, 2h or 1d, or a time such as 2026-01-20T16:00:00Z.`,
  );
}

/** A record's time in milliseconds; one without a zone is UTC, as servers and clouds write it. */
export function instantOf(time: string): number | undefined {
  const [, date, clock = "00:00:00", fraction = "0", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?)? ?([+-]\d\d:?\d\d)?/.exec(time) ?? [];
  const instant = Date.parse(`${date}T${clock}.${fraction}${zone}`);
  return Number.isNaN(instant) ? undefined : instant;
}
