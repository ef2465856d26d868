import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { type Export, exportStacks, stacksAt, UsageError } from "./app";
import { ForeignFilesError } from "./directory";
import { JsonProblem, parseJson } from "./json";
import type { ProviderSchemas } from "./schema";
import { type Files, REFUSED, SynthesizedProblem } from "./synthesized";
import { PlanError, type Verdict, verify } from "./verify";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));

interface Options {
  readonly out: string;
  readonly files: Files;
  readonly schemas?: readonly string[];
  readonly module?: boolean;
  readonly paths?: boolean;
  readonly tame?: boolean;
  readonly forEach?: boolean;
}

const program = new Command("cdktf-hcl")
  .description(
    "Writes what cdktf synth wrote, in any language, as Terraform HCL that means the same.\nExit code 1: something stays JSON, or nothing could be written.",
  )
  .version(version)
  .exitOverride();

program
  .command("export", { isDefault: true })
  .description("write the HCL of all stacks of a cdktf.out, or of one cdk.tf.json")
  .argument("<path>", "cdktf.out, or a cdk.tf.json")
  .option(
    "--out <directory>",
    "where the HCL goes: <out>/<stack>/, or <out>/ for one cdk.tf.json",
    "terraform",
  )
  .addOption(
    new Option("--files <by>", "what a file holds: one type of block, one construct, or everything")
      .choices(["type", "construct", "one"])
      .default("type"),
  )
  .option("--module", "leave out backend and provider blocks, for a module that others call")
  .option("--paths", "put the path of its construct above each block")
  .option("--tame", "take CDKTF's hashes out of names, with a moved block for each")
  .option(
    "--for-each",
    "make one block with for_each of resources that differ in literals alone, with a moved block for each",
  )
  .option("--schemas <file...>", 'what "terraform providers schema -json" printed')
  .action((path: string, { out, schemas = [], ...options }: Options) => {
    const exports = exportStacks(stacksAt(path, out), {
      ...options,
      banner: ` ${version}. It is yours now: without this line, no later run touches the file.`,
      schemas: schemas.map((file) => parseJson(readFileSync(file, "utf8")) as ProviderSchemas),
    });
    process.stdout.write(exports.map(reportOf).join(""));
    if (exports.some(({ refused }) => refused.length > 0)) process.exitCode = 1;
  });

program
  .command("verify")
  .description(
    "plan the JSON and the HCL from an empty state, or evaluate them where there are no credentials, and say what differs.\nExit code 1: something differs, or nothing could be evaluated.",
  )
  .argument("<path>", "cdktf.out, or a cdk.tf.json")
  .option("--out <directory>", "where the HCL is", "terraform")
  .option("--var-file <file...>", "values for the variables, as terraform plan takes them")
  .action((path: string, { out, varFile = [] }: { out: string; varFile?: readonly string[] }) => {
    const stacks = stacksAt(path, out);
    for (const stack of stacks) {
      const verdict = verify(stack, stacks, { varFiles: varFile });
      process.stdout.write(verdictOf(stack.out, verdict));
      const isEqual = verdict.differences.length === 0 && verdict.compared !== "configurations";
      if (!isEqual) process.exitCode = 1;
    }
  });

/** What Terraform makes of both, and what was not compared. */
function verdictOf(out: string, { compared, differences, gaps }: Verdict): string {
  const [same, other] = {
    plans: ["plans the same as from the JSON", "plans something else"],
    values: [
      "evaluates the same as from the JSON, with mocks of the providers",
      "evaluates something else, with mocks of the providers",
    ],
    configurations: [
      "reads the same as from the JSON, and evaluates neither",
      "reads something else",
    ],
  }[compared];
  const isSame = differences.length === 0;
  const lines = [
    `${out}: Terraform ${isSame ? `${same}.` : `${other}:`}`,
    ...differences.map((line) => `  - ${line}`),
    ...gaps.map((gap) => `  ${gap.replace(/[.]*$/, ".")}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** What was written, what was not and why, and what to look at. */
function reportOf({ stack, files, written, refused, remarks, moved }: Export): string {
  const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? "" : "s"}`;
  const hcl = Object.keys(files).filter((file) => file !== REFUSED);
  const where = hcl.length > 0 ? ` in ${hcl.join(", ")}` : "";
  const lines = [`${stack.out}: ${count(written, "block")}${where}.`];
  if (moved.length > 0) lines.push(`  ${count(moved.length, "moved block")} in moved.tf.`);
  if (refused.length > 0) {
    lines.push(
      `  ${count(refused.length, "block")} in ${REFUSED}, which Terraform reads as well, because:`,
      ...refused.flatMap(({ problems }) => problems.map((problem) => `  - ${problem}`)),
      `  To have the schemas: terraform -chdir=${stack.out} init -backend=false && terraform -chdir=${stack.out} providers schema -json > schemas.json`,
    );
  }
  if (remarks.length > 0) lines.push("  Look at:", ...remarks.map((remark) => `  - ${remark}`));
  return `${lines.join("\n")}\n`;
}

try {
  program.parse();
} catch (error) {
  const isExpected =
    error instanceof UsageError ||
    error instanceof ForeignFilesError ||
    error instanceof JsonProblem ||
    error instanceof PlanError ||
    error instanceof SynthesizedProblem;
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (isExpected) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else throw error;
}
