import { postgresqlProvider } from "../database-user/postgresql-provider";
import { moduleWith } from "../modules";
import { workspaceOf } from "../stacks/provider-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { MASTER, missing, Postgres, said, servers } from "./postgres";
import { render } from "./render";
import { loopback, missingForTls } from "./server";

const SETUP = "generated_cdc_setup.sql";
const CLEANUP = "generated_cdc_cleanup.sql";
const PASSWORD = "the-right-one";
const values = {
  region: "us-east-2",
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  schema: "public",
  tables: ["iamuser_test"],
  slot_name: "rpcn_iam_test",
};

const refusal =
  "ERROR:  postgres could no longer log in with a password: by iam_demo_user, it would belong to rds_iam";
const hint = {
  creating:
    'HINT:  Nothing has changed. Let a role that goes away create the user: DROP USER IF EXISTS "iam_demo_user"; SET createrole_self_grant = \'set\'; CREATE ROLE rpcn_creator CREATEROLE; SET ROLE rpcn_creator; CREATE USER "iam_demo_user"; RESET ROLE; DROP ROLE rpcn_creator; then run this file again. Nobody can drop the user then; db_cleanup_command takes all rights from it.',
  granted:
    'HINT:  Nothing has changed. REVOKE "iam_demo_user" FROM postgres; then run this file again.',
};

const lacking = [...missingTerraform(), ...missing, ...missingForTls];

// PostgreSQL from 16 on makes whoever creates a user its member:
// https://www.postgresql.org/docs/17/sql-createrole.html. pg_hba.conf counts members of members,
// whatever the options: https://www.postgresql.org/docs/17/auth-pg-hba-conf.html.
describeUnless(lacking, "The master user's password", () => {
  describe.each(servers)("on $name", (server) => {
    const belongsToWhomItCreates = server.major >= 16;
    const address = loopback();
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await Postgres.start(server, { address, master: "outside" });
    }, 60_000);
    afterAll(() => postgres?.stop());
    beforeEach(async () => {
      await postgres.reset();
      await postgres.setPassword(PASSWORD);
      expect(await postgres.logIn()).toBe(MASTER);
    });

    const setUp = async () => postgres.run(SETUP, await render("postgres/cdc_setup", values));
    const users = () =>
      postgres.query(MASTER, "SELECT rolname FROM pg_roles WHERE rolname = 'iam_demo_user'");

    test("is valid after the SQL, which takes itself back where it would not be", async () => {
      const result = await setUp();
      expect(said(result)).toEqual(belongsToWhomItCreates ? [refusal, hint.creating] : []);
      expect(await users()).toEqual(belongsToWhomItCreates ? [] : ["iam_demo_user"]);
      expect(await postgres.logIn()).toBe(MASTER);
    });

    test("is valid after an apply with --database exec, which stops where it would not be", async () => {
      const { files } = moduleWith("aurora-postgres");
      const module = synthesized({ engine: "postgres", database: "exec" }).get("aurora-postgres");
      const template = "cdc_setup.sql.tftpl";
      await using workspace = await Workspace.create({
        files: {
          ...files,
          ...module,
          [template]: postgres.handedOut(String(module?.[template])),
          "terraform.tfvars": (files["terraform.tfvars"] ?? "").replace(/^db_password .*$/m, ""),
        },
        variables: { db_password: PASSWORD, rds_ca_pem: postgres.pem },
        answers: { aws_rds_cluster: { endpoint: address } },
        env: { PATH: String(process.env.PATH) },
      });
      const { code, diagnostics } = await workspace.apply();
      const detail = diagnostics.map((one) => one.detail).join("\n");
      const lines = belongsToWhomItCreates ? [refusal, hint.creating] : [];
      expect({ code, lines: lines.filter((line) => !detail.includes(line)) }).toEqual({
        code: belongsToWhomItCreates ? 1 : 0,
        lines: [],
      });
      expect(await postgres.logIn()).toBe(MASTER);
    });

    test("where --database provider makes it invalid, is valid again by the documented way", async () => {
      await using workspace = await workspaceOf(
        { engine: "postgres", topology: "ec2" },
        {
          db_name: postgres.database,
          db_master_password: PASSWORD,
          iam_auth_user: "iam_demo_user",
        },
        { address },
      );
      workspace.write("rds-ca.pem", postgres.pem);
      workspace.onCall(postgresqlProvider((statements) => postgres.transact(statements), MASTER));
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await postgres.logIn()).toMatch(
        belongsToWhomItCreates
          ? /pg_hba\.conf rejects connection for host "[\d.]+", user "postgres"/
          : /^postgres$/,
      );

      // By a token, for which the socket stands.
      await postgres.prepare(postgres.handedOut('REVOKE rds_iam FROM "iam_demo_user"'));
      expect(await postgres.logIn()).toBe(MASTER);
      const args = ["-target=postgresql_role.iam_auth_user"];
      expect(await workspace.destroy({ args })).toMatchObject({ code: 0 });
      expect(await users()).toEqual([]);
    });

    test("is valid with a user whom another role has created, as the SQL advises", async () => {
      const advised = hint.creating.match(/DROP USER .*DROP ROLE rpcn_creator;/)?.[0] ?? "";
      if (belongsToWhomItCreates) await postgres.prepare(...advised.split("; "));
      expect(await setUp()).toMatchObject({ code: 0, stderr: "" });
      expect(await postgres.logIn()).toBe(MASTER);
      expect(await setUp()).toMatchObject({ code: 0, stderr: "" });

      const cleanUp = await postgres.run(CLEANUP, await render("postgres/cdc_cleanup", values));
      expect(said(cleanUp)).toEqual(
        belongsToWhomItCreates
          ? ["WARNING:  postgres may not drop iam_demo_user, who has no right any more"]
          : [],
      );
      expect(
        await postgres.query(
          MASTER,
          "SELECT roleid::regrole FROM pg_auth_members WHERE member = to_regrole('iam_demo_user')",
        ),
      ).toEqual([]);
    });

    test("is asked for nothing where it was invalid before", async () => {
      await postgres.arrange(`GRANT rds_iam TO ${MASTER}`);
      expect(await setUp()).toMatchObject({ code: 0, stderr: "" });
      await postgres.arrange(`REVOKE rds_iam FROM ${MASTER}`);
    });

    test("of a superuser counts by memberships, since a superuser belongs to every role", async () => {
      await postgres.arrange(`ALTER ROLE ${MASTER} SUPERUSER`);
      expect(await setUp()).toMatchObject({ code: 0, stderr: "" });
      expect(await postgres.logIn()).toBe(MASTER);

      await postgres.reset();
      await postgres.arrange("CREATE USER iam_demo_user", `GRANT iam_demo_user TO ${MASTER}`);
      const result = await setUp();
      await postgres.arrange(`ALTER ROLE ${MASTER} NOSUPERUSER`);
      expect(said(result)).toEqual([
        refusal,
        belongsToWhomItCreates ? hint.creating : hint.granted,
      ]);
      expect(await postgres.logIn()).toBe(MASTER);
    });
  });
});
