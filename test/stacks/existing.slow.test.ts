import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Flags } from "../combinations";
import { codeBelow } from "../docs/markdown";
import { type DbCluster, readyCluster, where } from "../existing-aurora";
import { fitting, valuesFor, workspaceOf } from "../module-workspace";
import { generate } from "../releases/upgraded";
import { client } from "../sql/server";
import type { CloudObject } from "../standin/cloud";
import { describeWithTerraform } from "../standin/judges";
import type { Result } from "../standin/terraform";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { declarations } from "../variables/declarations";

const page = "docs/existing-cluster.md";

/** A cluster that somebody may have, and what a plan says of it. */
interface Shape {
  /** What is otherwise than with one that is ready in every respect. */
  readonly cluster?: Partial<DbCluster>;
  /** Whether no cluster has that identifier. @default false */
  readonly isGone?: boolean;
  readonly variables?: Record<string, unknown>;
  /** Every error, as whole messages; `<name>` stands for the cluster's identifier. @default - none: it is planned */
  readonly refused?: readonly string[];
  /** The same of every warning. @default - none */
  readonly warned?: readonly string[];
  /** What is made in CloudWatch. @default - nothing */
  readonly alarms?: readonly string[];
}

const cluster = "--db-cluster-identifier <name> --region us-east-2";
const group = "--db-cluster-parameter-group-name <name>-cdc";
const given = 'cluster_identifier is "<name>"';
const groups = ["sg-0a1b2c3d4e5f67890", "sg-1a1b2c3d4e5f67890"];

const iamOff = `${given}, where IAM database authentication is off. Switch it on, which interrupts nothing: aws rds modify-db-cluster --enable-iam-database-authentication --apply-immediately ${cluster}.`;
const serverlessV1 = (engine: string) =>
  `${given}, with engine mode serverless, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine ${engine} --db-cluster-identifier <new cluster> --region us-east-2.`;
const replica = `${given}, a replica of arn:aws:rds:eu-west-1:111122223333:cluster:source. Rows must be read where they are written: set cluster_identifier to the source, with its region and account.`;
const noInstance = (engine: string) =>
  `${given}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier <name>-1 --db-instance-class db.serverless --engine ${engine} ${cluster}.`;
const otherVersion = (version: string, allowed: string) =>
  `${given}, which runs ${version}. It must be ${allowed}. Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately ${cluster}, which takes minutes without the database.`;
const severalGroups = `${given}, which has 2 security groups: ${groups.join(", ")}. Set security_group_id to the one that may get a rule for Redpanda, or manage_ingress = false where you let Redpanda in yourself.`;
const hidden = (...instances: string[]) =>
  `Without a public address: ${instances.map((one) => `<name>-${one}`).join(", ")}. Redpanda's NAT gateways reach such an instance only by a private path, such as a peering or a transit gateway: synthesize with --network routed. If there is none: aws rds modify-db-instance --db-instance-identifier <instance> --publicly-accessible --apply-immediately --region us-east-2, in subnets with a route to an internet gateway.`;
const gone = (engine: string) =>
  `${given}, and us-east-2 has no such cluster in the account of aws_profile. Those there are: \`aws rds describe-db-clusters --region us-east-2 --filters Name=engine,Values=${engine} --query 'DBClusters[].DBClusterIdentifier'\`.`;
const ownGroup = (family: string, parameters: Record<string, string>) => {
  const list = Object.entries(parameters).map(
    ([name, value]) => `ParameterName=${name},ParameterValue=${value},ApplyMethod=pending-reboot`,
  );
  return `${given}, with AWS's own parameter group default.${family}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group ${group} --db-parameter-group-family ${family} --description CDC --region us-east-2; aws rds modify-db-cluster-parameter-group ${group} --parameters ${list.join(" ")} --region us-east-2; aws rds modify-db-cluster ${group} --apply-immediately ${cluster}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region us-east-2.`;
};
const otherEngine = (runs: string, ours: string, instead: string) =>
  `${given}, which runs ${runs}, and this module reads ${ours}. ${instead}`;

