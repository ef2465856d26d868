import { parse } from "yaml";
import { secrets } from "../../pages/secrets";
import { connectProgram, FIRST_BUILD_MS, lint, whyNoConnect } from "../connect/connect";
import { covering } from "../covering";
import { everyModule, type Module, moduleNamed } from "../every-module";
import { readyCluster, where } from "../existing-aurora";
import { caFile } from "../module-workspace";
import { subnets } from "../modules";
import { redpandasNetwork } from "../redpandas-network";
import { accountOf } from "../standin/answers/aws";
import { describeUnless, describeWithTerraform, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { type Declaration, declarations } from "../variables/declarations";
import { refusals } from "../variables/trials";
import { payloads } from "./payloads";
import { Programs } from "./programs";
import {
  arriving,
  besideTrialOf,
  fittingFor,
  harmlessFor,
  hostile,
  inNamespaces,
  lastText,
  leftOut,
  namespaceOf,
} from "./values";

/** Every module with at most one flag that is not as usual: together they have all commands. */
const simplest = everyModule.filter(({ distance }) => distance < 2);

/** With those that alone have a variable: together they have all variables. */
const modules = [
  ...simplest,
  ...covering(
    everyModule.filter(({ distance }) => distance === 2),
    (module) => textsOf(module).map(kind),
  ).filter((module) => {
    const known = new Set(simplest.flatMap(textsOf).map(kind));
    return textsOf(module).some((text) => !known.has(kind(text)));
  }),
];

/** Each line that reads a value, or hands it on, and each template: what `simplest` has of them. */
const readers = new Set(simplest.flatMap(readersOf));

/** Those in which all of that stands. */
const applied = process.env.LONG
  ? simplest
  : covering(everyModule, (module) => readersOf(module).filter((reader) => readers.has(reader)));

/** Those that are there. */
const clusters = where(readyCluster.postgres, readyCluster.mysql);

/** What the stand-in would make of a hash of the values. */
const fixed = {
  aws_rds_cluster: {
    endpoint: "db.example.com",
    reader_endpoint: "ro.example.com",
    cluster_resource_id: "cluster-U7CPSIZSCX2MPYNHKRETJG0HGE",
  },
  redpanda_pipeline: { id: "pipeline" },
  "ephemeral.aws_secretsmanager_secret_version": {
    secret_string: JSON.stringify({ username: "zq_master", password: "zq-password" }),
  },
};

function readersOf({ files }: Module): string[] {
  return Object.entries(files).flatMap(([name, text]) =>
    name.endsWith(".tf")
      ? text
          .split("\n")
          .filter((line) => /\b(?:var|local)[.]/.test(line))
          .map((line) => line.trim())
      : text,
  );
}

/** A string or a list of strings, whatever a later version adds. */
interface Text {
  readonly module: Module;
  readonly variable: Declaration;
}

const texts = modules.flatMap(textsOf);

function textsOf(module: Module): Text[] {
  return declarations(module.files["variables.tf"] as string)
    .filter(({ type }) => /string/.test(type))
    .map((variable) => ({ module, variable }));
}

/** The same for variables that take the same values: name and conditions. */
function kind({ variable: { name, validations } }: Text): string {
  return name + validations.map(({ text }) => text.replace(/^ +error_message .*$/m, "")).join("");
}

/** The first of each kind. */
const kinds = new Map(texts.toReversed().map((text) => [kind(text), text]));

/** The payloads that no validation refuses, by kind of variable. */
const passed = new Map<string, string[]>([...kinds.keys()].map((key) => [key, []]));

let tried: Promise<void> | undefined;

/** Tries each payload in each variable, once. */
function allTried(): Promise<void> {
  tried ??= tryAll();
  return tried;
}

async function tryAll(): Promise<void> {
  const trials = [...kinds].flatMap(
    ([
      key,
      {
        module,
        variable: { name },
      },
    ]) => {
      const harmless = harmlessFor(module.stack)[name];
      const beside = besideTrialOf(name, module.stack);
      return payloads.map((payload) => ({
        key,
        payload,
        module,
        variable: name,
        value: hostile(name, harmless, payload),
        beside,
      }));
    },
  );
  const refused = await refusals(trials);
  for (const [nth, { key, payload }] of trials.entries()) {
    if (refused[nth]?.length === 0) passed.get(key)?.push(payload);
  }
}

/** The pipelines of applies so far, by module and values. */
const pipelines = new Map<string, string>();

const applyOf = (module: Module, values: Record<string, unknown>) =>
  JSON.stringify([module.name, values]);

/** As a state has it. */
interface Resource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Record<string, unknown> }[];
}

