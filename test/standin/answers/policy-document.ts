import { isObject, type Value } from "../values";
import type { Answer } from "./index";

/**
 * A policy in the layout of the real data source: one-element lists as plain text, longer ones sorted
 * backwards, two blanks of indentation.
 */
export const policyDocument: Answer = ({ values, hash }) => {
  const document = {
    Version: values.version ?? "2012-10-17",
    Id: values.policy_id ?? undefined,
    Statement: objects(values.statement).map((statement) => ({
      Sid: statement.sid || undefined,
      Effect: statement.effect ?? "Allow",
      Action: oneOrMany(statement.actions),
      NotAction: oneOrMany(statement.not_actions),
      Resource: oneOrMany(statement.resources),
      NotResource: oneOrMany(statement.not_resources),
      Principal: principals(statement.principals),
      NotPrincipal: principals(statement.not_principals),
      Condition: conditions(statement.condition),
    })),
  };
  return {
    id: String(Number.parseInt(hash.slice(0, 8), 16)),
    json: JSON.stringify(document, null, 2),
    minified_json: JSON.stringify(document),
  };
};

const objects = (list: Value | undefined) => (Array.isArray(list) ? list.filter(isObject) : []);

function oneOrMany(list: Value | undefined): unknown {
  const texts = Array.isArray(list) ? list.map(String) : [];
  if (texts.length === 0) return undefined;
  return texts.length === 1 ? texts[0] : texts.sort().reverse();
}

function principals(blocks: Value | undefined): unknown {
  const byType: Record<string, unknown> = {};
  for (const { type, identifiers } of objects(blocks)) {
    byType[String(type)] = oneOrMany(identifiers);
  }
  if (byType["*"] === "*") return "*";
  return Object.keys(byType).length > 0 ? byType : undefined;
}

function conditions(blocks: Value | undefined): unknown {
  const byTest: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of objects(blocks)) {
    byTest[String(test)] = { ...byTest[String(test)], [String(variable)]: oneOrMany(values) };
  }
  return Object.keys(byTest).length > 0 ? byTest : undefined;
}