const postgresVersions =
  "a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on)";
const mysqlVersions =
  "a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 requires) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7";
const multiAz =
  "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own.";
const ofPostgres = "Aurora PostgreSQL (aurora-postgresql) by postgres_cdc";
const ofMysql = "Aurora MySQL (aurora-mysql) by mysql_cdc";
const postgresDefaults = {
  "rds.logical_replication": "1",
  "rds.iam_auth_for_replication": "1",
};
const mysqlDefaults = {
  binlog_format: "ROW",
  binlog_row_image: "FULL",
};

const topics = ["arn:aws:sns:us-east-2:790616983188:on-call"];
const alarmsOn = (...names: string[]) =>
  names.map((name) => `aws_cloudwatch_metric_alarm.aurora["${name}"]`);
const ofSlots = alarmsOn("slot-lag", "wal-size", "slot-files", "connections", "replica-lag");
const ofRefusedTokens = [
  "aws_cloudwatch_log_metric_filter.refused_tokens[0]",
  "aws_cloudwatch_metric_alarm.refused_tokens[0]",
];
const notLogged =
  'There is no log group /aws/rds/cluster/<name>/iam-db-auth-error in us-east-2, so no alarm is made of refused tokens. Let the cluster write the log, which interrupts nothing: aws rds modify-db-cluster --db-cluster-identifier <name> --cloudwatch-logs-export-configuration \'{"EnableLogTypes":["iam-db-auth-error"]}\' --region us-east-2. Its group is there from the first line on: apply again then, or create it: aws logs create-log-group --log-group-name /aws/rds/cluster/<name>/iam-db-auth-error --region us-east-2.';

