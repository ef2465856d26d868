import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import {
  TerraformLocal,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { layout, renderModule, UnrenderableStackError } from "../src";

/** The lines of the error, without the headline. */
function problemsOf(build: (stack: TerraformStack) => void): readonly string[] {
  const stack = new TerraformStack(Testing.app(), "example");
  build(stack);
  try {
    renderModule(stack);
  } catch (error) {
    if (error instanceof UnrenderableStackError) return error.problems;
    throw error;
  }
  return [];
}

/** A resource of a provider that nobody knows. */
function unknown(stack: TerraformStack): TerraformResource {
  return new TerraformResource(stack, "thing", { terraformResourceType: "acme_thing" });
}

test("all problems at once, each with its path, its value and what to do", () => {
  const stack = new TerraformStack(Testing.app(), "example");
  new TerraformLocal(stack, "big", 2 ** 53);
  new TerraformVariable(stack, "1st", { default: Number.NaN });
  expect(() => renderModule(stack)).toThrow(UnrenderableStackError);
  expect(() => renderModule(stack)).toThrow(`Stack example cannot be written as HCL, 3 problems:
  - example/1st: variable.1st has the label "1st", which Terraform does not allow. Start it with a letter or "_" and go on with letters, digits, "_" and "-": give the construct another id, or call overrideLogicalId()
  - example/1st: variable.1st: default is NaN, which is no number to Terraform. Give a finite number
  - example/big: locals: big is the number 9007199254740992, beyond 2^53, where JavaScript rounds. Give it as text: Terraform converts "123" to a number where one is expected`);
});

test.each<[string, (stack: TerraformStack) => void, string]>([
  [
    "a number beyond 2^53, deep in a value",
    (stack) => new TerraformLocal(stack, "big", { list: [-(2 ** 60)] }),
    'example/big: locals: big is the number -1152921504606847000, beyond 2^53, where JavaScript rounds. Give it as text: Terraform converts "123" to a number where one is expected',
  ],
  [
    "infinity",
    (stack) => new TerraformLocal(stack, "all", Number.POSITIVE_INFINITY),
    "example/all: locals: all is Infinity, which is no number to Terraform. Give a finite number",
  ],
  [
    "what JSON cannot hold",
    (stack) => new TerraformLocal(stack, "big", [1n]),
    "example/big: locals: big is 1, which JSON cannot hold. Give text, a number, a boolean, a list, an object or a token",
  ],
  [
    "half a character",
    (stack) => new TerraformLocal(stack, "half", "\ud83d"),
    'example/half: locals: half is "\\ud83d", half of a surrogate pair, which no UTF-8 file can hold',
  ],
  [
    "an interpolation without an end",
    (stack) => new TerraformLocal(stack, "open", "costs ${5"),
    'example/open: locals: open is "costs ${5", which Terraform cannot read: "${" without its "}" at character 10. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "an interpolation of nothing that is an expression",
    (stack) => new TerraformLocal(stack, "shell", "${HOME:?no}; ${`ls`}"),
    'example/shell: locals: shell is "${HOME:?no}; ${`ls`}", which Terraform cannot read: unexpected "`" at character 16. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "an interpolation of nothing",
    (stack) => new TerraformLocal(stack, "text", "${}"),
    'example/text: locals: text is "${}", which Terraform cannot read: "${" without an expression at character 4. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "a directive that Terraform does not have",
    (stack) => new TerraformLocal(stack, "text", "no %{x}"),
    'example/text: locals: text is "no %{x}", which Terraform cannot read: "%{" without one of if, else, endif, for, endfor at character 8. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "a directive that goes on to the end",
    (stack) => new TerraformLocal(stack, "text", "%{ if true }yes"),
    'example/text: locals: text is "%{ if true }yes", which Terraform cannot read: "%{ if }" without its "%{ endif }" at character 17. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "a directive without an expression",
    (stack) => new TerraformLocal(stack, "text", "%{ for }x%{ endfor }"),
    'example/text: locals: text is "%{ for }x%{ endfor }", which Terraform cannot read: "%{ for }" without an expression at character 9. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "the end of a directive that is not open",
    (stack) => new TerraformLocal(stack, "text", "%{ if true }yes%{ endfor }"),
    'example/text: locals: text is "%{ if true }yes%{ endfor }", which Terraform cannot read: "%{ endfor }" where nothing is open that it belongs to at character 27. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "a second else",
    (stack) => new TerraformLocal(stack, "text", "%{ if true }a%{ else }b%{ else }c%{ endif }"),
    'example/text: locals: text is "%{ if true }a%{ else }b%{ else }c%{ endif }", which Terraform cannot read: "%{ else }" where nothing is open that it belongs to at character 33. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "a validation whose message is no template",
    (stack) =>
      new TerraformVariable(stack, "name", {
        validation: [{ condition: "${true}", errorMessage: "no %{x}" }],
      }),
    'example/name: variable.name: validation.error_message is "no %{x}", which Terraform cannot read: "%{" without one of if, else, endif, for, endfor at character 8. Escape "${" as "$${" and "%{" as "%%{" where they are meant as text',
  ],
  [
    "an object that is a block or an attribute, of a provider without a schema",
    (stack) => unknown(stack).addOverride("settings", { size: 1 }),
    'example/thing: resource.acme_thing.thing: settings is a block or an attribute, and no schema of resource type acme_thing is known to tell. Pass what "terraform providers schema -json" prints: renderModule(stack, { schemas: [...] })',
  ],
  [
    "an empty list of a provider without a schema",
    (stack) => unknown(stack).addOverride("settings", []),
    'example/thing: resource.acme_thing.thing: settings is a block or an attribute, and no schema of resource type acme_thing is known to tell. Pass what "terraform providers schema -json" prints: renderModule(stack, { schemas: [...] })',
  ],
  [
    "an object that the known schema does not have",
    (stack) => new SnsTopic(stack, "topic", {}).addOverride("settings", { size: 1 }),
    "example/topic: resource.aws_sns_topic.topic: settings is not in the schema of resource type aws_sns_topic, so there is no telling whether it is a block or an attribute. Pass the schema of the provider version in use: renderModule(stack, { schemas: [...] })",
  ],
  [
    "a dynamic block of an attribute",
    (stack) =>
      new SnsTopic(stack, "topic", {}).addOverride("dynamic.tags", {
        for_each: [1],
        content: { a: 1 },
      }),
    "example/topic: resource.aws_sns_topic.topic: dynamic.tags.content cannot be written: tags is an attribute. Give it an expression, such as a for expression",
  ],
  [
    "a list of other things than blocks",
    (stack) =>
      new Instance(stack, "vm", {}).addOverride("root_block_device", [{ volume_size: 1 }, "big"]),
    'example/vm: resource.aws_instance.vm: root_block_device is "big", but root_block_device is a block and needs an object. For a number of blocks only known to Terraform use a dynamic block',
  ],
  [
    "an argument that Terraform does not have",
    (stack) => new TerraformVariable(stack, "name", {}).addOverride("defualt", 1),
    "example/name: variable.name: defualt is not known here. Remove it: Terraform has no such argument",
  ],
  [
    "an argument whose name is none",
    (stack) => unknown(stack).addOverride("two words", 1),
    'example/thing: resource.acme_thing.thing: two words: "two words" is not a name that Terraform allows for an argument. Use letters, digits, "_" and "-"',
  ],
  [
    "a kind of block that Terraform does not have",
    (stack) => stack.addOverride("resuorce.a.b", {}),
    "example: resuorce is not a block of Terraform that can be written. Known are: terraform, provider, variable, locals, data, ephemeral, resource, module, moved, import, removed, check, output",
  ],
  [
    "a resource that is no object",
    (stack) => stack.addOverride("resource.a.b", "c"),
    'example: resource is "c", but a block needs an object',
  ],
  [
    "two constructs at one address",
    (stack) => {
      new SnsTopic(stack, "one", {}).overrideLogicalId("same");
      new SnsTopic(stack, "two", {}).overrideLogicalId("same");
    },
    "example/two: resource.aws_sns_topic.same is also the address of example/one, and one would overwrite the other. Give one of them another id, or overrideLogicalId()",
  ],
  [
    "a file in a folder",
    (stack) => layout(new TerraformLocal(stack, "a", 1), { file: "network/main.tf" }),
    'example/a: "network/main.tf" is not a file name for a layout. Use letters, digits, "_", "-" and ".", with the ending .tf and without folders; Terraform reads override.tf and names that end in _override.tf differently',
  ],
  [
    "a file that Terraform would merge into the others",
    (stack) => layout(new TerraformLocal(stack, "a", 1), { file: "my_override.tf" }),
    'example/a: "my_override.tf" is not a file name for a layout. Use letters, digits, "_", "-" and ".", with the ending .tf and without folders; Terraform reads override.tf and names that end in _override.tf differently',
  ],
  [
    "a comment for an argument that is not there",
    (stack) =>
      layout(new SnsTopic(stack, "topic", { name: "a" }), { comments: { nmae: "Why a." } }),
    'example/topic: the layout has a comment for "nmae", but no argument or nested block of that path is written',
  ],
])("refuses %s", (_, build, problem) => {
  expect(problemsOf(build)).toEqual([problem]);
});

test("takes what the schema tells", () => {
  const stack = new TerraformStack(Testing.app(), "example");
  const thing = unknown(stack);
  thing.addOverride("settings", { size: 1 });
  thing.addOverride("rules", []);
  thing.addOverride("disk", [{ size: 1 }, { size: 2 }]);
  thing.addOverride("mount", { a: { path: "/a" }, b: { path: "/b" } });
  const schemas = [
    {
      provider_schemas: {
        "registry.terraform.io/acme/acme": {
          resource_schemas: {
            acme_thing: {
              block: {
                attributes: {
                  settings: { nested_type: { nesting_mode: "single" } },
                  rules: { type: ["set", ["object", { port: "number" }]] },
                },
                block_types: {
                  disk: {
                    nesting_mode: "list",
                    block: { attributes: { size: { type: "number" } } },
                  },
                  mount: { nesting_mode: "map", block: { attributes: { path: {} } } },
                },
              },
            },
          },
        },
      },
    },
  ];
  expect(renderModule(stack, { schemas })["main.tf"]).toBe(`resource "acme_thing" "thing" {
  settings = { size = 1 }
  rules    = []

  disk {
    size = 1
  }

  disk {
    size = 2
  }

  mount "a" {
    path = "/a"
  }

  mount "b" {
    path = "/b"
  }
}
`);
});
