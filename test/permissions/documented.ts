import { pages } from "../docs/markdown";
import type { Policy } from "./mutants";

const page = pages.get("docs/existing-cluster.md") ?? "";

/**
 * The policy of the page for who applies the module of a cluster that is there.
 * @param values what takes the place of the angle brackets
 */
export function documented(values: Readonly<Record<string, string>> = {}): Policy {
  const [, text = ""] =
    /## What does the module need to be allowed[?].*?```json\n(.*?)```/s.exec(page) ?? [];
  return JSON.parse(text.replace(/<([\w ]+)>/g, (whole, name) => values[name] ?? whole));
}

/** All its actions, sorted. */
export function actionsIn({ Statement }: Policy): string[] {
  return Statement.flatMap(({ Action }) => Action).sort();
}

/** The same policy, with one action less. */
export function without(action: string, { Version, Statement }: Policy): Policy {
  const rest = Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((other) => other !== action),
  }));
  return { Version, Statement: rest.filter(({ Action }) => Action.length > 0) };
}
