import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { renderModule } from "../src";
import { defects, faultsPage } from "./defects";
import { formattingOf, hasTerraform } from "./terraform";

describe.each(Object.entries(defects))("%s", (_, { build, theirs, notTheirs, ours }) => {
  const example = () => {
    const stack = new TerraformStack(Testing.app(), "example");
    build(stack);
    return stack;
  };

  test("in CDKTF", () => {
    const { hcl } = example().toHclTerraform() as { hcl: string };
    if (theirs !== undefined) expect(hcl).toContain(theirs);
    if (notTheirs !== undefined) expect(hcl).not.toContain(notTheirs);
  });

  test("here", () => {
    const files = renderModule(example());
    expect(Object.values(files).join("\n")).toContain(ours);
    if (hasTerraform) expect(formattingOf(files)).toBe("");
  });
});

test("no backend is written that nobody asked for", () => {
  const stack = new TerraformStack(Testing.app(), "example");
  stack.ensureBackendExists();
  expect(renderModule(stack)).toEqual({});
});

test("FAULTS.md shows all of them", () => {
  expect(readFileSync(join(__dirname, "..", "FAULTS.md"), "utf8")).toBe(faultsPage());
});
