import { renderSynthesized, type SynthesizedOptions } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

const of = (path: string, content: object) => ({ "//": { metadata: { path } }, ...content });
const render = (content: object, options: SynthesizedOptions = {}) => {
  const json = JSON.stringify({ "//": { metadata: { stackName: "shop" } }, ...content });
  const synthesized = renderSynthesized(json, { forEach: true, ...options });
  if (hasTerraform) expect(formattingOf({ ...synthesized.files })).toBe("");
  return synthesized;
};
/** Without `moved.tf`, and without the report where it has nothing to say. */
const main = (content: object, options?: SynthesizedOptions) => {
  const { files, remarks } = render(content, options);
  expect(remarks).toEqual([]);
  return files["main.tf"];
};

test("the smallest use", () => {
  expect(
    render({
      resource: {
        aws_subnet: {
          "subnet-a": of("shop/subnet-a", { cidr_block: "10.0.0.0/24", vpc_id: "vpc-1" }),
          "subnet-b": of("shop/subnet-b", { cidr_block: "10.0.1.0/24", vpc_id: "vpc-1" }),
        },
      },
      output: { b: { value: "the ${aws_subnet.subnet-b.id}" } },
    }),
  ).toEqual({
    files: {
      "main.tf": `resource "aws_subnet" "subnet" {
  for_each = {
    a = "10.0.0.0/24"
    b = "10.0.1.0/24"
  }

  vpc_id     = "vpc-1"
  cidr_block = each.value
}
`,
      "moved.tf": `moved {
  from = aws_subnet.subnet-a
  to   = aws_subnet.subnet["a"]
}

moved {
  from = aws_subnet.subnet-b
  to   = aws_subnet.subnet["b"]
}
`,
      "outputs.tf": `output "b" {
  value = "the \${aws_subnet.subnet["b"].id}"
}
`,
    },
    written: 3,
    refused: [],
    remarks: [],
    moved: [
      ["aws_subnet.subnet-a", 'aws_subnet.subnet["a"]'],
      ["aws_subnet.subnet-b", 'aws_subnet.subnet["b"]'],
    ],
  });
});

/** Resources of Terraform's own, by name. */
const data = (contents: Readonly<Record<string, object>>) => ({
  resource: {
    terraform_data: Object.fromEntries(
      Object.entries(contents).map(([name, content]) => [name, of(`shop/${name}`, content)]),
    ),
  },
});

test("several literals, at any depth; those that are the key; those that are equal", () => {
  expect(
    main(
      data({
        zone_a: { input: { name: "a", ports: [80, 443], text: "same", "no name": true } },
        zone_b: { input: { name: "b", ports: [81, 443], text: "same", "no name": false } },
      }),
    ),
  ).toBe(`resource "terraform_data" "zone" {
  for_each = {
    a = {
      ports_0 = 80
      no_name = true
    }
    b = {
      ports_0 = 81
      no_name = false
    }
  }

  input = {
    name      = each.key
    ports     = [each.value.ports_0, 443]
    text      = "same"
    "no name" = each.value.no_name
  }
}
`);
});

test("equal ones, in the order and in the file of the first, with all paths", () => {
  const content = data({ one: { input: "x" }, two: { input: "x" }, zone: { input: ["y"] } });
  expect(main(content, { paths: true })).toBe(`# shop/one
# shop/two
resource "terraform_data" "data" {
  for_each = toset(["one", "two"])

  input = "x"
}

# shop/zone
resource "terraform_data" "zone" {
  input = ["y"]
}
`);
});

test("with names without hashes, keys have none either", () => {
  const content = data({
    net_a_4F83FE82: { input: "a", depends_on: ["terraform_data.other_00000001"] },
    net_b_4F83FE83: { input: "b", depends_on: ["terraform_data.other_00000001"] },
    other_00000001: { input: ["x"] },
  });
  const { files, moved } = render(content, { tame: true });
  expect(files["main.tf"]).toBe(`resource "terraform_data" "net" {
  for_each = toset(["a", "b"])

  input = each.key

  depends_on = [terraform_data.other]
}

resource "terraform_data" "other" {
  input = ["x"]
}
`);
  expect(moved).toEqual([
    ["terraform_data.net_a_4F83FE82", 'terraform_data.net["a"]'],
    ["terraform_data.net_b_4F83FE83", 'terraform_data.net["b"]'],
    ["terraform_data.other_00000001", "terraform_data.other"],
  ]);
});

test.each([
  ["what they share first", ["net-a", "net-b"], "net", ["a", "b"]],
  ["what they share last", ["a_net", "b_net"], "net", ["a", "b"]],
  ["both", ["my_a_net", "my_b-c_net"], "my_net", ["a", "b_c"]],
  ["their type, if they share nothing", ["a", "b"], "data", ["a", "b"]],
  ["their type, if one has no more than the others", ["net", "net_b"], "data", ["net", "net_b"]],
  ["their type, if what they share is no name", ["a_0", "b_0"], "data", ["a_0", "b_0"]],
])("a block is called %s", (_, [one = "", other = ""], name, keys) => {
  const { moved } = render(data({ [one]: { input: 1 }, [other]: { input: 2 } }));
  expect(moved.map(([, to]) => to)).toEqual(keys.map((key) => `terraform_data.${name}["${key}"]`));
});

