import { ExactNumber, JsonProblem, parseJson, writeJson } from "../src/json";

test("what JavaScript would change stays as it is", () => {
  const text = `{
  "__proto__": { "a": 1 },
  "numbers": [0, -0, 1.0, 1e5, 12345678901234567890, 9007199254740992, 1e+21, 0.1, 1e-7],
  "text": "\\u00e9\\n\\"\\ud83d\\ude00",
  "rest": [true, false, null, {}, []]
}`;
  const json = parseJson(text) as Record<string, unknown>;
  expect(Object.keys(json)).toEqual(["__proto__", "numbers", "text", "rest"]);
  expect(json.numbers).toEqual([
    0,
    new ExactNumber("-0"),
    new ExactNumber("1.0"),
    new ExactNumber("1e5"),
    new ExactNumber("12345678901234567890"),
    new ExactNumber("9007199254740992"),
    new ExactNumber("1e+21"),
    0.1,
    1e-7,
  ]);
  expect(writeJson(json)).toBe(`{
  "__proto__": {
    "a": 1
  },
  "numbers": [
    0,
    -0,
    1.0,
    1e5,
    12345678901234567890,
    9007199254740992,
    1e+21,
    0.1,
    1e-7
  ],
  "text": "é\\n\\"😀",
  "rest": [
    true,
    false,
    null,
    {},
    []
  ]
}`);
});

test.each([
  ["", "no value in line 1, column 1"],
  ['{"a": 1,}', "no name in line 1, column 9"],
  ['{"a" 1}', 'no ":" in line 1, column 6'],
  ['{\n  "a": 1\n  "b": 2\n}', 'neither "," nor "}" in line 3, column 3'],
  ["[1 2]", 'neither "," nor "]" in line 1, column 4'],
  ['{"a": 1, "a": 2}', '"a" for the second time in line 1, column 13'],
  ["{} {}", "more text after the end in line 1, column 4"],
  [
    '["a\nb"]',
    "a string that does not end, or with an escape that JSON does not have in line 1, column 2",
  ],
  ['{"//": 1, "//": 2} x', "more text after the end in line 1, column 20"],
])("%j is refused", (text, message) => {
  expect(() => parseJson(text)).toThrow(new JsonProblem(message));
});

test("a byte order mark is skipped", () => {
  expect(parseJson("\ufeff1")).toBe(1);
});