/** By the module that is planned, and by what the cluster is. */
const shapes: Record<string, Record<string, Shape>> = {
  "aurora-postgres": {
    "ready in every respect": {},
    "PostgreSQL 14": {
      cluster: { EngineVersion: "14.22" },
      warned: [
        "<name> runs 14.22. Redpanda Connect's heartbeats do not move a replication slot of PostgreSQL 14, so the write-ahead log grows without end while no listed table changes. Upgrade the cluster, or let a job of yours change a row of a listed table every few minutes.",
      ],
    },
    "PostgreSQL 15": { cluster: { EngineVersion: "15.10" } },
    "PostgreSQL 18": { cluster: { EngineVersion: "18.3" } },
    "PostgreSQL 13": {
      cluster: { EngineVersion: "13.20" },
      refused: [otherVersion("13.20", postgresVersions)],
    },
    "two instances": { cluster: { DBClusterMembers: { one: true, two: true } } },
    "a reader without a public address": {
      cluster: { DBClusterMembers: { one: true, two: false } },
      warned: [hidden("two")],
    },
    private: {
      cluster: { DBClusterMembers: { one: false, two: false } },
      warned: [hidden("one", "two")],
    },
    "encrypted with a customer's key": {
      cluster: { KmsKeyId: "arn:aws:kms:us-east-2:111122223333:key/own" },
    },
    "not encrypted": { cluster: { StorageEncrypted: false } },
    "another port": { cluster: { Port: 6432 } },
    "a master password that RDS manages": {
      cluster: {
        MasterUserSecret: {
          SecretArn: "arn:aws:secretsmanager:us-east-2:111122223333:secret:rds!cluster-1",
          SecretStatus: "active",
        },
      },
    },
    "no master password, IAM alone": { cluster: { MasterUsername: "" } },
    "I/O-Optimized, and AWS tells no scalability type": {
      cluster: { ClusterScalabilityType: undefined },
    },
    "IAM authentication off": {
      cluster: { IAMDatabaseAuthenticationEnabled: false },
      refused: [iamOff],
    },
    "AWS's own parameter group": {
      cluster: { DBClusterParameterGroup: "default.aurora-postgresql16", EngineVersion: "16.8" },
      refused: [ownGroup("aurora-postgresql16", postgresDefaults)],
    },
    "as the console makes it, in every respect": {
      cluster: {
        IAMDatabaseAuthenticationEnabled: false,
        DBClusterParameterGroup: "default.aurora-postgresql17",
        DBClusterMembers: { one: false },
      },
      refused: [iamOff, ownGroup("aurora-postgresql17", postgresDefaults)],
    },
    "Serverless v1": {
      cluster: { EngineMode: "serverless", DBClusterMembers: {} },
      refused: [serverlessV1("aurora-postgresql"), noInstance("aurora-postgresql")],
    },
    Limitless: {
      cluster: { ClusterScalabilityType: "limitless", EngineVersion: "16.8-limitless" },
      refused: [
        `${given}, an Aurora Limitless Database, whose shards have no common log: Redpanda Connect cannot stream from it. Choose a cluster of scalability type standard.`,
      ],
    },
    "a replica of another cluster": {
      cluster: {
        ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:source",
      },
      refused: [replica],
    },
    "a global secondary without instances": {
      cluster: { DBClusterMembers: {} },
      refused: [noInstance("aurora-postgresql")],
    },
    "alarms on a provisioned cluster, which writes no log of refused tokens": {
      cluster: { EnabledCloudwatchLogsExports: [] },
      variables: { alarm_topic_arns: topics },
      warned: [notLogged],
      alarms: [...ofSlots, ...alarmsOn("local-storage")],
    },
    "alarms on Serverless v2, which writes that log": {
      cluster: { DBInstanceClass: "db.serverless" },
      variables: { alarm_topic_arns: topics },
      alarms: [...ofSlots, ...alarmsOn("capacity"), ...ofRefusedTokens],
    },
    "several security groups": {
      cluster: { VpcSecurityGroups: groups },
      refused: [severalGroups],
    },
    "several security groups, of which one is named": {
      cluster: { VpcSecurityGroups: groups },
      variables: { security_group_id: groups[1] },
    },
    "several security groups that are left alone": {
      cluster: { VpcSecurityGroups: groups },
      variables: { manage_ingress: false },
    },
    "another security group than the one named": {
      variables: { security_group_id: "sg-2a1b2c3d4e5f67890" },
      refused: [
        'security_group_id is "sg-2a1b2c3d4e5f67890", and <name> has sg-0a1b2c3d4e5f67890. Set it to one of those, or to null where there is only one.',
      ],
    },
    "a rule that is there already": {
      variables: { existing_ingress_cidrs: ["3.139.175.89/32"] },
    },
    "Aurora MySQL": {
      cluster: { Engine: "aurora-mysql", EngineVersion: "8.0.mysql_aurora.3.10.3" },
      refused: [
        otherEngine("aurora-mysql", ofPostgres, "Synthesize the other module: --engine mysql."),
      ],
    },
    "a Multi-AZ cluster of RDS": {
      cluster: { Engine: "postgres", EngineVersion: "17.4", EngineMode: undefined },
      refused: [otherEngine("postgres", ofPostgres, multiAz)],
    },
    Neptune: {
      cluster: { Engine: "neptune", EngineVersion: "1.4.5.0" },
      refused: [otherEngine("neptune", ofPostgres, "Redpanda Connect has other inputs for it.")],
    },
    DocumentDB: {
      cluster: { Engine: "docdb", EngineVersion: "5.0.0" },
      refused: [otherEngine("docdb", ofPostgres, "Redpanda Connect has other inputs for it.")],
    },
    "deleted, or in another region or account": {
      isGone: true,
      refused: [gone("aurora-postgresql")],
    },
  },
  "aurora-mysql": {
    "ready in every respect": {},
    "Aurora MySQL 8.4": { cluster: { EngineVersion: "8.4.mysql_aurora.8.4.7" } },
    "Aurora MySQL 2": {
      cluster: { EngineVersion: "5.7.mysql_aurora.2.11.4" },
      refused: [otherVersion("5.7.mysql_aurora.2.11.4", mysqlVersions)],
    },
    "Serverless v1": {
      cluster: {
        EngineMode: "serverless",
        EngineVersion: "5.7.mysql_aurora.2.11.4",
        DBClusterMembers: {},
      },
      refused: [
        otherVersion("5.7.mysql_aurora.2.11.4", mysqlVersions),
        serverlessV1("aurora-mysql"),
        noInstance("aurora-mysql"),
      ],
    },
    "AWS's own parameter group": {
      cluster: { DBClusterParameterGroup: "default.aurora-mysql8.0" },
      refused: [ownGroup("aurora-mysql8.0", mysqlDefaults)],
    },
    "a binlog replica of another cluster": {
      cluster: {
        ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:source",
      },
      refused: [replica],
    },
    "IAM authentication off": {
      cluster: { IAMDatabaseAuthenticationEnabled: false },
      refused: [iamOff],
    },
    private: { cluster: { DBClusterMembers: { one: false } }, warned: [hidden("one")] },
    "Aurora PostgreSQL": {
      cluster: { Engine: "aurora-postgresql", EngineVersion: "17.4" },
      refused: [
        otherEngine(
          "aurora-postgresql",
          ofMysql,
          "Synthesize the other module: --engine postgres.",
        ),
      ],
    },
    "a Multi-AZ cluster of RDS": {
      cluster: { Engine: "mysql", EngineVersion: "8.0.40", EngineMode: undefined },
      refused: [otherEngine("mysql", ofMysql, multiAz)],
    },
    "deleted, or in another region or account": { isGone: true, refused: [gone("aurora-mysql")] },
  },
  "aurora-postgres-ec2": {
    "ready in every respect": {},
    "alarms on a provisioned cluster, which writes the log of refused tokens": {
      variables: { alarm_topic_arns: topics },
      alarms: [...ofSlots, ...alarmsOn("local-storage"), ...ofRefusedTokens],
    },
    "private, as the host beside it wants it": { cluster: { DBClusterMembers: { one: false } } },
    "several security groups": { cluster: { VpcSecurityGroups: groups }, refused: [severalGroups] },
    "IAM authentication off": {
      cluster: { IAMDatabaseAuthenticationEnabled: false },
      refused: [iamOff],
    },
  },
};