test("a name that another block has is not taken", () => {
  const content = data({ net_a: { input: 1 }, net_b: { input: 2 }, net: { input: [] } });
  const others = data({ one: { input: {} }, two: { input: {} }, data: { input: "${var.x}" } });
  const all = { ...content.resource.terraform_data, ...others.resource.terraform_data };
  expect(render({ resource: { terraform_data: all } }).moved.map(([, to]) => to)).toEqual([
    'terraform_data.data_2["net_a"]',
    'terraform_data.data_2["net_b"]',
    'terraform_data.data_3["one"]',
    'terraform_data.data_3["two"]',
  ]);
});

test("references, wherever they stand", () => {
  const content = data({
    a: { input: 1 },
    b: { input: 2 },
    user: {
      input: [
        "${terraform_data.a}",
        "${terraform_data.a.output.b[0]}",
        "${terraform_data.b[*].id}",
        '${upper("in ${terraform_data.b.id}")}',
        "${{for key in [terraform_data.a.id] : key => terraform_data.a}}",
        "$${terraform_data.a}",
      ],
      depends_on: ["terraform_data.a", "terraform_data.b"],
      lifecycle: { replace_triggered_by: ["terraform_data.a.output"] },
    },
  });
  expect(main(content)).toContain(`  input = [
    terraform_data.data["a"],
    terraform_data.data["a"].output.b[0],
    terraform_data.data["b"][*].id,
    upper("in \${terraform_data.data["b"].id}"),
    { for key in [terraform_data.data["a"].id] : key => terraform_data.data["a"] },
    "$\${terraform_data.a}",
  ]

  depends_on = [terraform_data.data["a"], terraform_data.data["b"]]

  lifecycle {
    replace_triggered_by = [terraform_data.data["a"].output]
  }
`);
});

test.each<[string, object, object]>([
  ["an expression", { input: "${var.a}" }, { input: "${var.b}" }],
  ["text that looks like one", { input: "$${a}" }, { input: "$${b}" }],
  ["an argument", { input: 1 }, { input: 1, triggers_replace: 2 }],
  ["how many there are in a list", { input: [1] }, { input: [1, 2] }],
  ["the kind of a value", { input: 1 }, { input: null }],
  ["the provider", { input: 1, provider: "aws.one" }, { input: 2, provider: "aws.two" }],
  ["a dependency", { input: 1, depends_on: ["module.m"] }, { input: 2 }],
  [
    "the life cycle",
    { input: 1, lifecycle: { prevent_destroy: true } },
    { input: 2, lifecycle: { prevent_destroy: false } },
  ],
  [
    "a provisioner",
    { input: 1, provisioner: [{ "local-exec": { command: "a" } }] },
    { input: 2, provisioner: [{ "local-exec": { command: "b" } }] },
  ],
  ["both repeated by themselves", { count: 2, input: 1 }, { count: 2, input: 2 }],
])("apart: %s differs", (_, one, other) => {
  const { moved, remarks } = render(data({ one, other }));
  expect({ moved, remarks }).toEqual({ moved: [], remarks: [] });
});

test("apart: of different constructs", () => {
  const { moved } = render({
    resource: {
      terraform_data: { a: of("shop/one/a", { input: 1 }), b: of("shop/other/a", { input: 2 }) },
    },
  });
  expect(moved).toEqual([]);
});

test("apart: what depends on another, here by way of a local and of their provider", () => {
  const { moved, remarks } = render({
    locals: { third: "${acme_thing.a.id}" },
    provider: { acme: [{ url: "${local.third}" }] },
    resource: { acme_thing: { a: of("shop/a", { n: 1 }), b: of("shop/b", { n: 2 }) } },
  });
  expect(moved).toEqual([]);
  expect(remarks).toEqual([
    "acme_thing.a, acme_thing.b stay apart, although they are alike: one depends on another, and within a block with for_each that is a cycle",
  ]);
});

test("apart: what has been moved before", () => {
  const { moved, remarks } = render({
    ...data({ a: { input: 1 }, b: { input: 2 } }),
    moved: [{ from: "terraform_data.old", to: "terraform_data.a" }],
  });
  expect(moved).toEqual([]);
  expect(remarks).toEqual([
    "terraform_data.a, terraform_data.b stay apart, although they are alike: terraform_data.a is named in a moved, removed or import block",
  ]);
});

test("apart: all of them where something stays JSON", () => {
  const { moved, remarks } = render({
    resource: {
      ...data({ a: { input: 1 }, b: { input: 2 } }).resource,
      acme_thing: { thing: { options: {} } },
    },
  });
  expect(moved).toEqual([]);
  expect(remarks).toEqual([
    "Resources keep a block each, because what stays JSON refers to them. Give the schemas that are missing, and run it again",
  ]);
});

test("a secret is told of by the name that it has had", () => {
  const { remarks } = render(
    data({ a: { input: { password: "one" } }, b: { input: { password: "two" } } }),
  );
  expect(remarks).toEqual(
    ["a", "b"].map(
      (name) =>
        `terraform_data.${name}: input.password looks like a secret, and stands there in the clear. Make it a variable with sensitive = true, or read it from a secret store; then change it, because it has been in files`,
    ),
  );
});
