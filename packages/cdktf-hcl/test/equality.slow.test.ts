import {
  DataResource,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import fc from "fast-check";
import { renderModule, renderSynthesized } from "../src";
import { describeWithTerraform, formattingOf, jsonModule, outputsOf } from "./terraform";

const TREES = Number(process.env.HCL_TREES ?? 500);
const SEED = Number(process.env.HCL_SEED ?? 20_251);
/** Trees per run of Terraform. */
const BATCH = 500;

/** Nearly a line. */
const LONG = "abcdefghijklmnopqrstuvwxyz-0123456789".repeat(2);

/** Pieces of text that mean the same wherever they stand: HCL has trouble with each of them. */
const plainPiece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      ..."$ $$ % %% { } \" ' \\ \\\\ \\n \\u0041 # // /* ~ ~} EOT EOF <<EOT <<-EOF [ ] = , : null true for 1 -1 0x1 1e5 007 123456789012".split(
        " ",
      ),
      ...[
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  ",
        "\n  ",
        "  \n",
        "\nEOT\n",
        "\n  EOT\n",
        "\nEOF\n",
        "EOF,\n",
      ],
      ..."\u0000 \u0001 \u001b \u007f \u0080 \u0085 \u00a0 \u00ad \u0301 \u200b \u200d \u2028 \u2029 \u202e \u2066 \ufeff \ufffd \uffff \u{1f600} \u{e0001} \u{10ffff}".split(
        " ",
      ),
      ..."é e\u0301 ß 日本 한국 👨‍👩‍👧 🇩🇪 ﷺ".split(" "),
      LONG,
    ),
  },
);

/** What is true or false, of every precedence and longer than a line. */
const condition = fc.letrec<Record<"any" | "operand", string>>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    tie("operand"),
    fc
      .array(fc.tuple(tie("operand"), fc.constantFrom("&&", "||", "==")), { maxLength: 4 })
      .chain((left) =>
        tie("operand").map((last) => left.map((pair) => pair.join(" ")).join(" ") + last),
      ),
    fc.tuple(tie("any"), tie("any"), tie("any")).map(([a, b, c]) => `(${a}) ? ${b} : ${c}`),
  ),
  operand: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        "true",
        "false",
        `length("${LONG}") > 9`,
        `contains(["${LONG}", "b"], "c")`,
        `!contains([for word in ["${LONG}"] : upper(word) if length(word) > 2 && word != "b"], "B")`,
        `{ "${LONG}" = true }["${LONG}"]`,
        `[true, false][length("${LONG}") - ${LONG.length - 1}]`,
        "-1 < 0",
      ),
    },
    fc
      .tuple(fc.constantFrom("", "!", "alltrue([true, "), tie("any"))
      .map(([before, inside]) =>
        before.includes("[") ? `${before}${inside}])` : `${before}(${inside})`,
      ),
    fc
      .tuple(tie("any"), tie("any"))
      .map(([a, b]) => `alltrue([for word in ["${LONG}"] : ${a} if ${b}])`),
    fc
      .tuple(tie("any"), tie("any"))
      .map(([a, b]) => `length({ for word in ["${LONG}"] : word => ${a}... if ${b} }) > 0`),
  ),
})).any;

/** What Terraform evaluates, where it evaluates. */
const livePiece = fc.oneof(
  {
    weight: 31,
    arbitrary: fc.constantFrom(
      "$${",
      "$$${",
      "$$$${NAME}",
      '$${NAME} "q"',
      "%%{",
      "%%%{ if true }",
      '${"x"}',
      "${1+2}",
      '${~ "x" ~}',
      '${upper("a\\"b")}',
      "${ { a = 1 }.a }",
      '${true ? "a\\nb" : "c"}',
      "%{ if true }yes%{ else }no%{ endif }",
      "%{ if false ~} \n no %{~ else ~} \n yes %{~ endif }",
      "%{ for i in [1, 2] ~}\n${i}\n%{ endfor ~}\n",
      '${"${"nested"}"}',
      '${jsonencode({"a" = ["b", {"c d" = -1}]})}',
      "${length([for k, v in { a = 1 } : k if v > 0])}",
      '${join(",", [["a", "b"]]...)}',
      '${<<EOT\nhere\\n"doc"\nEOT\n}',
      "${<<-EOT\n    a\n      ${1}\n\n    b\n    EOT\n}",
      "${-1 - -2}",
      "${!true && (1 < 2) || false}",
      "${[1, 2][0]}",
      '${{"a": {"b": 1}}["a"].b}',
      "${([{ a = 1 }, { a = 2 }][*].a)[1]}",
      "${max(1, 2, 3)}",
      '${jsonencode([merge({ "${"a"}" = 1 }, { b = 2, c = 3 })])}',
      '${jsonencode([1 > 2 ? { "a" = 1 } : { a = 1, b = 2 }])}',
      `\${jsonencode([merge({ a = 1 }, { b = "${LONG}" }), true ? { a = 1 } : tomap({ a = length("${LONG}") })])}`,
      `\${{ "${LONG}" = { "${LONG}" = 1 } }["${LONG}"]["${LONG}"]}`,
      `\${[{ "${LONG}" = "b" }].*.${LONG}[length(["${LONG}", "${LONG}"]) - 2]}`,
    ),
  },
  { weight: 1, arbitrary: condition.map((text) => `\${${text}}`) },
);

