/**
 * Who can connect as whom: for each system that can be synthesized, what is asked of AWS and what AWS
 * answers.
 *
 * A row reads as a sentence: the app role asks for `sts:AssumeRole` on the db-access role. In it,
 *
 * - who or what is *beside* another is in the same account;
 * - an *administrator* is allowed everything by policies of its own, so the answer is the trust policy's;
 * - a role or database user that is *open* lets in the caller's whole account, and the role carries the
 *   tag that is asked for, so the answer is that of the caller's own policies;
 * - `sts:*` and `rds-db:*` are actions that AWS may add some day.
 */
export interface System {
  /** One line for people. */
  readonly title: string;
  readonly flags: Readonly<Record<string, string>>;
  /** Those that matter here. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What ARNs start with after `arn:`. @default - `aws` */
  readonly partition?: string;
  /** Who stands at the beginning of the pipeline's chain of roles. */
  readonly start: string;
  readonly rows: readonly Row[];
}

export type Row = readonly [
  answer: "allowed" | "denied",
  who: string,
  action: string,
  what: string,
  presenting?: Presenting,
];

export type Presenting =
  | "no external id"
  | "the external id"
  | "the external id in capitals"
  | "another external id";

const assume = "sts:AssumeRole";
const connect = "rds-db:connect";

/** `from` may assume `to` and do nothing else, and nobody else may assume `to`. */
function hop(from: string, to: string, presenting?: Presenting): Row[] {
  const administrator = `${from}, were it an administrator`;
  return [
    ["allowed", from, assume, to, presenting],
    ["denied", `an administrator beside ${from}`, assume, to, presenting],
    ["denied", `an administrator beside ${to}`, assume, to, presenting],
    ["denied", `an administrator named like ${from} in another account`, assume, to, presenting],
    ["denied", `an administrator named like ${from} in another partition`, assume, to, presenting],
    ["denied", `an administrator whose name begins like that of ${from}`, assume, to, presenting],
    ["denied", `${to}, were it an administrator`, assume, to, presenting],
    ["denied", administrator, "sts:*", to, presenting],
    ["denied", administrator, "sts:TagSession", to, presenting],
    ["denied", administrator, "sts:SetSourceIdentity", to, presenting],
    ["denied", administrator, "sts:AssumeRoleWithWebIdentity", to, presenting],
    ["denied", administrator, "sts:AssumeRoleWithSAML", to, presenting],
    ["allowed", from, assume, `${to}, were it open`, presenting],
    ["denied", from, assume, `an open role beside ${to}`, presenting],
    ["denied", from, assume, `an open role named like ${to} in another account`, presenting],
    ["denied", from, assume, `an open role named like ${to} in another partition`, presenting],
    ["denied", from, assume, `an open role whose name begins like that of ${to}`, presenting],
    ["denied", from, "sts:*", `${to}, were it open`, presenting],
    ["denied", from, "sts:TagSession", `${to}, were it open`, presenting],
    ["denied", from, "sts:SetSourceIdentity", `${to}, were it open`, presenting],
    ["denied", from, "iam:UpdateAssumeRolePolicy", `${to}, were it open`],
    ["denied", from, connect, "the database user, were it open"],
  ];
}

/** What else must not do for the external id, whoever asks. */
const otherIds = [
  "no external id",
  "another external id",
  "the external id in capitals",
] as const satisfies Presenting[];

/** The trust policy of `to` demands the external id. */
function demands(from: string, to: string): Row[] {
  return otherIds.map((id) => ["denied", `${from}, were it an administrator`, assume, to, id]);
}

/** The policy of `from` allows nothing without the external id. */
function presents(from: string, to: string): Row[] {
  return otherIds.map((id) => ["denied", from, assume, `${to}, were it open`, id]);
}

/** The policy of `from` allows only a role that carries the tag. */
function tagged(from: string, to: string, presenting?: Presenting): Row[] {
  return ["without its tag", "with the tag false", "with the tag TRUE"].map((tag) => [
    "denied",
    from,
    assume,
    `${to} ${tag}, were it open`,
    presenting,
  ]);
}

/** `role` may log in as `user`, and as nobody else anywhere. */
function login(role: string, user: string): Row[] {
  return [
    ["allowed", role, connect, user],
    ["denied", role, "rds-db:*", user],
    ["denied", role, connect, `the master user beside ${user}`],
    ["denied", role, connect, `a user whose name begins like that of ${user}`],
    ["denied", role, connect, `${user} of another cluster`],
    ["denied", role, connect, `${user} of another instance`],
    ["denied", role, connect, `${user} in another region`],
    ["denied", role, connect, `${user} in another account, were it open`],
    ["denied", role, connect, `${user} in another partition`],
  ];
}

