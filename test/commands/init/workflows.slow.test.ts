import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { parseFlags } from "../../../commands/flags";
import { workflows } from "../../../commands/init/workflows";
import { synthesizeOne } from "../../../commands/synth";
import { describeUnless, describeWithTerraform } from "../../standin/judges";
import { Workspace } from "../../standin/workspace";

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

describeWithTerraform("Each command of the workflow", () => {
  test("runs as it stands", async () => {
    const { files } = synthesizeOne(parseFlags({ engine: "postgres" }));
    await using workspace = await Workspace.create({ files });
    const bin = mkdtempSync(join(tmpdir(), "bin-"));
    const root = mkdtempSync(join(tmpdir(), "repository-"));
    const own = (name: string, script: string) =>
      writeFileSync(join(bin, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
    // The version that is built here stands for the published one.
    own(
      "npx",
      `[[ $1 == --yes && $2 == rpcn-aurora@* ]] && exec "${process.execPath}" "${program}" "\${@:3}"`,
    );
    // GitHub's own program is not run: what it would be told is shown.
    own("gh", 'echo "$@"; cat "${@: -1}"');
    mkdirSync(join(root, "terraform"));
    symlinkSync(workspace.dir, join(root, "terraform", "aurora-postgres"));
    const environment = {
      ...process.env,
      ...workspace.environment,
      PATH: `${bin}:${process.env.PATH}`,
      ...{ VERSION: "0.1.0", MODULES: "terraform", STACK: "aurora-postgres", NUMBER: "7" },
      ...{ TFVARS: "values.tfvars", RUNNER_TEMP: bin, GITHUB_REPOSITORY: "acme/streams" },
      GITHUB_STEP_SUMMARY: join(bin, "summary.md"),
    };
    const bash = (command: string) =>
      new Promise<{ command: string; code: number | null }>((resolve) => {
        const { spawn } = require("node:child_process") as typeof import("node:child_process");
        spawn("bash", ["-eo", "pipefail", "-c", command], { cwd: root, env: environment }).on(
          "close",
          (code) => resolve({ command, code }),
        );
      });
    for (const command of commands("check").filter((one) => !one.includes("worktree"))) {
      expect(await bash(command)).toEqual({ command, code: 0 });
    }
    rmSync(bin, { recursive: true });
    rmSync(root, { recursive: true });
  });
});
