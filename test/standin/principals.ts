import type { Cloud } from "./cloud";
import { isObject, type Values } from "./values";

/**
 * Why IAM refuses a role's trust policy: a role or user that it names must exist, because IAM keeps the
 * principal's unique id. The provider tries for two minutes, in which a new one becomes visible.
 * Looked up are those of accounts in which something here made a role or a user.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/role.go
 */
export function unknownPrincipal(planned: Values, account: string, cloud: Cloud) {
  const { name, assume_role_policy: policy } = planned;
  if (typeof policy !== "string") return undefined;
  const made = [...cloud.ofType("aws_iam_role"), ...cloud.ofType("aws_iam_user")].map(({ arn }) =>
    String(arn),
  );
  const accounts = new Set([account, ...made.map(accountOf)]);
  const missing = principals(policy).find(
    (arn) => /:(role|user)\//.test(arn) && accounts.has(accountOf(arn)) && !made.includes(arn),
  );
  if (missing === undefined) return undefined;
  return {
    error: `creating IAM Role (${name}): operation error IAM: CreateRole, https response error StatusCode: 400, MalformedPolicyDocument: Invalid principal in policy: "AWS":"${missing}"`,
  };
}

const accountOf = (arn: string) => arn.split(":")[4] ?? "";

/** Every `Principal = { AWS = … }` of a policy; of one that is no JSON, none: validating refuses it. */
function principals(policy: string): string[] {
  if (!/^\s*\{/.test(policy)) return [];
  const statements = [(JSON.parse(policy) as Values).Statement ?? []].flat();
  return statements.flatMap((statement) => {
    const principal = isObject(statement) ? statement.Principal : undefined;
    return isObject(principal) ? [principal.AWS ?? []].flat().map(String) : [];
  });
}
