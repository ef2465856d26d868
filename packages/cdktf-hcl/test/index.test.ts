import type { TerraformStack } from "cdktf";
import { asExpression, parseExpression, parseTemplate, renderModule } from "../src";

jest.mock("cdktf", () => {
  throw new Error("CDKTF is being loaded");
});

test("an expression, as its parts", () => {
  expect(parseExpression('upper(var.name) == "A"')).toEqual([
    { kind: "name", text: "upper" },
    {
      kind: "group",
      opens: "(",
      items: [
        [
          { kind: "name", text: "var" },
          { kind: "operator", text: "." },
          { kind: "name", text: "name" },
        ],
      ],
    },
    { kind: "operator", text: "==" },
    { kind: "template", parts: ["A"] },
  ]);
});

test.each([
  ["plain", '"plain"'],
  ['say "\\n" to ${ upper("x") }', '"say \\"\\\\n\\" to ${upper("x")}"'],
  ["${ local.x }", "local.x"],
  ["${local.x}${local.y}", '"${local.x}${local.y}"'],
  ["%{ if local.x }yes%{ endif }", '"%{if local.x}yes%{endif}"'],
])("a template as an expression: %s", (template, written) => {
  expect(asExpression(template)).toBe(written);
});

test("whoever only reads HCL does not wait for CDKTF", () => {
  expect(parseTemplate("plain text")).toEqual(["plain text"]);
  expect(() => renderModule({} as TerraformStack)).toThrow("CDKTF is being loaded");
});
