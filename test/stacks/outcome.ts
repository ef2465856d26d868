import type { CloudObject } from "../standin/cloud";
import type { Call } from "../standin/provider";
import { PROVIDERS, type Shape } from "../standin/schema";
import type { Workspace } from "../standin/workspace";

type Attributes = Record<string, unknown>;

interface Instance {
  readonly attributes: Attributes;
  /** Attributes that the configuration leaves to the provider. */
  readonly madeUp: readonly string[];
}

/** What an apply leaves behind, as the next plan, a person and the cloud's bill see it. */
export interface Outcome {
  /** Resources and data sources of the state by address, with what the state says of each. */
  readonly instances: Record<string, Instance>;
  readonly outputs: Record<string, unknown>;
  /** The files of the folder, but for the state. */
  readonly files: Record<string, string>;
  readonly objects: CloudObject[];
}

/** Whether the call makes an object. */
export function isCreate({ method, priorState }: Call): boolean {
  return method === "ApplyResourceChange" && !priorState;
}

/** Whether the call destroys one. */
export function isDelete({ method, plannedState }: Call): boolean {
  return method === "ApplyResourceChange" && !plannedState;
}

/** Of an object that is made or destroyed: the same whenever nothing else has happened before. */
export function identity({ type, config, priorState }: Call): string {
  return JSON.stringify([type, config ?? priorState]);
}

interface State {
  readonly outputs: Outcome["outputs"];
  readonly resources: {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: {
      readonly index_key?: string | number;
      readonly attributes: Attributes;
      readonly private?: string;
      readonly sensitive_attributes?: unknown;
    }[];
  }[];
}

export function outcomeOf(workspace: Workspace): Outcome {
  const { outputs, resources }: State = JSON.parse(workspace.read("terraform.tfstate"));
  const creates = workspace.calls.filter(isCreate);
  // Which cluster there was before the apply: what it leaves behind is among the resources.
  const left = resources.filter(({ type }) => type !== "aws_rds_clusters");
  const instances = left.flatMap(({ mode, type, name, instances }) =>
    // The private bytes are the provider's own, and what a schema calls sensitive is listed in any order.
    instances.map(({ index_key: key, private: _, sensitive_attributes: __, ...said }) => [
      `${mode === "data" ? "data." : ""}${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
      { ...said, madeUp: madeUp(creates, type, said.attributes) },
    ]),
  );
  return {
    instances: Object.fromEntries(instances),
    outputs,
    files: Object.fromEntries(
      workspace
        .files()
        .filter((name) => !name.startsWith("terraform.tfstate"))
        .map((name) => [name, workspace.read(name)]),
    ),
    objects: [...workspace.objects.values()],
  };
}

/**
 * An outcome in the words of another one: what providers make up, ids above all, is written as there,
 * wherever it occurs, also in a policy, a file or an output. Sets and objects are sorted, because their
 * order follows from ids.
 *
 * @throws when one made-up text would stand for two, or two for one
 */
export function asIn(other: Outcome, outcome: Outcome): Outcome {
  const names = new Map<string, string>();
  for (const [address, { attributes, madeUp }] of Object.entries(outcome.instances)) {
    const there = other.instances[address]?.attributes ?? {};
    for (const name of madeUp) {
      const [text, instead] = [attributes[name], there[name]];
      if (typeof text !== "string" || typeof instead !== "string" || text === instead) continue;
      if ((names.get(text) ?? instead) !== instead) throw new Error(`${address} ${name}: ${text}`);
      names.set(text, instead);
    }
  }
  if (new Set(names.values()).size < names.size) throw new Error("two texts become one");
  // Longer ones first, because ids are parts of ARNs.
  const texts = [...names.keys()].sort((one, two) => two.length - one.length);
  const anyOfThem = new RegExp(texts.map(literally).join("|"), "g");
  const renamed: Outcome = JSON.parse(
    JSON.stringify(outcome).replace(anyOfThem, (text) => names.get(text) ?? text),
  );
  for (const [address, { attributes }] of Object.entries(renamed.instances)) {
    sortSets(address.split(".")[0] ?? "", attributes);
  }
  for (const { type, state } of renamed.objects) sortSets(type, state);
  const objects = renamed.objects.map((object) => [JSON.stringify(object), object] as const);
  return {
    ...renamed,
    objects: objects.sort(([one], [two]) => (one < two ? -1 : 1)).map(([, object]) => object),
  };
}

const blocks: Record<string, Shape | undefined> = Object.fromEntries(
  PROVIDERS.flatMap(({ resource_schemas }) =>
    Object.entries(resource_schemas).map(([type, { block }]) => [type, block]),
  ),
);

/** Computed attributes that are not written in the configuration: that of the newest call that fits. */
function madeUp(creates: Call[], type: string, attributes: Attributes): string[] {
  const known = blocks[type]?.attributes;
  // Terraform's own terraform_data.
  if (!known) return ["id"];
  const made = creates.findLast(
    (call) =>
      call.type === type &&
      Object.entries(call.config ?? {}).every(
        ([name, value]) =>
          typeof value !== "string" || known[name]?.write_only || attributes[name] === value,
      ),
  );
  return Object.entries(known)
    .filter(([name, { computed }]) => computed && made?.config?.[name] === null)
    .map(([name]) => name);
}

function sortSets(type: string, attributes: Attributes): void {
  for (const [name, { type: kind }] of Object.entries(blocks[type]?.attributes ?? {})) {
    const value = attributes[name];
    if (kind?.[0] === "set" && Array.isArray(value)) value.sort();
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
