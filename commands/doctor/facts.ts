import type { Names } from "./names";

/**
 * What the texts of AWS, the databases and Connect tell about a module. Groups are named like
 * `names.ts`. What they match may be pasted into a shell: no pattern takes a blank, a quote or
 * another sign that a shell or SQL reads.
 */
const patterns: readonly RegExp[] = [
  /User: (?<principal>arn:[\w-]+:sts::(?<principal_account>\d{12}):assumed-role\/(?<principal_role>[\w+=,.@-]+)\/[\w+=,.@-]+)/,
  /User: (?<principal>arn:[\w-]+:iam::(?<principal_account>\d{12}):user\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+)/,
  /sts:AssumeRole on resource: (?<iam_db_auth_role_arn>arn:[\w-]+:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+)/,
  /verifying role assumption for '(?<iam_db_auth_role_arn>arn:[\w-]+:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+)'/,
  /`user=(?<iam_auth_user>\w+) database=(?<db_name>\w+)`/,
  /\((?<db_cluster_endpoint>[a-z0-9.-]+\.rds\.amazonaws\.com)\): /,
  /Access denied for user '(?<iam_auth_user>\w+)'@/,
  /were not set: \[(?<missing_variable>[\w.]+)/,
  /at least one of\) the (?<privilege>[A-Z_, ]+(?: or [A-Z_]+)?) privilege/,
  /for subject "(?<subject>[\w.-]+)"/,
  /^A row of (?<table>[\w$]+) is not encoded: /,
  /primary key (?:column )?(?:found )?for table "?(?<table>[\w$]+(?:"?\."?[\w$]+)?)/,
  /pglog_stream_(?<slot_name>\w+)/,
  /replication slot "(?<slot_name>\w+)"/,
  /permission denied for schema (?<cdc_schema>\w+)/,
];

/** Names that stand in `message`; of two that differ, the first. */
export function factsOf(message: string): Names {
  const facts: Record<string, string> = {};
  for (const pattern of patterns) {
    for (const [name, found] of Object.entries(pattern.exec(message)?.groups ?? {})) {
      facts[name] ??= found;
    }
  }
  const { principal, principal_account, principal_role } = facts;
  if (principal) {
    facts.principal_role_arn = principal_role
      ? `arn:aws:iam::${principal_account}:role/${principal_role}`
      : principal;
  }
  return facts;
}

/** Where a record and the module must agree, and what follows if they do not. */
const agreements: readonly [fact: string, name: string, consequence: string][] = [
  [
    "principal_role_arn",
    "trusted_principal_role_arn",
    "so the db-connect role trusts another principal: correct redpanda_aws_acct_id, redpanda_cluster_id or trusted_principal_arn",
  ],
  [
    "iam_db_auth_role_arn",
    "iam_db_auth_role_arn",
    "so the pipeline runs with another configuration than the module's: `terraform apply`",
  ],
  [
    "db_cluster_endpoint",
    "db_cluster_endpoint",
    "so the pipeline connects to another host than the module's writer: `terraform apply`",
  ],
  [
    "iam_auth_user",
    "iam_auth_user",
    "so the pipeline logs in as another user than the module's: `terraform apply`",
  ],
];

/** What a record says that this module would not say, as sentences. */
export function contradictions(facts: Names, module: Names): string[] {
  return agreements.flatMap(([fact, name, consequence]) => {
    const said = facts[fact];
    const known = module[name];
    if (!said || !known || said === known) return [];
    return [`The message says ${said}, and the module's ${name} is ${known}, ${consequence}.`];
  });
}
