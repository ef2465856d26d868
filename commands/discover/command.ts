import { UsageError } from "../usage-error";
import { type Assignment, assignments } from "./assignments";
import { getCluster, type ListedCluster, listClusters } from "./cluster";
import { findings } from "./findings";
import { type Cloud, CloudError, overview, proxyOf, redpandaCloud } from "./request";
import { edit, readTfvars, writeTfvars } from "./tfvars";
import { type ServiceAccount, withToken } from "./token";
import { cacheFolder } from "./token-cache";

export interface DiscoverOptions {
  /** Id of the cluster, 20 lower-case letters and digits. @default - all clusters are listed */
  readonly cluster?: string;
  /** File that gets the values. @default - they are printed */
  readonly tfvars?: string;
}

/** What the command finds around it. */
export interface Surroundings {
  /** Holds the service account, and where the cache goes. */
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what goes to standard output: lines for a tfvars file, or what was written. */
  readonly print: (text: string) => void;
  /** Takes what goes to standard error. */
  readonly warn: (text: string) => void;
  /** @default - the real one */
  readonly cloud?: Cloud;
}

/**
 * Asks Redpanda Cloud for a cluster, says what it means for this setup, and prints the tfvars
 * lines or writes them. Without a cluster it prints which there are.
 *
 * @returns the exit code: 0, or 1 when the API refuses, cannot be reached, or the module does not
 *   fit the cluster
 * @throws {UsageError} with every problem of options and environment, before anything is asked
 */
export async function discover(
  options: DiscoverOptions,
  { environment, print, warn, ...surroundings }: Surroundings,
): Promise<number> {
  const { id, account } = checked(options, environment);
  const cloud = { ...(surroundings.cloud ?? redpandaCloud), proxy: proxyOf(environment) };
  const around = { cloud, cache: cacheFolder(environment), warn };
  try {
    if (id === undefined) {
      const clusters = await withToken(account, around, (token) => listClusters(token, cloud));
      warn(clusters.length > 0 ? nameOne : noCluster);
      print(asTable(clusters));
      return 0;
    }
    const cluster = await withToken(account, around, (token) => getCluster(id, token, cloud));
    const found = findings(id, cluster);
    warn([found.summary, ...found.remarks.map((remark) => `- ${remark}`), ""].join("\n"));
    if (!found.fits) return 1;
    const values = assignments(id, found);
    print(
      options.tfvars === undefined
        ? asText(values, cluster.region)
        : summary(options.tfvars, writeTfvars(options.tfvars, values)),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    warn(`${error.message}\n`);
    return 1;
  }
}

/** @throws {UsageError} with every problem */
function checked(
  { cluster, tfvars }: DiscoverOptions,
  environment: NodeJS.ProcessEnv,
): { id: string | undefined; account: ServiceAccount } {
  const { REDPANDA_CLIENT_ID: clientId = "", REDPANDA_CLIENT_SECRET: secret = "" } = environment;
  const problems = [
    ...clusterProblems(cluster),
    ...credentialProblems("REDPANDA_CLIENT_ID", clientId),
    ...credentialProblems("REDPANDA_CLIENT_SECRET", secret),
    ...(tfvars === undefined ? [] : tfvarsProblems(tfvars)),
  ];
  if (cluster === undefined && tfvars !== undefined) {
    problems.unshift(
      "--tfvars also requires --cluster: `rpcn-aurora discover` alone lists the clusters.",
    );
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return { id: cluster, account: { id: clientId, secret } };
}

function clusterProblems(id: string | undefined): string[] {
  if (id === undefined || /^[a-z0-9]{20}$/.test(id)) return [];
  return [
    `--cluster is ${JSON.stringify(id)}. It must be a cluster's id, 20 lower-case letters and digits such as curl3eo533cmsnt23dv0: ${overview}, or \`rpcn-aurora discover\`, which lists them.`,
  ];
}

const nameOne = "Give one of the clusters' ids as --cluster.\n";

const noCluster =
  "The service account sees no cluster. Give it a role on one: Redpanda Cloud > Organization IAM > Service accounts.\n";

/** One line for each cluster, its id first. */
function asTable(clusters: readonly ListedCluster[]): string {
  const rows = clusters.map(({ id, name, type, cloud_provider, region, state }) => [
    id,
    JSON.stringify(name ?? ""),
    type ?? "-",
    cloud_provider ?? "-",
    region || "-",
    state ?? "-",
  ]);
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** Never shows the value. */
function credentialProblems(name: string, value: string): string[] {
  if (value === "") {
    return [
      `${name} is not in the environment. Set it to the service account's: Redpanda Cloud > Organization IAM > Service accounts.`,
    ];
  }
  return /\s/.test(value)
    ? [`${name} (not shown) contains a space or a line break: copy it again without.`]
    : [];
}

function tfvarsProblems(file: string): string[] {
  try {
    readTfvars(file);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return [error.message];
    throw error;
  }
}

function asText(values: readonly Assignment[], region: string | null | undefined): string {
  const comment = region
    ? `# The Redpanda cluster runs in ${region}. The variable region is Aurora's, which may differ.\n`
    : "";
  return comment + edit("", values).text;
}

function summary(file: string, changed: readonly string[]): string {
  return changed.length > 0
    ? `Wrote ${changed.join(", ")} to ${file}.\n`
    : `${file} already has these values.\n`;
}
