import type { Engine } from "../../../engines/engine";
import type { Asked } from "./ask";
import type { SecurityGroup } from "./questions";

/** The security group that gets the rules: the one that was chosen, or the only one. */
export function groupOf({ cluster }: Asked, chosen: string | undefined): string | undefined {
  const [first, ...more] = cluster.VpcSecurityGroups;
  if (chosen && cluster.VpcSecurityGroups.includes(chosen)) return chosen;
  return more.length === 0 ? first : undefined;
}

/** What the module calls its own rules: a test holds it against the module. */
export const ruleDescription = "Redpanda Connect reads changes";

/**
 * The networks for which a group has the very rule that the module would add, which AWS refuses to
 * add again. The module's own are left out, because a list of them would take them away; and so is
 * what is wider than /16, because the module adds no such rule.
 */
export function existingRanges(group: SecurityGroup | undefined, port: number): string[] {
  const ranges = (group?.IpPermissions ?? [])
    .filter(
      ({ IpProtocol, FromPort, ToPort }) =>
        IpProtocol === "tcp" && FromPort === port && ToPort === port,
    )
    .flatMap(({ IpRanges }) => IpRanges ?? [])
    .filter(
      ({ CidrIp, Description }) =>
        Description !== ruleDescription && Number(CidrIp.split("/")[1]) >= 16,
    );
  return [...new Set(ranges.map(({ CidrIp }) => CidrIp))].sort();
}

/** TCP port of the database. */
export const portOf = ({ cluster }: Asked, engine: Engine) => cluster.Port ?? engine.port;
