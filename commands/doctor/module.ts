import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Topology } from "../../choices";
import { engines } from "../../engines";
import type { Engine } from "../../engines/engine";
import { UsageError } from "../usage-error";
import { completed, type Names } from "./names";

/** What the doctor knows of the module whose pipeline it looks at. */
export interface Module {
  readonly names: Names;
  readonly topology?: Topology;
  readonly engine?: Engine;
  /** Names of its outputs, where a state tells them. */
  readonly outputs?: ReadonlySet<string>;
}

const attributes = z.record(z.string(), z.unknown());
const outputs = z.record(z.string(), z.object({ value: z.unknown() }));

/** `terraform show -json` */
const shown = z.object({
  format_version: z.string(),
  values: z
    .object({
      outputs: outputs.default({}),
      root_module: z
        .object({
          resources: z
            .array(
              z.object({
                address: z.string().optional(),
                mode: z.string(),
                type: z.string(),
                values: attributes,
              }),
            )
            .default([]),
        })
        .default({ resources: [] }),
    })
    .transform(({ outputs, root_module }) => ({ outputs, resources: root_module.resources })),
});

/** A state file of the local backend. */
const stateFile = z.object({
  version: z.literal(4),
  outputs: outputs.default({}),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string().optional(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          attributes: attributes.default({}),
        }),
      ),
    }),
  ),
});

interface State {
  readonly outputs: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resources: readonly {
    readonly address?: string | undefined;
    readonly mode: string;
    readonly type: string;
    readonly values: Record<string, unknown>;
  }[];
}

const state = z.union([
  shown.transform(({ values }): State => values),
  stateFile.transform(
    ({ outputs, resources }): State => ({
      outputs,
      resources: resources.flatMap(({ mode, type, name, instances }) =>
        instances.map(({ index_key, attributes }) => ({
          ...(name === undefined ? {} : { address: addressOf(`${type}.${name}`, index_key) }),
          mode,
          type,
          values: attributes,
        })),
      ),
    }),
  ),
  // `terraform output -json`
  outputs.transform((given): State => ({ outputs: given, resources: [] })),
]);

function addressOf(resource: string, index?: string | number): string {
  return index === undefined ? resource : `${resource}[${JSON.stringify(index)}]`;
}

/**
 * The module behind `--state`: a folder that holds a `terraform.tfstate`, or the one state that
 * `cdktf deploy` left there, such a file, or what
 * `terraform output -json` or `terraform show -json` prints, in a file or, as `-`, on standard
 * input.
 *
 * @param path @default - `terraform.tfstate` in the working directory, if it is there
 * @throws {UsageError} when there is no state at that place
 */
export function readModule(path?: string): Module {
  if (path === undefined) {
    return existsSync("terraform.tfstate") ? readModule("terraform.tfstate") : { names: {} };
  }
  const text = readState(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(noState(path));
  }
  const { success, data } = state.safeParse(json);
  if (!success || Object.keys(data.outputs).length === 0) throw new UsageError(noState(path));
  return moduleOf(data);
}

function readState(path: string): string {
  if (path === "-") return readFileSync(0, "utf8");
  try {
    if (!statSync(path).isDirectory()) return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(
      `--state is ${JSON.stringify(path)}, which cannot be read. ${howToGetOne}`,
    );
  }
  const file = join(path, "terraform.tfstate");
  if (existsSync(file)) return readFileSync(file, "utf8");
  // `cdktf deploy` leaves a state for each stack beside cdktf.json: commands/synth.ts.
  const [one, ...more] = readdirSync(path).filter((name) =>
    /^terraform[.].+[.]tfstate$/.test(name),
  );
  if (one && more.length === 0) return readFileSync(join(path, one), "utf8");
  const folder = `--state is the folder ${JSON.stringify(path)}, and it contains`;
  throw new UsageError(
    one
      ? `${folder} ${[one, ...more].join(" and ")}: give one of them, such as --state ${JSON.stringify(join(path, one))}.`
      : `${folder} no terraform.tfstate: nothing has been applied there, or the state is remote. ${howToGetOne}`,
  );
}

const howToGetOne =
  "Run `terraform show -json > state.json` in the module's folder, and give --state state.json.";

const noState = (path: string) =>
  `--state is ${JSON.stringify(path)}, which contains no Terraform state with outputs. ${howToGetOne}`;

/** Outputs by name, and the name they have elsewhere. */
const renamed: Readonly<Record<string, string>> = {
  aurora_endpoint: "db_cluster_endpoint",
  db_access_role_arn: "iam_db_auth_role_arn",
  rpconnect_app_role_arn: "trusted_principal_role_arn",
};

/** Attributes of the first resource of a type, and the names they have here. */
const attributesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_rds_cluster: {
    cluster_identifier: "db_cluster_identifier",
    cluster_resource_id: "aurora_instance_resource_id",
    endpoint: "db_cluster_endpoint",
    port: "db_port",
    database_name: "db_name",
    db_cluster_parameter_group_name: "db_parameter_group",
  },
  aws_rds_cluster_instance: { identifier: "db_instance_identifier" },
  aws_security_group: { id: "db_security_group_id" },
  /** In a security group that is there. */
  aws_vpc_security_group_ingress_rule: { security_group_id: "db_security_group_id" },
  redpanda_user: { name: "rp_sasl_user" },
  redpanda_pipeline: { id: "rpcn_pipeline_id" },
  redpanda_cluster: { id: "redpanda_cluster_id" },
};

