import { z } from "zod";
import type { Topology } from "../../../choices";
import type { Step } from "../catalogue";
import { apply } from "../catalogue/steps";
import { type Account, broken, type Context, check, type LiveCheck, ok, unclear } from "./check";

/** The policy that lets Connect's principal assume the db-connect role is attached by hand or by the apply. */
const attach = ({ names }: Context): Step[] =>
  names.attach_policy_command
    ? ["With the credentials of Redpanda's account:", { shell: "<attach_policy_command>" }]
    : [apply];

/** One statement or several; so are the values in it. */
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform((one) => [one])]);
const strings = oneOrMore(z.string());
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const policy = z.object({
  Statement: oneOrMore(
    z.object({
      Effect: z.string(),
      Principal: z
        .union([
          z.literal("*").transform(() => ({ AWS: ["*"] })),
          z.object({ AWS: strings.optional() }),
        ])
        .optional(),
      Action: strings.optional(),
      Resource: strings.optional(),
      Condition: z.record(z.string(), z.record(z.string(), strings)).optional(),
    }),
  ),
});

type Statement = z.infer<typeof policy>["Statement"][number];

const allowsToAssume = ({ Effect, Action = [] }: Statement) =>
  Effect === "Allow" &&
  covers(
    // In any case, unlike resources.
    Action.map((action) => action.toLowerCase()),
    "sts:assumerole",
  );

/**
 * Whether one of the patterns of a policy is of this action or resource: `*` is any text in it, and
 * `?` any character.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function covers(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
  });
}

/** Whom the credentials at hand belong to, for each account that is needed. */
export const identity = (account: Account): LiveCheck =>
  check({
    id: `${account}-account`,
    hop: "identity",
    title:
      account === "database"
        ? "The credentials are of the database account"
        : "The credentials are of the account that Connect runs in",
    question: { aws: ["sts", "get-caller-identity"], account },
    needs: [roleIn[account]],
    answer: z.object({ Account: z.string().regex(/^\d{12}$/), Arn: z.string() }),
    judge: ({ Account, Arn }, { names }) => {
      const needed = accountOf(account, names);
      if (Account === needed) return ok(`They are of ${Arn}.`);
      return {
        state: "skipped",
        says: `They are of account ${Account}, and ${needed} is needed: what is asked there is left out. Run this again with AWS_PROFILE set to a profile of account ${needed}.`,
      };
    },
  });

/** By whose ARN each account is known. */
const roleIn = {
  database: "iam_db_auth_role_arn",
  connect: "trusted_principal_role_arn",
} as const;

/** The account's id. */
export function accountOf(account: Account, names: Context["names"]): string | undefined {
  return /::(\d{12}):/.exec(names[roleIn[account]] ?? "")?.[1];
}

/** The principal that Connect starts as: a role, or with an access key a user. */
export function principal(isUser: boolean): LiveCheck {
  const kind = isUser ? "User" : "Role";
  const says = isUser ? "user" : "role";
  return check({
    id: "principal",
    hop: "identity",
    title: `The ${says} that Connect runs as exists`,
    question: {
      aws: [
        "iam",
        `get-${says}`,
        `--${says}-name`,
        "<trusted_principal_role_name>",
        "--query",
        `${kind}.{arn:Arn,boundary:PermissionsBoundary.PermissionsBoundaryArn${isUser ? "" : ",lastUsed:RoleLastUsed.LastUsedDate"}}`,
      ],
      account: "connect",
    },
    answer: z.object({
      arn: z.string(),
      boundary: z.string().nullish(),
      lastUsed: z.string().nullish(),
    }),
    judge: ({ arn, boundary, lastUsed }) => {
      if (boundary) {
        return unclear(
          `${arn} exists, with the permissions boundary ${boundary}: no policy allows more than that does.`,
        );
      }
      const used = lastUsed ? `last used ${lastUsed}` : "and nothing has used it lately";
      return ok(`${arn} exists, without a boundary${isUser ? "" : `, ${used}`}.`);
    },
    absent: {
      NoSuchEntity: ({ names }) =>
        names.rpcn_pipeline_id && !isUser
          ? broken(
              `There is no role ${names.trusted_principal_role_name}: pipelines of this cluster have no role of their own.`,
              [
                "Give the pipeline an access key, as docs/access-key.md says:",
                { shell: "npx rpcn-aurora synth --credentials static" },
                "Or correct redpanda_cluster_id, redpanda_aws_acct_id or trusted_principal_arn.",
              ],
            )
          : broken(`There is no ${says} ${names.trusted_principal_role_name}.`, [apply]),
    },
  });
}