/** Joined so that no two pieces make a "${" or "%{" that no piece meant. */
function joined(pieces: string[]): string {
  return pieces.reduce((text, piece) => {
    const clash = /[$%]$/.test(text) && /^(?:\{|%\{)/.test(piece);
    return text + (clash ? " " : "") + piece;
  }, "");
}

const literalText = fc
  .array(fc.oneof(plainPiece, livePiece), { maxLength: 6 })
  .map((p) => p.join(""));
const plainText = fc
  .array(plainPiece, { maxLength: 6 })
  .map(joined)
  .map((text) => text.replace(/([$%])(?=\{)/g, "$1 "));
const templateText = fc.oneof(
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: plainPiece.map((text) => text.replace(/([$%])(?=\{)/g, "$1 ")) },
        livePiece,
      ),
      { maxLength: 6 },
    )
    .map(joined),
  plainText.map((text) => `${text}\n`),
  livePiece,
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  fc.constantFrom(0, -0, 0.1, -0.5, 1e-7, 5e-324, 2 ** 53 - 1, -(2 ** 53) + 1),
);

function tree(text: fc.Arbitrary<string>) {
  const key = fc.oneof(
    fc.constantFrom("a", "FooBar", "a-b", "for", "null", "1", "a.b", "é", "", "//"),
    plainText,
  );
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 5, arbitrary: text },
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc
        .uniqueArray(fc.tuple(key, tie("value")), {
          maxLength: 4,
          // Keys that Terraform takes for the same one are an error in JSON.
          selector: ([name]) => name.replace(/^\ufeff/, "").normalize("NFC"),
        })
        .map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
}

interface Sample {
  readonly evaluated: unknown;
  readonly literal: unknown;
}

const sample: fc.Arbitrary<Sample> = fc.record({
  evaluated: tree(templateText),
  literal: tree(literalText),
});

/** Resources and outputs are slow in Terraform, so many samples share one. */
const SHARED = 25;

function stackOf(samples: readonly Sample[]): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "equality");
  samples.forEach(({ evaluated, literal }, index) => {
    new TerraformLocal(stack, `local_${index}`, evaluated);
    const variable = new TerraformVariable(stack, `variable_${index}`, {});
    variable.addOverride("default", literal);
    variable.addOverride("description", typeof literal === "string" ? literal : "");
  });
  for (let start = 0; start < samples.length; start += SHARED) {
    const indexes = samples.map((_, index) => index).slice(start, start + SHARED);
    const together = (value: (index: number) => unknown) =>
      Object.fromEntries(indexes.map((index) => [`sample_${index}`, value(index)]));
    const first = samples[start] as Sample;
    const outputs = {
      locals: together((index) => `\${local.local_${index}}`),
      variables: together((index) => `\${var.variable_${index}}`),
      inputs: `\${terraform_data.data_${start}.output}`,
      together: together((index) => samples[index]?.evaluated),
      alone: { [`sample_${start}`]: `\${terraform_data.data_alone_${start}.output}` },
      only: first.evaluated,
    };
    for (const [name, value] of Object.entries(outputs)) {
      const output = new TerraformOutput(stack, `${name}_${start}`, { value: "" });
      output.addOverride("value", value);
    }
    const inputs = new DataResource(stack, `data_${start}`, {});
    inputs.addOverride(
      "input",
      together((index) => samples[index]?.evaluated),
    );
    new DataResource(stack, `data_alone_${start}`, {}).addOverride("input", first.evaluated);
  }
  return stack;
}

interface Output {
  readonly type: unknown;
  readonly value: unknown;
}

