import { actionsIn, additions, documented, documentedForAlarms } from "./documented";
import { account, allows, asked, region } from "./gate";

const policy = documented({ account, region, "security group": "sg-1", name_prefix: "demo" });
const ofAlarms = documentedForAlarms({
  account,
  region,
  alarms: "demo-aurora-pg",
  cluster: "orders",
});
const allowed = async (action: string, arns: readonly string[]) =>
  (await Promise.all(arns.map((arn) => allows(policy, action, arn)))).every(Boolean);

test("the page has the actions that the module asks for, and no others", () => {
  const all = [policy, ofAlarms]
    .flatMap(actionsIn)
    .concat(additions().flatMap(({ actions }) => actions));
  expect([...new Set(all)].sort()).toEqual(Object.keys(asked).sort());
});

test("the page's table, by flag", () => {
  const flags = additions().map(({ flag, actions }) => `${flag}: ${actions.length}`);
  expect(flags).toEqual([
    "--grant attach: 4",
    "--credentials static: 16",
    "--credentials static: 1",
    "--database exec: 1",
    "--database data-api: 4",
    "--database data-api: 1",
    "--topology ec2: 9",
    "--topology ec2: 7",
    "--host ec2: 5",
    "--host ec2: 1",
    "--hops 2: 3",
  ]);
});

/** What the module's own objects are called, and somebody else's. */
const ours = { RoleName: "demo-allow_connect_to_aurora-iam-demo-user", GroupId: "sg-1" };
const others = { RoleName: "admin", GroupId: "sg-2" };

test.each(Object.entries(asked).filter(([action]) => actionsIn(policy).includes(action)))(
  "%s is allowed, and on others' objects only to read",
  async (action, on) => {
    const rule = { "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1" };
    expect(await allowed(action, on({ ...ours, ...rule }))).toBe(true);
    expect(await allowed(action, on({ ...others, ...rule }))).toBe(/:Describe/.test(action));
  },
);

const alarm = (name: string) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
const log = (cluster: string) =>
  `arn:aws:logs:${region}:${account}:log-group:/aws/rds/cluster/${cluster}/iam-db-auth-error:log-stream:`;

/**
 * What the AWS provider 5.100.0 was seen to ask moto for, while it applied, planned, changed and destroyed
 * an alarm and a metric filter; on which object each is asked, and on which of somebody else's.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
const askedForAlarms: Record<string, readonly [ours: string, others: string]> = {
  "cloudwatch:DeleteAlarms": [alarm("demo-aurora-pg-slot-lag"), alarm("orders-cpu")],
  "cloudwatch:DescribeAlarms": [alarm("*"), alarm("*")],
  "cloudwatch:ListTagsForResource": [alarm("demo-aurora-pg-slot-lag"), alarm("orders-cpu")],
  "cloudwatch:PutMetricAlarm": [alarm("demo-aurora-pg-refused-tokens"), alarm("orders-cpu")],
  "logs:DeleteMetricFilter": [log("orders"), log("billing")],
  "logs:DescribeLogGroups": ["*", "*"],
  "logs:DescribeMetricFilters": [log("orders"), log("billing")],
  "logs:PutMetricFilter": [log("orders"), log("billing")],
};

test("with alarms, the page has the actions beside that the provider asks for, and no others", () => {
  expect(actionsIn(ofAlarms)).toEqual(Object.keys(askedForAlarms));
});

test.each(Object.entries(askedForAlarms))(
  "with alarms, %s is allowed, and on others' objects only to list",
  async (action, [ours, others]) => {
    expect(await allows(ofAlarms, action, ours)).toBe(true);
    expect(await allows(ofAlarms, action, others)).toBe(ours === others);
  },
);
