import { completed, fill } from "../../../commands/doctor/names";

test("names follow from others", () => {
  expect(
    completed({
      db_cluster_endpoint: "demo.cluster-abc.us-east-2.rds.amazonaws.com",
      iam_db_auth_role_arn:
        "arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
      trusted_principal_role_arn:
        "arn:aws:iam::111122223333:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline",
    }),
  ).toEqual({
    db_cluster_endpoint: "demo.cluster-abc.us-east-2.rds.amazonaws.com",
    region: "us-east-2",
    db_cluster_identifier: "demo",
    iam_db_auth_role_arn:
      "arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    db_connect_role: "demo-allow_connect_to_aurora-iam-demo-user",
    db_account_id: "123456789012",
    assume_role_policy: "demo-assume-dbconnect-policy",
    trusted_principal_role_arn:
      "arn:aws:iam::111122223333:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline",
    trusted_principal_role_name: "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline",
    login_role: "demo-allow_connect_to_aurora-iam-demo-user",
    login_role_arn: "arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    redpanda_cluster_id: "curl3eo533cmsnt23dv0",
  });
});

test("a principal is the pipeline role where it has its name", () => {
  const name = "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline";
  expect(completed({ principal_role: name })).toEqual({
    principal_role: name,
    trusted_principal_role_name: name,
    redpanda_cluster_id: "curl3eo533cmsnt23dv0",
  });
  for (const principal_role of [`a-${name}`, `${name}-a`, "redpanda-A-redpanda-connect-pipeline"]) {
    expect(completed({ principal_role })).toEqual({ principal_role });
  }
});

test.each<[name: string, value: string, follows: Record<string, string>]>([
  ["db_cluster_endpoint", "db.example.com", {}],
  ["db_cluster_endpoint", "a.us-east-2.rds.amazonaws.com.example.com", {}],
  ["db_cluster_endpoint", "a.us-east-2.rds.amazonaws.com", { region: "us-east-2" }],
  ["db_cluster_endpoint", "x.y.cluster-abc", {}],
  [
    "iam_db_auth_role_arn",
    "arn:aws:iam::1:role/path/r",
    { db_connect_role: "r", login_role: "r", login_role_arn: "arn:aws:iam::1:role/path/r" },
  ],
  ["trusted_principal_role_name", "a-redpanda-b-redpanda-connect-pipeline", {}],
  ["trusted_principal_role_name", "redpanda-b-redpanda-connect-pipeline-a", {}],
  ["db_connect_role", "-allow_connect_to_aurora-iam-demo-user", {}],
  ["db_connect_role", "a-allow_connect_to_aurora-iam-demo-user-b", {}],
])("of %s %s", (name, value, follows) => {
  expect(completed({ [name]: value })).toEqual({ [name]: value, ...follows });
});

test("what is known already stays", () => {
  const known = { db_cluster_endpoint: "a.us-east-2.rds.amazonaws.com", region: "eu-west-1" };
  expect(completed(known)).toEqual(known);
});

test.each<[text: string, filled: string]>([
  ["role <db_connect_role> of <region>", "role demo of <region>"],
  ["<db_setup_command>", 'eval "$(terraform output -raw db_setup_command)"'],
  ["<known_command> <known_command>", "run run"],
  [
    '-replace="<pipeline_address>"',
    '-replace="$(terraform state list redpanda_pipeline.pipeline)"',
  ],
  ["file://<generated_policy_json>", "file://generated_x-account-rds-iam-policy.json"],
  ["<A> <a> <1> a < b > <db-name>", "<A> <a> <1> a < b > <db-name>"],
])("%s", (text, filled) => {
  expect(fill(text, { db_connect_role: "demo", known_command: "run", a: "a", A: "A" })).toBe(
    filled,
  );
});
