import { engines } from "../../../engines";
import { place } from "../hops";
import { brokers } from "./brokers";
import { configuration, processes } from "./configuration";
import { connections } from "./connections";
import { credentials } from "./credentials";
import type { Entry, Marker } from "./entry";
import { mysql, mysqlMarkers } from "./mysql";
import { output, outputMarkers } from "./output";
import { pods } from "./pods";
import { postgres, postgresMarkers } from "./postgres";
import { postgresBeside } from "./postgres-beside";
import { registry } from "./registry";
import { replication } from "./replication";
import { roles, rolesMarkers } from "./roles";
import { serverLogs } from "./server-logs";
import { start, startMarkers } from "./start";

export { type Entry, type Marker, type Step, stepsOf } from "./entry";

/** Every text that is known, in the order in which a record is compared with them. */
export const entries: readonly Entry[] = [
  ...start,
  ...configuration,
  ...processes,
  ...pods,
  ...serverLogs,
  ...registry,
  ...credentials,
  ...roles,
  ...postgresBeside,
  ...connections,
  ...replication,
  ...postgres,
  ...mysql,
  ...brokers,
  ...output,
];

/** All entries in the order of the chain; within a hop the vague ones come last. */
export const chain: readonly Entry[] = [...entries].sort(
  (one, other) =>
    place(one.hop) - place(other.hop) || Number(one.vague ?? false) - Number(other.vague ?? false),
);

/** Every text that proves hops. */
export const markers: readonly Marker[] = [
  ...startMarkers,
  ...rolesMarkers,
  ...postgresMarkers,
  ...mysqlMarkers,
  ...outputMarkers,
];

/** The engine that an entry is about; undefined where it may be any. */
export const engineOf = (entry: Entry) => engines.find(({ flag }) => flag === entry.engine);
