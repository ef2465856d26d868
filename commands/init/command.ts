import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import { engines } from "../../engines";
import { packageRoot } from "../../templates";
import { backendFile } from "../backend-file";
import { discover, type Surroundings } from "../discover/command";
import { edit, isPlaceholder, isSame, valuesIn } from "../discover/tfvars";
import { parseFlags } from "../flags";
import { variablesOf } from "../fleet/variables";
import { isOnPath, pipelineRoleWarning, synthesizeOne, valuesFile, writeOne } from "../synth";
import { UsageError } from "../usage-error";
import { WrittenModuleError } from "../written-modules";
import { nextSteps } from "./steps";
import { asked, asValue, fittedTo, placeholdersIn, refusalOf } from "./values";
import { workflows } from "./workflows";

/** What the command line says. */
export interface InitOptions {
  /** Values of the flags of `synth`, by name. */
  readonly flags: Readonly<Record<string, string>>;
  /** Directory for the module: `<out>/<stack>/`. */
  readonly out: string;
  /** Answers, each as `name=value`. */
  readonly value: readonly string[];
  /** S3 bucket for Terraform's state. @default - a local file */
  readonly stateBucket?: string;
  /** Whether to write a workflow for GitHub Actions. @default - asked, or not */
  readonly workflow?: boolean;
  /** Whether what somebody has changed is overwritten. */
  readonly force: boolean;
}

/** Asks a person one question; the answer without spaces around it. */
export type Ask = (question: string) => Promise<string>;

/**
 * Writes a module with its values into the working directory, and says what to do next. What Redpanda
 * Cloud and AWS know is asked of them, the rest of a person. What is there keeps its values.
 *
 * @param ask @default - nobody is there to be asked
 * @returns the exit code: 0, or 1 when one that is asked refuses or cannot be reached
 * @throws {UsageError} with every answer that is missing or wrong; nothing is written then
 * @throws {WrittenModuleError} where something would be overwritten; nothing is written then
 */
export async function init(options: InitOptions, around: Surroundings, ask?: Ask): Promise<number> {
  const answers = answersIn(options.value);
  const names = engines.map(({ flag }) => flag);
  const chosen: Record<string, string> = { ...options.flags };
  if (ask && chosen.engine === undefined) {
    chosen.engine = await choose(ask, "Which engine", names);
    chosen.aurora ??= (await agrees(ask, "Is there a cluster already")) ? "existing" : "new";
  }
  const noEngine =
    chosen.engine === undefined
      ? [`--engine is missing. Allowed are ${names.join(", ")}.`]
      : chosen.engine === "all"
        ? [`--engine is "all", and init writes one module. Allowed are ${names.join(", ")}.`]
        : [];
  const flags = parseFlags({
    ...chosen,
    ...(noEngine.length > 0 ? { engine: engines[0].flag } : {}),
    out: options.out,
    force: options.force,
  });
  const module = synthesizeOne(flags);
  const declared = variablesOf(module.json);

  const path = valuesFile(flags, module.stack);
  const before = textOf(path);
  const example = readFileSync(join(packageRoot, path), "utf8");
  let text = before ?? fittedTo(declared, example);
  const wrong = Object.entries(answers).flatMap(([name, answer]) =>
    name in declared
      ? (refusalOf(name, answer, declared) ?? [])
      : `--value ${name}=… is no variable of this module: ${asked(declared).join(", ")} are asked for.`,
  );
  if (wrong.length > 0) throw new UsageError([...noEngine, ...wrong].join("\n"));
  const fill = (name: string, answer: string) => {
    text = edit(text, [{ name, value: asValue(name, answer, declared) }]).text;
  };
  for (const [name, answer] of Object.entries(answers)) fill(name, answer);
  const open = () => placeholdersIn(text).filter((name) => name in declared);
  const askFor = async (names: readonly string[]) => {
    for (const name of names) {
      const answer = ask && (await valid(ask, name, declared));
      if (answer) fill(name, answer);
    }
  };

  // What others can be asked with comes first.
  const { REDPANDA_CLIENT_ID, REDPANDA_CLIENT_SECRET } = around.environment;
  const asksRedpanda = Boolean(REDPANDA_CLIENT_ID && REDPANDA_CLIENT_SECRET);
  const asksAws = flags.aurora === "existing" && isOnPath("aws");
  const keys = ["redpanda_cluster_id", "cluster_identifier", "region", "aws_profile"];
  await askFor(open().filter((name) => keys.includes(name)));
  const told = [
    ...(asksRedpanda && "redpanda_cluster_id" in declared
      ? ["redpanda_cidr", "redpanda_aws_acct_id"]
      : []),
    ...(asksAws ? ["region", "db_name"] : []),
  ];
  const usual = ["aws_profile"];
  const missing = (except: readonly string[]) =>
    ask
      ? []
      : open()
          .filter((name) => ![...except, ...usual].includes(name))
          .map((name) => `--value ${name}=… is missing. ${declared[name]?.description ?? ""}`);
  const untold = [...noEngine, ...missing(told)];
  if (untold.length > 0) throw new UsageError(untold.join("\n"));

  const known = (name: string) => {
    const value = valuesIn(text).get(name);
    return value && !isPlaceholder(value) && value !== "null"
      ? String(JSON.parse(value))
      : undefined;
  };
  const cluster = asksRedpanda ? known("redpanda_cluster_id") : undefined;
  const aurora = asksAws ? known("cluster_identifier") : undefined;
  if (cluster !== undefined || aurora !== undefined) {
    const found = await discovered(
      text,
      {
        cluster,
        aurora,
        ...(aurora && { region: known("region"), profile: known("aws_profile") }),
      },
      around,
    );
    if (found === undefined) {
      around.warn("Nothing was written.\n");
      return 1;
    }
    text = found;
  }
  await askFor(open().filter((name) => !keys.includes(name)));
  const still = missing([]);
  if (still.length > 0) throw new UsageError(still.join("\n"));
  // Without a profile, the environment's credentials are used.
  if (open().includes("aws_profile"))
    text = edit(text, [{ name: "aws_profile", value: "null" }]).text;

  const bucket =
    options.stateBucket ??
    (ask ? await ask("S3 bucket for Terraform's state (empty: a local file): ") : "");
  const workflow =
    options.workflow ?? (ask ? await agrees(ask, "Write a workflow for GitHub Actions") : false);
  const folder = join(flags.out, module.stack);
  const files = new Map<string, string>([
    ...(bucket === ""
      ? []
      : [[join(folder, "backend.tf"), stateIn(bucket, module.stack, known("region"))] as const]),
    ...(workflow ? workflows({ out: flags.out, stack: module.stack, tfvars: path }) : []),
  ]);

  const changed = before === undefined ? [] : changes(before, text);
  const conflicts = [
    ...changed.map(([name, was, is]) => `${path} says ${name} = ${was}, and not ${is}.`),
    ...[...files].flatMap(([file, content]) =>
      (textOf(file) ?? content) === content ? [] : `${file} is there with another content.`,
    ),
  ];
  if (conflicts.length > 0 && !options.force) {
    const question = `${conflicts.join("\n")}\nOverwrite`;
    if (!ask || !(await agrees(ask, question))) {
      throw new WrittenModuleError(
        `${conflicts.join("\n")}\nNothing was written. Leave these answers out, or overwrite with --force.`,
      );
    }
  }

  if (flags.topology === "byoc" && flags.credentials === "role") around.warn(pipelineRoleWarning);
  const wrote = writeOne(flags, module);
  const put = [[path, text] as const, ...files].filter(
    ([file, content]) => textOf(file) !== content,
  );
  for (const [file, content] of put) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomicSync(file, content);
  }
  const others = put.map(([file]) => `Wrote ${file}.\n`).join("");
  around.print(`${wrote}${others}${nextSteps({ flags, module, folder, path, open: open() })}`);
  return 0;
}

