import type { Topology } from "../../choices";
import type { Engine } from "../../engines/engine";
import { asCommand, inRegion } from "../programs/shell";
import type { Step } from "./catalogue";
import { lookAtAcls, natGateways, ownAddress, runAndKeepLog } from "./catalogue/steps";
import { type Hop, hops } from "./hops";
import { awsChecks } from "./live/aws";

export interface Check {
  readonly title: string;
  /** Hops that it is about. */
  readonly hops: readonly Hop[];
  readonly steps: readonly Step[];
}

/** What to look at, in this order, where the log does not say: from the identities to the log itself. */
export function checks(topology: Topology, engine: Engine): Check[] {
  const isByoc = topology === "byoc";
  const everywhere = hops.map(({ id }) => id);
  const live = awsChecks(topology, engine, {
    isUser: false,
    isPrivate: false,
    isOneAccount: false,
    hasSecondRole: false,
  });
  /** The command by which `--live` looks at it too, for a person to fill in. */
  const aws = (id: string): Step => {
    const question = live.find((check) => check.id === id)?.question;
    if (!question || !("aws" in question)) throw new Error(`no check ${id} asks AWS`);
    return { shell: asCommand("aws", inRegion(question.aws)) };
  };
  return [
    {
      title: "Which account is which",
      hops: ["identity", "role"],
      steps: [
        "With the credentials of the database account, then with those of the account that Connect runs in:",
        { shell: "aws sts get-caller-identity" },
      ],
    },
    {
      title:
        "The role that Connect runs as: does it exist, has it a boundary, may it assume the db-connect role",
      hops: ["identity", "role"],
      steps: [
        "With the credentials of the account that Connect runs in:",
        aws("principal"),
        aws("assume-policy"),
        aws("assume-role"),
      ],
    },
    {
      title:
        "The db-connect role: whom it trusts (external id?), its tag, and the database user that it may log in as",
      hops: ["role", "token", "login"],
      steps: [
        aws("trust"),
        "Whether it may connect as the database user (allowed):",
        aws("connect-as-user"),
      ],
    },
    {
      title: "The cluster: IAM authentication, parameters, and whether they are in use (in-sync)",
      hops: ["network", "login", "database", "position"],
      steps: [aws("cluster"), aws("parameters")],
    },
    {
      title: isByoc
        ? "The security group lets in the cluster's NAT gateways"
        : "The security group lets in the address of the instance",
      hops: ["network", "tls"],
      steps: [aws("security-group"), isByoc ? natGateways : ownAddress],
    },
    {
      title: "The database",
      hops: ["login", "database", "position", "read"],
      steps: [
        `${engine.status.shows}, as the master user:`,
        ...engine.status.statements.map(({ sql }) => ({ sql })),
        ...engine.status.more.map((sql) => ({ sql })),
      ],
    },
    {
      title: "Topic, ACLs, secret",
      hops: ["start", "config", "write"],
      steps: [
        { shell: "rpk topic describe <cdc_output_topic>" },
        lookAtAcls,
        ...(isByoc
          ? [
              { shell: "rpk security secret list" },
              "<sasl_password_secret> must have the scope of Redpanda Connect.",
            ]
          : []),
      ],
    },
    {
      title: "The log, from its start, warnings included",
      hops: everywhere,
      steps: [
        {
          shell: isByoc
            ? "rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\n' | npx rpcn-aurora doctor --pipeline <rpcn_pipeline_id>"
            : "docker logs $(docker ps -lq) 2>&1 | npx rpcn-aurora doctor",
        },
        ...(isByoc
          ? []
          : [
              "A container that has ended took its log away, by --rm. Run it again, and keep what it prints:",
              runAndKeepLog,
            ]),
        "The log is silent on what went well unless log_level is DEBUG.",
      ],
    },
  ];
}
