import type { Value, Values } from "./standin/values";
import type { WorkspaceProps } from "./standin/workspace";

/**
 * A cluster as `describe-db-clusters` shows it, as far as Terraform's data source reads it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html
 */
export interface DbCluster {
  readonly DBClusterIdentifier: string;
  readonly Engine: string;
  readonly EngineVersion: string;
  readonly EngineMode?: string;
  readonly ClusterScalabilityType?: string;
  readonly DbClusterResourceId: string;
  readonly Endpoint?: string;
  readonly ReaderEndpoint?: string;
  readonly Port: number;
  readonly DBClusterParameterGroup: string;
  readonly IAMDatabaseAuthenticationEnabled: boolean;
  readonly ReplicationSourceIdentifier?: string;
  readonly MasterUsername?: string;
  readonly MasterUserSecret?: { readonly SecretArn: string; readonly SecretStatus: string };
  readonly StorageEncrypted?: boolean;
  readonly KmsKeyId?: string;
  readonly VpcSecurityGroups: readonly string[];
  /** Whose group is there. @default - no log is written to CloudWatch */
  readonly EnabledCloudwatchLogsExports?: readonly string[];
  /** Of every instance. @default "db.r6g.large" */
  readonly DBInstanceClass?: string;
  /** Whether each instance has a public address, by identifier. */
  readonly DBClusterMembers: Readonly<Record<string, boolean>>;
}

/** What the two stacks of a topology find: a cluster that is ready for a pipeline, in every respect. */
export const readyCluster: Readonly<Record<"postgres" | "mysql", DbCluster>> = {
  postgres: cluster("orders-postgres", {
    Engine: "aurora-postgresql",
    EngineVersion: "17.4",
    Port: 5432,
    MasterUsername: "postgres",
  }),
  mysql: cluster("orders-mysql", {
    Engine: "aurora-mysql",
    EngineVersion: "8.0.mysql_aurora.3.10.3",
    Port: 3306,
    MasterUsername: "admin",
  }),
};

function cluster(
  name: string,
  own: Pick<DbCluster, "Engine" | "EngineVersion" | "Port" | "MasterUsername">,
): DbCluster {
  const host = "c0123456789a.us-east-2.rds.amazonaws.com";
  return {
    ...own,
    DBClusterIdentifier: name,
    EngineMode: "provisioned",
    ClusterScalabilityType: "standard",
    DbClusterResourceId: `cluster-${name.toUpperCase().replace(/\W/g, "").padEnd(26, "0")}`,
    Endpoint: `${name}.cluster-${host}`,
    ReaderEndpoint: `${name}.cluster-ro-${host}`,
    DBClusterParameterGroup: `${name}-cdc`,
    IAMDatabaseAuthenticationEnabled: true,
    StorageEncrypted: true,
    VpcSecurityGroups: ["sg-0a1b2c3d4e5f67890"],
    EnabledCloudwatchLogsExports: ["iam-db-auth-error"],
    DBClusterMembers: { [`${name}-1`]: true },
  };
}

/**
 * What Terraform's data sources say where there are these clusters and no others. Text that AWS
 * leaves out is empty, and a secret is null, as the real provider's state had it.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/rds/cluster_data_source.go
 */
export function where(...clusters: readonly DbCluster[]): NonNullable<WorkspaceProps["answers"]> {
  const members = new Map(
    clusters.flatMap(({ DBClusterMembers, DBInstanceClass = "db.r6g.large" }) =>
      Object.entries(DBClusterMembers).map(([name, isPublic]) => [
        name,
        { db_instance_class: DBInstanceClass, publicly_accessible: isPublic },
      ]),
    ),
  );
  return {
    "data.aws_rds_clusters": ({ values }) => {
      const asked = JSON.stringify(values.filter ?? null);
      const found = clusters.filter(({ DBClusterIdentifier: name }) => asked.includes(`"${name}"`));
      // Others are the stand-in's to find.
      if (found.length === 0) return {};
      return { cluster_identifiers: found.map((one) => one.DBClusterIdentifier), cluster_arns: [] };
    },
    "data.aws_rds_cluster": ({ values, objects }) => {
      const isOurs = objects("aws_rds_cluster").some(
        ({ cluster_identifier: name }) => name === values.cluster_identifier,
      );
      if (isOurs) return {};
      const found = clusters.find((one) => one.DBClusterIdentifier === values.cluster_identifier);
      if (!found) {
        throw new Error(
          `reading RDS Cluster (${String(values.cluster_identifier)}): couldn't find resource`,
        );
      }
      return asDataSource(found);
    },
    "data.aws_db_instance": ({ values }) =>
      members.get(String(values.db_instance_identifier)) ?? { publicly_accessible: false },
    "data.aws_cloudwatch_log_groups": ({ values }) => {
      const names = clusters
        .flatMap(({ DBClusterIdentifier: name, EnabledCloudwatchLogsExports: logs = [] }) =>
          logs.map((log) => `/aws/rds/cluster/${name}/${log}`),
        )
        .filter((name) => name.startsWith(String(values.log_group_name_prefix)));
      // Others are the stand-in's to find.
      return names.length > 0 ? { log_group_names: names } : {};
    },
  };
}

function asDataSource(found: DbCluster): Values {
  const text = (value: string | undefined): Value => value ?? "";
  return {
    arn: `arn:aws:rds:us-east-2:790616983188:cluster:${found.DBClusterIdentifier}`,
    cluster_identifier: found.DBClusterIdentifier,
    engine: found.Engine,
    engine_version: found.EngineVersion,
    engine_mode: text(found.EngineMode),
    cluster_scalability_type: text(found.ClusterScalabilityType),
    cluster_resource_id: found.DbClusterResourceId,
    endpoint: text(found.Endpoint),
    reader_endpoint: text(found.ReaderEndpoint),
    port: found.Port,
    db_cluster_parameter_group_name: found.DBClusterParameterGroup,
    iam_database_authentication_enabled: found.IAMDatabaseAuthenticationEnabled,
    replication_source_identifier: text(found.ReplicationSourceIdentifier),
    master_username: text(found.MasterUsername),
    master_user_secret: found.MasterUserSecret
      ? [
          {
            secret_arn: found.MasterUserSecret.SecretArn,
            secret_status: found.MasterUserSecret.SecretStatus,
            kms_key_id: "",
          },
        ]
      : null,
    storage_encrypted: found.StorageEncrypted ?? false,
    kms_key_id: text(found.KmsKeyId),
    vpc_security_group_ids: [...found.VpcSecurityGroups],
    cluster_members: Object.keys(found.DBClusterMembers),
  };
}