/** What an apply gives to people and programs, each as its reader reads it. */
async function artifacts(
  module: Module,
  values: Record<string, unknown>,
): Promise<{ files: Record<string, unknown> }> {
  using programs = new Programs();
  const has = (name: string) => module.files["variables.tf"]?.includes(`variable "${name}" {`);
  await using workspace = await Workspace.create({
    files: { ...module.files, ...caFile, "values.auto.tfvars.json": JSON.stringify(values) },
    variables: {
      ...fittingFor(module.stack),
      // Of a cluster that is there, one of the two gives the password.
      ...(has("cluster_identifier") && has("master_secret_arn")
        ? { db_password: null, db_master_password: null }
        : {}),
    },
    answers: { ...subnets, ...redpandasNetwork, ...clusters, ...fixed },
    env: programs.environment,
  });
  expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
  const applying = programs.calls();
  pipelines.set(applyOf(module, values), workspace.read("generated_pipeline.yaml"));

  const generated = workspace.files().filter((name) => name.startsWith("generated_"));
  const { resources }: { resources: Resource[] } = JSON.parse(workspace.read("terraform.tfstate"));
  const outputs = Object.entries(await workspace.output()).map(([name, value]) => [
    name,
    name.endsWith("_command") ? programs.paste(String(value), workspace.dir) : value,
  ]);
  const everything = {
    applying,
    files: Object.fromEntries(generated.map((name) => [name, read(name, workspace.read(name))])),
    policies: resources.flatMap(({ mode, type, name, instances }) =>
      instances
        .flatMap(({ attributes: { policy, assume_role_policy: trust } }) => [policy, trust])
        .filter((text) => typeof text === "string")
        .map((text) => ({ address: `${mode} ${type}.${name}`, policy: JSON.parse(text) })),
    ),
    outputs: Object.fromEntries(outputs),
    // Last, because a command that is more than it looks would have made some.
    names: workspace.files(),
  };
  return JSON.parse(JSON.stringify(everything).replaceAll(workspace.dir, "."));
}

function read(name: string, text: string): unknown {
  if (name.endsWith(".yaml")) return parse(text);
  return name.endsWith(".json") ? JSON.parse(text) : text;
}

/** The values of a module that hold all that passed, and what stands where in their place as a rule. */
function hostileValues(module: Module) {
  const harmless = harmlessFor(module.stack);
  const own = textsOf(module).filter(
    ({ variable: { name, sensitive } }) =>
      !sensitive &&
      !(name in leftOut) &&
      // A name that no topic can have is refused where each table has one.
      !(module.flags.includes("--topics per-table") && name.startsWith("cdc_tables")),
  );
  const attacked = own.flatMap((text): [name: string, value: unknown][] => {
    const { name } = text.variable;
    const through = passed.get(kind(text)) ?? [];
    return through.length > 0 ? [[name, hostile(name, harmless[name], through.join(""))]] : [];
  });
  // Another profile leads to another account, which other values name.
  const accounts = attacked
    .filter(([name]) => name.endsWith("profile"))
    .map(([name, value]) =>
      pair(accountOf({ profile: String(harmless[name]) }), accountOf({ profile: String(value) })),
    );
  const hostileOnes = attacked.map(([name, value]) => [name, replaced(value, accounts)] as const);
  return {
    values: {
      ...Object.fromEntries(
        own.map(({ variable: { name } }) => [name, replaced(harmless[name], accounts)]),
      ),
      ...Object.fromEntries(hostileOnes),
    },
    pairs: [
      ...hostileOnes.map(([name, value]) =>
        pair(arriving(name, harmless[name]), arriving(name, value)),
      ),
      ...hostileOnes
        .filter(([name]) => inNamespaces.includes(name))
        .map(([name, value]) => pair(namespaceOf(harmless[name]), namespaceOf(value))),
      ...accounts,
    ],
  };
}

