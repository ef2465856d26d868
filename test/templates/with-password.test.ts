import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { templates } from "../../templates";
import { describeUnless } from "../standin/judges";

const fetches =
  "aws secretsmanager get-secret-value --secret-id arn:aws:secretsmanager:us-east-2:123456789012:secret:rds!cluster-0a1b-AbCdEf --query SecretString --output text --region us-east-2";

interface Scene {
  readonly engine?: Engine;
  /** What `aws` prints. */
  readonly secret: string;
  /** What else `aws` does: lines of a shell script. */
  readonly aws?: string;
}

/** Runs a client that prints its password, its arguments and what it reads, by the script. */
function run({ engine = postgres, secret, aws = "" }: Scene) {
  const folder = mkdtempSync(join(tmpdir(), "with-password-"));
  const program = (name: string, lines: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  try {
    writeFileSync(join(folder, "secret"), `${secret}\n`);
    program("aws", `printf '%s\\n' "$@" >${folder}/asked\n${aws}\ncat ${folder}/secret`);
    program(
      "client",
      `printf '%s' "$${engine.client.password}" >${folder}/password
env >${folder}/environment
cat /proc/[0-9]*/cmdline 2>/dev/null >${folder}/processes
printf '%s\\n' "$@"
cat`,
    );
    const script = templates(engine, { destination: "stdout", aurora: "new", database: "sql" })[
      "with_password.sh"
    ];
    writeFileSync(join(folder, "with_password.sh"), script ?? "");
    const { status, stdout, stderr } = spawnSync(
      "/bin/sh",
      [join(folder, "with_password.sh"), fetches, "client", "--host=database", "two words"],
      {
        env: { PATH: `${folder}:${process.env.PATH}`, PGSERVICE: "mine" },
        input: "SELECT 1;\n",
        encoding: "utf8",
      },
    );
    const read = (name: string) =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : undefined;
    return {
      status,
      stdout,
      stderr,
      asked: read("asked")?.trimEnd().split("\n").join(" "),
      password: read("password"),
      environment: read("environment"),
      processes: read("processes"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each([{ engine: postgres }, { engine: mysql }])(
  "with_password.sh for $engine.product",
  ({ engine }) => {
    test("fetches the secret, and runs the client with the password in it", () => {
      const secret = '{"username":"admin","password":"of-the-secret"}';
      const { processes: _, environment: __, ...others } = run({ engine, secret });
      expect(others).toEqual({
        status: 0,
        stdout: "--host=database\ntwo words\nSELECT 1;\n",
        stderr: "",
        asked: fetches.replace("aws ", ""),
        password: "of-the-secret",
      });
    });
  },
);

/** Every printable character, and what a shell, JSON, `printf` or awk might take for something else. */
const passwords = [
  Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join(""),
  "é€\u{1f600}",
  '\\u0041\\\\"\\/',
  "%s%b\\0123\\c",
  "'$(id)`id`",
  " leading and trailing ",
  '","password":"of-another',
  "tab\tnewline\n",
];

/** The same secret as programs write it. */
const spellings: Record<string, (secret: object) => string> = {
  "in one line": (secret) => JSON.stringify(secret),
  "on lines of its own": (secret) => JSON.stringify(secret, null, 2),
  "with all that is no letter escaped": (secret) =>
    JSON.stringify(secret).replace(
      /(\\.)|[^\w"{}:,[\]\\]/g,
      (character, escaped) =>
        escaped ??
        [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
          .join(""),
    ),
};

test.each(Object.entries(spellings))("a password arrives as it is, from JSON %s", (_how, spell) => {
  for (const password of passwords) {
    const secret = {
      engine: "postgres",
      port: 5432,
      "old:password": ["password", { password: "of-another" }],
      password,
      masters: { password: "of-yet-another" },
      note: '"password":"of-a-note"',
    };
    expect(run({ secret: spell(secret) })).toMatchObject({ status: 0, stderr: "", password });
  }
});

const shape =
  'The secret has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.\n';

test.each([
  "of-the-secret",
  '"of-the-secret"',
  '{"username":"admin","pass":"of-the-secret"}',
  '{"admin":{"password":"of-the-secret"}}',
  '[{"password":"of-the-secret"}]',
  '{"password":5}',
  '{"password":null}',
  '{"password":""}',
  "None",
  "",
])("a secret of another shape is refused, and not shown: %s", (secret) => {
  expect(run({ secret })).toMatchObject({
    status: 1,
    stdout: "",
    stderr: shape,
    password: undefined,
  });
});

test("where AWS refuses, its own words are all that is said", () => {
  const refused =
    "An error occurred (AccessDeniedException) when calling the GetSecretValue operation: no";
  expect(run({ secret: "", aws: `echo "${refused}" >&2; exit 254` })).toMatchObject({
    status: 254,
    stdout: "",
    stderr: `${refused}\n`,
    password: undefined,
  });
});

test("what the user's own files say does not go before it", () => {
  const secret = '{"password":"of-the-secret"}';
  expect(run({ engine: postgres, secret }).environment).not.toMatch(/^PGSERVICE=/m);
  expect(run({ engine: mysql, secret }).environment).toMatch(
    /^MYSQL_TEST_LOGIN_FILE=\/dev\/null$/m,
  );
});

const lacking = existsSync("/proc/self/cmdline")
  ? []
  : ["no /proc, which shows the arguments of processes"];

describeUnless(lacking, "While the client runs,", () => {
  test("no process has the password in its arguments", () => {
    const { processes } = run({ secret: '{"password":"of-the-secret"}' });
    expect(processes).toContain("two words");
    expect(processes).not.toContain("of-the-secret");
  });
});
