import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { copyBeside, type Stack, statePathOf, UsageError } from "./app";
import {
  configuredDifferences,
  type Differences,
  type Moves,
  type Plan,
  plannedDifferences,
} from "./comparison";
import { hasProviders, mocksOf, TEST } from "./mocks";
import type { ProviderSchemas } from "./schema";

/** What Terraform makes of a stack's JSON and of its HCL. */
export interface Verdict {
  /**
   * How far Terraform went with both: to plans with the stack's providers; to values with mocks of
   * them; or, where it evaluates neither, to what it has read.
   */
  readonly compared: "plans" | "values" | "configurations";
  /** No entry: all that was compared is equal. */
  readonly differences: Differences;
  /** What was not compared, and why: a sentence each. */
  readonly gaps: readonly string[];
}

export interface VerifyOptions {
  /** Files with values for the variables, as `terraform plan -var-file` takes them. */
  readonly varFiles: readonly string[];
}

/** Terraform reads not even the JSON: what it said. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/**
 * Compares what Terraform makes of a stack's JSON and of its HCL, both in copies and from an empty
 * state: what it reads, what it plans, and what it evaluates with mocks of the providers. Only plans
 * need credentials; only mocks show the text around a value that nobody knows before the apply.
 *
 * @param stacks all that were exported with it: their states are read where this one refers to them
 * @throws PlanError, UsageError
 */
