/**
 * A few of the items that together have every feature that any of them has: always the next one with
 * the most that are missing, the earlier one of two with as many.
 */
export function covering<T>(
  items: readonly T[],
  featuresOf: (item: T) => Iterable<string>,
): readonly T[] {
  const candidates = items.map((item) => ({ item, features: [...new Set(featuresOf(item))] }));
  const missing = new Set(candidates.flatMap(({ features }) => features));
  const chosen: T[] = [];
  while (missing.size > 0) {
    const gains = candidates.map(
      ({ features }) => features.filter((feature) => missing.has(feature)).length,
    );
    const best = candidates[gains.indexOf(Math.max(...gains))];
    for (const feature of best?.features ?? []) missing.delete(feature);
    if (best) chosen.push(best.item);
  }
  return chosen;
}

/** Each two of them: with these as features, whatever goes wrong between two of them is covered. */
export function pairsOf(values: readonly string[]): string[] {
  return values.flatMap((one, i) => values.slice(i + 1).map((other) => `${one} ${other}`));
}