/** One plan for all: each shape has the module to itself, as a child of one root. */
async function plansOf(stack: string, ofStack: Record<string, Shape>) {
  const files = synthesized({
    aurora: "existing",
    ...(stack.endsWith("-ec2") ? { topology: "ec2" } : {}),
  }).get(stack);
  const names = Object.keys(ofStack).map((_, nth) => `shape-${nth}`);
  const ready = readyCluster[stack.startsWith("aurora-mysql") ? "mysql" : "postgres"];
  const clusters = Object.values(ofStack).flatMap(({ cluster: own, isGone }, nth) =>
    isGone ? [] : [named({ ...ready, ...own }, String(names[nth]))],
  );
  const declared = declarations(files?.["variables.tf"] as string);
  const values = Object.entries(valuesFor(stack)).filter(([name]) =>
    declared.some((variable) => variable.name === name),
  );
  const root = {
    module: Object.fromEntries(
      Object.values(ofStack).map(({ variables }, nth) => [
        names[nth],
        {
          source: "./module",
          ...Object.fromEntries(values),
          ...variables,
          cluster_identifier: names[nth],
          ...(stack.endsWith("-ec2") ? {} : { name_prefix: `p${nth}` }),
        },
      ]),
    ),
  };
  await using workspace = await Workspace.create({
    files: {
      "main.tf.json": JSON.stringify(root),
      ...Object.fromEntries(
        Object.entries(files ?? {}).map(([name, text]) => [`module/${name}`, text]),
      ),
    },
    answers: { ...fitting, ...where(...clusters) },
  });
  await workspace.init();
  const plan = await workspace.plan();
  return Object.keys(ofStack).map((_, nth) => said(plan, String(names[nth])));
}

