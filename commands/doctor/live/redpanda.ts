import { z } from "zod";
import type { Engine } from "../../../engines/engine";
import { clusterAnswer, clusterPath } from "../../discover/cluster";
import { findings, logsInWithIam } from "../../discover/findings";
import { apply } from "../catalogue/steps";
import { Diagnosis } from "../diagnosis";
import type { Module } from "../module";
import type { Names } from "../names";
import { reportOn } from "../report";
import { isWithin } from "./aurora";
import { broken, check, type LiveCheck, ok, unclear } from "./check";

/** `STATE_RUNNING` as `RUNNING`. */
const state = z
  .string()
  .regex(/^STATE_[A-Z_]+$/)
  .transform((value) => value.slice("STATE_".length));

/** The cluster itself, whose NAT gateways the check of the security group needs. */
export const clusterId = "redpanda-cluster";

const cluster = (engine: Engine): LiveCheck =>
  check({
    id: clusterId,
    hop: "start",
    title: "The Redpanda cluster is ready, and its Redpanda Connect logs in with IAM",
    question: { get: clusterPath("<redpanda_cluster_id>"), plane: "control" },
    answer: clusterAnswer,
    judge: ({ cluster }, { names }) => {
      const found = findings(names.redpanda_cluster_id ?? "", cluster);
      if (!found.fits) {
        return broken(found.remarks.join(" "), ["Choose another cluster: redpanda_cluster_id."]);
      }
      const version = cluster.redpanda_connect?.version ?? "";
      if (logsInWithIam(version, engine) === false) {
        return broken(
          `The cluster runs Redpanda Connect ${version}, and IAM logins to ${engine.product} require ${engine.connector.iamSince}.`,
          ["Ask Redpanda's support for an upgrade."],
        );
      }
      const state = cluster.state ?? "READY";
      return ["READY", "UPGRADING"].includes(state)
        ? ok(`${found.summary}. Redpanda Connect ${version || "of a version that is not told"}.`)
        : broken(`The cluster's state is ${state}.`, [
            "Redpanda Cloud > the cluster says why. Look again when it is ready.",
          ]);
    },
    absent: {
      404: ({ names }) =>
        broken(`There is no cluster ${names.redpanda_cluster_id}.`, [
          "`npx rpcn-aurora discover` lists those there are. Correct redpanda_cluster_id, or the service account.",
        ]),
    },
  });

/** The rules that `allow_egress_command` adds. */
const destinations = z.array(
  z.object({ cidr: z.string(), port_start: z.number(), port_end: z.number() }),
);

/** @see https://docs.redpanda.com/cloud-data-platform/networking/connect-egress-allowlist/ */
const egress: LiveCheck = check({
  id: "egress",
  hop: "network",
  title: "Redpanda's firewall lets pipelines reach the database",
  question: { get: clusterPath("<redpanda_cluster_id>"), plane: "control" },
  answer: clusterAnswer,
  judge: ({ cluster }, { names }) => {
    const text = / \+ (\[.*?\]) \| unique\)/.exec(String(names.allow_egress_command))?.[1];
    if (text === undefined) return unclear("allow_egress_command tells no rules to compare with.");
    const wanted = destinations.parse(JSON.parse(text));
    const rules = cluster.redpanda_connect?.allowed_destination_cidr_ports ?? [];
    const missing = wanted.filter(
      ({ cidr, port_start: port }) =>
        !rules.some(
          (rule) =>
            isWithin(cidr, [rule.cidr]) &&
            rule.port_start <= port &&
            port <= (rule.port_end || rule.port_start),
        ),
    );
    const shown = (some: typeof wanted) =>
      some.map(({ cidr, port_start: port }) => `${cidr} port ${port}`).join(", ");
    return missing.length === 0
      ? ok(`A rule allows ${shown(wanted)}.`)
      : broken(`No rule of the cluster allows ${shown(missing)}.`, [
          { shell: "<allow_egress_command>" },
        ]);
  },
});

/** @see https://github.com/redpanda-data/console, proto/redpanda/api/dataplane/v1/secret.proto */
const secret = (
  secretName: "sasl_password_secret" | "access_key_id_secret" | "secret_access_key_secret",
  named: Pick<LiveCheck, "id" | "title">,
): LiveCheck =>
  check({
    ...named,
    hop: "start",
    // Names and scopes: no value is in the answer.
    question: { get: `/v1/secrets?filter.name_contains=<${secretName}>`, plane: "data" },
    answer: z.object({
      secrets: z.array(z.object({ id: z.string(), scopes: z.array(z.string()).nullish() })),
    }),
    judge: ({ secrets }, { names }) => {
      const name = names[secretName];
      const found = secrets.find(({ id }) => id === name);
      if (!found) return broken(`There is no secret ${name}.`, [apply]);
      return found.scopes?.includes("SCOPE_REDPANDA_CONNECT")
        ? ok(`${name} is there, for Redpanda Connect.`)
        : broken(`${name} is there, and not for Redpanda Connect.`, [apply]);
    },
  });

