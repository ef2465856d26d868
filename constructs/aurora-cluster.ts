import { RdsCluster, type RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import {
  RdsClusterInstance,
  type RdsClusterInstanceConfig,
} from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Profile } from "../choices";
import type { Engine, Names } from "../engines/engine";
import type { MasterVariables } from "../variables/database";
import type { WatchedCluster } from "./alarms";
import { EngineVersion } from "./engine-version";
import { LogGroups } from "./log-groups";
import { ManagedSecret } from "./managed-secret";
import { MonitoringRole } from "./monitoring-role";
import { ParameterGroup } from "./parameter-group";
import type { PasswordSecret } from "./password-secret";
import type { Kept } from "./unlock-override";

export interface AuroraClusterProps {
  readonly engine: Engine;
  readonly names: Names;
  /** Whether it is there to try, or to last: then with a second instance, in another zone. */
  readonly profile: Profile;
  /** Availability zones of the subnets: a Terraform expression, a list. */
  readonly zones: string;
  /** Further lines for the comment above the parameter group. */
  readonly parameterGroupComment: string;
  readonly master: MasterVariables;
  /** Whether SQL can be run by the RDS Data API, which wants the master password in Secrets Manager. */
  readonly hasDataApi: boolean;
  readonly subnetGroupName: string;
  /** The way to it, which must outlive every connection. */
  readonly reachable: readonly ITerraformDependable[];
  readonly securityGroupId: string;
  /** Private networks that it is in: an expression, a list. @default - it has a public address */
  readonly privateNetworks?: string;
  /** What else one topology says of the cluster. */
  readonly cluster: Partial<RdsClusterConfig>;
  /** Why, by argument. @default - no further comments */
  readonly clusterComments?: Record<string, string>;
  /** What else one topology says of each instance, and why, by argument. */
  readonly instance: Partial<RdsClusterInstanceConfig> & { readonly instanceClass: string };
  readonly instanceComments: Record<string, string>;
}

/** What is known of a cluster, whoever made it. */
export type Cluster = Pick<AuroraCluster, Exclude<keyof AuroraCluster, keyof Construct>>;

/**
 * An encrypted cluster with its instances, its parameter group and its log groups, ready for CDC under
 * IAM logins: what both topologies have in common.
 */
export class AuroraCluster extends Construct {
  /** Writer endpoint: binary log and replication slots exist there only. */
  readonly endpoint: string;
  readonly readerEndpoint: string;
  /** TCP port. */
  readonly port: string;
  /** Such as `demo-aurora-pg`; names the cluster for people, not in IAM. */
  readonly identifier: string;
  /**
   * Immutable id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`: what IAM knows the cluster by.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
   */
  readonly resourceId: string;
  readonly arn: string;
  /** Where the password of its master user is, if RDS keeps it. */
  readonly secret: PasswordSecret;
  /** What Terraform refuses to destroy. */
  readonly kept: readonly Kept[];
  readonly watched: WatchedCluster;
  /** Private networks that it is in: an expression, a list. @default - it has a public address */
  readonly privateNetworks?: string;
  /** What must be up before anyone connects. */
  readonly ready: readonly ITerraformDependable[];
  /** What else must be there as long as a client may connect. */
  readonly reachable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    super(scope, id);
    const { engine, names, master } = props;
    const { cluster: identifier, addresses } = names;
    const lasts = props.profile === "production";

    const version = new EngineVersion(this, "engine-version", {
      engine,
      clusterIdentifier: identifier,
    });
    const parameterGroup = new ParameterGroup(this, "parameter-group", {
      engine,
      names,
      comment: props.parameterGroupComment,
      hasLogLimit: lasts,
    });
    const logs = new LogGroups(this, "log-groups", {
      clusterIdentifier: identifier,
      logExports: engine.logExports,
      ...(lasts
        ? { retentionInDays: 365, kmsKeyId: "${var.logs_kms_key_arn}" }
        : { retentionInDays: 30 }),
    });

    const cluster = new RdsCluster(this, `aws_rds_cluster.${addresses.cluster}`, {
      clusterIdentifier: identifier,
      engine: engine.auroraEngine,
      engineVersion: "${var.engine_version}",
      databaseName: "${var.db_name}",
      masterUsername: `\${var.${master.user}}`,
      ...(props.hasDataApi ? dataApi : ownPassword(master)),
      iamDatabaseAuthenticationEnabled: true,
      dbSubnetGroupName: props.subnetGroupName,
      vpcSecurityGroupIds: [props.securityGroupId],
      dbClusterParameterGroupName: parameterGroup.name,
      enabledCloudwatchLogsExports: [...engine.logExports],
      storageEncrypted: true,
      applyImmediately: true,
      skipFinalSnapshot: true,
      tags: { Name: identifier },
      dependsOn: [...logs.ready],
      ...props.cluster,
      ...(lasts ? lasting(identifier) : {}),
      lifecycle: { preventDestroy: lasts || undefined, precondition: [...version.preconditions] },
    });
    layout(cluster, {
      comments: {
        ...(props.hasDataApi
          ? { enable_http_endpoint: "The RDS Data API, which logs in with RDS's own secret." }
          : {
              manage_master_user_password:
                "Null and not false: the provider refuses either beside a password of one's own.",
              master_password_wo: "Write-only: neither the plan nor the state holds the password.",
            }),
        apply_immediately:
          "Otherwise a change waits for the maintenance window, and every plan until then shows it again.",
        ...(lasts
          ? lastingComments
          : {
              skip_final_snapshot:
                "A demonstration: destroy deletes the data as well, and nothing prevents it.",
            }),
        ...props.clusterComments,
      },
    });
    this.kept = lasts ? [{ address: cluster.node.id, ...deletable }] : [];
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.port = String(engine.port);
    this.identifier = cluster.clusterIdentifier;
    this.resourceId = cluster.clusterResourceId;
    this.arn = cluster.arn;

