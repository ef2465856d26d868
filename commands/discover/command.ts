import { cacheFolder } from "../private-cache";
import { UsageError } from "../usage-error";
import { type Assignment, assignments } from "./assignments";
import { type AuroraOptions, discoverAurora } from "./aurora/command";
import { AwsProblem } from "./aurora/refusals";
import { getCluster, type ListedCluster, listClusters } from "./cluster";
import { findings } from "./findings";
import { type Cloud, CloudError, overview, proxyOf, redpandaCloud } from "./request";
import { edit, readTfvars, writeTfvars } from "./tfvars";
import { type ServiceAccount, withToken } from "./token";

export interface DiscoverOptions {
  /**
   * Id of the Redpanda cluster, 20 lower-case letters and digits. @default - without `aurora`, all
   * clusters are listed
   */
  readonly cluster?: string;
  /** Identifier of the Aurora cluster. @default - AWS is not asked */
  readonly aurora?: string;
  /** Region of the Aurora cluster. @default - what the AWS CLI finds by itself */
  readonly region?: string;
  /** Profile of the AWS CLI. @default - what the AWS CLI finds by itself */
  readonly profile?: string;
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
  /** For one program, in milliseconds. @default 30000 */
  readonly limit?: number;
}

/**
 * Asks Redpanda Cloud and AWS for a cluster each, says what they mean for this setup, and prints the
 * tfvars lines or writes them. Without a cluster it prints which there are in Redpanda Cloud.
 *
 * @returns the exit code: 0, or 1 when one that is asked refuses or cannot be reached, or no module
 *   fits the cluster
 * @throws {UsageError} with every problem of options and environment, before anything is asked
 */
export async function discover(
  options: DiscoverOptions,
  { environment, print, warn, limit = 30_000, ...surroundings }: Surroundings,
): Promise<number> {
  const { account, aurora } = checked(options, environment);
  const cloud = { ...(surroundings.cloud ?? redpandaCloud), proxy: proxyOf(environment) };
  const { cluster: id, tfvars } = options;
  try {
    const values: Assignment[] = [];
    let comment = "";
    if (aurora) {
      const found = await discoverAurora(aurora, { environment, cloud, limit, warn });
      if (!found) return 1;
      values.push(...found);
    }
    if (account) {
      const around = { cloud, cache: cacheFolder(environment), warn };
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
      values.push(...assignments(id, found));
      if (cluster.region && !aurora) comment = otherRegion(cluster.region);
    }
    print(
      tfvars === undefined
        ? comment + edit("", values).text
        : summary(tfvars, writeTfvars(tfvars, values)),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof CloudError || error instanceof AwsProblem)) throw error;
    warn(`${error.message}\n`);
    return 1;
  }
}

/** @throws {UsageError} with every problem */
function checked(
  { cluster, aurora, region, profile, tfvars }: DiscoverOptions,
  environment: NodeJS.ProcessEnv,
): { account?: ServiceAccount; aurora?: AuroraOptions } {
  const { REDPANDA_CLIENT_ID: clientId = "", REDPANDA_CLIENT_SECRET: secret = "" } = environment;
  const asksRedpanda = cluster !== undefined || aurora === undefined;
  const problems = [
    ...clusterProblems(cluster),
    ...auroraProblems({ aurora, region, profile }),
    ...(asksRedpanda
      ? [
          ...credentialProblems("REDPANDA_CLIENT_ID", clientId),
          ...credentialProblems("REDPANDA_CLIENT_SECRET", secret),
        ]
      : []),
    ...(tfvars === undefined ? [] : tfvarsProblems(tfvars)),
  ];
  if (cluster === undefined && aurora === undefined && tfvars !== undefined) {
    problems.unshift(
      "--tfvars also requires --cluster or --aurora: `rpcn-aurora discover` alone lists the clusters of Redpanda.",
    );
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return {
    ...(asksRedpanda ? { account: { id: clientId, secret } } : {}),
    ...(aurora === undefined ? {} : { aurora: { aurora, region, profile, tfvars } }),
  };
}

function clusterProblems(id: string | undefined): string[] {
  if (id === undefined || /^[a-z0-9]{20}$/.test(id)) return [];
  return [
    `--cluster is ${JSON.stringify(id)}. It must be a cluster's id, 20 lower-case letters and digits such as curl3eo533cmsnt23dv0: ${overview}, or \`rpcn-aurora discover\`, which lists them.`,
  ];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const identifier = /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,62}(?<!-)$/;
/** Aurora DSQL's, which may begin with a digit: AWS is asked, and the answer tells what it is. */
const dsqlIdentifier = /^[a-z0-9]{26}$/;

function auroraProblems({
  aurora,
  region,
  profile,
}: Pick<DiscoverOptions, "aurora" | "region" | "profile">): string[] {
  const problems: string[] = [];
  if (aurora === undefined) {
    if (region !== undefined) problems.push("--region also requires --aurora: it is Aurora's.");
    if (profile !== undefined) problems.push("--profile also requires --aurora: it is AWS's.");
  } else if (!identifier.test(aurora) && !dsqlIdentifier.test(aurora)) {
    const meant = arn.exec(aurora)?.groups ?? address.exec(aurora)?.groups;
    const instead = meant
      ? `give --aurora ${meant.name} --region ${meant.region}`
      : "`aws rds describe-db-clusters --query 'DBClusters[].DBClusterIdentifier'` lists yours";
    problems.push(
      `--aurora is ${JSON.stringify(aurora)}. It must be a cluster's identifier, 1 to 63 letters, digits and single hyphens: ${instead}.`,
    );
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    problems.push(
      `--region is ${JSON.stringify(region)}. It must be an AWS region, such as us-east-2.`,
    );
  }
  if (profile !== undefined && !/^[^\s-][^\r\n]*$/.test(profile)) {
    problems.push(
      `--profile is ${JSON.stringify(profile)}. It must be one of those that \`aws configure list-profiles\` lists.`,
    );
  }
  return problems;
}

/** What people have at hand in place of the identifier. */
const arn = /^arn:[a-z-]+:rds:(?<region>[a-z0-9-]+):\d{12}:cluster:(?<name>[\w-]+)$/;
const address = /^(?<name>[\w-]+)\.cluster-[^.]+\.(?<region>[a-z0-9-]+)\.rds\./;

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

const otherRegion = (region: string) =>
  `# The Redpanda cluster runs in ${region}. The variable region is Aurora's, which may differ.\n`;

function summary(file: string, changed: readonly string[]): string {
  return changed.length > 0
    ? `Wrote ${changed.join(", ")} to ${file}.\n`
    : `${file} already has these values.\n`;
}
