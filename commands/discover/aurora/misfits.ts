import type { Engine } from "../../../engines/engine";
import { type Asked, regionOf } from "./ask";

/** What no command mends, or what would make the stream one of another cluster's. */
export function misfitsOf(
  { cluster, deployments = [], globalClusters = [] }: Asked,
  engine: Engine,
): string[] {
  const { DBClusterArn: arn, EngineVersion: version, Status: status } = cluster;
  const members = globalClusters.flatMap(({ GlobalClusterMembers }) => GlobalClusterMembers ?? []);
  const isSecondary = members.some(
    ({ DBClusterArn, IsWriter }) => DBClusterArn === arn && !IsWriter,
  );
  const primary = isSecondary
    ? globalClusters
        .find(({ GlobalClusterMembers }) =>
          GlobalClusterMembers?.some(({ DBClusterArn }) => DBClusterArn === arn),
        )
        ?.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter)?.DBClusterArn
    : undefined;
  const green = deployments.find(({ Target }) => Target === arn);
  const blue = deployments.find(({ Source }) => Source === arn);
  const problems: (string | false)[] = [
    cluster.EngineMode === "serverless" &&
      "It is Serverless v1, which has neither logical replication nor a binary log. Upgrade it to Serverless v2: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.upgrade.html.",
    !["provisioned", "serverless"].includes(cluster.EngineMode ?? "provisioned") &&
      `Its engine mode is ${cluster.EngineMode}, and it must be provisioned, as Serverless v2 is too.`,
    cluster.ClusterScalabilityType === "limitless" &&
      `It is an Aurora Limitless Database, whose rows are in many shards, and ${engine.connector.input} reads one log. The input sql_select can read its tables again and again, in a pipeline of your own.`,
    cluster.VPCNetworkingEnabled === false &&
      "It was made by the express configuration, so it is in no VPC: there is no security group to let the pipeline in, and whether changes can be streamed through the gateway in front of it is not known. Restore a snapshot of it into a VPC.",
    !new RegExp(engine.version.pattern).test(version.split("-")[0] ?? "") &&
      `Its version is ${version}, and it must be ${engine.version.allowed}. Upgrade it first.`,
    !!cluster.ReplicationSourceIdentifier &&
      `It is a replica of ${cluster.ReplicationSourceIdentifier}, and read-only. Stream from that one, or promote this one: \`aws rds promote-read-replica-db-cluster --db-cluster-identifier ${cluster.DBClusterIdentifier} --region ${regionOf(cluster)}\`.`,
    isSecondary &&
      `It is a secondary cluster of a global database, and read-only. Stream from the primary${primary ? `, ${primary}` : ""}.`,
    !!green &&
      green.Status !== "SWITCHOVER_COMPLETED" &&
      `It is the green side of the blue/green deployment ${green.BlueGreenDeploymentIdentifier} (${green.Status}), and read-only until the switchover. Wait for that, or stream from ${green.Source}.`,
    blue?.Status === "SWITCHOVER_COMPLETED" &&
      `It is what the blue/green deployment ${blue.BlueGreenDeploymentIdentifier} has left behind: its switchover is over, and applications write to ${blue.Target}. Stream from that one.`,
    status === "deleting" && "It is being deleted.",
    (cluster.DBClusterMembers ?? []).length === 0 &&
      "It has no instance, so nobody answers at its address. Add a writer first: `aws rds create-db-instance`.",
  ];
  return problems.filter((problem) => problem !== false);
}
