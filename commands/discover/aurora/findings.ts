import { engines } from "../../../engines";
import type { Engine } from "../../../engines/engine";
import type { Assignment } from "../assignments";
import { type Asked, regionOf } from "./ask";
import { instead } from "./elsewhere";
import { existingRanges, groupOf, portOf } from "./ingress";
import { misfitsOf } from "./misfits";
import type { Login } from "./refusals";
import { remarksOn } from "./remarks";
import { type Step, stepsFor } from "./steps";

/** What a cluster means for a module that streams from it. */
export interface Findings {
  /** One line on what it is. */
  readonly summary: string;
  /** What each fact means. */
  readonly remarks: readonly string[];
  /** What is to be done before the first apply, in this order. */
  readonly steps: readonly Step[];
  /** Why no module can stream from it: none where one can. */
  readonly misfits: readonly string[];
  /** Values of the module's variables, in the order of the examples in tfvars/. */
  readonly values: readonly Assignment[];
  /** The engine, where it is one of ours. */
  readonly engine?: Engine;
}

type Chosen = (name: string) => string | undefined;

/**
 * Reads what AWS told of a cluster as somebody who wants to stream from it.
 *
 * @param login for the commands
 * @param chosen the text that a tfvars file gives a variable
 * @param profile of the AWS CLI, by which it was asked @default - none
 */
export function findings(
  asked: Asked,
  login: Login,
  { now, profile, chosen }: { now: Date; profile?: string; chosen: Chosen },
): Findings {
  const { cluster } = asked;
  const engine = engines.find(({ auroraEngine }) => auroraEngine === cluster.Engine);
  const id = cluster.DBClusterIdentifier;
  const account = cluster.DBClusterArn.split(":")[4];
  const place = `${id} (account ${account}, ${regionOf(cluster)})`;
  if (!engine) {
    return {
      summary: `Cluster ${place}: ${cluster.Engine} ${cluster.EngineVersion}`,
      ...{ remarks: [], steps: [], values: [] },
      misfits: [`${id} is ${instead(cluster.Engine)}`],
    };
  }
  const summary = `Aurora cluster ${place}: ${engine.product} ${cluster.EngineVersion}, ${cluster.Status}`;
  const misfits = misfitsOf(asked, engine);
  if (misfits.length > 0) return { summary, remarks: [], steps: [], values: [], misfits, engine };
  const group = groupOf(asked, chosen("security_group_id"));
  return {
    summary,
    remarks: remarksOn(asked, engine, group),
    steps: stepsFor(asked, engine, login, now),
    misfits,
    values: valuesOf(asked, { profile, group, engine, chosen }),
    engine,
  };
}

function valuesOf(
  asked: Asked,
  {
    profile,
    group,
    engine,
    chosen,
  }: { profile?: string; group?: string; engine: Engine; chosen: Chosen },
): Assignment[] {
  const { cluster, securityGroups } = asked;
  const found = securityGroups?.find(({ GroupId }) => GroupId === group);
  const ranges = existingRanges(found, portOf(asked, engine));
  const text = (name: string, value: string | null | undefined): Assignment[] =>
    value ? [{ name, value: JSON.stringify(value) }] : [];
  /** The operator may have chosen another. */
  const first = (name: string, value: string | null | undefined): Assignment[] =>
    text(name, value).map((assignment) => ({ ...assignment, onlyIfMissing: true }));
  return [
    ...text("region", regionOf(cluster)),
    ...text("aws_profile", profile),
    ...text("cluster_identifier", cluster.DBClusterIdentifier),
    ...text("security_group_id", group),
    ...(found
      ? [
          {
            name: "existing_ingress_cidrs",
            value: `[${ranges.map((range) => JSON.stringify(range)).join(", ")}]`,
            ...(ranges.length === 0 ? { onlyIfThere: true as const } : {}),
          },
        ]
      : []),
    ...first("db_name", cluster.DatabaseName),
    // Each topology has its own name for whoever runs the setup SQL.
    ...(chosen("db_master_username") ? [] : first("db_username", cluster.MasterUsername)),
  ];
}
