import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { doctor } from "../../../../commands/doctor/command";
import { live } from "../../../../commands/doctor/live/command";
import { liveReport } from "../../../../commands/doctor/live/report-schema";
import { UsageError } from "../../../../commands/usage-error";
import { account, RedpandaCloud } from "../../discover/redpanda-cloud";
import { healthy, redpanda } from "./answers";
import { Programs, type Said } from "./fakes";
import { dbConnectRole, shown } from "./module";

let cloud: RedpandaCloud;
let programs: Programs;
/** What Redpanda Cloud answers by path, without its query. */
let answers: Record<string, unknown>;
beforeEach(async () => {
  cloud = await RedpandaCloud.start();
  answers = { ...redpanda };
  cloud.cluster = ({ path = "" }) => {
    const body = answers[path.replace(/\?.*/, "")];
    return body === undefined
      ? { status: 404, body: { code: "NOT_FOUND", message: "canary" } }
      : typeof body === "number"
        ? { status: body, body: { message: "canary" } }
        : { body };
  };
  // The cluster's API has a name of its own.
  const real = globalThis.fetch;
  jest.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    const { pathname, search } = new URL(String(url));
    return real(cloud.url + pathname + search, init);
  });
  programs = new Programs();
  programs.answer(healthy);
  writeFileSync(join(programs.folder, "state.json"), JSON.stringify(shown));
  writeFileSync(
    join(programs.folder, "terraform.tfvars"),
    'redpanda_aws_profile = "redpanda" # another account\n',
  );
});
afterEach(async () => {
  jest.restoreAllMocks();
  await cloud.stop();
  programs.remove();
});

/** One look, at what the fakes answer. */
async function look(
  said: Readonly<Record<string, Said>> = {},
  {
    environment = {},
    json = false,
    limit = 20_000,
    path = programs.path,
    state = join(programs.folder, "state.json"),
  } = {},
) {
  programs.answer(said);
  let printed = "";
  const code = await live(
    { state, json },
    (text) => {
      printed += text;
    },
    {
      environment: {
        PATH: path,
        HOME: programs.folder,
        XDG_CACHE_HOME: programs.folder,
        REDPANDA_CLIENT_ID: account.id,
        REDPANDA_CLIENT_SECRET: account.secret,
        PGPASSWORD: "canary",
        ...environment,
      },
      warn: (text) => {
        throw new Error(text);
      },
      cloud: { auth: cloud.url, api: "https://api.redpanda.com", timeout: 10_000 },
      limit,
    },
  );
  expect(printed).not.toContain("canary");
  return { code, printed };
}

/** The checks by id, and what follows from them. */
async function reportOf(...given: Parameters<typeof look>) {
  const { code, printed } = await look(given[0], { ...given[1], json: true });
  const report = JSON.parse(printed);
  expect(liveReport.parse(report)).toEqual(report);
  const checks = Object.fromEntries(report.checks.map((one: { id: string }) => [one.id, one]));
  return { ...report, code, checks };
}

/** The end of what is printed, from the heading on. */
const conclusionOf = (printed: string) => printed.slice(printed.search(/^\S.*\(\S+\)\n\nWhy:/m));

