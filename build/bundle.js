const { createHash } = require("node:crypto");
const {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { dirname, join } = require("node:path");
const { gzipSync } = require("node:zlib");
const { build } = require("esbuild");
const { bundledPackages, page } = require("./licences");

const project = join(__dirname, "..");
const dist = join(project, "dist");
const indexes = join(project, "packages", "cdktf-hcl", "indexes");

/**
 * What takes the place of files of dependencies that would be loaded, or run, for nothing: by the end
 * of their path.
 */
const replacements = {
  // Zips folders of assets. No stack has any; it brings 40 packages and 9 ms of loading.
  "/archiver/index.js":
    "module.exports = () => { throw new Error('there are no assets to zip'); };",
  // Notes for every token where it was made, with the whole stack: 25 ms, for CDKTF's own messages alone.
  "/cdktf/lib/tokens/private/stack-trace.js": "exports.captureStackTrace = () => [];",
  // Node has JSON.
  "/jsonify/index.js": "module.exports = JSON;",
  // Messages in 49 languages: ours are our own.
  "/zod/v4/locales/index.js": "export { default as en } from './en.js';",
};

const isReplaced = (path) => Object.keys(replacements).some((end) => path.endsWith(end));

const replace = {
  name: "replace",
  setup({ onLoad }) {
    for (const [end, contents] of Object.entries(replacements)) {
      const filter = new RegExp(`${end.replaceAll(".", "[.]").replaceAll("/", "[\\\\/]")}$`);
      onLoad({ filter }, () => ({ contents }));
    }
  },
};

const successor = readFileSync(join(__dirname, "cdktn.js"), "utf8");

/** The HCL writer has one copy: it keeps by construct how that is shown. */
const writerBeside = {
  name: "writer-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^cdktf-hcl$/ }, () => ({ path: "./hcl.js", external: true }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const usual = {
  absWorkingDir: project,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.9",
  // V8 takes a byte for each character where all are below U+0100, and else two.
  charset: "ascii",
  // Names stay: messages show those of classes, and stack traces are to be read.
  minifyWhitespace: true,
  minifySyntax: true,
  // Licences are in dist/LICENSES.md.
  legalComments: "none",
  // Node shows the line of an error that nobody caught.
  lineLimit: 160,
  metafile: true,
  write: false,
  logLevel: "warning",
  // As it is written, not as it was built last.
  alias: { "cdktf-hcl": "./packages/cdktf-hcl/src/index.ts" },
  plugins: [replace],
};

/** Peers of who uses the classes: a second copy would not know the constructs of theirs. */
const peers = ["cdktf", "constructs", "@cdktf/provider-aws"];

async function bundle(name, entry, options = {}) {
  const { outputFiles, metafile } = await build({
    ...usual,
    entryPoints: { [name]: entry },
    outdir: dist,
    ...options,
  });
  const [{ contents }] = outputFiles;
  return { name, contents, inputs: Object.values(metafile.outputs)[0].inputs };
}

async function main() {
  const [program, library, writer] = await Promise.all([
    bundle("program", "main.ts"),
    bundle("index", "index.ts", {
      external: peers,
      alias: {},
      plugins: [...usual.plugins, writerBeside],
    }),
    bundle("hcl", "packages/cdktf-hcl/src/index.ts", { external: peers }),
  ]);
  const start = await bundle("main", "start.ts", {
    // An old Node has to read it, to say that it is old.
    target: "es2015",
    define: { PROGRAM_HASH: `"${createHash("sha256").update(program.contents).digest("hex")}"` },
  });

  const bundles = [start, program, library, writer];
  const licences = page(
    bundledPackages(
      Object.fromEntries(
        bundles.map(({ name, inputs }) => [
          `${name}.js`,
          Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0 && !isReplaced(file)),
        ]),
      ),
    ),
  );
  const files = new Map([
    ...bundles.map(({ name, contents }) => [`${name}.js`, contents]),
    ["LICENSES.md", licences],
    ...[library, writer].map(({ name, contents }) => [
      join("cdktn", `${name}.js`),
      `${successor}${exportsOf(contents)}`,
    ]),
    ...readdirSync(indexes).map((name) => [
      join("indexes", `${name}.gz`),
      gzipSync(readFileSync(join(indexes, name)), { level: 9 }),
    ]),
  ]);
  for (const [name, content] of files) write(join(dist, name), Buffer.from(content));
  chmodSync(join(dist, "main.js"), 0o755);
  const folders = ["cdktn", "indexes"];
  for (const name of [
    ...readdirSync(dist),
    ...folders.flatMap((folder) =>
      readdirSync(join(dist, folder)).map((name) => join(folder, name)),
    ),
  ]) {
    const isOurs = files.has(name) || folders.includes(name) || name === "types";
    if (!isOurs) rmSync(join(dist, name), { recursive: true });
  }
}

/** The statement by which a bundle tells Node, for `import { … }`, what it exports. It is never run. */
function exportsOf(contents) {
  const text = Buffer.from(contents).toString();
  return text.slice(text.lastIndexOf("0&&(module.exports="));
}

/** As a whole, and only what has changed: somebody may be running it. */
function write(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, content);
  renameSync(own, path);
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
