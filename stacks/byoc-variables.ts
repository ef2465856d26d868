import type { ByocChoices } from "../choices";
import type { Engine } from "../engines/engine";
import { account } from "../variables/account";
import { database, master, serverlessCapacity, tables } from "../variables/database";
import { network, networkWithClient } from "../variables/network";
import {
  accessKey,
  accessKeyTrust,
  redpandaAccount,
  sasl,
  stream,
  trust,
} from "../variables/redpanda";
import type { VariableSection } from "../variables/variable";

/** The variables of topology `byoc`, in the order in which a person fills them in. */
export function byocVariables(
  engine: Engine,
  { database: preparation, grant, credentials }: ByocChoices,
): VariableSection[] {
  const hasKey = credentials === "static";
  return [
    ["Account and names", account],
    ["Network", preparation === "sql" ? network : networkWithClient],
    [
      "Database",
      database(engine, {
        master: master.byoc,
        databaseName: "demo_db",
        iamUser: "iam_demo_user",
        engineVersion: engine.version.default,
        preparation,
        capacity: serverlessCapacity,
      }),
    ],
    ["Database", preparation === "provider" ? engine.user.variables : {}],
    ["IAM", hasKey ? accessKeyTrust : trust],
    ["IAM", grant === "attach" ? redpandaAccount : {}],
    ["IAM", hasKey ? accessKey : {}],
    ["Redpanda", sasl],
    [
      "Pipeline",
      {
        ...tables(engine, preparation),
        ...engine.setupVariables(preparation),
        ...engine.streamVariables,
        ...stream,
      },
    ],
  ];
}