/** @see https://github.com/redpanda-data/console, proto/redpanda/api/dataplane/v1/pipeline.proto */
const pipeline = (module: Omit<Module, "names">): LiveCheck =>
  check({
    id: "pipeline",
    hop: "start",
    title: "The pipeline runs",
    question: { get: "/v1/redpanda-connect/pipelines/<rpcn_pipeline_id>", plane: "data" },
    answer: z.object({
      pipeline: z.object({ state, status: z.object({ error: z.string().nullish() }).nullish() }),
    }),
    judge: ({ pipeline: { state, status } }, { names }) => {
      const error = status?.error ?? "";
      if (state === "RUNNING" && error === "") return ok("It is RUNNING.");
      if (state === "STARTING") return unclear("It is STARTING: look again in a minute.");
      const says = `It is ${state}${error ? `: ${error}` : ""}.`;
      const start = [
        "Its log says more. Once its cause is mended, start the pipeline in Redpanda Cloud > the cluster > Connect.",
      ];
      // What it says may be of a hop further on.
      const diagnosis = new Diagnosis();
      diagnosis.add({ message: error, level: "ERROR" });
      const { cause, failing } = reportOn(diagnosis, { ...module, names, topology: "byoc" });
      return cause
        ? broken(`${says} ${cause.why}`, cause.fix, cause.hop)
        : broken(says, start, failing?.hop);
    },
    absent: {
      404: ({ names }) =>
        broken(`There is no pipeline ${names.rpcn_pipeline_id}.`, [
          "It was deleted outside of Terraform, or the state is of another cluster:",
          apply,
        ]),
    },
  });

/** @see https://github.com/redpanda-data/console, proto/redpanda/api/dataplane/v1/user.proto */
const user: LiveCheck = check({
  id: "redpanda-user",
  hop: "write",
  title: "The Redpanda user of the pipeline is there",
  question: { get: "/v1/users?filter.name=<rp_sasl_user>", plane: "data" },
  answer: z.object({ users: z.array(z.object({ name: z.string() })) }),
  judge: ({ users }, { names }) =>
    users.some(({ name }) => name === names.rp_sasl_user)
      ? ok(`${names.rp_sasl_user} is there.`)
      : broken(`There is no user ${names.rp_sasl_user}.`, [apply]),
});

/** @see https://github.com/redpanda-data/console, proto/redpanda/api/dataplane/v1/topic.proto */
const topic: LiveCheck = check({
  id: "topic",
  hop: "write",
  title: "The topic for the rows is there",
  question: { get: "/v1/topics?filter.name_contains=<topics_beginning>", plane: "data" },
  answer: z.object({
    topics: z.array(z.object({ name: z.string(), partition_count: z.number() })),
    next_page_token: z.string().nullish(),
  }),
  judge: ({ topics, next_page_token: next }, { names }) => {
    const wanted = (names.cdc_output_topic ?? "").split(" ");
    const found = topics.filter(({ name }) => wanted.includes(name));
    const missing = wanted.filter((name) => !found.some((topic) => topic.name === name));
    if (missing.length === 0) {
      return ok(found.map((one) => `${one.name} has ${one.partition_count} partitions.`).join(" "));
    }
    return next
      ? unclear(`Not on the first page of the answer: ${missing.join(", ")}.`)
      : broken(`There is no topic ${missing.join(", ")}.`, [apply]);
  },
});

/** What there are rights on. */
interface Place {
  readonly query: string;
  readonly needs?: readonly string[];
  /** Such as the topic's name, in messages. */
  readonly said: (names: Names) => string;
  /** Which of the answer's are of it. @default - all */
  readonly covers?: (pattern: Pattern, names: Names) => boolean;
}

interface Pattern {
  readonly resource_name: string;
  readonly resource_pattern_type: string;
}

const topicNamed = (name: string): Place => ({
  // Patterns that match the name too, such as prefixes and `*`.
  query: `filter.resource_type=RESOURCE_TYPE_TOPIC&filter.resource_name=<${name}>&filter.resource_pattern_type=RESOURCE_PATTERN_TYPE_MATCH`,
  said: (names) => names[name] ?? "",
});

/**
 * Of rights on subjects the API looks for exact names alone, and is asked for all.
 * @see https://github.com/redpanda-data/console, backend/pkg/api/connect/service/acl/v1/mapper.go
 */
