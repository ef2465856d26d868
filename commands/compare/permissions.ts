import type { Resource, SynthesizedModule } from "../graph/module";

/** What somebody may do, or may not, as a module writes it: one statement, or one ACL. */
export interface Permission {
  /** Where it is written, such as `aws_iam_role_policy.connect.policy`. */
  readonly from: string;
  /** A principal; the role or user that holds the policy; empty for whoever is given it. */
  readonly who: readonly string[];
  readonly effect: string;
  readonly actions: readonly string[];
  readonly on: readonly string[];
  /** Such as `StringEquals sts:ExternalId = <external_id>`. */
  readonly conditions: readonly string[];
}

/**
 * Every statement of every policy in a module, in whichever argument it stands, every policy that is
 * attached by its ARN, and every ACL.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function permissionsOf(module: SynthesizedModule): Permission[] {
  return module.resources.flatMap((resource) => [
    ...Object.keys(resource.attributes).flatMap((name) =>
      statementsIn(module.value(resource, name)).map((statement) =>
        ofStatement(module, resource, name, statement),
      ),
    ),
    ...(resource.type === "redpanda_acl" ? [ofAcl(module, resource)] : []),
    ...(/^aws_iam_(role|user|group)_policy_attachment$/.test(resource.type)
      ? [ofAttachment(module, resource)]
      : []),
  ]);
}

function ofStatement(
  module: SynthesizedModule,
  resource: Resource,
  argument: string,
  statement: Readonly<Record<string, unknown>>,
): Permission {
  const either = (name: string) => [
    ...textsOf(module, statement[name]),
    ...textsOf(module, statement[`Not${name}`]).map((text) => `all but ${text}`),
  ];
  const who = either("Principal");
  // Of a trust policy, the resource is the role itself.
  const on = either("Resource");
  return {
    from: `${resource.address}.${argument}`,
    who: who.length > 0 ? who : holderOf(module, resource),
    effect: String(statement.Effect),
    actions: either("Action"),
    on: on.length > 0 ? on : [`${resource.address}.arn`],
    conditions: Object.entries((statement.Condition ?? {}) as object).flatMap(([operator, tests]) =>
      Object.entries(tests as object).map(
        ([key, value]) => `${operator} ${key} = ${textsOf(module, value).join(", ")}`,
      ),
    ),
  };
}

function ofAcl(module: SynthesizedModule, acl: Resource): Permission {
  const text = (name: string) => module.text(acl, name);
  return {
    from: acl.address,
    who: [text("principal")],
    effect: text("permission_type") === "DENY" ? "Deny" : "Allow",
    actions: [text("operation")],
    on: [`${text("resource_type")} ${text("resource_pattern_type")} ${text("resource_name")}`],
    conditions: text("host") === "*" ? [] : [`host = ${text("host")}`],
  };
}

function ofAttachment(module: SynthesizedModule, attachment: Resource): Permission {
  const [argument] = textsOf(module, module.value(attachment, "policy_arn"));
  return {
    from: attachment.address,
    who: holderOf(module, attachment),
    effect: "Allow",
    actions: [`what ${argument} allows`],
    on: [],
    conditions: [],
  };
}

function holderOf(module: SynthesizedModule, resource: Resource): string[] {
  return ["role", "user", "group"].flatMap((kind) => textsOf(module, module.value(resource, kind)));
}

/** Of a principal or a list or one text: texts, in which a resource stands as its address. */
function textsOf(module: SynthesizedModule, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(module, one));
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([kind, inner]) =>
      textsOf(module, inner).map((text) => (kind === "AWS" ? text : `${kind} ${text}`)),
    );
  }
  return [String(value).replace(/[«»]/g, "")];
}

/** The statements of what is a policy, as an object or as JSON text; none of all else. */
function statementsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value === "string") {
    if (!value.trimStart().startsWith("{")) return [];
    try {
      return statementsIn(JSON.parse(value));
    } catch {
      return [];
    }
  }
  const statements = (value as { Statement?: unknown } | null | undefined)?.Statement;
  return [statements ?? []].flat() as Readonly<Record<string, unknown>>[];
}
