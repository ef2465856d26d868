import type { Answer } from "../../programs/answer";
import { askAws } from "../../programs/aws";
import type { Around } from "../../programs/run";
import { instead } from "./elsewhere";
import {
  type Cluster,
  type Deployment,
  type GlobalCluster,
  type Instance,
  type Parameter,
  type Question,
  questions,
  type SecurityGroup,
  type SubnetGroup,
} from "./questions";
import { AwsProblem, isDenied, type Login, profileOf, refusalOf } from "./refusals";

/** What AWS told of a cluster. What is undefined, it did not tell: `untold` says why. */
export interface Asked {
  readonly cluster: Cluster;
  readonly instances?: readonly Instance[];
  readonly parameters?: readonly Parameter[];
  readonly subnetGroup?: SubnetGroup;
  readonly securityGroups?: readonly SecurityGroup[];
  readonly deployments?: readonly Deployment[];
  readonly globalClusters?: readonly GlobalCluster[];
  /** What could not be found out, and why: whole sentences. */
  readonly untold: readonly string[];
}

/** Where {@link policy} is. */
const page = "docs/existing-cluster.md";

/**
 * Asks AWS for a cluster and what is around it. Where it is not allowed to ask one thing, it asks
 * the others.
 *
 * @throws {AwsProblem} where the cluster itself cannot be asked for, or is none
 */
export async function askAurora(id: string, login: Login, around: Around): Promise<Asked> {
  const found = await ask(questions.cluster(id), login, around);
  if (!("value" in found)) throw await withoutCluster(id, found, login, around);
  const cluster = found.value;
  const { DBClusterParameterGroup, DBSubnetGroup, VpcSecurityGroups } = cluster;
  const there = { ...login, region: regionOf(cluster) };
  const untold: string[] = [];
  const told = async <T>(question: Question<T>): Promise<T | undefined> => {
    const asked = await ask(question, there, around);
    if ("value" in asked) return asked.value;
    const allow = isDenied(asked) ? ` The policy in ${page} allows it.` : "";
    untold.push(
      `${refusalOf(asked, question.action, there)} So ${question.tells} is not known.${allow}`,
    );
    return undefined;
  };
  const [instances, parameters, subnetGroup, securityGroups, deployments, globalClusters] =
    await Promise.all([
      told(questions.instances(id)),
      DBClusterParameterGroup ? told(questions.parameters(DBClusterParameterGroup)) : undefined,
      DBSubnetGroup ? told(questions.subnetGroup(DBSubnetGroup)) : undefined,
      // Without ids, all groups of the account would be told.
      VpcSecurityGroups.length > 0 ? told(questions.securityGroups(VpcSecurityGroups)) : [],
      told(questions.deployments()),
      told(questions.globalClusters()),
    ]);
  return {
    ...{ cluster, instances, parameters, subnetGroup, securityGroups, deployments },
    ...{ globalClusters, untold: untold.sort() },
  };
}

/** Region of a cluster, such as `us-east-2`. */
export const regionOf = ({ DBClusterArn }: Pick<Cluster, "DBClusterArn">): string =>
  DBClusterArn.split(":")[3] as string;

type NoValue = Exclude<Answer, { readonly value: unknown }>;
type Told<T> = NoValue | { readonly value: T };

/** An answer whose value is as expected. */
async function ask<T>(
  { args, answer }: Question<T>,
  login: Login,
  around: Around,
): Promise<Told<T>> {
  const region = login.region ? ["--region", login.region] : [];
  const given = await askAws([...args, ...region, ...profileOf(login), "--output", "json"], around);
  if (!("value" in given)) return given;
  const { success, data } = answer.safeParse(given.value);
  return success ? { value: data } : { unreadable: JSON.stringify(given.value) };
}

/** Why there is no cluster to speak of. */
async function withoutCluster(
  id: string,
  answer: NoValue,
  login: Login,
  around: Around,
): Promise<AwsProblem> {
  const { action } = questions.cluster(id);
  if (!("code" in answer) || answer.code !== "DBClusterNotFoundFault") {
    const allow = isDenied(answer)
      ? ` Nothing can be found out without: ${page} has the policy.`
      : "";
    return new AwsProblem(`${refusalOf(answer, action, login)}${allow}`);
  }
  const [instance, clusters] = await Promise.all([
    ask(questions.instance(id), login, around),
    ask(questions.clusters(), login, around),
  ]);
  if ("value" in instance) {
    const { DBClusterIdentifier: cluster, Engine } = instance.value;
    return new AwsProblem(
      cluster
        ? `${id} is an instance of the cluster ${cluster}: give --aurora ${cluster}.`
        : `${id} is an instance of its own, ${instead(Engine)}`,
    );
  }
  const where = login.region ?? "the region that aws takes by itself (`aws configure get region`)";
  // https://docs.aws.amazon.com/aurora-dsql/latest/APIReference/API_CreateStream.html
  const dsql = /^[a-z0-9]{26}$/.test(id)
    ? " Its form is that of an Aurora DSQL cluster's id: a stream of that cluster goes to Kinesis (`aws dsql create-stream`), which the input aws_kinesis reads, in a pipeline of your own."
    : "";
  return new AwsProblem(
    `There is no cluster ${id} in ${where}. ${listOf(clusters)}${dsql} A cluster elsewhere takes --region, or another --profile.`,
  );
}

function listOf(clusters: Told<readonly { readonly DBClusterIdentifier: string }[]>): string {
  // Whoever may ask for one cluster need not be allowed to list them.
  if (!("value" in clusters)) return "Which there are is not known.";
  const names = clusters.value.map(({ DBClusterIdentifier }) => DBClusterIdentifier).sort();
  return names.length > 0
    ? `There are: ${names.join(", ")}.`
    : "There is none in this account at all.";
}
