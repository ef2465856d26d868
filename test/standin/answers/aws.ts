import { digest } from "../cloud";
import type { Schema } from "../schema";
import { isObject, UNKNOWN, type Value, type Values } from "../values";
import { awsResources, partitionOf } from "./aws-resources";
import type { Answer } from "./index";
import { policyDocument } from "./policy-document";

/** The account of credentials that come without a profile. */
export const ACCOUNT = "111122223333";

/** The account that a provider's configuration leads to: each profile has one of its own. */
export function accountOf({ profile, assume_role }: Values): string {
  const [role] = Array.isArray(assume_role) ? assume_role : [];
  const arn = isObject(role) && /^arn:[^:]*:iam::(\d{12}):/.exec(String(role.role_arn));
  if (arn) return String(arn[1]);
  if (typeof profile !== "string") return ACCOUNT;
  return String(BigInt(`0x${digest(profile)}`) % 10n ** 12n).padStart(12, "0");
}

/** `us-east-2` has the zones `use2-az1` …; most regions have three. */
function zonesOf(region: string): { names: string[]; zone_ids: string[] } {
  const letters = { "us-east-1": "abcdef", "us-west-2": "abcd" }[region] ?? "abc";
  const code = region.replace(/-|north|south|east|west|central|gov/g, (word) =>
    word === "-" ? "" : word.charAt(0),
  );
  return {
    names: [...letters].map((letter) => region + letter),
    zone_ids: [...letters].map((_, i) => `${code}-az${i + 1}`),
  };
}

/** `tags_all`, which the provider plans itself: the provider's `default_tags`, and the object's own. */
export function plannedTags(
  { block }: Schema,
  providerConfig: Values,
  config: Values,
  prior: Values | null,
): Values {
  if (!block.attributes?.tags_all || config.tags_all !== null) return {};
  const [defaults] = Array.isArray(providerConfig.default_tags) ? providerConfig.default_tags : [];
  if (config.tags === UNKNOWN) return { tags_all: UNKNOWN };
  const tags_all: Values = {
    ...(isObject(defaults) && (defaults.tags as Values | null)),
    ...(config.tags as Values | null),
  };
  if (Object.values(tags_all).includes(UNKNOWN)) return { tags_all: UNKNOWN };
  return prior || Object.keys(tags_all).length > 0 ? { tags_all } : {};
}

/** The password that RDS made for a cluster. */
export const managedPassword = "Canary4e1b97d2c8a6 '\\<é>$(id)%s";