const subjects: Place = {
  query: "filter.resource_type=RESOURCE_TYPE_SUBJECT",
  needs: ["subject_prefix"],
  said: ({ subject_prefix }) => `subjects that begin with ${subject_prefix}`,
  covers: ({ resource_name: name, resource_pattern_type: type }, { subject_prefix = "" }) =>
    type === "RESOURCE_PATTERN_TYPE_PREFIXED" ? subject_prefix.startsWith(name) : name === "*",
};

const registry: Place = {
  query: "filter.resource_type=RESOURCE_TYPE_REGISTRY",
  said: () => "the registry",
};

/** @see https://github.com/redpanda-data/console, proto/redpanda/api/dataplane/v1/acl.proto */
const acls = (
  { query, needs = [], said, covers = () => true }: Place,
  needed: readonly string[],
  named: Pick<LiveCheck, "id" | "hop" | "title">,
): LiveCheck =>
  check({
    ...named,
    question: { get: `/v1/acls?${query}`, plane: "data" },
    needs: ["rp_sasl_user", ...needs],
    answer: z.object({
      resources: z.array(
        z.object({
          resource_name: z.string(),
          resource_pattern_type: z.string(),
          acls: z.array(
            z.object({
              principal: z.string(),
              operation: z.string(),
              permission_type: z.string(),
            }),
          ),
        }),
      ),
    }),
    judge: ({ resources }, { names }) => {
      const user = `User:${names.rp_sasl_user}`;
      const place = said(names);
      const own = resources
        .filter((resource) => covers(resource, names))
        .flatMap((resource) => resource.acls)
        .filter(({ principal }) => principal === user || principal === "User:*");
      const is = (type: string, operation: string) =>
        own.some(
          (acl) =>
            acl.permission_type === `PERMISSION_TYPE_${type}` &&
            [`OPERATION_${operation}`, "OPERATION_ALL"].includes(acl.operation),
        );
      const denied = needed.filter((operation) => is("DENY", operation));
      if (denied.length > 0) {
        return broken(`${user} is denied ${denied.join(" and ")} on ${place}.`, [
          "Remove the ACL that denies it, which weighs more than those that allow:",
          { shell: "rpk security acl list --deny-principal User:<rp_sasl_user>" },
        ]);
      }
      const lacking = needed.filter((operation) => !is("ALLOW", operation));
      return lacking.length > 0
        ? broken(`${user} lacks ${lacking.join(" and ")} on ${place}.`, [apply])
        : ok(`${user} has ${needed.join(" and ")} on ${place}.`);
    },
  });

/**
 * Everything that Redpanda Cloud is asked of a pipeline there.
 *
 * @param isUser Connect starts as a user with an access key
 * @param isPrivate the database has no public address
 * @param hasSchemas rows are Avro
 */
export function redpandaChecks(
  module: Pick<Module, "outputs"> & Required<Pick<Module, "engine">>,
  {
    isUser,
    isPrivate,
    hasSchemas,
  }: Readonly<Record<"isUser" | "isPrivate" | "hasSchemas", boolean>>,
): LiveCheck[] {
  const { engine } = module;
  return [
    cluster(engine),
    secret("sasl_password_secret", {
      id: "secret",
      title: "The secret with the pipeline's password is there, for pipelines to read",
    }),
    ...(isUser
      ? [
          secret("access_key_id_secret", {
            id: "access-key-id-secret",
            title: "The secret with the access key's id is there, for pipelines to read",
          }),
          secret("secret_access_key_secret", {
            id: "secret-access-key-secret",
            title: "The secret with the access key is there, for pipelines to read",
          }),
        ]
      : []),
    pipeline(module),
    ...(isPrivate ? [egress] : []),
    ...(engine.checkpointTopic
      ? [
          acls(topicNamed("checkpoint_topic"), ["READ", "WRITE", "DESCRIBE"], {
            id: "checkpoint-acls",
            hop: "position",
            title: "The pipeline's user may keep its position in a topic",
          }),
        ]
      : []),
    user,
    topic,
    // One stands for all: the ACLs of several are for the beginning of their names.
    acls(topicNamed("one_output_topic"), ["WRITE", "DESCRIBE"], {
      id: "topic-acls",
      hop: "write",
      title: "The pipeline's user may write to the topic",
    }),
    ...(hasSchemas
      ? [
          acls(subjects, ["READ", "WRITE"], {
            id: "subject-acls",
            hop: "write",
            title: "The pipeline's user may register the tables' schemas",
          }),
          acls(registry, ["DESCRIBE"], {
            id: "registry-acls",
            hop: "write",
            title: "The pipeline's user may look up what it has registered",
          }),
        ]
      : []),
  ];
}
