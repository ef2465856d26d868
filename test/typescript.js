// node -r ./test/typescript.js runs a program of the tests as it is written, without a build.
const { readFileSync } = require("node:fs");
const { process: withoutTypes } = require("./transform");

require.extensions[".ts"] = (module, file) =>
  module._compile(withoutTypes(readFileSync(file, "utf8"), file).code, file);