test("looks at everything, and says that rows are streaming", async () => {
  const { code, printed } = await look();
  expect(code).toBe(0);
  expect(printed).toMatchInlineSnapshot(`
"1. The Redpanda cluster is ready, and its Redpanda Connect logs in with IAM
    GET https://api.redpanda.com/v1/clusters/curl3eo533cmsnt23dv0
    {"cluster":{"name":"demo","state":"READY","type":"BYOC","cloud_provider":"AWS","connection_type":"PUBLIC","region":"us-east-2","nat_gateways":["3.139.175.89/32"],"redpanda_connect":{"version":"4.108.0"},"dataplane_api":{"url":"https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com"}}}
  ✓ Cluster curl3eo533cmsnt23dv0 "demo": BYOC, AWS, us-east-2. Redpanda Connect 4.108.0.

2. The secret with the pipeline's password is there, for pipelines to read
    GET https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com/v1/secrets?filter.name_contains=DEMO_SASL_PASSWORD
    {"secrets":[{"id":"DEMO_SASL_PASSWORD","scopes":["SCOPE_REDPANDA_CONNECT"]},{"id":"DEMO_SASL_PASSWORD_2","scopes":["SCOPE_MCP_SERVER"]}]}
  ✓ DEMO_SASL_PASSWORD is there, for Redpanda Connect.

3. The pipeline runs
    GET https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com/v1/redpanda-connect/pipelines/d5nfcb0objac738nhf90
    {"pipeline":{"state":"RUNNING","status":{"error":""}}}
  ✓ It is RUNNING.

4. The credentials are of the database account
    aws sts get-caller-identity --region us-east-2 --output json --profile database
    {"Account":"111122223333","Arn":"arn:aws:iam::111122223333:user/operator"}
  ✓ They are of arn:aws:iam::111122223333:user/operator.

5. The credentials are of the account that Connect runs in
    aws sts get-caller-identity --region us-east-2 --output json --profile redpanda
    {"Account":"861276079005","Arn":"arn:aws:sts::861276079005:assumed-role/operator/me"}
  ✓ They are of arn:aws:sts::861276079005:assumed-role/operator/me.

6. The role that Connect runs as exists
    aws iam get-role --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --query 'Role.{arn:Arn,boundary:PermissionsBoundary.PermissionsBoundaryArn,lastUsed:RoleLastUsed.LastUsedDate}' --region us-east-2 --output json --profile redpanda
    {"arn":"arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline","boundary":null,"lastUsed":"2026-11-20T18:00:00+00:00"}
  ✓ arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline exists,
  without a boundary, last used 2026-11-20T18:00:00+00:00.

7. The role has the policy by which it assumes the db-connect role
    aws iam get-role-policy --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --policy-name demo-assume-dbconnect-policy --query PolicyDocument --region us-east-2 --output json --profile redpanda
    {"Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Resource":["arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user"],"Condition":{"StringEquals":{"aws:ResourceTag/redpanda_scope_redpanda_connect":["true"]}}}]}
  ✓ demo-assume-dbconnect-policy allows sts:AssumeRole on
  arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.

8. The policies of Connect's principal let it assume the db-connect role
    aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --action-names sts:AssumeRole --resource-arns arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --context-entries ContextKeyName=aws:ResourceTag/redpanda_scope_redpanda_connect,ContextKeyValues=true,ContextKeyType=string --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile redpanda
    [{"decision":"allowed","boundary":null,"organisation":true}]
  ✓ sts:AssumeRole on arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user:
  allowed.

9. The db-connect role trusts Connect's principal, and has its tag
    aws iam get-role --role-name demo-allow_connect_to_aurora-iam-demo-user --query 'Role.{trust:AssumeRolePolicyDocument,tags:Tags}' --region us-east-2 --output json --profile database
    {"trust":{"Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline"]},"Action":["sts:AssumeRole"]}]},"tags":[{"Key":"redpanda_scope_redpanda_connect","Value":"true"}]}
  ✓ It trusts
  arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline.

10. The writer has a public address
    aws rds describe-db-instances --db-instance-identifier demo-aurora-pg-1 --query 'DBInstances[].{status:DBInstanceStatus,isPublic:PubliclyAccessible}' --region us-east-2 --output json --profile database
    [{"status":"available","isPublic":true}]
  ✓ It has one, and is available.

11. The security group lets in the cluster's NAT gateways
    aws ec2 describe-security-groups --group-ids sg-0a1b2c3d4e5f67890 --query 'SecurityGroups[].IpPermissions[].{protocol:IpProtocol,from:FromPort,to:ToPort,networks:IpRanges[].CidrIp,lists:PrefixListIds[].PrefixListId}' --region us-east-2 --output json --profile database
    [{"protocol":"tcp","from":5432,"to":5432,"networks":["3.139.175.89/32","198.51.100.7/32"]}]
  ✓ It lets in 3.139.175.89/32, 198.51.100.7/32 on port 5432, so the pipelines too, which come from
  3.139.175.89/32.

12. The cluster is available, lets in IAM tokens, and uses its parameters
    aws rds describe-db-clusters --db-cluster-identifier demo-aurora-pg --query 'DBClusters[].{status:Status,iam:IAMDatabaseAuthenticationEnabled,resourceId:DbClusterResourceId,parameterGroup:DBClusterParameterGroup,members:DBClusterMembers[].{name:DBInstanceIdentifier,isWriter:IsClusterWriter,parameters:DBClusterParameterGroupStatus}}' --region us-east-2 --output json --profile database
    [{"status":"available","iam":true,"resourceId":"cluster-ABCDEFGHIJKLMNOP","parameterGroup":"demo-aurora-pg17-cluster-pg","members":[{"name":"demo-aurora-pg-1","isWriter":true,"parameters":"in-sync"}]}]
  ✓ It is available, IAM authentication is on, and demo-aurora-pg-1 is in sync.

13. The db-connect role may log in as the database user
    aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --action-names rds-db:connect --resource-arns arn:aws:rds-db:us-east-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOP/iam_demo_user --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile database
    [{"decision":"allowed","boundary":null,"organisation":null}]
  ✓ rds-db:connect as iam_demo_user: allowed.

14. The database user exists, and may log in with IAM and replicate
    psql 'host=demo-aurora-pg.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem' --no-psqlrc --no-password --no-align --pset=footer=off "--command=SELECT r.rolname, ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid) AS member_of FROM pg_roles r WHERE r.rolname = 'iam_demo_user';"
    [{"rolname":"iam_demo_user","member_of":"{rds_iam,rds_replication}"}]
  ✓ iam_demo_user is a member of rds_iam and rds_replication.

15. The parameter group has the values that the pipeline requires
    aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name demo-aurora-pg17-cluster-pg --query "Parameters[?ParameterName=='rds.logical_replication'||ParameterName=='rds.iam_auth_for_replication'||ParameterName=='rds.force_ssl'].{name:ParameterName,value:ParameterValue}" --region us-east-2 --output json --profile database
    [{"name":"rds.force_ssl","value":"1"},{"name":"rds.iam_auth_for_replication","value":"1"},{"name":"rds.logical_replication","value":"1"}]
  ✓ rds.logical_replication is 1, rds.iam_auth_for_replication is 1, rds.force_ssl is 1.

16. The publication exists, and has the tables
    psql 'host=demo-aurora-pg.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem' --no-psqlrc --no-password --no-align --pset=footer=off "--command=SELECT * FROM pg_publication_tables WHERE pubname LIKE 'pglog_stream_%';"
    [{"pubname":"pglog_stream_rpcn_iam_test","schemaname":"public","tablename":"orders","attnames":"{id,name}","rowfilter":""}]
  ✓ pglog_stream_rpcn_iam_test has orders.

17. The replication slot exists, is intact, and is being read
    psql 'host=demo-aurora-pg.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem' --no-psqlrc --no-password --no-align --pset=footer=off "--command=SELECT slot_name, plugin, database, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained, pubname, obj_description(oid, 'pg_publication') AS note FROM pg_replication_slots LEFT JOIN pg_publication ON pubname = 'pglog_stream_' || slot_name AND database = current_database() ORDER BY slot_name;"
    [{"slot_name":"other","plugin":"wal2json","database":"demo_db","active":"f","wal_status":"reserved","retained":"16 MB","pubname":"","note":""},{"slot_name":"rpcn_iam_test","plugin":"pgoutput","database":"demo_db","active":"t","wal_status":"reserved","retained":"1024 bytes","pubname":"pglog_stream_rpcn_iam_test","note":"rpcn-aurora: {\\"slot\\": true, \\"tables\\": [\\"public.orders\\"]}"}]
  ✓ rpcn_iam_test is being read, and retains 1024 bytes of WAL.

18. The pipeline's log of the last ten minutes tells no error
    rpk topic consume __redpanda.connect.logs --offset @-10m:end --format '%k %v\\n'
  – Skipped: There is no record: a pipeline that works logs next to nothing.

19. The Redpanda user of the pipeline is there
    GET https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com/v1/users?filter.name=demo_iam_sasl_user
    {"users":[{"name":"demo_iam_sasl_user"}]}
  ✓ demo_iam_sasl_user is there.

20. The topic for the rows is there
    GET https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com/v1/topics?filter.name_contains=demo.iam_auth_topic_test
    {"topics":[{"name":"demo.iam_auth_topic_test","partition_count":3}],"next_page_token":""}
  ✓ demo.iam_auth_topic_test has 3 partitions.

21. The pipeline's user may write to the topic
    GET https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com/v1/acls?filter.resource_type=RESOURCE_TYPE_TOPIC&filter.resource_name=demo.iam_auth_topic_test&filter.resource_pattern_type=RESOURCE_PATTERN_TYPE_MATCH
    {"resources":[{"resource_name":"demo.iam_auth_topic_test","resource_pattern_type":"RESOURCE_PATTERN_TYPE_LITERAL","acls":[{"principal":"User:demo_iam_sasl_user","operation":"OPERATION_WRITE","permission_type":"PERMISSION_TYPE_ALLOW"},{"principal":"User:demo_iam_sasl_user","operation":"OPERATION_DESCRIBE","permission_type":"PERMISSION_TYPE_ALLOW"}]}]}
  ✓ User:demo_iam_sasl_user has WRITE and DESCRIBE on demo.iam_auth_topic_test.

Streaming.

✓ starts  ✓ configuration  ✓ identity  ✓ role  ✓ token  ✓ network  ✓ TLS  ✓ login  ✓ database  ✓ position  ✓ rows read  ✓ rows written

Skipped, each with its reason above: log.
"
`);
});

