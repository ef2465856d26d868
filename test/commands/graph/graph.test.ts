import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
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

test("draws one account, or two, of the ec2 module", () => {
  expect(chartOf({ engine: "mysql", topology: "ec2" })).toBe(`%% aurora-mysql-ec2
flowchart LR
  subgraph account1 ["Redpanda Connect's side, in the same account"]
    aws_iam_role_rpconnect_app_role["role rpconnect-app-role-mysql"]
    connect["Redpanda Connect<br/>trusted as ec2.amazonaws.com"]
  end
  subgraph account2 ["Database account"]
    aws_iam_role_db_access_role["role cross-account-db-access-role-mysql"]
    aws_rds_cluster_aurora_mysql[("Aurora MySQL<br/>aurora-iam-demo-mysql")]
    database_user_iam_auth_user_["database user &lt;iam_auth_user&gt;"]
    further_users_extra_dbuser_arns_["further users &lt;extra_dbuser_arns&gt;"]
  end
  aws_iam_role_db_access_role -.->|"trusts"| aws_iam_role_rpconnect_app_role
  connect -->|"assumes"| aws_iam_role_rpconnect_app_role
  aws_iam_role_rpconnect_app_role -->|"sts:AssumeRole<br/>policy AssumeDbAccessRolePolicy-mysql"| aws_iam_role_db_access_role
  database_user_iam_auth_user_ --- aws_rds_cluster_aurora_mysql
  aws_iam_role_db_access_role -->|"rds-db:connect<br/>policy RDSIAMAuthPolicy-mysql"| database_user_iam_auth_user_
  aws_iam_role_db_access_role -->|"rds-db:connect<br/>policy RDSIAMAuthPolicy-mysql"| further_users_extra_dbuser_arns_
  connect -->|"TCP 3306<br/>security group aurora-db-mysql"| aws_rds_cluster_aurora_mysql
`);
  expect(chartOf({ topology: "ec2", accounts: "two" }).split("\n")[2]).toBe(
    `  subgraph account1 ["Redpanda Connect's account"]`,
  );
});

test("draws a cluster that is there as one", () => {
  const lines = chartOf({ aurora: "existing" }).split("\n");
  expect(lines.filter((line) => /data_aws_rds_cluster/.test(line))).toEqual([
    '    data_aws_rds_cluster_aurora[("Aurora cluster that is there<br/>&lt;cluster_identifier&gt;")]',
    "  database_user_iam_auth_user_ --- data_aws_rds_cluster_aurora",
    '  connect -->|"TCP &lt;port&gt;<br/>rule in a security group that is there"| data_aws_rds_cluster_aurora',
  ]);
});

test("draws the registry of a module with rows in Avro, and who may do what there", () => {
  const usual = chartOf({}).split("\n");
  const lines = chartOf({ format: "avro" }).split("\n");
  expect(lines.filter((line) => !usual.includes(line))).toEqual([
    '    schema_registry["Schema Registry"]',
    '  connect -->|"DESCRIBE<br/>on the registry<br/>as User:&lt;rp_sasl_user&gt;"| schema_registry',
    '  connect -->|"READ, WRITE<br/>on subjects &lt;name_prefix&gt;.iam_auth_topic_test-…<br/>as User:&lt;rp_sasl_user&gt;"| schema_registry',
  ]);
  expect(usual.filter((line) => !lines.includes(line))).toEqual([]);
});

test("draws the same way in production: the role of the database's monitoring is not on it", () => {
  expect(chartOf({ profile: "production" })).toBe(chartOf({}));
  const ec2 = { topology: "ec2", accounts: "two", hops: "2" };
  expect(chartOf({ ...ec2, profile: "production" })).toBe(chartOf(ec2));
});

test("draws each stack that is asked for", () => {
  const mysql = chartOf({ engine: "mysql" });
  const postgres = chartOf({ engine: "postgres" });
  expect(graph(parseFlags({}))).toBe(`${mysql}\n${postgres}`);
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

describe("the folder that a stack is synthesized into", () => {
  const { tmpdir } = os;
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), "graph-"));
    // Not by TMPDIR: the environment of a test is a copy.
    Object.defineProperty(os, "tmpdir", {
      writable: true,
      configurable: true,
      value: () => temporary,
    });
  });
  afterEach(() => {
    Object.defineProperty(os, "tmpdir", { writable: true, configurable: true, value: tmpdir });
    rmSync(temporary, { recursive: true });
  });

  test("is a temporary one, and gone in the end", () => {
    chartOf({});
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("is not the one that CDKTF takes by itself", () => {
    const before = process.env.CDKTF_OUTDIR;
    chartOf({});
    expect(process.env.CDKTF_OUTDIR).toBe(before);
    expect(new App().outdir).toBe(before ?? "cdktf.out");
  });
});
