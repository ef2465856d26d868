/**
 * Where Terraform finds each provider and which versions the modules were made for.
 *
 * The bindings pin the exact version they were generated from; a module is used for years and by
 * other people, so it states the range that it is known to work with instead.
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements
 */
export const providers = {
  // Bindings of the 6.x line, but nothing that only 6.x has: 5.100 is enough.
  aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
  redpanda: { source: "redpanda-data/redpanda", version: ">= 2.1.0, < 3.0.0" },
  http: { source: "hashicorp/http", version: "~> 3.4" },
  local: { source: "hashicorp/local", version: "~> 2.5" },
  postgresql: { source: "cyrilgdn/postgresql", version: "~> 1.26" },
  // From 3.0.66 on, it verifies a server without certificates of the client's own.
  mysql: { source: "petoju/mysql", version: "~> 3.0, >= 3.0.66" },
};

export type ProviderName = keyof typeof providers;

/** Write-only arguments and ephemeral variables came together in this version. */
export const requiredTerraformVersion = ">= 1.11";
