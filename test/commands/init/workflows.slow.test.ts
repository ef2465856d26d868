import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { parseFlags } from "../../../commands/flags";
import { workflows } from "../../../commands/init/workflows";
import { synthesizeOne } from "../../../commands/synth";
import { valuesFor, workspaceOf } from "../../module-workspace";
import { describeUnless, missingTerraform } from "../../standin/judges";
import type { Workspace } from "../../standin/workspace";

const program = join(__dirname, "../../../dist/main.js");
const written = workflows({
  out: "terraform",
  stack: "aurora-postgres",
  tfvars: "tfvars/aurora-postgres.tfvars",
});

/** A program that Go builds of a module, and keeps. */
class Built {
  readonly path: string;
  /** Why it cannot be had; empty when it can. */
  readonly missing: string[];

  constructor(module: string, version: string) {
    const name = basename(module);
    const cache = join(__dirname, "../../../node_modules/.cache");
    this.path = join(cache, `rpcn-aurora-${name}-${version}`, name);
    this.missing = existsSync(this.path) ? [] : this.build(module, version);
  }

  private build(module: string, version: string): string[] {
    const download = ["mod", "download", "-json", `${module}@v${version}`];
    const { status, stdout } = spawnSync("go", download, { cwd: tmpdir(), encoding: "utf8" });
    if (status !== 0) return [`go cannot download ${module} ${version}`];
    const own = `./cmd/${basename(module)}`;
    const args = ["build", "-buildvcs=false", "-trimpath", "-o", this.path, own];
    const built = spawnSync("go", args, { cwd: JSON.parse(stdout).Dir, encoding: "utf8" });
    return built.status === 0 ? [] : [`go cannot build ${module}: ${built.stderr}`];
  }
}

const actionlint = new Built("github.com/rhysd/actionlint", "1.7.12");
/** What `gh api --jq` evaluates by: https://github.com/cli/go-gh/blob/trunk/pkg/jq/jq.go */
const gojq = new Built("github.com/itchyny/gojq", "0.12.19");

describeUnless(actionlint.missing, "actionlint", () => {
  test("finds nothing, and does find a mistake", () => {
    const root = mkdtempSync(join(tmpdir(), "workflows-"));
    try {
      execFileSync("git", ["init", "--quiet", root]);
      for (const [path, content] of written) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
      const lint = () => spawnSync(actionlint.path, ["-no-color"], { cwd: root, encoding: "utf8" });
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

/** One of a pull request, of what GitHub tells about it. */
interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

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
    this.gh();
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
      ...{ BASE: sha, COMMIT: "0123abcd", GH_TOKEN: "token", OUTCOME: "success" },
      GITHUB_STEP_SUMMARY: join(this.bin, "summary.md"),
    };
  }

  run(
    command: string,
    more: NodeJS.ProcessEnv = {},
  ): Promise<{ command: string; code: number | null }> {
    return new Promise((resolve) => {
      const options = { cwd: this.root, env: { ...this.environment, ...more } };
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

  /** The comments of the pull request, in order. */
  get comments(): Comment[] {
    return JSON.parse(this.read("comments.json"));
  }

  set comments(comments: readonly Comment[]) {
    writeFileSync(join(this.bin, "comments.json"), JSON.stringify(comments));
  }

  /**
   * GitHub's CLI as far as it lists, makes and edits comments, a page for each; it refuses all else.
   *
   * @see https://cli.github.com/manual/gh_api
   * @see https://docs.github.com/en/rest/issues/comments
   */
  private gh(): void {
    this.comments = [];
    const program = join(this.bin, "gh.js");
    writeFileSync(
      program,
      `
const { execFileSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const file = ${JSON.stringify(join(this.bin, "comments.json"))};
const comments = JSON.parse(readFileSync(file, "utf8"));
const [api, ...args] = process.argv.slice(2);
const issues = "repos/acme/streams/issues";
const is = (...words) => words.every((word, at) => args[at] === word);
if (api !== "api" || !process.env.GH_TOKEN) process.exit(4);
if (is("--paginate", issues + "/7/comments", "--jq") && args.length === 4) {
  for (const one of comments) {
    const page = { input: JSON.stringify([one]), encoding: "utf8" };
    process.stdout.write(execFileSync(${JSON.stringify(gojq.path)}, ["-r", args[3]], page));
  }
  process.exit();
}
const [, body] = /^body=@(.+)$/s.exec(args[5]) ?? [];
if (!is("--silent", "--method") || args[4] !== "--field" || !body || args.length !== 6) process.exit(1);
const text = readFileSync(body, "utf8");
const edited = comments.find(({ id }) => is("--silent", "--method", "PATCH", issues + "/comments/" + id));
if (edited) edited.body = text;
else if (is("--silent", "--method", "POST", issues + "/7/comments")) {
  comments.push({ id: 2000000000 + comments.length, user: { login: "github-actions[bot]" }, body: text });
} else process.exit(1);
writeFileSync(file, JSON.stringify(comments));
`,
    );
    this.program("gh", `exec "${process.execPath}" "${program}" "$@"`);
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

describeUnless([...missingTerraform(), ...gojq.missing], "Each command of the workflow", () => {
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
    const [{ body } = { body: "" }, ...others] = repository.comments;
    expect(others).toEqual([]);
    expect(body).toMatch(
      /^<!-- rpcn-aurora: plan of terraform\/aurora-postgres -->\nPlan of `aurora-postgres` at 0123abcd: success\n\n````\n/,
    );
    expect(body).toMatch(/\nPlan: \d+ to add, 0 to change, 0 to destroy[.]\n/);

    // The next pushes, another module in the same pull request, and a person who quotes the first line.
    const tell = commands("plan").at(-1) ?? "";
    const quoting = { id: 7, user: { login: "octocat" }, body };
    repository.comments = [...repository.comments, quoting];
    writeFileSync(join(repository.bin, "plan.txt"), "Error: no credentials");
    for (const more of [
      { COMMIT: "4567cdef", OUTCOME: "failure" },
      { COMMIT: "4567cdef", STACK: "aurora-mysql" },
      { COMMIT: "89ab0123", STACK: "aurora-mysql" },
    ]) {
      expect(await repository.run(tell, more)).toEqual({ command: tell, code: 0 });
    }
    expect(repository.comments.map(({ user, body }) => [user.login, body])).toEqual([
      [
        "github-actions[bot]",
        "<!-- rpcn-aurora: plan of terraform/aurora-postgres -->\nPlan of `aurora-postgres` at 4567cdef: failure\n\n````\nError: no credentials\n````\n",
      ],
      ["octocat", body],
      [
        "github-actions[bot]",
        "<!-- rpcn-aurora: plan of terraform/aurora-mysql -->\nPlan of `aurora-mysql` at 89ab0123: success\n\n````\nError: no credentials\n````\n",
      ],
    ]);
  });
});