const denial = (operation: string) => ({
  stderr: `\nAn error occurred (AccessDenied) when calling the ${operation} operation: User: arn:aws:iam::111122223333:user/operator is not authorized to perform: iam:${operation} because no identity-based policy allows the iam:${operation} action\n`,
  code: 254,
});

test("ends in the first hop that is broken, with what mends it", async () => {
  answers["/v1/acls"] = { resources: [] };
  const { code, printed } = await look({
    "aws iam get-role-policy redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline": {
      stderr:
        "\nAn error occurred (NoSuchEntity) when calling the GetRolePolicy operation: The role policy with name demo-assume-dbconnect-policy cannot be found.\n",
      code: 254,
    },
    "aws iam simulate-principal-policy sts:AssumeRole": denial("SimulatePrincipalPolicy"),
    "psql slot": "slot_name|plugin|database|active|wal_status|retained|pubname|note\n",
  });
  expect(code).toBe(1);
  expect(printed).toContain(`7. The role has the policy by which it assumes the db-connect role
    aws iam get-role-policy --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --policy-name demo-assume-dbconnect-policy --query PolicyDocument --region us-east-2 --output json --profile redpanda
    NoSuchEntity: The role policy with name demo-assume-dbconnect-policy cannot be found.
  ✗ The policy demo-assume-dbconnect-policy is not attached.
`);
  expect(conclusionOf(printed)).toBe(`Connect may not assume the db-connect role. (assume-policy)

Why: The policy demo-assume-dbconnect-policy is not attached.

To fix it, in the module's folder:
  With the credentials of Redpanda's account:
    aws iam put-role-policy --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --policy-name demo-assume-dbconnect-policy --policy-document file://generated_x-account-rds-iam-policy.json

✓ starts  · configuration  ✓ identity  ✗ role  · token  ✓ network  · TLS  ✓ login  ✓ database  · position  · rows read  · rows written

Also broken, further on (database-slot, topic-acls): fix the first, then look again.

Skipped, each with its reason above: assume-role, log.
`);
});

