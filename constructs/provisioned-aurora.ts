import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { LogGroups } from "./log-groups";
import { ParameterGroup } from "./parameter-group";

export interface ProvisionedAuroraProps {
  readonly engine: Engine;
  readonly securityGroupId: string;
}

/** A cluster with one provisioned instance, in subnets that are there. */
export class ProvisionedAurora extends Construct {
  readonly endpoint: string;
  readonly readerEndpoint: string;
  /** Immutable id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`: what IAM knows the cluster by. */
  readonly resourceId: string;

  constructor(scope: Construct, id: string, props: ProvisionedAuroraProps) {
    super(scope, id);
    const { engine } = props;
    const { ec2 } = engine;
    layout(this, { file: "database.tf", section: "Database" });

    const subnet = new DataAwsSubnet(this, "aws_subnet.db", {
      id: "${each.value}",
      lifecycle: {
        postcondition: [
          {
            condition: "${self.vpc_id == var.vpc_id}",
            errorMessage:
              "db_subnet_ids: ${self.id} is in ${self.vpc_id}, not in vpc_id, which is ${var.vpc_id}.",
          },
        ],
      },
    });
    subnet.addOverride("for_each", "${toset(var.db_subnet_ids)}");

    const subnetGroup = new DbSubnetGroup(this, "aws_db_subnet_group.aurora_subnets", {
      name: ec2.subnetGroup,
      subnetIds: Token.asList("${var.db_subnet_ids}"),
      tags: { Name: ec2.subnetGroupTag },
      lifecycle: {
        precondition: [
          {
            condition:
              "${length(distinct([for subnet in data.aws_subnet.db : subnet.availability_zone])) >= 2}",
            errorMessage:
              "db_subnet_ids: all of ${jsonencode(var.db_subnet_ids)} are in one zone. Aurora wants subnets in two zones at least.",
          },
        ],
      },
    });

    const parameterGroup = new ParameterGroup(this, "parameter-group", {
      engine,
      address: ec2.parameterGroupAddress,
      name: `${ec2.cluster}-${engine.parameterGroup.major}`,
      comment:
        "A cluster that is given the group later must be rebooted once: `aws rds reboot-db-instance`.",
    });
    const logs = new LogGroups(this, "log-groups", {
      clusterIdentifier: ec2.cluster,
      logExports: engine.logExports,
    });

    const cluster = new RdsCluster(this, `aws_rds_cluster.${ec2.clusterAddress}`, {
      clusterIdentifier: ec2.cluster,
      engine: engine.auroraEngine,
      engineVersion: "${var.engine_version}",
      databaseName: "${var.db_name}",
      masterUsername: "${var.db_master_username}",
      masterPasswordWo: "${var.db_master_password}",
      masterPasswordWoVersion: Token.asNumber("${var.db_master_password_version}"),
      iamDatabaseAuthenticationEnabled: true,
      dbSubnetGroupName: subnetGroup.name,
      vpcSecurityGroupIds: [props.securityGroupId],
      dbClusterParameterGroupName: parameterGroup.name,
      enabledCloudwatchLogsExports: [...engine.logExports],
      storageEncrypted: true,
      backupRetentionPeriod: 1,
      preferredBackupWindow: "03:00-04:00",
      applyImmediately: true,
      skipFinalSnapshot: true,
      tags: { Name: ec2.cluster },
      dependsOn: [logs.groups],
    });
    layout(cluster, {
      comments: {
        master_password_wo: "Write-only: neither the plan nor the state holds the password.",
        apply_immediately:
          "Otherwise a change waits for the maintenance window, and every plan until then shows it again.",
        skip_final_snapshot: "A demonstration: destroy takes the data with it.",
      },
    });
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.resourceId = cluster.clusterResourceId;

    const instance = new RdsClusterInstance(
      this,
      `aws_rds_cluster_instance.${ec2.instanceAddress}`,
      {
        identifier: `${ec2.cluster}-1`,
        clusterIdentifier: cluster.id,
        engine: cluster.engine,
        engineVersion: cluster.engineVersion,
        instanceClass: "${var.instance_class}",
        dbSubnetGroupName: subnetGroup.name,
        publiclyAccessible: true,
        applyImmediately: true,
        autoMinorVersionUpgrade: false,
        tags: { Name: `${ec2.cluster}-instance` },
      },
    );
    layout(instance, {
      comments: {
        publicly_accessible:
          "Reachable from outside where the subnets are public; the security group lets in the listed networks alone.",
        auto_minor_version_upgrade:
          "AWS would upgrade the instance, and the next plan would want the version of engine_version back.",
      },
    });
  }
}
