import { engines } from "../../engines";
import { environmentSecrets, type SecretPlace, secrets } from "../../variables/secrets";
import { type Row, type System, systems } from "../permissions/systems";
import { type Change, changesOfOriginal } from "../stacks/takeover";
import { refused } from "../variables/refused";

/** `docs/safety.md`: what a security reviewer asks, answered from the tables that the tests prove. */
export function safetyPage(): string {
  return `# Is it safe?

Four questions of a reviewer, and what shows each answer. Written by \`npm run docs\` from the tables that the tests prove.

1. [Who can connect as whom?](#1-who-can-connect-as-whom) Only the roles of one chain, in their order, and only as the database users that are listed.
2. [Where do secrets go?](#2-where-do-secrets-go) To the arguments and the environment variables below. Terraform keeps none of them.
3. [What happens on bad input?](#3-what-happens-on-bad-input) A plan refuses it, with a message that says what is allowed.
4. [What happens to what exists?](#4-what-happens-to-what-exists) No database is replaced, and no address that others know.

## 1. Who can connect as whom?

${whoCanConnect()}

## 2. Where do secrets go?

${whereSecretsGo()}

## 3. What happens on bad input?

${badInput()}

## 4. What happens to what exists?

${whatExists()}

## What none of this shows

* That AWS accepts what is applied: tests apply to a stand-in for all providers. The real AWS provider validates and plans every module where it can be had, and the real servers of PostgreSQL and MySQL run every statement.
* What Aurora does by itself: \`rds_iam\`, \`rds_replication\`, \`AWSAuthenticationPlugin\` and the log-in with a token have stand-ins ([which](../test/sql/README.md)).
* What the client of \`--database exec\` does with its environment: it inherits Terraform's, secrets included.
* What a provider writes to its own log, or Redpanda Cloud does with a secret.
* Whether pipelines of your cluster may assume a role at all: [a minute](../README.md#can-your-clusters-pipelines-assume-a-role).
`;
}

function whoCanConnect(): string {
  const rows = systems.flatMap((system) => system.rows);
  const denials = rows.filter(([answer]) => answer === "denied").length;
  return `Each identity of the chain may assume the next role, that role lets in no one else, and the last may log in as one user of one cluster. ${rows.length} requests are put to the policies of ${systems.length} systems as they are applied, by a simulator that evaluates them as AWS does; ${denials} must be denied. Then every change is tried that takes a condition, a principal, a resource or an action out of a policy: each turns a row red ([the table](../test/permissions/systems.ts), [the changes](../test/permissions/mutants.ts)).

*Were it an administrator* leaves the answer to the trust policy, *were it open* to the caller's own policy: so each is proven without the other.

${examples.map(everyRequest).join("\n\n")}

<details><summary>All systems</summary>

| system | allowed | denied |
|---|---|---|
${systems.map(counts).join("\n")}

</details>`;
}

/** The usual system of each topology, with all that it can have. */
const examples = [
  "A BYOC cluster's pipeline; the apply attaches the policy; an external id is demanded",
  "Redpanda Connect on an EC2 instance in another account, two roles before the database",
];

function everyRequest(title: string): string {
  const system = systems.find((one) => one.title === title);
  if (!system) throw new Error(`test/permissions/systems.ts has no system "${title}"`);
  const answered = (answer: Row[0]) => system.rows.filter((row) => row[0] === answer).map(asTable);
  const header = "| answer | who | asks for | on | presenting |\n|---|---|---|---|---|";
  return `**${title}**

${header}
${answered("allowed").join("\n")}

<details><summary>${answered("denied").length} requests that are denied</summary>

${header}
${answered("denied").join("\n")}

</details>`;
}

function counts({ title, rows }: System): string {
  const allowed = rows.filter(([answer]) => answer === "allowed").length;
  return `| ${title} | ${allowed} | ${rows.length - allowed} |`;
}

function asTable([answer, who, action, what, presenting]: Row): string {
  return `| ${answer} | ${who} | \`${action}\` | ${what} | ${presenting ?? ""} |`;
}

function whereSecretsGo(): string {
  return `| variable | goes to | what it is there | where |
|---|---|---|---|
${[...new Set(Object.values(secrets))]
  .flatMap((destinations) => destinations.map((destination) => goes(destinations, destination)))
  .join("\n")}

All of these are ephemeral variables: give them again at every plan and apply, by environment. The arguments are write-only. Every module is applied with words in their place that occur nowhere else, which are then searched for, plain and encoded, in state, backup, plan, module, generated files, outputs, \`cdktf.out\`, and Terraform's log at every level; also where an apply fails ([the search](../test/stacks/secrets.slow.test.ts)). The pipeline's configuration names secrets and holds none.

Other secrets stay in the environment of who reads them:

| in the environment | of |
|---|---|
${Object.entries(environmentSecrets)
  .map(([name, reader]) => `| \`${name}\` | ${reader} |`)
  .join("\n")}

A state that is taken over from the hand-written original holds old secrets, and so does its backup: [rotate them](../README.md#moving-over-with-existing-state).`;
}

/** Variables of the same meaning, which two topologies name differently, share a row. */
function goes(
  destinations: readonly SecretPlace[],
  { place, as, redpandaSecret, only = "" }: SecretPlace,
): string {
  const names = Object.keys(secrets).filter((name) => secrets[name] === destinations);
  const secret = redpandaSecret === undefined ? "" : `, Redpanda secret \`${redpandaSecret}\``;
  return `| ${names.map((name) => `\`${name}\``).join(", ")} | \`${place}\`${secret} | ${as} | ${only && `\`${only}\``} |`;
}

function badInput(): string {
  const all = Object.values(refused).flat();
  const tried = new Map<string, number>();
  for (const { variable, values } of all) {
    tried.set(variable, (tried.get(variable) ?? 0) + values.length);
  }
  const total = [...tried.values()].reduce((sum, more) => sum + more, 0);
  return `Each validation of a variable has near misses of real mistakes that it must refuse, with the whole message, and values at its edge that it must take: ${total} values are refused ([the table](../test/variables/refused.ts)). A validation that no value tries is a red test. What reads as YAML, Bloblang, SQL, HCL or shell in any string is refused too, or arrives as the text that it is ([how](../test/injection/injection.slow.test.ts)). Nothing is made before: a validation fails the plan.

<details><summary>Values refused, by variable</summary>

${[...tried].map(([variable, count]) => `\`${variable}\` ${count}`).join(", ")}

</details>`;
}

function whatExists(): string {
  return `The hand-written original's resources, by its addresses and names, are applied, and this module is planned on that state: it destroys nothing, and makes nothing anew but files on disk. What it changes in place, and why:

| resource | arguments | why |
|---|---|---|
${engines
  .map(changesOfOriginal)
  .reduce(both)
  .filter(({ anew }) => !anew)
  .map(asRow)
  .join("\n")}

The state of the hand-written file for EC2 is taken over likewise; its roles and policies do not change at all ([both plans](../test/stacks/takeover.slow.test.ts)).

The addresses of every released version are [kept](../releases), with what each resource cannot change: a test fails when one goes without a \`moved\` block, or would be replaced.`;
}

/** Every change of either list, once. */
function both(first: Change[], second: Change[]): Change[] {
  const isNew = ({ resource }: Change) => !first.some((change) => change.resource === resource);
  return [...first, ...second.filter(isNew)];
}

function asRow({ resource, arguments: names, reason }: Change): string {
  return `| \`${resource}\` | ${names.map((name) => `\`${name}\``).join(", ")} | ${reason} |`;
}
