import { engines } from "../../engines";
import type { Flags } from "../flags";
import { variablesOf } from "../fleet/variables";
import { isOnPath, quoted, type SynthesizedModule } from "../synth";

interface Written {
  readonly flags: Flags;
  readonly module: SynthesizedModule;
  readonly folder: string;
  /** The file with the values. */
  readonly path: string;
  /** Variables that are still to be filled in. */
  readonly open: readonly string[];
}

/** What remains to be done, in order, as text for a person: it follows from the module that its flags make. */
export function nextSteps({ flags, module, folder, path, open }: Written): string {
  const declared = variablesOf(module.json);
  const outputs = Object.keys((module.json.output ?? {}) as object);
  const terraform = `terraform -chdir=${quoted(folder)}`;
  const apply = `${terraform} apply -var-file="$PWD/${path}"`;
  const output = (name: string) =>
    outputs.includes(name) ? [`  ${terraform} output -raw ${name}`] : [];
  const steps = (title: string, names: readonly string[]) => {
    const lines = names.flatMap(output);
    return lines.length > 0 ? [[title, ...lines]] : [];
  };
  const secrets = Object.entries(declared)
    .filter(
      ([, { sensitive, ...variable }]) =>
        sensitive && (!("default" in variable) || variable.default === null),
    )
    .map(([name]) => name)
    .filter((name) => !/access_key/.test(name));
  const hasRedpanda = "redpanda_cluster_id" in declared;
  const client = engines.find(({ flag }) => flag === flags.engine)?.client.program ?? "";
  const programs = [
    "terraform",
    "aws",
    ...(flags.database === "data-api" ? [] : [client]),
    ...(outputs.includes("consume_command") ? ["rpk"] : []),
  ];
  const missing = programs.filter((program) => !isOnPath(program));

  const all: string[][] = [
    ...(open.length > 0 ? [[`Fill in ${path}: ${open.join(", ")}.`]] : []),
    ...(missing.length > 0 ? [[`Install what is not on the PATH: ${missing.join(", ")}.`]] : []),
    [
      "Set the secrets, in each shell that plans or applies:",
      ...secrets.map((name) => `  export TF_VAR_${name}='…'`),
      ...(hasRedpanda ? ["  export REDPANDA_CLIENT_ID='…' REDPANDA_CLIENT_SECRET='…'"] : []),
    ],
    ["Apply:", `  ${terraform} init && ${apply}`],
    ...(flags.credentials === "static"
      ? [
          [
            `Make the access key, set access_key_version = 1 in ${path}, and apply a second time:`,
            ...output("create_access_key_command"),
            "  export TF_VAR_access_key_id='…' TF_VAR_secret_access_key='…'",
            `  ${apply}`,
          ],
        ]
      : []),
    ...(flags.credentials === "role"
      ? steps(
          "Attach the policy, with the credentials of Redpanda's account:",
          flags.grant === "attach" ? [] : ["attach_policy_command"],
        )
      : []),
    ...steps(
      "Prepare the database:",
      flags.database === "sql" || flags.database === "provider" ? ["db_setup_command"] : [],
    ),
    ...(flags.database === "provider"
      ? [[`Set cdc_tables_ready = true in ${path}, and apply a second time:`, `  ${apply}`]]
      : []),
    ...steps("Start Redpanda Connect, by what this prints:", ["docker_run_command"]),
    ...steps("Wait until the first row arrives:", ["first_row_command"]),
  ];
  return `Next:\n${all
    .map(([title = "", ...lines], at) => `${at + 1}. ${[title, ...lines].join("\n   ")}\n`)
    .join("")}`;
}
