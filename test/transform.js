const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const configuration = join(__dirname, "..", "tsconfig.json");
const version = createHash("sha256")
  .update(readFileSync(configuration))
  .update(readFileSync(__filename))
  .update(require("typescript/package.json").version)
  .digest("hex");

/**
 * Takes the types out of TypeScript, file by file: `npm run lint` checks them. The compiler is loaded
 * for a file that has changed alone, because Jest keeps what comes out.
 *
 * @type {import("@jest/transform").SyncTransformer}
 */
module.exports = {
  getCacheKey: (text, path) =>
    createHash("sha256").update(version).update(path).update("\0").update(text).digest("hex"),

  process(text, path) {
    const ts = require("typescript");
    const { compilerOptions } = ts.readConfigFile(configuration, ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, "");
    const { outputText: code } = ts.transpileModule(text, {
      fileName: path,
      compilerOptions: {
        ...options,
        module: ts.ModuleKind.CommonJS,
        moduleResolution: ts.ModuleResolutionKind.Node10,
        inlineSourceMap: true,
      },
    });
    return { code };
  },
};
