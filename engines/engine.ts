import type { Construct } from "constructs";
import type { Choices, DatabaseChoices, EngineName, Topology } from "../choices";
import type { ProviderName } from "../providers/required-providers";
import type { DatabaseRules } from "../variables/database";
import type { Variable } from "../variables/variable";
import type { Alarms } from "./alarms";
import type { DatabaseUser, DatabaseUserProps } from "./database-user";
import type { StatusStatement } from "./status";

/**
 * What differs between Aurora PostgreSQL and Aurora MySQL, as data: nothing else asks which engine
 * it is. Patterns are RE2. Reading an engine loads no CDKTF.
 */
export interface Engine extends DatabaseRules {
  /** Value of `--engine`, and what RDS calls it outside Aurora. */
  readonly flag: EngineName;
  /** TCP port. */
  readonly port: number;
  readonly names: Readonly<Record<Topology, Names>>;
  readonly parameterGroup: ParameterGroup;
  /** Logs that RDS sends to CloudWatch. */
  readonly logExports: readonly string[];
  readonly alarms: Alarms;

  /** Variables that only this engine has, about the stream and about what the setup does for it. */
  readonly streamVariables: (choices: DatabaseChoices) => Record<string, Variable>;
  /** How Terraform itself creates the user. */
  readonly user: {
    /** The provider that connects to the database. */
    readonly provider: ProviderName;
    /** Loads CDKTF. */
    readonly resources: () => new (
      scope: Construct,
      id: string,
      props: DatabaseUserProps,
    ) => DatabaseUser;
    /** Variables that only this way needs. */
    readonly variables: Record<string, Variable>;
  };
  readonly setup: {
    /** The setup's SQL, as templates in `templates/<flag>/setup/`, in order. */
    readonly parts: (choices: DatabaseChoices) => readonly string[];
    /** What is left of it where Terraform creates the user, as the beginning of a sentence. */
    readonly tablesDescription: string;
    /** Values for these templates alone, as {@link Engine.templateExpressions}. */
    readonly templateExpressions: Readonly<Record<string, string>>;
  };
  readonly cleanup: {
    /** The cleanup's SQL, as templates in `templates/<flag>/cleanup/`, in order. */
    readonly parts: (choices: DatabaseChoices) => readonly string[];
    /** The same as {@link Engine.templateExpressions} for these templates alone. */
    readonly templateExpressions: (choices: DatabaseChoices) => Readonly<Record<string, string>>;
  };

  /** Drop what is no row to send: processors, as templates in `templates/<flag>/`, in order. */
  readonly dropped: (choices: Partial<Pick<Choices, "format" | "topics">>) => readonly string[];