test("without programs, credentials and secrets, it says what it skips, and calls nothing healthy", async () => {
  const nothing = new Programs([]);
  const { code, checks, hops } = await reportOf(
    {},
    {
      path: nothing.folder,
      environment: { REDPANDA_CLIENT_ID: "", PGPASSWORD: "" },
    },
  );
  nothing.remove();
  expect(code).toBe(3);
  const says = Object.values<{ state: string; says: string }>(checks);
  expect(new Set(says.map((one) => `${one.state}: ${one.says}`))).toEqual(
    new Set([
      "skipped: REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET are not in the environment.",
      "skipped: aws cannot be run: it is not on the PATH.",
      "skipped: no credentials of account 861276079005 are at hand.",
      "skipped: no credentials of account 111122223333 are at hand.",
      "skipped: no password is at hand, and none is asked for. Set PGPASSWORD or PGPASSFILE or PGSERVICE or PGSERVICEFILE, or have ~/.pgpass or ~/.pg_service.conf.",
      "skipped: rpk cannot be run: it is not on the PATH.",
    ]),
  );
  expect(hops.every(({ state }: { state: string }) => state === "unknown")).toBe(true);
  expect(programs.calls).toEqual([]);
  expect(cloud.asked).toEqual([]);
});

test("whoever may not look is told so, check by check", async () => {
  for (const path of Object.keys(answers)) answers[path] = 403;
  const refused = {
    stderr:
      'psql: error: connection to server at "demo" (3.1.2.3), port 5432 failed: FATAL:  password authentication failed for user "postgres"\n',
    code: 2,
  };
  const answersOfAws = Object.keys(healthy).filter((key) => /^aws (?!sts)/.test(key));
  const { code, checks } = await reportOf({
    ...Object.fromEntries(answersOfAws.map((key) => [key, denial("It")])),
    "psql user": refused,
    "psql publication": refused,
    "psql slot": refused,
    "rpk topic consume": {
      stderr: "unable to request topic metadata: TOPIC_AUTHORIZATION_FAILED\n",
      code: 1,
    },
  });
  expect(code).toBe(3);
  const skipped = Object.values<{ id: string; state: string; says: string }>(checks).filter(
    ({ state }) => state === "skipped",
  );
  // All but those of the two identities.
  expect(skipped).toHaveLength(Object.keys(checks).length - 2);
  expect(checks.principal.says).toBe(
    "AccessDenied: User: arn:aws:iam::111122223333:user/operator is not authorized to perform: iam:It because no identity-based policy allows the iam:It action",
  );
  expect(checks["database-user"].says).toBe(
    'psql ended with code 2 and said: psql: error: connection to server at "demo" (3.1.2.3), port 5432 failed: FATAL: password authentication failed for user "postgres"',
  );
  expect(checks.log.says).toBe(
    "rpk ended with code 1 and said: unable to request topic metadata: TOPIC_AUTHORIZATION_FAILED",
  );
  expect(checks["redpanda-cluster"].says).toMatch(
    /\/v1\/clusters\/curl3eo533cmsnt23dv0 answered HTTP 403\. /,
  );
  expect(checks.topic.says).toBe("Redpanda Cloud has not told where the cluster's API is.");
});

