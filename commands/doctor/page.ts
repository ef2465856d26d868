import { engines } from "../../engines";
import { incompleteRows } from "../../engines/mysql-status";
import { chain, type Entry, engineOf, markers, type Step } from "./catalogue";
import { apply, rebootWriter } from "./catalogue/steps";
import { checks } from "./checks";
import { hops } from "./hops";
import { meaning } from "./names";

const topologies = {
  byoc: "In a BYOC cluster",
  private: "In a BYOC cluster, with `--network routed` or `peering`",
  static: "In a BYOC cluster, with `--credentials static`",
  ec2: "In a container of your own",
};

/** The catalogue as the page `docs/troubleshooting.md`, in the order of the chain. */
export function troubleshootingPage(): string {
  const sections = hops.map(({ id, failed }) => {
    const entries = chain.filter(({ hop }) => hop === id);
    return `## ${failed}\n\n${entries.map(article).join("\n")}`;
  });
  return `${introduction}
${silent}
${refused}
${sections.join("\n")}
${success}
${order}
${placeholders}`;
}

const introduction = `<!-- Generated from commands/doctor/catalogue/. Do not edit: change it there, and run \`npm run docs\`. -->
# From "nothing arrives" to the cause

Much has to work before a row arrives, and what Redpanda Connect logs is often a consequence and not the cause. \`rpcn-aurora doctor\` reads its log and names the one cause, with your names filled in:

\`\`\`sh
terraform show -json > state.json
rpk topic consume __redpanda.connect.logs --offset :end | npx rpcn-aurora doctor --state state.json
\`\`\`

This page has everything that the doctor knows, in the order in which things happen: fix from the top down. Run commands in the module's folder, and SQL as the master user. [Names in angle brackets](#names) are yours to fill in. Warnings matter as much as errors. If Connect runs in a container of your own, start the container again after a \`terraform apply\` that changes the pipeline.
`;

/** What no log tells. */
const silent = `## Rows arrive, and columns are null

MySQL: the binary log does not hold complete rows, because binlog_row_image is MINIMAL or NOBLOB. ${incompleteRows}. With NOBLOB, texts and blobs alone. \`doctor --live\` looks at the variable where \`MYSQL_PWD\` or a file has the master user's password; by hand:

${stepsOfPage([
  { sql: "SELECT @@global.binlog_row_image;" },
  "The module's parameter group says FULL; the writer must show in-sync, or be rebooted (a minute without the database):",
  apply,
  ...rebootWriter,
])}`;

/**
 * What no log of Redpanda Connect tells, but Terraform does.
 * @see https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/topic/resource_topic.go
 */
const refused = `## The apply ends: \`topic … does not allow deletion\`

Terraform would delete a topic with its rows, and Redpanda's provider refuses it: *allow_deletion is set to false*. The topic is as it was.

${stepsOfPage([
  "With --topics per-table, the table is in no list any more. To keep its topic, write it into retained_tables, with its schema or database, such as public.orders:",
  apply,
  "To delete the topic with its rows, let the table stay there, set topics_allow_deletion = true, and apply; then take it out, and apply again:",
  apply,
  "A `terraform destroy` needs an apply with topics_allow_deletion = true before it as well, and with --profile production the text of the output unlock_override.",
])}
<sub>Redpanda's provider says it · [source](https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/topic/resource_topic.go) · [more](topics.md#how-do-i-add-a-table-and-take-one-out)</sub>
`;

function article(entry: Entry): string {
  const { id, text, speaker, cause, fix, versions, source, vague, level } = entry;
  const engine = engineOf(entry);
  const notes = [
    `${speaker} says it`,
    ...(engine ? [engine.product] : []),
    `Connect: ${versions}`,
    ...(level ? [`logged at ${level}`] : []),
    ...(vague ? ["only where nothing else is found"] : []),
    `[source](${source})`,
  ];
  return `### ${id}: \`${text}\`

${prose(cause)}

${fixOf(fix)}
<sub>${notes.join(" · ")}</sub>
`;
}

function fixOf(fix: Entry["fix"]): string {
  const groups: [title: string, steps: readonly Step[]][] =
    "byoc" in fix
      ? [
          [topologies.byoc, fix.byoc],
          ...(["private", "static"] as const).flatMap((variant) => {
            const steps = fix[variant];
            return steps ? [[topologies[variant], steps] as [string, readonly Step[]]] : [];
          }),
          [topologies.ec2, fix.ec2],
        ]
      : [["", fix]];
  return groups
    .map(([title, steps]) => `${title ? `**${title}:**\n\n` : ""}${stepsOfPage(steps)}`)
    .join("\n");
}

/** Steps as paragraphs, and neighbours of one language in one block. */
function stepsOfPage(steps: readonly Step[]): string {
  const blocks: { language: string | undefined; lines: string[] }[] = [];
  for (const step of steps) {
    const { language, code } = codeOf(step);
    const line = language ? code : prose(code);
    const last = blocks.at(-1);
    if (language && last?.language === language) last.lines.push(line);
    else blocks.push({ language, lines: [line] });
  }
  return blocks
    .map(({ language, lines }) =>
      language ? `\`\`\`${language}\n${lines.join("\n")}\n\`\`\`\n` : `${lines.join("\n")}\n`,
    )
    .join("\n");
}

/** What a step is written in: nothing for a sentence. */
function codeOf(step: Step): { readonly language?: string; readonly code: string } {
  if (typeof step === "string") return { code: step };
  if ("shell" in step) return { language: "sh", code: step.shell };
  return "sql" in step
    ? { language: "sql", code: step.sql }
    : { language: "yaml", code: step.yaml };
}

/** Names would be taken for HTML outside of code. */
function prose(text: string): string {
  return text.replace(/`[^`]*`|<[a-z_]+>/g, (part) =>
    part.startsWith("`") ? part : `\`${part}\``,
  );
}

const success = `## What says that it works

| text | level | says |
|---|---|---|
${markers
  .map(({ text, level, proves }) => {
    const last = hops.find(({ id }) => id === proves.at(-1));
    return `| \`${text}\` | ${level} | ${last?.label} |`;
  })
  .join("\n")}

Only what says *rows read* is proof of that: publications are created, and inputs become active, before the slot is created or the binary log is read. Set \`log_level = "DEBUG"\` to see all of them.
`;

const order = `## What to look at where the log does not say

In this order; \`npx rpcn-aurora doctor --live --state .\` [does it by itself](commands.md#where-there-is-no-log). Here for ${engines[0].product} in a BYOC cluster; the doctor prints it for yours.

${checks("byoc", engines[0])
  .map(({ title, steps }, index) => `### ${index + 1}. ${title}\n\n${stepsOfPage(steps)}`)
  .join("\n")}`;

const placeholders = `## Names

| name | what it is |
|---|---|
${Object.entries(meaning)
  .map(([name, what]) => `| \`<${name}>\` | ${what} |`)
  .join("\n")}

Outputs are shown by \`terraform output -raw <name>\`, and a command such as \`<db_setup_command>\` is run by \`eval "$(terraform output -raw db_setup_command)"\`.
`;
