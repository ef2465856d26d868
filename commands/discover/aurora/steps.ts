import { type Engine, isParameterValue } from "../../../engines/engine";
import { asCommand } from "../../programs/shell";
import type { Asked } from "./ask";
import { regionOf } from "./ask";
import { type Login, profileOf } from "./refusals";

/** Something that the cluster lacks. */
export interface Step {
  /** What is so, and what is to be done. */
  readonly does: string;
  /** What it takes of those who use the cluster: a whole sentence. */
  readonly costs: string;
  readonly commands: readonly string[];
}

/**
 * What is to be done before a module can stream from a cluster, in this order.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithDBClusterParamGroups.html
 */
export function stepsFor(asked: Asked, engine: Engine, login: Login, now: Date): Step[] {
  const { cluster } = asked;
  const id = cluster.DBClusterIdentifier;
  const rds = (...args: string[]) =>
    asCommand("aws", ["rds", ...args, "--region", regionOf(cluster), ...profileOf(login)]);
  const group = parameterGroup(asked, engine, rds);
  const steps = [
    ...(cluster.Status === "stopped"
      ? [
          {
            does: "Start the cluster: it is stopped.",
            costs: "Costs what a running cluster costs.",
            commands: [rds("start-db-cluster", "--db-cluster-identifier", id)],
          },
        ]
      : []),
    ...blueGreen(asked, rds),
    ...certificates(asked, now, rds),
    ...(cluster.IAMDatabaseAuthenticationEnabled
      ? []
      : [
          {
            does: `Turn IAM authentication on: it is ${
              cluster.PendingModifiedValues?.IAMDatabaseAuthenticationEnabled
                ? `off until the maintenance window (${cluster.PreferredMaintenanceWindow}, UTC)`
                : "off"
            }.`,
            costs: "Costs nothing: no restart, and passwords go on working.",
            commands: [
              rds(
                ...["modify-db-cluster", "--db-cluster-identifier", id],
                ...["--enable-iam-database-authentication", "--apply-immediately"],
              ),
            ],
          },
        ]),
    ...group.steps,
  ];
  return [...steps, ...reboots(asked, group.needsReboot, rds)];
}

type Command = (...args: string[]) => string;

/** Statuses in which a deployment is still to be switched over, or failed to. */
const isUnderWay = (status: string | null | undefined) =>
  !["SWITCHOVER_COMPLETED", "DELETING"].includes(status ?? "");

/** The deployment of which this cluster is the blue side, as long as it is under way. */
function blueGreen({ cluster, deployments = [] }: Asked, rds: Command): Step[] {
  const deployment = deployments.find(
    ({ Source, Status }) => Source === cluster.DBClusterArn && isUnderWay(Status),
  );
  if (!deployment) return [];
  const { BlueGreenDeploymentIdentifier: name, Status } = deployment;
  return [
    {
      does: `End the blue/green deployment ${name} (${Status}): after its switchover another cluster has this name, and the stream would not be continued there.`,
      costs:
        "The switchover costs a restart of connections, and about a minute without writes; to delete the deployment costs nothing.",
      commands: [
        rds("switchover-blue-green-deployment", "--blue-green-deployment-identifier", name),
      ],
    },
  ];
}

/** Instances whose certificate has expired: no client that verifies it can log in. */
function certificates({ instances = [] }: Asked, now: Date, rds: Command): Step[] {
  return instances.flatMap(({ DBInstanceIdentifier: name, CertificateDetails }) => {
    const end = CertificateDetails?.ValidTill;
    return end && new Date(end) < now
      ? [
          {
            does: `Give ${name} another certificate: its own has expired (${end}), and the pipeline verifies it.`,
            costs: "Costs a restart of the instance where its engine cannot do without.",
            commands: [
              rds(
                ...["modify-db-instance", "--db-instance-identifier", name],
                ...["--ca-certificate-identifier", "rds-ca-rsa2048-g1", "--apply-immediately"],
              ),
            ],
          },
        ]
      : [];
  });
}

