import { App } from "cdktf";
import { parseFlags } from "../../../commands/flags";
import { graph } from "../../../commands/graph/command";

/** The chart of one stack. */
const chartOf = (given: object) => graph(parseFlags({ engine: "postgres", ...given }));

test("draws accounts, roles, trust, tags, policies, database user and topic of the byoc module", () => {
  expect(chartOf({})).toBe(`%% aurora-postgres
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
  redpanda_redpanda_cluster_id_redpanda_connect_pipeline -->|"sts:AssumeRole<br/>policy in generated_x-account-rds-iam-policy.json<br/>if aws:ResourceTag/redpanda_scope_redpanda_connect = true"| aws_iam_role_allow_connect_to_aurora_iam_demo_user
  connect -->|"DESCRIBE, WRITE<br/>as User:&lt;rp_sasl_user&gt;"| redpanda_topic_topic
  connect -->|"TCP 5432<br/>security group &lt;name_prefix&gt;-db-sg"| aws_rds_cluster_aurora
`);
});

test("draws each stack that is asked for", () => {
  const names = [...graph(parseFlags({})).matchAll(/^%% (.*)$/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(["aurora-mysql", "aurora-postgres"]);
});

describe("what the flags choose is in the picture", () => {
  test("MySQL's checkpoint topic, which the pipeline reads too", () => {
    const chart = chartOf({ engine: "mysql" });
    expect(chart).toContain('["topic &lt;name_prefix&gt;.cdc_checkpoints"]');
    expect(chart).toContain('|"DESCRIBE, READ, WRITE<br/>as User:&lt;rp_sasl_user&gt;"|');
  });

  test("an attached policy is on the pipeline role, once", () => {
    const lines = chartOf({ grant: "attach" }).split("\n");
    expect(lines.filter((line) => line.includes("sts:AssumeRole"))).toEqual([
      '  redpanda_redpanda_cluster_id_redpanda_connect_pipeline -->|"sts:AssumeRole<br/>policy &lt;name_prefix&gt;-assume-dbconnect-policy<br/>if aws:ResourceTag/redpanda_scope_redpanda_connect = true"| aws_iam_role_allow_connect_to_aurora_iam_demo_user',
    ]);
  });

  test("an access key starts the chain", () => {
    const lines = chartOf({ credentials: "static" }).split("\n");
    expect(lines.filter((line) => line.includes("aws_iam_user_redpanda_connect"))).toEqual([
      '    aws_iam_user_redpanda_connect["user &lt;name_prefix&gt;-redpanda-connect"]',
      '  connect -->|"has the access key of"| aws_iam_user_redpanda_connect',
      '  aws_iam_role_allow_connect_to_aurora_iam_demo_user -.->|"trusts<br/>if sts:ExternalId = &lt;external_id&gt;, if that is set"| aws_iam_user_redpanda_connect',
      '  aws_iam_user_redpanda_connect -->|"sts:AssumeRole<br/>policy &lt;name_prefix&gt;-assume-dbconnect-policy<br/>if aws:ResourceTag/redpanda_scope_redpanda_connect = true"| aws_iam_role_allow_connect_to_aurora_iam_demo_user',
    ]);
  });

  test("two accounts are joined by an external id on both sides", () => {
    const chart = chartOf({ topology: "ec2", accounts: "two" });
    expect(chart).toContain(
      'aws_iam_role_db_access_role -.->|"trusts<br/>if sts:ExternalId = &lt;external_id&gt;"| aws_iam_role_rpconnect_app_role',
    );
    expect(chart).toContain(
      'aws_iam_role_rpconnect_app_role -->|"sts:AssumeRole<br/>policy AssumeDbAccessRolePolicy<br/>if sts:ExternalId = &lt;external_id&gt;"| aws_iam_role_db_access_role',
    );
  });

  test("with two hops the second role logs in", () => {
    const chart = chartOf({ topology: "ec2", hops: "2" });
    expect(chart).toContain(
      'aws_iam_role_db_access_role -->|"sts:AssumeRole<br/>policy AssumeSecondRole"| aws_iam_role_db_access_role_2',
    );
    const logins = chart.split("\n").filter((line) => line.includes("rds-db:connect"));
    expect(logins.length).toBeGreaterThan(0);
    expect(logins.filter((line) => !line.includes("aws_iam_role_db_access_role_2 -->"))).toEqual(
      [],
    );
  });

  test("a task assumes the role instead of an instance", () => {
    expect(chartOf({ topology: "ec2", host: "ecs" })).toContain(
      "trusted as ecs-tasks.amazonaws.com",
    );
  });
});

test("leaves nothing behind, and CDKTF's own folder where it was", () => {
  const before = process.env.CDKTF_OUTDIR;
  chartOf({});
  expect(process.env.CDKTF_OUTDIR).toBe(before);
  expect(new App().outdir).toBe(before ?? "cdktf.out");
});
