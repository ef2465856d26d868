import { spawnSync } from "node:child_process";
import { bundledIndexes, knownFromIndexes } from "../../../packages/cdktf-hcl/src/block-index";
import {
  type Knowledge,
  knownFrom,
  type ProviderSchemas,
} from "../../../packages/cdktf-hcl/src/schema";
import { REFUSED, renderSynthesized } from "../../../packages/cdktf-hcl/src/synthesized";
import { formattingOf } from "../../../packages/cdktf-hcl/test/terraform";
import { judge, type Verdict } from "./judge";
import { type Found, stacksBelow } from "./stacks";

/** What became of one stack. */
export interface Surveyed {
  readonly place: string;
  /** How many blocks are HCL, and why others are not. */
  readonly written: number;
  readonly refused: readonly string[];
  /** What `terraform fmt` would change. */
  readonly formatting: string;
  readonly verdict: Verdict;
}

/** A folder's commit, and what became of the stacks in it. */
export interface Survey {
  readonly folder: string;
  /** @default - none: it is no checkout of git */
  readonly commit?: string;
  readonly stacks: readonly Surveyed[];
}

/** Writes each stack below a folder as HCL, and has Terraform judge it. */
export async function survey(
  folder: string,
  schemas: readonly ProviderSchemas[] = [],
): Promise<Survey> {
  const stacks: Surveyed[] = [];
  for (const found of stacksBelow(folder)) stacks.push(await surveyed(found, schemas));
  const { stdout } = spawnSync("git", ["-C", folder, "rev-parse", "HEAD"], { encoding: "utf8" });
  return { folder, ...(stdout.trim() !== "" && { commit: stdout.trim() }), stacks };
}

async function surveyed(found: Found, schemas: readonly ProviderSchemas[]): Promise<Surveyed> {
  const { place, text } = found;
  let rendered: ReturnType<typeof renderSynthesized>;
  try {
    rendered = renderSynthesized(text, { schemas });
  } catch (error) {
    const because = `${(error as Error).name}: ${(error as Error).message}`;
    const verdict = { is: "not evaluated", because } as const;
    return { place, written: 0, refused: [because], formatting: "", verdict };
  }
  const { files, written, refused } = rendered;
  const hcl = Object.entries(files).filter(([file]) => file !== REFUSED);
  const given = knownFrom(schemas);
  const indexed = knownFromIndexes(bundledIndexes);
  const known: Knowledge = (...type) => given(...type) ?? indexed(...type);
  return {
    place,
    written,
    refused: refused.flatMap(({ problems }) => problems),
    formatting: formattingOf(Object.fromEntries(hcl)),
    verdict: await judge(found, files, known),
  };
}

/** A line for each folder, and below it one for each thing that is not as it should be. */
export function reportOf(surveys: readonly Survey[]): string {
  const count = (stacks: readonly Surveyed[], of: (stack: Surveyed) => boolean) =>
    stacks.filter(of).length;
  const row = (name: string, commit: string, stacks: readonly Surveyed[]) =>
    [
      ...[name, commit, stacks.length],
      count(stacks, ({ refused }) => refused.length === 0),
      count(stacks, ({ formatting }) => formatting === ""),
      count(stacks, ({ verdict }) => verdict.is === "equal"),
      count(stacks, ({ verdict }) => verdict.is === "different"),
      count(stacks, ({ verdict }) => verdict.is === "not evaluated"),
    ].join(" | ");
  const lines = [
    "folder | commit | stacks | whole | fmt-clean | equal | different | not evaluated",
    "--- | --- | --- | --- | --- | --- | --- | ---",
    ...surveys.map(({ folder, commit = "", stacks }) => row(folder, commit.slice(0, 12), stacks)),
    row(
      "all",
      "",
      surveys.flatMap(({ stacks }) => stacks),
    ),
    "",
  ];
  for (const { folder, stacks } of surveys) {
    for (const { place, refused, formatting, verdict } of stacks) {
      const said = [
        ...refused.map((problem) => `refused: ${problem}`),
        ...(formatting === "" ? [] : [`terraform fmt: ${formatting}`]),
        ...(verdict.is === "different"
          ? verdict.differences.map((line) => `different: ${line}`)
          : []),
        ...(verdict.is === "not evaluated" ? [`not evaluated: ${verdict.because}`] : []),
      ];
      if (said.length > 0) lines.push(`${folder}/${place}`, ...said.map((line) => `  - ${line}`));
    }
  }
  return `${lines.join("\n")}\n`;
}