/** https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs */
export const aws: Record<string, Answer> = {
  ...awsResources,
  "data.aws_availability_zones": ({ region }) => ({
    id: region,
    group_names: [region],
    ...zonesOf(region),
  }),
  "data.aws_caller_identity": ({ providerConfig, region }) => {
    const account = accountOf(providerConfig);
    return {
      id: account,
      account_id: account,
      arn: `arn:${partitionOf(region)}:iam::${account}:user/stand-in`,
      user_id: "AIDASTANDINSTANDINXX",
    };
  },
  // Those that are there and begin so; none is no error.
  "data.aws_cloudwatch_log_groups": ({ values, region, objects }) => {
    const found = objects("aws_cloudwatch_log_group").filter(({ name }) =>
      String(name).startsWith(String(values.log_group_name_prefix ?? "")),
    );
    return {
      id: region,
      arns: found.map(({ arn }) => arn ?? null),
      log_group_names: found.map(({ name }) => name ?? null),
    };
  },
  "data.aws_iam_policy_document": policyDocument,
  "data.aws_iam_role": ({ values, region, account, hash }) => ({
    id: values.name,
    arn: `arn:${partitionOf(region)}:iam::${account}:role/${values.name}`,
    path: "/",
    unique_id: `AROA${hash.slice(0, 17).toUpperCase()}`,
    max_session_duration: 3600,
    assume_role_policy: '{"Version":"2012-10-17","Statement":[]}',
  }),
  "data.aws_partition": ({ region }) => {
    const partition = partitionOf(region);
    const china = partition === "aws-cn";
    return {
      id: partition,
      partition,
      dns_suffix: china ? "amazonaws.com.cn" : "amazonaws.com",
      reverse_dns_prefix: china ? "cn.com.amazonaws" : "com.amazonaws",
    };
  },
  "data.aws_rds_engine_version": ({ values }) => {
    const [preferred] = Array.isArray(values.preferred_versions) ? values.preferred_versions : [];
    const mysql = values.engine === "aurora-mysql";
    const asked = [values.version, preferred].find((version) => typeof version === "string");
    const version = String(asked ?? (mysql ? "8.0.mysql_aurora.3.10.3" : "17.4"));
    const [major, minor] = version.split(".");
    return {
      id: version,
      version,
      version_actual: version,
      parameter_group_family: mysql ? `aurora-mysql${major}.${minor}` : `${values.engine}${major}`,
      exportable_log_types: mysql
        ? ["audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"]
        : ["iam-db-auth-error", "instance", "postgresql"],
      status: "available",
      supported_modes: ["provisioned"],
      supports_log_exports_to_cloudwatch: true,
    };
  },
  // Of one that nobody has made here, the test says what it is.
  "data.aws_rds_cluster": ({ values, objects }) => ({
    ...objects("aws_rds_cluster").find(
      ({ cluster_identifier: name }) => name === values.cluster_identifier,
    ),
    id: values.cluster_identifier,
    // Text that AWS leaves out is empty there.
    replication_source_identifier: "",
    cluster_members: objects("aws_rds_cluster_instance").flatMap(
      ({ cluster_identifier: name, identifier = null }) =>
        name === values.cluster_identifier ? [identifier] : [],
    ),
  }),
  // Those that the filters name; an identifier that no cluster has is no error:
  // https://github.com/floci-io/floci/pull/1740
  "data.aws_rds_clusters": ({ values, region, account, objects }) => {
    const filters = Array.isArray(values.filter) ? values.filter.filter(isObject) : [];
    const found = objects("aws_rds_cluster").filter(
      (cluster) =>
        String(cluster.arn).startsWith(`arn:${partitionOf(region)}:rds:${region}:${account}:`) &&
        filters.every(({ name, values: allowed }) => {
          const attributes = { "db-cluster-id": "cluster_identifier", engine: "engine" };
          const attribute = attributes[name as keyof typeof attributes];
          if (!attribute) throw new Error(`Unrecognized filter name: ${name}`);
          return (allowed as Value[]).includes(cluster[attribute] ?? null);
        }),
    );
    return {
      id: region,
      cluster_arns: found.map(({ arn }) => arn ?? null),
      cluster_identifiers: found.map(({ cluster_identifier: name }) => name ?? null),
    };
  },
  // Filters that fit nothing give an empty list, and an unknown id a fault: of those that nobody has made
  // here, the test says which there are.
  "data.aws_vpc": ({ values, account, objects }) => {
    const { id = null } = values;
    const vpc = objects("aws_vpc").find((one) => one.id === id);
    const cidr = vpc?.cidr_block ?? "10.0.0.0/16";
    return {
      cidr_block: cidr,
      cidr_block_associations: [
        { association_id: "vpc-cidr-assoc-0", cidr_block: cidr, state: "associated" },
      ],
      owner_id: account,
      state: "available",
    };
  },
  "data.aws_vpcs": ({ region }) => ({ id: region, ids: [] }),
  "data.aws_route_tables": ({ region }) => ({ id: region, ids: [] }),
  "data.aws_db_subnet_group": ({ values, hash }) => ({
    id: values.name,
    vpc_id: `vpc-0${hash.slice(0, 16)}`,
    status: "Complete",
  }),
  "data.aws_region": ({ values, region }) => {
    const name = typeof values.name === "string" ? values.name : region;
    return { id: name, name, endpoint: `ec2.${name}.amazonaws.com`, description: name };
  },
  // RDS writes its own as JSON; of others the test says what they hold.
  "ephemeral.aws_secretsmanager_secret_version": ({ values, objects }) => {
    const owner = objects("aws_rds_cluster").find(({ master_user_secret: secrets }) =>
      JSON.stringify(secrets ?? []).includes(JSON.stringify(values.secret_id)),
    );
    return {
      arn: values.secret_id,
      secret_binary: null,
      secret_string: owner
        ? JSON.stringify({ username: owner.master_username, password: managedPassword })
        : null,
      version_stages: ["AWSCURRENT"],
    };
  },
};
