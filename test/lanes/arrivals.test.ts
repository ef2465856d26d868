import { Comparison } from "./arrivals";
import type { Change } from "./changes";
import type { Arrival } from "./lane";

const changes: Change[] = [
  { id: 1, operation: "insert", version: 1, note: "a" },
  { id: 2, operation: "insert", version: 1, note: "b" },
  { id: 1, operation: "update", version: 2, note: "c" },
  { id: 1, operation: "delete", version: 3, note: "" },
];

/** An arrival that tells a change; the partition is the row's. */
function arrival(index: number, differences: Partial<Change & Arrival> = {}): Arrival {
  const { partition, ...change } = { partition: changes[index]?.id ?? 0, ...differences };
  return {
    topic: "",
    key: "",
    value: JSON.stringify({ ...changes[index], ...change }),
    headers: [],
    partition,
    offset: 0,
  };
}

function compared(...arrivals: Arrival[]) {
  const comparison = new Comparison({ changeOf: ({ value }) => JSON.parse(value) });
  comparison.expect(changes);
  for (const one of arrivals) comparison.take(one);
  const { lost, foreign, outOfOrder, overtaken, duplicates, isComplete } = comparison;
  return {
    ...{ lost: lost.length, foreign: foreign.length, outOfOrder: outOfOrder.length },
    ...{ overtaken: overtaken.length, duplicates, isComplete },
  };
}

const fine = { lost: 0, foreign: 0, outOfOrder: 0, overtaken: 0, duplicates: 0, isComplete: true };
const [insert1, insert2, update1, delete1] = [0, 1, 2, 3].map((index) => arrival(index)) as [
  Arrival,
  Arrival,
  Arrival,
  Arrival,
];

test.each<[what: string, arrivals: Arrival[], differences: Partial<typeof fine>]>([
  ["in order", [insert1, insert2, update1, delete1], {}],
  ["in order of each row", [insert1, update1, delete1, insert2], {}],
  [
    "a repetition to its end",
    [insert1, insert2, update1, insert1, update1, delete1],
    { duplicates: 2 },
  ],
  ["one that is lost", [insert1, update1, delete1], { lost: 1, isComplete: false }],
  ["the last one lost", [insert1, insert2, update1], { lost: 1, isComplete: false }],
  ["a gap", [insert1, insert2, delete1], { outOfOrder: 1 }],
  [
    "two the wrong way round",
    [insert2, update1, insert1, delete1],
    { outOfOrder: 2, duplicates: 1 },
  ],
  [
    "an old one repeated, and nothing after it",
    [insert1, insert2, update1, delete1, update1],
    { duplicates: 1, overtaken: 1 },
  ],
  [
    "another note",
    [insert1, insert2, arrival(2, { note: "x" }), delete1],
    { foreign: 1, outOfOrder: 1 },
  ],
  [
    "a row that nobody made",
    [...[insert1, insert2, update1, delete1], arrival(0, { id: 9 })],
    { foreign: 1 },
  ],
  [
    "another partition",
    [insert1, insert2, arrival(2, { partition: 7 }), delete1],
    { outOfOrder: 1 },
  ],
])("the comparison sees %s", (_what, arrivals, differences) => {
  expect(compared(...arrivals)).toEqual({ ...fine, ...differences });
});