type Pair = [harmless: string, hostile: string];

const pair = (...values: [unknown, unknown]) => values.map(lastText) as Pair;

/** `tree` with each text in it as if the harmless values had been the hostile ones. */
function replaced(tree: unknown, pairs: Pair[]): unknown {
  if (typeof tree === "string") {
    return pairs.reduce((text, [from, to]) => text.replaceAll(from, () => to), tree);
  }
  if (Array.isArray(tree)) return tree.map((item) => replaced(item, pairs));
  if (tree === null || typeof tree !== "object") return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, replaced(value, pairs)]),
  );
}

describeWithTerraform("What would be read as more than text", () => {
  beforeAll(allTried, 600_000);

  test("is tried in the variables of all modules: the others have no others", () => {
    const known = new Set(texts.map(kind));
    const others = everyModule
      .flatMap(textsOf)
      .filter((text) => !known.has(kind(text)))
      .map(({ module, variable }) => `${variable.name} of ${module.name}`);
    expect(others).toEqual([]);
  });

  test("is refused by all variables but these, for whom all of it is text, or some", () => {
    const names = [...kinds]
      .filter(([key]) => passed.get(key)?.length)
      .map(([, { variable }]) => `${variable.name}${variable.sensitive ? " (secret)" : ""}`);
    expect([...new Set(names)].sort()).toEqual([
      "alarm_topic_arns",
      "app_aws_profile",
      "aws_profile",
      "cdc_key_columns",
      "cdc_key_columns_by_table",
      "cdc_tables",
      "cdc_tables_by_database",
      "checkpoint_key",
      "db_master_password (secret)",
      "db_password (secret)",
      "external_id",
      "master_secret_arn",
      "rds_ca_pem",
      "redpanda_aws_profile",
      "redpanda_topic",
      "rp_sasl_password (secret)",
      "rp_sasl_user",
      "topic_name",
      "topic_name_pattern",
      "trusted_principal_arn",
      "unchanged_toast_value",
    ]);
  });

  test.each(applied.map((module) => [module.name, module] as const))(
    "arrives as text wherever %s uses it",
    async (_name, module) => {
      const { values, pairs } = hostileValues(module);
      const harmless = await artifacts(module, {});
      expect(await artifacts(module, values)).toEqual(replaced(harmless, pairs));

      // Text in SQL is compared as it stands: so nothing may be in it that ends a name or a quote.
      const sql = Object.entries(harmless.files).filter(([name]) => name.endsWith(".sql"));
      const inSql = pairs.filter(([from]) => sql.some(([, text]) => String(text).includes(from)));
      expect(inSql.filter(([, to]) => !/^[\w$]+$/.test(to))).toEqual([]);
    },
  );

  // An access key's own letters let nothing through.
  const everyPassword = [...kinds].filter(([, { variable }]) => /_password$/.test(variable.name));
  // Each in one of the modules that have it; in all kinds of them in `npm run test:long`.
  const passwords = process.env.LONG
    ? everyPassword
    : [...new Map(everyPassword.toReversed().map((one) => [one[1].variable.name, one])).values()];
  test.each(
    passwords.map(([key, text]) => [text.variable.name, text.module.name, key, text] as const),
  )(
    "in %s of %s reaches these write-only arguments as it is, and nothing else",
    async (name, _module, key, { module }) => {
      await using workspace = await Workspace.create({
        // Where Terraform itself connects, its variable names one.
        files: { ...module.files, ...caFile },
        // Of a cluster that is there, one of the two gives the password.
        variables: { ...fittingFor(module.stack), master_secret_arn: null },
        answers: { ...subnets, ...redpandasNetwork, ...clusters },
      });
      const values = passwordsOf(module, key, name);
      expect(values.length).toBeGreaterThan(2);
      for (const value of values) {
        workspace.calls.length = 0;
        expect((await workspace.plan({ vars: { [name]: value } })).code).toBe(0);
        // Terraform itself composes letters and their accents.
        const arrived = value.normalize("NFC");
        const found = workspace.calls
          .filter(({ method }) => method === "PlanResourceChange")
          .flatMap(({ type, config }) =>
            Object.entries(config ?? {})
              .filter(([, given]) =>
                JSON.stringify(given).includes(JSON.stringify(arrived).slice(1, -1)),
              )
              .map(([argument, given]) => [`${type}.${argument}`, given]),
          );
        // To the master user's password in RDS only where the module makes the cluster.
        const isOurs = module.flags.includes("--aurora new") || !name.startsWith("db_");
        const always = isOurs
          ? (secrets[name]?.filter(({ only }) => only === undefined) ?? [])
          : [];
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(always.map(({ place }) => [place, arrived])),
        );
      }
    },
  );
});

