import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edit, writeTfvars } from "../../../commands/discover/tfvars";

const cidr = { name: "redpanda_cidr", value: '"3.139.175.89/32"' };
const clusterId = { name: "redpanda_cluster_id", value: '"curl3eo533cmsnt23dv0"' };
const cleared = { name: "redpanda_cidrs", value: "[]", onlyIfThere: true } as const;

test("replaces a value", () => {
  expect(edit('redpanda_cidr = "192.0.2.1/32"\n', [cidr])).toEqual({
    text: 'redpanda_cidr = "3.139.175.89/32"\n',
    changed: ["redpanda_cidr"],
  });
});

test("appends what is missing, and clears only what is there", () => {
  expect(edit("a = 1\n", [cidr, cleared, clusterId])).toEqual({
    text: `a = 1

redpanda_cidr       = "3.139.175.89/32"
redpanda_cluster_id = "curl3eo533cmsnt23dv0"
`,
    changed: ["redpanda_cidr", "redpanda_cluster_id"],
  });
  expect(edit('redpanda_cidrs = ["192.0.2.1/32"]\n', [cleared]).text).toBe("redpanda_cidrs = []\n");
});

test.each([
  ["nothing", "", 'redpanda_cidr = "3.139.175.89/32"\n'],
  ["no line end", "a = 1", 'a = 1\n\nredpanda_cidr = "3.139.175.89/32"\n'],
  ["other line ends", "a = 1\r\n", 'a = 1\r\n\r\nredpanda_cidr = "3.139.175.89/32"\r\n'],
])("appends to a file with %s", (_name, before, after) => {
  expect(edit(before, [cidr]).text).toBe(after);
});

/** `OLD` stands for the value, and everything else stays. */
test.each([
  ["a comment behind it", "redpanda_cidr = OLD # our hub\n"],
  ["another comment", "redpanda_cidr=OLD// our hub"],
  ["a comment over lines", "redpanda_cidr\t=\tOLD /* redpanda_cidr = 1\n */\nb = 2\n"],
  ["signs of comments in strings", 'a = "# // /*"\nredpanda_cidr = OLD\nb = "*/ #"\n'],
  ["assignments in comments", "# redpanda_cidr = 1\n/* redpanda_cidr = 2\n*/redpanda_cidr = OLD\n"],
  ["assignments in a heredoc", "a = <<EOT\nredpanda_cidr = 1 # {\nEOT\nredpanda_cidr = OLD\n"],
  ["assignments in a map", 'a = {\n  redpanda_cidr = 1 # }\n  b = ["]"] }\nredpanda_cidr = OLD\n'],
  ["names that begin alike", "redpanda_cidr_old = 1\nredpanda_cidr = OLD\nredpanda = 2\n"],
  ["a byte order mark and other line ends", "\ufeff# x\r\nredpanda_cidr = OLD\r\nb = -2\r\n"],
  ["all kinds of values", 'a = [true, null, -1.5e3, {"k" : {}}, ]\nredpanda_cidr = OLD\n'],
])("keeps %s", (_name, file) => {
  for (const old of ['"192.0.2.1/32"', "null", '[\n  "192.0.2.1/32", # }\n]']) {
    const after = edit(
      file.replace("OLD", () => old),
      [cidr],
    ).text;
    expect(after).toBe(file.replace("OLD", () => cidr.value));
    expect(edit(after, [cidr])).toEqual({ text: after, changed: [] });
  }
});

test("leaves a value that only looks different, with the comments in it", () => {
  const text = 'redpanda_cidrs = [\n  "3.139.175.89/32", # one\n  "3.139.175.90/32",\n]\n';
  const cidrs = { name: "redpanda_cidrs", value: '["3.139.175.89/32", "3.139.175.90/32"]' };
  expect(edit(text, [cidrs])).toEqual({ text, changed: [] });
});

test.each([
  ["JSON", '{"redpanda_cidr": "192.0.2.1/32"}', "line 1: expected a line such as name = value"],
  ["a block", "a = 1\nb {\n}\n", "line 2: expected a line such as name = value"],
  ["a name alone", "a\n", "line 1: expected a line such as name = value"],
  ["no value", "a =\nb = 1\n", "line 1: expected a line such as name = value"],
  ["a value on the next line", "a =\n1\n", "line 1: expected a line such as name = value"],
  ["one behind a comment", "a = # x\n1\n", "line 1: expected a line such as name = value"],
  ["a comparison", "a == 1\n", "line 1: expected a line such as name = value"],
  ["an open string", '# x\na = "b\n', "line 2: the value of a is not a plain one"],
  ["an open list", "a = [\n", "line 1: the value of a is not a plain one"],
  ["an open heredoc", "a = <<EOT\nx\n", "line 1: the value of a is not a plain one"],
  ["an open comment", "a = 1\n/* x\n", "line 2: expected a line such as name = value"],
  ["two on a line", 'a = "x" b = "y"\n', "line 1: the value of a is not a plain one"],
  ["a reference", "a = var.b\n", "line 1: the value of a is not a plain one"],
  ["a reference in a string", 'a = "${b}"\n', "line 1: the value of a is not a plain one"],
  ["a name twice", "a = 1\na = 2\n", "line 2: a is set a second time"],
])("refuses %s", (_name, text, message) => {
  expect(() => edit(text, [cidr])).toThrow(new Error(message));
});

describe("The examples in tfvars/", () => {
  const folder = join(__dirname, "..", "..", "..", "tfvars");

  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".tfvars"),
  );

  test.each(files)("%s keeps every other line", (name) => {
    const before = readFileSync(join(folder, name), "utf8");
    const other = { name: "redpanda_cidr", value: '"192.0.2.1/32"' };
    const { text } = edit(before, [other]);
    const lines = text.split("\n");
    expect(lines.filter((line) => line === 'redpanda_cidr = "192.0.2.1/32"')).toHaveLength(1);
    const without = (all: string) =>
      all.split("\n").filter((line) => !/^redpanda_cidr =/.test(line));
    expect(without(text).join("\n").trimEnd()).toBe(without(before).join("\n").trimEnd());
    expect(edit(text, [other])).toEqual({ text, changed: [] });
  });
});

describe("A file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tfvars-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("keeps its mode, and nothing is left beside it", () => {
    const file = join(folder, "my.tfvars");
    writeFileSync(file, "a = 1\n");
    chmodSync(file, 0o640);
    expect(writeTfvars(file, [cidr])).toEqual(["redpanda_cidr"]);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["my.tfvars"]);
  });

  test("that has the values is not touched", () => {
    const file = join(folder, "my.tfvars");
    writeFileSync(file, 'redpanda_cidr = "3.139.175.89/32"');
    const { ino } = statSync(file);
    expect(writeTfvars(file, [cidr])).toEqual([]);
    expect(statSync(file).ino).toBe(ino);
  });
});
