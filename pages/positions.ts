import { mysqlSituations } from "./situations/mysql";
import { postgresSituations } from "./situations/postgres";
import type { Situation } from "./situations/situation";
import { terraformSituations } from "./situations/terraform";

/** All situations, by the heading that they stand under. */
export const situations: Readonly<Record<string, readonly Situation[]>> = {
  PostgreSQL: postgresSituations,
  MySQL: mysqlSituations,
  "Both: state, pipeline and topic": terraformSituations,
};

const outcomes: Record<Situation["outcome"], string> = {
  exact: "goes on",
  stops: "stops",
  refused: "refused",
  known: "**rows lost**",
};

/** `docs/positions.md`: for each situation what becomes of the pipeline's position. */
export function positionsPage(): string {
  const sections = Object.entries(situations).map(
    ([heading, rows]) => `## ${heading}

| what happens | rows | what the pipeline does | do this | shown by |
|---|---|---|---|---|
${rows.map(line).join("\n")}`,
  );
  return `<!-- Generated from pages/situations/. Do not edit: change it there, and run \`npm run docs\`. -->
# Is a row lost when …?

The pipeline goes on from a position. In PostgreSQL the replication slot keeps it, in MySQL a checkpoint names a file of the binary log and an offset in it. This page tells for each situation whether that position still holds.

*Goes on* means that no row is lost; some arrive twice, because a position is kept after its rows have been written. *Stops* means that the log, or Terraform, says why. *Refused* means that it would lose rows in silence, and is made impossible. The last column names the test that shows it, or what was read where no test can run without AWS.

${sections.join("\n\n")}
`;
}

function line({ what, outcome, behaviour, entry, remedy, shown }: Situation): string {
  const named = entry === undefined ? behaviour : `${behaviour} (\`doctor\`: ${entry})`;
  const proof = "test" in shown ? `[${shown.title}](../${shown.test})` : shown.source;
  return `| ${[what, outcomes[outcome], named, remedy ?? "nothing", proof].join(" | ")} |`;
}
