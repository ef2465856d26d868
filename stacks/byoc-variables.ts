import type { ByocChoices } from "../choices";
import type { Engine } from "../engines/engine";
import { account } from "../variables/account";
import { alarms } from "../variables/alarms";
import {
  connectsItself,
  database,
  master,
  serverlessCapacity,
  tables,
} from "../variables/database";
import { clients, clientsWithTerraform, ingress, namedClients, vpc } from "../variables/network";
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
export function byocVariables(engine: Engine, choices: ByocChoices): VariableSection[] {
  const { database: preparation, grant } = choices;
  const hasKey = choices.credentials === "static";
  const isNew = choices.aurora === "new";
  return [
    ["Account and names", account],
    [
      "Network",
      isNew
        ? { ...vpc, ...(connectsItself(choices) ? clientsWithTerraform : clients) }
        : { ...namedClients, ...ingress },
    ],
    [
      "Database",
      database(
        engine,
        {
          master: master.byoc,
          databaseName: "demo_db",
          iamUser: "iam_demo_user",
          engineVersion: engine.version.default,
          capacity: serverlessCapacity,
        },
        choices,
      ),
    ],
    ["Database", preparation === "provider" ? engine.user.variables : {}],
    ["IAM", hasKey ? accessKeyTrust : trust],
    ["IAM", grant === "attach" ? redpandaAccount : {}],
    ["IAM", hasKey ? accessKey : {}],
    ["Redpanda", sasl],
    [
      "Pipeline",
      {
        ...tables(engine, choices),
        ...engine.streamVariables(choices),
        ...stream,
      },
    ],
    ["Alarms", alarms(Object.keys(engine.alarms))],
  ];
}
