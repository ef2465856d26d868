import { runSimulation } from "@cloud-copilot/iam-simulate";
import { askAurora } from "../../../../commands/discover/aurora/ask";
import { questions } from "../../../../commands/discover/aurora/questions";
import { pages } from "../../../docs/markdown";
import { type Answers, answersFor } from "./answers";
import { pretend, type Said } from "./programs";

const page = pages.get("docs/existing-cluster.md") ?? "";

interface Statement {
  readonly Action: readonly string[];
}

/** The policy of the page. */
const policy: { readonly Statement: readonly [Statement] } = JSON.parse(
  /## Which permissions does `discover` need[?].*?```json\n(.*?)```/s.exec(page)?.[1] ?? "",
);

const rds = "arn:aws:rds:us-east-2:111122223333";

/**
 * What each command asks for: an action on a resource.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_rds.html
 */
const requests: Readonly<Record<keyof Answers, readonly [action: string, resource: string]>> = {
  "aws rds describe-db-clusters": ["rds:DescribeDBClusters", `${rds}:cluster:orders`],
  "aws rds describe-db-clusters all": ["rds:DescribeDBClusters", `${rds}:cluster:*`],
  "aws rds describe-db-instances": ["rds:DescribeDBInstances", `${rds}:db:orders-1`],
  "aws rds describe-db-instances of": ["rds:DescribeDBInstances", `${rds}:db:*`],
  "aws rds describe-db-cluster-parameters": [
    "rds:DescribeDBClusterParameters",
    `${rds}:cluster-pg:orders-pg16`,
  ],
  "aws rds describe-db-subnet-groups": [
    "rds:DescribeDBSubnetGroups",
    `${rds}:subgrp:orders-subnets`,
  ],
  "aws rds describe-blue-green-deployments": [
    "rds:DescribeBlueGreenDeployments",
    `${rds}:deployment:*`,
  ],
  "aws rds describe-global-clusters": [
    "rds:DescribeGlobalClusters",
    "arn:aws:rds::111122223333:global-cluster:*",
  ],
  "aws ec2 describe-security-groups": ["ec2:DescribeSecurityGroups", "*"],
};

/** What the commands answer to somebody who may do no more than this. */
async function answersUnder(given: object): Promise<Record<string, Said>> {
  const answers: Record<string, Said> = {};
  for (const [command, answer] of Object.entries(answersFor())) {
    const [action, resource] = requests[command as keyof Answers];
    const simulated = await runSimulation(
      {
        request: {
          principal: "arn:aws:iam::111122223333:user/operator",
          action,
          resource: { resource, accountId: "111122223333" },
          contextVariables: {},
        },
        identityPolicies: [{ name: "policy", policy: given }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (simulated.resultType === "error") throw new Error(JSON.stringify(simulated));
    answers[command] =
      simulated.overallResult === "Allowed"
        ? JSON.stringify(answer)
        : {
            stderr: `An error occurred (AccessDenied) when calling the X operation: User: x is not authorized to perform: ${action}`,
          };
  }
  return answers;
}

/** What is not known under a policy. */
async function untoldUnder(given: object): Promise<readonly string[]> {
  const answers = await answersUnder(given);
  pretend(() => answers);
  try {
    const around = { cwd: ".", environment: {}, limit: 1 };
    return (await askAurora("orders", {}, around)).untold;
  } catch (error) {
    return [(error as Error).message];
  } finally {
    jest.restoreAllMocks();
  }
}

test("the page's policy allows all that is asked", async () => {
  expect(await untoldUnder(policy)).toEqual([]);
});

const { Action: actions } = policy.Statement[0];

test("it has the actions of the questions, and no others", () => {
  const asked = [
    ...[questions.cluster(""), questions.clusters(), questions.instance("")],
    ...[questions.instances(""), questions.parameters(""), questions.subnetGroup("")],
    ...[questions.securityGroups([]), questions.deployments(), questions.globalClusters()],
  ];
  expect(asked).toHaveLength(Object.keys(questions).length);
  expect([...new Set(asked.map(({ action }) => action))].sort()).toEqual([...actions].sort());
  // Everything reads.
  for (const { args } of asked) expect(args[1]).toMatch(/^describe-/);
});

test.each(actions.map((action) => [action]))("without %s, that is what is told", async (action) => {
  const [statement] = policy.Statement;
  const rest = { ...statement, Action: actions.filter((other) => other !== action) };
  expect(await untoldUnder({ ...policy, Statement: [rest] })).toEqual([
    expect.stringMatching(new RegExp(`^${action} is denied to these credentials[.] `)),
  ]);
});
