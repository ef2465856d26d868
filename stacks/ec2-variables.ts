import type { Ec2Choices, Form } from "../choices";
import type { Engine } from "../engines/engine";
import { account, ownPrefix, regionName } from "../variables/account";
import { alarms } from "../variables/alarms";
import {
  database,
  instanceClass,
  keyColumns,
  lastingInstanceClass,
  master,
  tables,
} from "../variables/database";
import {
  access,
  allowedNetworks,
  allowedNetworksIfManaged,
  checkpointKey,
  existingNetwork,
  isOnInstance,
  redpandaCluster,
  schemaRegistry,
  secondAccount,
} from "../variables/ec2";
import { files } from "../variables/files";
import { ingress } from "../variables/network";
import { instances, keys, protection } from "../variables/production";
import { stream } from "../variables/redpanda";
import { topicNames } from "../variables/topics";
import type { VariableSection } from "../variables/variable";
import { calledVariables } from "./called-module";

/** The variables of topology `ec2`, in the order in which a person fills them in. */
export function ec2Variables(engine: Engine, choices: Ec2Choices & Form): VariableSection[] {
  const { aurora, database: preparation, accounts, host, output, format, topics } = choices;
  const lasts = choices.profile === "production" && aurora === "new";
  const sections: VariableSection[] = [
    [
      "Account and names",
      {
        region: { ...account.region, default: "us-east-2", validation: [regionName] },
        aws_profile: account.aws_profile,
        ...ownPrefix,
      },
    ],
    [
      "Network",
      aurora === "new"
        ? { ...existingNetwork, ...allowedNetworks }
        : { ...allowedNetworksIfManaged, ...ingress },
    ],
    [
      "Database",
      database(
        engine,
        {
          master: master.ec2,
          databaseName: "exampledb",
          iamUser: "iamuser",
          capacity: lasts ? lastingInstanceClass : instanceClass,
        },
        choices,
      ),
    ],
    ["Database", preparation === "provider" ? engine.user.variables : {}],
    ["Database", lasts ? { ...protection, ...keys, ...instances } : {}],
    ["Database", lasts ? (engine.parameterGroup.logLimit?.variables ?? {}) : {}],
    ["IAM", access],
    ["IAM", accounts === "two" ? secondAccount : {}],
    [
      "Pipeline",
      {
        ...tables(engine, choices),
        ...engine.streamVariables(choices),
        ...keyColumns(engine, choices),
        ...stream,
      },
    ],
    ["Pipeline", engine.checkpointTopic && !isOnInstance(host, output) ? checkpointKey : {}],
    [
      "Pipeline",
      output === "redpanda" ? redpandaCluster({ ...engine, isPrefix: topics === "per-table" }) : {},
    ],
    ["Pipeline", topics === "per-table" ? topicNames("redpanda_topic") : {}],
    ["Pipeline", format === "avro" ? schemaRegistry : {}],
    ["Alarms", alarms(Object.keys(engine.alarms))],
    ["Files", files],
  ];
  return choices.module ? calledVariables(sections, { hasCluster: false }) : sections;
}
