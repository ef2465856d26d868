import type { LiveModule } from "../../../../commands/doctor/live/checks";
import { completed } from "../../../../commands/doctor/names";
import { mysql } from "../../../../engines/mysql";
import { postgres } from "../../../../engines/postgres";

export const pipelineRole =
  "arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline";
export const accessKeyUser = "arn:aws:iam::111122223333:user/demo-redpanda-connect";
export const dbConnectRole =
  "arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user";
export const secondRole = "arn:aws:iam::111122223333:role/cross-account-db-access-2";

const role = "demo-allow_connect_to_aurora-iam-demo-user";
const output = (value: string) => ({ value });
const resource = (type: string, values: object) => ({ mode: "managed", type, values });

const yaml = `input:
  postgres_cdc:
    schema: "public"
    tables: ["orders"]
    slot_name: "rpcn_iam_test"
    aws:
      roles:
        - role: ${dbConnectRole}

output:
  redpanda:
    topic: demo.iam_auth_topic_test
`;

/** What `terraform show -json` prints of an applied aurora-postgres, as far as it is read. */
export const shown = {
  format_version: "1.0",
  values: {
    outputs: {
      db_cluster_endpoint: output("demo-aurora-pg.cluster-c1.us-east-2.rds.amazonaws.com"),
      db_name: output("demo_db"),
      db_username: output("postgres"),
      aurora_instance_resource_id: output("cluster-ABCDEFGHIJKLMNOP"),
      iam_db_auth_role_arn: output(dbConnectRole),
      trusted_principal_role_arn: output(pipelineRole),
      assume_role_policy: output("demo-assume-dbconnect-policy"),
      attach_policy_command: output(
        "aws iam put-role-policy --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --policy-name demo-assume-dbconnect-policy --policy-document file://generated_x-account-rds-iam-policy.json",
      ),
      rpcn_pipeline_id: output("d5nfcb0objac738nhf90"),
      cdc_output_topic: output("demo.iam_auth_topic_test"),
      db_setup_command: output(
        'psql "host=demo-aurora-pg.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem" --no-psqlrc --set=ON_ERROR_STOP=1 --file=generated_cdc_setup.sql',
      ),
      describe_cluster_command: output(
        "aws rds describe-db-clusters --db-cluster-identifier demo-aurora-pg --query 'DBClusters[].[DBClusterIdentifier,DbClusterResourceId,Endpoint,Status]' --output table --region us-east-2 --profile database",
      ),
    },
    root_module: {
      resources: [
        { ...resource("redpanda_cluster", { id: "curl3eo533cmsnt23dv0" }), mode: "data" },
        resource("aws_rds_cluster", {
          cluster_identifier: "demo-aurora-pg",
          db_cluster_parameter_group_name: "demo-aurora-pg17-cluster-pg",
        }),
        resource("aws_rds_cluster_instance", { identifier: "demo-aurora-pg-1" }),
        resource("aws_security_group", { id: "sg-0a1b2c3d4e5f67890" }),
        resource("redpanda_user", { name: "demo_iam_sasl_user" }),
        resource("redpanda_secret", { name: "DEMO_SASL_PASSWORD" }),
        resource("aws_iam_role_policy", {
          policy:
            '{"Statement":[{"Resource":"arn:aws:rds-db:us-east-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOP/iam_demo_user"}]}',
        }),
        resource("redpanda_pipeline", { id: "d5nfcb0objac738nhf90", config_yaml: yaml }),
      ],
    },
  },
};

/** Every kind of module whose checks differ. */
export const kinds: readonly (LiveModule & { isUser: boolean })[] = [
  { engine: postgres, topology: "byoc" as const, isUser: false },
  { engine: mysql, topology: "byoc" as const, isUser: false },
  { engine: postgres, topology: "byoc" as const, isUser: true },
  { engine: postgres, topology: "ec2" as const, isUser: false },
  { engine: mysql, topology: "ec2" as const, isUser: false },
  { engine: postgres, topology: "byoc" as const, isUser: false, hasSchemas: true },
  { engine: postgres, topology: "ec2" as const, isUser: false, isTwoRoles: true },
].map(({ engine, topology, isUser, isTwoRoles = false, hasSchemas = false }) => ({
  engine,
  topology,
  isUser,
  names: completed({
    ...(topology === "byoc"
      ? { rpcn_pipeline_id: "d5nfcb0objac738nhf90", redpanda_cluster_id: "curl3eo533cmsnt23dv0" }
      : {}),
    trusted_principal_role_arn: isUser
      ? accessKeyUser
      : topology === "byoc"
        ? pipelineRole
        : "arn:aws:iam::861276079005:role/rpconnect-app-role",
    iam_db_auth_role_arn: dbConnectRole,
    login_role_arn: isTwoRoles ? secondRole : dbConnectRole,
    db_connect_role: role,
    assume_role_policy: "demo-assume-dbconnect-policy",
    ...(isUser || topology === "ec2" ? {} : { attach_policy_command: "aws iam put-role-policy" }),
    db_cluster_endpoint: "demo.cluster-c1.us-east-2.rds.amazonaws.com",
    db_instance_identifier: "demo-1",
    db_parameter_group: "demo-group",
    db_security_group_id: "sg-0a1b2c3d4e5f67890",
    db_username: "master",
    db_name: "demo_db",
    // As the command gives it where the state does not tell it.
    db_port: String(engine.port),
    aurora_instance_resource_id: "cluster-ABCDEFGHIJKLMNOP",
    iam_auth_user: "iam_demo_user",
    cdc_tables: '["orders","customers"]',
    slot_name: "rpcn_iam_test",
    cdc_output_topic: "demo.iam_auth_topic_test",
    checkpoint_topic: "demo.cdc_checkpoints",
    rp_sasl_user: "demo_iam_sasl_user",
    sasl_password_secret: "DEMO_SASL_PASSWORD",
    ...(hasSchemas ? { subject_prefix: "demo.iam_auth_topic_test-" } : {}),
    ...(isUser
      ? {
          access_key_id_secret: "DEMO_AWS_ACCESS_KEY_ID",
          secret_access_key_secret: "DEMO_AWS_SECRET_ACCESS_KEY",
          // Told by an answer.
          access_key_id: "AKIAIOSFODNN7EXAMPLE",
        }
      : {}),
  }),
}));
