import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { DataAwsDbSubnetGroup } from "@cdktf/provider-aws/lib/data-aws-db-subnet-group";
import { DataAwsRdsCluster } from "@cdktf/provider-aws/lib/data-aws-rds-cluster";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Chosen, DatabaseChoices, Topology } from "../choices";
import { engines } from "../engines";
import type { Engine } from "../engines/engine";
import { connectsItself, type MasterVariables, master } from "../variables/database";
import { redpandaNetworks } from "../variables/network";
import type { WatchedCluster } from "./alarms";
import type { Cluster } from "./aurora-cluster";
import { type Assertion, Check } from "./check";
import { ExistingCluster } from "./existing-cluster";
import { ExistingLog } from "./existing-log";
import { IngressRules } from "./ingress-rules";
import { PasswordSecret } from "./password-secret";

export interface ExistingAuroraProps {
  readonly engine: Engine;
  readonly topology: Topology;
  readonly choices: Pick<DatabaseChoices, "database">;
  /** How a pipeline of Redpanda's comes. @default - it runs on a host of one's own */
  readonly network?: Chosen<"network">;
}

/**
 * A cluster that is there and somebody else's: nothing of it is changed, and what AWS says of it is
 * judged before anything is made. What only the database itself knows, such as the values in effect
 * of its parameters, the setup SQL judges.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html
 */
export class ExistingAurora extends Construct implements Cluster {
  readonly endpoint: string;
  readonly readerEndpoint: string;
  readonly port: string;
  readonly identifier: string;
  readonly resourceId: string;
  readonly arn: string;
  readonly secret: PasswordSecret;
  readonly kept = [];
  readonly watched: WatchedCluster;
  readonly ready: readonly ITerraformDependable[];
  readonly reachable: readonly ITerraformDependable[];
  readonly privateNetworks?: string;

  constructor(scope: Construct, id: string, props: ExistingAuroraProps) {
    super(scope, id);
    const { engine, topology, choices, network } = props;
    const names = engine.names[topology];
    const address = names.addresses.cluster;
    const administrator = master[topology];
    layout(this, { file: "database.tf", section: "Database" });

    const { exists } = new ExistingCluster(this, "existing", {
      clusterIdentifier: "${var.cluster_identifier}",
      comment:
        "Asked first, because of a cluster that is not there AWS's answer does not say where.",
    });
    const instead = new TerraformLocal(this, "local.instead", insteadOf(engine));
    layout(instead, { comment: "What reads a cluster of another engine." });
    const cluster = new DataAwsRdsCluster(this, `aws_rds_cluster.${address}`, {
      clusterIdentifier: "${var.cluster_identifier}",
      lifecycle: {
        precondition: [isThere(engine, exists)],
        postcondition: [
          ...fitsConnector(engine),
          ...isOpen(engine),
          ...hasOneGroup,
          ...(connectsItself(choices) ? hasOnePassword(administrator) : []),
          ...(choices.database === "data-api" ? answersDataApi(engine, administrator) : []),
        ],
      },
    });
    layout(cluster, {
      comment: "The cluster, which this module reads and does not change.",
      comments: { lifecycle: "What would fail later, said before anything is made." },
    });
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.port = Token.asString(cluster.port);
    this.identifier = cluster.clusterIdentifier;
    this.resourceId = cluster.clusterResourceId;
    this.arn = cluster.arn;

    this.secret = new PasswordSecret(this, "secret", {
      arn: `var.master_secret_arn != null ? var.master_secret_arn : one([for secret in coalesce(data.aws_rds_cluster.${address}.master_user_secret, []) : secret.secret_arn if data.aws_rds_cluster.${address}.master_username == var.${administrator.user}])`,
      comment: `The secret with the password of ${administrator.user}: the one that is given, or RDS's own of the master user. Null where there is none.`,
    });

    const { outgrown } = engine.version;
    if (outgrown) {
      new Check(this, "check.engine_version", {
        condition: `\${!can(regex("${outgrown.pattern}", data.aws_rds_cluster.${address}.engine_version))}`,
        errorMessage: `\${var.cluster_identifier} runs \${data.aws_rds_cluster.${address}.engine_version}. ${outgrown.why}. ${outgrown.remedy}.`,
      });
    }
    this.declareInstances(address, network !== undefined);
    if (network) this.warnOfInstances(network === "public");
    if (network && network !== "public") this.privateNetworks = this.networksOf(cluster);
    const log = new ExistingLog(this, "refusals", {
      clusterIdentifier: "${var.cluster_identifier}",
      log: "iam-db-auth-error",
    });
    this.watched = {
      name: names.cluster,
      identifier: this.identifier,
      classes: { serverless: hasClass("=="), provisioned: hasClass("!=") },
      log: { group: log.group, isThere: log.isThere },
    };

    this.ready = new IngressRules(this, "ingress", {
      securityGroupIds: `data.aws_rds_cluster.${address}.vpc_security_group_ids`,
      port: cluster.port,
      networks: network
        ? [redpandaNetworks[network], "var.admin_cidrs"]
        : ["var.allowed_cidr_blocks"],
    }).ready;
    this.reachable = this.ready;
  }

