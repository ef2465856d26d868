import { createValidatedPolicy, validateTrustPolicy } from "@cloud-copilot/iam-policy";
import { runSimulation, runUnsafeSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { Workspace } from "../standin/workspace";
import type { Policy } from "./mutants";

/** An object or data source of the state. */
export interface Resource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export async function resourcesOf(workspace: Workspace): Promise<Resource[]> {
  return (await workspace.show()).values.root_module.resources;
}

/** A policy, and whom it belongs to. */
export interface Document {
  /** Where it stands: an address and an argument, or a file. */
  readonly name: string;
  /** ARN of the role or user. */
  readonly owner: string;
  /** Whom a role trusts, or what somebody may do. */
  readonly kind: "trust" | "permission";
  readonly policy: Policy;
}

/** What somebody asks of AWS. */
export interface Request {
  readonly principal: Principal;
  readonly action: string;
  readonly target: Target;
  /** Presented with `sts:AssumeRole`. @default - none */
  readonly externalId?: string;
}

export interface Principal {
  /** ARN of a role or user, or the name of a service. */
  readonly name: string;
  /** What it may do. @default - what the module says, or nothing */
  readonly policies?: readonly Policy[];
}

export interface Target {
  readonly arn: string;
  /** @default - those that the module gives it */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whom it trusts. @default - whom the module says, or nobody */
  readonly trust?: Policy;
}

/**
 * The roles, users and policies of an applied module, evaluated as AWS would by an independent simulator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Iam {
  /**
   * @param resources the state
   * @param attached policies that the state does not hold, because somebody attaches them
   * @throws where the state holds a kind of IAM resource that is not known here
   */
  static of(resources: Resource[], attached: Document[] = []): Iam {
    const ofType = (type: string) => resources.filter((resource) => resource.type === type);
    const arnOf = (type: string, name: unknown) =>
      String(ofType(type).find(({ values }) => values.name === name)?.values.arn);
    const document = (
      { address, values }: Resource,
      argument: string,
      kind: Document["kind"],
      owner: unknown,
    ): Document => ({
      name: `${address}.${argument}`,
      owner: String(owner),
      kind,
      policy: JSON.parse(String(values[argument])),
    });

    const unread = resources.filter(({ type }) => type.startsWith("aws_iam_") && !read.has(type));
    if (unread[0]) throw new Error(`${unread[0].address} may hold a policy, and is not read.`);
    const roles = ofType("aws_iam_role");
    const attachments = ofType("aws_iam_role_policy_attachment");
    return new Iam(
      [
        ...roles
          .filter(({ mode }) => mode === "managed")
          .map((role) => document(role, "assume_role_policy", "trust", role.values.arn)),
        ...ofType("aws_iam_role_policy").map((policy) =>
          document(policy, "policy", "permission", arnOf("aws_iam_role", policy.values.role)),
        ),
        ...ofType("aws_iam_user_policy").map((policy) =>
          document(policy, "policy", "permission", arnOf("aws_iam_user", policy.values.user)),
        ),
        ...ofType("aws_iam_policy").flatMap((policy) =>
          attachments
            .filter(({ values }) => values.policy_arn === policy.values.arn)
            .map(({ values }) =>
              document(policy, "policy", "permission", arnOf("aws_iam_role", values.role)),
            ),
        ),
        ...attached,
      ],
      new Map(roles.map(({ values: { arn, tags } }) => [String(arn), { ...(tags as Tags) }])),
    );
  }

  private constructor(
    readonly documents: readonly Document[],
    /** Of each role, by its ARN. */
    private readonly tags: ReadonlyMap<string, Tags>,
  ) {}

  /** The same with another policy in the place of one. */
  with(document: Document, policy: Policy): Iam {
    return new Iam(
      this.documents.map((other) => (other === document ? { ...document, policy } : other)),
      this.tags,
    );
  }

  /**
   * Whether AWS would allow it.
   * @throws where a policy or the request is none that AWS takes
   */
  allows({ principal, action, target, externalId }: Request): Promise<boolean> {
    const policies = (kind: Document["kind"], owner: string) =>
      this.documents
        .filter((document) => document.kind === kind && document.owner === owner)
        .map(({ policy }) => policy);
    const tags = target.tags ?? this.tags.get(target.arn) ?? {};
    const trust = target.trust ?? policies("trust", target.arn)[0];
    const question = {
      request: {
        principal: principal.name,
        action,
        resource: { resource: target.arn, accountId: target.arn.split(":")[4] ?? "" },
        contextVariables: {
          ...Object.fromEntries(
            Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
          ),
          ...(externalId === undefined ? {} : { "sts:ExternalId": externalId }),
        },
      },
      identityPolicies: (principal.policies ?? policies("permission", principal.name)).map(
        (policy, index) => ({ name: `policy ${index}`, policy }),
      ),
      trust,
    };
    // Most questions are asked many times: a policy that is changed has no part in most of them.
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? ask(question);
    answers.set(key, answer);
    return answer;
  }
}

/** All that an answer depends on. */
interface Question extends Pick<Simulation, "request" | "identityPolicies"> {
  readonly trust: Policy | undefined;
}

const answers = new Map<string, Promise<boolean>>();

async function ask({ trust, ...asked }: Question): Promise<boolean> {
  const simulation: Simulation = {
    ...asked,
    resourcePolicy: trust && createValidatedPolicy(trust, validateTrustPolicy, { name: "trust" }),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  // No action is called so, and the simulator would refuse the question.
  if (asked.request.action.endsWith(":*")) {
    return (await runUnsafeSimulation(simulation, {})) === "Allowed";
  }
  const answer = await runSimulation(simulation, {});
  if (answer.resultType !== "single") {
    throw new Error(`${JSON.stringify(answer)}: ${JSON.stringify(simulation)}`);
  }
  return answer.overallResult === "Allowed";
}

/** The instance profile hands its role on, and has no policy. */
const read = new Set([
  "aws_iam_instance_profile",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user",
  "aws_iam_user_policy",
]);

type Tags = Readonly<Record<string, string>>;
