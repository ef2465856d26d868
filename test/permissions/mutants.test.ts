import { mutantsOf, type Policy } from "./mutants";

const policy: Policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: "arn:aws:iam::927854233827:role/rpconnect-app-role" },
      Condition: { StringEquals: { "sts:ExternalId": "abc" } },
    },
  ],
};
const owner = "arn:aws:iam::082958828786:role/cross-account-db-access-role";

const names = (policy: Policy) => mutantsOf({ policy, owner }).map(({ name }) => name);

test("a trust policy with one thing different", () => {
  const [statement] = policy.Statement;
  expect(
    mutantsOf({ policy, owner }).map((mutant) => [mutant.name, mutant.policy.Statement]),
  ).toEqual([
    ["anything, by anybody", [{ Effect: "Allow", Action: "*", Principal: { AWS: "*" } }]],
    ["Effect: Deny", [{ ...statement, Effect: "Deny" }]],
    ["Action sts:AssumeRole: none", []],
    ["Action sts:AssumeRole: sts:*", [{ ...statement, Action: ["sts:*"] }]],
    ["Action sts:AssumeRole: *", [{ ...statement, Action: ["*"] }]],
    ["Principal arn:aws:iam::927854233827:role/rpconnect-app-role: none", []],
    [
      "Principal arn:aws:iam::927854233827:role/rpconnect-app-role: *",
      [{ ...statement, Principal: { AWS: "*" } }],
    ],
    [
      "Principal arn:aws:iam::927854233827:role/rpconnect-app-role: arn:aws:iam::927854233827:root",
      [{ ...statement, Principal: { AWS: "arn:aws:iam::927854233827:root" } }],
    ],
    ["Condition StringEquals sts:ExternalId: none", [{ ...statement, Condition: undefined }]],
    [
      "Condition StringEquals sts:ExternalId: IfExists",
      [{ ...statement, Condition: { StringEqualsIfExists: { "sts:ExternalId": "abc" } } }],
    ],
    [
      "Condition StringEquals sts:ExternalId: any value",
      [{ ...statement, Condition: { StringLike: { "sts:ExternalId": "*" } } }],
    ],
    [
      "Condition StringEquals sts:ExternalId: IgnoreCase",
      [{ ...statement, Condition: { StringEqualsIgnoreCase: { "sts:ExternalId": "abc" } } }],
    ],
  ]);
});

test("a permission: each of several resources, and each part of it", () => {
  const user = "arn:aws:rds-db:us-east-2:082958828786:dbuser:cluster-U7CPS/iamuser";
  const role = "arn:aws:iam::082958828786:role/cross-account-db-access-2";
  expect(
    names({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["rds-db:connect"], Resource: [user, role] }],
    }),
  ).toEqual([
    "anything",
    "Effect: Deny",
    "Action rds-db:connect: none",
    "Action rds-db:connect: rds-db:*",
    "Action rds-db:connect: *",
    `Resource ${user}: none`,
    `Resource ${user}: *`,
    `Resource ${user}: arn:*:rds-db:us-east-2:082958828786:dbuser:cluster-U7CPS/iamuser`,
    `Resource ${user}: arn:aws:rds-db:*:082958828786:dbuser:cluster-U7CPS/iamuser`,
    `Resource ${user}: arn:aws:rds-db:us-east-2:*:dbuser:cluster-U7CPS/iamuser`,
    `Resource ${user}: arn:aws:rds-db:us-east-2:082958828786:dbuser:*/iamuser`,
    `Resource ${user}: arn:aws:rds-db:us-east-2:082958828786:dbuser:cluster-U7CPS/*`,
    `Resource ${user}: ${user}*`,
    `Resource ${role}: none`,
    `Resource ${role}: *`,
    `Resource ${role}: arn:*:iam::082958828786:role/cross-account-db-access-2`,
    `Resource ${role}: arn:aws:iam::*:role/cross-account-db-access-2`,
    `Resource ${role}: arn:aws:iam::082958828786:role/*`,
    `Resource ${role}: ${role}*`,
  ]);
});

test("a service that is trusted: its role's own account has a root", () => {
  const [statement] = policy.Statement;
  const Principal = { Service: "ec2.amazonaws.com" };
  expect(
    names({
      ...policy,
      Statement: [{ ...statement, Effect: "Allow", Action: [], Principal }],
    }).slice(2, 5),
  ).toEqual([
    "Principal ec2.amazonaws.com: none",
    "Principal ec2.amazonaws.com: *",
    "Principal ec2.amazonaws.com: arn:aws:iam::082958828786:root",
  ]);
});

test("one of several conditions: the others stay", () => {
  const Condition = {
    StringEquals: { "sts:ExternalId": "abc", "aws:PrincipalOrgID": "o-1" },
    Bool: { "aws:SecureTransport": "true" },
  };
  const [, , none, ifExists] = mutantsOf({
    policy: { ...policy, Statement: [{ Effect: "Allow", Action: [], Condition }] },
    owner,
  });
  const others = { ...Condition, StringEquals: { "aws:PrincipalOrgID": "o-1" } };
  expect(none?.policy.Statement[0]?.Condition).toEqual(others);
  expect(ifExists?.policy.Statement[0]?.Condition).toEqual({
    ...others,
    StringEqualsIfExists: { "sts:ExternalId": "abc" },
  });
});