/** The last role of the chain may do nothing but log in. */
function nothingElse(role: string): Row[] {
  return [
    ["denied", role, "rds:DescribeDBClusters", "the cluster"],
    ["denied", role, "rds:ModifyDBCluster", "the cluster"],
    ["denied", role, "rds:DeleteDBCluster", "the cluster"],
    ["denied", role, "iam:PutRolePolicy", role],
    ["denied", role, "iam:UpdateAssumeRolePolicy", role],
    ["denied", role, assume, `an open role beside ${role}`],
  ];
}

const pipeline = "the pipeline role";
const selfHosted = "the self-hosted Connect's role";
const keyUser = "the access key's user";
const connectRole = "the db-connect role";

/** From whoever starts a pipeline of Redpanda's to the database. */
function byocRows(start: string, presenting?: Presenting): Row[] {
  return [
    ...hop(start, connectRole, presenting),
    ...tagged(start, connectRole, presenting),
    ...(presenting ? demands(start, connectRole) : []),
    ...login(connectRole, "the database user"),
    ...nothingElse(connectRole),
  ];
}

/** What holds where start and db-connect role are in different accounts: both sides must agree. */
function acrossAccounts(start: string, presenting?: Presenting): Row[] {
  return [
    ["denied", `${start}, without a policy`, assume, connectRole, presenting],
    ["denied", start, assume, `${connectRole} without its tag`, presenting],
  ];
}

/** In one account the trust policy suffices, because it names the user: see the first rows. */
function withinAccount(start: string, presenting?: Presenting): Row[] {
  return [
    ["allowed", `${start}, without a policy`, assume, connectRole, presenting],
    ["allowed", start, assume, `${connectRole} without its tag`, presenting],
    ["denied", `${start}, without a policy`, assume, `${connectRole}, were it open`, presenting],
  ];
}

/** Another principal is trusted, and Redpanda's is not. */
function notThePipelineRole(presenting?: Presenting): Row[] {
  return [["denied", `${pipeline}, were it an administrator`, assume, connectRole, presenting]];
}

const app = "the app role";
const accessRole = "the db-access role";
const secondRole = "the second db-access role";

const services = { ec2: "EC2", ecs: "ECS tasks" };

/** From the host of Redpanda Connect to the database. */
function ec2Rows(host: keyof typeof services, hops: "1" | "2", presenting?: Presenting): Row[] {
  const service = services[host];
  const others = [...Object.values(services), "Lambda"].filter((other) => other !== service);
  const last = hops === "2" ? secondRole : accessRole;
  return [
    ["allowed", service, assume, app],
    ...others.map((other): Row => ["denied", other, assume, app]),
    ["denied", service, "sts:TagSession", app],
    ["denied", service, "sts:SetSourceIdentity", app],
    ["denied", service, "sts:AssumeRoleWithWebIdentity", app],
    ["denied", service, assume, accessRole, presenting],
    ["denied", `an administrator beside ${app}`, assume, app],
    ["denied", `${app}, were it an administrator`, assume, app],
    ["denied", `${accessRole}, were it an administrator`, assume, app],
    ...hop(app, accessRole, presenting),
    ...(presenting ? [...demands(app, accessRole), ...presents(app, accessRole)] : []),
    ...(hops === "2" ? twoHops(presenting) : []),
    ...login(last, "the database user"),
    ...nothingElse(last),
  ];
}

/** The second role comes second. */
function twoHops(presenting?: Presenting): Row[] {
  return [
    ...hop(accessRole, secondRole),
    ["denied", `${app}, were it an administrator`, assume, secondRole, presenting],
    ["denied", `${secondRole}, were it an administrator`, assume, accessRole, presenting],
    ["denied", `${secondRole}, were it an administrator`, assume, app],
  ];
}

/** The one that a trust policy demands. */
export const externalId = "my-secret-external-id-123";
const theId = "the external id";

/** Role of a Redpanda Connect that is not Redpanda's. */
export const selfHostedArn = "arn:aws:iam::123456789012:role/teams/data/rpconnect";

/** Database users beyond the module's own cluster. */
const listed = [
  "arn:aws:rds-db:eu-west-2:082958828786:dbuser:db-XQI7DHAJQW3MY5CITYCAKNYPUQ/iamuser",
  "arn:aws:rds-db:eu-west-2:082958828786:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0HGE/iamuser",
];

