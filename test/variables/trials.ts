import type { Module } from "../every-module";
import { caFile } from "../module-workspace";
import { Workspace } from "../standin/workspace";
import { type Declaration, declarations } from "./declarations";

/** A value that one variable of a module is given. */
export interface Trial {
  readonly module: Module;
  readonly variable: string;
  readonly value: unknown;
  /** What the variables are that its validations look at. */
  readonly beside: Readonly<Record<string, unknown>>;
}

/** Trials per plan, whose time grows faster than their number. */
const AT_ONCE = 100;

/**
 * What Terraform says against each value: the messages of its variable's validations that refuse it.
 * One plan judges many: each trial has its variable, and those that its validations look at, to itself,
 * under names of its own.
 */
export async function refusals(trials: readonly Trial[]): Promise<string[][]> {
  const judged: string[][] = [];
  for (let start = 0; start < trials.length; start += AT_ONCE) {
    judged.push(...(await refusalsOf(trials.slice(start, start + AT_ONCE))));
  }
  return judged;
}

async function refusalsOf(trials: readonly Trial[]): Promise<string[][]> {
  const copies = trials.map((trial, nth) => copyOf(trial, `trial${nth}_`));
  await using workspace = await Workspace.create({
    // One file for each variable, because a message names the file of the validation that it is from.
    files: { ...caFile, ...Object.assign({}, ...copies.map(({ files }) => files)) },
    // By environment, where lists may be text; a file takes every character.
    variables: Object.assign({}, ...copies.map(({ beside }) => beside)),
  });
  const values = Object.assign({}, ...copies.map(({ values }) => values));
  workspace.write("trials.auto.tfvars.json", JSON.stringify(values));
  const said = new Map<string, string[]>();
  const { diagnostics } = await workspace.plan();
  for (const { summary, detail } of diagnostics) {
    const checked = /^(.*)\n\nThis was checked by the validation rule at (\w+)\.tf:/s.exec(detail);
    if (!checked) throw new Error(`no validation says this: ${summary}: ${detail}`);
    const [, message = "", file = ""] = checked;
    said.set(file, [...(said.get(file) ?? []), message]);
  }
  return trials.map(({ variable }, nth) => said.get(`trial${nth}_${variable}`) ?? []);
}

/** Files and values of one trial, all names with a prefix. */
function copyOf({ module, variable, value, beside }: Trial, prefix: string) {
  const needed = withAllSeen(variable, declarations(module.files["variables.tf"] as string));
  const others = needed.filter(({ name }) => name !== variable);
  return {
    files: Object.fromEntries(
      needed.map(({ name, text }) => [
        `${prefix}${name}.tf`,
        text
          .replace(`variable "${name}"`, `variable "${prefix}${name}"`)
          .replace(/\bvar\.(?=\w)/g, `$&${prefix}`),
      ]),
    ),
    values: { [`${prefix}${variable}`]: value },
    beside: Object.fromEntries(others.map(({ name }) => [`${prefix}${name}`, beside[name]])),
  };
}

/** The variable, and every other one that a validation of these looks at. */
function withAllSeen(variable: string, all: readonly Declaration[]): Declaration[] {
  const names = new Set([variable]);
  for (const name of names) {
    const { validations = [] } = all.find((declaration) => declaration.name === name) ?? {};
    for (const { text } of validations) {
      for (const [, seen = ""] of text.matchAll(/\bvar\.(\w+)/g)) names.add(seen);
    }
  }
  return all.filter(({ name }) => names.has(name));
}
