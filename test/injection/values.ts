import { valuesFor } from "../module-workspace";
import { accountOf } from "../standin/answers/aws";
import { RDS_CA_PEM } from "../standin/answers/http";

/**
 * A value for every string and list of strings, of whichever module, that is found again wherever it
 * goes: what may come with an attack stands at the end of it, or where it says so.
 */
export function harmlessFor(stack: string): Record<string, unknown> {
  const within = stack.startsWith("aurora-mysql") ? "zq_database" : "zq_schema";
  const tables = ["iamuser_test", "zq_table"];
  return {
    ...valuesFor(stack),
    aws_profile: "zq-profile",
    name_prefix: "zq-prefix",
    vpc_cidr: "10.77.0.0/16",
    redpanda_cidr: "3.139.175.89/32",
    redpanda_cidrs: ["3.139.175.91/32"],
    admin_cidrs: ["198.51.100.7/32"],
    redpanda_aws_profile: "zq-redpanda",
    redpanda_region: "us-east-2",
    redpanda_aws_acct_id: accountOf({ profile: "zq-redpanda" }),
    redpanda_cluster_id: "zqcluster00000000000",
    trusted_principal_arn: `arn:aws:iam::${accountOf({ profile: "zq-redpanda" })}:role/zq-path/zq-role`,
    external_id: "zq-external",
    access_key_id: "AKIAZQ00000000000000",
    secret_access_key: "zq/secret+access=key00000000000000000000",
    db_name: "zq_database",
    db_username: "zq_master",
    db_password: "zq-password",
    db_master_username: "zq_master",
    db_master_password: "zq-password",
    iam_auth_user: "zq_user",
    rds_ca_pem: RDS_CA_PEM,
    rp_sasl_user: "zq-sasl-user",
    rp_sasl_password: "zq-sasl-password",
    cdc_schema: "zq_schema",
    cdc_tables: tables,
    cdc_tables_by_schema: { [within]: tables },
    cdc_tables_by_database: { [within]: tables },
    cdc_key_columns: ["zq_column"],
    cdc_key_columns_by_table: { [`${within}.iamuser_test`]: ["zq_number"] },
    slot_name: "zq_slot",
    unchanged_toast_value: "zq-unchanged",
    log_level: "WARN",
    instance_class: "db.r6g.large",
    extra_dbuser_arns: [
      `arn:aws:rds-db:eu-west-2:${accountOf({ profile: "zq-profile" })}:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0HGE/zq_other`,
    ],
    app_aws_profile: "zq-app",
    redpanda_brokers: ["zq-seed.example.com:9092"],
    redpanda_topic: "zq-records",
    topic_name: "zq-rows",
    topic_name_pattern: "<prefix>.<schema>.<table>.zq-end",
    retained_tables: [`${within}.zq_retained`],
    redpanda_schema_registry_url: "https://zq-registry.example.com:30081",
    iceberg_mode: "key_value",
    checkpoint_key: "zq-key",
    security_group_id: "sg-0a1b2c3d4e5f67890",
    alarm_topic_arns: ["arn:aws:sns:us-east-2:111122223333:zq-topic"],
    vpc_id: stack.endsWith("-ec2") ? valuesFor(stack).vpc_id : "vpc-0342476ccc1ef05f4",
    subnet_ids: ["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"],
    redpanda_vpc_cidrs: ["10.66.0.0/16"],
    redpanda_gateway_id: "tgw-0a1b2c3d4e5f67890",
    redpanda_vpc_id: "vpc-0aaaaaaaaaaaaaaaa",
    redpanda_route_table_ids: ["rtb-0aaaaaaaaaaaaaaa1"],
    existing_ingress_cidrs: ["3.139.175.93/32"],
    master_secret_arn: "arn:aws:secretsmanager:us-east-2:111122223333:secret:zq-secret",
    storage_kms_key_arn:
      "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890aa",
    logs_kms_key_arn: "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890bb",
    performance_insights_kms_key_arn:
      "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890cc",
    database_insights_mode: "standard",
    ca_certificate_identifier: "rds-ca-rsa4096-g1",
  };
}

/** Of two that exclude each other, the one that an apply does without. */
export const leftOut: Readonly<Record<string, null>> = {
  redpanda_gateway_id: null,
  cdc_tables: null,
};

/** The same without those. */
export function fittingFor(stack: string): Record<string, unknown> {
  return { ...harmlessFor(stack), ...leftOut };
}

/** What stands beside a trial of `name`: of two lists of tables, one. */
export function besideTrialOf(name: string, stack: string): Record<string, unknown> {
  const tables =
    name === "cdc_tables"
      ? { cdc_tables_by_schema: {}, cdc_tables_by_database: {} }
      : { cdc_tables: null };
  return { ...harmlessFor(stack), ...tables };
}

/** The value with `payload` in it. @throws where no harmless value is known */
export function hostile(name: string, harmless: unknown, payload: string): unknown {
  if (name === "trusted_principal_arn") return String(harmless).replace("zq-path", `$&${payload}`);
  if (typeof harmless === "string") return harmless + payload;
  if (isMap(harmless)) {
    const [last, ...others] = Object.entries(harmless).toReversed();
    return Object.fromEntries([
      ...others.toReversed(),
      ...(last ? [[last[0], hostile(name, last[1], payload)]] : []),
    ]);
  }
  if (!Array.isArray(harmless))
    throw new Error(`${name} has no harmless value: add one to test/injection/values.ts`);
  return [...harmless.slice(0, -1), harmless.at(-1) + payload];
}

const isMap = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The last text in a value: of lists and maps, the others are as they were. */
export function lastText(value: unknown): string {
  if (Array.isArray(value)) return lastText(value.at(-1));
  return isMap(value) ? lastText(Object.values(value).at(-1)) : String(value);
}

/** What is to be found of a value where it arrives: of certificates, nothing that stands beside them. */
export function arriving(name: string, value: unknown): unknown {
  // Elsewhere names have taken the place of what is in angle brackets.
  if (name === "topic_name_pattern") return String(value).split(">").at(-1);
  return name === "rds_ca_pem" ? RDS_CA_PEM : value;
}

/** Of topics' names, what is to be found in Avro's namespaces. */
export const inNamespaces: readonly string[] = ["topic_name", "redpanda_topic"];
export const namespaceOf = (topic: unknown) => String(topic).replaceAll(/[^0-9A-Za-z]/g, "_");
