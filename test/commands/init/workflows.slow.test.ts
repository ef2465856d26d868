import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { parseFlags } from "../../../commands/flags";
import { workflows } from "../../../commands/init/workflows";
import { synthesizeOne } from "../../../commands/synth";
import { valuesFor, workspaceOf } from "../../module-workspace";
import { describeUnless, describeWithTerraform } from "../../standin/judges";
import type { Workspace } from "../../standin/workspace";

const program = join(__dirname, "../../../dist/main.js");
const written = workflows({
  out: "terraform",
  stack: "aurora-postgres",
  tfvars: "tfvars/aurora-postgres.tfvars",
});

/** https://github.com/rhysd/actionlint */
const VERSION = "1.7.12";
const folder = join(__dirname, "../../../node_modules/.cache", `rpcn-aurora-actionlint-${VERSION}`);
const actionlint = join(folder, "actionlint");

function missingActionlint(): string[] {
  const { status, stdout } = spawnSync(
    "go",
    ["mod", "download", "-json", `github.com/rhysd/actionlint@v${VERSION}`],
    { cwd: tmpdir(), encoding: "utf8" },
  );
  if (status !== 0) return [`go cannot download actionlint ${VERSION}`];
  const args = ["build", "-buildvcs=false", "-trimpath", "-o", actionlint, "./cmd/actionlint"];
  const built = spawnSync("go", args, { cwd: JSON.parse(stdout).Dir, encoding: "utf8" });
  return built.status === 0 ? [] : [`go cannot build actionlint: ${built.stderr}`];
}

describeUnless(missingActionlint(), "actionlint", () => {
  test("finds nothing, and does find a mistake", () => {
    const root = mkdtempSync(join(tmpdir(), "workflows-"));
    try {
      execFileSync("git", ["init", "--quiet", root]);
      for (const [path, content] of written) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
      const lint = () => spawnSync(actionlint, ["-no-color"], { cwd: root, encoding: "utf8" });
      expect(lint()).toMatchObject({ status: 0, stdout: "" });
      const [[path, content] = ["", ""]] = written;
      writeFileSync(join(root, path), content.replace("inputs.aws_role !=", "inputs.role !="));
      expect(lint().stdout).toContain('property "role" is not defined');
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

interface Step {
  readonly run?: string;
  readonly uses?: string;
}
const [[, text] = ["", ""]] = written;
const { jobs } = parse(text) as { jobs: Record<string, { steps: Step[]; permissions: object }> };
const commands = (job: string) => (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);

test("every action is pinned by a commit, and a fork's pull request may read alone", () => {
  const actions = Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ uses }) => uses ?? []),
  );
  expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  expect(actions).toHaveLength(6);
  expect(jobs.check?.permissions).toEqual({ contents: "read" });
  expect(jobs.plan).toMatchObject({
    if: expect.stringContaining("head.repo.full_name == github.repository"),
  });
});

/** A repository in which the workflow's commands run, and what they would tell GitHub. */
class Repository {
  readonly bin = mkdtempSync(join(tmpdir(), "bin-"));
  readonly root = mkdtempSync(join(tmpdir(), "repository-"));
  private readonly environment: NodeJS.ProcessEnv;

  /**
   * @param base content by file name of the module as the target branch has it
   * @param head the same as the pull request has it
   */
  constructor(
    workspace: Workspace,
    base: Readonly<Record<string, string>>,
    head: Readonly<Record<string, string>>,
  ) {
    // The version that is built here stands for the published one.
    this.program(
      "npx",
      `[[ $1 == --yes && $2 == rpcn-aurora@* ]] && exec "${process.execPath}" "${program}" "\${@:3}"`,
    );
    // https://cli.github.com/manual/gh_pr_comment
    this.program(
      "gh",
      `[[ "$*" == "pr comment 7 --repo acme/streams --body-file "* && -n $GH_TOKEN ]] || exit 1\ncp "\${@: -1}" "${this.bin}/told.md"`,
    );
    const module = join(this.root, "terraform", "aurora-postgres");
    write(module, base);
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", this.root, "-c", "user.name=a", "-c", "user.email=a@b", ...args], {
        encoding: "utf8",
      }).trim();
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "base");
    const sha = git("rev-parse", "HEAD");
    write(module, head);
    writeFileSync(
      join(this.root, "values.tfvars.json"),
      JSON.stringify(valuesFor("aurora-postgres")),
    );
    this.environment = {
      ...process.env,
      ...workspace.environment,
      PATH: `${this.bin}:${process.env.PATH}`,
      ...{ VERSION: "0.1.0", MODULES: "terraform", STACK: "aurora-postgres", NUMBER: "7" },
      ...{ TFVARS: "values.tfvars.json", RUNNER_TEMP: this.bin, GITHUB_REPOSITORY: "acme/streams" },
      ...{ BASE: sha, GH_TOKEN: "token", OUTCOME: "success" },
      GITHUB_STEP_SUMMARY: join(this.bin, "summary.md"),
    };
  }

  run(command: string): Promise<{ command: string; code: number | null }> {
    return new Promise((resolve) => {
      const options = { cwd: this.root, env: this.environment };
      spawn("bash", ["-eo", "pipefail", "-c", command], options).on("close", (code) =>
        resolve({ command, code }),
      );
    });
  }

  /** What a command wrote for GitHub. */
  read(name: string): string {
    return readFileSync(join(this.bin, name), "utf8");
  }

  [Symbol.dispose](): void {
    rmSync(this.bin, { recursive: true });
    rmSync(this.root, { recursive: true });
  }

  private program(name: string, script: string): void {
    writeFileSync(join(this.bin, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

describeWithTerraform("Each command of the workflow", () => {
  test("runs as it stands, and tells what changes", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    const { files } = synthesizeOne(parseFlags({ engine: "postgres" }));
    const redpanda = files["redpanda.tf"] ?? "";
    const withoutWrite = redpanda.replace(/resource "redpanda_acl" "topic_write" .*?\n[}]\n/s, "");
    expect(withoutWrite.length).toBeLessThan(redpanda.length);
    using repository = new Repository(workspace, { ...files, "redpanda.tf": withoutWrite }, files);
    for (const command of [...commands("check"), ...commands("plan")]) {
      expect(await repository.run(command)).toEqual({ command, code: 0 });
    }
    expect(repository.read("summary.md")).toContain(
      "\n| + | Allow | `User:<rp_sasl_user>` | `WRITE` | `TOPIC LITERAL <name_prefix>.iam_auth_topic_test` |  | `redpanda_acl.topic_write` |\n",
    );
    expect(repository.read("told.md")).toMatch(/^Plan of `aurora-postgres`: success\n\n````\n/);
    expect(repository.read("told.md")).toMatch(
      /\nPlan: \d+ to add, 0 to change, 0 to destroy[.]\n/,
    );
  });
});
