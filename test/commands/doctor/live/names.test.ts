import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readModule } from "../../../../commands/doctor/module";
import { shown } from "./module";

/** The names in a state with this configuration of the pipeline, and these outputs. */
function namesOf(config_yaml: string, outputs: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "state-"));
  const file = join(folder, "show.json");
  const { format_version, values } = shown;
  const given = Object.entries(outputs).map(([name, value]) => [name, { value }]);
  const resource = { mode: "managed", type: "redpanda_pipeline", values: { config_yaml } };
  writeFileSync(
    file,
    JSON.stringify({
      format_version,
      values: {
        outputs: { region: { value: "us-east-2" }, ...Object.fromEntries(given) },
        root_module: { resources: [...values.root_module.resources.slice(0, 1), resource] },
      },
    }),
  );
  const { names } = readModule(file);
  rmSync(folder, { recursive: true });
  return names;
}

test("the cluster is told by what is read of it", () => {
  expect(namesOf("").redpanda_cluster_id).toBe("curl3eo533cmsnt23dv0");
});

const one = "arn:aws:iam::111122223333:role/one";
const two = "arn:aws:iam::111122223333:role/path/two";

test.each([
  [`      roles:\n        - role: ${one}\n\npipeline:\n`, one, undefined],
  [`      roles:\n        - role: ${one}\n        - role: ${two}\n`, two, undefined],
  [
    `      roles:\n        - role: ${one}\n          role_external_id: "a:b/c"\n        - role: ${two}\n`,
    two,
    "a:b/c",
  ],
  [`      roles:\n        - role: ${one}\n          role_external_id: "x1"\n`, one, "x1"],
])("the role that logs in is the last one: %j", (yaml, role, id) => {
  const { login_role_arn, external_id } = namesOf(yaml);
  expect({ login_role_arn, external_id }).toEqual({ login_role_arn: role, external_id: id });
});

test.each([
  [
    "aws rds describe-db-clusters --db-cluster-identifier x --region us-east-2 --profile My.Profile/1",
    "My.Profile/1",
  ],
  ["aws rds describe-db-clusters --db-cluster-identifier x --region us-east-2", undefined],
])("the profile of the database account: %s", (describe_cluster_command, profile) => {
  expect(namesOf("", { describe_cluster_command }).aws_profile).toBe(profile);
});

test.each([
  ['psql "host=h port=5432 user=master dbname=d sslmode=verify-full" --file=f', "master"],
  ["mysql --host=h --port=3306 --user=admin --password --database=d < f", "admin"],
])("the master user: %s", (db_setup_command, user) => {
  expect(namesOf("", { db_setup_command }).db_username).toBe(user);
});
