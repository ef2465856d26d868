import { BlockList } from "node:net";
import { z } from "zod";
import type { Topology } from "../../../choices";
import { type Engine, isParameterValue } from "../../../engines/engine";
import type { Step } from "../catalogue";
import { apply, reboot, startCluster } from "../catalogue/steps";
import { broken, check, type LiveCheck, ok, unclear } from "./check";

const restart: readonly Step[] = [
  "A parameter that is not in use yet takes a restart of the writer, for a minute:",
  reboot,
];

export const cluster: LiveCheck = check({
  id: "cluster",
  hop: "login",
  title: "The cluster is available, lets in IAM tokens, and uses its parameters",
  question: {
    aws: [
      ...["rds", "describe-db-clusters", "--db-cluster-identifier", "<db_cluster_identifier>"],
      "--query",
      "DBClusters[].{status:Status,iam:IAMDatabaseAuthenticationEnabled,resourceId:DbClusterResourceId,parameterGroup:DBClusterParameterGroup,members:DBClusterMembers[].{name:DBInstanceIdentifier,isWriter:IsClusterWriter,parameters:DBClusterParameterGroupStatus}}",
    ],
    account: "database",
  },
  answer: z
    .tuple([
      z.object({
        status: z.string(),
        iam: z.boolean(),
        resourceId: z.string(),
        parameterGroup: z.string(),
        members: z.array(
          z.object({ name: z.string(), isWriter: z.boolean(), parameters: z.string() }),
        ),
      }),
    ])
    .rest(z.unknown()),
  judge: ([{ status, iam, resourceId, parameterGroup, members }], { names }) => {
    // Backing up, or changing what can be changed while it serves.
    if (["stopped", "stopping", "starting", "creating", "deleting"].includes(status)) {
      return broken(
        `The cluster is ${status}.`,
        status === "stopped" ? [startCluster] : ["Wait until it is available, and look again."],
        "network",
      );
    }
    const { aurora_instance_resource_id: known = resourceId, db_parameter_group: group } = names;
    if (resourceId !== known) {
      return broken(
        `The cluster's resource id is ${resourceId}, and the policy names ${known}: the cluster was created anew.`,
        [apply],
      );
    }
    if (!iam) return broken("IAM database authentication is off.", [apply]);
    if (group && parameterGroup !== group) {
      return broken(
        `The cluster uses the parameter group ${parameterGroup}, and the module's is ${group}.`,
        [apply, ...restart],
        "database",
      );
    }
    const writer = members.find(({ isWriter }) => isWriter);
    if (!writer) return broken("The cluster has no writer.", [apply], "network");
    if (writer.parameters === "in-sync") {
      return ok(`It is ${status}, IAM authentication is on, and ${writer.name} is in sync.`);
    }
    return writer.parameters === "pending-reboot"
      ? broken(
          `${writer.name} does not use its parameters: they are pending a reboot.`,
          restart,
          "database",
        )
      : unclear(`The parameters of ${writer.name} are ${writer.parameters}.`);
  },
  absent: {
    DBClusterNotFoundFault: ({ names }) =>
      broken(
        `There is no cluster ${names.db_cluster_identifier} in ${names.region}.`,
        [apply],
        "network",
      ),
  },
});

export function parameters({ parameterGroup }: Engine): LiveCheck {
  const names = parameterGroup.parameters.map(({ name }) => `ParameterName=='${name}'`);
  return check({
    id: "parameters",
    hop: "database",
    title: "The parameter group has the values that the pipeline requires",
    question: {
      aws: [
        ...["rds", "describe-db-cluster-parameters"],
        ...["--db-cluster-parameter-group-name", "<db_parameter_group>", "--query"],
        `Parameters[?${names.join("||")}].{name:ParameterName,value:ParameterValue}`,
      ],
      account: "database",
    },
    answer: z.array(z.object({ name: z.string(), value: z.string().nullish() })),
    judge: (found) => {
      const wrong = parameterGroup.parameters.flatMap(({ name, value }) => {
        const actual = found.find((one) => one.name === name)?.value;
        return isParameterValue(actual, value)
          ? []
          : [`${name} is ${actual ?? "not set"}, and must be ${value}`];
      });
      return wrong.length === 0
        ? ok(
            parameterGroup.parameters.map(({ name, value }) => `${name} is ${value}`).join(", ") +
              ".",
          )
        : broken(`${wrong.join("; ")}.`, [apply, ...restart]);
    },
    absent: {
      DBParameterGroupNotFound: ({ names }) =>
        broken(`There is no parameter group ${names.db_parameter_group}.`, [apply]),
    },
  });
}

