#!/usr/bin/env node
// npm makes no command of a file that is not there, as dist/ is not before the first build.
require("./dist/main.js");
