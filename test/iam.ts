import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { Workspace } from "./standin/workspace";

type Policy = Simulation["identityPolicies"][number];

interface Role {
  readonly arn: string;
  readonly trust: object;
  readonly tags: Record<string, string>;
  readonly policies: Policy[];
}

/** What somebody asks of AWS. */
export interface Request {
  /** ARN of the role that asks. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Presented with `sts:AssumeRole`. @default - none */
  readonly externalId?: string;
}

/**
 * The roles and policies of an applied module, evaluated as AWS would by an independent simulator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Iam {
  /** Reads the state; `others` are roles outside of it: ARN to policies. */
  static async of(workspace: Workspace, others: Record<string, object[]> = {}): Promise<Iam> {
    const { values } = (await workspace.show()) as {
      values: { root_module: { resources: { type: string; values: Record<string, string> }[] } };
    };
    const all = (type: string) =>
      values.root_module.resources
        .filter((resource) => resource.type === type)
        .map((resource) => resource.values);

    const managed = new Map(
      all("aws_iam_policy").map(({ arn, policy }) => [arn, JSON.parse(policy ?? "")]),
    );
    const roles = all("aws_iam_role").map((role): Role => {
      const attached = all("aws_iam_role_policy_attachment")
        .filter((attachment) => attachment.role === role.name)
        .map((attachment) => managed.get(attachment.policy_arn));
      const inline = all("aws_iam_role_policy")
        .filter((policy) => policy.role === role.name)
        .map(({ policy }) => JSON.parse(policy ?? ""));
      return {
        arn: String(role.arn),
        trust: JSON.parse(role.assume_role_policy ?? ""),
        tags: (role.tags ?? {}) as Record<string, string>,
        policies: [...attached, ...inline].map(named),
      };
    });
    const outside = Object.entries(others).map(
      ([arn, policies]): Role => ({ arn, trust: {}, tags: {}, policies: policies.map(named) }),
    );
    return new Iam([...roles, ...outside]);
  }

  private constructor(private readonly roles: Role[]) {}

  /** Whether AWS would allow it. A role that is not known has no policies. */
  async allows({ principal, action, resource, externalId }: Request): Promise<boolean> {
    const target = this.roles.find(({ arn }) => arn === resource);
    const tags = Object.entries(target?.tags ?? {}).map(
      ([key, value]) => [`aws:ResourceTag/${key}`, value] as const,
    );
    const answer = await runSimulation(
      {
        request: {
          principal,
          action,
          resource: { resource, accountId: resource.split(":")[4] ?? "" },
          contextVariables: {
            ...Object.fromEntries(tags),
            ...(externalId === undefined ? {} : { "sts:ExternalId": externalId }),
          },
        },
        identityPolicies: this.roles.find(({ arn }) => arn === principal)?.policies ?? [],
        resourcePolicy: target?.trust,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (answer.resultType !== "single") throw new Error(JSON.stringify(answer));
    return answer.overallResult === "Allowed";
  }
}

function named(policy: object, index: number): Policy {
  return { name: `policy ${index}`, policy };
}
