import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFlags } from "../../commands/flags";
import { synthesizeForCdktf } from "../../commands/synth";
import { asArguments, type Flags } from "../combinations";
import { readyCluster, where } from "../existing-aurora";
import { leaksBelow } from "../leaks";
import { workspaceOf } from "../module-workspace";
import { managedPassword } from "../standin/answers/aws";
import { describeWithTerraform } from "../standin/judges";
import type { Result } from "../standin/terraform";
import type { Values } from "../standin/values";
import type { Workspace, WorkspaceProps } from "../standin/workspace";
import { Client } from "./client";
import { listedOfSecret, placesIn } from "./secret-places";

const word = "Canary4e1b97d2c8a6";
const clusterSecret =
  "arn:aws:secretsmanager:us-east-2:111122223333:secret:rds!cluster-0a1b-AbCdEf";
const givenSecret = "arn:aws:secretsmanager:us-east-2:111122223333:secret:orders/admin-GhIjKl";

const quiet = { code: 0, diagnostics: [] };
const unchanged = { add: 0, change: 0, remove: 0 };

/** What Terraform says, kept in a file too, where a search finds it. */
async function said(workspace: Workspace, result: Promise<Result>): Promise<Result> {
  const { stdout, stderr } = await result;
  const nth = workspace.files().filter((name) => name.startsWith("said-")).length + 1;
  workspace.write(`said-${nth}.txt`, stdout + stderr);
  return result;
}

const logged = { TF_LOG: "TRACE", TF_LOG_PATH: "terraform.log" };

/** What the database's client, or the provider, was given to connect with. */
function given(client: Client, name: string): string[] {
  return client.calls.flatMap(({ env }) =>
    env.flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : [])),
  );
}

const passwordsOf = ({ calls }: Workspace, provider: string) =>
  calls
    .filter((call) => call.method === "ConfigureProvider" && call.provider === provider)
    .map(({ config }) => config?.password);

const sent = ({ calls }: Workspace, type: string) =>
  calls
    .filter((call) => call.method === "ApplyResourceChange" && call.type === type && call.config)
    .map(({ config }) => config as Values);

const setupCommand = async (workspace: Workspace) =>
  String((await workspace.output()).db_setup_command);