/** Those that may be read and not made. */
const read = new Set(["aws_rds_cluster", "redpanda_cluster"]);

/** What secrets are for, by their addresses, where it is not the password: an access key is two. */
const secrets: readonly [address: string, name: string][] = [
  ["redpanda_secret.access_key_id", "access_key_id_secret"],
  ["redpanda_secret.secret_access_key", "secret_access_key_secret"],
];

/** Texts in which a name stands: the database user's ARN in a policy, settings in the pipeline. */
const mentions: readonly RegExp[] = [
  /arn:[\w-]+:rds-db:(?<region>[a-z0-9-]+):(?<db_account_id>\d{12}):dbuser:(?<aurora_instance_resource_id>[\w-]+)\/(?<iam_auth_user>\w+)/,
  /^aws rds describe-db-clusters .* --profile (?<aws_profile>[\w.@/+=:,][\w.@/+=:,-]*)$/,
  /^psql "host=\S+ port=\d+ user=(?<db_username>\w+) /,
  /^mysql .*--user=(?<db_username>\w+) /,
  /(?:sslrootcert=|--ssl-ca=)(?<ca_file>generated_[\w.-]+)/,
  /^ *role_external_id: *"(?<external_id>[\w+=,.@:/-]+)"/m,
  // The last one of the list.
  /^ *- role: *"?(?<login_role_arn>arn:[\w+=,.@:/-]+)"?\n(?!(?: *role_external_id: .*\n)? *- role:)/m,
  /^ *slot_name: *"?(?<slot_name>\w+)/m,
  /^ *schema: *"?(?<cdc_schema>\w+)/m,
  /^ *tables: *(?<cdc_tables>\[[^\]\n]*\])/m,
  /^ *checkpoint_key: *"?(?<checkpoint_key>[\w.-]+)/m,
  /^cache_resources:\n(?: .*\n)*? *topic: *"?(?<checkpoint_topic>[\w.-]+)/m,
  // Topics of tables are named by the record, and told by the output.
  /^output:\n(?: .*\n)*? *topic: *"?(?<cdc_output_topic>[\w.-]+)(?!\S*\$)/m,
  // Of rows in Avro alone.
  /^ *subject: *"?(?<subject_prefix>[\w.-]+)\$\{! /m,
];

/** An input of a pipeline: its schema, tables and replication slot. */
const input =
  /^ *schema: "(\w+)"\n *tables: (\[[^\] \n]*\])\n(?:(?! *schema:).*\n)*? *slot_name: "(\w+)"/gm;

/** The same of both engines, with its schema or database, as tables of several are told apart. */
const tablesOfInput =
  /^ *(?:schema: "(\w+)"|dsn: "[^"\n]*\)\/([^"?\n]+)\?[^"\n]*")\n *tables: (\[[^\]\n]*\])/gm;

/** Attributes that hold such texts. */
const texts = new Set(["policy", "config_yaml", "content"]);

function moduleOf({ outputs, resources }: State): Module {
  const names: Record<string, string> = {};
  const add = (name: string, value: unknown) => {
    if (typeof value === "string" && value !== "") names[name] ??= value;
  };

  for (const [name, { value }] of Object.entries(outputs)) add(renamed[name] ?? name, value);
  const managed = resources.filter(({ mode }) => mode === "managed");
  for (const { address, type, mode, values } of resources) {
    const isOurs = managed.some((one) => one.type === type);
    if (mode !== "managed" && (isOurs || !read.has(type))) continue;
    if (type === "redpanda_pipeline") add("pipeline_address", address);
    if (type === "redpanda_secret") {
      const name = secrets.find(([begins]) => address?.startsWith(begins))?.[1];
      add(name ?? "sasl_password_secret", values.name);
    }
    for (const [attribute, name] of Object.entries(attributesOf[type] ?? {})) {
      const value = values[attribute];
      // A port.
      add(name, typeof value === "number" ? String(value) : value);
    }
  }
  const said = [
    ...Object.values(outputs).map(({ value }) => value),
    ...managed.flatMap(({ values }) =>
      Object.entries(values).flatMap(([name, value]) => (texts.has(name) ? [value] : [])),
    ),
  ].filter((value) => typeof value === "string");
  for (const text of said) {
    // A line for each schema that is read.
    const inputs = [...text.matchAll(input)].map(([, schema, tables, slot]) =>
      [schema, slot, tables].join(" "),
    );
    add("inputs", inputs.join("\n"));
    const several = [...text.matchAll(tablesOfInput)].map(
      ([, schema, database, tables]) => `${schema ?? database}: ${tables}`,
    );
    if (several.length > 1) add("cdc_tables", several.join(", "));
    for (const pattern of mentions) {
      for (const [name, found] of Object.entries(pattern.exec(text)?.groups ?? {})) {
        add(name, found);
      }
    }
  }

  // Before the client may stand what gives it the password.
  const words = (names.db_setup_command ?? "").split(" ");
  const engine = engines.find(({ client }) => words.includes(client.program));
  // Until there is an access key there is no pipeline either.
  const isByoc = names.rpcn_pipeline_id ?? names.create_access_key_command;
  return {
    names: completed(names),
    topology: isByoc ? "byoc" : "ec2",
    ...(engine ? { engine } : {}),
    outputs: new Set(Object.keys(outputs)),
  };
}
