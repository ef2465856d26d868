import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { account, id, RedpandaCloud } from "./redpanda-cloud";

const project = join(__dirname, "..", "..", "..");
const program = join(project, "dist", "main.js");

let cloud: RedpandaCloud;
let folder: string;
beforeEach(async () => {
  cloud = await RedpandaCloud.start();
  folder = mkdtempSync(join(tmpdir(), "discover-"));
});
afterEach(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

/** The installed program, in an empty home, whose requests all go to the stand-in. */
async function rpcnAurora(flags: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const preload = join(folder, "preload.js");
  writeFileSync(
    preload,
    `const { fetch } = globalThis;
    globalThis.fetch = (url, init) => fetch(${JSON.stringify(cloud.url)} + new URL(url).pathname, init);`,
  );
  const child = spawn(process.execPath, [program, ...flags], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_OPTIONS: `--require=${preload}`,
      ...environment,
    },
  });
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  rmSync(preload);
  return { code, stdout, stderr };
}

const service = { REDPANDA_CLIENT_ID: account.id, REDPANDA_CLIENT_SECRET: account.secret };

test("what is secret is in the cache of mode 0600 and nowhere else, whatever happens", async () => {
  const tfvars = join(folder, "my.tfvars");
  writeFileSync(tfvars, "");
  const flags = ["discover", "--cluster", id];
  const outputs = [
    await rpcnAurora(flags, service),
    await rpcnAurora([...flags, "--tfvars", tfvars], service),
  ];
  expect(outputs.map(({ code }) => code)).toEqual([0, 0]);
  expect(cloud.tokens).toBe(1);

  const echo = { status: 403, body: { message: account.secret } };
  cloud.cluster = () => echo;
  outputs.push(await rpcnAurora(flags, service));
  cloud.token = () => echo;
  outputs.push(await rpcnAurora(flags, { ...service, REDPANDA_CLIENT_ID: "canary-2" }));
  outputs.push(await rpcnAurora(["discover"], { ...service, REDPANDA_CLIENT_ID: "" }));
  expect(outputs.map(({ code }) => code)).toEqual([0, 0, 1, 1, 2]);
  expect(JSON.stringify(outputs)).not.toContain("canary");

  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const cache = join(folder, ".cache", "rpcn-aurora");
  const secret = files.filter((file) => readFileSync(file, "utf8").includes("canary"));
  expect(secret).toEqual([expect.stringContaining(join(cache, "token-"))]);
  expect(statSync(secret[0] as string).mode & 0o777).toBe(0o600);
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  // Beside what V8 compiled of the program.
  const others = files.filter((file) => !file.startsWith(join(cache, "compiled-discover-")));
  expect(others.sort()).toEqual([...secret, tfvars].sort());
});

test("mistakes end with 2, and nothing is asked", async () => {
  expect(await rpcnAurora(["discover", "--cluster", "curl"], service)).toEqual({
    code: 2,
    stdout: "",
    stderr:
      '--cluster is "curl". It must be a cluster\'s id, 20 lower-case letters and digits such as curl3eo533cmsnt23dv0: Redpanda Cloud > the cluster > Overview, or `rpcn-aurora discover`, which lists them.\n',
  });
  expect(await rpcnAurora(["discover", "--clutser", id], service)).toEqual({
    code: 2,
    stdout: "",
    stderr: "error: unknown option '--clutser'\n(Did you mean --cluster?)\n",
  });
  expect(cloud.asked).toEqual([]);
});

test("help tells variables, files and exit codes", async () => {
  expect(await rpcnAurora(["discover", "--help"])).toEqual({
    code: 0,
    stderr: "",
    stdout: `Usage: rpcn-aurora discover [options]

ask Redpanda Cloud, and AWS, for a cluster and what it means for a module

Options:
  --cluster <id>         id of the Redpanda cluster: 20 lower-case letters and
                         digits (default: list them, without --aurora)
  --aurora <identifier>  the Aurora cluster to stream from (default: none)
  --region <region>      AWS region of --aurora (default: the AWS CLI's)
  --profile <profile>    profile of the AWS CLI for --aurora (default: the AWS
                         CLI's)
  --tfvars <file>        write the values into this file (default: print them)
  -h, --help             display help for command

Asks the Redpanda Cloud API as the service account whose REDPANDA_CLIENT_ID and
REDPANDA_CLIENT_SECRET are in the environment, and AWS by the AWS CLI, with your
profiles, roles and SSO. Lines for a tfvars file go to standard output, what they
mean for this setup to standard error.

  rpcn-aurora discover
  rpcn-aurora discover --cluster curl3eo533cmsnt23dv0
  rpcn-aurora discover --aurora orders --region us-east-2 --profile shop
  rpcn-aurora discover --aurora orders --tfvars my.tfvars

With --aurora, it also lists the commands that the cluster lacks, in order, with
what each costs, and its tables, where psql or mysql finds a password by itself
(PGPASSWORD, ~/.pgpass, MYSQL_PWD, ~/.my.cnf ...). It changes nothing.

With --tfvars, values in the file are replaced and missing ones appended;
comments and order are kept, and so are a security_group_id of the cluster,
db_name, and the user who runs the setup SQL.

A proxy is used where HTTPS_PROXY names one; NO_PROXY excepts hosts.

An organisation has a daily quota of tokens, so the token is kept until it
expires: in $XDG_CACHE_HOME/rpcn-aurora/, or ~/.cache/rpcn-aurora/, readable
only by you.

Exit codes: 0 done; 1 who is asked refused or cannot be reached, no module fits
the cluster, or a file cannot be written; 2 a mistake in the command's use. With
1 and 2, the tfvars file is unchanged.

`,
  });
});