/** What a file holds; undefined where there is none. */
function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function answersIn(given: readonly string[]): Record<string, string> {
  const pairs = given.map((one) => /^(\w+)=(.*)$/s.exec(one));
  const wrong = given.filter((_, at) => !pairs[at]);
  if (wrong.length > 0) {
    throw new UsageError(
      wrong
        .map(
          (one) =>
            `--value is ${JSON.stringify(one)}. It must be name=value, such as region=us-east-2.`,
        )
        .join("\n"),
    );
  }
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}

async function choose(ask: Ask, question: string, values: readonly string[]): Promise<string> {
  for (;;) {
    const answer = await ask(`${question} (${values.join(", ")})? `);
    if (values.includes(answer)) return answer;
  }
}

async function agrees(ask: Ask, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask(`${question} (y/N)? `));
}

/** An answer that the variable takes; empty for later. */
async function valid(
  ask: Ask,
  name: string,
  declared: ReturnType<typeof variablesOf>,
): Promise<string> {
  let question = `\n${declared[name]?.description ?? ""}\n${name} (empty: later): `;
  for (;;) {
    const answer = await ask(question);
    const refusal = answer === "" ? undefined : refusalOf(name, answer, declared);
    if (refusal === undefined) return answer;
    question = `${refusal}\n${name} (empty: later): `;
  }
}

/** The values with what `discover` knows; undefined where it has none, and said why. */
async function discovered(
  text: string,
  asks: { cluster?: string; aurora?: string; region?: string; profile?: string },
  around: Surroundings,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "rpcn-aurora-init-"));
  const tfvars = join(folder, "values.tfvars");
  try {
    writeFileSync(tfvars, text);
    const code = await discover({ ...asks, tfvars }, { ...around, print: () => {} });
    return code === 0 ? readFileSync(tfvars, "utf8") : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Values that were somebody's own, and are other ones now. */
function changes(before: string, after: string): [name: string, was: string, is: string][] {
  const now = valuesIn(after);
  return [...valuesIn(before)].flatMap(([name, was]) => {
    const is = now.get(name) ?? was;
    return isPlaceholder(was) || isSame(was, is) ? [] : [[name, was, is]];
  });
}

/** @see https://developer.hashicorp.com/terraform/language/backend/s3 */
function stateIn(bucket: string, stack: string, region = ""): string {
  return backendFile(
    { s3: { bucket, key: `${stack}.tfstate`, ...(region && { region }), use_lockfile: true } },
    "Where Terraform keeps the state. Yours to change: rpcn-aurora writes it once.",
  );
}
