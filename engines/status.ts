/** A row of an answer, by the names of its columns; NULL is an empty text. */
export type Row = Readonly<Record<string, string>>;

/** What an answer says about the database: all is well, or a cause why no rows arrive. */
export type Judgement =
  | { readonly ok: string }
  | {
      readonly broken: string;
      /** What mends it: sentences, and commands for the shell or the master user. */
      readonly fix: readonly (string | { readonly shell: string } | { readonly sql: string })[];
    };

/** A statement that reads whether the database is prepared for the pipeline, and what it shows. */
export interface StatusStatement {
  /** Such as `slot`. */
  readonly id: string;
  /** One SELECT or SHOW. `<name>` stands for the module's output or variable of that name. */
  readonly sql: string;
  /** Names that the judge requires beside those in the statement. @default - none */
  readonly needs?: readonly string[];
  /** What it shows, as a sentence without its full stop. */
  readonly title: string;
  /** Where the way of a row is broken if it shows otherwise: a hop of `commands/doctor/hops.ts`. */
  readonly hop: "login" | "database" | "position" | "read";
  /** `names` are the module's outputs and variables. */
  readonly judge: (rows: readonly Row[], names: Readonly<Record<string, string>>) => Judgement;
}

const setup = [{ shell: "<db_setup_command>" }] as const;

/** The database lacks what the setup SQL makes, which may be run again at any time. */
export const notSetUp = (broken: string): Judgement => ({ broken, fix: setup });