export function verify(
  stack: Stack,
  stacks: readonly Stack[],
  { varFiles }: VerifyOptions,
): Verdict {
  if (!existsSync(stack.out)) {
    throw new UsageError(`${stack.out} is not there. Export the HCL first, with the same --out.`);
  }
  const folder = mkdtempSync(join(tmpdir(), "cdktf-hcl-"));
  try {
    const json = join(folder, "json");
    mkdirSync(json);
    cpSync(stack.file, join(json, "cdk.tf.json"));
    copyBeside(stack, json);
    const hcl = join(folder, "hcl", basename(stack.out));
    cpSync(stack.out, hcl, { recursive: true, filter: (path) => !WORKING.test(basename(path)) });
    // Neither the state that is in use nor its lock is touched.
    for (const copy of [json, hcl]) {
      writeFileSync(join(copy, "verify_override.tf"), 'terraform {\n  backend "local" {}\n}\n');
    }
    for (const other of stacks) {
      const state = other === stack ? undefined : statePathOf(other);
      const place = join(hcl, relative(stack.out, other.out));
      if (state === undefined || !existsSync(state)) continue;
      mkdirSync(place, { recursive: true });
      cpSync(state, join(place, "terraform.tfstate"));
    }
    // Downloaded once for both, unless there is a cache for all anyway.
    const cache = process.env.TF_PLUGIN_CACHE_DIR ?? join(folder, "providers");
    mkdirSync(cache, { recursive: true });
    const options = varFiles.map((file) => `-var-file=${resolve(file)}`);
    return new Comparison({ json, hcl }, { folder, cache, options }).verdict();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What belongs to a working folder of Terraform and not to the module. */
const WORKING = /^(?:\.terraform|.*\.tfstate(?:\..*)?)$/;

/** A resource that no module has: a plan of it alone reads all, and asks no provider for anything. */
const NOTHING = "-target=terraform_data.cdktf_hcl_reads_alone";

interface Copies {
  readonly json: string;
  readonly hcl: string;
}

interface Surroundings {
  /** In which the copies are. */
  readonly folder: string;
  readonly cache: string;
  readonly options: readonly string[];
}

/** What Terraform makes of both copies by one way, or why it makes nothing of the JSON. */
type Step =
  | { readonly differences: Differences; readonly json: Plan }
  | { readonly because: string };

interface Evaluated {
  readonly step: Step;
  /** Why what only an apply knows could not be made up. @default - it was */
  readonly because?: string;
}

const UNKNOWN =
  "Text around values that only an apply knows was not compared, because with such values made up Terraform says";
const MOVED =
  "Names have moved, so that dependencies, provisioners and settings of providers were not compared";

class Comparison {
  private readonly moves: Moves;

  constructor(
    private readonly copies: Copies,
    private readonly surroundings: Surroundings,
  ) {
    this.moves = movesIn(copies.hcl);
  }

  verdict(): Verdict {
    const compare = (json: Plan, hcl: Plan) =>
      this.moves.size > 0 ? [] : configuredDifferences(json, hcl);
    const read = this.step((copy) => this.plan(copy, "reads.plan", NOTHING), compare);
    if ("because" in read) throw new PlanError(`Terraform does not read the JSON: ${read.because}`);

    const planned = this.step((copy) => this.plan(copy, "verify.plan"), this.planned);
    const isPlanned = "differences" in planned;
    // The providers that are part of Terraform have planned already all that they can.
    const isDone = isPlanned && !hasProviders(read.json);
    const evaluated = isDone ? undefined : this.evaluated(read.json, isPlanned);
    const steps = [planned, evaluated?.step, read];
    const differences = steps
      .map((step) => (step && "differences" in step ? step.differences : []))
      .find(({ length }) => length > 0);
    const isEvaluated = evaluated !== undefined && "differences" in evaluated.step;
    const gaps = [
      ...(isPlanned ? [] : [`Not planned: ${planned.because}`]),
      ...(evaluated?.because === undefined
        ? []
        : [`${isEvaluated || isPlanned ? UNKNOWN : "Not evaluated"}: ${evaluated.because}`]),
      ...(this.moves.size > 0 ? [MOVED] : []),
    ];
    return {
      compared: isPlanned ? "plans" : isEvaluated ? "values" : "configurations",
      differences: differences ?? [],
      gaps,
    };
  }

  private readonly planned = (json: Plan, hcl: Plan) => plannedDifferences(json, hcl, this.moves);

  /** One way with both copies; what differs from one run to the next with the JSON alone does not count. */
  private step(of: (copy: string) => Plan, compare: (json: Plan, hcl: Plan) => Differences): Step {
    let json: Plan;
    try {
      json = of(this.copies.json);
    } catch (error) {
      if (error instanceof TerraformError) return { because: error.message };
      throw error;
    }
    try {
      const differences = compare(json, of(this.copies.hcl));
      if (differences.length === 0) return { differences, json };
      const again = plannedDifferences(json, of(this.copies.json), new Map());
      const changing = new Set(again.map(placeOf));
      return { differences: differences.filter((line) => !changing.has(placeOf(line))), json };
    } catch (error) {
      if (!(error instanceof TerraformError)) throw error;
      return { differences: [`Terraform refuses the HCL alone: ${error.message}`], json };
    }
  }

  private plan(copy: string, file: string, ...options: readonly string[]): Plan {
    if (!existsSync(join(copy, ".terraform"))) this.terraform(copy, "init", "-no-color");
    const always = ["-no-color", "-lock=false", "-refresh=false", `-out=${file}`];
    this.terraform(copy, "plan", ...always, ...options, ...this.surroundings.options);
    return this.parsed(this.terraform(copy, "show", "-json", file));
  }

  /**
   * With what only an apply knows made up, too; where the JSON cannot be evaluated so, because a
   * provider refuses what is made up, with such values unknown, which a plan has done already.
   */
  private evaluated(read: Plan, isPlanned: boolean): Evaluated {
    const { json } = this.copies;
    const schemas = JSON.parse(this.terraform(json, "providers", "schema", "-json"));
    const known = this.evaluation(read, schemas, true);
    if (!("because" in known)) return { step: known };
    const { because } = known;
    return { step: isPlanned ? known : this.evaluation(read, schemas, false), because };
  }

  private evaluation(read: Plan, schemas: ProviderSchemas, isKnown: boolean): Step {
    const { json, hcl } = this.copies;
    const text = readFileSync(join(json, "cdk.tf.json"), "utf8");
    const { files, shown } = mocksOf(read, text, schemas, isKnown);
    for (const copy of [json, hcl]) {
      for (const [file, content] of Object.entries(files)) writeFileSync(join(copy, file), content);
    }
    const step = this.step((copy) => this.tested(copy), this.planned);
    if ("because" in step) return step;
    const inPlace = (line: string) =>
      line.replace(/^(\w+)\.after/, (whole, name) => shown.get(name) ?? whole);
    return { ...step, differences: step.differences.map(inPlace) };
  }

  /** What a run of `terraform test` has planned. */
  private tested(copy: string): Plan {
    const args = ["-json", "-verbose", `-filter=${TEST}`, ...this.surroundings.options];
    const lines = this.terraform(copy, "test", ...args).split("\n");
    const found = lines.find((line) => line.includes('"test_plan":'));
    if (found === undefined) throw new TerraformError("terraform test shows no plan");
    return this.parsed(found).test_plan as Plan;
  }

  /** The folders differ by name alone. */
  private parsed(text: string): Record<string, unknown> {
    return JSON.parse(text.replaceAll(this.surroundings.folder, "."));
  }

  private terraform(cwd: string, ...args: string[]): string {
    const { status, stdout, stderr, error } = spawnSync("terraform", args, {
      cwd,
      encoding: "utf8",
      env: {
        ...process.env,
        TF_INPUT: "0",
        TF_WORKSPACE: "default",
        TF_PLUGIN_CACHE_DIR: this.surroundings.cache,
        TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
      },
      maxBuffer: 2 ** 30,
    });
    if (error) throw new UsageError(`Terraform cannot be started: ${error.message}.`);
    if (status !== 0)
      throw new TerraformError(firstErrorIn(stderr.includes("Error: ") ? stderr : stdout));
    return stdout;
  }
}

/** What Terraform said instead of doing what it was asked for. */
class TerraformError extends Error {
  override readonly name = "TerraformError";
}

/** Summary and detail, from text or from the lines of JSON that `terraform test -json` prints. */
function firstErrorIn(said: string): string {
  for (const line of said.split("\n")) {
    if (!line.startsWith("{")) continue;
    const { diagnostic } = JSON.parse(line);
    if (diagnostic?.severity === "error") return onOneLine([diagnostic.summary, diagnostic.detail]);
  }
  const [, first = said] = /Error: ([\s\S]*?)(?=\n\nError: |$)/.exec(said.trim()) ?? [];
  // Without the paragraph that shows the code, which is that of a copy.
  return onOneLine(first.split(/\n\s*\n/).filter((part) => !/^\s*(?:with|on) .*/.test(part)));
}

function onOneLine(parts: readonly string[]): string {
  const [summary = "", ...details] = parts.map((part) => part.replace(/\s+/g, " ").trim());
  const detail = details.filter((part) => part !== "").join(" ");
  return detail === "" ? summary : `${summary}: ${detail}`;
}

/** Of a line that tells a difference. */
function placeOf(line: string): string {
  return line.replace(/ (?:is|comes from) [\s\S]*$/, "");
}

/** The moves in the HCL of a module, as the writer or `terraform fmt` leaves them. */
function movesIn(folder: string): Moves {
  const files = readdirSync(folder).filter((file) => file.endsWith(".tf"));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
  return new Map(
    texts.flatMap((text) =>
      [...text.matchAll(MOVE)].map(([, from = "", to = ""]) => [from, to] as const),
    ),
  );
}

const MOVE = /^moved \{\n {2}from = (.+)\n {2}to {3}= (.+)\n\}$/gm;
