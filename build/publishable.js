const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const project = join(__dirname, "..");

/** What npm would show of the package, and what nobody could take back. */
function problems(root = project) {
  const {
    private: isPrivate,
    repository,
    homepage,
    bugs,
    license,
    version,
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const address = (field, value, example) =>
    (value?.url ?? value)
      ? []
      : [
          `"${field}" in package.json is not set. It must be the address of what exists, such as ${example}.`,
        ];
  const changes = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  return [
    ...(isPrivate ? ['"private" in package.json is true: npm publishes no such package.'] : []),
    ...(license === "Apache-2.0"
      ? []
      : [`"license" in package.json is ${JSON.stringify(license)}, and LICENSE is Apache-2.0.`]),
    // npm checks it against the repository in which the provenance was made.
    ...address("repository", repository, "https://github.com/<owner>/<name>"),
    ...address("homepage", homepage, "the repository's page, with #readme"),
    ...address("bugs", bugs, "the repository's page of issues"),
    ...(changes.includes(`\n## [${version}]`)
      ? []
      : [
          `CHANGELOG.md has no section "## [${version}]". What is below "## [Unreleased]" belongs there.`,
        ]),
    ...(existsSync(join(root, "releases", `${version}.json`))
      ? []
      : [`releases/${version}.json is not there: \`npm version\` writes it.`]),
  ];
}

const found = problems(process.argv[2]);
if (found.length > 0) {
  process.stderr.write(`${["This cannot be published:", ...found].join("\n  - ")}\n`);
  process.exitCode = 1;
}
