import { fetchedPlaces, fetchedSecret, type SecretPlace, secrets } from "../../pages/secrets";
import { environmentCanaries, words } from "../canaries";
import type { Flags } from "../combinations";
import type { Call } from "../standin/provider";
import type { Workspace } from "../standin/workspace";
import type { Client } from "./client";

/** Where secrets have gone, as `written` says it. */
export function placesIn(workspace: Workspace, client: Client, { engine }: Flags): string[] {
  const given = heldBy(client).map((place) =>
    place.replace("client", engine === "mysql" ? "mysql" : "psql"),
  );
  return [...new Set([...sentIn(workspace.calls), ...given])].sort();
}

/** Where they go by the list, for the variables and resources that this module has. */
export function listedFor(workspace: Workspace, line: string): string[] {
  const declared = workspace.read("variables.tf");
  // A cluster that exists has its password already: the module has none of its own.
  const isThere = ({ place }: SecretPlace) =>
    !place.startsWith("aws_rds_cluster.") ||
    /^resource "aws_rds_cluster" /m.test(workspace.read("database.tf"));
  return Object.entries(secrets)
    .filter(([name]) => declared.includes(`variable "${name}" {`))
    .flatMap(([name, destinations]) =>
      destinations
        .filter(belongsTo(line))
        .filter(isThere)
        .map(({ place, redpandaSecret }) => written(name, place, redpandaSecret)),
    )
    .sort();
}

/** Where the password in a secret goes by the list, with these flags. */
export function listedOfSecret(line: string): string[] {
  return fetchedPlaces.filter(belongsTo(line)).map(({ place }) => written(fetchedSecret, place));
}

const belongsTo =
  (line: string) =>
  ({ only = "" }: SecretPlace) =>
    (only.match(/--\w+ \w+/g) ?? []).every((flag) => line.includes(flag));

function written(variable: string, place: string, redpandaSecret?: string): string {
  return `${variable}: ${place}${redpandaSecret === undefined ? "" : `, as ${redpandaSecret}`}`;
}

/** The original's values for `name_prefix`, as they begin the name of a Redpanda secret. */
const prefix = /^DEMO_(MYSQL|POSTGRES)(?=_)/;

/**
 * What calls send to providers, whose own configuration is a call too. What does not stand in a
 * configuration would be kept.
 */
export function sentIn(calls: Call[]): string[] {
  return calls.flatMap(({ method: _, type, provider, providerConfig: __, ...parts }) =>
    textsIn(parts).flatMap(([[part = "", ...path], text]) => {
      const place = `${type || `provider ${provider}`}.${path.join(".")}`;
      const secret =
        type === "redpanda_secret"
          ? String(parts.config?.name).replace(prefix, "<NAME_PREFIX>")
          : undefined;
      return namesIn(text).map((name) =>
        written(name, part === "config" ? place : `${place} of ${part}`, secret),
      );
    }),
  );
}

/** What the database's client holds in its environment, but for what Terraform itself was given. */
function heldBy({ calls }: Client): string[] {
  return calls
    .flatMap(({ env }) => env.map((line) => /^(\w+)=(.*)$/s.exec(line)))
    .flatMap((line) => {
      const [, name = "", text = ""] = line ?? [];
      if (name.startsWith("TF_VAR_") || name in environmentCanaries) return [];
      return namesIn(text).map((secret) => written(secret, `client.${name}`));
    });
}

function namesIn(text: string): string[] {
  return Object.keys(words).filter((name) => text.includes(words[name] ?? ""));
}

/** Every text in a value, with the way to it. */
function textsIn(value: unknown): [path: string[], text: string][] {
  if (typeof value === "string") return [[[], value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(inner).map(([path, text]): [string[], string] => [[key, ...path], text]),
  );
}