/** So many days ago, in words. */
function ago(date: string): string {
  const days = Math.floor((Date.now() - Date.parse(date)) / 86_400_000);
  return `${date.slice(0, 10)}, ${days} ${days === 1 ? "day" : "days"} ago`;
}

/** A key by its last characters: enough to compare it, and nobody's way in. */
const named = (id: string) => `The access key that ends in ${id.slice(-4)}`;

const byAge = z
  .array(
    z.object({
      id: z.string().regex(/^[A-Z0-9]{16,}$/),
      status: z.string(),
      created: z.iso.datetime({ offset: true }),
    }),
  )
  .transform((keys) =>
    [...keys].sort((one, other) => Date.parse(other.created) - Date.parse(one.created)),
  );

/**
 * The keys of the user that Connect starts as. Their secrets nobody can read, and which of them the
 * pipeline has is known to Redpanda alone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html
 */
export const accessKeys: readonly LiveCheck[] = [
  check({
    id: "access-key",
    hop: "identity",
    title: "The user has an access key, and it is active",
    question: {
      aws: [
        ...["iam", "list-access-keys", "--user-name", "<trusted_principal_role_name>"],
        ...["--query", "AccessKeyMetadata[].{id:AccessKeyId,status:Status,created:CreateDate}"],
      ],
      account: "connect",
    },
    answer: byAge,
    judge: (keys) => {
      const active = keys.filter(({ status }) => status === "Active");
      if (active.length > 0) {
        return ok(
          active
            .map(({ id, created }) => `${named(id)} is active, created on ${ago(created)}.`)
            .join(" "),
        );
      }
      const newKey: Step[] = [
        "Create one, and pass it as access_key_id and secret_access_key, with access_key_version raised by one:",
        { shell: "<create_access_key_command>" },
        apply,
      ];
      const [newest] = keys;
      if (!newest) return broken("The user has no access key.", newKey);
      return broken(`${named(newest.id)} is ${newest.status}.`, [
        "If it was not somebody's decision, activate it:",
        {
          shell:
            "aws iam update-access-key --user-name <trusted_principal_role_name> --access-key-id … --status Active",
        },
        ...newKey,
      ]);
    },
    tells: (keys) =>
      Object.fromEntries(
        keys
          .filter(({ status }) => status === "Active")
          .slice(0, 1)
          .map(({ id }) => ["access_key_id", id]),
      ),
    absent: {
      NoSuchEntity: ({ names }) =>
        broken(`There is no user ${names.trusted_principal_role_name}.`, [apply]),
    },
  }),
  check({
    id: "access-key-use",
    hop: "identity",
    title: "The newest active access key has been used",
    question: {
      aws: [
        ...["iam", "get-access-key-last-used", "--access-key-id", "<access_key_id>"],
        ...["--query", "AccessKeyLastUsed.{date:LastUsedDate,service:ServiceName,region:Region}"],
      ],
      account: "connect",
    },
    answer: z.object({
      date: z.iso.datetime({ offset: true }).nullish(),
      service: z.string(),
      region: z.string(),
    }),
    judge: ({ date, service, region }) =>
      date
        ? ok(`It was last used on ${ago(date)}, for ${service} in ${region}.`)
        : unclear(
            "It was never used: the pipeline has another key, or has not come so far. AWS tells a use some hours late.",
          ),
  }),
];

/** The policy on that principal; what it is worth is simulated next. */
export function assumePolicy(topology: Topology, isUser: boolean): LiveCheck {
  const says = isUser ? "user" : "role";
  const isInline = topology === "byoc";
  const title = `The ${says} has the policy by which it assumes the db-connect role`;
  if (!isInline) {
    return check({
      id: "assume-policy",
      hop: "role",
      title,
      question: {
        aws: [
          ...["iam", `list-attached-${says}-policies`, `--${says}-name`],
          ...["<trusted_principal_role_name>", "--query", "AttachedPolicies[].PolicyName"],
        ],
        account: "connect",
      },
      answer: z.array(z.string()),
      judge: (policies) =>
        policies.length > 0
          ? ok(`Attached: ${policies.join(", ")}.`)
          : broken("No policy is attached.", [apply]),
    });
  }
  return check({
    id: "assume-policy",
    hop: "role",
    title,
    question: {
      aws: [
        ...["iam", `get-${says}-policy`, `--${says}-name`, "<trusted_principal_role_name>"],
        ...["--policy-name", "<assume_role_policy>", "--query", "PolicyDocument"],
      ],
      account: "connect",
    },
    needs: ["iam_db_auth_role_arn"],
    answer: policy,
    judge: ({ Statement }, context) => {
      const { names } = context;
      const resources = Statement.filter(allowsToAssume).flatMap(({ Resource = [] }) => Resource);
      return covers(resources, names.iam_db_auth_role_arn ?? "")
        ? ok(`${names.assume_role_policy} allows sts:AssumeRole on ${names.iam_db_auth_role_arn}.`)
        : broken(
            `${names.assume_role_policy} allows sts:AssumeRole on ${resources.join(", ") || "nothing"}, and the pipeline assumes ${names.iam_db_auth_role_arn}.`,
            attach(context),
          );
    },
    absent: {
      NoSuchEntity: (context) =>
        broken(`The policy ${context.names.assume_role_policy} is not attached.`, attach(context)),
    },
  });
}

