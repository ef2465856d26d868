import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findings } from "../../../../commands/discover/aurora/findings";
import { ruleDescription } from "../../../../commands/discover/aurora/ingress";
import { questions } from "../../../../commands/discover/aurora/questions";
import {
  arnOf,
  instances,
  mysqlCluster,
  mysqlParameters,
  parametersWith,
  postgresCluster,
  postgresParameters,
  securityGroup,
} from "./answers";

const read = (cluster: object, around: object = {}) => {
  const asked = {
    cluster: questions.cluster("orders").answer.parse({ DBClusters: [cluster] }),
    instances,
    parameters: parametersWith(postgresParameters),
    securityGroups: [securityGroup()],
    deployments: [],
    globalClusters: [],
    untold: [],
    ...around,
  };
  return findings(
    asked,
    {},
    {
      now: new Date("2026-11-21T00:00:00Z"),
      chosen: () => undefined,
    },
  );
};

const member = (name: string, isWriter: boolean, status: string) => ({
  DBInstanceIdentifier: name,
  IsClusterWriter: isWriter,
  DBClusterParameterGroupStatus: status,
});

const globalOf = (...members: [name: string, isWriter: boolean][]) => ({
  globalClusters: [
    {
      GlobalClusterIdentifier: "world",
      GlobalClusterMembers: members.map(([name, IsWriter]) => ({
        DBClusterArn: arnOf(name),
        IsWriter,
      })),
    },
  ],
});

const deployment = (Source: string, Target: string, Status: string) => ({
  deployments: [
    {
      BlueGreenDeploymentIdentifier: "bgd-1",
      Source: arnOf(Source),
      Target: arnOf(Target),
      Status,
    },
  ],
});

describe("No module streams from", () => {
  test.each<[string, object, object, string]>([
    [
      "Serverless v1",
      { EngineMode: "serverless" },
      {},
      "It is Serverless v1, which has neither logical replication nor a binary log. Upgrade it to Serverless v2: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.upgrade.html.",
    ],
    [
      "another engine mode",
      { EngineMode: "parallelquery" },
      {},
      "Its engine mode is parallelquery, and it must be provisioned, as Serverless v2 is too.",
    ],
    [
      "Limitless",
      { ClusterScalabilityType: "limitless" },
      {},
      "It is an Aurora Limitless Database, whose rows are in many shards, and postgres_cdc reads one log. The input sql_select can read its tables again and again, in a pipeline of your own.",
    ],
    [
      "the express configuration",
      { VPCNetworkingEnabled: false },
      {},
      "It was made by the express configuration, so it is in no VPC: there is no security group to let the pipeline in, and whether changes can be streamed through the gateway in front of it is not known. Restore a snapshot of it into a VPC.",
    ],
    [
      "a version that is not all of numbers",
      { EngineVersion: "16.6-limitless", ClusterScalabilityType: "limitless" },
      {},
      "It is an Aurora Limitless Database, whose rows are in many shards, and postgres_cdc reads one log. The input sql_select can read its tables again and again, in a pipeline of your own.",
    ],
    [
      "PostgreSQL 13",
      { EngineVersion: "13.20" },
      {},
      "Its version is 13.20, and it must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on). Upgrade it first.",
    ],
    [
      "Aurora MySQL 2",
      { Engine: "aurora-mysql", EngineVersion: "5.7.mysql_aurora.2.12.5" },
      {},
      "Its version is 5.7.mysql_aurora.2.12.5, and it must be a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 requires) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7. Upgrade it first.",
    ],
    [
      "a replica",
      { ReplicationSourceIdentifier: arnOf("source") },
      {},
      "It is a replica of arn:aws:rds:us-east-2:111122223333:cluster:source, and read-only. Stream from that one, or promote this one: `aws rds promote-read-replica-db-cluster --db-cluster-identifier orders --region us-east-2`.",
    ],
    [
      "a secondary of a global database",
      {},
      globalOf(["orders", false], ["first", true]),
      "It is a secondary cluster of a global database, and read-only. Stream from the primary, arn:aws:rds:us-east-2:111122223333:cluster:first.",
    ],
    [
      "a secondary without a primary",
      {},
      globalOf(["orders", false]),
      "It is a secondary cluster of a global database, and read-only. Stream from the primary.",
    ],
    [
      "the green side",
      {},
      deployment("blue", "orders", "AVAILABLE"),
      "It is the green side of the blue/green deployment bgd-1 (AVAILABLE), and read-only until the switchover. Wait for that, or stream from arn:aws:rds:us-east-2:111122223333:cluster:blue.",
    ],
    [
      "the blue side after the switchover",
      {},
      deployment("orders", "green", "SWITCHOVER_COMPLETED"),
      "It is what the blue/green deployment bgd-1 has left behind: its switchover is over, and applications write to arn:aws:rds:us-east-2:111122223333:cluster:green. Stream from that one.",
    ],
    ["one that is being deleted", { Status: "deleting" }, {}, "It is being deleted."],
    [
      "one without an instance",
      { DBClusterMembers: [] },
      {},
      "It has no instance, so nobody answers at its address. Add a writer first: `aws rds create-db-instance`.",
    ],
  ])("%s", (_what, differences, around, sentence) => {
    const found = read({ ...postgresCluster, ...differences }, around);
    expect({ ...found, summary: "", engine: undefined }).toEqual({
      summary: "",
      ...{ remarks: [], steps: [], values: [], engine: undefined },
      misfits: [sentence],
    });
  });

  test.each([
    [
      "postgres",
      "RDS for PostgreSQL, and the modules are for Aurora. The input postgres_cdc reads it, in a pipeline of your own.",
    ],
    [
      "mysql",
      "RDS for MySQL, and the modules are for Aurora. The input mysql_cdc reads it, in a pipeline of your own.",
    ],
    [
      "mariadb",
      "RDS for MariaDB, and the modules are for Aurora. The input mysql_cdc reads it, in a pipeline of your own.",
    ],
    [
      "custom-sqlserver-ee",
      "RDS for SQL Server, and the modules are for Aurora. The input microsoft_sql_server_cdc reads it, in a pipeline of your own.",
    ],
    [
      "db2-se",
      "RDS for Db2, and the modules are for Aurora. No input of Redpanda Connect reads its changes.",
    ],
    [
      "docdb",
      "Amazon DocumentDB, and the modules are for Aurora. The input mongodb_cdc reads it, in a pipeline of your own.",
    ],
    [
      "neptune",
      "Amazon Neptune, and the modules are for Aurora. No input of Redpanda Connect reads its changes.",
    ],
    ["aurora", "aurora, and the modules are for aurora-postgresql or aurora-mysql."],
  ])("the engine %s", (Engine, sentence) => {
    expect(read({ ...postgresCluster, Engine, EngineVersion: "1.0" })).toEqual({
      summary: `Cluster orders (account 111122223333, us-east-2): ${Engine} 1.0`,
      ...{ remarks: [], steps: [], values: [] },
      misfits: [`orders is ${sentence}`],
    });
  });
});