  /** Its instances: where nobody comes over the internet, they are asked for their class alone. */
  private declareInstances(address: string, always: boolean): void {
    const members = `data.aws_rds_cluster.${address}.cluster_members`;
    const instance = new DataAwsDbInstance(this, "aws_db_instance.member", {
      dbInstanceIdentifier: "${each.value}",
    });
    instance.addOverride(
      "for_each",
      always
        ? `\${toset(${members})}`
        : `\${toset([for name in ${members} : name if length(var.alarm_topic_arns) > 0])}`,
    );
    layout(instance, {
      comment: always
        ? "Its instances: any of them may be the writer tomorrow."
        : "Its instances, whose classes decide what there is to be watched.",
    });
  }

  /** After a failover any instance may be the writer. */
  private warnOfInstances(overInternet: boolean): void {
    const those = (which: string) =>
      `[for name, instance in data.aws_db_instance.member : name if ${which}]`;
    const hidden = those("!instance.publicly_accessible");
    const shown = those("instance.publicly_accessible");
    const modify =
      "aws rds modify-db-instance --db-instance-identifier <instance> %s --apply-immediately --region ${var.region}";
    new Check(
      this,
      "check.public_access",
      overInternet
        ? {
            condition: `\${length(${hidden}) == 0}`,
            errorMessage: `Without a public address: \${join(", ", ${hidden})}. Redpanda's NAT gateways reach such an instance only by a private path, such as a peering or a transit gateway: synthesize with --network routed. If there is none: ${modify.replace("%s", "--publicly-accessible")}, in subnets with a route to an internet gateway.`,
          }
        : {
            condition: `\${length(${shown}) == 0}`,
            errorMessage: `With a public address: \${join(", ", ${shown})}. Outside of its own VPC the endpoint's name leads there, past the private way, and the security group refuses it. Take the address away, where nobody else uses it: ${modify.replace("%s", "--no-publicly-accessible")}; or let the peering resolve names (allow_remote_vpc_dns_resolution on the database's side).`,
          },
    );
  }

  /** What Redpanda's firewall has to let pipelines reach. */
  private networksOf({ dbSubnetGroupName }: DataAwsRdsCluster): string {
    const group = new DataAwsDbSubnetGroup(this, "aws_db_subnet_group.db", {
      name: dbSubnetGroupName,
    });
    const vpc = new DataAwsVpc(this, "aws_vpc.db", { id: group.vpcId });
    layout(group, { comment: "The networks that it is in." });
    return `data.${vpc.terraformResourceType}.db.cidr_block_associations[*].cidr_block`;
  }
}

/** Expression: whether an instance is, or is not, of Serverless v2. */
const hasClass = (operator: "==" | "!=") =>
  `anytrue([for instance in data.aws_db_instance.member : instance.db_instance_class ${operator} "db.serverless"])`;

const given = "cluster_identifier is ${jsonencode(var.cluster_identifier)}";

/** Ends the command that changes the cluster. */
const ofCluster = "--db-cluster-identifier ${var.cluster_identifier} --region ${var.region}";