/** A cluster of this name, whose instances have it in theirs: so each message tells whose it is. */
function named({ DBClusterMembers, ...rest }: DbCluster, name: string): DbCluster {
  const members = Object.entries(DBClusterMembers).map(
    ([instance, isPublic]) => [`${name}-${instance}`, isPublic] as const,
  );
  return { ...rest, DBClusterIdentifier: name, DBClusterMembers: Object.fromEntries(members) };
}

/** What a plan says of the cluster of this name, and does in its module. */
function said({ diagnostics, actions }: Result, name: string) {
  const ofCluster = new RegExp(`\\b${name}\\b`);
  const texts = (severity: string) =>
    diagnostics
      // Terraform's, of a provider that a child configures by the environment alone.
      .filter(({ summary }) => summary !== "Redundant empty provider block")
      .filter((one) => one.severity === severity && ofCluster.test(one.detail))
      .map(({ detail }) => detail.split("\n\nThis was checked by")[0] ?? "")
      .sort();
  const prefix = `module.${name}.`;
  const ours = Object.entries(actions).filter(([address]) => address.startsWith(prefix));
  return {
    refused: texts("error"),
    warned: texts("warning"),
    actions: Object.fromEntries(
      ours.map(([address, action]) => [address.slice(prefix.length), action]),
    ),
  };
}

function ruleOf({ state }: CloudObject) {
  const { security_group_id, cidr_ipv4, from_port, to_port, ip_protocol } = state;
  return { security_group_id, cidr_ipv4, from_port, to_port, ip_protocol };
}