describeWithTerraform("A password in Secrets Manager", () => {
  describe("that RDS makes for a new cluster", () => {
    const variables = { db_password: null, manage_master_password: true };

    test("is what the commands fetch, the apply's client gets, and nobody keeps", async () => {
      const flags = { engine: "postgres", database: "exec" };
      using client = new Client("psql");
      await using workspace = await workspaceOf(flags, {
        variables,
        env: { ...client.environment, ...logged },
      });
      await said(workspace, workspace.plan({ out: "plan" }));
      expect(await said(workspace, workspace.apply({ args: ["plan"] }))).toMatchObject(quiet);
      expect(sent(workspace, "aws_rds_cluster")).toMatchObject([
        {
          manage_master_user_password: true,
          master_password_wo: null,
          master_password_wo_version: null,
        },
      ]);
      expect(given(client, "PGPASSWORD")).toEqual([managedPassword]);
      expect(placesIn(workspace, client, flags)).toEqual(listedOfSecret(asArguments(flags)));
      const [[secret]] = workspace
        .objectsOf("aws_rds_cluster")
        .map(({ state }) => state.master_user_secret as Values[]) as [[Values]];
      const { db_cluster_endpoint: host } = await workspace.output();
      expect(await setupCommand(workspace)).toBe(
        `sh with_password.sh 'aws secretsmanager get-secret-value --secret-id ${secret.secret_arn} --query SecretString --output text --region us-east-2 --profile se_demo' psql "host=${host} port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem" --no-psqlrc --set=ON_ERROR_STOP=1 --file=generated_cdc_setup.sql`,
      );
      expect((await said(workspace, workspace.plan())).changes).toEqual(unchanged);
      expect(await said(workspace, workspace.destroy())).toMatchObject(quiet);
      expect(workspace.objects.size).toBe(0);
      expect(leaksBelow(workspace.dir, { word })).toEqual([]);
    });

    test("is what the provider connects with, at every plan and in the end", async () => {
      const flags = { engine: "mysql", database: "provider" };
      using client = new Client("mysql");
      await using workspace = await workspaceOf(flags, { variables, env: logged });
      expect(await said(workspace, workspace.apply())).toMatchObject(quiet);
      expect((await said(workspace, workspace.plan())).changes).toEqual(unchanged);
      workspace.calls.length = 0;
      expect(await said(workspace, workspace.destroy())).toMatchObject(quiet);
      expect(new Set(passwordsOf(workspace, "mysql"))).toEqual(new Set([managedPassword]));
      expect(placesIn(workspace, client, flags)).toEqual(listedOfSecret(asArguments(flags)));
      const opened = workspace.calls.filter(({ method }) => method === "OpenEphemeralResource");
      const closed = workspace.calls.filter(({ method }) => method === "CloseEphemeralResource");
      expect(opened.length).toBeGreaterThan(0);
      expect(closed).toHaveLength(opened.length);
      expect(leaksBelow(workspace.dir, { word })).toEqual([]);
    });

    test("takes the place of one's own in the running cluster, and gives it back", async () => {
      await using workspace = await workspaceOf({ engine: "postgres" });
      expect(await workspace.apply()).toMatchObject(quiet);
      const asks = await setupCommand(workspace);
      expect(asks).toMatch(/^psql "host=/);

      const inPlace = { "aws_rds_cluster.aurora": "update" };
      expect((await workspace.plan({ vars: variables })).actions).toEqual({
        ...inPlace,
        "data.aws_rds_cluster.managed[0]": "read",
      });
      expect(await workspace.apply({ vars: variables })).toMatchObject(quiet);
      expect(await setupCommand(workspace)).toMatch(
        /^sh with_password\.sh 'aws secretsmanager get-secret-value --secret-id arn:aws:secretsmanager:us-east-2:\d{12}:secret:rds!cluster-/,
      );
      expect((await workspace.plan({ vars: variables })).changes).toEqual(unchanged);

      workspace.calls.length = 0;
      const own = { db_password: "one-of-my-own" };
      expect((await workspace.plan({ vars: own })).actions).toEqual(inPlace);
      expect(await workspace.apply({ vars: own })).toMatchObject(quiet);
      expect(sent(workspace, "aws_rds_cluster")).toMatchObject([
        {
          manage_master_user_password: null,
          master_password_wo: "one-of-my-own",
          master_password_wo_version: 1,
        },
      ]);
      expect(await setupCommand(workspace)).toBe(asks);
    });
  });

  describe("of a cluster that is there", () => {
    const { Endpoint: host } = readyCluster.mysql;
    const asks = `mysql --host=${host} --port=3306 --user=admin --password --ssl-ca=generated_rds-ca.pem `;
    const fetches = (arn: string) =>
      `sh with_password.sh 'aws secretsmanager get-secret-value --secret-id ${arn} --query SecretString --output text --region us-east-2' mysql --no-defaults --host=${host} --port=3306 --user=admin --ssl-ca=generated_rds-ca.pem `;

    test("is fetched by the commands, or asked for by the client", async () => {
      const cluster: Found = {};
      await using workspace = await existing({ engine: "mysql" }, cluster);
      const cases: [Found, Values, starts: string][] = [
        [{ secret: clusterSecret }, {}, fetches(clusterSecret)],
        [{ secret: undefined }, { master_secret_arn: givenSecret }, fetches(givenSecret)],
        [{ secret: clusterSecret }, { master_secret_arn: givenSecret }, fetches(givenSecret)],
        [{ secret: undefined }, {}, asks],
        [{ secret: clusterSecret, master: "root" }, {}, asks],
      ];
      for (const [found, vars, starts] of cases) {
        Object.assign(cluster, found);
        expect(await workspace.apply({ vars })).toMatchObject(quiet);
        const outputs = await workspace.output();
        const command = `${starts}$(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=orders`;
        expect(outputs).toMatchObject({
          db_setup_command: `${command} < generated_cdc_setup.sql`,
          db_insert_command: `${command} < generated_insert.sql`,
          db_cleanup_command: `${command} < generated_cdc_cleanup.sql`,
          first_row_command: `sh first_row.sh iam_test iam_demo_user orders ${command}`,
        });
      }
      expect(workspace.calls.some(({ method }) => method === "OpenEphemeralResource")).toBe(false);
      expect(await workspace.destroy()).toMatchObject(quiet);
    });

    test.each<["postgres" | "mysql", string, Found, Values, string]>([
      ["postgres", "RDS's own", { secret: clusterSecret }, {}, managedPassword],
      [
        "mysql",
        "the one that is given",
        { secret: clusterSecret },
        { master_secret_arn: givenSecret },
        managedPassword,
      ],
      [
        "postgres",
        "the variable's",
        {},
        { db_master_password: "of-the-variable" },
        "of-the-variable",
      ],
    ])(
      "is what the apply connects with: of %s %s",
      async (engine, _, found, variables, password) => {
        const flags = { engine, database: "exec" };
        const isFetched = password === managedPassword;
        using client = new Client(["psql", "mysql"]);
        await using workspace = await existing(flags, found, {
          variables,
          env: { ...client.environment, ...logged },
        });
        expect(await said(workspace, workspace.plan({ out: "plan" }))).toMatchObject(quiet);
        expect(await said(workspace, workspace.apply({ args: ["plan"] }))).toMatchObject(quiet);
        expect(given(client, engine === "mysql" ? "MYSQL_PWD" : "PGPASSWORD")).toEqual([password]);
        expect(placesIn(workspace, client, flags)).toEqual(
          isFetched ? listedOfSecret(asArguments(flags)) : [],
        );
        const opened = workspace.calls
          .filter(({ method }) => method === "OpenEphemeralResource")
          .map(({ config }) => config?.secret_id);
        expect(new Set(opened)).toEqual(
          new Set(isFetched ? [variables.master_secret_arn ?? clusterSecret] : []),
        );
        expect(await said(workspace, workspace.destroy())).toMatchObject(quiet);
        expect(leaksBelow(workspace.dir, { word, variable: "of-the-variable" })).toEqual([]);
      },
    );

    test("is what the provider connects with", async () => {
      const flags = { engine: "postgres", database: "provider" } as const;
      using client = new Client("psql");
      await using workspace = await existing(flags, { secret: clusterSecret }, { env: logged });
      expect(await said(workspace, workspace.apply())).toMatchObject(quiet);
      expect((await said(workspace, workspace.plan())).changes).toEqual(unchanged);
      expect(await said(workspace, workspace.destroy())).toMatchObject(quiet);
      expect(new Set(passwordsOf(workspace, "postgresql"))).toEqual(new Set([managedPassword]));
      expect(placesIn(workspace, client, flags)).toEqual(listedOfSecret(asArguments(flags)));
      expect(leaksBelow(workspace.dir, { word })).toEqual([]);
    });

    test("is the same to the JSON of cdktf deploy", async () => {
      const flags = { engine: "mysql", database: "provider" } as const;
      await using workspace = await existing(flags, { secret: clusterSecret });
      const planned = async () => {
        workspace.calls.length = 0;
        expect(await workspace.plan({ out: "plan" })).toMatchObject(quiet);
        const { planned_values, resource_changes, output_changes } = await workspace.show("plan");
        const opened = workspace.calls.filter(({ method }) => method === "OpenEphemeralResource");
        const secrets = opened.map(({ config }) => config?.secret_id);
        return { planned_values, resource_changes, output_changes, secrets };
      };
      const module = await planned();
      expect(module.secrets).toEqual([clusterSecret]);
      for (const file of workspace.files().filter((name) => name.endsWith(".tf"))) {
        rmSync(join(workspace.dir, file));
      }
      workspace.write("cdk.tf.json", json({ ...ofExisting, ...flags }));
      expect(await planned()).toEqual(module);
    });

    test("is refused before anything is made where it is of no use", async () => {
      const cluster: Found = {};
      await using workspace = await existing({ engine: "postgres", database: "exec" }, cluster, {
        env: logged,
      });
      const { password, given } = { password: "db_master_password", given: givenSecret };
      const shape = `The secret ${given} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.`;
      const cases: [Found, Values, message: string][] = [
        ...[
          word,
          `{"user":"admin","pass":"${word}"}`,
          '{"password":5}',
          '{"password":""}',
          null,
        ].map((holds): [Found, Values, string] => [{ holds }, { master_secret_arn: given }, shape]),
        [
          { secret: clusterSecret, master: "root" },
          {},
          "db_master_password is not given, and RDS keeps no password of postgres in Secrets Manager. Give it, for example as TF_VAR_db_master_password, or set master_secret_arn to a secret that has it.",
        ],
        [
          { secret: clusterSecret, master: "postgres" },
          { [password]: word, master_secret_arn: given },
          "db_master_password (not shown) and master_secret_arn are both given. Leave one of them out.",
        ],
        [
          { secret: clusterSecret },
          { [password]: word },
          "db_master_password (not shown) is given, and RDS keeps the password of postgres in Secrets Manager. Leave db_master_password out, or set db_master_username to another user.",
        ],
      ];
      for (const [found, vars, message] of cases) {
        Object.assign(cluster, found);
        const { code, diagnostics } = await said(workspace, workspace.plan({ vars }));
        expect({ code, said: diagnostics.map(({ detail }) => detail) }).toEqual({
          code: 1,
          said: [message],
        });
      }
      expect(leaksBelow(workspace.dir, { word })).toEqual([]);
    });
  });
});

const ofExisting = { topology: "ec2", aurora: "existing", output: "redpanda" };

/** The one stack of these flags as CDKTF writes it, without the backend of this machine. */
function json(flags: Flags): string {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-"));
  try {
    synthesizeForCdktf(parseFlags(flags), folder);
    const [stack = ""] = readdirSync(join(folder, "stacks"));
    const { terraform, ...others } = JSON.parse(
      readFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "utf8"),
    );
    const { backend: _, ...versions } = terraform;
    return JSON.stringify({ terraform: versions, ...others });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A module for a cluster of somebody else. What AWS says of the cluster may change. */
function existing(
  flags: Flags & { readonly engine: "postgres" | "mysql" },
  found: Found,
  { variables, ...props }: WorkspaceProps = {},
): Promise<Workspace> {
  const ready = readyCluster[flags.engine];
  return workspaceOf(
    { ...ofExisting, ...flags },
    {
      ...props,
      variables: {
        aws_profile: null,
        db_name: "orders",
        db_master_password: null,
        rp_sasl_user: "app",
        ...variables,
      },
      answers: {
        "data.aws_rds_cluster": (subject) => {
          const { secret: SecretArn, master = ready.MasterUsername } = found;
          const { "data.aws_rds_cluster": answer } = where({
            ...ready,
            MasterUsername: master,
            MasterUserSecret: SecretArn ? { SecretArn, SecretStatus: "active" } : undefined,
          });
          return typeof answer === "function" ? answer(subject) : {};
        },
        "ephemeral.aws_secretsmanager_secret_version": () => ({
          secret_string:
            found.holds === undefined
              ? JSON.stringify({ username: ready.MasterUsername, password: managedPassword })
              : found.holds,
        }),
      },
    },
  );
}

interface Found {
  /** ARN of the secret that RDS keeps for the cluster. @default - none */
  secret?: string;
  /** Its master user. @default - the one who runs the SQL */
  master?: string;
  /** What every secret holds; null for bytes. @default - what RDS writes */
  holds?: string | null;
}
