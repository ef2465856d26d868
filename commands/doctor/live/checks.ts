import { place } from "../hops";
import type { Module } from "../module";
import type { Names } from "../names";
import { awsChecks } from "./aws";
import type { LiveCheck } from "./check";
import { databaseChecks } from "./database";
import { log } from "./log";
import { redpandaChecks } from "./redpanda";
import { accountOf, identity } from "./roles";

/** Whether the database and Connect's principal are in the same account of AWS. */
export function isOneAccount(names: Names): boolean {
  return accountOf("database", names) === accountOf("connect", names);
}

/** A module as its state tells it. */
export type LiveModule = Module & Required<Pick<Module, "engine" | "topology">>;

/** Everything that is looked at, in the order of the chain. */
export function checksOf(
  { engine, topology, outputs }: Omit<LiveModule, "names">,
  names: Names,
): LiveCheck[] {
  const isUser = names.trusted_principal_role_arn?.includes(":user/") ?? false;
  const isPrivate = names.allow_egress_command !== undefined;
  const hasSchemas = names.subject_prefix !== undefined;
  const isOne = isOneAccount(names);
  const { login_role_arn: last, iam_db_auth_role_arn: first } = names;
  const checks = [
    ...(topology === "byoc"
      ? redpandaChecks({ engine, outputs }, { isUser, isPrivate, hasSchemas })
      : []),
    identity("database"),
    ...(isOne ? [] : [identity("connect")]),
    ...awsChecks(topology, engine, {
      isUser,
      isPrivate,
      isOneAccount: isOne,
      hasSecondRole: last !== undefined && last !== first,
    }),
    ...databaseChecks(engine),
    ...(topology === "byoc" ? [log({ engine, outputs })] : []),
  ];
  return checks.sort((one, other) => place(one.hop) - place(other.hop));
}