/** The differing outputs, told by sample where an output holds many. */
function differences(
  json: Record<string, Output>,
  hcl: Record<string, Output>,
  samples: readonly Sample[],
): unknown[] {
  return Object.entries(json).flatMap(([name, expected]): unknown[] => {
    const actual = hcl[name];
    if (JSON.stringify(actual) === JSON.stringify(expected)) return [];
    const values = (output?: Output) => output?.value as Record<string, unknown> | undefined;
    const sample = Object.keys(values(expected) ?? {}).find(
      (key) =>
        key.startsWith("sample_") &&
        JSON.stringify(values(actual)?.[key]) !== JSON.stringify(values(expected)?.[key]),
    );
    if (sample === undefined) return [{ name, json: expected, hcl: actual }];
    const given = samples[Number(sample.slice("sample_".length))];
    return [{ name, given, json: values(expected)?.[sample], hcl: values(actual)?.[sample] }];
  });
}

/** The blocks of a module, those that constructs write and those that JSON gives in another order. */
function blocksOf(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files)
    .flatMap(([file, text]) =>
      text.split(/(?<=^\}\n|^\S.*\{\}\n)\n/m).map((block) => `${file}\n${block}`),
    )
    .sort();
}

/** The stack as JSON, before CDKTF sorts it. */
function unsorted(stack: TerraformStack): string {
  stack.prepareStack();
  const { terraform: _, ...json } = stack.toTerraform();
  return JSON.stringify(json);
}

/** Values that an earlier state of this writer, or of its author's knowledge, got wrong. */
const COUNTER_EXAMPLES: Readonly<Record<string, unknown>> = {
  "a byte order mark at the start, which Terraform skips in a template only": "\ufeffx",
  "a key //, which is a comment in JSON": { "//": "gone", a: { "//": 1 } },
  "a template that is nothing but a template": '${"${"nested"}"}',
  "trim marks that leave text of one value": ["${~ 5 ~}  ", " ${~ 5 }", "${~ 5 ~}"],
  "trim marks, which reach one line": ["a\n\n  ${~ 1 ~}  \n  b", "a  \n${~ 1 }", "${1 ~}\r\n b"],
  "a carriage return without an interpolation after it": ["a\rb", "${1}\r", "\r\r\n"],
  "a carriage return alone, after which all is text": [
    "a\rb ${1} %{ if }\n${",
    "${1}\r${2}",
    "${1 ~}\r ${2}",
    "\r$${a} $$${a} $$$${a} %%{a} %%%{a} %%%%{a}",
  ],
  "a sign before an interpolation": ["%${1}", "$%{ if true }a%{ endif }", "$$", "$$$${a}"],
  "a key that begins with a combining mark": { "\u0301a": 1, b: 2, "\u1100\u1161": 3 },
  "a line that begins with a combining mark": ["\u0301a\nb\n", "a\n  \u0301b\n", "a\n\uff9eb\n"],
  "a list as a local": ["a"],
  "a minus at the start of an interpolation": "x${-1}",
};

describeWithTerraform(
  "What Terraform evaluates from the HCL is what it evaluates from the JSON",
  () => {
    test("counter-examples once found", () => {
      const samples = Object.values(COUNTER_EXAMPLES).map((value) => ({
        evaluated: value,
        literal: value,
      }));
      const hcl = renderModule(stackOf(samples));
      expect(formattingOf(hcl)).toBe("");
      expect(blocksOf(renderSynthesized(unsorted(stackOf(samples))).files)).toEqual(blocksOf(hcl));
      const fromJson = outputsOf(jsonModule(stackOf(samples)));
      expect(differences(fromJson, outputsOf(hcl), samples)).toEqual([]);
    });

    const batches = Math.ceil(TREES / BATCH);
    test.each(Array.from({ length: batches }, (_, index) => index))(
      `batch %i of ${batches}, seed ${SEED}`,
      (batch) => {
        const samples = fc.sample(sample, {
          seed: SEED + batch,
          numRuns: Math.min(BATCH, TREES - batch * BATCH),
        });
        const hcl = renderModule(stackOf(samples));
        expect(formattingOf(hcl)).toBe("");
        const synthesized = renderSynthesized(unsorted(stackOf(samples)));
        expect(synthesized.refused).toEqual([]);
        expect(blocksOf(synthesized.files)).toEqual(blocksOf(hcl));
        const fromJson = outputsOf(jsonModule(stackOf(samples)));
        const fromHcl = outputsOf(hcl);
        expect(differences(fromJson, fromHcl, samples).slice(0, 5)).toEqual([]);
        expect(Object.keys(fromHcl)).toEqual(Object.keys(fromJson));
      },
      600_000,
    );
  },
);