describeWithTerraform("A cluster that is there", () => {
  describe.each(Object.entries(shapes))("seen by %s", (stack, ofStack) => {
    let plans: ReturnType<typeof said>[];
    beforeAll(async () => {
      plans = await plansOf(stack, ofStack);
    });

    test.each(Object.entries(ofStack).map(([name, shape], nth) => ({ name, shape, nth })))(
      "$name",
      ({ shape: { refused = [], warned = [], alarms = [] }, nth }) => {
        const asSaid = (texts: readonly string[]) =>
          texts.map((text) => text.replaceAll("<name>", `shape-${nth}`)).sort();
        const { actions, ...texts } = plans[nth] as ReturnType<typeof said>;
        expect(texts).toEqual({ refused: asSaid(refused), warned: asSaid(warned) });
        // Nothing of anybody else's is changed, replaced or destroyed; and a plan that is refused is
        // not applied, whatever else is in it.
        const kinds = new Set(Object.values(actions));
        kinds.delete("read");
        expect([...kinds]).toEqual(["create"]);
        const made = Object.keys(actions).filter((name) => name.startsWith("aws_cloudwatch_"));
        expect(made.sort()).toEqual([...alarms].sort());
      },
    );
  });

  test.each<Flags>([{ engine: "postgres" }, { engine: "mysql", topology: "ec2" }])(
    "is left as it was found, applied, planned again and destroyed: %j",
    async (flags) => {
      await using workspace = await workspaceOf({ ...flags, aurora: "existing" });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      const changed = workspace.calls.filter(({ method }) => method === "ApplyResourceChange");
      expect(changed.filter(({ type }) => /^aws_(rds|db)_/.test(type))).toEqual([]);
      expect(workspace.objectsOf("aws_vpc_security_group_ingress_rule").map(ruleOf)).toEqual([
        {
          security_group_id: "sg-0a1b2c3d4e5f67890",
          cidr_ipv4: flags.engine === "postgres" ? "3.139.175.89/32" : "10.0.1.0/24",
          from_port: flags.engine === "postgres" ? 5432 : 3306,
          to_port: flags.engine === "postgres" ? 5432 : 3306,
          ip_protocol: "tcp",
        },
      ]);
      expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
      expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
      expect([...workspace.objects.values()]).toEqual([]);
    },
  );

  test("that is deleted later is said to be gone, and nothing is planned without it", async () => {
    await using workspace = await workspaceOf({ engine: "postgres", aurora: "existing" });
    await workspace.apply();
    const heal = workspace.onCall(({ method, type }) =>
      method === "ReadDataSource" && type === "aws_rds_clusters"
        ? { state: { id: "us-east-2", filter: [], cluster_identifiers: [], cluster_arns: [] } }
        : undefined,
    );
    const { code, diagnostics } = await workspace.plan();
    expect({ code, details: diagnostics.map(({ detail }) => detail) }).toEqual({
      code: 1,
      details: [gone("aurora-postgresql").replaceAll("<name>", "orders-postgres")],
    });
    heal();
    expect(await workspace.plan()).toMatchObject({ code: 0, actions: {} });
  });

  test("with a rule for Redpanda already is refused another one by AWS, until that network is named", async () => {
    await using workspace = await workspaceOf({ engine: "postgres", aurora: "existing" });
    await workspace.apply();
    await workspace.run(["workspace", "new", "second"]);
    const vars = { name_prefix: "second", rp_sasl_user: "second", slot_name: "second" };
    const { code, diagnostics } = await workspace.apply({ vars });
    expect({ code, details: diagnostics.map(({ detail }) => detail) }).toEqual({
      code: 1,
      details: [
        'operation error EC2: AuthorizeSecurityGroupIngress, https response error StatusCode: 400, api error InvalidPermission.Duplicate: the specified rule "peer: 3.139.175.89/32, TCP, from port: 5432, to port: 5432, ALLOW" already exists',
      ],
    });
    const named = { ...vars, existing_ingress_cidrs: ["3.139.175.89/32"] };
    expect(await workspace.apply({ vars: named })).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.destroy({ vars: named })).toMatchObject({ code: 0, diagnostics: [] });
    expect(workspace.objectsOf("aws_vpc_security_group_ingress_rule")).toHaveLength(1);
  });

  test.each(["aurora-postgres", "aurora-mysql-ec2"])(
    "that %s made is handed over by the page's command, and outlives the module",
    async (stack) => {
      const topology: Flags = stack.endsWith("-ec2") ? { topology: "ec2" } : {};
      await using workspace = await Workspace.create({
        files: synthesized(topology).get(stack) ?? {},
        variables: valuesFor(stack),
        answers: { ...fitting, "data.aws_db_instance": () => ({ publicly_accessible: true }) },
      });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      const made = (type: string) => workspace.objectsOf(type).map(({ state }) => state);
      const isOfOwner = ({ type }: CloudObject) =>
        !/^(?:aws_iam|redpanda|local|terraform)_/.test(type);
      const ofOwner = [...workspace.objects.values()].filter(isOfOwner);
      const [cluster] = made("aws_rds_cluster");

      generate(workspace, synthesized({ ...topology, aurora: "existing" }).get(stack) ?? {});
      const vars = {
        cluster_identifier: cluster?.cluster_identifier,
        existing_ingress_cidrs: stack.endsWith("-ec2") ? ["10.0.1.0/24"] : ["3.139.175.89/32"],
      };
      const { stdout } = await workspace.run(["plan", "-no-color"], { vars });
      const command = codeBelow(page, "How do I hand over a cluster that the module made?", "sh");
      const { code } = await client(
        "sh",
        ["-c", command.replace(/^terraform plan [^|]*/, "cat ")],
        {
          cwd: workspace.dir,
          input: stdout,
        },
      );
      expect(code).toBe(0);

      const destroyed = ({ actions }: Result) =>
        Object.keys(actions).filter((address) => /delete|replace/.test(String(actions[address])));
      const plan = await workspace.plan({ vars });
      expect(destroyed(plan).filter((address) => !address.startsWith("local_file."))).toEqual([]);
      expect(await workspace.apply({ vars })).toMatchObject({ code: 0 });
      rmSync(join(workspace.dir, "handed_over.tf"));
      expect(await workspace.plan({ vars })).toMatchObject({
        code: 0,
        diagnostics: [],
        actions: {},
      });
      expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect([...workspace.objects.values()]).toEqual(ofOwner);
    },
  );

  test("is at least one of forty", () => {
    expect(Object.values(shapes).flatMap(Object.keys).length).toBeGreaterThanOrEqual(40);
  });
});
