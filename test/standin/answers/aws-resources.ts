import type { Value } from "../values";
import type { Answer, Subject } from "./index";

export function partitionOf(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}

const text = (value: Value | undefined, otherwise: string) =>
  typeof value === "string" ? value : otherwise;

const arn = ({ region, account }: Subject, service: string, resource: string) =>
  `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;

const iamArn = ({ region, account, values }: Subject, resource: string) =>
  `arn:${partitionOf(region)}:iam::${account}:${resource}${text(values.path, "/")}`;

/** The 26 capitals and digits that end the resource ids of RDS. */
const rdsId = ({ hash }: Subject) => BigInt(`0x${hash}`).toString(36).toUpperCase().slice(0, 26);

/** The part of an endpoint that all databases of one account and region share. */
const rdsHost = ({ account, region }: Subject) =>
  `c${BigInt(account).toString(36).padStart(11, "0")}.${region}.rds.amazonaws.com`;

const rdsPort = ({ values }: Subject) =>
  text(values.engine, "").includes("postgres") ? 5432 : 3306;

/**
 * Where RDS keeps the master user's password.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_MasterUserSecret.html
 */
const managedSecret = (subject: Subject) => ({
  kms_key_id: arn(subject, "kms", "key/aws-secretsmanager"),
  secret_arn: arn(
    subject,
    "secretsmanager",
    `secret:rds!cluster-${subject.hash.slice(0, 8)}-${subject.hash.slice(8, 14)}`,
  ),
  secret_status: "active",
});

/** Networking: an id of its own kind, such as `vpc-0123456789abcdef0`. */
const ec2 =
  (prefix: string): Answer =>
  (subject) => {
    const id = `${prefix}-0${subject.hash.slice(0, 16)}`;
    return { id, arn: arn(subject, "ec2", `${prefix}/${id}`), owner_id: subject.account };
  };

/** What is known by a name: its own, one with a prefix given, or one that Terraform makes up. */
function nameOf({ values, hash }: Subject, attribute: string): string {
  const prefix = text(values[`${attribute}_prefix`], "terraform-");
  return text(values[attribute], prefix + hash.slice(0, 20));
}

const named =
  (attribute: string, service: string, resource: string): Answer =>
  (subject) => {
    const name = nameOf(subject, attribute);
    const prefix = `${attribute}_prefix`;
    return {
      id: name,
      [attribute]: name,
      [prefix]: "",
      arn: arn(subject, service, resource + name),
    };
  };

const iam =
  (resource: string, idPrefix: string): Answer =>
  (subject) => {
    const name = nameOf(subject, "name");
    return {
      id: name,
      name,
      name_prefix: "",
      arn: iamArn(subject, resource) + name,
      unique_id: idPrefix + subject.hash.slice(0, 17).toUpperCase(),
      create_date: "2025-01-01T00:00:00Z",
      managed_policy_arns: [],
    };
  };

const inlinePolicy =
  (owner: string): Answer =>
  (subject) => {
    const name = nameOf(subject, "name");
    return { id: `${subject.values[owner]}:${name}`, name, name_prefix: "" };
  };

const rule: Answer = (subject) => {
  const { id, arn: ruleArn } = ec2("sgr")(subject);
  return { id: id, arn: ruleArn, security_group_rule_id: id };
};

export const awsResources: Record<string, Answer> = {
  aws_cloudwatch_log_group: (subject) => ({
    ...named("name", "logs", "log-group:")(subject),
    log_group_class: "STANDARD",
  }),
  aws_cloudwatch_log_metric_filter: ({ values }) => ({ id: text(values.name, "") }),
  aws_cloudwatch_metric_alarm: (subject) => {
    const name = text(subject.values.alarm_name, "");
    return { id: name, arn: arn(subject, "cloudwatch", `alarm:${name}`) };
  },
  aws_db_parameter_group: named("name", "rds", "pg:"),
  aws_db_subnet_group: (subject) => ({
    ...named("name", "rds", "subgrp:")(subject),
    supported_network_types: ["IPV4"],
    vpc_id: `vpc-0${subject.hash.slice(0, 16)}`,
  }),
  aws_default_security_group: ec2("sg"),
  aws_eip: (subject) => ({
    ...ec2("eipalloc")(subject),
    allocation_id: `eipalloc-0${subject.hash.slice(0, 16)}`,
    domain: "vpc",
    public_ip: `198.51.100.${Number.parseInt(subject.hash.slice(0, 2), 16)}`,
  }),
  aws_flow_log: ec2("fl"),
  aws_iam_instance_profile: iam("instance-profile", "AIPA"),
  aws_iam_policy: (subject) => {
    const { arn: id, unique_id, ...rest } = iam("policy", "ANPA")(subject);
    return { ...rest, id: id, arn: id, policy_id: unique_id };
  },
  aws_iam_role: iam("role", "AROA"),
  aws_iam_role_policy: inlinePolicy("role"),
  aws_iam_user: iam("user", "AIDA"),
  aws_iam_user_policy: inlinePolicy("user"),
  aws_instance: ec2("i"),
  aws_internet_gateway: ec2("igw"),
  aws_kms_key: (subject) => {
    const id = subject.hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
    return { id, key_id: id, arn: arn(subject, "kms", `key/${id}`), description: "" };
  },
  aws_nat_gateway: ec2("nat"),
  aws_rds_cluster: (subject) => {
    const { values, region } = subject;
    const name = nameOf(subject, "cluster_identifier");
    const version = text(values.engine_version, "17.4");
    return {
      ...named("cluster_identifier", "rds", "cluster:")(subject),
      allocated_storage: 1,
      availability_zones: ["a", "b", "c"].map((zone) => region + zone),
      backup_retention_period: 1,
      ca_certificate_identifier: "",
      ca_certificate_valid_till: "",
      cluster_resource_id: `cluster-${rdsId(subject)}`,
      database_insights_mode: "standard",
      database_name: "",
      endpoint: `${name}.cluster-${rdsHost(subject)}`,
      reader_endpoint: `${name}.cluster-ro-${rdsHost(subject)}`,
      engine_lifecycle_support: "open-source-rds-extended-support",
      engine_version: version,
      engine_version_actual: version,
      hosted_zone_id: "Z2XHWR1WZ565X2",
      kms_key_id: values.storage_encrypted === true ? arn(subject, "kms", "key/aws-rds") : "",
      master_user_secret:
        values.manage_master_user_password === true ? [managedSecret(subject)] : [],
      master_username: "",
      network_type: "IPV4",
      port: rdsPort(subject),
      preferred_backup_window: "03:00-03:30",
      preferred_maintenance_window: "sun:04:00-sun:04:30",
      storage_type: "",
    };
  },
  aws_rds_cluster_endpoint: named("cluster_endpoint_identifier", "rds", "cluster-endpoint:"),
  aws_rds_cluster_instance: (subject) => {
    const { values, region } = subject;
    const name = nameOf(subject, "identifier");
    const version = text(values.engine_version, "17.4");
    return {
      ...named("identifier", "rds", "db:")(subject),
      availability_zone: `${region}a`,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
      dbi_resource_id: `db-${rdsId(subject)}`,
      endpoint: `${name}.${rdsHost(subject)}`,
      engine_version: version,
      engine_version_actual: version,
      network_type: "IPV4",
      port: rdsPort(subject),
      preferred_backup_window: "03:00-03:30",
      preferred_maintenance_window: "sun:04:00-sun:04:30",
      storage_encrypted: true,
      writer: true,
    };
  },
  aws_rds_cluster_parameter_group: named("name", "rds", "cluster-pg:"),
  // An id is of the table and of the destination; the provider hashes the latter.
  aws_route: ({ values, hash }) => ({
    id: `r-${String(values.route_table_id)}${hash.slice(0, 10)}`,
    origin: "CreateRoute",
    state: "active",
    instance_id: "",
    instance_owner_id: "",
    network_interface_id: "",
  }),
  aws_route_table: ec2("rtb"),
  aws_route_table_association: ec2("rtbassoc"),
  aws_secretsmanager_secret: (subject) => {
    const { arn: id, ...rest } = named("name", "secretsmanager", "secret:")(subject);
    return { ...rest, id: id, arn: id };
  },
  aws_security_group: (subject) => ({
    ...ec2("sg")(subject),
    name: nameOf(subject, "name"),
    name_prefix: "",
    vpc_id: `vpc-0${subject.hash.slice(0, 16)}`,
  }),
  aws_subnet: (subject) => ({
    ...ec2("subnet")(subject),
    availability_zone: `${subject.region}a`,
    private_dns_hostname_type_on_launch: "ip-name",
  }),
  aws_vpc: ec2("vpc"),
  aws_vpc_endpoint: ec2("vpce"),
  aws_vpc_peering_connection: (subject) => ({
    ...ec2("pcx")(subject),
    accept_status: "pending-acceptance",
    peer_region: subject.region,
  }),
  // The accepter and the options are no objects of their own: they have the id of the connection.
  aws_vpc_peering_connection_accepter: ({ values, region }) => ({
    id: values.vpc_peering_connection_id,
    accept_status: "active",
    peer_region: region,
  }),
  aws_vpc_peering_connection_options: ({ values }) => ({ id: values.vpc_peering_connection_id }),
  aws_vpc_security_group_egress_rule: rule,
  aws_vpc_security_group_ingress_rule: rule,
};
