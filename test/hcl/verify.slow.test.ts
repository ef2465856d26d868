import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderSynthesized } from "cdktf-hcl";
import { describeWithTerraform } from "../standin/judges";
import type { Attribute, ProviderSchema } from "../standin/schema";
import { Sockets } from "../standin/sockets";
import { echo } from "./survey/echo";

const program = join(__dirname, "..", "..", "packages", "cdktf-hcl", "cdktf-hcl.js");

const text: Attribute = { type: "string", optional: true };
const id: Attribute = { type: "string", computed: true };
const zones: Attribute = { type: ["list", "string"], computed: true };
const option = { nesting_mode: "list", block: { attributes: { name: text } } };

/** A provider that logs in to somewhere, as most do. */
const schema: ProviderSchema = {
  address: "registry.terraform.io/acme/acme",
  name: "acme",
  provider: { version: 0, block: { attributes: { region: text } } },
  resource_schemas: {
    acme_queue: {
      version: 0,
      block: { attributes: { name: text, id }, block_types: { option } },
    },
  },
  data_source_schemas: {
    acme_zones: { version: 0, block: { attributes: { state: text, zones } } },
  },
  ephemeral_resource_schemas: {},
};

const SHOP = {
  provider: { acme: [{ region: "north" }] },
  data: { acme_zones: { all: { state: "open" } } },
  resource: {
    acme_queue: {
      orders: { name: 'orders "in" ${data.acme_zones.all.zones[0]}', option: [{ name: "a" }] },
      bills: { name: "bills of ${acme_queue.orders.id}, not $${that} \\d" },
    },
  },
  // Another one in each run, which says nothing of what is compared.
  output: { when: { value: "${plantimestamp()}" } },
  terraform: { required_providers: { acme: { source: "acme/acme", version: "1.0.0" } } },
};

const NO_NAME = { severity: 1, summary: "Not a name" };
const REFUSAL = { severity: 1, summary: "No credentials found", detail: "Log in first." };

describeWithTerraform("verify without credentials", () => {
  let folder: string;
  let sockets: Sockets;
  /** What the provider accepts in no argument of a queue. */
  let refused: string | undefined;
  beforeAll(async () => {
    sockets = await Sockets.open([schema], (own) => ({
      ...echo(own, () => undefined),
      ConfigureProvider: () => ({ diagnostics: [REFUSAL] }),
      ValidateResourceConfig: ({ config }: { config: { msgpack: Buffer } }) => ({
        diagnostics: refused !== undefined && config.msgpack.includes(refused) ? [NO_NAME] : [],
      }),
    }));
  });
  afterAll(() => sockets.close());
  beforeEach(() => {
    refused = undefined;
    folder = mkdtempSync(join(tmpdir(), "verify-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Verifies what the writer makes of a stack, with one text of `main.tf` replaced. */
  async function verify(before = "", after = "", file = "main.tf", stack: object = SHOP) {
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
    const schemas = [{ provider_schemas: { [schema.address]: schema } }];
    const { files } = renderSynthesized(JSON.stringify(stack), { schemas });
    const out = join(folder, "shop");
    mkdirSync(out);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(out, name), content);
    }
    const written = readFileSync(join(out, file), "utf8");
    expect(written).toContain(before);
    writeFileSync(
      join(out, file),
      written.replace(before, () => after),
    );
    const child = spawn(process.execPath, [program, "verify", "cdk.tf.json", "--out", "shop"], {
      cwd: folder,
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: "1",
        TF_REATTACH_PROVIDERS: JSON.stringify(sockets.attached),
      },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        said += data;
      });
    }
    const status = await new Promise((resolve) => child.on("close", resolve));
    return { status, said };
  }

  const NOT_PLANNED = "  Not planned: No credentials found: Log in first.\n";

  test("equal, as far as mocks of the providers tell", async () => {
    expect(await verify()).toEqual({
      status: 0,
      said: `shop: Terraform evaluates the same as from the JSON, with mocks of the providers.\n${NOT_PLANNED}`,
    });
  });

  test("equal, with nothing for a provider to make up", async () => {
    const { terraform } = SHOP;
    expect(await verify("", "", "versions.tf", { provider: { acme: [{}] }, terraform })).toEqual({
      status: 0,
      said: "shop: Terraform plans the same as from the JSON.\n",
    });
    const { provider } = SHOP;
    const alone = { provider, resource: { acme_queue: { one: { name: "a" } } }, terraform };
    rmSync(join(folder, "shop"), { recursive: true });
    expect(await verify("", "", "main.tf", alone)).toEqual({
      status: 0,
      said: `shop: Terraform evaluates the same as from the JSON, with mocks of the providers.\n${NOT_PLANNED}`,
    });
  });

  test.each([
    [
      "a literal beside a value that only an apply knows",
      ["bills of", "bill of"],
      'acme_queue.bills.change.after.name is "bills of id, not ${that} \\\\d" by the JSON and "bill of id, not ${that} \\\\d" by the HCL',
    ],
    [
      "a template that is escaped no longer",
      ["$${that}", "${acme_queue.orders.id}"],
      'acme_queue.bills.change.after.name is "bills of id, not ${that} \\\\d" by the JSON and "bills of id, not id \\\\d" by the HCL',
    ],
    [
      "a block more",
      [
        '  option {\n    name = "a"',
        '  option {\n    name = "b"\n  }\n\n  option {\n    name = "a"',
      ],
      `acme_queue.orders.change.after.option.0.name is "a" by the JSON and "b" by the HCL
  - acme_queue.orders.change.after.option.1.name is nothing by the JSON and "a" by the HCL`,
    ],
    [
      "an argument of a data source",
      ['state = "open"', 'state = "closed"'],
      'data.acme_zones.all.state is "open" by the JSON and "closed" by the HCL',
    ],
  ])("%s", async (_, [before, after], line) => {
    expect(await verify(before, after)).toEqual({
      status: 1,
      said: `shop: Terraform evaluates something else, with mocks of the providers:\n  - ${line}\n${NOT_PLANNED}`,
    });
  });

  test("a setting of a provider, which no mock has", async () => {
    expect(await verify('"north"', '"south"', "providers.tf")).toEqual({
      status: 1,
      said: `shop: Terraform evaluates something else, with mocks of the providers:\n  - provider_config.acme.expressions.region.constant_value is "north" by the JSON and "south" by the HCL\n${NOT_PLANNED}`,
    });
  });

  test("values around what a provider refuses to be made up", async () => {
    refused = "bills of id";
    expect(await verify()).toEqual({
      status: 0,
      said: `shop: Terraform evaluates the same as from the JSON, with mocks of the providers.
${NOT_PLANNED}  Text around values that only an apply knows was not compared, because with such values made up Terraform says: Not a name.
`,
    });
  });

  test("where nothing made up is accepted, what Terraform reads is equal, and not enough", async () => {
    refused = "zones-1";
    expect(await verify()).toEqual({
      status: 1,
      said: `shop: Terraform reads the same as from the JSON, and evaluates neither.
${NOT_PLANNED}  Not evaluated: Not a name.
`,
    });
  });
});
