import { actionsIn, additions, documented } from "./documented";
import { account, allows, asked, region } from "./gate";

const policy = documented({ account, region, "security group": "sg-1", name_prefix: "demo" });
const allowed = async (action: string, arns: readonly string[]) =>
  (await Promise.all(arns.map((arn) => allows(policy, action, arn)))).every(Boolean);

test("the page has the actions that the module asks for, and no others", () => {
  const all = [...actionsIn(policy), ...additions().flatMap(({ actions }) => actions)];
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
