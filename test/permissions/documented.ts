import { pages } from "../docs/markdown";
import type { Policy } from "./mutants";

const page = pages.get("docs/existing-cluster.md") ?? "";
const section = /## What does the module need to be allowed[?].*?(?=\n## )/s.exec(page)?.[0] ?? "";

/** What takes the place of the angle brackets. */
type Names = Readonly<Record<string, string>>;

const named = (text: string, names: Names) =>
  text.replace(/<([\w' ]+)>/g, (whole, name) => names[name] ?? whole);

/** The policy of the page for who applies the module of a cluster that is there, as its flags are by default. */
export function documented(names: Names = {}): Policy {
  return policyOf(0, names);
}

/** What it needs beside that where there are alarms. */
export function documentedForAlarms(names: Names = {}): Policy {
  return policyOf(1, names);
}

function policyOf(nth: number, names: Names): Policy {
  const [, text = ""] = [...section.matchAll(/```json\n(.*?)```/gs)][nth] ?? [];
  return JSON.parse(named(text, names));
}

/** What a flag needs beside that: a row of the page's table. */
export interface Addition {
  /** Such as `--grant attach`. */
  readonly flag: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** All rows of that table. */
export function additions(names: Names = {}): Addition[] {
  return [...section.matchAll(/^\| `(--[^`]*)`.*? \| (.*) \| (.*) \|$/gm)].map(
    ([, flag = "", actions = "", resources = ""]) => ({
      flag,
      actions: quotedIn(actions),
      resources: quotedIn(named(resources, names)),
    }),
  );
}

const quotedIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

/** All its actions, sorted, and each once. */
export function actionsIn({ Statement }: Policy): string[] {
  return [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
}

/** The same policy, with some actions less. */
export function without(actions: readonly string[], { Version, Statement }: Policy): Policy {
  const rest = Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => !actions.includes(action)),
  }));
  return { Version, Statement: rest.filter(({ Action }) => Action.length > 0) };
}
