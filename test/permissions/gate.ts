import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Policy } from "./mutants";

/** Whether AWS would allow it to somebody who may do no more than this. */
export async function allows(policy: Policy, action: string, arn: string): Promise<boolean> {
  const answer = await runSimulation(
    {
      request: {
        principal: callerOf(arn),
        action,
        resource: { resource: arn, accountId: arn.split(":")[4] || account },
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

/** Parameters of a call of AWS: `RoleName`, `SecurityGroupRule.1.…`. */
type Parameters = Readonly<Record<string, string>>;

export const account = "123456789012";
export const redpandaAccount = "861276079005";
export const region = "us-east-2";
/** Whose access keys callers have: AWS's own examples. */
export const accounts: Readonly<Record<string, string>> = {
  AKIAIOSFODNN7EXAMPLE: account,
  AKIAI44QH8DHBEXAMPLE: redpandaAccount,
};
const callerOf = (arn: string) => `arn:aws:iam::${arn.split(":")[4] || account}:user/operator`;

const iam = (kind: string, name = "", of = account) => [`arn:aws:iam::${of}:${kind}/${name}`];
const role = ({ RoleName, account: of }: Parameters) => iam("role", RoleName, of);
const user = ({ UserName }: Parameters) => iam("user", UserName);
const policy = ({ PolicyArn, PolicyName }: Parameters) =>
  PolicyArn ? [PolicyArn] : iam("policy", PolicyName);
const profile = ({ InstanceProfileName }: Parameters) =>
  iam("instance-profile", InstanceProfileName);
const rds = (kind: string, name = "*") => [`arn:aws:rds:${region}:${account}:${kind}:${name}`];
const ec2 = (kind: string, id = "") => `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
const cluster = ({ resourceArn = "" }: Parameters) => [resourceArn];
const alarm = (name = "") => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
const log = ({ logGroupName }: Parameters) => [
  `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:log-stream:`,
];

/**
 * What each action that the module asks for is asked on: all of these must be allowed. Lists are asked
 * on all that there are.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrdsdataapi.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
export const asked: Readonly<Record<string, (call: Parameters) => readonly string[]>> = {
  "cloudwatch:DeleteAlarms": ({ "AlarmNames.member.1": name }) => [alarm(name)],
  "cloudwatch:DescribeAlarms": () => [alarm("*")],
  "cloudwatch:ListTagsForResource": ({ ResourceARN = "" }) => [ResourceARN],
  "cloudwatch:PutMetricAlarm": ({ AlarmName }) => [alarm(AlarmName)],
  "ec2:AuthorizeSecurityGroupIngress": ({ GroupId }) => [ec2("security-group", GroupId)],
  "ec2:DescribeSecurityGroupRules": () => ["*"],
  "ec2:ModifySecurityGroupRules": ({
    GroupId,
    "SecurityGroupRule.1.SecurityGroupRuleId": rule,
  }) => [ec2("security-group", GroupId), ec2("security-group-rule", rule)],
  "ec2:RevokeSecurityGroupIngress": ({ GroupId }) => [ec2("security-group", GroupId)],
  "iam:AddRoleToInstanceProfile": profile,
  "iam:AttachRolePolicy": role,
  "iam:CreateInstanceProfile": profile,
  "iam:CreatePolicy": policy,
  "iam:CreatePolicyVersion": policy,
  "iam:CreateRole": role,
  "iam:CreateUser": user,
  "iam:DeleteAccessKey": user,
  "iam:DeleteInstanceProfile": profile,
  "iam:DeleteLoginProfile": user,
  "iam:DeletePolicy": policy,
  "iam:DeletePolicyVersion": policy,
  "iam:DeleteRole": role,
  "iam:DeleteRolePolicy": role,
  "iam:DeleteUser": user,
  "iam:DeleteUserPolicy": user,
  "iam:DetachRolePolicy": role,
  "iam:GetInstanceProfile": profile,
  "iam:GetPolicy": policy,
  "iam:GetPolicyVersion": policy,
  "iam:GetRole": role,
  "iam:GetRolePolicy": role,
  "iam:GetUser": user,
  "iam:GetUserPolicy": user,
  "iam:ListAccessKeys": user,
  "iam:ListAttachedRolePolicies": role,
  "iam:ListAttachedUserPolicies": user,
  "iam:ListGroupsForUser": user,
  "iam:ListInstanceProfilesForRole": role,
  "iam:ListMFADevices": user,
  "iam:ListPolicyVersions": policy,
  "iam:ListRolePolicies": role,
  "iam:ListSSHPublicKeys": user,
  "iam:ListServiceSpecificCredentials": user,
  "iam:ListSigningCertificates": user,
  "iam:ListUserPolicies": user,
  "iam:ListVirtualMFADevices": () => ["*"],
  "iam:PassRole": role,
  "iam:PutRolePolicy": role,
  "iam:PutUserPolicy": user,
  "iam:RemoveRoleFromInstanceProfile": profile,
  "iam:TagRole": role,
  "iam:UpdateAssumeRolePolicy": role,
  "logs:DeleteMetricFilter": log,
  "logs:DescribeLogGroups": () => ["*"],
  "logs:DescribeMetricFilters": log,
  "logs:PutMetricFilter": log,
  "rds-data:BeginTransaction": cluster,
  "rds-data:CommitTransaction": cluster,
  "rds-data:ExecuteStatement": cluster,
  "rds-data:RollbackTransaction": cluster,
  "rds:DescribeDBClusters": ({ DBClusterIdentifier }) => rds("cluster", DBClusterIdentifier),
  "rds:DescribeDBInstances": ({ DBInstanceIdentifier }) => rds("db", DBInstanceIdentifier),
  "secretsmanager:GetSecretValue": ({ SecretId, secretArn }) => [SecretId ?? secretArn ?? ""],
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
      const type = text.startsWith("{") ? "application/x-amz-json-1.1" : "text/xml";
      response.writeHead(status, { "content-type": type }).end(text);
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
    return (await this.#refusal(request, body)) ?? this.#allowed(request, body);
  }

  async #refusal(request: IncomingMessage, body: string): Promise<Answer | undefined> {
    const { service, call } = read(request, body);
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

  async #allowed(request: IncomingMessage, body: string): Promise<Answer> {
    const { call } = read(request, body);
    const unmodelled = notInMoto[call.Action ?? ""];
    if (unmodelled) return { status: 200, text: unmodelled };
    const { headers, url, method } = request;
    const kept = ["authorization", "content-type", "x-amz-target"].flatMap((name) =>
      typeof headers[name] === "string" ? [[name, headers[name]] as const] : [],
    );
    const sent = { ...Object.fromEntries(kept), "x-moto-account-id": call.account ?? account };
    const answer = await fetch(`http://127.0.0.1:${this.port}${url}`, {
      method,
      body,
      headers: sent,
    });
    return { status: answer.status, text: await answer.text() };
  }
}

