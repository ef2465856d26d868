import { renderSynthesized, type SynthesizedOptions } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

/** As `cdktf synth` writes it, whatever the language: sorted, with where everything comes from. */
const of = (path: string, id: string, content: object) => ({
  "//": { metadata: { path, uniqueId: id } },
  ...content,
});
const stack = (content: object) =>
  JSON.stringify({
    "//": { metadata: { backend: "local", stackName: "shop", version: "0.21.0" }, outputs: {} },
    ...content,
  });
const render = (content: object, options: SynthesizedOptions = {}) => {
  const synthesized = renderSynthesized(stack(content), options);
  if (hasTerraform) {
    const hcl = Object.entries(synthesized.files).filter(([file]) => file.endsWith(".tf"));
    expect(formattingOf(Object.fromEntries(hcl))).toBe("");
  }
  return synthesized;
};

test("the smallest use", () => {
  expect(
    render({
      provider: { random: [{}] },
      resource: {
        random_pet: { pet: of("shop/pet", "pet", { keepers: { a: '${upper("b")}' }, length: 2 }) },
      },
      terraform: { required_providers: { random: { source: "random", version: "3.7.2" } } },
    }),
  ).toEqual({
    files: {
      "versions.tf": `terraform {
  required_providers {
    random = {
      source  = "hashicorp/random"
      version = "3.7.2"
    }
  }
}
`,
      "providers.tf": `provider "random" {}
`,
      "main.tf": `resource "random_pet" "pet" {
  keepers = { a = upper("b") }
  length  = 2
}
`,
    },
    written: 3,
    refused: [],
    remarks: [],
    moved: [],
  });
});

const NETWORK = {
  data: { aws_region: { here_0A1B2C3D: of("shop/Network/here", "here_0A1B2C3D", {}) } },
  locals: {
    zone_11111111: "${data.aws_region.here_0A1B2C3D.name}a",
    other: "${local.zone_11111111}",
  },
  module: { peer_22222222: of("shop/Network/peer", "peer_22222222", { source: "./assets/peer" }) },
  output: { vpc: { value: "${aws_vpc.Network_vpc_4F83FE82.id}" } },
  provider: { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] },
  resource: {
    aws_subnet: {
      Network_a_00000001: of("shop/Network/a", "Network_a_00000001", {
        depends_on: ["module.peer_22222222"],
        provider: "aws.us",
        vpc_id: "${aws_vpc.Network_vpc_4F83FE82.id}",
      }),
      Network_a_00000002: of("shop/Network/A", "Network_a_00000002", { cidr_block: "10.0.0.0/24" }),
    },
    aws_vpc: {
      Network_vpc_4F83FE82: of("shop/Network/vpc", "Network_vpc_4F83FE82", {
        tags: {
          Zone: 'in ${join("-", [local.zone_11111111])}',
          Text: "$${aws_vpc.Network_vpc_4F83FE82}",
        },
      }),
    },
  },
  terraform: {
    backend: { s3: { bucket: "states", key: "shop" } },
    required_providers: { aws: { source: "aws", version: "6.25.0" } },
  },
};

