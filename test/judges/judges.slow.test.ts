import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FIRST_BUILD_MS } from "../connect/connect";
import { describeUnless } from "../standin/judges";
import { type Judged, judged } from "./judged";
import { checkov, installCheckov, tflint, tflintOfAws } from "./programs";
import { type Finding, type Reason, reasons } from "./reasons";

const run = promisify(execFile);

/** A finding in one module. */
interface Found extends Finding {
  readonly module: string;
}

const isLong = process.env.LONG !== undefined;
const untilLong = (isThere: boolean, name: string) =>
  isThere || isLong ? [] : [`no ${name}: npm run test:long installs it`];

describeUnless(untilLong(existsSync(checkov), "checkov"), "checkov", () => {
  let found: readonly Found[];
  beforeAll(async () => {
    if (!(await installCheckov())) throw new Error("pip cannot install checkov");
    found = await inFolder(judged, askCheckov);
  }, FIRST_BUILD_MS);

  judges("checkov", () => found);

  test("is heard: it finds what is wrong with a bucket", async () => {
    const bucket =
      'resource "aws_s3_bucket" "open" {\n  bucket = "open"\n  acl    = "public-read"\n}\n';
    const wrong = await inFolder([{ folder: "wrong", files: { "main.tf": bucket } }], askCheckov);
    expect(wrong).toContainEqual({
      judge: "checkov",
      module: "wrong",
      rule: "CKV_AWS_20",
      on: "aws_s3_bucket",
    });
  }, 120_000);
});

const noRules = untilLong(tflintOfAws.isBuilt && tflint.isBuilt, "TFLint with AWS's rules");
const noBuild = noRules.length > 0 ? [] : [...tflint.missing(), ...tflintOfAws.missing()];
describeUnless([...noRules, ...noBuild], "TFLint with AWS's rules", () => {
  let found: readonly Found[];
  beforeAll(async () => {
    await tflint.build();
    await tflintOfAws.build();
    found = await inFolder(judged, askTflint);
  }, FIRST_BUILD_MS);

  judges("TFLint", () => found);

  test("is heard: it finds a class that AWS has not", async () => {
    const instance = 'resource "aws_db_instance" "x" {\n  instance_class = "db.r9.huge"\n}\n';
    const wrong = await inFolder([{ folder: "wrong", files: { "main.tf": instance } }], askTflint);
    expect(wrong).toContainEqual({
      judge: "TFLint",
      module: "wrong",
      rule: "aws_db_instance_invalid_type",
      on: "main.tf",
    });
  }, 120_000);
});

/** All that it says has its reason, and each reason is for something that it says. */
function judges(judge: Finding["judge"], found: () => readonly Found[]): void {
  test("finds nothing in the modules but what has its reason", () => {
    const unexplained = found().filter((one) => !reasons.some((reason) => explains(reason, one)));
    expect(unexplained).toEqual([]);
  });

  test("finds all that has a reason", () => {
    const idle = reasons
      .filter((reason) => reason.judge === judge)
      .filter((reason) => !found().some((one) => explains(reason, one)));
    expect(idle).toEqual([]);
  });
}

function explains({ judge, rule, on, unless = [] }: Reason, found: Found): boolean {
  const flags = judged.find(({ folder }) => folder === found.module)?.flags ?? [];
  return (
    judge === found.judge &&
    rule === found.rule &&
    on === found.on &&
    !unless.some((flag) => flags.includes(flag))
  );
}

/** What a judge says of modules that lie in one folder, each in a folder of its own. */
async function inFolder(
  modules: readonly Pick<Judged, "folder" | "files">[],
  ask: (folder: string) => Promise<Found[]>,
): Promise<Found[]> {
  const root = mkdtempSync(join(tmpdir(), "judged-"));
  try {
    for (const { folder, files } of modules) {
      mkdirSync(join(root, folder));
      for (const [file, text] of Object.entries(files))
        writeFileSync(join(root, folder, file), text);
    }
    return await ask(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** One process for all modules: it starts longer than it looks. */
async function askCheckov(cwd: string): Promise<Found[]> {
  const options = ["--directory", ".", "--framework", "terraform", "--output", "json"];
  const more = ["--compact", "--quiet", "--skip-download", "--soft-fail"];
  const { stdout } = await run("python3", ["-m", "checkov.main", ...options, ...more], {
    cwd,
    // Nobody's own configuration of it counts.
    env: { PATH: process.env.PATH, HOME: cwd, PYTHONPATH: checkov },
    maxBuffer: 2 ** 26,
  });
  const { results, summary }: CheckovReport = JSON.parse(stdout);
  expect(summary.parsing_errors).toBe(0);
  return results.failed_checks.map(({ check_id: rule, resource, file_path: path }) => ({
    judge: "checkov",
    module: path.split("/")[1] ?? "",
    rule,
    on: resource.split(".")[0] ?? "",
  }));
}

interface CheckovReport {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
  readonly summary: { readonly parsing_errors: number };
}

async function askTflint(cwd: string): Promise<Found[]> {
  const config = join(cwd, "tflint.hcl");
  writeFileSync(config, 'plugin "aws" {\n  enabled = true\n}\n');
  const options = ["--recursive", "--format=json", "--force", `--config=${config}`];
  const env = { PATH: process.env.PATH, HOME: cwd, TFLINT_PLUGIN_DIR: tflintOfAws.folder };
  const ran = run(tflint.path, options, { cwd, env, maxBuffer: 2 ** 26 });
  // It fails where it has errors, and tells them as JSON all the same.
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  const { issues, errors }: { issues: TflintFinding[]; errors: unknown[] } = JSON.parse(stdout);
  expect(errors).toEqual([]);
  return issues.map(({ rule, range: { filename } }) => ({
    judge: "TFLint",
    module: filename.split("/")[0] ?? "",
    rule: rule.name,
    on: filename.split("/").slice(1).join("/"),
  }));
}

interface TflintFinding {
  readonly rule: { readonly name: string };
  readonly range: { readonly filename: string };
}