export const instance = (isPrivate: boolean): LiveCheck =>
  check({
    id: "writer-address",
    hop: "network",
    title: isPrivate ? "The writer has no public address" : "The writer has a public address",
    question: {
      aws: [
        ...["rds", "describe-db-instances", "--db-instance-identifier", "<db_instance_identifier>"],
        ...["--query", "DBInstances[].{status:DBInstanceStatus,isPublic:PubliclyAccessible}"],
      ],
      account: "database",
    },
    answer: z.tuple([z.object({ status: z.string(), isPublic: z.boolean() })]).rest(z.unknown()),
    judge: ([{ status, isPublic }]) => {
      const found = `It has ${isPublic ? "one" : "none"}, and is ${status}.`;
      if (isPublic !== isPrivate) return ok(found);
      return isPrivate
        ? unclear(
            `${found} Where nothing resolves its name to the private address, pipelines go past the private way.`,
          )
        : broken(
            "It has none, and pipelines of a BYOC cluster reach private addresses only where the cluster allows them.",
            [apply],
          );
    },
    absent: {
      DBInstanceNotFound: ({ names }) =>
        broken(`There is no instance ${names.db_instance_identifier}.`, [apply]),
    },
  });

const range = z.object({
  protocol: z.string(),
  from: z.number().nullish(),
  to: z.number().nullish(),
  networks: z.array(z.string()).nullish(),
  /** Lists of networks, whose content is not asked for. */
  lists: z.array(z.string()).nullish(),
});

export const securityGroup = (topology: Topology, engine: Engine, isPrivate: boolean): LiveCheck =>
  check({
    id: "security-group",
    hop: "network",
    title:
      topology === "byoc" && !isPrivate
        ? "The security group lets in the cluster's NAT gateways"
        : "The security group lets somebody in",
    question: {
      aws: [
        ...["ec2", "describe-security-groups"],
        ...["--group-ids", "<db_security_group_id>", "--query"],
        "SecurityGroups[].IpPermissions[].{protocol:IpProtocol,from:FromPort,to:ToPort,networks:IpRanges[].CidrIp,lists:PrefixListIds[].PrefixListId}",
      ],
      account: "database",
    },
    answer: z.array(range),
    judge: (ranges, { networks = [], names }) => {
      const port = Number(names.db_port ?? engine.port);
      // `-1` is every protocol, and has no ports.
      const open = ranges.filter(
        ({ protocol, from, to }) =>
          protocol === "-1" || (protocol === "tcp" && (from ?? 0) <= port && port <= (to ?? 65535)),
      );
      const letIn = open.flatMap((one) => one.networks ?? []);
      const lists = open.flatMap((one) => one.lists ?? []);
      const says = `It lets in ${letIn.join(", ") || "nobody"} on port ${port}`;
      const variables =
        topology === "byoc"
          ? isPrivate
            ? "redpanda_vpc_cidrs"
            : "redpanda_cidr or redpanda_cidrs"
          : "allowed_cidr_blocks";
      const fix = [`Correct ${variables}, then:`, apply];
      if (lists.length > 0) {
        return unclear(`${says}, and whoever is in ${lists.join(", ")}, which is not looked into.`);
      }
      if (letIn.length === 0) return broken(`${says}.`, fix);
      if (isPrivate) {
        return unclear(`${says}. Whether Redpanda's VPC is among them is for you to compare.`);
      }
      if (topology !== "byoc") {
        return unclear(`${says}. Whether the host is among them is for you to compare.`);
      }
      if (networks.length === 0) {
        return unclear(`${says}. The cluster's NAT gateways are not known here.`);
      }
      const kept = networks.filter((network) => !isWithin(network, letIn));
      return kept.length > 0
        ? broken(`${says}, and the pipelines come from ${kept.join(", ")}.`, fix)
        : ok(`${says}, so the pipelines too, which come from ${networks.join(", ")}.`);
    },
  });

/** Whether one of `outer` contains the whole network. */
export function isWithin(network: string, outer: readonly string[]): boolean {
  const [address = "", length = 32] = network.split("/");
  return outer.some((cidr) => {
    const [start = "", prefix = 32] = cidr.split("/");
    const list = new BlockList();
    list.addSubnet(start, Number(prefix));
    return Number(prefix) <= Number(length) && list.check(address);
  });
}
