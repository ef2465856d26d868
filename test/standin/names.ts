import type { CloudObject } from "./cloud";
import type { Values } from "./values";

/** What is there of the same type, in the same place. */
export type Beside = readonly (readonly [key: string, CloudObject])[];

/** What becomes of a create whose name is taken. */
interface Taken {
  readonly error: string;
  readonly detail?: string;
}

/** By type: the attributes that only one object has so, in an account and region or on a server. */
const unique: Record<string, readonly string[]> = {
  aws_cloudwatch_log_group: ["name"],
  aws_db_subnet_group: ["name"],
  aws_iam_instance_profile: ["name"],
  aws_iam_policy: ["name"],
  aws_iam_role: ["name"],
  aws_iam_user: ["name"],
  aws_internet_gateway: ["vpc_id"],
  aws_rds_cluster: ["cluster_identifier"],
  aws_rds_cluster_instance: ["identifier"],
  aws_rds_cluster_parameter_group: ["name"],
  aws_security_group: ["vpc_id", "name"],
  aws_subnet: ["vpc_id", "cidr_block"],
  aws_vpc_security_group_ingress_rule: [
    "security_group_id",
    "ip_protocol",
    "from_port",
    "to_port",
    "cidr_ipv4",
  ],
  mysql_user: ["host", "user"],
  postgresql_publication: ["name"],
  postgresql_role: ["name"],
  redpanda_topic: ["name"],
};

/**
 * By type: what tells one object from another where a create takes over the one that is there. For a
 * secret or a user it does not write the new value. An inline policy is put in the other's place.
 *
 * @see https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/secret/resource_secret.go
 * @see https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/user/resource_user.go
 * @see https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/acl/resource_acl.go
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
const adopted: Record<string, readonly string[]> = {
  aws_iam_role_policy: ["role", "name"],
  aws_iam_user_policy: ["user", "name"],
  redpanda_acl: [
    "principal",
    "host",
    "operation",
    "permission_type",
    "resource_type",
    "resource_name",
    "resource_pattern_type",
  ],
  redpanda_secret: ["name"],
  redpanda_user: ["name"],
};

const sameIn = (names: readonly string[], one: Values, other: Values) =>
  names.every((name) => one[name] === other[name]);

/**
 * Why an object cannot be made beside these, in the same place; undefined when it can. What is not listed
 * can be made twice, as a VPC or a pipeline can.
 */
export function refusal(type: string, planned: Values, beside: Beside): Taken | undefined {
  const names = unique[type];
  if (!names || !beside.some(([, { state }]) => sameIn(names, state, planned))) return undefined;
  if (type === "aws_vpc_security_group_ingress_rule") return duplicateRule(planned);
  if (type !== "redpanda_topic") {
    return { error: "AlreadyExists", detail: String(planned[names.at(-1) ?? ""]) };
  }
  return {
    error: `Failed to create topic; topic "${planned.name}" already exists`,
    detail:
      "Topic resource can be imported using 'terraform import redpanda_topic.<resource_name> <topic_name>,<cluster_id>'",
  };
}

/**
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 * https://github.com/terraform-aws-modules/terraform-aws-security-group/issues/351
 */
function duplicateRule({ ip_protocol, cidr_ipv4, from_port, to_port }: Values): Taken {
  const rule = `peer: ${cidr_ipv4}, ${String(ip_protocol).toUpperCase()}, from port: ${from_port}, to port: ${to_port}, ALLOW`;
  return {
    error: "creating VPC Security Group Rule",
    detail: `operation error EC2: AuthorizeSecurityGroupIngress, https response error StatusCode: 400, api error InvalidPermission.Duplicate: the specified rule "${rule}" already exists`,
  };
}

/** The key of the object that a create takes over; undefined when it makes one. */
export function adoptee(type: string, planned: Values, beside: Beside): string | undefined {
  const names = adopted[type];
  if (!names) return undefined;
  return beside.find(([, { state }]) => sameIn(names, state, planned))?.[0];
}
