import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseChoices } from "../../choices";
import { engines } from "../../engines";
import { templates } from "../../templates";
import { client } from "./server";

type Template = `${"postgres" | "mysql"}/${"cdc_setup" | "cdc_cleanup" | "insert"}`;
type Lists = Readonly<Record<string, readonly string[]>>;
type Values = Readonly<Record<string, string | number | boolean | readonly string[] | Lists>>;

/** Terraform takes half a second for each. */
const known = new Map<string, Promise<string>>();

/** A SQL template as Terraform itself renders it: for the Data API, a script. */
export function render(
  template: Template,
  values: Values,
  choices: Partial<DatabaseChoices> = {},
): Promise<string> {
  const key = JSON.stringify([template, values, choices]);
  const text = known.get(key) ?? terraformRender(template, values, choices);
  known.set(key, text);
  return text;
}

async function terraformRender(
  template: Template,
  values: Values,
  choices: Partial<DatabaseChoices>,
): Promise<string> {
  const [flag, name] = template.split("/");
  const engine = engines.find((one) => one.flag === flag);
  if (!engine) throw new Error(`no engine ${flag}`);
  const file = `${name}.${choices.database === "data-api" ? "sh" : "sql"}.tftpl`;
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  // Without a module the console needs no init; but it locks the state of the folder it runs in.
  const cwd = mkdtempSync(join(tmpdir(), "render-"));
  try {
    writeFileSync(
      join(cwd, file),
      templates(engine, { destination: "cloud", aurora: "new", database: "sql", ...choices })[
        file
      ] ?? "",
    );
    const { code, stdout, stderr } = await client("terraform", ["console"], {
      cwd,
      env: { ...env, CHECKPOINT_DISABLE: "1", TF_INPUT: "0" },
      // Encoded, because the console would print the text as a literal with escapes of its own.
      input: `base64encode(templatefile("${file}", ${JSON.stringify(asLocals(values))}))\n`,
    });
    if (code !== 0) throw new Error(stderr);
    return Buffer.from(JSON.parse(stdout), "base64").toString();
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** What the module's locals make of its variables: of `tables`, or of a map of several lists. */
function asLocals({ tables = [], schema = "public", ...values }: Values): Values {
  const { slot_name, db_name = "demo_db" } = values;
  const listed = { [`${schema}`]: tables } as Lists;
  const { tables_by_schema = listed, tables_by_database } = values;
  const slots = Object.keys(tables_by_schema).map((name) => [
    name,
    name === schema ? `${slot_name}` : `${slot_name}_${name}`,
  ]);
  return {
    db_name,
    tables_by_schema,
    tables_by_database: { [`${db_name}`]: tables } as Lists,
    several: "tables_by_schema" in values || tables_by_database !== undefined,
    slots: Object.fromEntries(slots),
    key_columns_by_table: {},
    ...values,
  };
}
