import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { compare, configured } from "../../../packages/cdktf-hcl/src/comparison";
import type { Knowledge } from "../../../packages/cdktf-hcl/src/schema";
import type { Json } from "../../../packages/cdktf-hcl/src/top-blocks";
import { Sockets } from "../../standin/sockets";
import { terraform } from "../../standin/terraform";
import { echo } from "./echo";
import { providersOf } from "./schemas";
import type { Found } from "./stacks";

/** What Terraform evaluates from the JSON and from the HCL. */
export type Verdict =
  | { readonly is: "equal" }
  | { readonly is: "different"; readonly differences: readonly string[] }
  /** Terraform evaluates the JSON neither, or it needs what is not there. */
  | { readonly is: "not evaluated"; readonly because: string };

/**
 * Plans a stack from its JSON and from its HCL, with providers that plan what they are given, and
 * compares the plans: resources, outputs, data, checks, and the configuration that Terraform read,
 * which has provider configurations, provisioners, variables and dependencies as well.
 */
export async function judge(
  { text, folder }: Found,
  hcl: Readonly<Record<string, string>>,
  known: Knowledge,
): Promise<Verdict> {
  const json = JSON.parse(text) as Json;
  const { schemas, computed } = providersOf(json, text, known);
  const root = mkdtempSync(join(tmpdir(), "survey-"));
  try {
    const copies = [
      { dir: join(root, "json"), files: { "cdk.tf.json": text } },
      { dir: join(root, "hcl"), files: hcl },
    ];
    for (const { dir, files } of copies) {
      mkdirSync(dir);
      const all = { ...files, ...surroundings(json, text), ...modules(json, text) };
      for (const [file, content] of Object.entries(all)) {
        mkdirSync(dirname(join(dir, file)), { recursive: true });
        writeFileSync(join(dir, file), content);
      }
      if (folder !== undefined && existsSync(join(folder, "assets"))) {
        cpSync(join(folder, "assets"), join(dir, "assets"), { recursive: true });
      }
    }
    let because = "";
    // Some expressions take no text where a number or a list is computed; unknown values fit anywhere.
    for (const answers of [computed, () => undefined]) {
      const sockets = await Sockets.open(schemas, (schema) => echo(schema, answers));
      try {
        const plans: Planned[] = [];
        for (const { dir } of copies) plans.push(await planOf(dir, json, sockets.attached));
        const [expected, actual] = plans as [Planned, Planned];
        if (expected.error !== undefined) {
          because ||= expected.error;
          continue;
        }
        if (actual.error !== undefined) {
          return { is: "different", differences: [`only the HCL is refused: ${actual.error}`] };
        }
        const differences = compare("", expected.plan, actual.plan);
        return differences.length === 0 ? { is: "equal" } : { is: "different", differences };
      } finally {
        await sockets.close();
      }
    }
    return { is: "not evaluated", because };
  } finally {
    rmSync(root, { recursive: true });
  }
}

// --- What a plan needs beside the stack -----------------------------------------------------------

/** No backend, and states of other stacks with all that is read of them. */
function surroundings(json: Json, text: string): Record<string, string> {
  const states = Object.keys(((json.data as Json)?.terraform_remote_state ?? {}) as Json);
  const blocks = states.map(
    (name) =>
      `data "terraform_remote_state" "${name}" {\n  backend = "local"\n  config  = { path = "other.tfstate" }\n}\n`,
  );
  const outputs = [...text.matchAll(/terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)/g)].map(
    ([, name = ""]) => [name, { value: `output ${name}`, type: "string" }],
  );
  const state = {
    ...{ version: 4, terraform_version: "1.11.0", serial: 1, lineage: "survey" },
    ...{ outputs: Object.fromEntries(outputs), resources: [] },
  };
  return {
    "survey_override.tf": `terraform {\n  backend "local" {}\n}\n${blocks.join("")}`,
    "other.tfstate": JSON.stringify(state),
  };
}

/**
 * In place of each module that is elsewhere, as if it had been downloaded: one that takes what it is
 * given, plans it, and has the outputs that the stack reads.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/modsdir/manifest.go
 */
