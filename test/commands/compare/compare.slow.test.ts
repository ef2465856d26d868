import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare } from "../../../commands/compare/command";
import { parseFlags } from "../../../commands/flags";
import { write } from "../../../commands/synth";
import { UsageError } from "../../../commands/usage-error";
import { WrittenModuleError } from "../../../commands/written-modules";

let folder: string;
let base: string;
let head: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compare-"));
  base = join(folder, "base");
  head = join(folder, "head");
  write(parseFlags({ out: base, engine: "postgres", network: "routed" }), { version: "0.2.0" });
});
afterEach(() => rmSync(head, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const synth = (out: string, flags: object) =>
  write(parseFlags({ out, engine: "postgres", ...flags }), { version: "0.3.0" });

test("shows who may do more, and the picture before and after", () => {
  synth(head, { network: "routed", grant: "attach" });
  const chart = (policy: string) => `\`\`\`mermaid
flowchart LR
  subgraph account1 ["Redpanda's account &lt;redpanda_aws_acct_id&gt;"]
    connect["Redpanda Connect<br/>pipeline &lt;name_prefix&gt; x-account IAM auth to RDS"]
    redpanda_redpanda_cluster_id_redpanda_connect_pipeline["role redpanda-&lt;redpanda_cluster_id&gt;-redpanda-connect-pipeline"]
    redpanda_topic_topic["topic &lt;name_prefix&gt;.iam_auth_topic_test"]
  end
  subgraph account2 ["Database account"]
    aws_iam_role_allow_connect_to_aurora_iam_demo_user["role &lt;name_prefix&gt;-allow_connect_to_aurora-iam-demo-user<br/>tag redpanda_scope_redpanda_connect = true"]
    aws_rds_cluster_aurora[("Aurora PostgreSQL<br/>&lt;name_prefix&gt;-aurora-pg")]
    database_user_iam_auth_user_["database user &lt;iam_auth_user&gt;"]
  end
  connect -->|"assumes"| redpanda_redpanda_cluster_id_redpanda_connect_pipeline
  aws_iam_role_allow_connect_to_aurora_iam_demo_user -.->|"trusts<br/>if sts:ExternalId = &lt;external_id&gt;, if that is set"| redpanda_redpanda_cluster_id_redpanda_connect_pipeline
  database_user_iam_auth_user_ --- aws_rds_cluster_aurora
  aws_iam_role_allow_connect_to_aurora_iam_demo_user -->|"rds-db:connect<br/>policy &lt;name_prefix&gt;-allow_aurora-iam-demo-user-connect_policy"| database_user_iam_auth_user_
  ${assumes(policy)}
  connect -->|"WRITE, DESCRIBE<br/>as User:&lt;rp_sasl_user&gt;"| redpanda_topic_topic
  connect -->|"TCP 5432<br/>security group &lt;name_prefix&gt;-db-sg"| aws_rds_cluster_aurora
\`\`\``;
  const assumes = (policy: string) =>
    `redpanda_redpanda_cluster_id_redpanda_connect_pipeline -->|"sts:AssumeRole<br/>policy ${policy}<br/>if aws:ResourceTag/redpanda_scope_redpanda_connect = true"| aws_iam_role_allow_connect_to_aurora_iam_demo_user`;
  const [before, after] = [
    "in generated_x-account-rds-iam-policy.json",
    "&lt;name_prefix&gt;-assume-dbconnect-policy",
  ] as const;
  expect(compare(base, head)).toBe(`## aurora-postgres

From \`rpcn-aurora 0.2.0 synth --engine postgres --network routed\` to \`rpcn-aurora 0.3.0 synth --engine postgres --network routed --grant attach\`.

|   | effect | who | may | on | if | written in |
|---|---|---|---|---|---|---|
| + | Allow | \`redpanda-<redpanda_cluster_id>-redpanda-connect-pipeline\` | \`sts:AssumeRole\` | \`aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn\` | \`StringEquals aws:ResourceTag/redpanda_scope_redpanda_connect = true\` | \`aws_iam_role_policy.assume_db_connect_role.policy\` |

${chart(after)}

<details><summary>The picture before, and what changes in it</summary>

${chart(before)}

\`\`\`diff
-  ${assumes(before)}
+  ${assumes(after)}
\`\`\`

</details>
`);
});

test("says so where nothing changes for anybody", () => {
  synth(head, { network: "routed" });
  expect(compare(base, head)).toBe("No permission, role or connection changes in 1 module.\n");
});

test("shows a module that is new, wherever it is, or that goes, and nothing of its examples", () => {
  synth(join(head, "a", "b"), { topology: "ec2", module: true });
  const titles = (text: string) => text.match(/^(##|From) .*$/gm);
  expect(titles(compare(base, head))).toEqual([
    "## a/b/aurora-postgres-ec2",
    "From nothing to `rpcn-aurora 0.3.0 synth --engine postgres --topology ec2 --module`.",
    "## aurora-postgres",
    "From `rpcn-aurora 0.2.0 synth --engine postgres --network routed` to nothing.",
  ]);
  expect(titles(compare(join(folder, "none"), join(base, "aurora-postgres")))).toEqual([
    "## The module",
    "From nothing to `rpcn-aurora 0.2.0 synth --engine postgres --network routed`.",
  ]);
});

describe("each part of a statement counts", () => {
  const others: Readonly<Record<string, string>> = {
    Effect: '"Deny"',
    Action: '"iam:*"',
    Resource: '"*"',
    Principal: '{ AWS = "*" }',
  };
  const stacks = [
    { engine: "postgres", grant: "attach", network: "routed" },
    { engine: "mysql", topology: "ec2", hops: "2", accounts: "two", output: "redpanda" },
  ];
  test.each(stacks)("%j", (flags) => {
    const [before, after] = [join(folder, JSON.stringify(flags)), head];
    for (const out of [before, after]) write(parseFlags({ out, ...flags }));
    const name = [...(/## (.*)/.exec(compare(join(folder, "none"), after)) ?? [])][1] ?? "";
    let changed = 0;
    for (const file of ["iam.tf", "database.tf"]) {
      const path = join(after, name, file);
      const text = readFileSync(path, "utf8");
      for (const match of text.matchAll(/^( +)(Effect|Action|Resource|Principal)( += )(.*)$/gm)) {
        const [line, indent, part = "", sign] = match;
        const other = `${indent}${part}${sign}${others[part]}`;
        writeFileSync(
          path,
          text.slice(0, match.index) + other + text.slice(match.index + line.length),
        );
        expect([line, compare(before, after)]).toEqual([line, expect.stringContaining("\n| + | ")]);
        changed += 1;
      }
      writeFileSync(path, text);
    }
    expect(changed).toBeGreaterThan(5);
    expect(compare(before, after)).toMatch(/^No permission/);
  });

  test("an operation of an ACL, too", () => {
    synth(head, { network: "routed" });
    const path = join(head, "aurora-postgres", "redpanda.tf");
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace('operation             = "WRITE"', 'operation             = "ALL"'),
    );
    expect(compare(base, head).match(/^\| [+-] .*$/gm)).toEqual([
      "| - | Allow | `User:<rp_sasl_user>` | `WRITE` | `TOPIC LITERAL <name_prefix>.iam_auth_topic_test` |  | `redpanda_acl.topic_write` |",
      "| + | Allow | `User:<rp_sasl_user>` | `ALL` | `TOPIC LITERAL <name_prefix>.iam_auth_topic_test` |  | `redpanda_acl.topic_write` |",
    ]);
  });
});

describe("is refused", () => {
  test("without any module", () => {
    expect(() => compare("none", "never")).toThrow(
      new UsageError(
        "Neither none nor never has a module that rpcn-aurora wrote. Give two folders such as terraform: the base's and the head's.",
      ),
    );
  });

  test("where a file was written by hand", () => {
    const module = join(head, "aurora-mysql");
    mkdirSync(module, { recursive: true });
    const banner = "# Generated by rpcn-aurora.\n";
    writeFileSync(join(module, "versions.tf"), banner);
    writeFileSync(join(module, "iam.tf"), `${banner}locals { a = 1 }\n`);
    expect(() => compare(base, head)).toThrow(
      new WrittenModuleError(
        `${module} cannot be read: iam.tf:2: not as rpcn-aurora writes it. Run \`rpcn-aurora synth --update\` on it first.`,
      ),
    );
  });
});
