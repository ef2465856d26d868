/** Where there can be only one thing of a name. */
export type Scope = "account" | "region" | "Redpanda cluster";

interface Named {
  /** The argument with the name. */
  readonly argument: string;
  readonly scope: Scope;
  /** What it is, in messages. */
  readonly noun: string;
}

/** Resources that a name belongs to. Others are named by AWS or Redpanda, or belong to one of these. */
export const named: Readonly<Record<string, Named>> = {
  aws_rds_cluster: { argument: "cluster_identifier", scope: "region", noun: "cluster" },
  aws_rds_cluster_instance: { argument: "identifier", scope: "region", noun: "instance" },
  aws_rds_cluster_parameter_group: { argument: "name", scope: "region", noun: "parameter group" },
  aws_db_subnet_group: { argument: "name", scope: "region", noun: "subnet group" },
  aws_cloudwatch_log_group: { argument: "name", scope: "region", noun: "log group" },
  aws_cloudwatch_metric_alarm: { argument: "alarm_name", scope: "region", noun: "alarm" },
  aws_iam_role: { argument: "name", scope: "account", noun: "role" },
  aws_iam_policy: { argument: "name", scope: "account", noun: "policy" },
  aws_iam_user: { argument: "name", scope: "account", noun: "IAM user" },
  aws_iam_instance_profile: { argument: "name", scope: "account", noun: "instance profile" },
  redpanda_topic: { argument: "name", scope: "Redpanda cluster", noun: "topic" },
  redpanda_user: { argument: "name", scope: "Redpanda cluster", noun: "user" },
  redpanda_secret: { argument: "name", scope: "Redpanda cluster", noun: "secret" },
};

export interface Name extends Named {
  readonly address: string;
  /** With the values of variables in it; what only Terraform knows is left as it is. */
  readonly name: string;
}

type Json = Readonly<Record<string, unknown>>;

/** The names that a module gives, with these values of its variables. */
export function namesIn(json: Json, values: Readonly<Record<string, unknown>>): Name[] {
  const locals = (json.locals ?? {}) as Json;
  const all = (json.resource ?? {}) as Readonly<Record<string, Json>>;
  return Object.entries(named).flatMap(([type, rule]) =>
    Object.entries(all[type] ?? {}).flatMap(([label, content]) => {
      const address = `${type}.${label}`;
      if (address === "redpanda_topic.tables") {
        return tableTopics(values).map((name) => ({ ...rule, address, name }));
      }
      const text = (content as Json)[rule.argument];
      if (typeof text !== "string") return [];
      return [{ ...rule, address, name: filled(text, locals, values) }];
    }),
  );
}

/** The topics that a module with one for each table makes, as `local.kept_topics` has them. */
function tableTopics(values: Readonly<Record<string, unknown>>): string[] {
  const { topic_name_pattern: pattern, name_prefix: prefix } = values;
  const texts = (some: unknown) => [some].flat().filter((one) => typeof one === "string");
  const several = Object.entries(
    values.cdc_tables_by_schema ?? values.cdc_tables_by_database ?? {},
  );
  const one = [values.cdc_schema ?? values.db_name, values.cdc_tables ?? "iamuser_test"] as const;
  const tables = (several.length > 0 ? several : [one]).flatMap(([schema, some]) =>
    texts(some).map((table) => `${schema}.${table}`),
  );
  return [...new Set([...tables, ...texts(values.retained_tables)])].map((key) => {
    const [schema = "", table = ""] = key.split(".");
    return String(pattern)
      .replaceAll("<prefix>", String(prefix))
      .replaceAll("<schema>", schema)
      .replaceAll("<table>", table);
  });
}

/** What the pipeline's user may do with everything of a kind whose name begins so. */
export interface Reach {
  readonly kind: "topic" | "subject";
  readonly beginning: string;
}

/** The rights by prefix that a module gives its user, with these values of its variables, each once. */
export function reachesIn(json: Json, values: Readonly<Record<string, unknown>>): Reach[] {
  const locals = (json.locals ?? {}) as Json;
  const all = (json.resource ?? {}) as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const beginnings = (type: string, pattern: string) =>
    Object.values(all[type] ?? {})
      .filter((acl) => acl[pattern] === "PREFIXED")
      .map((acl) =>
        String(acl.resource_name).replaceAll(
          /\$\{(redpanda_topic)\.(\w+)\.name\}/g,
          (_, topic: string, label: string) => String(all[topic]?.[label]?.name),
        ),
      );
  const reaches = (kind: Reach["kind"], texts: readonly string[]) =>
    [...new Set(texts)].map((text) => ({ kind, beginning: filled(text, locals, values) }));
  return [
    ...reaches("topic", beginnings("redpanda_acl", "resource_pattern_type")),
    ...reaches("subject", beginnings("redpanda_schema_registry_acl", "pattern_type")),
  ];
}

/** The functions that names of ours are made with; null is a variable's that is not given. */
const functions: Readonly<Record<string, (...words: (string | null)[]) => string>> = {
  coalesce: (...words) => words.find((word) => word !== null && word !== "") ?? "",
  join: (separator, ...words) => words.join(separator ?? ""),
  upper: (word) => (word ?? "").toUpperCase(),
  replace: (word, part, other) => (word ?? "").replaceAll(part ?? "", other ?? ""),
  "split[0]": (separator, word) => (word ?? "").split(separator ?? "")[0] ?? "",
};

/** A template with values in place of variables and locals. Calls of other functions stay, around the values. */
function filled(text: string, locals: Json, values: Readonly<Record<string, unknown>>): string {
  const known = text
    .replaceAll(/\blocal\.(\w+)/g, (reference, name: string) => {
      const local = locals[name];
      return typeof local === "string" ? quoted(filled(local, locals, values)) : reference;
    })
    .replaceAll(/\bvar\.(\w+)/g, (_, name: string) => quoted(values[name] ?? null));
  return untilStill(known, (some) =>
    some
      // A list of words is the words, for a function that takes any number of them.
      .replaceAll(/\bcompact\(\[((?:(?:null|"[^"$]*")(?:, )?)+)\]\)/g, (_, words: string) =>
        JSON.parse(`[${words}]`).filter(Boolean).map(quoted).join(", "),
      )
      .replaceAll(
        /\b(\w+)\(((?:(?:"[^"$]*"|null)(?:, )?)+)\)(\[0\])?/g,
        (call, name: string, words: string, first = "") => {
          const called = functions[name + first];
          return called ? quoted(called(...JSON.parse(`[${words}]`))) : call;
        },
      )
      .replaceAll(/\$\{"([^"$]*)"\}/g, "$1"),
  );
}

const quoted = (value: unknown) => JSON.stringify(value);

function untilStill(text: string, change: (text: string) => string): string {
  const changed = change(text);
  return changed === text ? text : untilStill(changed, change);
}