  /** The replication slot of each schema: a Terraform expression. @default - the log is read without slots */
  readonly slots?: (tables: string) => string;
  /** Metadata that tells a row's place in the log, as alternatives of a pattern: headers of the record. */
  readonly positionMetadata: string;
  /** Whether the pipeline keeps its position in a topic (or in the database's replication slot). */
  readonly checkpointTopic: boolean;
  /** Further values for the templates, by name in the template: Terraform expressions. */
  readonly templateExpressions: Readonly<Record<string, string>>;
  /** The input of Redpanda Connect that reads the changes. */
  readonly connector: {
    /** Its type, such as `postgres_cdc`. */
    readonly input: string;
    /** What else a message in Connect's log calls it. @default - nothing else */
    readonly aliases?: readonly string[];
    /** The same as {@link Engine.templateExpressions} for the pipeline's template alone, which they go before. @default - none */
    readonly templateExpressions?: Readonly<Record<string, string>>;
    /**
     * The first version of Redpanda Connect in which it logs in with IAM tokens.
     *
     * @see https://github.com/redpanda-data/connect/blob/main/CHANGELOG.md
     */
    readonly iamSince: string;
  };
  /**
   * SQL that shows the master user whether the database is prepared for the pipeline. `<name>`
   * stands for the module's output or variable of that name.
   */
  readonly status: {
    /** What it shows, as the beginning of a sentence. */
    readonly shows: string;
    readonly statements: readonly StatusStatement[];
    /** More to look at, which only a person can judge. */
    readonly more: readonly string[];
  };
  /**
   * One SELECT that lists the database's tables, in order: `name` with the schema, or NULL where
   * `cdc_tables` cannot name it; `key`, the columns of its primary key; `rows` and `bytes`,
   * estimates; `remark`, what its stream lacks. Neither holds a tab or a vertical bar.
   */
  readonly tables: string;
  /** The program by which people and applies run SQL. */
  readonly client: {
    /** Such as `psql`. */
    readonly program: string;
    /** Where it looks for a password before it asks for one: a name in the environment. */
    readonly password: string;
    /**
     * Shell command that connects as the administrator and verifies the server. It asks for the
     * password, but where `hasPassword` is true, a Terraform expression: the environment has it then.
     */
    readonly connect: (connection: Connection, hasPassword: string) => string;
    /** Arguments by which it runs one statement, verifies the server, and asks nobody anything. */
    readonly query: (connection: Connection, sql: string) => readonly string[];
    /** What stands between the columns of the answer, whose first line names them. */
    readonly separator: string;
    /** Environment in which it changes nothing and does not wait long. */
    readonly readOnly: Readonly<Record<string, string>>;
    /** Files in the home folder, and names in the environment, by which it may find a password. */
    readonly passwords: {
      readonly files: readonly string[];
      readonly variables: readonly string[];
    };
    /** What follows that to run a file. */
    readonly run: (file: string) => string;
  };
  /**
   * What `first_row.sh` is told between the topic and the client: texts with Terraform interpolations.
   * `demo` is the expression of the schema or database with the demo table.
   */
  readonly firstRowArguments: (
    demo: string,
    streamed: { readonly slots?: string },
  ) => readonly string[];
}

interface ParameterGroup {
  /** Text with Terraform interpolations. */
  readonly family: string;
  readonly parameters: readonly Parameter[];
  /** Parameters that limit how many streams there may be. */
  readonly limits: readonly string[];
  /** Set where `when` is true: a Terraform expression. @default - there is none */
  readonly optional?: Parameter & { readonly when: string };
  /**
   * Bounds the log that is kept for a pipeline that has stopped, in a cluster that is to last, and takes
   * effect at once; the variable that it is from. @default - a variable of every module bounds it
   */
  readonly logLimit?: Parameter & {
    readonly when: string;
    readonly variables: Readonly<Record<string, Variable>>;
  };
  /** Why the parameters are what they are. */
  readonly comment: string;
}

interface Parameter {
  readonly name: string;
  readonly value: string;
  /**
   * It keeps out logins without TLS, and rows arrive without it: nothing that is asked of a cluster
   * which others use already. @default - nothing streams without it
   */
  readonly hardens?: true;
  /** What the engine takes where the group has no value. @default - another value */
  readonly unset?: string;
}

/**
 * Whether a parameter has the value: AWS takes and tells values in either case, and what is on as a
 * number too.
 */
export function isParameterValue(found: string | null | undefined, required: string): boolean {
  return found?.toUpperCase() === required || (required === "ON" && found === "1");
}

/** What things are called in one topology: texts with Terraform interpolations, unless said otherwise. */
export interface Names {
  /** The stack, and the module's folder: plain text. */
  readonly stack: string;
  /** Cluster identifier in AWS, such as `demo-aurora-pg`; the instance's is this and `-1`. */
  readonly cluster: string;
  /** Tag `Name` of the instance. */
  readonly instanceTag: string;
  readonly parameterGroup: string;
  readonly subnetGroup: string;
  /** Tag `Name` of the subnet group. */
  readonly subnetGroupTag: string;
  /** Must not start with `sg-`. */
  readonly securityGroup: string;
  /** Text of the hand-written original; another one would replace the security group. */
  readonly securityGroupDescription: string;
  /** End of the names of roles and policies, where no prefix has to tell two engines in one account apart: plain text. */
  readonly iamSuffix: string;
  /** Names in Terraform, which the hand-written originals chose: plain text. */
  readonly addresses: {
    readonly cluster: string;
    readonly instance: string;
    readonly parameterGroup: string;
    readonly subnetGroup: string;
    readonly securityGroup: string;
  };
}

export interface Connection {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly database: string;
  /** File with the certificates, seen from where the client runs. */
  readonly caFile: string;
}
