const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const project = join(__dirname, "..");

/**
 * Licences of code that may be handed on within a program under Apache-2.0, as SPDX writes them.
 * MPL-2.0 wants to be told where the source is (3.2), the others that copyright and text go along.
 *
 * @see https://www.apache.org/legal/resolved.html
 * @see https://www.mozilla.org/en-US/MPL/2.0/
 */
const allowed = [
  ...["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"],
  "MPL-2.0",
];

/**
 * The packages that files are of, by name and version, our own left out.
 *
 * @param {Record<string, string[]>} bundles paths in the project, by the bundle that they are in
 * @param {string} root of the project
 * @throws {Error} where a licence is none of those allowed
 */
function bundledPackages(bundles, root = project) {
  const packages = new Map();
  for (const [bundle, files] of Object.entries(bundles)) {
    for (const file of files.filter((path) => path.includes("node_modules/"))) {
      const folder = packageOf(join(root, file));
      const found = packages.get(folder) ?? { ...read(folder), folder, bundles: [] };
      if (!found.bundles.includes(bundle)) found.bundles.push(bundle);
      packages.set(folder, found);
    }
  }
  // The same version may lie in several places.
  const unique = new Map();
  for (const one of packages.values()) {
    const key = `${one.name} ${one.version}`;
    const bundles = [...new Set([...(unique.get(key)?.bundles ?? []), ...one.bundles])].sort();
    unique.set(key, { ...one, bundles });
  }
  const all = [...unique.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  const refused = all
    .map(([, one]) => one)
    .filter(({ license }) => !allowed.includes(license))
    .map(
      ({ name, version, license, bundles }) =>
        `${name} ${version} is in ${bundles.join(", ")}, and its licence is ${license ?? "not told"}. Allowed are ${allowed.join(", ")}: take another package, or leave it to the tests.`,
    );
  if (refused.length > 0) throw new Error(refused.join("\n"));
  return all.map(([, one]) => one);
}

/** The folder of the package that a file is in. */
function packageOf(file) {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    // Some folders have a package.json that says of which kind their modules are, and no more.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version) return folder;
  }
}

function read(folder) {
  const { name, version, license, repository, author } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const { url = repository } = typeof repository === "object" ? repository : {};
  return { name, version, license, source: url && asAddress(url), author: author?.name ?? author };
}

/** What npm takes for an address, such as `git+https://….git` and `owner/name`, as one for a browser. */
function asAddress(url) {
  return url
    .replace(/^git(?:\+|:\/\/)(?:https:\/\/|ssh:\/\/git@)?/, "https://")
    .replace(/^(?:github:)?(?=[\w.-]+\/[\w.-]+$)/, "https://github.com/")
    .replace(/\.git$/, "");
}

/** The page that goes along with the bundles: what is in them, under which licence, and its text. */
function page(packages) {
  const rows = packages.map(
    ({ name, version, license, bundles, source }) =>
      `| ${name} | ${version} | ${license} | ${bundles.join(", ")} | ${source ?? ""} |`,
  );
  const texts = new Map();
  for (const { name, version, license, folder, author } of packages) {
    const text =
      textOf(folder) ??
      `${license}${author ? `, by ${author}` : ""}: the package has no text of its own.`;
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const sections = [...texts].map(
    ([text, names]) => `## ${names.join(", ")}\n\n~~~text\n${text.replaceAll("\r\n", "\n")}\n~~~\n`,
  );
  return `# Licences of what is bundled

rpcn-aurora itself is under Apache-2.0: LICENSE. The files of this folder hold code of these packages. What is under MPL-2.0 can be had as source at the address in its row.

| package | version | licence | in | source |
|---|---|---|---|---|
${rows.join("\n")}

${sections.join("\n")}`;
}

/** Licence and notices, which are files of their own or the end of a README. */
function textOf(folder) {
  const files = readdirSync(folder).sort();
  const texts = (pattern) =>
    files
      .filter((file) => pattern.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8").trim());
  const [first, ...more] = texts(/^(?:licen[cs]e|notice|copying)/i);
  if (first !== undefined) return [first, ...more].join("\n\n");
  return texts(/^readme/i).flatMap(
    (readme) => /^(?:#+ *licen[cs]e|licen[cs]e.*\n[-=]+$)[\s\S]*/im.exec(readme)?.[0] ?? [],
  )[0];
}

module.exports = { bundledPackages, page };

// As a command: the table alone.
if (require.main === module) {
  const text = readFileSync(join(project, "dist", "LICENSES.md"), "utf8");
  process.stdout.write(`${text.split("\n\n")[2]}\n`);
}
