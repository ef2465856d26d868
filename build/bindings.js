const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const project = join(__dirname, "..");
const name = "@cdktf/provider-aws";
const folder = join(project, "node_modules", name);

/**
 * Leaves of AWS's bindings what the sources and their tests import: 60 of 2,230 types. The others, and
 * the description for other languages (.jsii), are 385 MB that nothing here reads. A type that was
 * removed, and is imported now, comes back from npm's cache or registry.
 */
function main() {
  if (!existsSync(folder)) return;
  const wanted = importedTypes();
  rmSync(join(folder, ".jsii"), { force: true });
  const present = readdirSync(join(folder, "lib"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  for (const type of present) {
    if (!wanted.has(type)) rmSync(join(folder, "lib", type), { recursive: true });
  }
  const missing = [...wanted].filter((type) => !present.includes(type));
  if (missing.length > 0) unpack(folder, missing);
}

/** Every type whose folder in the package's `lib/` some file names. */
function importedTypes() {
  const skipped = ["node_modules", "dist", ".git", "__snapshots__", "cdktf.out"];
  const files = (at) =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
      if (skipped.includes(entry.name)) return [];
      const path = join(at, entry.name);
      return entry.isDirectory() ? files(path) : path.endsWith(".ts") ? [path] : [];
    });
  return new Set(
    files(project).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/"@cdktf\/provider-aws\/lib\/([\w-]+)/g)].map(
        ([, type]) => type,
      ),
    ),
  );
}

/**
 * Unpacks the package of the lock file, from npm's cache or its registry.
 *
 * @param {string} to a folder that is there, which gets `lib/`
 * @param {readonly string[]} [types] @default - all
 */
function unpack(to, types) {
  const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  const work = mkdtempSync(join(tmpdir(), "bindings-"));
  try {
    const pack = ["pack", "--silent", "--prefer-offline", "--pack-destination", work];
    const file = execFileSync("npm", [...pack, `${name}@${version}`], { encoding: "utf8" }).trim();
    const tarball = join(work, file);
    const hash = createHash("sha512").update(readFileSync(tarball)).digest("base64");
    if (`sha512-${hash}` !== integrity) {
      throw new Error(`${name} ${version} is not what package-lock.json names.`);
    }
    const paths = types?.map((type) => `package/lib/${type}`) ?? [
      "package/lib",
      "package/package.json",
    ];
    execFileSync("tar", ["-xzf", tarball, "-C", to, "--strip-components=1", ...paths]);
  } catch (error) {
    const what = types ? `lib/${types.join(", lib/")}` : "them";
    error.message = `The bindings of AWS lack ${what}, and npm cannot get ${name} ${version}: ${error.message}`;
    throw error;
  } finally {
    rmSync(work, { recursive: true });
  }
}

module.exports = { unpack };

if (require.main === module) main();
