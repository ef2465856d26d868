import type { Engine } from "../../../engines/engine";
import type { Asked } from "./ask";
import { existingRanges, portOf } from "./ingress";

/**
 * What each fact about a cluster that a module can serve means.
 *
 * @param group id of the security group that gets the rules @default - to be chosen
 */
export function remarksOn(asked: Asked, engine: Engine, group: string | undefined): string[] {
  const { cluster, untold } = asked;
  const remarks = [
    engineRemark(asked, engine),
    addressRemark(asked),
    networkRemark(asked),
    groupRemark(asked, group, engine),
    parameterRemark(asked, engine),
    `IAM authentication: ${cluster.IAMDatabaseAuthenticationEnabled ? "on" : "off"}.`,
    logRemark(asked, engine),
    encryptionRemark(asked),
    ...instanceRemarks(asked),
    capacityRemark(asked),
    globalRemark(asked),
    masterRemark(asked, engine),
    `Data API: ${cluster.HttpEndpointEnabled ? "on" : "off"}.`,
    ...untold.map((sentence) => `Not looked at: ${sentence}`),
  ];
  return remarks.filter((remark) => remark !== undefined);
}

function engineRemark({ cluster }: Asked, engine: Engine): string {
  const { outgrown } = engine.version;
  const old = outgrown && new RegExp(outgrown.pattern).test(cluster.EngineVersion);
  return `Engine: ${cluster.Engine} ${cluster.EngineVersion}, which ${engine.connector.input} reads. The module: \`rpcn-aurora synth --aurora existing --engine ${engine.flag}\`.${
    old ? ` ${outgrown.why}. ${outgrown.remedy}.` : ""
  }`;
}

function addressRemark({ cluster, instances }: Asked): string {
  const address = `Address: ${cluster.Endpoint}:${cluster.Port}`;
  const writers = (cluster.DBClusterMembers ?? []).filter(({ IsClusterWriter }) => IsClusterWriter);
  const writer = instances?.find(({ DBInstanceIdentifier }) =>
    writers.some((member) => member.DBInstanceIdentifier === DBInstanceIdentifier),
  );
  if (!writer) return `${address}.`;
  return writer.PubliclyAccessible
    ? `${address}, which is public.`
    : `${address}, which is private: pipelines of a BYOC cluster reach it only by a private way that the Redpanda cluster allows; a host of your own in its VPC (\`--topology ec2\`) needs none.`;
}

function networkRemark({ cluster, subnetGroup }: Asked): string | undefined {
  if (!subnetGroup) return undefined;
  const subnets = (subnetGroup.Subnets ?? []).map(
    ({ SubnetIdentifier, SubnetAvailabilityZone }) =>
      SubnetIdentifier + (SubnetAvailabilityZone?.Name ? ` (${SubnetAvailabilityZone.Name})` : ""),
  );
  return `Network: ${subnetGroup.VpcId}, subnet group ${cluster.DBSubnetGroup}: ${subnets.sort().join(", ")}.`;
}

function groupRemark(asked: Asked, chosen: string | undefined, engine: Engine): string {
  const ids = asked.cluster.VpcSecurityGroups;
  const named = ids.map((id) => {
    const name = asked.securityGroups?.find(({ GroupId }) => GroupId === id)?.GroupName;
    return name ? `${id} (${name})` : id;
  });
  if (ids.length === 0) return "Security groups: AWS names none.";
  if (!chosen) {
    return `Security groups: ${named.join(", ")}. Choose the one that gets the pipeline's rule, as security_group_id.`;
  }
  const port = portOf(asked, engine);
  const ranges = existingRanges(
    asked.securityGroups?.find(({ GroupId }) => GroupId === chosen),
    port,
  );
  const there =
    ranges.length > 0
      ? ` It lets in ${ranges.join(", ")} on port ${port} already: existing_ingress_cidrs leaves these out, because AWS refuses a second rule for the same.`
      : "";
  const others = ids.length > 1 ? ` of ${named.join(", ")}` : "";
  return `Security group: ${others ? chosen : named[0]}${others}.${there}`;
}

