import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { live } from "../../../../commands/doctor/live/command";
import type { LiveReport } from "../../../../commands/doctor/live/report-schema";
import { UsageError } from "../../../../commands/usage-error";
import { shown } from "./module";

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "module-")));
  mkdirSync(join(folder, "empty"));
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const write = (files: Readonly<Record<string, object | string>>) => {
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(folder, name), text);
  }
};

/** One look by somebody who has neither programs nor passwords: nobody is asked anything. */
async function look(options: Parameters<typeof live>[0]) {
  let printed = "";
  const code = await live(
    options,
    (text) => {
      printed += text;
    },
    { environment: { PATH: join(folder, "empty"), HOME: folder } },
  );
  return { code, printed };
}

async function commandsOf(options: Parameters<typeof live>[0]) {
  const { printed } = await look({ ...options, json: true });
  const { checks }: LiveReport = JSON.parse(printed);
  return Object.fromEntries(checks.map(({ id, command }) => [id, command]));
}

/** The state of an applied module, without some of its outputs. */
function without(...names: string[]) {
  const state = structuredClone(shown);
  const outputs: Record<string, { value: string }> = state.values.outputs;
  for (const name of names) delete outputs[name];
  return state;
}

test("says what it would ask, and why it cannot", async () => {
  write({ "outputs.json": { db_name: { value: "demo_db" } } });
  const { code, printed } = await look({ state: join(folder, "outputs.json") });
  expect(code).toBe(3);
  expect(printed).toMatchInlineSnapshot(`
"1. The credentials are of the database account
  – Skipped: The module's state does not tell region.

2. The role that Connect runs as exists
  – Skipped: The module's state does not tell trusted_principal_role_name.

3. The role has the policy by which it assumes the db-connect role
  – Skipped: The module's state does not tell trusted_principal_role_name.

4. The policies of Connect's principal let it assume the db-connect role
  – Skipped: The module's state does not tell trusted_principal_role_arn.

5. The db-connect role trusts Connect's principal
  – Skipped: The module's state does not tell db_connect_role.

6. The security group lets somebody in
  – Skipped: The module's state does not tell db_security_group_id.

7. The cluster is available, lets in IAM tokens, and uses its parameters
  – Skipped: The module's state does not tell db_cluster_identifier.

8. The db-connect role may log in as the database user
  – Skipped: The module's state does not tell login_role_arn.

9. The database user exists, and may log in with IAM and replicate
  – Skipped: The module's state does not tell iam_auth_user.

10. The parameter group has the values that the pipeline requires
  – Skipped: The module's state does not tell db_parameter_group.

11. The publication exists, and has the tables
  – Skipped: The module's state does not tell db_cluster_endpoint.

12. The replication slot exists, is intact, and is being read
  – Skipped: The module's state does not tell db_cluster_endpoint.

Nothing is broken as far as could be looked, and that rows arrive is not proved.

· starts  · configuration  · identity  · role  · token  · network  · TLS  · login  · database  · position  · rows read  · rows written

Skipped, each with its reason above: database-account, principal, assume-policy, assume-role, trust,
security-group, cluster, connect-as-user, database-user, parameters, database-publication,
database-slot.
"
`);
});

test("without --state, the working directory's is looked at, with the profiles beside it", async () => {
  process.chdir(folder);
  await expect(look({})).rejects.toEqual(
    new UsageError(
      "--live requires --state: the module's folder, or what `terraform show -json` printed, in a file in that folder.",
    ),
  );
  write({ "terraform.tfstate": shown, "terraform.tfvars": 'redpanda_aws_profile = "redpanda"\n' });
  const commands = await commandsOf({});
  expect(commands).toMatchObject({
    "database-account":
      "aws sts get-caller-identity --region us-east-2 --output json --profile database",
    "connect-account":
      "aws sts get-caller-identity --region us-east-2 --output json --profile redpanda",
  });
  process.chdir(before);
  expect(await commandsOf({ state: folder })).toEqual(commands);
});

test("a state on standard input is not enough", async () => {
  await expect(look({ state: "-" })).rejects.toEqual(
    new UsageError(
      "--live requires the module's folder, not only its state on standard input: its certificates are there. Give --state the folder, or a file in it.",
    ),
  );
});

test("within one account, the profile of the database serves for both", async () => {
  const state = structuredClone(shown);
  const { trusted_principal_role_arn: principal } = state.values.outputs;
  principal.value = "arn:aws:iam::111122223333:user/demo-redpanda-connect";
  write({ "state.json": state, "terraform.tfvars": 'redpanda_aws_profile = "redpanda"\n' });
  const commands = await commandsOf({ state: join(folder, "state.json") });
  expect(commands.principal).toMatch(/ --profile database$/);
});

test("of several files of variables, the one that wins in Terraform tells the profiles", async () => {
  const profiles = (database: string, connect = "redpanda") =>
    `aws_profile = "${database}"\nredpanda_aws_profile = "${connect}"\n`;
  write({
    // Its command would tell the profile too.
    "state.json": without("describe_cluster_command"),
    "terraform.tfvars": profiles("default"),
    "a.auto.tfvars": profiles("a"),
    "b.auto.tfvars": profiles("database"),
    // What is no profile's name is passed over.
    "c.auto.tfvars": profiles("--debug", "a b"),
    "d.tfvars": profiles("d"),
  });
  const commands = await commandsOf({ state: join(folder, "state.json") });
  expect(commands["database-account"]).toMatch(/ --profile database$/);
  expect(commands["connect-account"]).toMatch(/ --profile redpanda$/);
});

test("with Connect on a host of one's own, the profile is that of its account", async () => {
  const state = without("rpcn_pipeline_id");
  const { root_module } = state.values;
  root_module.resources = root_module.resources.filter(({ type }) => !type.startsWith("redpanda_"));
  write({ "state.json": state, "terraform.tfvars": 'app_aws_profile = "app"\n' });
  const commands = await commandsOf({ state: join(folder, "state.json") });
  expect(commands["connect-account"]).toMatch(/ --profile app$/);
  expect(commands).not.toHaveProperty("log");
});

test("where no command tells the engine, it is PostgreSQL, at its port", async () => {
  write({ "state.json": without("db_setup_command") });
  const commands = await commandsOf({ state: join(folder, "state.json") });
  expect(commands["database-user"]).toMatch(/^psql '.* port=5432 .* sslrootcert=generated_rds-ca/);
});

test("certificates that an output tells are in a file as long as they are needed", async () => {
  const state = structuredClone(shown);
  Object.assign(state.values.outputs, { rds_ca_pem: { value: "-----BEGIN CERTIFICATE-----\n" } });
  write({ "state.json": state });
  const before = readdirSync(tmpdir());
  const files = new Map<string, string>();
  await live(
    { state: join(folder, "state.json") },
    (text) => {
      const [, file] = / sslrootcert=(\S+)'/.exec(text) ?? [];
      if (file) files.set(file, readFileSync(file, "utf8"));
    },
    { environment: { PATH: join(folder, "empty"), HOME: folder } },
  );
  expect([...files.values()]).toEqual(["-----BEGIN CERTIFICATE-----\n"]);
  const [file = ""] = files.keys();
  expect({ name: basename(file), in: dirname(dirname(file)) }).toEqual({
    name: "rds-ca.pem",
    in: tmpdir(),
  });
  const isLeft = (name: string) => !before.includes(name) && name.startsWith("rpcn-aurora-");
  expect(readdirSync(tmpdir()).filter(isLeft)).toEqual([]);
});
