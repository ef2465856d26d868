/** What a judge says of a module. */
export interface Finding {
  readonly judge: "checkov" | "TFLint";
  /** Its own id or name for it. */
  readonly rule: string;
  /** Type of the resource, such as `aws_rds_cluster`, or the file where it tells none. */
  readonly on: string;
}

/** Why a module stays as it is, whatever a judge says. */
export interface Reason extends Finding {
  /** Flags with which the reason does not hold, such as `--profile production`. @default - it always does */
  readonly unless?: readonly string[];
  readonly because: string;
}

const production = ["--profile production"];
const hidden = ["--network routed", "--network peering"];

const group = "aws_cloudwatch_log_group";
const cluster = "aws_rds_cluster";
const instance = "aws_rds_cluster_instance";

export const reasons: readonly Reason[] = [
  {
    judge: "checkov",
    rule: "CKV_AWS_17",
    on: instance,
    unless: hidden,
    because:
      "Redpanda's NAT gateways connect over the internet, and in topology ec2 the subnets decide who can. The security group lets in listed networks alone, and the engine wants TLS and a token.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_130",
    on: "aws_subnet",
    unless: hidden,
    because: "An instance has a public address only in subnets that give one.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_394",
    on: "aws_availability_zones",
    because:
      "az_count takes the first zones by name, in any region. One that AWS adds has a later letter, and moves no subnet.",
  },
  {
    judge: "checkov",
    rule: "CKV2_AWS_11",
    on: "aws_vpc",
    because:
      "Aurora is the only host in this network, and its own log says who connects. A flow log would have to be kept and paid for beside it.",
  },
  {
    judge: "checkov",
    rule: "CKV2_AWS_12",
    on: "aws_vpc",
    because:
      "Nothing is in the default group, which AWS makes with each VPC: the cluster has a group of its own.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_139",
    on: cluster,
    unless: production,
    because: "A demonstration, which one destroy removes.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_313",
    on: cluster,
    unless: production,
    because: "A demonstration leaves no snapshot: skip_final_snapshot is true.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_327",
    on: cluster,
    unless: production,
    because: "The storage is encrypted with AWS's key, which costs nothing and cannot be lost.",
  },
  {
    judge: "checkov",
    rule: "CKV2_AWS_8",
    on: cluster,
    because:
      "Aurora backs itself up all the time, to any second of the retention. AWS Backup would keep the same once more.",
  },
  {
    judge: "checkov",
    rule: "CKV2_AWS_27",
    on: cluster,
    because:
      "Logged statements carry the values of rows into CloudWatch, and the pipeline runs none worth reading.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_325",
    on: cluster,
    because:
      "The audit log costs every connection time, and whom the database refuses is in iam-db-auth-error and error.",
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
  {
    judge: "checkov",
    rule: "CKV_AWS_326",
    on: cluster,
    because:
      "AWS does not support backtracking where the binary log is replicated, and rows that have been sent cannot be taken back.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_226",
    on: instance,
    because:
      "engine_version says what runs. A version that AWS upgrades beside it is one that the next apply takes back.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_118",
    on: instance,
    unless: production,
    because: "A demonstration: CloudWatch's own metrics of the instance are free.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_353",
    on: instance,
    unless: production,
    because: "A demonstration, and the small classes of topology ec2 have none.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_158",
    on: group,
    unless: production,
    because: "CloudWatch encrypts every group by itself, and no token is ever logged.",
  },
  {
    judge: "checkov",
    rule: "CKV_AWS_338",
    on: group,
    unless: production,
    because: "A demonstration's logs are of use for thirty days.",
  },
];