const decisions = z
  .array(
    z.object({
      decision: z.enum(["allowed", "explicitDeny", "implicitDeny"]),
      boundary: z.boolean().nullish(),
      organisation: z.boolean().nullish(),
    }),
  )
  .min(1);

const decisionsQuery =
  "EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}";

/** IAM's own word on one action. */
function simulation({
  what,
  source,
  action,
  resource,
  context = [],
  fix,
  ...rest
}: Pick<LiveCheck, "id" | "hop" | "title"> & {
  readonly what: string;
  readonly account: Account;
  readonly source: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: readonly string[];
  /** Where no policy allows it. @default - the resource's own policy may allow it alone */
  readonly fix?: (context: Context) => readonly Step[];
}): LiveCheck {
  const { account, ...named } = rest;
  return check({
    ...named,
    question: {
      aws: [
        ...["iam", "simulate-principal-policy", "--policy-source-arn", source],
        ...["--action-names", action, "--resource-arns", resource],
        ...(context.length > 0 ? ["--context-entries", ...context] : []),
        ...["--query", decisionsQuery],
      ],
      account,
    },
    answer: decisions,
    judge: (results, around) => {
      const denied = results.find(({ decision }) => decision !== "allowed");
      if (!denied) return ok(`${what}: allowed.`);
      if (denied.boundary === false) {
        return broken(`${what}: the permissions boundary does not allow it.`, [
          "Extend the boundary, in the Terraform that made it. Whatever policy is attached, it allows nothing more than the boundary.",
        ]);
      }
      if (denied.organisation === false) {
        return broken(`${what}: a policy of the organisation does not allow it.`, [
          "Whoever looks after the AWS organisation can allow it, in its service control policies.",
        ]);
      }
      if (denied.decision === "explicitDeny") {
        return broken(`${what}: a policy denies it.`, [
          "Find the statement with Effect Deny among the policies of this principal, and except the db-connect role.",
        ]);
      }
      return fix
        ? broken(`${what}: no policy allows it.`, fix(around))
        : unclear(`${what}: no policy allows it, and in one account the trust may be enough.`);
    },
  });
}

const tag = "redpanda_scope_redpanda_connect";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export const mayAssume = (topology: Topology, isOneAccount: boolean): LiveCheck =>
  simulation({
    id: "assume-role",
    hop: "role",
    title: "The policies of Connect's principal let it assume the db-connect role",
    what: "sts:AssumeRole on <iam_db_auth_role_arn>",
    account: "connect",
    source: "<trusted_principal_role_arn>",
    action: "sts:AssumeRole",
    resource: "<iam_db_auth_role_arn>",
    context:
      topology === "byoc"
        ? [`ContextKeyName=aws:ResourceTag/${tag},ContextKeyValues=true,ContextKeyType=string`]
        : [],
    ...(isOneAccount ? {} : { fix: attach }),
  });

/** Whom a role trusts, in words: IAM puts an id in the place of a principal that is gone. */
function trusts(statements: readonly Statement[]): { says: string; isRecreated: boolean } {
  const principals = statements.flatMap(({ Principal }) => Principal?.AWS ?? []);
  const recreated = principals.find((one) => /^A(?:ROA|IDA)[A-Z0-9]+$/.test(one));
  return recreated
    ? {
        isRecreated: true,
        says: `The role trusts ${recreated}, which is what is left of a principal that was deleted. One created again under the same name is another principal.`,
      }
    : { isRecreated: false, says: `The role trusts ${principals.join(", ") || "nobody"}` };
}

