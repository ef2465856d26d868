import { version } from "../../package.json";
import { everyModule, moduleNamed } from "../every-module";
import { fitting, valuesFor } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { type Addresses, planned, presentAddresses, resourcesOf } from "./addresses";
import { holds, lost, type Moves, movedBlocks, separate } from "./lost";
import { released } from "./released";

/** A stack with one object. */
const one = (address: string, fixed: Record<string, unknown> = {}, flag?: string): Addresses => ({
  "aurora-postgres": { [address]: { ...(flag && { flag }), fixed } },
});

const moves = (...blocks: [from: string, to: string][]): Moves => ({
  "aurora-postgres": new Map(blocks),
});

describe("Of what a released version made, it is lost", () => {
  test("what is gone without a moved block", () => {
    expect(lost(one("aws_vpc.this"), one("aws_vpc.main"), {})).toEqual([
      "aws_vpc.this of aurora-postgres is gone, and would be destroyed: add moved { from = aws_vpc.this, to = … }",
    ]);
  });

  test("what is moved to nowhere", () => {
    const blocks = moves(["aws_vpc.this", "aws_vpc.other"]);
    expect(lost(one("aws_vpc.this"), one("aws_vpc.main"), blocks)).toEqual([
      "aws_vpc.other of aurora-postgres is gone, and would be destroyed: add moved { from = aws_vpc.this, to = … }",
    ]);
  });

  test("what has another name, in Terraform's plan a replacement", () => {
    const before = one("aws_vpc.this", { cidr_block: "10.0.0.0/16" });
    expect(lost(before, one("aws_vpc.this", { cidr_block: "10.1.0.0/16" }), {})).toEqual([
      'aws_vpc.this of aurora-postgres would be replaced: cidr_block was "10.0.0.0/16", and is "10.1.0.0/16"',
    ]);
    expect(lost(before, one("aws_vpc.this"), {})).toEqual([
      'aws_vpc.this of aurora-postgres would be replaced: cidr_block was "10.0.0.0/16", and is undefined',
    ]);
  });

  test("what only some modules have now", () => {
    const now = one("aws_vpc.this", {}, "--hops 2");
    expect(lost(one("aws_vpc.this"), now, {})).toEqual([
      "aws_vpc.this of aurora-postgres would be destroyed where there is no --hops 2",
    ]);
    expect(lost(one("aws_vpc.this", {}, "--hops 2"), now, {})).toEqual([]);
  });

  test.each<[string, string, string, Moves]>([
    ["what is there", "aws_vpc.this", "aws_vpc.this", {}],
    ["what is moved", "aws_vpc.this", "aws_vpc.main", moves(["aws_vpc.this", "aws_vpc.main"])],
    [
      "what is moved twice",
      "aws_vpc.this",
      "aws_vpc.main",
      moves(["aws_vpc.this", "aws_vpc.other"], ["aws_vpc.other", "aws_vpc.main"]),
    ],
    [
      "an instance of what is moved",
      'aws_x.this["a"]',
      'aws_x.main["a"]',
      moves(["aws_x.this", "aws_x.main"]),
    ],
    [
      "an instance that is moved alone",
      "aws_x.this[1]",
      "aws_x.main",
      moves(["aws_x.this[1]", "aws_x.main"]),
    ],
  ])("but not %s", (_what, before, now, blocks) => {
    expect(lost(one(before), one(now), blocks)).toEqual([]);
  });
});

describeWithTerraform("Whoever applied a released version", () => {
  let present: Addresses;
  beforeAll(async () => {
    present = await presentAddresses();
  }, 300_000);

  test.each(released())("%s loses nothing by the present one", (_version, before) => {
    const blocks = Object.keys(present).map((stack) => [
      stack,
      new Map(
        everyModule
          .filter((module) => module.stack === stack)
          .flatMap(({ files }) => movedBlocks(files))
          // What another flag leaves behind is moved away by it alone.
          .filter(([from]) => !(from in (present[stack] ?? {}))),
      ),
    ]);
    expect(lost(before, present, Object.fromEntries(blocks))).toEqual([]);
  });

  test("finds a file for the version in package.json: `npm version` writes one", () => {
    expect(released().map(([name]) => name)).toContain(version);
  });

  test("has what these files say, whatever the flags", () => {
    for (const { name, stack, flags, files } of everyModule) {
      const told = Object.entries(present[stack] ?? {})
        .filter(([, { flag }]) => separate(flag).every((one) => holds(one, flags)))
        .map(([address]) => address.replace(/\[.*/, ""));
      expect([name, [...resourcesOf(files)].sort()]).toEqual([name, [...new Set(told)].sort()]);
    }
  });
});

describeWithTerraform("Terraform itself", () => {
  const { stack, files } = moduleNamed("aurora-postgres");
  const renamed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text
        .replace('resource "aws_db_subnet_group" "db"', 'resource "aws_db_subnet_group" "main"')
        .replaceAll("aws_db_subnet_group.db", "aws_db_subnet_group.main"),
    ]),
  );
  const block = "moved {\n  from = aws_db_subnet_group.db\n  to   = aws_db_subnet_group.main\n}\n";

  /** What a plan of other files does to a state of the present ones, and what is said to be lost. */
  async function change(to: Record<string, string>) {
    await using workspace = await Workspace.create({
      files,
      variables: valuesFor(stack),
      answers: fitting,
    });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    for (const [name, text] of Object.entries(to)) workspace.write(name, text);
    const { actions } = await workspace.plan();
    const addresses = async (module: Record<string, string>) => ({
      [stack]: Object.fromEntries(
        Object.entries(await planned({ stack, files: module })).map(([address, fixed]) => [
          address,
          { fixed },
        ]),
      ),
    });
    return {
      actions,
      lost: lost(await addresses(files), await addresses(to), {
        [stack]: new Map(movedBlocks(to)),
      }),
    };
  }

  test("destroys what is said to be lost", async () => {
    expect(await change(renamed)).toEqual({
      actions: {
        "aws_db_subnet_group.db": "delete",
        "aws_db_subnet_group.main": "create",
      },
      lost: [
        "aws_db_subnet_group.db of aurora-postgres is gone, and would be destroyed: add moved { from = aws_db_subnet_group.db, to = … }",
      ],
    });
  });

  test("moves what is said to be moved", async () => {
    expect(await change({ ...renamed, "moved.tf": block })).toEqual({
      actions: { "aws_db_subnet_group.main": "move" },
      lost: [],
    });
  });

  test("replaces what is said to be replaced", async () => {
    const other = { ...files };
    for (const [name, text] of Object.entries(files)) {
      other[name] = text.replace("${var.name_prefix}-db-subnets", "${var.name_prefix}-subnets");
    }
    expect(await change(other)).toMatchObject({
      actions: { "aws_db_subnet_group.db": "replace" },
      lost: expect.arrayContaining([
        'aws_db_subnet_group.db of aurora-postgres would be replaced: name was "demo-postgres-db-subnets", and is "demo-postgres-subnets"',
      ]),
    });
  });
});