    const monitoring = lasts
      ? new MonitoringRole(this, "monitoring-role", {
          clusterIdentifier: identifier,
          clusterArn: cluster.arn,
        })
      : undefined;
    const common = {
      clusterIdentifier: cluster.id,
      engine: cluster.engine,
      engineVersion: cluster.engineVersion,
      publiclyAccessible: true,
      applyImmediately: true,
      autoMinorVersionUpgrade: false,
      ...props.instance,
      ...(monitoring
        ? {
            ...monitored(monitoring.arn),
            dependsOn: [...(props.instance.dependsOn ?? []), ...monitoring.ready],
          }
        : {}),
    };
    const instance = new RdsClusterInstance(
      this,
      `aws_rds_cluster_instance.${addresses.instance}`,
      { ...common, identifier: `${identifier}-1`, tags: { Name: names.instanceTag } },
    );
    layout(instance, {
      comments: {
        auto_minor_version_upgrade:
          "Otherwise AWS would upgrade the instance, and the next plan would go back to engine_version.",
        ...props.instanceComments,
      },
    });
    if (lasts) {
      const second = new RdsClusterInstance(this, "aws_rds_cluster_instance.second", {
        ...common,
        identifier: `${identifier}-2`,
        availabilityZone: `\${[for zone in ${props.zones} : zone if zone != ${instance.fqn}.availability_zone][0]}`,
        tags: { Name: `${identifier}-2` },
        lifecycle: { ignoreChanges: ["availability_zone"] },
      });
      layout(second, {
        comment:
          "Takes over when the first one fails, in a minute or less: the replication slot and the binary log are the cluster's, and go along.",
        comments: {
          availability_zone: "Any but the first one's. AWS could choose the same.",
          lifecycle: "Decided once: an instance that moves is replaced.",
        },
      });
    }
    this.secret = new ManagedSecret(this, "managed-secret", {
      clusterIdentifier: cluster.clusterIdentifier,
      cluster,
      isManaged: props.hasDataApi,
    }).secret;
    const isServerless = props.instance.instanceClass === "db.serverless";
    this.watched = {
      name: identifier,
      identifier: this.identifier,
      classes: { serverless: String(isServerless), provisioned: String(!isServerless) },
      log: { group: logs.refusals },
    };
    this.ready = [instance];
    this.reachable = props.reachable;
    this.privateNetworks = props.privateNetworks;
  }
}

/** What is lost by mistake otherwise, what encrypts it, and what tells why it was slow. */
function lasting(identifier: string): Partial<RdsClusterConfig> {
  return {
    deletionProtection: Token.asAny("${var.deletion_protection}"),
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${identifier}-final-\${var.final_snapshot_number}`,
    backupRetentionPeriod: Token.asNumber("${var.backup_retention_days}"),
    copyTagsToSnapshot: true,
    kmsKeyId: "${var.storage_kms_key_arn}",
    databaseInsightsMode: "${var.database_insights_mode}",
    ...insights,
  };
}

const deletable = {
  isDeletable: "!var.deletion_protection",
  madeSo: "deletion_protection = false",
};

const lastingComments = {
  database_insights_mode: "AWS takes advanced only with Performance Insights kept for 465 days.",
  lifecycle:
    "No plan destroys or replaces it, until the text of the output unlock_override is there.",
};

/** The same at the cluster, which hands it on, and at its instances, of which a plan would take it back. */
const insights = {
  performanceInsightsEnabled: true,
  performanceInsightsKmsKeyId: "${var.performance_insights_kms_key_arn}",
  performanceInsightsRetentionPeriod: Token.asNumber(
    '${var.database_insights_mode == "advanced" ? 465 : 7}',
  ),
};

function monitored(monitoringRoleArn: string): Partial<RdsClusterInstanceConfig> {
  return {
    caCertIdentifier: "${var.ca_certificate_identifier}",
    monitoringInterval: 60,
    monitoringRoleArn,
    ...insights,
  };
}

const dataApi: Partial<RdsClusterConfig> = {
  manageMasterUserPassword: true,
  enableHttpEndpoint: true,
};

function ownPassword({ password }: MasterVariables): Partial<RdsClusterConfig> {
  return {
    manageMasterUserPassword: Token.asAny("${var.manage_master_password ? true : null}"),
    masterPasswordWo: `\${var.${password}}`,
    masterPasswordWoVersion: Token.asNumber(
      `\${var.manage_master_password ? null : var.${password}_version}`,
    ),
  };
}
