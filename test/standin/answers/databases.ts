import type { Answer } from "./index";

const byName: Answer = ({ values }) => ({ id: values.name });

/** PostgreSQL and MySQL: most objects are known by their name. */
export const databases: Record<string, Answer> = {
  mysql_database: byName,
  mysql_role: byName,
  mysql_user: ({ values }) => ({ id: `${values.user}@${values.host}` }),
  postgresql_extension: byName,
  postgresql_publication: byName,
  postgresql_role: byName,
  postgresql_schema: byName,
};
