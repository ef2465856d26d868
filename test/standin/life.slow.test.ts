import { statSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform } from "./judges";
import { Workspace } from "./workspace";

const aws = 'provider "aws" { region = "us-east-2" }\n';
const redpanda = `
  terraform {
    required_providers {
      redpanda = { source = "redpanda-data/redpanda" }
    }
  }
`;
const vpc = `${aws} resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }\n`;
const subnets = `${vpc}
  resource "aws_subnet" "this" {
    count      = 2
    vpc_id     = aws_vpc.this.id
    cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
  }`;

describeWithTerraform("the life of an object", () => {
  test("a create that fails leaves the others, and the next apply makes it", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": subnets } });
    const heal = ws.onCall(({ method, type, config }) =>
      method === "ApplyResourceChange" &&
      type === "aws_subnet" &&
      config?.cidr_block === "10.0.1.0/24"
        ? { error: "InvalidSubnet.Conflict", detail: "The CIDR conflicts with another subnet." }
        : undefined,
    );
    expect(await ws.apply()).toMatchObject({
      code: 1,
      diagnostics: [
        {
          severity: "error",
          summary: "InvalidSubnet.Conflict",
          detail: "The CIDR conflicts with another subnet.",
          address: "aws_subnet.this[1]",
        },
      ],
    });
    expect([...ws.objects.values()].map(({ type }) => type)).toEqual(["aws_vpc", "aws_subnet"]);

    heal();
    expect(await ws.apply()).toMatchObject({
      code: 0,
      actions: { "aws_subnet.this[1]": "create" },
    });
    expect((await ws.plan()).actions).toEqual({});
  });

  test("an object that was made although its create failed is replaced", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": vpc } });
    const heal = ws.onCall(({ method }) =>
      method === "ApplyResourceChange" ? { error: "timed out", state: {} } : undefined,
    );
    await ws.apply();
    heal();
    expect(ws.objects.size).toBe(1);
    expect(await ws.apply()).toMatchObject({ actions: { "aws_vpc.this": "replace" } });
    expect(ws.objects.size).toBe(1);
  });

  test("one that fails to be destroyed stays", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": vpc } });
    await ws.apply();
    const heal = ws.onCall(({ method, plannedState }) =>
      method === "ApplyResourceChange" && !plannedState
        ? { error: "DependencyViolation" }
        : undefined,
    );
    expect(await ws.destroy()).toMatchObject({
      code: 1,
      diagnostics: [{ summary: "DependencyViolation" }],
    });
    expect(ws.objects.size).toBe(1);
    heal();
    expect(await ws.destroy()).toMatchObject({ code: 0 });
    expect(ws.objects.size).toBe(0);
  });

  test("one that somebody deleted is made again, under another id", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": vpc } });
    await ws.apply();
    const id = await ws.console("aws_vpc.this.id");
    ws.objects.clear();
    expect(await ws.apply()).toMatchObject({ actions: { "aws_vpc.this": "create" } });
    expect(await ws.console("aws_vpc.this.id")).not.toBe(id);
  });

  test("one that somebody changed is changed back", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": vpc } });
    await ws.apply();
    for (const object of ws.objects.values()) object.state.enable_dns_support = false;
    expect(await ws.apply()).toMatchObject({ actions: { "aws_vpc.this": "update" } });
    expect(await ws.console("aws_vpc.this.enable_dns_support")).toBe(true);
  });

  test("equal objects have ids of their own", async () => {
    const main = `${aws}
      resource "aws_eip" "counted" { count = 2 }
      resource "aws_eip" "named" { for_each = toset(["a", "b"]) }
      output "ids" { value = concat(aws_eip.counted[*].id, values(aws_eip.named)[*].id) }`;
    await using ws = await Workspace.create({ files: { "main.tf": main } });
    await ws.apply();
    const { ids } = await ws.output();
    expect(new Set(ids as string[]).size).toBe(4);
  });

  test("one that is renamed with a moved block stays as it is", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": vpc } });
    await ws.apply();
    ws.write(
      "main.tf",
      `${vpc.replace('"this"', '"main"')}
      moved {
        from = aws_vpc.this
        to   = aws_vpc.main
      }`,
    );
    expect(await ws.apply()).toMatchObject({
      changes: { add: 0, change: 0, remove: 0 },
      actions: { "aws_vpc.main": "move" },
    });
    expect(await ws.destroy()).toMatchObject({ changes: { remove: 1 } });
    expect(ws.objects.size).toBe(0);
  });

  test("one that the state forgot is imported", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": vpc } });
    await ws.apply();
    const id = (await ws.console("aws_vpc.this.id")) as string;
    await ws.run(["state", "rm", "aws_vpc.this"]);
    expect((await ws.plan()).actions).toEqual({ "aws_vpc.this": "create" });
    expect(await ws.run(["import", "aws_vpc.this", id])).toMatchObject({ code: 0 });
    expect((await ws.plan()).actions).toEqual({});

    const none = await ws.run(["import", "aws_vpc.other", "vpc-0"]);
    expect(none.code).toBe(1);
  });

  test("one in a state from elsewhere is taken over, and destroyed", async () => {
    await using before = await Workspace.create({ files: { "main.tf": vpc } });
    await before.apply();
    const state = JSON.parse(before.read("terraform.tfstate"));
    for (const { instances } of state.resources) delete instances[0].private;

    await using ws = await Workspace.create({
      files: { "main.tf": vpc, "terraform.tfstate": JSON.stringify(state) },
    });
    expect((await ws.plan()).actions).toEqual({});
    expect(ws.objects.size).toBe(1);
    expect(await ws.destroy()).toMatchObject({ code: 0, changes: { remove: 1 } });
    expect(ws.objects.size).toBe(0);
  });

  test("a state that an older provider wrote is upgraded", async () => {
    const main = `${redpanda}
      resource "redpanda_topic" "this" {
        name            = "topic"
        cluster_api_url = "https://api.example.com"
      }`;
    await using before = await Workspace.create({ files: { "main.tf": main } });
    await before.apply();
    const state = JSON.parse(before.read("terraform.tfstate"));
    const [instance] = state.resources[0].instances;
    instance.schema_version = 0;
    instance.attributes.cluster_api_url = "api.example.com:443";
    instance.attributes.is_no_more = true;

    await using ws = await Workspace.create({
      files: { "main.tf": main, "terraform.tfstate": JSON.stringify(state) },
    });
    expect(await ws.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
  });

  test("Redpanda's objects are destroyed only where that is allowed", async () => {
    const topic = (more: string) => `${redpanda}
      resource "redpanda_topic" "this" {
        name            = "topic"
        cluster_api_url = "https://api.example.com"
        ${more}
      }`;
    await using ws = await Workspace.create({ files: { "main.tf": topic("") } });
    await ws.apply();
    expect(await ws.destroy()).toMatchObject({
      code: 1,
      diagnostics: [
        {
          summary: "topic topic does not allow deletion",
          detail: "allow_deletion is set to false",
        },
      ],
    });
    ws.write("main.tf", topic("allow_deletion = true"));
    await ws.apply();
    expect(await ws.destroy()).toMatchObject({ code: 0 });
  });
});

describeWithTerraform("a local file", () => {
  const main =
    'resource "local_file" "this" {\n filename = "out/x.txt"\n content = "hello"\n file_permission = "0600"\n }';

  test("is written where Terraform runs, with its permission, and deleted", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": main } });
    await ws.apply();
    expect(ws.read("out/x.txt")).toBe("hello");
    expect(statSync(join(ws.dir, "out/x.txt")).mode & 0o777).toBe(0o600);
    expect(await ws.console("local_file.this.content_sha256")).toBe(
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    );
    await ws.destroy();
    expect(ws.files()).not.toContain("out/x.txt");
  });

  test("is made again where it is missing or changed", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": main } });
    await ws.apply();
    ws.write("out/x.txt", "edited");
    expect(await ws.apply()).toMatchObject({ actions: { "local_file.this": "create" } });
    expect(ws.read("out/x.txt")).toBe("hello");
    expect((await ws.plan()).actions).toEqual({});
  });
});
