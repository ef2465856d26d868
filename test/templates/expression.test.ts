import { readBy } from "../../templates/expression";

const all = (template: string) =>
  Object.keys(readBy(template, { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 })).join("");

test("the smallest use: the value that a template reads, and no other", () => {
  expect(readBy("${a}", { a: "var.a", b: "var.b" })).toEqual({ a: "var.a" });
});

test.each([
  ["a {b} $c %d", ""],
  ["$${a} %%{b}", ""],
  ["$${a} ${b}", "b"],
  ["%{ if a }b%{ else }c%{ endif }", "a"],
  ["%{ for each in a ~} ${each.b} %{ endfor ~}", "ab"],
  ['${join(", ", [for each in a : "\'${b}.${each}\'"])} c', "ab"],
  ["${{ a = 1 }.a} b ${c}", "ac"],
  ["${ab} ${a_b}", ""],
  ['100 % {a} ${replace(b, "_", "\\\\_")} c', "b"],
])("of %s, what stands in sequences", (template, names) => {
  expect(all(template)).toBe(names);
});
