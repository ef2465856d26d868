import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import {
  Fn,
  Lazy,
  TerraformIterator,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { Construct } from "constructs";

/** Awkward resources, for which nothing here was made. */

const SECURITY: Build = (scope) => {
  const ports = new TerraformVariable(scope, "ports", { type: "list(number)", default: [443] });
  new SecurityGroup(scope, "sealed", { name: "sealed", ingress: [], egress: [] });
  new DefaultSecurityGroup(scope, "default", { vpcId: "vpc-1", ingress: [], egress: [] });
  new SecurityGroup(scope, "open", {
    name: "open",
    ingress: [
      { fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] },
      { fromPort: 0, toPort: 0, protocol: "-1", selfAttribute: true, description: "from self" },
    ],
    timeouts: { create: "15m" },
  });
  const each = TerraformIterator.fromList(ports.listValue);
  new SecurityGroup(scope, "dynamic", {
    ingress: each.dynamic({
      from_port: each.value,
      to_port: each.value,
      protocol: "tcp",
      cidr_blocks: ["10.0.0.0/8"],
      description: "",
      ipv6_cidr_blocks: [],
      prefix_list_ids: [],
      security_groups: [],
      self: false,
    }) as never,
  });
  const groups = new TerraformVariable(scope, "groups_of_the_whole_organization", {
    type: "map(map(string))",
  });
  groups.addOverride("default", {
    "The first department of all": { "Everybody.Read.All": "sg-1" },
  });
  new SecurityGroup(scope, "long", {
    description: Fn.lookupNested(groups.value, [
      "The first department of all",
      "Everybody.Read.All",
    ]),
    ingress: [
      {
        fromPort: 443,
        toPort: 443,
        protocol: "tcp",
        securityGroups: [
          `\${${groups.fqn}["The first department of all"]["Everybody.Read.All"] != "" && length(${groups.fqn}) > 0 ? ${groups.fqn}["The first department of all"]["Everybody.Read.All"] : "sg-2"}`,
        ],
      },
    ],
  });
  new RouteTable(scope, "routes", { vpcId: "vpc-1", route: [] });
  new RouteTable(scope, "more-routes", {
    vpcId: "vpc-1",
    route: [{ cidrBlock: "10.0.0.0/8", natGatewayId: "nat-1" }],
    tags: { "a b": "c", "aws:x": "${path.module}", Name: "" },
  });
};

const DATABASE: Build = (scope) => {
  const parameters = new RdsClusterParameterGroup(scope, "parameters", {
    name: "example",
    family: "aurora-postgresql16",
    description: "Logical\treplication",
    parameter: [
      { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" },
      { name: "log_line_prefix", value: "%t:%r:%u@%d:[%p]: %%{x} \\d" },
    ],
  });
  new RdsCluster(scope, "cluster", {
    clusterIdentifier: "example",
    engine: "aurora-postgresql",
    dbClusterParameterGroupName: parameters.name,
    iamDatabaseAuthenticationEnabled: true,
    availabilityZones: Fn.slice(["a", "b", "c"], 0, 2),
    serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 128 },
    restoreToPointInTime: { sourceClusterIdentifier: "old", useLatestRestorableTime: true },
    lifecycle: { ignoreChanges: ["availability_zones", 'tags["a.b"]'], preventDestroy: false },
    count: 2,
  });
};

const CONTAINERS: Build = (scope) => {
  const image = new TerraformVariable(scope, "image", { type: "string", default: "x" });
  const task = new EcsTaskDefinition(scope, "task", {
    family: "task",
    // Text with quotes and interpolations, as JSON.stringify makes it.
    containerDefinitions: JSON.stringify([
      {
        name: "main",
        image: image.stringValue,
        command: ["sh", "-c", 'echo "$HOME" | grep "\\d" && printf "%s\\n"'],
        environment: [{ name: "A", value: "multi\nline" }],
      },
    ]),
    volume: [
      {
        name: "data",
        efsVolumeConfiguration: { fileSystemId: "fs-1", authorizationConfig: { iam: "ENABLED" } },
      },
      { name: "tmp" },
    ],
    runtimePlatform: { cpuArchitecture: "ARM64" },
  });
  new EcsService(scope, "service", {
    name: "service",
    taskDefinition: task.arn,
    loadBalancer: [],
    networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: false },
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1, base: 0 }],
    lifecycle: { ignoreChanges: "all" },
  });
  new EcsTaskDefinition(scope, "structured", {
    family: "structured",
    containerDefinitions: Fn.jsonencode([
      {
        name: "main",
        essential: true,
        portMappings: [{ containerPort: 80 }, { containerPort: 443 }],
      },
      {
        name: "side",
        environment: [],
        cpu: -1,
        ratio: 0.25,
        nothing: null,
        ok: Fn.lengthOf(["a"]),
      },
    ]),
  });
};

