/** The folder of the snapshots, in the project's. */
export const out = "__snapshots__";

/** The folder of the modules that another one calls. */
export const called = "__snapshots__/modules";

/** In place of the package's: a release alone changes no snapshot. */
export const version = "0.0.0";
