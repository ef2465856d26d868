#!/usr/bin/env node
import { engines } from "./package.json";

/** Of the bundle beside this file, by build/bundle.js. */
declare const PROGRAM_HASH: string;

// What an old Node cannot read is in the other bundle, and in files that are loaded by need.
const numbers = (version: string) => /(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
const [major = 0, minor = 0] = numbers(process.versions.node);
const [leastMajor = 0, leastMinor = 0] = numbers(engines.node);
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  process.stderr.write(
    `rpcn-aurora needs Node ${leastMajor}.${leastMinor} or later, and this is Node ${process.versions.node}: https://nodejs.org/en/download has newer ones.\n`,
  );
  process.exitCode = 1;
} else {
  const { runCompiled } = require("./commands/compiled") as typeof import("./commands/compiled");
  runCompiled(`${__dirname}/program.js`, PROGRAM_HASH);
}
