import { engines } from "../engines";
import { environmentSecrets, fetchedPlaces, type SecretPlace, secrets } from "./secrets";
import { type Change, changesOfOriginal } from "./takeover";
import { type Row, type System, systems } from "./who-can-connect";

/**
 * `docs/safety.md`: what a security reviewer asks. The tests hold its tables against Terraform's plans
 * and states, and against the policies as they are applied.
 */
export function safetyPage(): string {
  return `<!-- Generated from pages/. Do not edit: change it there, and run \`npm run docs\`. -->
# Is it safe?

Four questions of a security reviewer, and what shows that each answer holds. The tests prove these tables.

1. [Who can connect as whom?](#1-who-can-connect-as-whom) Only the roles of one chain, in their order, and only as the database users that are listed.
2. [Where do secrets go?](#2-where-do-secrets-go) To the arguments and the environment variables below. Terraform keeps none of them.
3. [What happens on bad input?](#3-what-happens-on-bad-input) A plan refuses it, with a message that says what is allowed.
4. [What happens to what exists?](#4-what-happens-to-what-exists) No database is replaced, and no address that others know.

## 1. Who can connect as whom?

${whoCanConnect()}

## 2. Where do secrets go?

${whereSecretsGo()}

## 3. What happens on bad input?

Each validation of a variable must refuse near misses of real mistakes, with the whole message, and accept values at its edge. More than 600 values are refused ([the table](../test/variables/refused.ts)), and no validation goes untried. What YAML, Bloblang, SQL, HCL or a shell would read as more than text is refused in every string, or arrives as text ([how](../test/injection/injection.slow.test.ts)). A validation fails the plan, so nothing has been created by then.

## 4. What happens to what exists?

${whatExists()}

## What none of this shows

* That AWS accepts what is applied: the tests apply to a stand-in for all providers. The real AWS provider validates and plans every module where it can be had, and the real servers of PostgreSQL and MySQL run every statement.
* What Aurora does by itself: \`rds_iam\`, \`rds_replication\`, \`AWSAuthenticationPlugin\` and the login with a token have stand-ins ([which ones](../test/sql/README.md)).
* What the client of \`--database exec\` does with its environment: it inherits Terraform's, secrets included.
* What a provider logs, or Redpanda Cloud does with a secret.
* Whether pipelines of your cluster may assume a role at all: [a minute](../README.md#can-your-clusters-pipelines-assume-a-role).
`;
}

function whoCanConnect(): string {
  const rows = systems.flatMap((system) => system.rows);
  const denials = rows.filter(([answer]) => answer === "denied").length;
  return `Each identity of the chain may assume the next role, that role trusts no one else, and the last role may log in as one user of one cluster. ${rows.length} requests are put to the policies of ${systems.length} systems as they are applied, by a simulator that evaluates policies as AWS does ([the table](../pages/who-can-connect.ts)); ${denials} must be denied. Each condition, principal, resource and action is then taken out of its policy ([the changes](../test/permissions/mutants.ts)): each change must make an answer wrong.

*Were it an administrator* leaves the answer to the trust policy, *were it open* to the caller's own policy: so each side is proven without the other.

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
  if (!system) throw new Error(`pages/who-can-connect.ts has no system "${title}"`);
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
  .flatMap((destinations) =>
    destinations.map((destination) => goes(variablesOf(destinations), destination)),
  )
  .join("\n")}

The variables are ephemeral: give them in the environment, again at every plan and apply. The arguments are write-only. [A password in Secrets Manager](database-user.md#whose-password-is-it-and-where-is-it) goes to ${places(fetchedPlaces)} alone. The tests apply every module with words for secrets that occur nowhere else, and search for them, plain and encoded, in state, backup, plan, module, generated files, outputs, \`cdktf.out\`, and Terraform's log at every level; also where an apply fails ([the search](../test/stacks/secrets.slow.test.ts)). The pipeline's configuration names secrets and holds none.

Other secrets stay in the environment of the program that reads them:

| environment variable | read by |
|---|---|
${Object.entries(environmentSecrets)
  .map(([name, reader]) => `| \`${name}\` | ${reader} |`)
  .join("\n")}

A state that is taken over from the hand-written original holds old secrets, and so does its backup: [rotate them](taking-over.md#from-the-original-for-two-accounts).`;
}

/** Variables of the same meaning, which two topologies name differently, share a row. */
function variablesOf(destinations: readonly SecretPlace[]): string {
  const names = Object.keys(secrets).filter((name) => secrets[name] === destinations);
  return names.map((name) => `\`${name}\``).join(", ");
}

const places = (of: readonly SecretPlace[]) => of.map(({ place }) => `\`${place}\``).join(", ");

function goes(who: string, { place, as, redpandaSecret, only = "" }: SecretPlace): string {
  const secret = redpandaSecret === undefined ? "" : `, Redpanda secret \`${redpandaSecret}\``;
  return `| ${who} | \`${place}\`${secret} | ${as} | ${only && `\`${only}\``} |`;
}

function whatExists(): string {
  return `The tests apply the hand-written original's resources, with its addresses and names, and plan this module on that state. The plan destroys nothing, and replaces nothing but files on disk. What it changes in place, and why:

| resource | arguments | why |
|---|---|---|
${engines
  .map(changesOfOriginal)
  .reduce(both)
  .filter(({ replaced }) => !replaced)
  .map(asRow)
  .join("\n")}

On the state of the hand-written file for EC2, the statements of roles and policies get a Sid and stay as they were ([both plans](../test/stacks/takeover.slow.test.ts)).

Every release [records its addresses](../releases), with what each resource cannot change. A test fails when one goes without a \`moved\` block, or would be replaced.`;
}

/** Every change of either list, once. */
function both(first: Change[], second: Change[]): Change[] {
  const isNew = ({ resource }: Change) => !first.some((change) => change.resource === resource);
  return [...first, ...second.filter(isNew)];
}

function asRow({ resource, arguments: names, reason }: Change): string {
  return `| \`${resource}\` | ${names.map((name) => `\`${name}\``).join(", ")} | ${reason} |`;
}
