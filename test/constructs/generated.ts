import type { Surroundings } from "./rendered";

/** How commands come by files, as another construct hands it out. */
export const generatedFiles = (around: Surroundings) => ({
  prefix: around.given("local.files"),
  begin: around.given("local.begin"),
  end: around.given("local.end"),
  folder: "path.module",
  areBesideModule: true,
});

/** A file that an apply writes, as another construct hands it out. */
export const generatedFile = (around: Surroundings, address: string, name: string) => ({
  path: `${around.given("local.files")}${name}`,
  fetch: around.given(`local.fetch_${address}`),
});