test.each([
  ['Unable to locate credentials. You can configure credentials by running "aws configure".', 255],
  ["The config profile (redpanda) could not be found", 255],
  ["Error loading SSO Token: Token for redpanda does not exist", 255],
  ["The SSO session associated with this profile has expired or is otherwise invalid.", 255],
])("AWS's own words where credentials are missing: %s", async (stderr, code) => {
  const report = await reportOf({
    "aws sts get-caller-identity redpanda": { stderr: `\n${stderr}\n`, code },
  });
  expect(report.checks["connect-account"]).toMatchObject({
    state: "skipped",
    says: `aws ended with code ${code} and said: ${stderr}`,
  });
  expect(report.checks.principal.says).toBe("no credentials of account 861276079005 are at hand.");
  // The rest is looked at all the same, and who reads has come so far.
  expect(report).toMatchObject({ code: 0, state: "streaming" });
});

test("credentials of another account are not used", async () => {
  const other = JSON.stringify({
    Account: "999999999999",
    Arn: "arn:aws:iam::999999999999:user/x",
  });
  const { checks } = await reportOf({ "aws sts get-caller-identity database": other });
  expect(checks["database-account"]).toMatchObject({
    state: "skipped",
    says: "They are of account 999999999999, and 111122223333 is needed: what is asked there is left out. Run this again with AWS_PROFILE set to a profile of account 111122223333.",
  });
  expect(checks.cluster.says).toBe("no credentials of account 111122223333 are at hand.");
  expect(
    programs.calls.filter(([program, service]) => program === "aws" && service === "rds"),
  ).toEqual([]);
});

test.each<[id: string, said: Record<string, Said>, shown: string]>([
  ["cluster", { "aws rds describe-db-clusters": "<html>" }, "<html>"],
  [
    "cluster",
    { "aws rds describe-db-clusters": '[{"status":"available"}]' },
    '[{"status":"available"}]',
  ],
  ["cluster", { "aws rds describe-db-clusters": "[]" }, "[]"],
  ["database-slot", { "psql slot": "slot_name|active\nx|y|z\n" }, "slot_name|active x|y|z"],
])("an answer that is not understood is shown, and not judged: %s", async (id, said, answer) => {
  const { checks } = await reportOf(said);
  expect(checks[id]).toMatchObject({
    state: "unclear",
    says: "The answer is not understood.",
    answer,
  });
});

test("what Redpanda Cloud does not have is a cause, and what cannot be reached is none", async () => {
  delete answers["/v1/redpanda-connect/pipelines/d5nfcb0objac738nhf90"];
  expect(await reportOf()).toMatchObject({
    code: 1,
    cause: { id: "pipeline", why: "There is no pipeline d5nfcb0objac738nhf90." },
  });
  jest.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("fetch failed"));
  const { checks, cause } = await reportOf();
  expect(cause).toBeUndefined();
  expect(checks["redpanda-cluster"]).toMatchObject({
    state: "skipped",
    says: "https://api.redpanda.com/v1/clusters/curl3eo533cmsnt23dv0 cannot be reached (no reason given). Check the network and its firewall. A proxy is used where HTTPS_PROXY names it.",
  });
});

test("an answer of Redpanda that is not understood leaves it open whether rows arrive", async () => {
  answers["/v1/acls"] = { resources: [{ acls: [{ principal: 1 }] }] };
  const report = await reportOf();
  expect(report).toMatchObject({ code: 3, state: "unknown" });
  // Whatever it is, it is not shown.
  expect(report.checks["topic-acls"]).toEqual({
    id: "topic-acls",
    hop: "write",
    title: "The pipeline's user may write to the topic",
    command: expect.stringContaining("/v1/acls?"),
    state: "unclear",
    says: "The answer is not understood.",
  });
});

test("a program that hangs is ended, and said to be", async () => {
  const started = Date.now();
  const { checks, code } = await reportOf(
    { "aws rds describe-db-clusters": { hangs: 60 } },
    { limit: 3000 },
  );
  expect(Date.now() - started).toBeLessThan(30_000);
  expect(code).toBe(0);
  expect(checks.cluster).toMatchObject({
    state: "skipped",
    says: "aws was ended, after 3 seconds without an answer.",
  });
});

