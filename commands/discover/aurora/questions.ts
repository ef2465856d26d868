import { z } from "zod";

/** What AWS is asked, as one call. Everything in here reads: a test goes through all of it. */
export interface Question<T> {
  /** The action that IAM must allow, such as `rds:DescribeDBClusters`. */
  readonly action: string;
  /** What is not known without it, as the subject of a sentence. */
  readonly tells: string;
  /** Arguments of `aws`, without region, profile and output format. It goes through all pages. */
  readonly args: readonly string[];
  readonly answer: z.ZodType<T>;
}

const text = z.string().nullish();
const flag = z.boolean().nullish();

const groups = z
  .array(z.object({ VpcSecurityGroupId: z.string() }))
  .nullish()
  .transform((found) => (found ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId));

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
const cluster = z.object({
  DBClusterIdentifier: z.string(),
  DBClusterArn: z.string().regex(/^arn:[a-z-]+:rds:[a-z0-9-]+:\d{12}:cluster:/),
  Engine: z.string(),
  EngineVersion: z.string(),
  /** `provisioned`, which Serverless v2 is too, or `serverless`: Serverless v1. */
  EngineMode: text,
  Status: text,
  Endpoint: text,
  Port: z.number().nullish(),
  DatabaseName: text,
  MasterUsername: text,
  MasterUserSecret: z.object({ SecretArn: text }).nullish(),
  DBClusterParameterGroup: text,
  DBSubnetGroup: text,
  VpcSecurityGroups: groups,
  DBClusterMembers: z
    .array(
      z.object({
        DBInstanceIdentifier: z.string(),
        IsClusterWriter: z.boolean(),
        /** Such as `in-sync` or `pending-reboot`. */
        DBClusterParameterGroupStatus: text,
      }),
    )
    .nullish(),
  IAMDatabaseAuthenticationEnabled: flag,
  PendingModifiedValues: z.object({ IAMDatabaseAuthenticationEnabled: flag }).nullish(),
  PreferredMaintenanceWindow: text,
  EnabledCloudwatchLogsExports: z.array(z.string()).nullish(),
  StorageEncrypted: flag,
  KmsKeyId: text,
  HttpEndpointEnabled: flag,
  ServerlessV2ScalingConfiguration: z
    .object({ MinCapacity: z.number().nullish(), MaxCapacity: z.number().nullish() })
    .nullish(),
  ClusterScalabilityType: text,
  ReplicationSourceIdentifier: text,
  /** False for clusters of the express configuration, which are in no VPC. */
  VPCNetworkingEnabled: flag,
});

export type Cluster = z.infer<typeof cluster>;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
const instance = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceClass: text,
  DBInstanceStatus: text,
  Engine: z.string(),
  EngineVersion: text,
  AvailabilityZone: text,
  PubliclyAccessible: flag,
  CACertificateIdentifier: text,
  CertificateDetails: z.object({ ValidTill: text }).nullish(),
  DBClusterIdentifier: text,
});

export type Instance = z.infer<typeof instance>;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Parameter.html */
const parameter = z.object({
  ParameterName: z.string(),
  ParameterValue: text,
  /** `static` takes effect with a reboot, `dynamic` at once. */
  ApplyType: text,
});

export type Parameter = z.infer<typeof parameter>;

const subnetGroup = z.object({
  VpcId: text,
  Subnets: z
    .array(
      z.object({
        SubnetIdentifier: z.string(),
        SubnetAvailabilityZone: z.object({ Name: text }).nullish(),
      }),
    )
    .nullish(),
});

export type SubnetGroup = z.infer<typeof subnetGroup>;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
const securityGroup = z.object({
  GroupId: z.string(),
  GroupName: text,
  IpPermissions: z
    .array(
      z.object({
        /** `-1` is every protocol, and has no ports. */
        IpProtocol: z.string(),
        FromPort: z.number().nullish(),
        ToPort: z.number().nullish(),
        IpRanges: z.array(z.object({ CidrIp: z.string(), Description: text })).nullish(),
      }),
    )
    .nullish(),
});

