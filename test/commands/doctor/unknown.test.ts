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