const OPERATIONS: Build = (scope) => {
  new CloudwatchMetricAlarm(scope, "alarm", {
    alarmName: "lag",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    threshold: 0.9,
    metricQuery: [
      {
        id: "e1",
        expression: "m2/m1*100",
        label: "Error % of $${AWS::Region}",
        returnData: true,
      },
      {
        id: "m1",
        metric: {
          metricName: "Count",
          namespace: "AWS/X",
          period: 120,
          stat: "Sum",
          dimensions: { "Cluster Name": "x" },
        },
      },
    ],
  });
  const vault = new BackupVault(scope, "vault", { name: "vault" });
  new BackupPlan(scope, "plan", {
    name: "plan",
    rule: [
      {
        ruleName: "daily",
        targetVaultName: vault.name,
        schedule: "cron(0 12 * * ? *)",
        lifecycle: { deleteAfter: 14 },
        copyAction: [{ destinationVaultArn: vault.arn, lifecycle: { coldStorageAfter: 30 } }],
        recoveryPointTags: { Plan: "daily" },
      },
      { ruleName: "weekly", targetVaultName: vault.name },
    ],
    advancedBackupSetting: [{ backupOptions: { WindowsVSS: "enabled" }, resourceType: "EC2" }],
  });
  new Instance(scope, "bastion", {
    ami: "ami-1",
    instanceType: "t3.micro",
    userData: '#!/bin/bash\nset -e\necho "$${HOME}" > /tmp/x\n\n\tdone\n',
    ebsBlockDevice: [{ deviceName: "/dev/sdb", volumeSize: 8, tags: { a: "b" } }],
    metadataOptions: { httpTokens: "required" },
  });
};

const POLICIES: Build = (scope) => {
  const team = TerraformIterator.fromList(["a", "b"]);
  new DataAwsIamPolicyDocument(scope, "dynamic", {
    statement: team.dynamic({ sid: team.value, actions: ["s3:*"], resources: ["*"] }),
  });
  const document = new DataAwsIamPolicyDocument(scope, "document", {
    statement: [
      {
        sid: "Connect",
        actions: ["rds-db:connect"],
        resources: ["arn:aws:rds-db:*:*:dbuser:*/$${aws:username}"],
        principals: [{ type: "AWS", identifiers: ["*"] }],
        condition: [
          { test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["a", "b"] },
          { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
        ],
      },
      { effect: "Deny", notActions: [], actions: ["*"], resources: ["*"] },
    ],
  });
  new IamRole(scope, "role", {
    namePrefix: "role-",
    assumeRolePolicy: document.json,
    inlinePolicy: [{ name: "a", policy: Fn.jsonencode({ Version: "2012-10-17", Statement: [] }) }],
    maxSessionDuration: 3600,
  });
};

/** Of whose schema hcl/schemas knows nothing: the generated bindings have to tell. */
const WITHOUT_SCHEMA: Build = (scope) => {
  const lambda = new LambdaFunction(scope, "function", {
    functionName: "f",
    s3Bucket: "code",
    s3Key: "f.zip",
    handler: "index.handler",
    runtime: "nodejs22.x",
    role: "arn:aws:iam::123456789012:role/r",
    environment: { variables: { A: "1", "b-c": "" } },
    vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: [] },
    tracingConfig: { mode: "Active" },
  });
  lambda.addOverride("ephemeral_storage", { size: 1024 });
  lambda.addOverride("dynamic.dead_letter_config", {
    for_each: ["arn:aws:sqs:eu-west-1:123456789012:q"],
    content: { target_arn: "${dead_letter_config.value}" },
  });
  new LbListener(scope, "listener", {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1",
    port: 80,
    defaultAction: Lazy.anyValue({
      produce: () => [
        {
          type: "fixed-response",
          fixed_response: { content_type: "text/plain", status_code: "404" },
        },
      ],
    }) as never,
  });
  new AutoscalingGroup(scope, "group", {
    minSize: 0,
    maxSize: 2,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "lt-1" },
        override: [
          { instanceType: "a", weightedCapacity: "1" },
          { instanceRequirements: { memoryMib: { min: 1 }, vcpuCount: { min: 1 } } },
        ],
      },
    },
    tag: [{ key: "Name", value: "x", propagateAtLaunch: true }],
  });
};

/** Every complex value of this provider is a nested attribute. */
const REDPANDA: Build = (scope) => {
  new Redpanda(scope, "pipeline", "redpanda_pipeline", {
    cluster_api_url: "https://example.com",
    display_name: "cdc",
    config_yaml: "input:\n  postgres_cdc:\n    dsn: $${secrets.DSN}\n",
    resources: { memory_shares: "256Mi", cpu_shares: "100m" },
    tags: { a: "b" },
  });
  new Redpanda(scope, "topic", "redpanda_topic", {
    name: "orders",
    cluster_api_url: "https://example.com",
    configuration: { "cleanup.policy": "compact", "retention.ms": "-1" },
    partition_count: 3,
    allow_deletion: false,
  });
};

type Build = (scope: Construct) => void;

export const corpus: Readonly<Record<string, Build>> = {
  "security groups and routes": SECURITY,
  "a database": DATABASE,
  containers: CONTAINERS,
  "alarms, backups and a machine": OPERATIONS,
  policies: POLICIES,
  "resources of the AWS provider without a schema": WITHOUT_SCHEMA,
  "nested attributes of Redpanda": REDPANDA,
};

export function stackOf(...builds: Build[]): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "corpus");
  // The oldest version that is at hand to judge.
  stack.addOverride("terraform.required_providers", {
    aws: { version: ">= 5.0" },
    redpanda: { source: "redpanda-data/redpanda" },
  });
  new AwsProvider(stack, "aws", {
    region: "eu-west-1",
    defaultTags: [{ tags: { Team: "data" } }],
    endpoints: [{ s3: "http://localhost:1" }],
  });
  builds.forEach((build, index) => {
    build(new Construct(stack, `part${index}`));
  });
  return stack;
}

/** A binding written by hand: it declares nothing, so the schema decides. */
class Redpanda extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    terraformResourceType: string,
    private readonly config: Record<string, unknown>,
  ) {
    super(scope, id, { terraformResourceType });
  }

  protected override synthesizeAttributes() {
    return this.config;
  }
}
