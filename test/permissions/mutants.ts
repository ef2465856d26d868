/** A policy as JSON says it. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy that says something else than the module's. */
export interface Mutant {
  /** The change. */
  readonly name: string;
  readonly policy: Policy;
}

/**
 * Every policy that differs from this one in one thing: a restriction that is gone or weaker, a part that
 * is missing, or the effect; and one that allows everything.
 *
 * @param document a policy, and the ARN of the role or user that it belongs to
 */
export function mutantsOf({ policy, owner }: { policy: Policy; owner: string }): Mutant[] {
  return policy.Statement.flatMap((statement, index) =>
    [...changes(statement, owner)].map(([name, changed]) => ({
      name,
      policy: {
        ...policy,
        Statement: policy.Statement.toSpliced(index, 1, ...(changed ? [changed] : [])),
      },
    })),
  );
}

/** A statement with one change, or none at all where nothing of it is left. */
type Change = [name: string, statement: Statement | undefined];

function* changes(statement: Statement, owner: string): Generator<Change> {
  yield statement.Principal
    ? ["anything, by anybody", { Effect: "Allow", Action: "*", Principal: { AWS: "*" } }]
    : ["anything", { Effect: "Allow", Action: "*", Resource: "*" }];
  yield ["Effect: Deny", { ...statement, Effect: "Deny" }];
  for (const key of ["Action", "Resource"] as const) {
    const weaker = key === "Action" ? weakerActions : weakerArns;
    for (const [name, values] of changedLists(statement[key] ?? [], weaker)) {
      yield [`${key} ${name}`, values && { ...statement, [key]: values }];
    }
  }
  yield* changedPrincipals(statement, owner);
  yield* changedConditions(statement);
}

/** The list without each of its members, and with each one weaker. */
function* changedLists(
  list: string | readonly string[],
  weaker: (value: string) => string[],
): Generator<[name: string, list: string[] | undefined]> {
  const values = [list].flat();
  for (const [index, value] of values.entries()) {
    yield [`${value}: none`, values.length > 1 ? values.toSpliced(index, 1) : undefined];
    for (const other of weaker(value)) yield [`${value}: ${other}`, values.with(index, other)];
  }
}

function weakerActions(action: string): string[] {
  return [`${action.split(":")[0]}:*`, "*"];
}

/** `*`, and a wildcard for or after each part of an ARN, from the partition on; not for service and type. */
function weakerArns(arn: string): string[] {
  const parts = arn.split(/([:/])/);
  const [ARN, SERVICE, TYPE] = [0, 4, 10];
  const wildcards = parts.flatMap((part, index) =>
    index % 2 === 1 || part === "" || [ARN, SERVICE, TYPE].includes(index)
      ? []
      : [parts.with(index, "*").join("")],
  );
  return ["*", ...wildcards, `${arn}*`];
}

function* changedPrincipals(statement: Statement, owner: string): Generator<Change> {
  for (const [type, list] of Object.entries(statement.Principal ?? {})) {
    for (const value of [list].flat()) {
      const [, partition, , , account] = (type === "AWS" ? value : owner).split(":");
      const root = `arn:${partition}:iam::${account}:root`;
      yield [`Principal ${value}: none`, undefined];
      yield [`Principal ${value}: *`, { ...statement, Principal: { AWS: "*" } }];
      yield [`Principal ${value}: ${root}`, { ...statement, Principal: { AWS: root } }];
    }
  }
}

function* changedConditions({ Condition = {}, ...statement }: Statement): Generator<Change> {
  for (const [operator, tests] of Object.entries(Condition)) {
    for (const [key, value] of Object.entries(tests)) {
      const { [operator]: _, ...others } = Condition;
      const { [key]: __, ...rest } = tests;
      const left = { ...others, ...(Object.keys(rest).length > 0 ? { [operator]: rest } : {}) };
      const instead = (operator: string, value: string): Statement => ({
        ...statement,
        Condition: { ...left, [operator]: { ...left[operator], [key]: value } },
      });
      const name = `Condition ${operator} ${key}`;
      yield [
        `${name}: none`,
        Object.keys(left).length > 0 ? { ...statement, Condition: left } : statement,
      ];
      yield [`${name}: IfExists`, instead(`${operator}IfExists`, value)];
      yield [`${name}: any value`, instead("StringLike", "*")];
      yield [`${name}: IgnoreCase`, instead("StringEqualsIgnoreCase", value)];
    }
  }
}
