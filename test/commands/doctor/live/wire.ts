import { accessKeyUser, dbConnectRole, pipelineRole } from "./module";

/*
 * What AWS answers on the wire, by action, for a module whose rows arrive: the shapes are those of
 * botocore's service models of IAM, STS, RDS (protocol query) and EC2 (protocol ec2).
 */

const policy = (statement: object) =>
  encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));

const result = (action: string, content: string) =>
  `<${action}Response><${action}Result>${content}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;

const role = (arn: string, more: string) =>
  `<Role><Path>/</Path><RoleName>${arn.split("/").pop()}</RoleName><RoleId>AROADBQP57FF2AEXAMPLE</RoleId><Arn>${arn}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate>${more}</Role>`;

/** An answer by the action and the parameters of the request, and whose key signed it. */
export function answerTo(parameters: URLSearchParams, key: string): string {
  const action = parameters.get("Action") ?? "";
  switch (action) {
    case "GetCallerIdentity": {
      const account = key === "AKIAREDPANDA" ? "861276079005" : "111122223333";
      return result(
        action,
        `<Arn>arn:aws:iam::${account}:user/operator</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>${account}</Account>`,
      );
    }
    case "GetRole":
      return parameters.get("RoleName") === pipelineRole.split("/").pop()
        ? result(
            action,
            role(
              pipelineRole,
              "<RoleLastUsed><LastUsedDate>2026-11-20T18:00:00Z</LastUsedDate><Region>us-east-2</Region></RoleLastUsed>",
            ),
          )
        : result(
            action,
            role(
              dbConnectRole,
              `<AssumeRolePolicyDocument>${policy({ Effect: "Allow", Principal: { AWS: pipelineRole }, Action: "sts:AssumeRole" })}</AssumeRolePolicyDocument><Tags><member><Key>redpanda_scope_redpanda_connect</Key><Value>true</Value></member></Tags><RoleLastUsed/>`,
            ),
          );
    case "GetUser":
      return result(
        action,
        `<User><Path>/</Path><UserName>demo-redpanda-connect</UserName><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Arn>${accessKeyUser}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate></User>`,
      );
    case "ListAccessKeys":
      return result(
        action,
        `<IsTruncated>false</IsTruncated><AccessKeyMetadata><member><UserName>${parameters.get("UserName")}</UserName><AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>Active</Status><CreateDate>2026-01-02T03:04:05Z</CreateDate></member></AccessKeyMetadata>`,
      );
    case "GetAccessKeyLastUsed":
      // A key that was never used has no date.
      return result(
        action,
        `<UserName>demo-redpanda-connect</UserName><AccessKeyLastUsed>${parameters.get("AccessKeyId") === "AKIAIOSFODNN7EXAMPLE" ? "<ServiceName>N/A</ServiceName><Region>N/A</Region>" : ""}</AccessKeyLastUsed>`,
      );
    case "GetUserPolicy":
      return result(
        action,
        `<UserName>x</UserName><PolicyName>demo-assume-dbconnect-policy</PolicyName><PolicyDocument>${policy({ Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [dbConnectRole] })}</PolicyDocument>`,
      );
    case "GetRolePolicy":
      return result(
        action,
        `<RoleName>x</RoleName><PolicyName>demo-assume-dbconnect-policy</PolicyName><PolicyDocument>${policy({ Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [dbConnectRole] })}</PolicyDocument>`,
      );
    case "SimulatePrincipalPolicy":
      return result(
        action,
        `<IsTruncated>false</IsTruncated><EvaluationResults><member><EvalActionName>${parameters.get("ActionNames.member.1")}</EvalActionName><EvalResourceName>${parameters.get("ResourceArns.member.1")}</EvalResourceName><EvalDecision>allowed</EvalDecision><MatchedStatements/><MissingContextValues/><OrganizationsDecisionDetail><AllowedByOrganizations>true</AllowedByOrganizations></OrganizationsDecisionDetail></member></EvaluationResults>`,
      );
    case "DescribeDBClusters":
      return result(
        action,
        `<DBClusters><DBCluster><DBClusterIdentifier>demo-aurora-pg</DBClusterIdentifier><DBClusterParameterGroup>demo-aurora-pg17-cluster-pg</DBClusterParameterGroup><Status>available</Status><DbClusterResourceId>cluster-ABCDEFGHIJKLMNOP</DbClusterResourceId><IAMDatabaseAuthenticationEnabled>true</IAMDatabaseAuthenticationEnabled><DBClusterMembers><DBClusterMember><DBInstanceIdentifier>demo-aurora-pg-1</DBInstanceIdentifier><IsClusterWriter>true</IsClusterWriter><DBClusterParameterGroupStatus>in-sync</DBClusterParameterGroupStatus><PromotionTier>1</PromotionTier></DBClusterMember></DBClusterMembers></DBCluster></DBClusters>`,
      );
    case "DescribeDBInstances":
      return result(
        action,
        "<DBInstances><DBInstance><DBInstanceIdentifier>demo-aurora-pg-1</DBInstanceIdentifier><DBInstanceStatus>available</DBInstanceStatus><PubliclyAccessible>true</PubliclyAccessible></DBInstance></DBInstances>",
      );
    case "DescribeDBClusterParameters": {
      const names = ["rds.force_ssl", "rds.iam_auth_for_replication", "rds.logical_replication"];
      const one = (name: string, value: string) =>
        `<Parameter><ParameterName>${name}</ParameterName><ParameterValue>${value}</ParameterValue><ApplyMethod>pending-reboot</ApplyMethod></Parameter>`;
      return result(
        action,
        `<Parameters>${one("autovacuum", "1")}${names.map((name) => one(name, "1")).join("")}</Parameters>`,
      );
    }
    case "DescribeSecurityGroups":
      return `<DescribeSecurityGroupsResponse><requestId>1</requestId><securityGroupInfo><item><ownerId>111122223333</ownerId><groupId>sg-1</groupId><groupName>demo-db-sg</groupName><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><toPort>5432</toPort><groups/><ipRanges><item><cidrIp>3.139.175.89/32</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds/></item></ipPermissions><ipPermissionsEgress/></item></securityGroupInfo></DescribeSecurityGroupsResponse>`;
    default:
      throw new Error(`no answer to ${action}`);
  }
}
