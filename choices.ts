/** A flag that takes one of a few values. */
export interface Choice {
  readonly values: readonly string[];
  readonly default: string;
  /** Completes "--flag …" in the help: what is chosen. */
  readonly description: string;
  /** The only topology that the flag belongs to. @default - both */
  readonly only?: string;
}

/**
 * What is chosen when synthesizing, because it decides which resources exist. Everything else is a
 * Terraform variable. The names are also the keys of `context` in cdktf.json.
 */
export const choices = {
  engine: {
    values: ["postgres", "mysql", "all"],
    default: "all",
    description: "which stacks",
  },
  topology: {
    values: ["byoc", "ec2"],
    default: "byoc",
    description: "where Redpanda Connect runs",
  },
  aurora: {
    values: ["new", "existing"],
    default: "new",
    description: "a cluster that the module makes, or one that is there",
  },
  profile: {
    values: ["demonstration", "production"],
    default: "demonstration",
    description: "a cluster to try it on, or one that is protected",
  },
  network: {
    values: ["public", "routed", "peering"],
    default: "public",
    only: "byoc",
    description: "how pipelines reach the database",
  },
  grant: {
    values: ["artifact", "attach"],
    default: "artifact",
    only: "byoc",
    description: "write the policy for the pipeline role, or attach it as well",
  },
  database: {
    values: ["sql", "exec", "provider", "data-api"],
    default: "sql",
    description: "how the database user is created",
  },
  credentials: {
    values: ["role", "static"],
    default: "role",
    only: "byoc",
    description: "what starts the chain of roles",
  },
  accounts: {
    values: ["one", "two"],
    default: "one",
    only: "ec2",
    description: "app role and database in one account or in two",
  },
  hops: {
    values: ["1", "2"],
    default: "1",
    only: "ec2",
    description: "roles between the app and the database",
  },
  host: {
    values: ["ec2", "ecs"],
    default: "ec2",
    only: "ec2",
    description: "what may assume the app role",
  },
  output: {
    values: ["stdout", "redpanda"],
    default: "stdout",
    only: "ec2",
    description: "where the pipeline sends rows",
  },
  format: {
    values: ["json", "avro"],
    default: "json",
    description: "what a row is on the topic",
  },
  topics: {
    values: ["one", "per-table"],
    default: "one",
    description: "one topic for all tables, or one for each",
  },
} as const satisfies Record<string, Choice>;

export type FlagName = keyof typeof choices;

/** A value of one flag: `Chosen<"hops">` is `"1" | "2"`. */
export type Chosen<Name extends FlagName> = (typeof choices)[Name]["values"][number];

export type Topology = Chosen<"topology">;
export type EngineName = Exclude<Chosen<"engine">, "all">;

/** The flags that a stack of this topology is made of. */
type FlagsOf<Only extends Topology> = {
  [Name in FlagName]: Name extends "engine" | "topology"
    ? never
    : (typeof choices)[Name] extends { readonly only: Topology }
      ? (typeof choices)[Name]["only"] extends Only
        ? Name
        : never
      : Name;
}[FlagName];

export type ByocChoices = { readonly [Name in FlagsOf<"byoc">]: Chosen<Name> };
export type Ec2Choices = { readonly [Name in FlagsOf<"ec2">]: Chosen<Name> };

/** What the module is to Terraform. */
export interface Form {
  /** Whether another module calls it, which configures its providers. @default false: it is applied itself */
  readonly module?: boolean;
}

/** Every choice of one run. */
export type Choices = { readonly [Name in FlagName]: Chosen<Name> };
/** Whose the cluster is, and who prepares the database in it. */
export type DatabaseChoices = Pick<Choices, "aurora" | "database">;
/** Whether it is there to try, or to last. */
export type Profile = Choices["profile"];

/** Values of flags that exclude each other. */
interface Exclusion {
  /** The first of them is the one to leave out. */
  readonly values: Partial<Choices>;
  readonly because: string;
}

export const exclusions: readonly Exclusion[] = [
  {
    values: { topics: "per-table", topology: "ec2", output: "stdout" },
    because: "Standard output has no topics: choose output redpanda, or leave topics out.",
  },
  {
    values: { network: "peering", aurora: "existing" },
    because:
      "It would write into route tables that are somebody else's: choose routed, with a peering or a transit gateway of yours.",
  },
  {
    values: { grant: "attach", credentials: "static" },
    because: "With an access key there is no pipeline role in the chain: leave grant out.",
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.limitations.html
  {
    values: { database: "data-api", topology: "ec2", aurora: "new" },
    because:
      "The new cluster of topology ec2 is made for any class, T included, for which AWS has no Data API: leave database out, or choose exec.",
  },
  {
    values: { format: "avro", topology: "ec2", output: "stdout" },
    because:
      "Standard output has no schema registry beside it: leave format out, or choose output redpanda.",
  },
];

/** Every flag by name, for code that goes through all of them. */
export const flags: Readonly<Record<FlagName, Choice>> = choices;

/** The value of each flag that nobody gives. */
export const defaults = Object.fromEntries(
  Object.entries(flags).map(([name, flag]) => [name, flag.default]),
) as Choices;
