import { UnknownMessages } from "../../../commands/doctor/unknown";

test("counts messages that differ only in times, ids and numbers as one", () => {
  const unknown = new UnknownMessages();
  unknown.add("worker 1 failed at 16:27:06 (request de0401b8-1a52-4cdc-8bb7-88f24dd36d6c)");
  unknown.add("worker 27 failed at 16:27:07 (request 00000000-1a52-4cdc-8bb7-88f24dd36d6c)");
  unknown.add("the tide is out");
  expect(unknown.most(3)).toEqual([
    {
      message: "worker 1 failed at 16:27:06 (request de0401b8-1a52-4cdc-8bb7-88f24dd36d6c)",
      count: 2,
    },
    { message: "the tide is out", count: 1 },
  ]);
});

test("keeps the frequent ones among more different messages than it remembers", () => {
  const unknown = new UnknownMessages();
  const word = (index: number) =>
    [...String(index)].map((digit) => "ghijklmnop"[Number(digit)]).join("");
  for (let index = 0; index < 20_000; index++) {
    unknown.add(`once: ${word(index)}`);
    if (index % 3 === 0) unknown.add("often");
  }
  expect(unknown.most(1)[0]?.message).toBe("often");
});

test("messages are told apart by their first 500 characters", () => {
  const unknown = new UnknownMessages();
  const message = (last: string) => `${"x".repeat(499)}${last}`;
  for (const last of ["y", "z", "za", "zb"]) unknown.add(message(last));
  expect(unknown.most(5).map(({ count }) => count)).toEqual([3, 1]);
});

test.each<[one: string, other: string, count: number]>([
  ["id deadbeef", "id 01234567", 2],
  ["id deadbeef-1a52-4cdc", "id 01234567", 2],
  ["id DEADBEEF", "id 1", 2],
  ["id deadbee", "id 0123456", 1],
  ["a1", "a22", 2],
  ["a1", "a", 1],
])("%s and %s", (one, other, count) => {
  const unknown = new UnknownMessages();
  unknown.add(one);
  unknown.add(other);
  expect(unknown.most(1)[0]?.count).toBe(count);
});

test("a thousand are remembered, and of more those that came twice", () => {
  const unknown = new UnknownMessages();
  const word = (index: number) =>
    [...String(index)].map((digit) => "ghijklmnop"[Number(digit)]).join("");
  unknown.add("twice");
  unknown.add("twice");
  unknown.add("thrice");
  unknown.add("thrice");
  unknown.add("thrice");
  for (let index = 0; index < 998; index++) unknown.add(word(index));
  expect(unknown.most(2000)).toHaveLength(1000);
  unknown.add("one too many");
  expect(unknown.most(2000)).toEqual([
    { message: "twice", count: 1 },
    { message: "thrice", count: 1 },
  ]);
});

test("secrets are masked", () => {
  const unknown = new UnknownMessages();
  unknown.add("password=canary");
  expect(unknown.most(1)).toEqual([{ message: "password=***", count: 1 }]);
});