const on = "aws rds modify-db-cluster --db-cluster-identifier orders";
const reboot = (name: string) =>
  `aws rds reboot-db-instance --db-instance-identifier ${name} --region us-east-2`;
const rebootWriter = {
  does: "Reboot the writer, orders-1.",
  costs: "Costs a reboot: all connections to it break, and it is away for about a minute.",
  commands: [reboot("orders-1")],
};
const rebootReader = {
  does: "Reboot the readers too, orders-2: a reader that is promoted must stream as well.",
  costs: "Costs a reboot of each: one after the other, the rest goes on serving.",
  commands: [reboot("orders-2")],
};
const setIn = "aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name";

describe("Missing is", () => {
  test.each<[string, object, object, object[]]>([
    ["nothing", {}, {}, []],
    [
      "nothing of the primary of a global database",
      {},
      globalOf(["orders", true], ["other", false]),
      [],
    ],
    [
      "nothing of what a switchover has left in charge",
      {},
      deployment("old", "orders", "SWITCHOVER_COMPLETED"),
      [],
    ],
    ["nothing while another is switched over", {}, deployment("a", "b", "AVAILABLE"), []],
    [
      "a start",
      { Status: "stopped" },
      {},
      [
        {
          does: "Start the cluster: it is stopped.",
          costs: "Costs what a running cluster costs.",
          commands: ["aws rds start-db-cluster --db-cluster-identifier orders --region us-east-2"],
        },
      ],
    ],
    [
      "the end of a blue/green deployment",
      {},
      deployment("orders", "green", "AVAILABLE"),
      [
        {
          does: "End the blue/green deployment bgd-1 (AVAILABLE): after its switchover another cluster has this name, and the stream would not be continued there.",
          costs:
            "The switchover costs a restart of connections, and about a minute without writes; to delete the deployment costs nothing.",
          commands: [
            "aws rds switchover-blue-green-deployment --blue-green-deployment-identifier bgd-1 --region us-east-2",
          ],
        },
      ],
    ],
    [
      "a certificate",
      {},
      {
        instances: [
          { ...instances[0], CertificateDetails: { ValidTill: "2024-08-22T17:08:50+00:00" } },
          { ...instances[1], CertificateDetails: { ValidTill: "2026-11-21T00:00:01+00:00" } },
        ],
      },
      [
        {
          does: "Give orders-1 another certificate: its own has expired (2024-08-22T17:08:50+00:00), and the pipeline verifies it.",
          costs: "Costs a restart of the instance where its engine cannot do without.",
          commands: [
            "aws rds modify-db-instance --db-instance-identifier orders-1 --ca-certificate-identifier rds-ca-rsa2048-g1 --apply-immediately --region us-east-2",
          ],
        },
      ],
    ],
    [
      "IAM, which waits",
      {
        IAMDatabaseAuthenticationEnabled: false,
        PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true },
      },
      {},
      [
        {
          does: "Turn IAM authentication on: it is off until the maintenance window (sun:04:00-sun:04:30, UTC).",
          costs: "Costs nothing: no restart, and passwords go on working.",
          commands: [
            `${on} --enable-iam-database-authentication --apply-immediately --region us-east-2`,
          ],
        },
      ],
    ],
    [
      "a value that takes effect at once",
      {},
      {
        parameters: parametersWith({ ...postgresParameters, "rds.iam_auth_for_replication": "0" }),
      },
      [
        {
          does: "Set rds.iam_auth_for_replication to 1 (it is 0) in orders-pg16.",
          costs:
            "Costs nothing: it takes effect at once. Every cluster that uses the group gets these values.",
          commands: [
            `${setIn} orders-pg16 --parameters ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=immediate --region us-east-2`,
          ],
        },
      ],
    ],
    [
      "two values, one of which takes a reboot",
      {},
      { parameters: parametersWith({ "rds.iam_auth_for_replication": undefined }) },
      [
        {
          does: "Set rds.logical_replication to 1 (it is not set), rds.iam_auth_for_replication to 1 (it is not set) in orders-pg16.",
          costs:
            "Costs the reboot below: until then what is static stays as it is. Every cluster that uses the group gets these values.",
          commands: [
            `${setIn} orders-pg16 --parameters ParameterName=rds.logical_replication,ParameterValue=1,ApplyMethod=pending-reboot ParameterName=rds.iam_auth_for_replication,ParameterValue=1,ApplyMethod=immediate --region us-east-2`,
          ],
        },
        rebootWriter,
        rebootReader,
      ],
    ],
    [
      "the reboot of the writer alone",
      {
        DBClusterMembers: [
          member("orders-2", false, "in-sync"),
          member("orders-1", true, "pending-reboot"),
        ],
      },
      {},
      [
        {
          ...rebootWriter,
          does: "Reboot the writer, orders-1, whose parameters are pending a reboot.",
        },
      ],
    ],
    [
      "the reboot of readers",
      {
        DBClusterMembers: [
          member("orders-1", true, "in-sync"),
          member("orders-2", false, "pending-reboot"),
          member("orders-3", false, "pending-reboot"),
        ],
      },
      {},
      [
        {
          does: "Reboot orders-2, orders-3, whose parameters are pending a reboot: a reader that is promoted must stream as well.",
          costs: rebootReader.costs,
          commands: [reboot("orders-2"), reboot("orders-3")],
        },
      ],
    ],
    ["nothing that follows from values which are not known", {}, { parameters: undefined }, []],
  ])("%s", (_what, differences, around, steps) => {
    const found = read({ ...postgresCluster, ...differences }, around);
    expect(found.misfits).toEqual([]);
    expect(found.steps).toEqual(steps);
  });

  test("a parameter group of one's own, whether AWS's values were told or not", () => {
    const cluster = { ...postgresCluster, DBClusterParameterGroup: "default.aurora-postgresql16" };
    const { steps } = read(cluster, { parameters: undefined });
    expect(steps).toHaveLength(5);
    expect(steps[0]?.commands).toEqual([
      "aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name orders-cdc --db-parameter-group-family aurora-postgresql16 --description 'orders, with change data capture' --region us-east-2",
    ]);
    expect(read(cluster, { parameters: parametersWith({}) }).steps).toEqual(steps);
  });

  test("of MySQL, what its engine takes by itself is not", () => {
    const cluster = {
      ...mysqlCluster,
      DBClusterParameterGroup: "orders-mysql8",
      IAMDatabaseAuthenticationEnabled: true,
    };
    const steps = (values: Record<string, string | undefined>) =>
      read(cluster, { parameters: parametersWith({ ...mysqlParameters, ...values }) }).steps.map(
        ({ does }) => does,
      );
    expect(steps({ binlog_format: "row", binlog_row_image: "full" })).toEqual([]);
    expect(steps({ binlog_format: "ROW" })).toEqual([]);
    expect(steps({ binlog_format: "MIXED", binlog_row_image: "MINIMAL" })).toEqual([
      "Set binlog_format to ROW (it is MIXED), binlog_row_image to FULL (it is MINIMAL) in orders-mysql8.",
      rebootWriter.does,
      rebootReader.does,
    ]);
  });
});