/** Passwords in which together there is all that passed, each as long as it may be. */
function passwordsOf(module: Module, key: string, name: string): string[] {
  const harmless = String(harmlessFor(module.stack)[name]);
  // Of MySQL's master user, and of a SASL user.
  const longest = name.startsWith("db_") ? 41 : 128;
  const made: string[] = [];
  for (const payload of passed.get(key) ?? []) {
    const longer = (made.at(-1) ?? harmless) + payload;
    if (made.length > 0 && longer.length <= longest) made.splice(-1, 1, longer);
    else made.push(harmless + payload);
  }
  return made;
}

describeUnless(
  [...missingTerraform(), ...whyNoConnect()],
  "Redpanda Connect itself reads as text",
  () => {
    beforeAll(async () => {
      await connectProgram();
      await allTried();
    }, FIRST_BUILD_MS + 600_000);

    async function pipeline(module: Module, values: Record<string, unknown>): Promise<string> {
      const known = pipelines.get(applyOf(module, values));
      if (known !== undefined) return known;
      await using workspace = await Workspace.create({
        files: {
          ...module.files,
          ...caFile,
          "values.auto.tfvars.json": JSON.stringify(values),
        },
        variables: fittingFor(module.stack),
        answers: { ...subnets, ...clusters, ...fixed },
      });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      return workspace.read("generated_pipeline.yaml");
    }

    test.each([
      "aurora-postgres --credentials static",
      "aurora-mysql",
      "aurora-postgres-ec2 --accounts two",
      "aurora-mysql-ec2 --output redpanda",
    ])(
      "what the variables of %s let through: no variable of its own more or less",
      async (name) => {
        const module = moduleNamed(name);
        const build = module.stack.endsWith("-ec2") ? "standard" : "cloud";
        const harmless = await lint(await pipeline(module, {}), { build });
        const { values } = hostileValues(module);
        expect(await lint(await pipeline(module, values), { build })).toEqual(harmless);
        expect(harmless.lints).toEqual([]);
      },
    );

    test.each(["aurora-postgres", "aurora-mysql"])(
      "any password that the secret of %s may hold",
      async (name) => {
        const module = moduleNamed(name);
        const yaml = await pipeline(module, {});
        const secret = "secrets.ZQ_PREFIX_SASL_PASSWORD";
        const [key = ""] =
          [...kinds].find(([, { variable }]) => variable.name === "rp_sasl_password") ?? [];
        const given = passwordsOf(module, key, "rp_sasl_password");
        expect(given.length).toBeGreaterThan(2);
        for (const password of given) {
          expect(await lint(yaml, { variables: { [secret]: password } })).toMatchObject({
            lints: [],
          });
          expect(parse(yaml.replaceAll(`\${${secret}}`, () => password))).toEqual(
            replaced(parse(yaml), [[`\${${secret}}`, password]]),
          );
        }
      },
    );
  },
);
