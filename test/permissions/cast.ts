import {
  externalId,
  type Presenting,
  type Row,
  type System,
  selfHostedArn,
} from "../../pages/who-can-connect";
import type { Principal, Request, Resource, Target } from "./iam";
import type { Policy } from "./mutants";

/** Whom and what the rows of a system name, by those names. */
export interface Cast {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly targets: ReadonlyMap<string, Named>;
}

/** The row as a sentence. */
export function sentence([answer, who, action, what, presenting]: Row): string {
  return `${answer}: ${who}, ${action}, ${what}${presenting ? `, presenting ${presenting}` : ""}`;
}

/** A target; an open one lets in the account of whoever asks. */
type Named = Target & { readonly open?: true };

/** The cast of an applied module, of which `resources` is the state. */
export function castOf(system: System, resources: Resource[]): Cast {
  const roles = rolesOf(system, resources);
  const users = databaseUsersOf(system, resources);
  const [cluster] = resources.filter(({ type }) => type === "aws_rds_cluster");
  return {
    principals: new Map([...services(system), ...roles.flatMap(principalsAround)]),
    targets: new Map<string, Named>([
      ...roles.flatMap(targetsAround),
      ...users.flatMap(([name, arn]) => usersAround(name, arn, cluster?.values.master_username)),
      ["the cluster", { arn: String(cluster?.values.arn) }],
    ]),
  };
}

/**
 * What a row asks of AWS.
 * @throws where it names somebody or something that is not of the cast
 */
export function requestOf(row: Row, { principals, targets }: Cast): Request {
  const [, who, action, what, presenting = "no external id"] = row;
  const principal = principals.get(who);
  const named = targets.get(what);
  if (!principal || !named) throw new Error(`Who or what is meant? ${sentence(row)}`);
  const { open, ...target } = named;
  return {
    principal,
    action,
    target: open ? { ...target, trust: trusting(principal) } : target,
    externalId: presented[presenting],
  };
}

const presented: Record<Presenting, string | undefined> = {
  "no external id": undefined,
  "the external id": externalId,
  "the external id in capitals": externalId.toUpperCase(),
  "another external id": "another-external-id",
};

type Entry<T> = [name: string, T];

function services({ partition }: System): Entry<Principal>[] {
  const ec2 = partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
  const names = {
    EC2: ec2,
    "ECS tasks": "ecs-tasks.amazonaws.com",
    Lambda: "lambda.amazonaws.com",
  };
  return Object.entries(names).map(([service, name]) => [
    service,
    // AWS asks for no policies of a service; the simulator does where the name ends in .cn.
    { name, policies: [everything] },
  ]);
}

/** Roles and users of AWS: those of the module, and those that start its chain. */
function rolesOf({ partition = "aws" }: System, resources: Resource[]): Entry<string>[] {
  const addresses = {
    "aws_iam_user.redpanda_connect": "the access key's user",
    "aws_iam_role.allow_connect_to_aurora_iam_demo_user": "the db-connect role",
    "aws_iam_role.rpconnect_app_role": "the app role",
    "aws_iam_role.db_access_role": "the db-access role",
    "aws_iam_role.db_access_role_2": "the second db-access role",
  };
  const made = Object.entries(addresses).flatMap(([address, name]) =>
    resources
      .filter((resource) => resource.address === address)
      .map(({ values }): Entry<string> => [name, String(values.arn)]),
  );
  return [
    [
      "the pipeline role",
      // Of the original's cluster.
      `arn:${partition}:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline`,
    ],
    ["the self-hosted Connect's role", selfHostedArn],
    ...made,
  ];
}