export type SecurityGroup = z.infer<typeof securityGroup>;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_BlueGreenDeployment.html */
const deployment = z.object({
  BlueGreenDeploymentIdentifier: z.string(),
  /** ARN of the blue cluster or instance. */
  Source: text,
  /** ARN of the green one. */
  Target: text,
  Status: text,
});

export type Deployment = z.infer<typeof deployment>;

const globalCluster = z.object({
  GlobalClusterIdentifier: z.string(),
  GlobalClusterMembers: z.array(z.object({ DBClusterArn: text, IsWriter: flag })).nullish(),
});

export type GlobalCluster = z.infer<typeof globalCluster>;

/** Each question by what it is about. */
export const questions = {
  cluster: (id: string) => ({
    action: "rds:DescribeDBClusters",
    tells: "what this cluster is",
    args: ["rds", "describe-db-clusters", "--db-cluster-identifier", id],
    answer: z.object({ DBClusters: z.tuple([cluster]) }).transform(({ DBClusters: [one] }) => one),
  }),
  clusters: () => ({
    action: "rds:DescribeDBClusters",
    tells: "which clusters there are",
    args: ["rds", "describe-db-clusters"],
    answer: z
      .object({
        DBClusters: z.array(
          cluster.pick({ DBClusterIdentifier: true, DBClusterArn: true, Engine: true }),
        ),
      })
      .transform(({ DBClusters }) => DBClusters),
  }),
  instance: (id: string) => ({
    action: "rds:DescribeDBInstances",
    tells: "whether an instance has this name",
    args: ["rds", "describe-db-instances", "--db-instance-identifier", id],
    answer: z
      .object({ DBInstances: z.tuple([instance]) })
      .transform(({ DBInstances: [one] }) => one),
  }),
  instances: (id: string) => ({
    action: "rds:DescribeDBInstances",
    tells: "whether the writer has a public address, and which certificate it shows,",
    args: ["rds", "describe-db-instances", "--filters", `Name=db-cluster-id,Values=${id}`],
    answer: z
      .object({ DBInstances: z.array(instance) })
      .transform(({ DBInstances }) => DBInstances),
  }),
  parameters: (group: string) => ({
    action: "rds:DescribeDBClusterParameters",
    tells: "which values the parameter group has",
    args: ["rds", "describe-db-cluster-parameters", "--db-cluster-parameter-group-name", group],
    answer: z.object({ Parameters: z.array(parameter) }).transform(({ Parameters }) => Parameters),
  }),
  subnetGroup: (name: string) => ({
    action: "rds:DescribeDBSubnetGroups",
    tells: "which VPC and subnets it is in",
    args: ["rds", "describe-db-subnet-groups", "--db-subnet-group-name", name],
    answer: z
      .object({ DBSubnetGroups: z.tuple([subnetGroup]) })
      .transform(({ DBSubnetGroups: [one] }) => one),
  }),
  securityGroups: (ids: readonly string[]) => ({
    action: "ec2:DescribeSecurityGroups",
    tells: "whom the security group lets in already",
    args: ["ec2", "describe-security-groups", "--group-ids", ...ids],
    answer: z
      .object({ SecurityGroups: z.array(securityGroup) })
      .transform(({ SecurityGroups }) => SecurityGroups),
  }),
  deployments: () => ({
    action: "rds:DescribeBlueGreenDeployments",
    tells: "whether a blue/green deployment is under way",
    args: ["rds", "describe-blue-green-deployments"],
    answer: z
      .object({ BlueGreenDeployments: z.array(deployment) })
      .transform(({ BlueGreenDeployments }) => BlueGreenDeployments),
  }),
  globalClusters: () => ({
    action: "rds:DescribeGlobalClusters",
    tells: "whether it is part of a global database",
    args: ["rds", "describe-global-clusters"],
    answer: z
      .object({ GlobalClusters: z.array(globalCluster) })
      .transform(({ GlobalClusters }) => GlobalClusters),
  }),
} satisfies Record<string, (...names: never[]) => Question<unknown>>;
