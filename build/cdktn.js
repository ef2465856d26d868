// Runs the bundle of this file's name in the folder above, with CDK Terrain in CDKTF's place: the code is
// the same, and of each package of CDKTF there is one with another name. "./hcl.js" is the one beside this.
// https://github.com/open-constructs/cdk-terrain
const { readFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const { compileFunction } = require("node:vm");

const path = join(__dirname, "..", basename(__filename));
const parameters = ["exports", "require", "module", "__filename", "__dirname"];
const bundle = compileFunction(readFileSync(path, "utf8"), parameters, { filename: path });
const requireThere = (name) => require(name.replace(/^(@?)cdktf(?=$|\/)/, "$1cdktn"));
bundle(exports, requireThere, module, path, dirname(path));