test("blocks of one construct stand together, whatever their type", () => {
  const { files } = render(NETWORK);
  expect(Object.keys(files)).toEqual(["versions.tf", "providers.tf", "main.tf", "outputs.tf"]);
  expect(files["main.tf"]?.match(/^\w+ .*(?= \{)/gm)).toEqual([
    'resource "aws_subnet" "Network_a_00000002"',
    'resource "aws_subnet" "Network_a_00000001"',
    'data "aws_region" "here_0A1B2C3D"',
    'module "peer_22222222"',
    'resource "aws_vpc" "Network_vpc_4F83FE82"',
  ]);
});

test("a file for each construct, its path above each block", () => {
  const { files } = render(NETWORK, { files: "construct", paths: true });
  expect(Object.keys(files)).toEqual([
    ...["versions.tf", "providers.tf", "main.tf", "network.tf", "outputs.tf"],
  ]);
  expect(files["network.tf"]).toContain(`# shop/Network/A
resource "aws_subnet" "Network_a_00000002" {
`);
});

test("one file", () => {
  expect(Object.keys(render(NETWORK, { files: "one" }).files)).toEqual(["main.tf"]);
});

test("a module: no backend, no configurations, but the names of those that callers pass", () => {
  const { files } = render(NETWORK, { module: true });
  expect(files["versions.tf"]).toBe(`terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "6.25.0"
      configuration_aliases = [aws.us]
    }
  }
}
`);
  expect(Object.keys(files)).not.toContain("providers.tf");
});

test("names without hashes, in every reference, and what that is to Terraform", () => {
  const { files, moved } = render(NETWORK, { tame: true });
  expect(files["main.tf"]).toBe(`locals {
  zone  = "\${data.aws_region.here.name}a"
  other = local.zone
}

resource "aws_subnet" "Network_a_00000002" {
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "Network_a_00000001" {
  provider = aws.us

  vpc_id = aws_vpc.network_vpc.id

  depends_on = [module.peer]
}

data "aws_region" "here" {}

module "peer" {
  source = "./assets/peer"
}

resource "aws_vpc" "network_vpc" {
  tags = {
    Zone = "in \${join("-", [local.zone])}"
    Text = "$\${aws_vpc.Network_vpc_4F83FE82}"
  }
}
`);
  expect(files["outputs.tf"]).toContain("value = aws_vpc.network_vpc.id");
  expect(files["moved.tf"]).toBe(`moved {
  from = module.peer_22222222
  to   = module.peer
}

moved {
  from = aws_vpc.Network_vpc_4F83FE82
  to   = aws_vpc.network_vpc
}
`);
  expect(moved).toEqual([
    ["module.peer_22222222", "module.peer"],
    ["aws_vpc.Network_vpc_4F83FE82", "aws_vpc.network_vpc"],
  ]);
});

describe("what cannot be told from JSON alone", () => {
  const acme = (content: object) => ({
    locals: { known: "${acme_thing.thing.id}" },
    resource: { acme_thing: { thing: of("shop/thing", "thing", content) } },
  });

  test("stays JSON, beside the HCL, with every digit", () => {
    const text = stack(acme({ options: { size: 1 } })).replace('"size":1', '"size":1.50');
    expect(renderSynthesized(text)).toEqual({
      files: {
        "main.tf": `locals {
  known = acme_thing.thing.id
}
`,
        "refused.tf.json": `{
  "resource": {
    "acme_thing": {
      "thing": [
        {
          "options": {
            "size": 1.50
          }
        }
      ]
    }
  }
}
`,
      },
      written: 1,
      refused: [
        {
          address: "acme_thing.thing",
          problems: [
            'resource.acme_thing.thing: options is a block or an attribute, and no schema of resource type acme_thing is known to tell. Pass what "terraform providers schema -json" prints: cdktf-hcl --schemas schemas.json',
          ],
        },
      ],
      remarks: [],
      moved: [],
    });
  });

  test("is told by a schema", () => {
    const block = { block_types: { options: { nesting_mode: "list", block: {} } } };
    const schemas = [
      {
        provider_schemas: {
          "example.org/acme/acme": { resource_schemas: { acme_thing: { block } } },
        },
      },
    ];
    const { files, refused } = render(acme({ options: { size: 1 } }), { schemas });
    expect(refused).toEqual([]);
    expect(files["main.tf"]).toContain(`  options {
    size = 1
  }
`);
  });

  test("a block that came with a later Terraform stays too", () => {
    const { files, refused } = render({ action: { aws_lambda_invoke: { run: {} } } });
    expect(refused).toEqual([
      {
        address: "action",
        problems: [
          "action: it is not a block that can be written. Known are: terraform, provider, variable, locals, data, ephemeral, resource, module, moved, import, removed, check, output",
        ],
      },
    ]);
    expect(Object.keys(files)).toEqual(["refused.tf.json"]);
  });

  test("names keep their hashes then", () => {
    const { files, remarks, moved } = render(
      { resource: { acme_thing: { thing_4F83FE82: { options: {} }, plain_4F83FE83: {} } } },
      { tame: true },
    );
    expect(files["main.tf"]).toBe('resource "acme_thing" "plain_4F83FE83" {}\n');
    expect(moved).toEqual([]);
    expect(remarks).toEqual([
      "Names keep their hashes, because what stays JSON refers to them. Give the schemas that are missing, and run it again",
    ]);
  });
});

test("what a person wrote by hand: comments, blocks as objects and lists, several bodies", () => {
  const { files } = render({
    "//": "Who looks after it: nobody.",
    locals: [{ "//": "gone", a: 1 }, { b: 2 }],
    output: { a: { "//": "Read by the shop.", value: "${local.a}" } },
    resource: {
      terraform_data: {
        list: [
          {
            input: ["a", { "//": "gone", b: "c" }],
            provisioner: { "local-exec": { command: "date" } },
          },
        ],
      },
    },
  });
  expect(files).toEqual({
    "main.tf": `locals {
  a = 1
  b = 2
}

resource "terraform_data" "list" {
  input = [
    "a",
    { b = "c" },
  ]

  provisioner "local-exec" {
    command = "date"
  }
}
`,
    "outputs.tf": `# Read by the shop.
output "a" {
  value = local.a
}
`,
  });
});

test("numbers keep every digit", () => {
  const text = '{"locals": {"big": 12345678901234567890, "small": -1.50, "e": 1E+2}}';
  expect(renderSynthesized(text).files["main.tf"]).toBe(`locals {
  big   = 12345678901234567890
  small = -1.50
  e     = 1E+2
}
`);
});

test("the state of a stack without a backend, and references to it", () => {
  const reference = (path: string) => ({ backend: "local", config: { path } });
  const { files, remarks } = render(
    {
      data: {
        terraform_remote_state: { a: reference("/home/a/terraform.a.tfstate"), b: reference("/b") },
      },
      terraform: { backend: { local: { path: "/home/a/terraform.shop.tfstate" } } },
    },
    { states: new Map([["/home/a/terraform.a.tfstate", "../a/terraform.tfstate"]]) },
  );
  expect(files["main.tf"]).toContain('config  = { path = "../a/terraform.tfstate" }');
  expect(Object.keys(files)).toEqual(["main.tf"]);
  expect(remarks).toEqual([
    "The local backend at /home/a/terraform.shop.tfstate is left out, because the path is that of one machine. Copy that file to terraform.tfstate beside the HCL before the first plan, or give the module a backend",
    "data.terraform_remote_state.b reads /b, a file of one machine that none of these stacks writes",
  ]);
});

test("secrets in the clear are told, without them", () => {
  const { remarks } = render({
    provider: { github: [{ token: "ghp_0" }] },
    resource: {
      aws_db_instance: {
        db: { master_user_secret_kms_key_id: "x", password: "hunter2", username: "admin" },
        other: { password: "${var.password}" },
      },
      terraform_data: { key: { input: ["-----BEGIN RSA PRIVATE KEY-----"] } },
    },
    variable: { db_password: { default: "hunter3", sensitive: true }, name: { default: "a" } },
  });
  const tells = (what: string) =>
    `${what} looks like a secret, and stands there in the clear. Make it a variable with sensitive = true, or read it from a secret store; then change it, because it has been in files`;
  expect(remarks).toEqual([
    tells("provider.github: token"),
    tells("aws_db_instance.db: password"),
    tells("terraform_data.key: input"),
    tells("variable.db_password: default"),
  ]);
});

test.each([
  ["[]", "The JSON is not an object."],
  ['{"resource": {"a": 1}}', "resource is 1, but a block needs an object."],
])("%s is refused", (text, message) => {
  expect(() => renderSynthesized(text)).toThrow(message);
});
