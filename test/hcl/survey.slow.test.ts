import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { renderSynthesized } from "cdktf-hcl";
import { describeWithTerraform } from "../standin/judges";
import { judge } from "./survey/judge";
import { stacksBelow } from "./survey/stacks";
import { reportOf, survey } from "./survey/survey";

/** A stack of providers that nobody knows and of modules that nobody downloads. */
const SHOP = {
  provider: { acme: [{ region: "north", alias: "north" }] },
  resource: {
    acme_queue: {
      orders: { provider: "acme.north", name: 'a "b" \\d', tags_all: null },
    },
    acme_reader: {
      reader: {
        queue: "${acme_queue.orders.arn}",
        first: "${acme_queue.orders.shards[0].name}",
        depends_on: ["acme_queue.orders"],
      },
    },
  },
  module: {
    bill: { source: "acme/bill/example", version: "~> 1.2", queue: "${acme_queue.orders.id}" },
  },
  output: { bill: { value: "${module.bill.number}" } },
  terraform: { required_providers: { acme: { source: "acme/acme", version: "1.0.0" } } },
};

/** Of which the writer cannot tell what `options` is. */
const UNKNOWN = { resource: { acme_thing: { thing: { options: { one: 1 } } } } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "survey-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test("stacks are found where a synthesis or a snapshot has them, and snapshots are not run", () => {
  write("cdktf.out/stacks/shop/cdk.tf.json", "{}");
  write("node_modules/other/cdk.tf.json", "{}");
  const json = '{\n  "output": {\n    "a": {\n      "value": "${upper(\\"b\\")}"\n    }\n  }\n}';
  const inSnapshot = json.replace(/[\\`]|\$\{/g, (part) => `\\${part}`);
  write(
    "test/__snapshots__/shop.test.ts.snap",
    [
      "// Jest Snapshot v1, https://goo.gl/fbAQLP",
      `exports[\`shop as JSON 1\`] = \`\n"${inSnapshot}"\n\`;`,
      'exports[`shop as text 1`] = `"no stack"`;',
      'throw new Error("nobody runs this");',
    ].join("\n\n"),
  );
  expect(stacksBelow(folder)).toEqual([
    {
      place: "cdktf.out/stacks/shop/cdk.tf.json",
      text: "{}",
      folder: join(folder, "cdktf.out/stacks/shop"),
    },
    { place: "test/__snapshots__/shop.test.ts.snap: shop as JSON 1", text: json },
  ]);
});

describeWithTerraform("Terraform judges", () => {
  test("what is written, and what stays JSON", async () => {
    write("shop/cdk.tf.json", JSON.stringify(SHOP));
    write("unknown/cdk.tf.json", JSON.stringify(UNKNOWN));
    write("wrong/cdk.tf.json", JSON.stringify({ output: { a: { value: "${b}" } } }));
    expect(reportOf([await survey(folder)]).replaceAll(folder, "projects")).toBe(
      `folder | commit | stacks | whole | fmt-clean | equal | different | not evaluated
--- | --- | --- | --- | --- | --- | --- | ---
projects |  | 3 | 2 | 3 | 2 | 0 | 1
all |  | 3 | 2 | 3 | 2 | 0 | 1

projects/unknown/cdk.tf.json
  - refused: resource.acme_thing.thing: options is a block or an attribute, and no schema of resource type acme_thing is known to tell. Pass what "terraform providers schema -json" prints: cdktf-hcl --schemas schemas.json
projects/wrong/cdk.tf.json
  - not evaluated: Invalid reference: A reference to a resource type must be followed by at least one attribute access, specifying the resource name.
`,
    );
  });

  test.each([
    ["a value", "main.tf", '\\\\d"', '\\\\e"', "resource_changes.0.change.after.name"],
    ["a dependency", "main.tf", "depends_on = [acme_queue.orders]", "", "depends_on.0"],
    ["a provider's setting", "providers.tf", '"north"\n}', '"south"\n}', "provider_config"],
    ["an argument of a module", "main.tf", "acme_queue.orders.id", '"x"', "module_calls.bill"],
  ])("%s that differs", async (_, file, before, after, path) => {
    const text = JSON.stringify(SHOP);
    const { files } = renderSynthesized(text);
    const tampered = { ...files, [file]: (files[file] ?? "").replace(before, after) };
    expect(tampered).not.toEqual(files);
    const verdict = await judge({ place: "shop", text }, tampered, () => undefined);
    expect(verdict).toMatchObject({ is: "different" });
    expect(JSON.stringify(verdict)).toContain(path);
  });
});