function databaseUsersOf(
  { flags, variables, partition = "aws" }: System,
  resources: Resource[],
): Entry<string>[] {
  const [cluster] = resources.filter(({ type }) => type === "aws_rds_cluster");
  const { arn, cluster_resource_id } = cluster?.values ?? {};
  const [, , , region, account] = String(arn).split(":");
  const user = flags.topology === "ec2" ? "iamuser" : "iam_demo_user";
  const [instance, other] = (variables.extra_dbuser_arns ?? []) as string[];
  return [
    [
      "the database user",
      `arn:${partition}:rds-db:${region}:${account}:dbuser:${cluster_resource_id}/${user}`,
    ],
    ...(instance ? [["the listed user of an instance", instance] as Entry<string>] : []),
    ...(other ? [["the listed user of a cluster", other] as Entry<string>] : []),
  ];
}

/** Who could be taken for it. */
function principalsAround([name, arn]: Entry<string>): Entry<Principal>[] {
  const administrator = (name: string): Principal => ({ name, policies: [everything] });
  return [
    [name, { name: arn }],
    [`${name}, without a policy`, { name: arn, policies: [] }],
    [`${name}, were it an administrator`, administrator(arn)],
    [`an administrator beside ${name}`, administrator(beside(arn))],
    [`an administrator named like ${name} in another account`, administrator(elsewhere(arn))],
    [`an administrator named like ${name} in another partition`, administrator(abroad(arn))],
    [`an administrator whose name begins like that of ${name}`, administrator(`${arn}-2`)],
  ];
}

/** What could be taken for it, and what it could be. */
function targetsAround([name, arn]: Entry<string>): Entry<Named>[] {
  const open = (arn: string, tags: Named["tags"] = tagged("true")): Named => ({
    arn,
    tags,
    open: true,
  });
  return [
    [name, { arn }],
    [`${name}, were it open`, open(arn)],
    [`an open role beside ${name}`, open(beside(arn))],
    [`an open role named like ${name} in another account`, open(elsewhere(arn))],
    [`an open role named like ${name} in another partition`, open(abroad(arn))],
    [`an open role whose name begins like that of ${name}`, open(`${arn}-2`)],
    [`${name} without its tag`, { arn, tags: {} }],
    [`${name} without its tag, were it open`, open(arn, {})],
    [`${name} with the tag false, were it open`, open(arn, tagged("false"))],
    [`${name} with the tag TRUE, were it open`, open(arn, tagged("TRUE"))],
  ];
}

function usersAround(name: string, arn: string, master: unknown): Entry<Named>[] {
  const [, , , , , , id = ""] = arn.split(/[:/]/);
  return [
    [name, { arn }],
    [`${name}, were it open`, { arn, open: true }],
    [`the master user beside ${name}`, { arn: arn.replace(/[^/]+$/, String(master)) }],
    [`a user whose name begins like that of ${name}`, { arn: `${arn}2` }],
    [`${name} of another cluster`, { arn: arn.replace(id, `cluster-${"A".repeat(26)}`) }],
    [`${name} of another instance`, { arn: arn.replace(id, `db-${"A".repeat(26)}`) }],
    [`${name} in another region`, { arn: withPart(arn, REGION, "ap-southeast-2") }],
    [`${name} in another account, were it open`, { arn: elsewhere(arn), open: true }],
    [`${name} in another partition`, { arn: abroad(arn) }],
  ];
}

const [PARTITION, REGION, ACCOUNT] = [1, 3, 4];

function withPart(arn: string, index: number, value: string): string {
  return arn.split(":").with(index, value).join(":");
}

const beside = (arn: string) => arn.replace(/[^/]+$/, "another");
const elsewhere = (arn: string) => withPart(arn, ACCOUNT, "999999999999");
const abroad = (arn: string) =>
  withPart(arn, PARTITION, arn.startsWith("arn:aws:") ? "aws-us-gov" : "aws");

const tagged = (value: string) => ({ redpanda_scope_redpanda_connect: value });

const everything: Policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Trust of the caller's whole account, in everything. */
function trusting({ name }: Principal): Policy {
  const [, partition, , , account] = name.split(":");
  const root = `arn:${partition}:iam::${account}:root`;
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: root }, Action: "*" }],
  };
}