test("the log's last word counts, and one that nobody knows is not called healthy", async () => {
  const record = (message: string) =>
    `d5nfcb0objac738nhf90 ${JSON.stringify({ message, level: "ERROR", pipeline_id: "d5nfcb0objac738nhf90" })}\n`;
  expect(await reportOf({ "rpk topic consume": record("the tide is out") })).toMatchObject({
    code: 3,
    checks: { log: { state: "unclear" } },
  });
  expect(
    await reportOf({
      "rpk topic consume": record(
        "TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]",
      ),
    }),
  ).toMatchObject({ code: 1, cause: { id: "log", hop: "write" } });
});

test("secrets in answers are masked", async () => {
  const { printed } = await look({
    "rpk topic consume": { stderr: "sasl password=canary refused\n", code: 1 },
  });
  expect(printed).toContain("sasl password=*** refused");
});

test("every argument vector is one that reads, and PostgreSQL may change nothing", async () => {
  await look();
  const vectors = programs.calls.map((call) => call.join(" "));
  expect(vectors).toHaveLength(15);
  for (const vector of vectors) {
    expect(vector).toMatch(
      /^(?:aws (?:sts get|iam get|iam simulate|rds describe|ec2 describe)-|psql .*--command=SELECT |rpk topic consume )/,
    );
  }
  expect(cloud.asked.map(({ method, path }) => `${method} ${path?.replace(/\?.*/, "")}`)).toEqual([
    "POST /oauth/token",
    ...Object.keys(redpanda).map((path) => `GET ${path}`),
  ]);
  expect(programs.environmentOf("psql")).toMatch(/^PGOPTIONS=-c default_transaction_read_only=on/m);
  expect(programs.environmentOf("aws")).toMatch(/^AWS_PAGER=$/m);
});

test("the token goes to no host that is not Redpanda's", async () => {
  const { cluster } = redpanda[`/v1/clusters/curl3eo533cmsnt23dv0`] as { cluster: object };
  answers["/v1/clusters/curl3eo533cmsnt23dv0"] = {
    cluster: { ...cluster, dataplane_api: { url: "https://api.redpanda.com.example.org" } },
  };
  const { checks, code } = await reportOf();
  expect(code).toBe(3);
  expect(checks.topic.says).toBe("Redpanda Cloud has not told where the cluster's API is.");
  expect(cloud.asked).toHaveLength(2);
});

test("one token serves all questions, though it cannot be kept", async () => {
  writeFileSync(join(programs.folder, "rpcn-aurora"), "in the way");
  const warnings: string[] = [];
  const code = await live({ state: programs.folder.concat("/state.json") }, () => undefined, {
    environment: {
      PATH: programs.path,
      XDG_CACHE_HOME: programs.folder,
      REDPANDA_CLIENT_ID: account.id,
      REDPANDA_CLIENT_SECRET: account.secret,
      PGPASSWORD: "x",
    },
    warn: (text) => warnings.push(text),
    cloud: { auth: cloud.url, api: "https://api.redpanda.com", timeout: 10_000 },
  });
  expect({ code, warnings: warnings.length, tokens: cloud.tokens }).toEqual({
    code: 0,
    warnings: 1,
    tokens: 1,
  });
});

test.each<[files: string[], options: object, message: string]>([
  [
    ["connect.log"],
    {},
    "--live looks at the pipeline of --state, and reads no records: leave out files, --follow, --pipeline and --since.",
  ],
  [
    [],
    { follow: true },
    "--live looks at the pipeline of --state, and reads no records: leave out files, --follow, --pipeline and --since.",
  ],
  [
    [],
    { pipeline: "d5nfcb0objac738nhf90" },
    "--live looks at the pipeline of --state, and reads no records: leave out files, --follow, --pipeline and --since.",
  ],
  [
    [],
    {},
    "--live requires --state: the module's folder, or what `terraform show -json` printed, in a file in that folder.",
  ],
  [
    [],
    { state: "-" },
    "--live requires the module's folder, not only its state on standard input: its certificates are there. Give --state the folder, or a file in it.",
  ],
])("%j with %j cannot be looked at", async (files, options, message) => {
  await expect(doctor(files, { live: true, ...options }, () => undefined)).rejects.toEqual(
    new UsageError(message),
  );
  expect(programs.calls).toEqual([]);
});

