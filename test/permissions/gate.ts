import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Policy } from "./mutants";

/** Whether AWS would allow it to somebody who may do no more than this. */
export async function allows(policy: Policy, action: string, arn: string): Promise<boolean> {
  const answer = await runSimulation(
    {
      request: {
        principal: user,
        action,
        resource: { resource: arn, accountId: account },
        contextVariables: {},
      },
      identityPolicies: [{ name: "policy", policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType === "error") throw new Error(JSON.stringify(answer));
  return answer.overallResult === "Allowed";
}

/** Parameters of a call of AWS's query protocol: `RoleName`, `SecurityGroupRule.1.…`. */
type Parameters = Readonly<Record<string, string>>;

export const account = "123456789012";
export const region = "us-east-2";
const user = `arn:aws:iam::${account}:user/operator`;

const role = ({ RoleName }: Parameters) => [`arn:aws:iam::${account}:role/${RoleName}`];
const rds = (kind: string, name = "*") => [`arn:aws:rds:${region}:${account}:${kind}:${name}`];
const ec2 = (kind: string, id = "") => `arn:aws:ec2:${region}:${account}:${kind}/${id}`;

/**
 * What each action that the module asks for is asked on: all of these must be allowed. Lists are asked
 * on all that there are.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const asked: Readonly<Record<string, (call: Parameters) => readonly string[]>> = {
  "ec2:AuthorizeSecurityGroupIngress": ({ GroupId }) => [ec2("security-group", GroupId)],
  "ec2:DescribeSecurityGroupRules": () => ["*"],
  "ec2:ModifySecurityGroupRules": ({
    GroupId,
    "SecurityGroupRule.1.SecurityGroupRuleId": rule,
  }) => [ec2("security-group", GroupId), ec2("security-group-rule", rule)],
  "ec2:RevokeSecurityGroupIngress": ({ GroupId }) => [ec2("security-group", GroupId)],
  "iam:CreateRole": role,
  "iam:DeleteRole": role,
  "iam:DeleteRolePolicy": role,
  "iam:GetRole": role,
  "iam:GetRolePolicy": role,
  "iam:ListAttachedRolePolicies": role,
  "iam:ListInstanceProfilesForRole": role,
  "iam:ListRolePolicies": role,
  "iam:PutRolePolicy": role,
  "iam:TagRole": role,
  "iam:UpdateAssumeRolePolicy": role,
  "rds:DescribeDBClusters": ({ DBClusterIdentifier }) => rds("cluster", DBClusterIdentifier),
  "rds:DescribeDBInstances": ({ DBInstanceIdentifier }) => rds("db", DBInstanceIdentifier),
};

/**
 * Stands before moto and lets through what a policy allows, as an independent simulator reads it: moto
 * itself looks at no Resource.
 * @see https://github.com/getmoto/moto/blob/master/moto/iam/access_control.py
 */
export class Gate {
  static async before(port: number): Promise<Gate> {
    const gate = new Gate(port);
    await new Promise<void>((resolve) => gate.#server.listen(0, "127.0.0.1", resolve));
    return gate;
  }

  /** What the caller may do. */
  policy: Policy = { Version: "2012-10-17", Statement: [] };
  /** The actions that were asked for so far. */
  readonly seen = new Set<string>();
  readonly #server: Server;

  private constructor(private readonly port: number) {
    this.#server = createServer(async (request, response) => {
      const body = await textOf(request);
      const { status, text } = await this.#answer(request, body).catch((error) => ({
        status: 400,
        text: String(error),
      }));
      response.writeHead(status, { "content-type": "text/xml" }).end(text);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, body: string): Promise<Answer> {
    return (await this.#refusal(request, body)) ?? this.#forward(request, body);
  }

  async #refusal({ headers }: IncomingMessage, body: string): Promise<Answer | undefined> {
    const call: Parameters = Object.fromEntries(new URLSearchParams(body));
    const service = headers.authorization?.split("/")[3] ?? "";
    for (const action of actionsOf(service, call)) {
      this.seen.add(action);
      // Unknown ones are on nothing, and are refused.
      for (const arn of asked[action]?.(call) ?? ["unknown"]) {
        if (arn === "unknown" || !(await allows(this.policy, action, arn))) {
          return refused(service, action, arn);
        }
      }
    }
    return undefined;
  }

  async #forward({ headers, url, method }: IncomingMessage, body: string): Promise<Answer> {
    const { authorization = "", "content-type": type = "" } = headers;
    const sent = { method, body, headers: { authorization, "content-type": type } };
    const answer = await fetch(`http://127.0.0.1:${this.port}${url}`, sent);
    return { status: answer.status, text: await answer.text() };
  }
}

/**
 * The actions that a call needs. Who they are, anybody may ask, and tags of a role that is made are
 * another action.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html
 */
function actionsOf(service: string, call: Parameters): string[] {
  if (service === "sts" && call.Action === "GetCallerIdentity") return [];
  const isTagged = call.Action === "CreateRole" && "Tags.member.1.Key" in call;
  return [`${service}:${call.Action}`, ...(isTagged ? ["iam:TagRole"] : [])];
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
function refused(service: string, action: string, arn: string): Answer {
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;
  return {
    status: 403,
    text:
      service === "ec2"
        ? `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation. ${message}</Message></Error></Errors><RequestID>x</RequestID></Response>`
        : `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error><RequestId>x</RequestId></ErrorResponse>`,
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