/** The values that the stream requires of the cluster's parameters, in a group that can have them. */
function parameterGroup(
  { cluster, parameters }: Asked,
  engine: Engine,
  rds: Command,
): { steps: Step[]; needsReboot: boolean } {
  const group = cluster.DBClusterParameterGroup;
  const family = /^default\.(.+)$/.exec(group ?? "")?.[1];
  // AWS's own group has the engine's defaults, whether they were told or not.
  if (!group || !(parameters || family)) return { steps: [], needsReboot: false };
  const wrong = engine.parameterGroup.parameters.flatMap(({ name, value, hardens, unset }) => {
    const found = parameters?.find(({ ParameterName }) => ParameterName === name);
    const actual = found?.ParameterValue ?? unset;
    if (hardens || isParameterValue(actual, value)) return [];
    return [{ name, value, actual, isStatic: found?.ApplyType !== "dynamic" }];
  });
  if (wrong.length === 0) return { steps: [], needsReboot: false };

  const id = cluster.DBClusterIdentifier;
  const own = family ? `${id}-cdc` : group;
  const set: Step = {
    does: `Set ${wrong.map(({ name, value, actual }) => `${name} to ${value} (it is ${actual ?? "not set"})`).join(", ")} in ${own}.`,
    costs: family
      ? "Costs nothing: no cluster uses the group yet."
      : `${wrong.every(({ isStatic }) => !isStatic) ? "Costs nothing: it takes effect at once" : "Costs the reboot below: until then what is static stays as it is"}. Every cluster that uses the group gets these values.`,
    commands: [
      rds(
        ...["modify-db-cluster-parameter-group", "--db-cluster-parameter-group-name", own],
        "--parameters",
        ...wrong.map(
          ({ name, value, isStatic }) =>
            `ParameterName=${name},ParameterValue=${value},ApplyMethod=${isStatic ? "pending-reboot" : "immediate"}`,
        ),
      ),
    ],
  };
  if (!family) return { steps: [set], needsReboot: wrong.some(({ isStatic }) => isStatic) };
  return {
    steps: [
      {
        does: `Make a parameter group: the cluster uses ${group}, AWS's own, whose values cannot be changed.`,
        costs: "Costs nothing.",
        commands: [
          rds(
            ...["create-db-cluster-parameter-group", "--db-cluster-parameter-group-name", own],
            ...["--db-parameter-group-family", family],
            ...["--description", `${id}, with change data capture`],
          ),
        ],
      },
      set,
      {
        does: `Let the cluster use ${own}. All other values are those of ${group}.`,
        costs: "Costs the reboot below.",
        commands: [
          rds(
            ...["modify-db-cluster", "--db-cluster-identifier", id],
            ...["--db-cluster-parameter-group-name", own, "--apply-immediately"],
          ),
        ],
      },
    ],
    needsReboot: true,
  };
}

/** Every instance reads static parameters when it starts. */
function reboots({ cluster }: Asked, needed: boolean, rds: Command): Step[] {
  const members = [...(cluster.DBClusterMembers ?? [])].filter(
    ({ DBClusterParameterGroupStatus }) =>
      needed || DBClusterParameterGroupStatus === "pending-reboot",
  );
  const reboot = (role: boolean) =>
    members
      .filter(({ IsClusterWriter }) => IsClusterWriter === role)
      .map(({ DBInstanceIdentifier: name }) => ({
        name,
        command: rds("reboot-db-instance", "--db-instance-identifier", name),
      }));
  const readers = reboot(false);
  const names = readers.map(({ name }) => name).join(", ");
  return [
    ...reboot(true).map(({ name, command }) => ({
      does: `Reboot the writer, ${name}${needed ? "" : ", whose parameters are pending a reboot"}.`,
      costs: "Costs a reboot: all connections to it break, and it is away for about a minute.",
      commands: [command],
    })),
    ...(readers.length > 0
      ? [
          {
            does: `${needed ? `Reboot the readers too, ${names}` : `Reboot ${names}, whose parameters are pending a reboot`}: a reader that is promoted must stream as well.`,
            costs: "Costs a reboot of each: one after the other, the rest goes on serving.",
            commands: readers.map(({ command }) => command),
          },
        ]
      : []),
  ];
}
