import type { ByocChoices, Form } from "../choices";
import type { Engine } from "../engines/engine";
import { account } from "../variables/account";
import { alarms } from "../variables/alarms";
import {
  connectsItself,
  database,
  keyColumns,
  lastingServerlessCapacity,
  master,
  serverlessCapacity,
  tables,
} from "../variables/database";
import { files } from "../variables/files";
import { iceberg } from "../variables/iceberg";
import { network } from "../variables/network";
import {
  instances,
  keys,
  namedAdmins,
  namedAdminsWithTerraform,
  protection,
  topicsProtection,
} from "../variables/production";
import {
  accessKey,
  accessKeyTrust,
  reachesRedpandasAccount,
  redpandaAccount,
  sasl,
  stream,
  trust,
} from "../variables/redpanda";
import { oneTopic, tableTopics, topicNames } from "../variables/topics";
import type { VariableSection } from "../variables/variable";
import { calledVariables } from "./called-module";

/** The variables of topology `byoc`, in the order in which a person fills them in. */
export function byocVariables(engine: Engine, choices: ByocChoices & Form): VariableSection[] {
  const { database: preparation } = choices;
  const hasKey = choices.credentials === "static";
  const isNew = choices.aurora === "new";
  const lasts = choices.profile === "production";
  const admins = connectsItself(choices) ? namedAdminsWithTerraform : namedAdmins;
  const sections: VariableSection[] = [
    ["Account and names", account],
    [
      "Network",
      {
        ...network(choices),
        // In a private network nobody is let in who is not named, whatever the profile.
        ...(isNew && lasts && choices.network === "public" ? admins : {}),
      },
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
          capacity: lasts ? lastingServerlessCapacity : serverlessCapacity,
        },
        choices,
      ),
    ],
    ["Database", preparation === "provider" ? engine.user.variables : {}],
    ["Database", isNew && lasts ? { ...protection, ...keys, ...instances } : {}],
    ["Database", isNew && lasts ? (engine.parameterGroup.logLimit?.variables ?? {}) : {}],
    ["IAM", hasKey ? accessKeyTrust : trust],
    ["IAM", reachesRedpandasAccount(choices) ? redpandaAccount(choices) : {}],
    ["IAM", hasKey ? accessKey : {}],
    ["Redpanda", sasl],
    ["Redpanda", choices.format === "avro" ? iceberg(engine, choices) : {}],
    [
      "Redpanda",
      {
        ...(choices.topics === "one" ? oneTopic : { ...topicNames("name_prefix"), ...tableTopics }),
        ...(lasts ? topicsProtection : {}),
      },
    ],
    [
      "Pipeline",
      {
        ...tables(engine, choices),
        ...engine.streamVariables(choices),
        ...keyColumns(engine, choices),
        ...stream,
      },
    ],
    ["Alarms", alarms(Object.keys(engine.alarms))],
    ["Files", files],
  ];
  return choices.module ? calledVariables(sections, { hasCluster: true }) : sections;
}
