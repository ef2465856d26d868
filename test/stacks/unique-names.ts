import type { Reply } from "../standin/provider";
import type { Workspace } from "../standin/workspace";
import { isCreate } from "./outcome";

/** By type: the attribute whose value only one object has, in an account, a VPC or a Redpanda cluster. */
const names: Record<string, string | undefined> = {
  aws_cloudwatch_log_group: "name",
  aws_db_subnet_group: "name",
  aws_iam_instance_profile: "name",
  aws_iam_policy: "name",
  aws_iam_role: "name",
  aws_iam_user: "name",
  aws_internet_gateway: "vpc_id",
  aws_rds_cluster: "cluster_identifier",
  aws_rds_cluster_instance: "identifier",
  aws_rds_cluster_parameter_group: "name",
  aws_security_group: "name",
  aws_subnet: "cidr_block",
  mysql_user: "user",
  postgresql_publication: "name",
  postgresql_role: "name",
  redpanda_secret: "name",
  redpanda_topic: "name",
  redpanda_user: "name",
};

/**
 * Refuses to make what is there already, as AWS and Redpanda do. What is not listed can be made twice (a
 * VPC), or takes the other's place (an inline policy, an ACL, a file).
 */
export function refuseTakenNames(workspace: Workspace): void {
  workspace.onCall((call): Reply | undefined => {
    const name = names[call.type];
    if (!name || !isCreate(call)) return undefined;
    const taken = [...workspace.objects.values()].some(
      ({ type, state }) => type === call.type && state[name] === call.config?.[name],
    );
    return taken ? { error: "AlreadyExists", detail: String(call.config?.[name]) } : undefined;
  });
}
