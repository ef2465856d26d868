import type { Topology } from "../../choices";
import type { Engine } from "../../engines/engine";
import type { Step } from "./catalogue";
import { type Hop, hops } from "./hops";

export interface Check {
  readonly title: string;
  /** Hops that it is about. */
  readonly hops: readonly Hop[];
  readonly steps: readonly Step[];
}

const parametersQuery = ({ parameterGroup }: Engine) =>
  parameterGroup.parameters.map(({ name }) => `ParameterName=='${name}'`).join("||");

/** What to look at, in this order, where the log does not say: from the identities to the log itself. */
export function checks(topology: Topology, engine: Engine): Check[] {
  const isByoc = topology === "byoc";
  const everywhere = hops.map(({ id }) => id);
  return [
    {
      title: "Which account is which",
      hops: ["identity", "role"],
      steps: [
        "With the credentials of the database account, then with those of the account that Connect runs in:",
        { shell: "aws sts get-caller-identity" },
      ],
    },
    {
      title:
        "The role that Connect runs as: does it exist, has it a boundary (the second word), may it assume the db-connect role",
      hops: ["identity", "role"],
      steps: [
        "With the credentials of the account that Connect runs in:",
        {
          shell:
            "aws iam get-role --role-name <trusted_principal_role_name> --query 'Role.[Arn,PermissionsBoundary.PermissionsBoundaryArn,RoleLastUsed.LastUsedDate]' --output text",
        },
        {
          shell: isByoc
            ? "aws iam get-role-policy --role-name <trusted_principal_role_name> --policy-name <assume_role_policy> --query PolicyDocument.Statement"
            : "aws iam list-attached-role-policies --role-name <trusted_principal_role_name> --query AttachedPolicies[].PolicyName --output text",
        },
      ],
    },
    {
      title:
        "The db-connect role: whom it trusts (external id?), its tag, and the database user that it may log in as",
      hops: ["role", "token", "login"],
      steps: [
        {
          shell:
            "aws iam get-role --role-name <db_connect_role> --query 'Role.[AssumeRolePolicyDocument.Statement,Tags]'",
        },
        "Whether it may connect as the database user (allowed):",
        {
          shell:
            "aws iam simulate-principal-policy --policy-source-arn <iam_db_auth_role_arn> --action-names rds-db:connect --resource-arns arn:aws:rds-db:<region>:<db_account_id>:dbuser:<aurora_instance_resource_id>/<iam_auth_user> --query 'EvaluationResults[].EvalDecision' --output text",
        },
      ],
    },
    {
      title: "The cluster: IAM authentication, parameters, and whether they are in use (in-sync)",
      hops: ["network", "login", "database", "position"],
      steps: [
        {
          shell:
            "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].[Status,IAMDatabaseAuthenticationEnabled,DbClusterResourceId,DBClusterMembers[].DBClusterParameterGroupStatus]' --region <region>",
        },
        {
          shell: `aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name <db_parameter_group> --query "Parameters[?${parametersQuery(engine)}].[ParameterName,ParameterValue]" --output text --region <region>`,
        },
      ],
    },
    {
      title: isByoc
        ? "The security group lets in the cluster's NAT gateways"
        : "The security group lets in the address of the instance",
      hops: ["network", "tls"],
      steps: [
        {
          shell:
            "aws ec2 describe-security-groups --filters Name=group-name,Values=<db_security_group> --query 'SecurityGroups[].IpPermissions[].IpRanges[].CidrIp' --output text --region <region>",
        },
        {
          shell: isByoc
            ? 'curl -s -H "Authorization: Bearer $(rpk cloud auth token)" https://api.redpanda.com/v1/clusters/<redpanda_cluster_id> | jq -c .cluster.nat_gateways'
            : "curl -s https://checkip.amazonaws.com",
        },
      ],
    },
    {
      title: "The database",
      hops: ["login", "database", "position", "read"],
      steps: [
        `${engine.status.shows}, as the master user:`,
        ...engine.status.statements.map((sql) => ({ sql })),
      ],
    },
    {
      title: "Topic, ACLs, secret",
      hops: ["start", "config", "write"],
      steps: [
        { shell: "rpk topic describe <cdc_output_topic>" },
        { shell: "rpk security acl list --allow-principal User:<rp_sasl_user>" },
        ...(isByoc
          ? [
              { shell: "rpk security secret list" },
              "<sasl_password_secret> must have the scope of Redpanda Connect.",
            ]
          : []),
      ],
    },
    {
      title: "The log, from its start, warnings included",
      hops: everywhere,
      steps: [
        {
          shell: isByoc
            ? "rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\n' | npx rpcn-aurora doctor --pipeline <rpcn_pipeline_id>"
            : "docker logs $(docker ps -lq) 2>&1 | npx rpcn-aurora doctor",
        },
        "The log is silent on what went well unless log_level is DEBUG.",
      ],
    },
  ];
}
