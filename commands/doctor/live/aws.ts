import type { Topology } from "../../../choices";
import type { Engine } from "../../../engines/engine";
import { cluster, instance, parameters, securityGroup } from "./aurora";
import type { LiveCheck } from "./check";
import {
  accessKeys,
  assumePolicy,
  mayAssume,
  mayConnect,
  principal,
  secondRole,
  trust,
} from "./roles";

/**
 * Everything that AWS is asked, in the order of the chain.
 *
 * @param isUser Connect starts as a user with an access key
 * @param isPrivate the database has no public address
 * @param isOneAccount database and Connect's principal are in the same account
 * @param hasSecondRole the role that logs in is assumed by the db-connect role
 */
export function awsChecks(
  topology: Topology,
  engine: Engine,
  {
    isUser,
    isPrivate,
    isOneAccount,
    hasSecondRole,
  }: Readonly<Record<"isUser" | "isPrivate" | "isOneAccount" | "hasSecondRole", boolean>>,
): LiveCheck[] {
  return [
    principal(isUser),
    ...(isUser ? accessKeys : []),
    assumePolicy(topology, isUser),
    mayAssume(topology, isOneAccount),
    trust(topology),
    ...(hasSecondRole ? secondRole : []),
    ...(topology === "byoc" ? [instance(isPrivate)] : []),
    securityGroup(topology, engine, isPrivate),
    cluster,
    mayConnect,
    parameters(engine),
  ];
}
