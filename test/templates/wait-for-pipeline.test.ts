import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { packageRoot } from "../../templates";
import { describeUnless } from "../standin/judges";

const script = join(packageRoot, "templates/wait_for_pipeline.sh");

interface Pipeline {
  readonly state: string;
  readonly status?: { readonly error: string };
}

/** Runs it against an API that answers with these, one after the other; the last one stays. */
async function waited(pipelines: readonly Pipeline[], { token = "canary-token" } = {}) {
  using folder = new Folder();
  const answers = [...pipelines];
  const paths: string[] = [];
  const api = createServer(({ url = "", headers }, response) => {
    paths.push(url);
    if (headers.authorization !== "Bearer canary-token") return response.writeHead(401).end();
    const pipeline = answers.length > 1 ? answers.shift() : answers[0];
    return response.end(
      JSON.stringify({ id: "p1", config_yaml: '{"state": "STATE_RUNNING"}', ...pipeline }),
    );
  });
  await once(api.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const run = spawn("/bin/sh", [script, url, "p1"], {
    env: { PATH: `${folder.path}:${process.env.PATH}`, REDPANDA_ACCESS_TOKEN: token },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(run.stdout),
    text(run.stderr),
    once(run, "exit"),
  ]);
  await once(api.close(), "close");
  return { code, stdout, stderr: stderr.replaceAll(url, "<api>"), paths, slept: folder.slept };
}

/** A folder for the PATH, with a `sleep` that notes what it was asked for and returns. */
class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "wait-"));

  constructor() {
    writeFileSync(join(this.path, "slept"), "");
    writeFileSync(join(this.path, "sleep"), `#!/bin/sh\necho "$1" >> "${this.path}/slept"\n`);
    chmodSync(join(this.path, "sleep"), 0o755);
  }

  get slept(): number[] {
    const lines = readFileSync(join(this.path, "slept"), "utf8").split("\n");
    return lines.filter((line) => line !== "").map(Number);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

const lacking = spawnSync("curl", ["--version"]).status === 0 ? [] : ["no curl on the PATH"];

describeUnless(lacking, "wait_for_pipeline.sh", () => {
  test("waits until the pipeline runs", async () => {
    const states = ["STATE_STOPPING", "STATE_STARTING", "STATE_RUNNING"];
    expect(await waited(states.map((state) => ({ state })))).toEqual({
      code: 0,
      stdout: "The pipeline runs.\n",
      stderr: "",
      paths: Array(3).fill("/v1/redpanda-connect/pipelines/p1"),
      slept: [5, 5],
    });
  });

  test.each([
    [
      { state: "STATE_ERROR", status: { error: 'no "such" secret' } },
      'The pipeline does not run, its state is ERROR: no \\"such\\" secret.\n',
    ],
    [
      { state: "STATE_STOPPED", status: { error: "" } },
      "The pipeline does not run, its state is STOPPED: Redpanda gives no reason.\n",
    ],
    [
      { state: "STATE_STOPPED" },
      "The pipeline does not run, its state is STOPPED: Redpanda gives no reason.\n",
    ],
  ])("says why it does not run: %j", async (pipeline, stderr) => {
    const answers = [{ state: "STATE_STARTING" }, pipeline];
    expect(await waited(answers)).toMatchObject({ code: 1, stdout: "", stderr, slept: [5] });
  });

  test("gives up after ten minutes", async () => {
    expect(await waited([{ state: "STATE_STARTING" }])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "The pipeline has not started in ten minutes: see its log by logs_command.\n",
      slept: Array(120).fill(5),
    });
  });

  test("says which token is missing, or refused", async () => {
    expect(await waited([], { token: "" })).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "REDPANDA_ACCESS_TOKEN is not set. It is a token of Redpanda Cloud's API, which a service account gets.\n",
      paths: [],
      slept: [],
    });
    expect(await waited([], { token: "another" })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /401[\s\S]*\n<api>\/v1\/redpanda-connect\/pipelines\/p1 did not answer\. A 401 means that REDPANDA_ACCESS_TOKEN is wrong or no longer valid\.\n$/,
      ),
      paths: ["/v1/redpanda-connect/pipelines/p1"],
    });
  });
});