/** Whom the db-connect role trusts, and its tag. */
export const trust = (topology: Topology): LiveCheck =>
  check({
    id: "trust",
    hop: "role",
    title: `The db-connect role trusts Connect's principal${topology === "byoc" ? ", and has its tag" : ""}`,
    question: {
      aws: [
        ...["iam", "get-role", "--role-name", "<db_connect_role>"],
        ...["--query", "Role.{trust:AssumeRolePolicyDocument,tags:Tags}"],
      ],
      account: "database",
    },
    needs: ["trusted_principal_role_arn"],
    answer: z.object({
      trust: policy,
      tags: z.array(z.object({ Key: z.string(), Value: z.string() })).nullish(),
    }),
    judge: ({ trust: { Statement }, tags }, { names }) => {
      const { trusted_principal_role_arn: connect = "", external_id } = names;
      const allowed = Statement.filter(allowsToAssume);
      // Trust in an account is trust in all of its principals.
      const account = accountOf("connect", names) ?? "";
      const trusted = [connect, "*", account, `arn:aws:iam::${account}:root`];
      const statement = allowed.find(({ Principal }) =>
        Principal?.AWS?.some((one) => trusted.includes(one)),
      );
      if (!statement) {
        const said = trusts(allowed);
        return said.isRecreated
          ? broken(said.says, ["Save the trust policy again:", apply])
          : broken(`${said.says}, and Connect runs as ${connect}.`, [
              "Correct redpanda_aws_acct_id, redpanda_cluster_id or trusted_principal_arn, then:",
              apply,
            ]);
      }
      const required = statement.Condition?.StringEquals?.["sts:ExternalId"];
      if (required && !required.includes(external_id ?? "")) {
        return broken(
          external_id
            ? "The role requires another external id than the pipeline presents."
            : "The role requires an external id, and the pipeline presents none.",
          ["Set external_id to the one that the role requires, then:", apply],
        );
      }
      const value = tags?.find(({ Key }) => Key === tag)?.Value;
      if (topology === "byoc" && value !== "true") {
        return broken(
          `The role's tag ${tag} is ${value === undefined ? "missing" : JSON.stringify(value)}, and the pipeline role may assume only roles where it is "true".`,
          [apply],
        );
      }
      return ok(
        `It trusts ${connect}${required ? ", with the external id that the pipeline presents" : ""}.`,
      );
    },
    absent: {
      NoSuchEntity: ({ names }) => broken(`There is no role ${names.db_connect_role}.`, [apply]),
    },
  });

/** With two roles before the database, the one that logs in is assumed by the one before it. */
export const secondRole: readonly LiveCheck[] = [
  simulation({
    id: "assume-second-role",
    hop: "role",
    title: "The first role's policies let it assume the role that logs in",
    what: "sts:AssumeRole on <login_role_arn>",
    account: "database",
    source: "<iam_db_auth_role_arn>",
    action: "sts:AssumeRole",
    resource: "<login_role_arn>",
    // The trust names the first role itself, and may be enough.
  }),
  check({
    id: "second-trust",
    hop: "role",
    title: "The role that logs in trusts the role before it",
    question: {
      aws: [
        ...["iam", "get-role", "--role-name", "<login_role>"],
        ...["--query", "Role.{trust:AssumeRolePolicyDocument}"],
      ],
      account: "database",
    },
    needs: ["iam_db_auth_role_arn"],
    answer: z.object({ trust: policy }),
    judge: ({ trust: { Statement } }, { names }) => {
      const { iam_db_auth_role_arn: first = "" } = names;
      const allowed = Statement.filter(allowsToAssume);
      if (allowed.some(({ Principal }) => Principal?.AWS?.includes(first))) {
        return ok(`It trusts ${first}.`);
      }
      const { says, isRecreated } = trusts(allowed);
      return broken(isRecreated ? says : `${says}, and the role before it is ${first}.`, [apply]);
    },
    absent: {
      NoSuchEntity: ({ names }) => broken(`There is no role ${names.login_role}.`, [apply]),
    },
  }),
];

export const mayConnect: LiveCheck = simulation({
  id: "connect-as-user",
  hop: "login",
  title: "The db-connect role may log in as the database user",
  what: "rds-db:connect as <iam_auth_user>",
  account: "database",
  source: "<login_role_arn>",
  action: "rds-db:connect",
  resource:
    "arn:aws:rds-db:<region>:<db_account_id>:dbuser:<aurora_instance_resource_id>/<iam_auth_user>",
  fix: () => [apply],
});
