import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Outputs } from "../outputs/output";
import { expression } from "../templates/expression";
import { topicNamePattern } from "../variables/topics";
import type { StreamedTables } from "./streamed-tables";

export interface TopicNamesProps {
  readonly streamed: Pick<StreamedTables, "tables" | "schemaOfRecord" | "demo">;
  /** What `<prefix>` stands for: a Terraform expression. */
  readonly prefix: string;
  /** Names that no table's topic may have: texts with Terraform interpolations. */
  readonly taken: readonly string[];
  /** Variables whose keys are tables, each with its further tables: Terraform expressions. @default - none */
  readonly byTable?: { readonly variables: readonly string[]; readonly beside: string };
}

/** What the topic of each table is called, where each has its own. */
export class TopicNames extends Construct {
  /** The topic of each record, for Redpanda Connect, which takes the table from the record. */
  readonly ofRecord: string;
  /** With what all of them begin. */
  readonly beginning: string;
  /** Topics by table, `<schema>.<table>`: the name of a local, a map. */
  readonly byTable: string;
  /** All of them, as arguments of a command. */
  readonly listed: string;
  /** The topic of the demo table, where it is streamed. */
  readonly demo: string;
  readonly outputs: Outputs;

  constructor(scope: Construct, id: string, props: TopicNamesProps) {
    super(scope, id);
    const { streamed, prefix } = props;
    new TerraformLocal(
      this,
      "local.topic_pattern",
      expression(`replace(var.topic_name_pattern, "<prefix>", ${prefix})`),
    );
    const names = new TerraformLocal(
      this,
      "local.output_topics",
      expression(
        `merge([for schema, tables in ${streamed.tables} : { for table in tables : "\${schema}.\${table}" => ${this.of("schema", "table")} }]...)`,
      ),
    );
    layout(names, { comment: "Each table's topic, by <schema>.<table>." });
    this.byTable = "local.output_topics";
    this.ofRecord = expression(this.of(streamed.schemaOfRecord, '"$${! @table }"'));
    this.beginning = expression('split("<", local.topic_pattern)[0]');
    this.listed = expression('join(" ", values(local.output_topics))');
    this.demo = expression(this.of(`${streamed.demo}[0]`, '"iamuser_test"'));
    this.outputs = {
      cdc_output_topic: [this.listed, "Topics that receive the rows, one for each table."],
      cdc_output_topics: [
        expression("local.output_topics"),
        "Topic of each table, by <schema>.<table> (in MySQL <database>.<table>).",
        conditions(props),
      ],
    };
  }

  /** The topic of a table: an expression, of two expressions. */
  of(schema: string, table: string): string {
    return `replace(replace(local.topic_pattern, "<schema>", ${schema}), "<table>", ${table})`;
  }
}

/** What a variable alone cannot tell. */
function conditions({ taken, byTable }: TopicNamesProps) {
  const all = byTable ? byTable.beside : "local.output_topics";
  const unfit = `[for table, topic in ${all} : "\${table}: \${topic}" if !can(regex("${topicNamePattern}", topic))]`;
  const twice = `[for table, topic in ${all} : "\${table}: \${topic}" if length([for other in values(${all}) : other if other == topic]) > 1]`;
  const lost = `[for table, topic in ${all} : "\${table}: \${topic}" if contains([${taken.map((name) => `"${name}"`).join(", ")}], topic)]`;
  const unknown = (variable: string) => `setsubtract(keys(var.${variable}), keys(${all}))`;
  return [
    {
      condition: expression(`length(${unfit}) == 0`),
      errorMessage: `No topic can be called so: \${join(", ", ${unfit})}. A name has 1 to 249 letters, digits, dots, underscores and hyphens. Shorten topic_name_pattern, or take the table out of cdc_tables.`,
    },
    {
      condition: expression(`length(${twice}) == 0`),
      errorMessage: `Two tables would have one topic: \${join(", ", ${twice})}. Put a separator, or <schema>, into topic_name_pattern.`,
    },
    ...(taken.length > 0
      ? [
          {
            condition: expression(`length(${lost}) == 0`),
            errorMessage: `The pipeline keeps its position in this topic: \${join(", ", ${lost})}. Choose another topic_name_pattern.`,
          },
        ]
      : []),
    ...(byTable?.variables ?? []).map((variable) => ({
      condition: expression(`length(${unknown(variable)}) == 0`),
      errorMessage: `${variable} names tables that have no topic: \${join(", ", ${unknown(variable)})}. There are \${join(", ", keys(${all}))}.`,
    })),
  ];
}