describe("A remark tells", () => {
  const remark = (start: string, differences: object, around: object = {}) =>
    read({ ...postgresCluster, ...differences }, around).remarks.filter((one) =>
      one.startsWith(start),
    );

  test.each<[string, string, object, object, string[]]>([
    [
      "of PostgreSQL 14 what it lacks",
      "Engine",
      { EngineVersion: "14.17" },
      {},
      [
        "Engine: aurora-postgresql 14.17, which postgres_cdc reads. The module: `rpcn-aurora synth --aurora existing --engine postgres`. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes.",
      ],
    ],
    [
      "who reaches a private writer",
      "Address",
      {},
      { instances: instances.map((one) => ({ ...one, PubliclyAccessible: false })) },
      [
        "Address: orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com:5432, which is private: pipelines of a BYOC cluster reach it only by a private way that the Redpanda cluster allows; a host of your own in its VPC (`--topology ec2`) needs none.",
      ],
    ],
    [
      "no more of the address than AWS does",
      "Address",
      {},
      { instances: undefined },
      ["Address: orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com:5432."],
    ],
    [
      "that there is no group",
      "Security group",
      { VpcSecurityGroups: [] },
      {},
      ["Security groups: AWS names none."],
    ],
    [
      "rules at the cluster's own port alone",
      "Security group",
      { Port: 6000 },
      {},
      ["Security group: sg-0a1b2c3d4e5f60718 (orders-db)."],
    ],
    [
      "nothing of a group that AWS does not tell",
      "Security group",
      {},
      { securityGroups: undefined },
      ["Security group: sg-0a1b2c3d4e5f60718."],
    ],
    [
      "the group without values that are not known",
      "Parameter group",
      {},
      { parameters: undefined },
      ["Parameter group: orders-pg16, your own, in-sync."],
    ],
    [
      "of Serverless v2 its size",
      "Serverless",
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 } },
      {},
      ["Serverless v2: 0.5 to 4 ACU."],
    ],
    [
      "what a switchover of the global database does",
      "Global",
      {},
      globalOf(["orders", true]),
      [
        "Global database: primary of world. A switchover to another region ends the stream: its position is in this cluster.",
      ],
    ],
    [
      "no more of an instance than AWS does",
      "Writer",
      {},
      { instances: undefined },
      ["Writer: orders-1, parameters in-sync."],
    ],
    [
      "encryption by RDS's own key",
      "Encryption",
      { KmsKeyId: undefined },
      {},
      ["Encryption: on. The pipeline needs no right to the key."],
    ],
    [
      "what was not looked at",
      "Not looked at",
      {},
      { untold: ["x is denied."] },
      ["Not looked at: x is denied."],
    ],
  ])("%s", (_what, start, differences, around, remarks) => {
    expect(remark(start, differences, around)).toEqual(remarks);
  });
});

describe("The module", () => {
  const project = join(__dirname, "../../../..");

  test("has every variable that gets a value", () => {
    const folder = join(project, "tfvars/existing");
    const { values } = read(postgresCluster);
    const names = values.map(({ name }) => name);
    expect(names).toHaveLength(6);
    for (const file of readdirSync(folder)) {
      const example = readFileSync(join(folder, file), "utf8");
      const declared = [...example.matchAll(/^(\w+) *=/gm)].map(([, name]) =>
        name?.replace("db_master_username", "db_username"),
      );
      expect(declared).toEqual(expect.arrayContaining(names));
    }
  });

  test("calls its rules what they are recognised by", () => {
    const difference = readFileSync(
      join(project, "__snapshots__/flags/aurora-postgres--aurora-existing.diff"),
      "utf8",
    );
    expect(difference).toContain(`description       = "${ruleDescription}"`);
  });
});
