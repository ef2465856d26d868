const { mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");
const ts = require("typescript");

const project = join(__dirname, "..");
const types = join(project, "dist", "types");

/** What package.json exports, by its source. */
const entries = ["index.ts", "packages/cdktf-hcl/src/index.ts"];

// The types of what is exported, and of what these mention; the rest of the program is nobody's.
const { compilerOptions } = ts.readConfigFile(
  join(project, "tsconfig.test.json"),
  ts.sys.readFile,
).config;
const { options } = ts.convertCompilerOptionsFromJson(
  {
    ...ts.readConfigFile(join(project, "tsconfig.json"), ts.sys.readFile).config.compilerOptions,
    paths: compilerOptions.paths,
    types: ["node"],
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: types,
  },
  project,
);
const declarations = new Map();
const program = ts.createProgram(
  entries.map((entry) => join(project, entry)),
  options,
);
const { diagnostics } = program.emit(undefined, (path, text) =>
  declarations.set(relative(types, path), text),
);
const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
if (problems.length > 0) {
  process.stderr.write(
    ts.formatDiagnostics(problems, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => project,
      getNewLine: () => "\n",
    }),
  );
  process.exit(1);
}

const wanted = new Set(entries.map((entry) => entry.replace(/ts$/, "d.ts")));
for (const path of wanted) {
  for (const { fileName } of ts.preProcessFile(declarations.get(path)).importedFiles) {
    if (!fileName.startsWith(".")) continue;
    const imported = join(dirname(path), fileName);
    const found = [`${imported}.d.ts`, join(imported, "index.d.ts")].find((one) =>
      declarations.has(one),
    );
    wanted.add(found);
  }
}

rmSync(types, { recursive: true, force: true });
for (const path of wanted) {
  const text = declarations.get(path);
  write(path, text);
  // For CDK Terrain, as build/cdktn.js runs the same code.
  write(join("cdktn", path), text.replace(/(?<=["'])(@?)cdktf(?=["'/])/g, "$1cdktn"));
}

function write(path, text) {
  mkdirSync(dirname(join(types, path)), { recursive: true });
  writeFileSync(join(types, path), text);
}
