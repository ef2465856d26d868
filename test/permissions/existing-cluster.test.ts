import { actionsIn, documented } from "./documented";
import { account, allows, asked, region } from "./gate";

const policy = documented({ account, region, "security group": "sg-1", name_prefix: "demo" });
const allowed = async (action: string, arns: readonly string[]) =>
  (await Promise.all(arns.map((arn) => allows(policy, action, arn)))).every(Boolean);

test("the page's policy has the actions that the module asks for, and no others", () => {
  expect(actionsIn(policy)).toEqual(Object.keys(asked));
});

/** What the module's own objects are called, and somebody else's. */
const ours = { RoleName: "demo-allow_connect_to_aurora-iam-demo-user", GroupId: "sg-1" };
const others = { RoleName: "admin", GroupId: "sg-2" };

test.each(Object.entries(asked))(
  "%s is allowed, and on others' objects only to read",
  async (action, on) => {
    const rule = { "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1" };
    expect(await allowed(action, on({ ...ours, ...rule }))).toBe(true);
    expect(await allowed(action, on({ ...others, ...rule }))).toBe(/:Describe/.test(action));
  },
);
