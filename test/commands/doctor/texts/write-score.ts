/**
 * Runs the doctor over the texts, and prints what it got right:
 *
 *     npm run score:doctor -- [--list] [file]
 *
 * With `--list` it also prints which texts it got wrong, of those that entries may be written for.
 * With a file it writes the page there as well.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import {
  type Score,
  type Share,
  scoreOfChains,
  scoreOfHealthy,
  scoreOfShapes,
  scores,
} from "./score";

const percent = ({ count, of }: Share) => (of === 0 ? "" : `${((100 * count) / of).toFixed(1)} %`);
const row = (what: string, share: Share) =>
  `| ${what.replaceAll("|", "\\|")} | ${share.count} | ${share.of} | ${percent(share)} |`;
const table = (head: string, rows: readonly string[]) =>
  [`| ${head} | right | of | |`, "|---|---:|---:|---:|", ...rows].join("\n");

const rowsOf = (score: Score) => [
  row("recognised by an entry that is not vague", score.recognised),
  row("right hop", score.rightHop),
  row("right cause, where an entry claims it", score.rightCause),
  row("not called healthy, as the last word after a good start", score.notHealthy),
];

async function main(): Promise<void> {
  const { open, setAside, later, all } = await scores();
  const healthy = await scoreOfHealthy();
  const chains = await scoreOfChains();
  const shapes = await scoreOfShapes();
  const git = (...words: string[]) => execFileSync("git", words, { encoding: "utf8" }).trim();
  const commit = `${git("describe", "--always", "--dirty")} of ${git("show", "-s", "--format=%cs")}`;
  const page = [
    "# What the doctor makes of real texts",
    `Written by \`npm run score:doctor\` at ${commit}.`,
    table("texts that entries may be written for", rowsOf(open)),
    table("texts set aside first", rowsOf(setAside)),
    "Which entries are right about these was judged on 2026-11-21, after the entries were written, by somebody who wrote none of them. Then their wrong claims were read to mend rules (2355db5): from there on they are no better a measure than the texts that entries are written for.",
    table("texts set aside later", rowsOf(later)),
    "Collected after 2355db5, hop, cause and entries judged before the first run. What an entry claims that was not judged counts as wrong.",
    table("all texts, each once", rowsOf(all)),
    table("logs", [
      row("healthy logs without an alarm", healthy.noAlarm),
      row("healthy logs of Connect that are called so", healthy.streaming),
      row("chains whose cause is that of the last phase", chains.all),
      row("those of them that are interleaved", chains.interleaved),
    ]),
    "In another shape the verdict must be the same as on what the program wrote. Of the texts that are known in that:",
    table(
      "shape",
      [...shapes].map(([name, share]) => row(name, share)),
    ),
  ].join("\n\n");
  console.log(page);
  if (process.argv.includes("--list")) {
    for (const [what, share] of Object.entries({ ...open, ...healthy, chains: chains.all })) {
      console.log(`\n${what}, not:\n${share.not.map((name) => `  ${name}`).join("\n")}`);
    }
  }
  const file = process.argv.slice(2).find((argument) => !argument.startsWith("--"));
  if (file) writeFileSync(file, `${page}\n`);
}

main();
