module.exports = require("./setup").teardown;