describe("Of another module", () => {
  const write = (differences: (state: typeof shown) => void) => {
    const state = structuredClone(shown);
    differences(state);
    writeFileSync(join(programs.folder, "state.json"), JSON.stringify(state));
  };
  const drop = ({ values: { root_module } }: typeof shown, type: string) => {
    root_module.resources = root_module.resources.filter((resource) => resource.type !== type);
  };

  test("of MySQL, the binary log and its reader are looked at, by mysql", async () => {
    write(({ values: { outputs, root_module } }) => {
      outputs.db_setup_command.value =
        "mysql --host=demo --port=3306 --user=admin --password --ssl-ca=generated_eu_rds-ca.pem --database=demo_db < generated_eu_cdc_setup.sql";
      outputs.db_username.value = "admin";
      const pipeline = root_module.resources.at(-1)?.values as { config_yaml: string };
      pipeline.config_yaml = `cache_resources:
  - label: cdc_checkpoints
    redpanda:
      topic: demo.cdc_checkpoints

${pipeline.config_yaml}`;
    });
    const { code, checks, hops } = await reportOf(
      {
        "mysql user": "user\thost\tplugin\niam_demo_user\t%\tAWSAuthenticationPlugin\n",
        "mysql grants":
          "Grants for iam_demo_user@%\nGRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `iam_demo_user`@`%`\nGRANT SELECT ON `demo_db`.* TO `iam_demo_user`@`%`\n",
        "mysql binary-log": "@@log_bin\t@@binlog_format\t@@binlog_row_image\n1\tROW\tFULL\n",
        "mysql reader": "id\tcommand\ttime\n42\tBinlog Dump\t7\n",
        "aws rds describe-db-cluster-parameters": JSON.stringify([
          { name: "binlog_format", value: "ROW" },
          { name: "binlog_row_image", value: "full" },
          { name: "require_secure_transport", value: "ON" },
        ]),
        "aws ec2 describe-security-groups": JSON.stringify([
          { protocol: "tcp", from: 3306, to: 3306, networks: ["3.139.175.89/32"], lists: [] },
        ]),
      },
      { environment: { PGPASSWORD: "", MYSQL_PWD: "canary" } },
    );
    expect(checks["database-reader"]).toMatchObject({
      command:
        "mysql --host=demo-aurora-pg.cluster-c1.us-east-2.rds.amazonaws.com --port=3306 --user=admin --database=demo_db --connect-timeout=10 --ssl-ca=generated_eu_rds-ca.pem --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --batch \"--execute=SELECT id, command, time FROM information_schema.processlist WHERE user = 'iam_demo_user' AND command LIKE 'Binlog Dump%';\"",
      says: "iam_demo_user reads it, for 7 seconds so far.",
    });
    // The topic of positions requires READ, which these answers lack.
    expect(checks["checkpoint-acls"]).toMatchObject({
      state: "broken",
      says: "User:demo_iam_sasl_user lacks READ on demo.cdc_checkpoints.",
    });
    expect(code).toBe(1);
    expect(hops.find(({ hop }: { hop: string }) => hop === "position").state).toBe("failed");
  });

  describe("with an access key", () => {
    const user = "arn:aws:iam::111122223333:user/demo-redpanda-connect";
    const secret = (name: string, address: string) => ({
      address: `redpanda_secret.${address}`,
      mode: "managed",
      type: "redpanda_secret",
      values: { name },
    });
    const said: Readonly<Record<string, Said>> = {
      "aws iam get-user demo-redpanda-connect": JSON.stringify({ arn: user, boundary: null }),
      "aws iam list-access-keys demo-redpanda-connect": JSON.stringify([
        { id: "AKIAI44QH8DHBEXAMPL1", status: "Inactive", created: "2026-01-20T16:27:06+00:00" },
        { id: "AKIAIOSFODNN7EXAMPLE", status: "Active", created: "2026-01-19T16:27:06+00:00" },
      ]),
      "aws iam get-access-key-last-used AKIAIOSFODNN7EXAMPLE": JSON.stringify({
        date: "2026-01-20T16:27:06+00:00",
        service: "sts",
        region: "us-east-2",
      }),
      "aws iam get-user-policy demo-redpanda-connect": JSON.stringify({
        Statement: [{ Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [dbConnectRole] }],
      }),
      "aws iam get-role demo-allow_connect_to_aurora-iam-demo-user": JSON.stringify({
        trust: {
          Statement: [{ Effect: "Allow", Principal: { AWS: user }, Action: "sts:AssumeRole" }],
        },
        tags: [{ Key: "redpanda_scope_redpanda_connect", Value: "true" }],
      }),
    };
    beforeEach(() => {
      write(({ values: { outputs, root_module } }) => {
        outputs.trusted_principal_role_arn.value = user;
        drop({ values: { outputs, root_module } } as typeof shown, "redpanda_secret");
        // As Terraform sorts them: the password's comes in between.
        root_module.resources.push(
          secret("DEMO_AWS_ACCESS_KEY_ID", "access_key_id[0]"),
          secret("DEMO_SASL_PASSWORD", "sasl_password"),
          secret("DEMO_AWS_SECRET_ACCESS_KEY", "secret_access_key[0]"),
        );
      });
      answers["/v1/secrets"] = {
        secrets: ["SASL_PASSWORD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map((id) => ({
          id: `DEMO_${id}`,
          scopes: ["SCOPE_REDPANDA_CONNECT"],
        })),
      };
    });

    test("user, key and secrets are looked at too", async () => {
      const { code, checks } = await reportOf(said);
      const states = (...ids: string[]) => ids.map((id) => checks[id].state);
      expect(
        states("secret", "access-key-id-secret", "secret-access-key-secret", "principal"),
      ).toEqual(["ok", "ok", "ok", "ok"]);
      expect(states("access-key", "access-key-use", "assume-policy", "trust")).toEqual([
        "ok",
        "ok",
        "ok",
        "ok",
      ]);
      expect(checks["access-key"]).toMatchObject({
        command:
          "aws iam list-access-keys --user-name demo-redpanda-connect --query 'AccessKeyMetadata[].{id:AccessKeyId,status:Status,created:CreateDate}' --region us-east-2 --output json --profile database",
        answer: expect.stringContaining('"id":"AKIA***"'),
      });
      expect(checks["access-key-use"].command).toMatch(
        /^aws iam get-access-key-last-used --access-key-id AKIA\*\*\* /,
      );
      expect(code).toBe(0);
    });

    test("a key that somebody has switched off is the cause", async () => {
      const { code, cause, checks } = await reportOf({
        ...said,
        "aws iam list-access-keys demo-redpanda-connect": JSON.stringify([
          { id: "AKIAIOSFODNN7EXAMPLE", status: "Inactive", created: "2026-01-19T16:27:06+00:00" },
        ]),
      });
      expect(cause).toMatchObject({
        id: "access-key",
        hop: "identity",
        why: "The access key that ends in MPLE is Inactive.",
      });
      expect(checks["access-key-use"]).toMatchObject({
        state: "skipped",
        says: "No answer before this tells access_key_id.",
      });
      expect(code).toBe(1);
    });

    test("what AWS refuses is skipped", async () => {
      const refusal = (operation: string): Said => ({
        code: 254,
        stderr: `\nAn error occurred (AccessDenied) when calling the ${operation} operation: User: x is not authorized\n`,
      });
      const { checks } = await reportOf({
        ...said,
        "aws iam list-access-keys demo-redpanda-connect": refusal("ListAccessKeys"),
      });
      expect(checks["access-key"]).toMatchObject({
        state: "skipped",
        says: "AccessDenied: User: x is not authorized",
      });
      const last = await reportOf({
        ...said,
        "aws iam get-access-key-last-used AKIAIOSFODNN7EXAMPLE": refusal("GetAccessKeyLastUsed"),
      });
      expect(last.checks["access-key-use"].says).toBe("AccessDenied: User: x is not authorized");
    });
  });

  test("with Connect on a host of one's own, Redpanda and its log are not asked for", async () => {
    write((state) => {
      for (const type of ["redpanda_cluster", "redpanda_user", "redpanda_secret"])
        drop(state, type);
      const outputs: Record<string, unknown> = state.values.outputs;
      outputs.trusted_principal_role_arn = {
        value: "arn:aws:iam::111122223333:role/rpconnect-app-role",
      };
      delete outputs.rpcn_pipeline_id;
      drop(state, "redpanda_pipeline");
    });
    const { code, checks } = await reportOf({
      "aws iam get-role rpconnect-app-role": JSON.stringify({
        arn: "arn:aws:iam::111122223333:role/rpconnect-app-role",
        boundary: null,
        lastUsed: null,
      }),
      "aws iam list-attached-role-policies rpconnect-app-role": '["AssumeDbAccessRolePolicy"]',
      "aws iam get-role demo-allow_connect_to_aurora-iam-demo-user": JSON.stringify({
        trust: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::111122223333:role/rpconnect-app-role" },
              Action: "sts:AssumeRole",
            },
          ],
        },
        tags: null,
      }),
    });
    expect(Object.keys(checks)).toEqual([
      "database-account",
      "principal",
      "assume-policy",
      "assume-role",
      "trust",
      "security-group",
      "cluster",
      "connect-as-user",
      "database-user",
      "parameters",
      "database-publication",
      "database-slot",
    ]);
    expect(cloud.asked).toEqual([]);
    // Both are in one account, so one profile serves both.
    expect(checks.principal.command).toMatch(/ --profile database$/);
    expect(checks["database-slot"].says).toBe("The module's state does not tell slot_name.");
    expect(code).toBe(3);
  });
});
