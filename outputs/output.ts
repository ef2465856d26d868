import { Lazy, TerraformOutput } from "cdktf";
import { asExpression, layout } from "cdktf-hcl";
import type { Construct } from "constructs";
import type { Engine } from "../engines/engine";

/** Outputs by name: the value, what it is, and what must hold, or the plan stops. */
export type Outputs = Record<
  string,
  readonly [value: string, description: string, preconditions?: readonly TerraformCondition[]]
>;

interface TerraformCondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** Ends a command of the AWS CLI that is for the database's account. */
export const profileOption = '${var.aws_profile == null ? "" : " --profile ${var.aws_profile}"}';

/** Declares `outputs` under one section banner, in their order. */
export function declareOutputs(scope: Construct, section: string, outputs: Outputs): void {
  for (const [name, [value, description, preconditions]] of Object.entries(outputs)) {
    const output = new TerraformOutput(scope, `output.${name}`, { value, description });
    // CDKTF's own takes one.
    if (preconditions) output.addOverride("precondition", preconditions.map(asBlock));
    layout(output, { section });
  }
}

const asBlock = ({ condition, errorMessage }: TerraformCondition) => ({
  condition,
  error_message: errorMessage,
});

/**
 * A command where `condition`, an expression, is true, and else what to do first: text that is no
 * command. Not written as `%{ if }`: Checkov and others that read HCL stop at quotes in there.
 * @param command text with Terraform interpolations, or what this function returns
 */
export function commandIf(condition: string, command: string, instead: string): string {
  return within(command, (quoted) => {
    const isText = quoted.startsWith('"');
    return `\${${condition} ? ${isText ? quoted : `(${quoted})`} : "# ${instead}"}`;
  });
}

/**
 * What a file holds, where none is written.
 * @param content text with Terraform interpolations
 * @param otherwise expression of what is instead where one is
 */
export function unlessWritten(content: string, otherwise: string): string {
  return within(content, (quoted) => `\${var.write_files ? ${otherwise} : ${quoted}}`);
}

/**
 * Begins a command that has a file's content in it: the outputs of a module that another one calls are none
 * of `terraform output`.
 */
export function spelledOut(name: string, content: string): string {
  return within(
    content,
    (quoted) =>
      `\${var.write_files ? "" : "printf '%s' '\${replace(${quoted}, "'", "'\\\\''")}' >\\"$d\\"/${name} && "}`,
  );
}

/** What an apply hands to a command of its own, unless that finds the file. */
export function handedOver(
  { areBesideModule }: Pick<Files, "areBesideModule">,
  content: string,
): string {
  return areBesideModule ? unlessWritten(content, "null") : content;
}

/**
 * That a text which no file holds can be handed to a command of an apply: one string of its environment has
 * 131,072 bytes at most in Linux, with its name.
 * @param what it is, in words
 * @see https://man7.org/linux/man-pages/man2/execve.2.html MAX_ARG_STRLEN
 */
export function fitsEnvironment(
  { areBesideModule }: Pick<Files, "areBesideModule">,
  what: string,
  text: string,
) {
  if (!areBesideModule) {
    return {
      condition: within(text, (quoted) => `\${length(${quoted}) <= 120000}`),
      errorMessage: `${what} has more than 120000 characters, which the apply of a module that another one calls cannot take.`,
    };
  }
  return {
    condition: within(text, (quoted) => `\${var.write_files ? true : length(${quoted}) <= 120000}`),
    errorMessage: `write_files is false, and ${what} has more than 120000 characters, which an apply can take from a file alone. Set write_files = true.`,
  };
}

/** An expression that has the one of a text with Terraform interpolations in it. */
function within(text: string, around: (quoted: string) => string): string {
  return Lazy.stringValue({
    produce: (context) => {
      // Within another one, CDKTF would leave out the braces that tell interpolations from text.
      context.suppressBraces = false;
      return around(asExpression(context.resolve(text)));
    },
  });
}