function isThere({ auroraEngine }: Engine, exists: string): Assertion {
  return {
    condition: `\${${exists}}`,
    errorMessage: `${given}, and \${var.region} has no such cluster in the account of \${var.aws_profile == null ? "these credentials" : "aws_profile"}. Those there are: \`aws rds describe-db-clusters --region \${var.region} --filters Name=engine,Values=${auroraEngine} --query 'DBClusters[].DBClusterIdentifier'\`.`,
  };
}

/** What to do with a cluster that runs another engine, by what RDS calls it; `others` for the rest. */
function insteadOf({ auroraEngine }: Engine): Record<string, string> {
  const others = engines.filter((one) => one.auroraEngine !== auroraEngine);
  const multiAz =
    "A Multi-AZ cluster of RDS is no Aurora: the same input of Redpanda Connect reads it, with a configuration of your own.";
  return {
    ...Object.fromEntries(
      others.map((one) => [one.auroraEngine, `Synthesize the other module: --engine ${one.flag}.`]),
    ),
    // What RDS calls its own engines.
    ...Object.fromEntries(engines.map(({ flag }) => [flag, multiAz])),
    others: "Redpanda Connect has other inputs for it.",
  };
}

/** What the connector cannot read, whatever is set. */
function fitsConnector({ auroraEngine, product, connector, version }: Engine): Assertion[] {
  const other = `self.engine != "${auroraEngine}"`;
  return [
    {
      condition: `\${self.engine == "${auroraEngine}"}`,
      errorMessage: `${given}, which runs \${self.engine}, and this module reads Aurora ${product} (${auroraEngine}) by ${connector.input}. \${lookup(local.instead, self.engine, local.instead.others)}`,
    },
    {
      condition: `\${${other} || can(regex("${version.pattern}", split("-", self.engine_version)[0]))}`,
      errorMessage: `${given}, which runs \${self.engine_version}. It must be ${version.allowed}. Upgrade it: aws rds modify-db-cluster --engine-version <version> --allow-major-version-upgrade --apply-immediately ${ofCluster}, which takes minutes without the database.`,
    },
    {
      condition: `\${${other} || self.engine_mode == "provisioned"}`,
      errorMessage: `${given}, with engine mode \${self.engine_mode}, which has no log that others may read (Aurora Serverless v1 is one). Restore a snapshot of it as a provisioned or Serverless v2 cluster: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned --snapshot-identifier <snapshot> --engine ${auroraEngine} --db-cluster-identifier <new cluster> --region \${var.region}.`,
    },
    {
      condition: `\${${other} || self.cluster_scalability_type != "limitless"}`,
      errorMessage: `${given}, an Aurora Limitless Database, whose shards have no common log: Redpanda Connect cannot stream from it. Choose a cluster of scalability type standard.`,
    },
    {
      condition: `\${${other} || try(length(self.replication_source_identifier), 0) == 0}`,
      errorMessage: `${given}, a replica of \${self.replication_source_identifier}. Rows must be read where they are written: set cluster_identifier to the source, with its region and account.`,
    },
    {
      condition: `\${${other} || length(self.cluster_members) > 0}`,
      errorMessage: `${given}, which has no instance to connect to. Create one: aws rds create-db-instance --db-instance-identifier \${var.cluster_identifier}-1 --db-instance-class db.serverless --engine ${auroraEngine} ${ofCluster}.`,
    },
  ];
}

