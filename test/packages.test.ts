import { realpathSync } from "node:fs";
import { join } from "node:path";

const project = join(__dirname, "..");

/** Who builds constructs, or looks at them. */
const USERS = [
  ".",
  "packages/cdktf-hcl",
  "node_modules/cdktf",
  "node_modules/@cdktf/provider-aws",
  "node_modules/@cdktf/provider-postgresql",
];

test("the HCL writer is what lies in its folder", () => {
  expect(realpathSync(join(project, "node_modules", "cdktf-hcl"))).toBe(
    join(realpathSync(project), "packages", "cdktf-hcl"),
  );
});

// The writer asks whether something is a stack, and resolves tokens: a second copy would know neither.
// The CDKTF CLI has a copy of `constructs` for itself, and sees none of ours.
test.each(["cdktf", "constructs"])("all use one copy of %s", (name) => {
  const found = USERS.map((user) => require.resolve(name, { paths: [join(project, user)] }));
  expect(new Set(found)).toEqual(new Set([require.resolve(name)]));
});
