import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { LogGroups } from "./log-groups";
import { ParameterGroup } from "./parameter-group";

export interface AuroraProps {
  readonly engine: Engine;
  /** Subnets in two zones at least. */
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** The way to the internet, without which RDS makes no instance with a public address. */
  readonly routes: ITerraformDependable;
}

/** An encrypted Aurora Serverless v2 cluster with one instance, ready for CDC under IAM logins. */
export class Aurora extends Construct {
  /** Writer endpoint: binary log and replication slots exist there only. */
  readonly endpoint: string;
  /** Such as `demo-aurora-pg`; names the cluster for people, not in IAM. */
  readonly identifier: string;
  /**
   * Immutable id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`: what IAM knows the cluster by.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
   */
  readonly resourceId: string;
  /** What must be up before anyone connects. */
  readonly instance: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AuroraProps) {
    super(scope, id);
    const { engine } = props;
    layout(this, { file: "database.tf", section: "Database" });

    const subnetGroup = new DbSubnetGroup(this, "aws_db_subnet_group.db", {
      name: "${var.name_prefix}-db-subnets",
      subnetIds: props.subnetIds,
      tags: { Name: "${var.name_prefix}-db-subnets" },
    });

    const parameterGroup = new ParameterGroup(this, "parameter-group", {
      engine,
      address: engine.parameterGroup.address,
      name: engine.parameterGroup.name,
      comment: "The name in Terraform is the original's: the family follows engine_version.",
    });
    const logs = new LogGroups(this, "log-groups", {
      clusterIdentifier: `\${var.name_prefix}-${engine.nameSuffix}`,
      logExports: engine.logExports,
    });

    const cluster = new RdsCluster(this, "aws_rds_cluster.aurora", {
      clusterIdentifier: `\${var.name_prefix}-${engine.nameSuffix}`,
      engine: engine.auroraEngine,
      engineVersion: "${var.engine_version}",
      engineMode: "provisioned",
      databaseName: "${var.db_name}",
      masterUsername: "${var.db_username}",
      masterPasswordWo: "${var.db_password}",
      masterPasswordWoVersion: Token.asNumber("${var.db_password_version}"),
      iamDatabaseAuthenticationEnabled: true,
      dbSubnetGroupName: subnetGroup.name,
      vpcSecurityGroupIds: [props.securityGroupId],
      dbClusterParameterGroupName: parameterGroup.name,
      enabledCloudwatchLogsExports: [...engine.logExports],
      storageEncrypted: true,
      applyImmediately: true,
      skipFinalSnapshot: true,
      deletionProtection: false,
      serverlessv2ScalingConfiguration: {
        minCapacity: Token.asNumber("${var.serverlessv2_min_acu}"),
        maxCapacity: Token.asNumber("${var.serverlessv2_max_acu}"),
      },
      tags: { Name: `\${var.name_prefix}-${engine.nameSuffix}` },
      dependsOn: [logs.groups],
    });
    layout(cluster, {
      comments: {
        engine_mode:
          "Serverless v2 is a provisioned cluster with instances of class db.serverless.",
        master_password_wo: "Write-only: neither the plan nor the state holds the password.",
        apply_immediately:
          "Otherwise a change waits for the maintenance window, and every plan until then shows it again.",
        skip_final_snapshot:
          "A demonstration: destroy takes the data with it, and nothing protects the cluster from it.",
      },
    });
    this.endpoint = cluster.endpoint;
    this.identifier = cluster.clusterIdentifier;
    this.resourceId = cluster.clusterResourceId;

    const instance = new RdsClusterInstance(this, "aws_rds_cluster_instance.aurora_instance", {
      identifier: `\${var.name_prefix}-${engine.nameSuffix}-1`,
      clusterIdentifier: cluster.id,
      engine: cluster.engine,
      engineVersion: cluster.engineVersion,
      instanceClass: "db.serverless",
      publiclyAccessible: true,
      applyImmediately: true,
      autoMinorVersionUpgrade: false,
      tags: { Name: `\${var.name_prefix}-${engine.nameSuffix}-1` },
      dependsOn: [props.routes],
    });
    layout(instance, {
      comments: {
        publicly_accessible:
          "Redpanda's NAT gateways come over the internet; the security group lets in no one else.",
        auto_minor_version_upgrade:
          "AWS would upgrade the instance, and the next plan would want the version of engine_version back.",
      },
    });
    this.instance = instance;
  }
}
