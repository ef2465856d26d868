import type { ProviderSchemas } from "./schema";

/** Excerpts of `terraform providers schema -json`. Required only when a value needs them. */
export const bundledSchemas: readonly ProviderSchemas[] = [
  require("../schemas/hashicorp-aws-5.100.0.json"),
  require("../schemas/redpanda-data-redpanda-2.1.0.json"),
  require("../schemas/cyrilgdn-postgresql-1.26.0.json"),
  require("../schemas/petoju-mysql-3.0.88.json"),
  require("../schemas/hashicorp-http-3.5.0.json"),
  require("../schemas/hashicorp-local-2.9.0.json"),
];
