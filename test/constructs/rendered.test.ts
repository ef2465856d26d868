import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { LocalFile } from "../../providers/local";
import { rendered } from "./rendered";

interface NoteProps {
  readonly text: string;
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A local and a file that holds it. */
class Note extends Construct {
  readonly text: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { text, dependsOn = [] }: NoteProps) {
    super(scope, id);
    layout(this, { file: "note.tf" });
    const local = new TerraformLocal(this, "local.note", text);
    const file = new LocalFile(this, "local_file.note", {
      filename: "note.txt",
      content: local.asString,
      filePermission: "0600",
      dependsOn: [...dependsOn],
    });
    this.text = local.asString;
    this.ready = [file];
  }
}

test("shows what a construct renders, and what it hands out", () => {
  const note = rendered(
    (around) =>
      new Note(around, "note", {
        text: around.given("aws_vpc.this.id"),
        dependsOn: around.ready("aws_subnet.public"),
      }),
  );
  expect(note).toMatchInlineSnapshot(`
=== note.tf
locals {
  note = aws_vpc.this.id
}

resource "local_file" "note" {
  filename        = "note.txt"
  content         = local.note
  file_permission = "0600"

  depends_on = [aws_subnet.public]
}

=== what it hands out
text: \${local.note}
ready:
  - local_file.note
`);
});

test("shows what one renders otherwise than another", () => {
  const note = (text: string) => rendered((around) => new Note(around, "note", { text }));
  expect(note("Hello").differenceTo(note("Goodbye"))).toMatchInlineSnapshot(`
=== note.tf
@ local.note
-  note = "Goodbye"
+  note = "Hello"
`);
});

/** What is said of a note with this text. */
const refusal = (text: string) => () => rendered((around) => new Note(around, "note", { text }));
const complaint = (address: string) =>
  `Note (note.ts) writes ${address} in local.note, and neither declares it nor got it by props. Let the construct that declares it hand it out.`;

describe("Refuses a reference that is neither declared nor given", () => {
  test.each([
    ["local.x", "${local.x}"],
    ["local.x", "text ${upper(local.x)}"],
    ["local.x", "${{ name = [local.x] }}"],
    ["local.x", '${"a ${"b ${local.x}"}"}'],
    ["local.x", "%{ if local.x }yes%{ endif }"],
    ["local.x", "${[for id in var.ids : local.x]}"],
    ["aws_vpc.this", "${aws_vpc.this.id}"],
    ["aws_subnet.public", "${aws_subnet.public[*].id}"],
    ["data.aws_partition.current", "${data.aws_partition.current.partition}"],
    ["module.network", "${module.network.vpc_id}"],
  ])("%s: %s", (address, text) => {
    expect(refusal(text)).toThrow(new Error(complaint(address)));
  });

  test("each of them, once", () => {
    expect(refusal("${local.x} ${local.y} ${local.x}")).toThrow(
      new Error(`${complaint("local.x")}\n${complaint("local.y")}`),
    );
  });

  test("although the same address was given", () => {
    const both = () =>
      rendered((around) => {
        const given = around.given("local.x");
        return new Note(around, "note", { text: `${given} \${local.x}` });
      });
    expect(both).toThrow(new Error(complaint("local.x")));
  });

  test("in depends_on", () => {
    const dependsOn = [{ fqn: "aws_subnet.public" }];
    const note = () => rendered((around) => new Note(around, "note", { text: "", dependsOn }));
    expect(note).toThrow(
      "Note (note.ts) writes aws_subnet.public in local_file.note, and neither declares it",
    );
  });

  test("in what it hands out", () => {
    class Account extends Construct {
      readonly arn = "${aws_iam_role.other.arn}";
    }
    expect(() => rendered((around) => new Account(around, "account"))).toThrow(
      "Account (account.ts) writes aws_iam_role.other in arn, and neither declares it",
    );
  });

  test("in a construct below it, which is the one to blame", () => {
    class NoteBook extends Construct {
      readonly ready: readonly ITerraformDependable[];
      constructor(scope: Construct, id: string) {
        super(scope, id);
        this.ready = new Note(this, "note", { text: "${local.x}" }).ready;
      }
    }
    expect(() => rendered((around) => new NoteBook(around, "book"))).toThrow(
      new Error(complaint("local.x")),
    );
  });
});

test.each([
  "local.x, amazonaws.com and pipeline.yaml.tftpl",
  "${var.x.y} ${each.value} ${count.index} ${self.id} ${path.module}",
  '${[for table in var.tables : "${table.schema}.${table.name}"]}',
  "${{ for key, value in var.ids : key.id => value.id }}",
  "${var.ids[0].local.x}",
  "$${local.x}",
])("takes no offence at %s", (text) => {
  expect(refusal(text)).not.toThrow();
});

test("refuses a construct that makes resources nobody can come after", () => {
  class Unready extends Construct {
    constructor(scope: Construct, id: string) {
      super(scope, id);
      new Note(this, "note", { text: "" });
    }
  }
  expect(() => rendered((around) => new Unready(around, "unready"))).toThrow(
    new Error(
      "Unready (unready.ts) makes resources, and has no `ready` by which others can come after them.",
    ),
  );
});