/** What the cluster's owner can switch on. */
function isOpen({ auroraEngine, parameterGroup }: Engine): Assertion[] {
  const other = `self.engine != "${auroraEngine}"`;
  const parameters = parameterGroup.parameters
    .filter(({ hardens }) => !hardens)
    .map(
      ({ name, value }) =>
        `ParameterName=${name},ParameterValue=${value},ApplyMethod=pending-reboot`,
    )
    .join(" ");
  const group = "--db-cluster-parameter-group-name ${var.cluster_identifier}-cdc";
  return [
    {
      condition: `\${${other} || self.iam_database_authentication_enabled}`,
      errorMessage: `${given}, where IAM database authentication is off. Switch it on, which interrupts nothing: aws rds modify-db-cluster --enable-iam-database-authentication --apply-immediately ${ofCluster}.`,
    },
    {
      condition: `\${${other} || !startswith(self.db_cluster_parameter_group_name, "default.")}`,
      errorMessage: `${given}, with AWS's own parameter group \${self.db_cluster_parameter_group_name}, whose values nobody can change. Give it one of its own: aws rds create-db-cluster-parameter-group ${group} --db-parameter-group-family \${substr(self.db_cluster_parameter_group_name, 8, -1)} --description CDC --region \${var.region}; aws rds modify-db-cluster-parameter-group ${group} --parameters ${parameters} --region \${var.region}; aws rds modify-db-cluster ${group} --apply-immediately ${ofCluster}; and then, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier <writer> --region \${var.region}.`,
    },
  ];
}

/** Only the owner knows which of several is for clients. */
const hasOneGroup: readonly Assertion[] = [
  {
    condition:
      "${!var.manage_ingress || var.security_group_id != null || length(self.vpc_security_group_ids) == 1}",
    errorMessage: `${given}, which has \${length(self.vpc_security_group_ids)} security groups: \${join(", ", sort(self.vpc_security_group_ids))}. Set security_group_id to the one that may get a rule for Redpanda, or manage_ingress = false where you let Redpanda in yourself.`,
  },
  {
    condition:
      '${!var.manage_ingress || var.security_group_id == null || contains(self.vpc_security_group_ids, coalesce(var.security_group_id, "none"))}',
    errorMessage: `security_group_id is \${jsonencode(var.security_group_id)}, and \${var.cluster_identifier} has \${join(", ", sort(self.vpc_security_group_ids))}. Set it to one of those, or to null where there is only one.`,
  },
];

/** An ephemeral value decides nothing that Terraform plans: so which of two passwords is meant is no choice. */
function hasOnePassword({ user, password }: MasterVariables): Assertion[] {
  const managed = `self.master_username == var.${user} && try(length(self.master_user_secret), 0) > 0`;
  return [
    {
      condition: `\${var.${password} != null || var.master_secret_arn != null || (${managed})}`,
      errorMessage: `${password} is not given, and RDS keeps no password of \${var.${user}} in Secrets Manager. Give it, for example as TF_VAR_${password}, or set master_secret_arn to a secret that has it.`,
    },
    {
      condition: `\${var.${password} == null || var.master_secret_arn == null}`,
      errorMessage: `${password} (not shown) and master_secret_arn are both given. Leave one of them out.`,
    },
    {
      condition: `\${var.${password} == null || var.master_secret_arn != null || !(${managed})}`,
      errorMessage: `${password} (not shown) is given, and RDS keeps the password of \${var.${user}} in Secrets Manager. Leave ${password} out, or set ${user} to another user.`,
    },
  ];
}

/** What the Data API wants. Whether it is switched on, the data source does not say: the first call does. */
function answersDataApi(
  { auroraEngine, version: { withoutDataApi } }: Engine,
  { user }: MasterVariables,
): Assertion[] {
  const other = `self.engine != "${auroraEngine}"`;
  return [
    {
      condition: `\${${other} || !can(regex("${withoutDataApi.pattern}", split("-", self.engine_version)[0]))}`,
      errorMessage: `${given}, which runs \${self.engine_version}, for which AWS has no Data API. It must be ${withoutDataApi.since}: upgrade it, or synthesize with another --database, such as exec.`,
    },
    {
      condition: `\${${other} || var.master_secret_arn != null || (self.master_username == var.${user} && try(length(self.master_user_secret), 0) > 0)}`,
      errorMessage: `${user} is \${jsonencode(var.${user})}, of whom RDS keeps no password in Secrets Manager, and master_secret_arn is null. The Data API logs in with a secret: set master_secret_arn to one of the form {"username": "…", "password": "…"}, or let RDS keep the master password, which changes it: aws rds modify-db-cluster --manage-master-user-password --apply-immediately ${ofCluster}.`,
    },
  ];
}
