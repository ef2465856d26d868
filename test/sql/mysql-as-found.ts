import { hostname } from "node:os";
import type { DatabaseChoices } from "../../choices";
import { packageRoot } from "../../templates";
import { codeBelow } from "../docs/markdown";
import { MASTER, Mysql } from "./mysql";
import { catalog } from "./mysql-catalog";
import { render } from "./render";
import { client, type Result } from "./server";

const defaults = {
  region: "us-east-2",
  cluster_identifier: "orders-production",
  administrator: MASTER,
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  tables: ["orders"],
  heartbeat: false,
  binlog_retention_hours: 168,
};

type Variables = Partial<typeof defaults>;

/** What the page says to run where the setup of a new cluster has been before. */
const handedOver = codeBelow(
  "docs/existing-cluster.md",
  "How do I hand over a cluster that the module made?",
  "mysql",
);

/** A cluster's own tables, and its binary log. */
const found = [
  "CREATE TABLE demo_db.orders(id int PRIMARY KEY)",
  "CREATE TABLE demo_db.customers(id int PRIMARY KEY)",
  "UPDATE mysql.rds_configuration SET value = 168",
];

/** Somebody who may do all that the setup needs, and no more. */
const owner = [
  ...found,
  "CREATE USER accounting",
  "GRANT CREATE USER, RELOAD, REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO accounting WITH GRANT OPTION",
  "GRANT SELECT, LOCK TABLES ON `demo\\_db`.* TO accounting WITH GRANT OPTION",
  "GRANT CREATE, DROP, INSERT, UPDATE, EVENT ON `demo\\_db`.* TO accounting",
  "GRANT SELECT ON mysql.rds_configuration TO accounting",
];
const asOwner = { administrator: "accounting" };

const group =
  '"$(aws rds describe-db-clusters --db-cluster-identifier orders-production --region us-east-2 --query "DBClusters[0].DBClusterParameterGroup" --output text)"';
const parameters = (...settings: string[]) =>
  `Set it in the parameter group, where it is not set: aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name ${group} --parameters ${settings.map((setting) => `${setting},ApplyMethod=pending-reboot`).join(" ")} --region us-east-2; and in any case reboot the writer, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier ${hostname()} --region us-east-2`;
const format = "ParameterName=binlog_format,ParameterValue=ROW";
const image = "ParameterName=binlog_row_image,ParameterValue=FULL";
const events = `Set heartbeat = false and apply, or switch events on for the whole cluster, which interrupts nothing: aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name ${group} --parameters ParameterName=event_scheduler,ParameterValue=ON,ApplyMethod=immediate --region us-east-2`;
const reader =
  'this is a reader, or the secondary of a global database. Run it where rows are written: aws rds describe-db-clusters --db-cluster-identifier orders-production --region us-east-2 --query "DBClusters[].Endpoint". The primary cluster of a global database is the one to set in cluster_identifier: aws rds describe-global-clusters --region us-east-2 --query "GlobalClusters[].GlobalClusterMembers[?IsWriter].DBClusterArn"';
const retention = (hours: string) =>
  `the binary log is kept ${hours}, not for the 168 of binlog_retention_hours. It takes storage, and interrupts nothing: CALL mysql.rds_set_configuration('binlog retention hours', 168)`;
const free = (name: string) =>
  `the user ${name} was there before, and is not of this setup. Set iam_auth_user to a name that is free, and apply`;

/** How the client ends where UUID_TO_BIN is given a text: the line is told, and not compared. */
const stopped = (text: string) => ({
  code: 1,
  stdout: "",
  stderr: expect.stringMatching(
    new RegExp(
      `^ERROR 1411 \\(HY000\\) at line \\d+: Incorrect string value: '${text.replaceAll(".", "\\.")}' for function uuid_to_bin\n$`,
    ),
  ),
});

/** What the client shows of it. */
const refusal = (...problems: string[]) => ({
  code: 1,
  stdout: [
    "not_ready",
    ...problems.map((problem, i) => `ERROR ${i + 1} of ${problems.length}: ${problem}`),
    "",
  ].join("\n"),
  stderr: stopped(
    "Nothing has changed. Mend what is listed above; then run this file, or apply, again.",
  ).stderr,
});
const fine = { code: 0, stdout: "", stderr: "" };

