import { UsageError } from "../usage-error";
import { type Assignment, assignments } from "./assignments";
import { getCluster } from "./cluster";
import { findings } from "./findings";
import { type Cloud, CloudError, overview, redpandaCloud } from "./request";
import { edit, readTfvars, writeTfvars } from "./tfvars";
import { type ServiceAccount, withToken } from "./token";
import { cacheFolder } from "./token-cache";

export interface DiscoverOptions {
  /** Id of the cluster, 20 lower-case letters and digits. */
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
 * lines or writes them.
 *
 * @returns the exit code: 0, or 1 when the API refuses, cannot be reached, or the module does not
 *   fit the cluster
 * @throws {UsageError} with every problem of options and environment, before anything is asked
 */
export async function discover(
  options: DiscoverOptions,
  { environment, print, warn, cloud = redpandaCloud }: Surroundings,
): Promise<number> {
  const { id, account } = checked(options, environment);
  const cache = cacheFolder(environment);
  try {
    const cluster = await withToken(account, { cloud, cache, warn }, (token) =>
      getCluster(id, token, cloud),
    );
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
): { id: string; account: ServiceAccount } {
  const { REDPANDA_CLIENT_ID: id = "", REDPANDA_CLIENT_SECRET: secret = "" } = environment;
  const problems = [
    ...clusterProblems(cluster),
    ...credentialProblems("REDPANDA_CLIENT_ID", id),
    ...credentialProblems("REDPANDA_CLIENT_SECRET", secret),
    ...(tfvars === undefined ? [] : tfvarsProblems(tfvars)),
  ];
  if (cluster === undefined || problems.length > 0) throw new UsageError(problems.join("\n"));
  return { id: cluster, account: { id, secret } };
}

function clusterProblems(id: string | undefined): string[] {
  if (id !== undefined && /^[a-z0-9]{20}$/.test(id)) return [];
  return [
    `--cluster is ${id === undefined ? "missing" : JSON.stringify(id)}. It must be a cluster's id, 20 lower-case letters and digits such as curl3eo533cmsnt23dv0: ${overview}, or \`rpk cloud cluster list\`.`,
  ];
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
