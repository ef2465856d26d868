/*
 * What the AWS CLI prints of a cluster, by command. `wire.py` turns these into what AWS sends, by
 * botocore's models of RDS and EC2: a field that these do not have is refused there.
 */

const account = "111122223333";
export const arnOf = (name: string) => `arn:aws:rds:us-east-2:${account}:cluster:${name}`;

/** A cluster in use, from which a module can stream as it is. */
export const postgresCluster = {
  DBClusterIdentifier: "orders",
  DBClusterArn: arnOf("orders"),
  DbClusterResourceId: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  Engine: "aurora-postgresql",
  EngineVersion: "16.6",
  EngineMode: "provisioned",
  Status: "available",
  Endpoint: "orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com",
  ReaderEndpoint: "orders.cluster-ro-cabcdefghijk.us-east-2.rds.amazonaws.com",
  Port: 5432,
  DatabaseName: "shop",
  MasterUsername: "shop_admin",
  DBClusterParameterGroup: "orders-pg16",
  DBSubnetGroup: "orders-subnets",
  VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-0a1b2c3d4e5f60718", Status: "active" }],
  DBClusterMembers: [
    {
      DBInstanceIdentifier: "orders-2",
      IsClusterWriter: false,
      DBClusterParameterGroupStatus: "in-sync",
      PromotionTier: 1,
    },
    {
      DBInstanceIdentifier: "orders-1",
      IsClusterWriter: true,
      DBClusterParameterGroupStatus: "in-sync",
      PromotionTier: 0,
    },
  ],
  IAMDatabaseAuthenticationEnabled: true,
  PreferredMaintenanceWindow: "sun:04:00-sun:04:30",
  EnabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
  StorageEncrypted: true,
  KmsKeyId: `arn:aws:kms:us-east-2:${account}:key/0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9`,
  HttpEndpointEnabled: false,
  ClusterScalabilityType: "standard",
};

const instance = (name: string, zone: string, differences: object = {}) => ({
  DBInstanceIdentifier: name,
  DBInstanceClass: "db.r6g.large",
  DBInstanceStatus: "available",
  Engine: "aurora-postgresql",
  EngineVersion: "16.6",
  AvailabilityZone: zone,
  PubliclyAccessible: true,
  CACertificateIdentifier: "rds-ca-rsa2048-g1",
  CertificateDetails: { CAIdentifier: "rds-ca-rsa2048-g1", ValidTill: "2061-05-21T22:22:50+00:00" },
  DBClusterIdentifier: "orders",
  ...differences,
});

export const instances = [instance("orders-1", "us-east-2a"), instance("orders-2", "us-east-2b")];

/** With what stands around them: AWS tells hundreds, 100 a page. */
export const parametersWith = (values: Readonly<Record<string, string | undefined>>) => [
  { ParameterName: "autovacuum", ParameterValue: "1", ApplyType: "dynamic", Source: "system" },
  ...Object.entries(values).map(([name, value]) => ({
    ParameterName: name,
    ...(value === undefined ? {} : { ParameterValue: value }),
    ApplyType: /iam_auth|row_image|secure_transport/.test(name) ? "dynamic" : "static",
    Source: value === undefined ? "engine-default" : "user",
  })),
];

export const postgresParameters = {
  "rds.logical_replication": "1",
  "rds.iam_auth_for_replication": "1",
  "rds.force_ssl": "0",
  max_replication_slots: "20",
  max_wal_senders: "20",
};

const subnetGroup = {
  DBSubnetGroupName: "orders-subnets",
  VpcId: "vpc-0123456789abcdef0",
  Subnets: [
    { SubnetIdentifier: "subnet-0b", SubnetAvailabilityZone: { Name: "us-east-2b" } },
    { SubnetIdentifier: "subnet-0a", SubnetAvailabilityZone: { Name: "us-east-2a" } },
  ],
};

export const securityGroup = (differences: object = {}) => ({
  GroupId: "sg-0a1b2c3d4e5f60718",
  GroupName: "orders-db",
  VpcId: "vpc-0123456789abcdef0",
  IpPermissions: [
    {
      IpProtocol: "tcp",
      FromPort: 5432,
      ToPort: 5432,
      IpRanges: [
        { CidrIp: "3.139.175.89/32", Description: "by hand" },
        { CidrIp: "198.51.100.7/32" },
        { CidrIp: "172.16.0.0/12" },
        { CidrIp: "192.0.2.1/32", Description: "Redpanda Connect reads changes" },
      ],
    },
    { IpProtocol: "tcp", FromPort: 5000, ToPort: 6000, IpRanges: [{ CidrIp: "10.0.0.0/8" }] },
    { IpProtocol: "-1", IpRanges: [{ CidrIp: "10.1.0.0/16" }] },
  ],
  ...differences,
});

/** Each answer by the command that is asked for it. */
export interface Answers {
  readonly "aws rds describe-db-clusters": object;
  readonly "aws rds describe-db-clusters all": object;
  readonly "aws rds describe-db-instances": object;
  readonly "aws rds describe-db-instances of": object;
  readonly "aws rds describe-db-cluster-parameters": object;
  readonly "aws rds describe-db-subnet-groups": object;
  readonly "aws ec2 describe-security-groups": object;
  readonly "aws rds describe-blue-green-deployments": object;
  readonly "aws rds describe-global-clusters": object;
}

/** What is answered about a cluster. */
export function answersFor(
  cluster: object = postgresCluster,
  parameters: Readonly<Record<string, string | undefined>> = postgresParameters,
): Answers {
  return {
    "aws rds describe-db-clusters": { DBClusters: [cluster] },
    "aws rds describe-db-clusters all": { DBClusters: [cluster] },
    "aws rds describe-db-instances": { DBInstances: instances.slice(0, 1) },
    "aws rds describe-db-instances of": { DBInstances: instances },
    "aws rds describe-db-cluster-parameters": { Parameters: parametersWith(parameters) },
    "aws rds describe-db-subnet-groups": { DBSubnetGroups: [subnetGroup] },
    "aws ec2 describe-security-groups": { SecurityGroups: [securityGroup()] },
    "aws rds describe-blue-green-deployments": { BlueGreenDeployments: [] },
    "aws rds describe-global-clusters": { GlobalClusters: [] },
  };
}

/** A cluster as most are: with AWS's own parameter group, and without IAM. */
export const mysqlCluster = {
  ...postgresCluster,
  Engine: "aurora-mysql",
  EngineVersion: "8.0.mysql_aurora.3.10.3",
  Port: 3306,
  DatabaseName: undefined,
  DBClusterParameterGroup: "default.aurora-mysql8.0",
  IAMDatabaseAuthenticationEnabled: false,
  EnabledCloudwatchLogsExports: undefined,
  StorageEncrypted: false,
  KmsKeyId: undefined,
  HttpEndpointEnabled: true,
  VpcSecurityGroups: [
    { VpcSecurityGroupId: "sg-0a1b2c3d4e5f60718", Status: "active" },
    { VpcSecurityGroupId: "sg-0fedcba9876543210", Status: "active" },
  ],
  MasterUserSecret: {
    SecretArn: `arn:aws:secretsmanager:us-east-2:${account}:secret:rds!cluster-0a1b2c3d-AbCdEf`,
    SecretStatus: "active",
  },
  ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 8 },
};

export const mysqlParameters = {
  binlog_format: "OFF",
  binlog_row_image: undefined,
  require_secure_transport: undefined,
  event_scheduler: "ON",
};