/** The SQL of `--aurora existing`, on a server that is reset before each test. */
export function asFound(of: () => Mysql): void {
  async function setUp(
    variables: Variables = {},
    database: DatabaseChoices["database"] = "sql",
    server = of(),
  ): Promise<Result> {
    const values = { ...defaults, ...variables };
    const sql = await render("mysql/cdc_setup", values, { aurora: "existing", database });
    expect(sql).toContain("'aurora_server_id'");
    return server.run(
      sql
        .replace("'aurora_server_id'", "'hostname'")
        // Aurora alone has its plugin. This one stands in: it takes the same text, and no password either.
        .replace("WITH AWSAuthenticationPlugin AS 'RDS'", "WITH auth_socket AS 'RDS'"),
      values.administrator,
    );
  }

  async function cleanUp(
    variables: Variables = {},
    database: DatabaseChoices["database"] = "sql",
  ): Promise<Result> {
    const { administrator, iam_auth_user, db_name, heartbeat } = { ...defaults, ...variables };
    const values = { administrator, iam_auth_user, db_name, heartbeat };
    const sql = await render("mysql/cdc_cleanup", values, { aurora: "existing", database });
    return of().run(sql, administrator);
  }

  /** Which tables the user reads. */
  const read = () =>
    of().query(
      MASTER,
      `SELECT table_name FROM information_schema.table_privileges WHERE grantee = '\\'${defaults.iam_auth_user}\\'@\\'%\\'' AND privilege_type = 'SELECT' ORDER BY 1`,
    );

  test("the smallest use: set up, and cleaned up", async () => {
    await of().arrange(...found);
    const before = await catalog(of());
    expect(await setUp()).toEqual(fine);
    expect(await of().query(MASTER, `SHOW GRANTS FOR ${defaults.iam_auth_user}`)).toEqual([
      "GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `iam_demo_user`@`%`",
      "GRANT LOCK TABLES ON `demo\\_db`.* TO `iam_demo_user`@`%`",
      "GRANT SELECT ON `demo_db`.`orders` TO `iam_demo_user`@`%`",
    ]);
    expect(await catalog(of())).not.toEqual(before);
    expect(await cleanUp()).toEqual(fine);
    expect(await catalog(of())).toEqual(before);
  });

  interface Case {
    readonly what: string;
    /** Statements of the superuser. @default - the tables */
    readonly given?: readonly string[];
    /** Runs of the setup, one after the other. */
    readonly runs: readonly Variables[];
    /** Who runs it, and the cleanup. @default - the master user */
    readonly administrator?: string;
  }

  const demo = { tables: ["iamuser_test"] };
  const everything = { tables: ["iamuser_test", "orders"], heartbeat: true };

  test.each<Case>([
    { what: "the demo table, which is missing", runs: [demo] },
    {
      what: "the demo table of somebody's",
      given: [...found, "CREATE TABLE demo_db.iamuser_test(x int PRIMARY KEY) COMMENT 'ours'"],
      runs: [demo],
    },
    { what: "the demo table, which is listed no more", runs: [demo, {}] },
    { what: "the heartbeat, in two runs", runs: [everything, everything] },
    {
      what: "a table that is added, and taken out",
      runs: [{}, { tables: ["orders", "customers"] }, { tables: ["customers"] }],
    },
    {
      what: "the same by somebody who may not read mysql.*",
      given: owner,
      runs: [everything, { ...everything, tables: ["customers"] }],
      ...asOwner,
    },
    {
      what: "somebody who has all rights by a role that he may not look into",
      given: [
        ...found,
        "CREATE ROLE auditing",
        "GRANT CREATE USER, RELOAD, REPLICATION CLIENT, REPLICATION SLAVE, SELECT, LOCK TABLES ON *.* TO auditing WITH GRANT OPTION",
        "REVOKE SELECT ON *.* FROM auditing",
        "GRANT SELECT ON demo_db.* TO auditing WITH GRANT OPTION",
        "GRANT SELECT ON mysql.rds_configuration TO auditing",
        "CREATE USER accounting DEFAULT ROLE auditing",
      ],
      runs: [{}],
      ...asOwner,
    },
  ])("leaves all as it was: $what", async ({ given = found, runs, administrator = MASTER }) => {
    await of().arrange(...given);
    const before = await catalog(of());
    for (const variables of runs) {
      expect(await setUp({ ...variables, administrator })).toEqual(fine);
      const { tables, heartbeat } = { ...defaults, ...variables };
      expect(await read()).toEqual([...tables, ...(heartbeat ? ["rpcn_heartbeat"] : [])].sort());
    }
    const variables = { administrator, heartbeat: runs.some(({ heartbeat }) => heartbeat) };
    expect(await cleanUp(variables)).toEqual(fine);
    expect(await catalog(of())).toEqual(before);
    expect(await cleanUp(variables)).toEqual(fine);
  });

  test("leaves all as it was where Terraform makes the user", async () => {
    await of().arrange(...found);
    const before = await catalog(of());
    expect(await setUp(everything, "provider")).toEqual(fine);
    expect(await setUp(everything, "provider")).toEqual(fine);
    expect(await of().query(MASTER, "SHOW TABLES")).toEqual([
      ...["customers", "iamuser_test", "orders", "rpcn_heartbeat"],
    ]);
    expect(await cleanUp(everything, "provider")).toEqual(fine);
    expect(await catalog(of())).toEqual(before);
  });

  interface Refusal {
    readonly what: string;
    /** Statements of the superuser. */
    readonly given: readonly string[];
    readonly variables?: Variables;
    readonly problems: readonly string[];
  }

  const beat = { heartbeat: true };

  test.each<Refusal>([
    {
      what: "the server only reads",
      given: [...found, "SET GLOBAL read_only = ON"],
      problems: [reader],
    },
    {
      what: "binlog_format is another",
      given: [...found, "SET GLOBAL binlog_format = MIXED"],
      problems: [`binlog_format is MIXED, not ROW. ${parameters(format)}`],
    },
    {
      what: "binlog_row_image is another",
      given: [...found, "SET GLOBAL binlog_row_image = MINIMAL"],
      problems: [`binlog_row_image is MINIMAL, not FULL. ${parameters(image)}`],
    },
    {
      what: "the binary log is kept too short",
      given: [...found, "UPDATE mysql.rds_configuration SET value = 24"],
      problems: [retention("for 24 hours")],
    },
    {
      what: "nobody has said how long the binary log is kept",
      given: [...found, "UPDATE mysql.rds_configuration SET value = NULL"],
      problems: [retention("as long as AWS chooses")],
    },
    {
      what: "no events are run, and the heartbeat is one",
      given: [...found, "SET GLOBAL event_scheduler = OFF"],
      variables: beat,
      problems: [`event_scheduler is OFF, not ON. ${events}`],
    },
    ...[
      "CREATE TABLE demo_db.rpcn_heartbeat(id int)",
      "CREATE EVENT demo_db.rpcn_heartbeat ON SCHEDULE EVERY 1 DAY DISABLE DO DO 0",
    ].map((made) => ({
      what: `there is another heartbeat: ${made}`,
      given: [...found, made],
      variables: beat,
      problems: [
        "rpcn_heartbeat was there before, and is not of this setup. Set heartbeat = false and apply",
      ],
    })),
    {
      what: "the user is somebody else's",
      given: [...found, "CREATE USER iam_demo_user COMMENT 'for reports'"],
      problems: [free("iam_demo_user")],
    },
    {
      what: "tables are missing",
      given: found,
      variables: { tables: ["Orders", "orders", "order"] },
      problems: ["Orders", "order"].map(
        (name) =>
          `there is no table ${name} in demo_db. Create it, or take it out of cdc_tables and apply`,
      ),
    },
    {
      what: "its rights lack CREATE USER",
      given: [...owner, "REVOKE CREATE USER ON *.* FROM accounting"],
      variables: asOwner,
      problems: [
        "accounting@% lacks CREATE USER on *.*. GRANT CREATE USER ON *.* TO 'accounting'@'%'",
      ],
    },
    ...["RELOAD", "REPLICATION CLIENT", "REPLICATION SLAVE"].map((right) => ({
      what: `its rights lack ${right}`,
      given: [...owner, `REVOKE ${right} ON *.* FROM accounting`],
      variables: asOwner,
      problems: [
        `accounting@% may not grant ${right} on *.*. GRANT ${right} ON *.* TO 'accounting'@'%' WITH GRANT OPTION`,
      ],
    })),
    {
      what: "it may not hand on what it has",
      given: [...owner, "REVOKE GRANT OPTION ON *.* FROM accounting"],
      variables: asOwner,
      problems: [
        "accounting@% may not grant RELOAD, REPLICATION CLIENT, REPLICATION SLAVE on *.*. GRANT RELOAD, REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO 'accounting'@'%' WITH GRANT OPTION",
      ],
    },
    {
      what: "its rights lack LOCK TABLES",
      given: [...owner, "REVOKE LOCK TABLES ON `demo\\_db`.* FROM accounting"],
      variables: asOwner,
      problems: [
        "accounting@% may not grant LOCK TABLES on `demo_db`.*. GRANT LOCK TABLES ON `demo_db`.* TO 'accounting'@'%' WITH GRANT OPTION",
      ],
    },
    {
      what: "its rights lack SELECT on one of two tables",
      given: [
        ...owner,
        "REVOKE SELECT ON `demo\\_db`.* FROM accounting",
        "GRANT SELECT ON demo_db.orders TO accounting WITH GRANT OPTION",
        "GRANT SELECT ON demo_db.customers TO accounting",
      ],
      variables: { ...asOwner, tables: ["orders", "customers"] },
      problems: [
        "accounting@% may not grant SELECT on `demo_db`.`customers`. GRANT SELECT ON `demo_db`.`customers` TO 'accounting'@'%' WITH GRANT OPTION",
      ],
    },
    {
      what: "it may not make the demo table",
      given: [...owner, "REVOKE CREATE, DROP ON `demo\\_db`.* FROM accounting"],
      variables: { ...asOwner, ...demo },
      problems: [
        "accounting@% lacks CREATE, DROP on `demo_db`.`iamuser_test`. GRANT CREATE, DROP ON `demo_db`.`iamuser_test` TO 'accounting'@'%'",
      ],
    },
    {
      what: "it may not make the heartbeat",
      given: [
        ...owner,
        "REVOKE CREATE, DROP, INSERT, UPDATE, EVENT ON `demo\\_db`.* FROM accounting",
      ],
      variables: { ...asOwner, ...beat },
      problems: [
        "accounting@% lacks EVENT on `demo_db`.*. GRANT EVENT ON `demo_db`.* TO 'accounting'@'%'",
        "accounting@% lacks CREATE, DROP, INSERT, UPDATE on `demo_db`.`rpcn_heartbeat`. GRANT CREATE, DROP, INSERT, UPDATE ON `demo_db`.`rpcn_heartbeat` TO 'accounting'@'%'",
      ],
    },
    {
      what: "it may not see how long the binary log is kept",
      given: [...owner, "REVOKE SELECT ON mysql.rds_configuration FROM accounting"],
      variables: asOwner,
      problems: [
        "accounting@% may not see how long the binary log is kept. GRANT SELECT ON mysql.rds_configuration TO 'accounting'@'%'",
      ],
    },
    {
      what: "nothing holds",
      given: [
        "UPDATE mysql.rds_configuration SET value = 24",
        "CREATE USER iam_demo_user, accounting",
        "GRANT SELECT ON mysql.* TO accounting",
        "CREATE TABLE demo_db.rpcn_heartbeat(id int)",
        "GRANT INDEX ON demo_db.rpcn_heartbeat TO accounting",
        "SET GLOBAL binlog_format = MIXED",
        "SET GLOBAL binlog_row_image = MINIMAL",
        "SET GLOBAL event_scheduler = OFF",
        "SET GLOBAL read_only = ON",
      ],
      variables: { ...asOwner, ...everything },
      problems: [
        reader,
        `binlog_format is MIXED, not ROW; binlog_row_image is MINIMAL, not FULL. ${parameters(format, image)}`,
        retention("for 24 hours"),
        `event_scheduler is OFF, not ON. ${events}`,
        "rpcn_heartbeat was there before, and is not of this setup. Set heartbeat = false and apply",
        free("iam_demo_user"),
        "there is no table orders in demo_db. Create it, or take it out of cdc_tables and apply",
        ...[
          "CREATE USER on *.*",
          "EVENT on `demo_db`.*",
          "CREATE, DROP on `demo_db`.`iamuser_test`",
          "INSERT, UPDATE on `demo_db`.`rpcn_heartbeat`",
        ].map(
          (rights) =>
            `accounting@% lacks ${rights}. GRANT ${rights.replace(" on ", " ON ")} TO 'accounting'@'%'`,
        ),
        ...[
          "RELOAD, REPLICATION CLIENT, REPLICATION SLAVE on *.*",
          "LOCK TABLES on `demo_db`.*",
          "SELECT on `demo_db`.`iamuser_test`",
          "SELECT on `demo_db`.`orders`",
          "SELECT on `demo_db`.`rpcn_heartbeat`",
        ].map(
          (rights) =>
            `accounting@% may not grant ${rights}. GRANT ${rights.replace(" on ", " ON ")} TO 'accounting'@'%' WITH GRANT OPTION`,
        ),
      ],
    },
  ])("changes nothing where $what", async ({ given, variables, problems }) => {
    await of().arrange(...given);
    const before = await catalog(of());
    expect(await setUp(variables)).toEqual(refusal(...problems));
    // Nor does a cleanup take away what is not of the setup.
    const { heartbeat: _, ...others } = variables ?? {};
    expect((await cleanUp(others)).stdout).toBe("");
    expect(await catalog(of())).toEqual(before);
  });

  test("is listed by the script of --database exec, too", async () => {
    const { stdout } = await setUp({ tables: ["order"] });
    const script =
      '. templates/mysql/client.sh; while read -r l; do is_harmless "$l" && echo "$l"; done';
    const shown = await client("sh", ["-c", script], { cwd: packageRoot, input: stdout });
    expect(shown.stdout).toBe(stdout.replace("not_ready\n", ""));
  });

  test("changes nothing where there is no binary log, and on a reader as Aurora has them", async () => {
    const server = await Mysql.start(undefined, ["--skip-log-bin"]);
    try {
      await server.arrange("CREATE DATABASE demo_db", ...found);
      const before = await catalog(server);
      expect(await setUp({}, "sql", server)).toEqual(
        refusal(`log_bin is OFF, not ON. ${parameters(format)}`),
      );
      expect(await catalog(server)).toEqual(before);
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.html
      await server.restart(["--innodb-read-only"]);
      expect(await server.query("root", "SELECT @@read_only, @@innodb_read_only")).toEqual([
        "0\t1",
      ]);
      const restarted = await catalog(server);
      expect(await setUp({}, "sql", server)).toEqual(
        refusal(reader, `log_bin is OFF, not ON. ${parameters(format)}`),
      );
      expect(await catalog(server)).toEqual(restarted);
    } finally {
      await server.stop();
    }
  });

  test("takes over what the setup of a new cluster made, once comments give it to this one", async () => {
    await of().arrange(...found);
    const before = await catalog(of());
    const { administrator: _, cluster_identifier: __, ...values } = { ...defaults, ...beat };
    const made = await render("mysql/cdc_setup", values, { aurora: "new" });
    const sql = made
      .replace("'aurora_server_id'", "'hostname'")
      .replace("WITH AWSAuthenticationPlugin AS 'RDS'", "WITH auth_socket AS 'RDS'");
    expect(await of().run(sql)).toEqual(fine);
    expect(await setUp(beat)).toEqual(
      refusal(
        "rpcn_heartbeat was there before, and is not of this setup. Set heartbeat = false and apply",
        free("iam_demo_user"),
      ),
    );
    await of().prepare(handedOver);
    expect(await setUp(beat)).toEqual(fine);
    expect(await cleanUp(beat)).toEqual(fine);
    expect(await catalog(of())).toEqual(before);
  });

  test("asks for the heartbeat of an earlier run to be dropped by hand", async () => {
    await of().arrange(...found);
    expect(await setUp(beat)).toEqual(fine);
    const before = await catalog(of());
    const drop =
      "DROP EVENT IF EXISTS `demo_db`.`rpcn_heartbeat`; DROP TABLE `demo_db`.`rpcn_heartbeat`";
    expect(await setUp()).toEqual(
      refusal(`heartbeat is false, and the heartbeat of an earlier run is there. ${drop}`),
    );
    expect(await catalog(of())).toEqual(before);
    expect(await cleanUp()).toEqual(
      stopped(
        "The heartbeat of an earlier setup is there: set heartbeat = true, apply, and run this file again.",
      ),
    );
    expect(await catalog(of())).toEqual(before);
    await of().prepare(drop);
    expect(await setUp()).toEqual(fine);
  });

  test("cleanup leaves an event of somebody else's", async () => {
    await of().arrange(
      ...found,
      "CREATE EVENT demo_db.rpcn_heartbeat ON SCHEDULE EVERY 1 DAY DISABLE DO DO 0",
    );
    const before = await catalog(of());
    expect(await cleanUp(beat)).toEqual(
      stopped(
        "The event rpcn_heartbeat is not of this setup: set heartbeat = false, apply, and run this file again.",
      ),
    );
    expect(await catalog(of())).toEqual(before);
  });
}