function modules(json: Json, text: string): Record<string, string> {
  const calls = Object.entries((json.module ?? {}) as Json).flatMap(([name, call]) => {
    const { "//": _, source, version, ...others } = [call].flat()[0] as Json;
    if (String(source).startsWith(".")) return [];
    const given = Object.keys(others).filter((argument) => !META.has(argument));
    return [{ name, source: String(source), version, given }];
  });
  if (calls.length === 0) return {};
  const files = calls.map(({ name, given }): [string, string] => {
    const read = [
      ...text.matchAll(new RegExp(`module\\.${name}(?:\\[[^\\]]*\\])?\\.([\\w-]+)`, "g")),
    ];
    const outputs = new Set(read.map(([, output = ""]) => output));
    const blocks = [
      ...given.map((argument) => `variable "${argument}" {}\n`),
      ...[...outputs].map(
        (output) => `output "${output}" {\n  value = "${output} of ${name}"\n}\n`,
      ),
      `resource "terraform_data" "given" {\n  input = [${given.map((argument) => `var.${argument}`).join(", ")}]\n}\n`,
    ];
    return [`elsewhere/${name}/main.tf`, blocks.join("")];
  });
  const manifest = calls.map(({ name, source, version }) => {
    const [, number] = /(\d+(?:\.\d+)*)/.exec(String(version ?? "")) ?? [];
    const [path = ""] = source.split(/(?<=[^:])\/\//);
    const isRegistered = /^[\w-]+\/[\w-]+\/[\w-]+$/.test(path);
    const address = isRegistered ? `registry.terraform.io/${source}` : source;
    const isRemote = isRegistered || /^(?:[\w-]+\.)+[\w-]+(?:\/[\w-]+){3}$/.test(path);
    return {
      ...{ Key: name, Source: address, Dir: `elsewhere/${name}` },
      ...(isRemote && { Version: `${number ?? 1}.0.0`.split(".").slice(0, 3).join(".") }),
    };
  });
  return {
    ...Object.fromEntries(files),
    ".terraform/modules/modules.json": JSON.stringify({
      Modules: [{ Key: "", Source: "", Dir: "." }, ...manifest],
    }),
  };
}

/** The arguments of a module call that are Terraform's. */
const META = new Set(["providers", "depends_on", "count", "for_each"]);

/** A value for each variable without a default, by its type. */
function variables(json: Json): Record<string, string> {
  const declared = Object.entries((json.variable ?? {}) as Json);
  return Object.fromEntries(
    declared.flatMap(([name, variable]): [string, string][] => {
      const { type, default: given } = [variable].flat()[0] as Json;
      if (given !== undefined) return [];
      const kind = /^(?:\$\{)?(\w+)/.exec(String(type ?? "string"))?.[1] ?? "string";
      const values: Record<string, string> = {
        number: "1",
        bool: "true",
        list: "[]",
        set: "[]",
        map: "{}",
      };
      return [[`TF_VAR_${name}`, values[kind] ?? "text"]];
    }),
  );
}

// --- Plans ----------------------------------------------------------------------------------------

interface Planned {
  readonly plan?: unknown;
  readonly error?: string;
}

async function planOf(dir: string, json: Json, attached: unknown): Promise<Planned> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    CHECKPOINT_DISABLE: "1",
    HOME: dir,
    TF_INPUT: "0",
    TF_REATTACH_PROVIDERS: JSON.stringify(attached),
    ...variables(json),
  };
  const run = (...args: string[]) => terraform(args, { cwd: dir, env });
  for (const args of [
    ["init", "-json"],
    ["plan", "-json", "-refresh=false", "-out=plan"],
  ]) {
    for (;;) {
      const { code, diagnostics, stderr } = await run(...args);
      if (code === 0) break;
      const [first] = diagnostics.filter(({ severity }) => severity === "error");
      const error = first ? `${first.summary}: ${first.detail}` : stderr;
      if (!madeUp(dir, error)) return { error: error.replaceAll(dir, ".").replace(/\s+/g, " ") };
    }
  }
  const { stdout } = await run("show", "-json", "plan");
  return { plan: comparable(JSON.parse(stdout.replaceAll(dir, "."))) };
}

/** Makes the file that an expression reads: no project has its archives and keys committed. */
function madeUp(dir: string, error: string): boolean {
  const [, missing, unopened] =
    /no file exists at "([^"]+)"|open (\S+): no such file/.exec(error.replace(/\s+/g, " ")) ?? [];
  const name = missing ?? unopened;
  if (name === undefined) return false;
  const file = resolve(dir, name.replace(/^~\//, ""));
  if (!file.startsWith(`${dir}/`) || existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, basename(file));
  return true;
}

/** What of a plan says how it would be, without what depends on the time or on the order of reading. */
function comparable(plan: Json): unknown {
  const { planned_values, resource_changes, output_changes, prior_state, checks, variables } = plan;
  return {
    ...{ planned_values, resource_changes, output_changes, checks, variables },
    prior_state: (prior_state as Json | undefined)?.values,
    configuration: configured(plan.configuration),
  };
}