/** How commands come by files: texts with Terraform interpolations. */
export interface Files {
  /** How the path of a file begins, seen from where commands run. */
  readonly prefix: string;
  /** Begins a command that reads files. */
  readonly begin: string;
  /** Ends it. */
  readonly end: string;
  /** The folder in which an apply writes them, such as `path.module`: a Terraform expression. */
  readonly folder: string;
  /** Whether a command of the apply itself, which runs in the module's folder, finds them there. */
  readonly areBesideModule: boolean;
}

/** Where a command makes the files itself that it reads: in a folder that it deletes again. */
export const ownFolder = {
  prefix: '"$d"/',
  begin: "(d=$(mktemp -d) && trap 'rm -r \"$d\"' EXIT && ",
  end: ")",
};

/** A file that a command reads. */
export interface Read {
  /** Shell command that first makes it, where no apply writes it: begins the command. */
  readonly fetch: string;
}

/** A command that reads files. */
export function reading(
  { begin, end }: Pick<Files, "begin" | "end">,
  files: readonly Read[],
  command: string,
): string {
  return `${begin}${files.map(({ fetch }) => fetch).join("")}${command}${end}`;
}

/** Shell command of the client, connected as the master user, and the files that it reads. */
export interface Client {
  readonly command: string;
  readonly reads: readonly Read[];
}

/**
 * The command that shows the rows of a topic, decoded by the registry that rpk's profile names.
 * @param topic name of the topic: text with Terraform interpolations
 * @see https://docs.redpanda.com/current/reference/rpk/rpk-topic/rpk-topic-consume/
 */
export function consumeCommand(topic: string, format: "json" | "avro" = "json"): string {
  const decoded = format === "avro" ? " --use-schema-registry=value" : "";
  return `rpk topic consume ${topic} --offset start${decoded}`;
}

/**
 * The command that inserts a row into the demo table and waits until it is on the topic.
 * @param topic name of the topic: text with Terraform interpolations
 */
export function firstRowCommand(topic: string, { engine, database, files }: FirstRow): string {
  const { command, reads } = database.preparation.client;
  const { tables } = database;
  const { demo } = tables;
  const firstRow = [
    "sh first_row.sh",
    topic,
    ...engine.firstRowArguments(`${demo}[0]`, tables),
    command,
  ].join(" ");
  return commandIf(
    `length(${demo}) > 0`,
    reads.length > 0 ? reading(files, reads, firstRow) : firstRow,
    "iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command",
  );
}

/** What inserts a row, and where. */
interface FirstRow {
  readonly engine: Engine;
  readonly database: {
    /** Where the demo table is, and the slots: Terraform expressions. */
    readonly tables: { readonly demo: string; readonly slots?: string };
    readonly preparation: { readonly client: Client };
  };
  readonly files: Files;
}

/**
 * The command that adds rules to the private destinations that the Redpanda cluster's pipelines may
 * reach. The API takes the list as a whole, 16 rules at most, and an empty body for an empty list: the
 * second call is made only where the first one has told the list.
 * @param rules expression, a list of objects with `cidr`, `port_start` and `port_end`
 * @see https://docs.redpanda.com/cloud-data-platform/networking/connect-egress-allowlist/
 * @see https://docs.redpanda.com/api/doc/cloud-controlplane/operation/operation-clusterservice_updatecluster
 * @see https://github.com/redpanda-data/skills (cloud-byoc, "Updating a Cluster": update_mask is required)
 */
export function allowEgressCommand(rules: string): string {
  const curl = 'curl -sS -H "Authorization: Bearer $(rpk cloud auth token)"';
  const cluster = "https://api.redpanda.com/v1/clusters/${var.redpanda_cluster_id}";
  const list = "redpanda_connect.allowed_destination_cidr_ports";
  const added = `{redpanda_connect: {allowed_destination_cidr_ports: ((.cluster.${list} // []) + \${jsonencode(${rules})} | unique)}}`;
  return `${curl} -f ${cluster} | jq -c 'select(.cluster) | ${added}' | { read -r rules && ${curl} --fail-with-body -X PATCH -H 'Content-Type: application/json' --data "$rules" '${cluster}?update_mask=${list}'; }`;
}
