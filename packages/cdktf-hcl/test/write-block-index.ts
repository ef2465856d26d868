/**
 * Writes a block index into packages/cdktf-hcl/indexes, of a schema or of prebuilt bindings:
 *
 *     npm run index:hcl -- schemas.json registry.terraform.io/hashicorp/aws 5.100.0
 *     npm run index:hcl -- node_modules/@cdktf/provider-google
 *
 * `schemas.json` is what `terraform providers schema -json` prints. Bindings are for providers that
 * speak version 5 of the plugin protocol alone.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { indexOfBindings, indexOfSchema } from "./block-indexes";

const [from = "", provider = "", version = ""] = process.argv.slice(2);
const index = from.endsWith(".json")
  ? indexOfSchema(
      provider,
      version,
      JSON.parse(readFileSync(from, "utf8")).provider_schemas[provider],
    )
  : indexOfBindings(from);
const [, ...name] = index.provider.split("/");
const file = resolve("packages/cdktf-hcl/indexes", `${name.join("-")}-${index.version}.json`);
const text = `${JSON.stringify(index)}\n`;
writeFileSync(file, text);
const types = Object.keys({ ...index.resource, ...index.data }).length;
console.log(
  `${file}: ${types} types, ${text.length} bytes, ${gzipSync(text).length} of them packed`,
);
