import { checks } from "../../../commands/doctor/checks";
import { hops } from "../../../commands/doctor/hops";
import { engines } from "../../../engines";
import { mysql } from "../../../engines/mysql";
import { postgres } from "../../../engines/postgres";

/** As in docs/troubleshooting.md, which shows those of PostgreSQL in a BYOC cluster. */
const usual = checks("byoc", postgres);

test("each hop has its checks, and the log shows every one", () => {
  const numbersAt = ({ id }: (typeof hops)[number]) =>
    usual.flatMap(({ hops: at }, index) => (at.includes(id) ? [index + 1] : []));
  expect(Object.fromEntries(hops.map((hop) => [hop.id, numbersAt(hop)]))).toEqual({
    start: [7, 8],
    identity: [1, 2, 8],
    role: [1, 2, 3, 8],
    token: [3, 8],
    config: [7, 8],
    network: [4, 5, 8],
    tls: [5, 8],
    login: [3, 4, 6, 8],
    database: [4, 6, 8],
    position: [4, 6, 8],
    read: [6, 8],
    write: [7, 8],
  });
});

test("with Connect on a host of one's own, policies, addresses and log are looked at there", () => {
  const own = checks("ec2", postgres);
  expect(own.map(({ title }) => title)).toEqual([
    "Which account is which",
    "The role that Connect runs as: does it exist, has it a boundary, may it assume the db-connect role",
    "The db-connect role: whom it trusts (external id?), its tag, and the database user that it may log in as",
    "The cluster: IAM authentication, parameters, and whether they are in use (in-sync)",
    "The security group lets in the address of the instance",
    "The database",
    "Topic, ACLs, secret",
    "The log, from its start, warnings included",
  ]);
  const different = own.flatMap(({ steps }, index) => {
    const others = JSON.stringify(usual[index]?.steps);
    return JSON.stringify(steps) === others ? [] : [steps];
  });
  expect(different).toMatchInlineSnapshot(`
[
  [
    "With the credentials of the account that Connect runs in:",
    {
      "shell": "aws iam get-role --role-name <trusted_principal_role_name> --query 'Role.{arn:Arn,boundary:PermissionsBoundary.PermissionsBoundaryArn,lastUsed:RoleLastUsed.LastUsedDate}' --region <region>",
    },
    {
      "shell": "aws iam list-attached-role-policies --role-name <trusted_principal_role_name> --query 'AttachedPolicies[].PolicyName' --region <region>",
    },
    {
      "shell": "aws iam simulate-principal-policy --policy-source-arn <trusted_principal_role_arn> --action-names sts:AssumeRole --resource-arns <iam_db_auth_role_arn> --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region <region>",
    },
  ],
  [
    {
      "shell": "aws ec2 describe-security-groups --group-ids <db_security_group_id> --query 'SecurityGroups[].IpPermissions[].{protocol:IpProtocol,from:FromPort,to:ToPort,networks:IpRanges[].CidrIp,lists:PrefixListIds[].PrefixListId}' --region <region>",
    },
    {
      "shell": "curl -s https://checkip.amazonaws.com",
    },
  ],
  [
    {
      "shell": "rpk topic describe <cdc_output_topic>",
    },
    {
      "shell": "rpk security acl list --allow-principal User:<rp_sasl_user>",
    },
  ],
  [
    {
      "shell": "docker logs $(docker ps -lq) 2>&1 | npx rpcn-aurora doctor",
    },
    "A container that has ended took its log away, by --rm. Run it again, and keep what it prints:",
    {
      "shell": "<docker_run_command> 2>&1 | tee -a connect.log",
    },
    "The log is silent on what went well unless log_level is DEBUG.",
  ],
]
`);
});

test("the parameters and the database that are looked at are the engine's", () => {
  const different = checks("byoc", mysql).filter(
    (check, index) => JSON.stringify(check) !== JSON.stringify(usual[index]),
  );
  expect(different).toMatchInlineSnapshot(`
[
  {
    "hops": [
      "network",
      "login",
      "database",
      "position",
    ],
    "steps": [
      {
        "shell": "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].{status:Status,iam:IAMDatabaseAuthenticationEnabled,resourceId:DbClusterResourceId,parameterGroup:DBClusterParameterGroup,members:DBClusterMembers[].{name:DBInstanceIdentifier,isWriter:IsClusterWriter,parameters:DBClusterParameterGroupStatus}}' --region <region>",
      },
      {
        "shell": "aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name <db_parameter_group> --query "Parameters[?ParameterName=='binlog_format'||ParameterName=='binlog_row_image'||ParameterName=='require_secure_transport'].{name:ParameterName,value:ParameterValue}" --region <region>",
      },
    ],
    "title": "The cluster: IAM authentication, parameters, and whether they are in use (in-sync)",
  },
  {
    "hops": [
      "login",
      "database",
      "position",
      "read",
    ],
    "steps": [
      "User and binary log, as the master user:",
      {
        "sql": "SELECT user, host, plugin FROM mysql.user WHERE user = '<iam_auth_user>';",
      },
      {
        "sql": "SHOW GRANTS FOR '<iam_auth_user>'@'%';",
      },
      {
        "sql": "SELECT @@log_bin, @@binlog_format, @@binlog_row_image;",
      },
      {
        "sql": "SELECT id, command, time FROM information_schema.processlist WHERE user = '<iam_auth_user>' AND command LIKE 'Binlog Dump%';",
      },
      {
        "sql": "SELECT @@event_scheduler;",
      },
      {
        "sql": "SHOW BINARY LOGS;",
      },
      {
        "sql": "CALL mysql.rds_show_configuration;",
      },
    ],
    "title": "The database",
  },
]
`);
});

test("of every engine there are statements to run", () => {
  for (const { status } of engines) expect(status.statements.length).toBeGreaterThan(0);
});