/** Chains that start with Redpanda's pipeline role, or another one that is trusted in its place. */
function byocSystems(demanded: boolean): System[] {
  const variables = demanded ? { external_id: externalId } : {};
  const presenting = demanded ? theId : undefined;
  const and = demanded ? "; an external id is demanded" : "";
  const rows = (start: string) => [
    ...byocRows(start, presenting),
    ...acrossAccounts(start, presenting),
  ];
  return [
    {
      title: `A BYOC cluster's pipeline; somebody attaches the generated policy${and}`,
      flags: {},
      variables,
      start: pipeline,
      rows: rows(pipeline),
    },
    {
      title: `A BYOC cluster's pipeline; the apply attaches the policy${and}`,
      flags: { grant: "attach" },
      variables: { ...variables, redpanda_aws_profile: "redpanda" },
      start: pipeline,
      rows: rows(pipeline),
    },
    {
      title: `A pipeline with an access key of the database account${and}`,
      flags: { credentials: "static" },
      variables,
      start: keyUser,
      rows: [
        ...byocRows(keyUser, presenting),
        ...withinAccount(keyUser, presenting),
        ...notThePipelineRole(presenting),
      ],
    },
    {
      title: `A Redpanda Connect of one's own, whose role is trusted instead${and}`,
      flags: {},
      variables: { ...variables, trusted_principal_arn: selfHostedArn },
      start: selfHosted,
      rows: [...rows(selfHosted), ...notThePipelineRole(presenting)],
    },
  ];
}

/** Chains that start with the role of a host of one's own. */
function ec2Systems(accounts: "one" | "two"): System[] {
  const variables = accounts === "two" ? { external_id: externalId } : {};
  const presenting = accounts === "two" ? theId : undefined;
  const where = accounts === "two" ? "in another account" : "in the database account";
  return (["ec2", "ecs"] as const).flatMap((host) =>
    (["1", "2"] as const).map((hops) => ({
      title: `Redpanda Connect on ${hosts[host]} ${where}, ${hops === "1" ? "one role" : "two roles"} before the database`,
      flags: { topology: "ec2", host, accounts, hops },
      variables,
      start: app,
      rows: ec2Rows(host, hops, presenting),
    })),
  );
}

const hosts = { ec2: "an EC2 instance", ecs: "ECS" };

/** What can be synthesized, as far as IAM sees a difference. */
export const systems: readonly System[] = [
  ...byocSystems(false),
  ...byocSystems(true),
  ...ec2Systems("one"),
  ...ec2Systems("two"),
  {
    title: "A BYOC cluster's pipeline that reads from MySQL",
    flags: { engine: "mysql" },
    variables: {},
    start: pipeline,
    rows: [...byocRows(pipeline), ...acrossAccounts(pipeline)],
  },
  {
    title: "Redpanda Connect on an EC2 instance in another account, two roles before MySQL",
    flags: { engine: "mysql", topology: "ec2", accounts: "two", hops: "2" },
    variables: { external_id: externalId },
    start: app,
    rows: ec2Rows("ec2", "2", theId),
  },
  {
    title: "Redpanda Connect on an EC2 instance that reads from further databases",
    flags: { topology: "ec2" },
    variables: { extra_dbuser_arns: listed },
    start: app,
    rows: [
      ...ec2Rows("ec2", "1"),
      ...login(accessRole, "the listed user of an instance"),
      ...login(accessRole, "the listed user of a cluster"),
    ],
  },
  // Redpanda Cloud is in no other partition, and regions there are refused; ARNs would be right.
  ...(["aws-us-gov", "aws-cn"] as const).map((partition) => ({
    title: `A BYOC cluster's pipeline in partition ${partition}`,
    flags: {},
    variables: {},
    partition,
    start: pipeline,
    rows: [...byocRows(pipeline), ...acrossAccounts(pipeline)],
  })),
  ...(
    [
      ["aws-us-gov", "us-gov-west-1", "GovCloud"],
      ["aws-cn", "cn-north-1", "China"],
    ] as const
  ).map(([partition, region, name]) => ({
    title: `Redpanda Connect on an EC2 instance in ${name}`,
    flags: { topology: "ec2", accounts: "two", hops: "2" },
    variables: { region, external_id: externalId },
    partition,
    start: app,
    rows: ec2Rows("ec2", "2", theId),
  })),
];
