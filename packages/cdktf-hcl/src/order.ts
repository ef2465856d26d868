/**
 * Arguments that are read together, in the order in which people write them and in which the
 * providers' own documentation shows them. Bindings come in alphabetical order, which puts
 * `cidr_blocks` before the ports, `max` before `min` and the password before the user.
 *
 * `*` stands for any text that the names of one group share: `min_capacity` and `max_capacity`.
 */
const TOGETHER: readonly (readonly string[])[] = [
  // Where, then as whom.
  ["region", "profile"],
  ["host", "port", "database", "username", "password"],
  ["*username", "*password", "*password_wo", "*password_wo_version"],
  // From the first to the last, from the least to the most.
  ["description", "from_port", "to_port", "protocol", "cidr_blocks"],
  ["from_port", "to_port", "ip_protocol", "cidr_ipv4"],
  ["ingress", "egress"],
  ["min", "max"],
  ["min_*", "max_*"],
  ["start_*", "end_*"],
  // What it is called, then what it is.
  ["key", "value"],
  ["name", "value", "apply_method"],
  ["filename", "content"],
  ["engine", "version"],
  // From the whole to the part.
  ["vpc_id", "cidr_block", "availability_zone"],
  ["route_table_id", "destination_cidr_block"],
  ["zone_id", "type", "ttl", "records"],
  ["topic_arn", "protocol", "endpoint"],
  // Who may do what, to what, on which condition.
  ["role", "policy"],
  ["user", "policy"],
  ["group", "policy"],
  ["role", "policy_arn"],
  ["user", "policy_arn"],
  ["group", "policy_arn"],
  ["role", "database", "schema", "table", "object_type", "objects", "privileges"],
  ["sid", "effect", "principals", "not_principals", "actions", "not_actions"],
  ["actions", "not_actions", "resources", "not_resources", "condition"],
  ["type", "identifiers"],
  ["test", "variable", "values"],
];

/** The names in the order they are given, but those that are read together in theirs. */
export function inReadingOrder(names: readonly string[]): readonly string[] {
  const list = names.join("\n");
  const known = orders.get(list) ?? ordered(names);
  orders.set(list, known);
  return known;
}

/** Most resources of a type have the same arguments. */
const orders = new Map<string, readonly string[]>();

function ordered(names: readonly string[]): readonly string[] {
  let result = [...names];
  for (const patterns of TOGETHER) {
    for (const group of groupsOf(patterns, result)) {
      const start = result.findIndex((name) => group.includes(name));
      const others = result.filter((name) => !group.includes(name));
      result = [...others.slice(0, start), ...group, ...others.slice(start)];
    }
  }
  return result;
}

/** The names that match, in the order of the patterns; for each text that `*` stands for, a group. */
function groupsOf(patterns: readonly string[], names: readonly string[]): Iterable<string[]> {
  const groups = new Map<string, string[]>();
  for (const pattern of patterns) {
    const [start = "", end] = pattern.split("*");
    for (const name of names) {
      if (end === undefined ? name !== start : !(name.startsWith(start) && name.endsWith(end)))
        continue;
      const stem = end === undefined ? "" : name.slice(start.length, name.length - end.length);
      groups.set(stem, [...(groups.get(stem) ?? []), name]);
    }
  }
  return groups.values();
}
