/** Something that happens to a database or a pipeline, after which its position may not hold. */
export interface Situation {
  /** What happens, as a clause that begins with a capital: "The pipeline stands still for an hour". */
  readonly what: string;
  /**
   * What becomes of the rows:
   *
   * - `exact`: the pipeline goes on where it stopped; some rows may arrive twice, none is lost;
   * - `stops`: it stops, or never starts, with a message;
   * - `refused`: it would be wrong in silence, so the module, the setup SQL or AWS makes it impossible;
   * - `known`: rows are lost, which nothing here can prevent; it is said where it is decided.
   */
  readonly outcome: "exact" | "stops" | "refused" | "known";
  /** What the pipeline does then, with the message if there is one. */
  readonly behaviour: string;
  /** The entry of `doctor` that names it. @default - it logs nothing that an entry could read */
  readonly entry?: string;
  /** What to do, with the command. @default - nothing is to be done */
  readonly remedy?: string;
  /** The test that shows it, or why there can be none here, with the source that was read. */
  readonly shown: Test | { readonly source: string };
}

/** A test by its file, from the project's folder, and a part of its title. */
export interface Test {
  readonly test: string;
  readonly title: string;
}