function parameterRemark({ cluster, parameters }: Asked, engine: Engine): string | undefined {
  const group = cluster.DBClusterParameterGroup;
  if (!group) return undefined;
  const writer = (cluster.DBClusterMembers ?? []).find(({ IsClusterWriter }) => IsClusterWriter);
  const status = writer?.DBClusterParameterGroupStatus;
  const whose = group.startsWith("default.") ? "AWS's own" : "your own";
  const what = `Parameter group: ${group}, ${whose}${status ? `, ${status}` : ""}`;
  if (!parameters) return `${what}.`;
  const { parameters: required, limits, optional } = engine.parameterGroup;
  const names = [...required, ...(optional ? [optional] : [])].map(({ name }) => name);
  const values = [...names, ...limits].map((name) => {
    const value = parameters.find(({ ParameterName }) => ParameterName === name)?.ParameterValue;
    return `${name} ${value ?? "not set"}`;
  });
  return `${what}: ${values.join(", ")}.`;
}

function logRemark({ cluster }: Asked, engine: Engine): string {
  const exported = cluster.EnabledCloudwatchLogsExports ?? [];
  const lacking = engine.logExports.filter((log) => !exported.includes(log));
  const what = `Logs in CloudWatch: ${exported.length > 0 ? exported.join(", ") : "none"}.`;
  return lacking.length === 0
    ? what
    : `${what} ${lacking.join(" and ")} would tell why a login is refused; nothing requires it.`;
}

function encryptionRemark({ cluster }: Asked): string {
  if (!cluster.StorageEncrypted) return "Encryption: off, and nothing here changes that.";
  return `Encryption: on${cluster.KmsKeyId ? `, by ${cluster.KmsKeyId}` : ""}. The pipeline needs no right to the key.`;
}

function instanceRemarks({ cluster, instances }: Asked): string[] {
  return (cluster.DBClusterMembers ?? []).map(
    ({ DBInstanceIdentifier: name, IsClusterWriter, DBClusterParameterGroupStatus: status }) => {
      const one = instances?.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === name);
      const facts = [
        ...[one?.DBInstanceClass, one?.AvailabilityZone, one?.DBInstanceStatus],
        ...[one && (one.PubliclyAccessible ? "public" : "private"), one?.CACertificateIdentifier],
        status && `parameters ${status}`,
      ].filter(Boolean);
      return `${IsClusterWriter ? "Writer" : "Reader"}: ${[name, ...facts].join(", ")}.`;
    },
  );
}

function capacityRemark({ cluster }: Asked): string | undefined {
  const { MinCapacity, MaxCapacity } = cluster.ServerlessV2ScalingConfiguration ?? {};
  if (MaxCapacity === undefined || MaxCapacity === null) return undefined;
  const pause =
    MinCapacity === 0
      ? " The stream holds a connection, so it no longer pauses: from then on it costs at least 0.5 ACU."
      : "";
  return `Serverless v2: ${MinCapacity} to ${MaxCapacity} ACU.${pause}`;
}

function globalRemark({ cluster, globalClusters = [] }: Asked): string | undefined {
  const global = globalClusters.find(({ GlobalClusterMembers }) =>
    GlobalClusterMembers?.some(({ DBClusterArn }) => DBClusterArn === cluster.DBClusterArn),
  );
  return global
    ? `Global database: primary of ${global.GlobalClusterIdentifier}. A switchover to another region ends the stream: its position is in this cluster.`
    : undefined;
}

function masterRemark({ cluster }: Asked, engine: Engine): string {
  const secret = cluster.MasterUserSecret?.SecretArn;
  const who = `Master user: ${cluster.MasterUsername}`;
  return secret
    ? `${who}, whose password RDS keeps in ${secret}: with master_secret_arn = null, it is taken from there.`
    : `${who}. The setup SQL may be run by another one ${engine.administratorRights}.`;
}
