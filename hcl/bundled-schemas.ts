import type { ProviderSchemas } from "./schema";
import postgresql from "./schemas/cyrilgdn-postgresql-1.26.0.json";
import aws from "./schemas/hashicorp-aws-5.100.0.json";
import http from "./schemas/hashicorp-http-3.5.0.json";
import local from "./schemas/hashicorp-local-2.9.0.json";
import mysql from "./schemas/petoju-mysql-3.0.88.json";
import redpanda from "./schemas/redpanda-data-redpanda-2.1.0.json";

/** Excerpts of `terraform providers schema -json`. Required only when a value needs them. */
export const bundledSchemas = [
  aws,
  redpanda,
  postgresql,
  mysql,
  http,
  local,
] as unknown as readonly ProviderSchemas[];