/** What moto does not model of what the module asks: what AWS says where there is nothing to tell. */
const notInMoto: Readonly<Record<string, string>> = {
  ListServiceSpecificCredentials:
    "<ListServiceSpecificCredentialsResponse><ListServiceSpecificCredentialsResult><ServiceSpecificCredentials/></ListServiceSpecificCredentialsResult></ListServiceSpecificCredentialsResponse>",
  BeginTransaction: '{"transactionId":"one"}',
  ExecuteStatement: '{"numberOfRecordsUpdated":0,"records":[]}',
  CommitTransaction: '{"transactionStatus":"Transaction Committed"}',
};

/** What a call says, in any of AWS's protocols: Query's form, a target in a header, or a path. */
function read({ headers, url = "" }: IncomingMessage, body: string) {
  const [, key = "", signed = ""] =
    /Credential=(\w+)\/\d+\/[\w-]+\/([\w-]+)\//.exec(headers.authorization ?? "") ?? [];
  const service = signed === "monitoring" ? "cloudwatch" : signed;
  const of = { account: accounts[key] ?? account };
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return { service, call: { Action: target.split(".")[1], ...of, ...JSON.parse(body) } };
  }
  if (service === "rds-data") {
    const action = url.slice(1).replace(/^Execute$/, "ExecuteStatement");
    return { service, call: { Action: action, ...of, ...JSON.parse(body) } };
  }
  return { service, call: { ...of, ...Object.fromEntries(new URLSearchParams(body)) } };
}

/**
 * The actions that a call needs. Who they are, anybody may ask; tags of a role that is made, and handing
 * a role to an instance profile, are actions of their own; the Data API reads the secret in the caller's
 * name.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.access.html
 */
function actionsOf(service: string, call: Parameters): string[] {
  if (service === "sts" && call.Action === "GetCallerIdentity") return [];
  return [
    `${service}:${call.Action}`,
    ...(call.Action === "CreateRole" && "Tags.member.1.Key" in call ? ["iam:TagRole"] : []),
    ...(call.Action === "AddRoleToInstanceProfile" ? ["iam:PassRole"] : []),
    ...(service === "rds-data" ? ["secretsmanager:GetSecretValue"] : []),
  ];
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
  const message = `User: ${callerOf(arn)} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;
  if (["secretsmanager", "rds-data", "logs"].includes(service)) {
    const text = JSON.stringify({ __type: "AccessDeniedException", Message: message });
    return { status: 400, text };
  }
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
