/** The versions that the texts of the catalogue were read in. */
const connectVersion = "v4.106.0";

/** A file of Redpanda Connect. */
export const connect = (path: string) =>
  `https://github.com/redpanda-data/connect/blob/${connectVersion}/${path}`;

/** A page of Redpanda Connect's documentation. */
export const connectDocs = (path: string) => `https://docs.redpanda.com/redpanda-connect/${path}`;

export const benthos = (path: string) =>
  `https://github.com/redpanda-data/benthos/blob/v4.78.0/${path}`;

export const auroraGuide = (page: string) =>
  `https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/${page}.html`;

export const iamGuide = (page: string) =>
  `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;

export const pgx = (path: string) => `https://github.com/jackc/pgx/blob/v5.9.2/${path}`;

export const postgresSource = (path: string) =>
  `https://github.com/postgres/postgres/blob/REL_17_STABLE/${path}`;

export const mysqlErrors =
  "https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html";

export const goMysql = (path: string) =>
  `https://github.com/go-mysql-org/go-mysql/blob/v1.14.0/${path}`;

export const goSqlDriver = (path: string) =>
  `https://github.com/go-sql-driver/mysql/blob/v1.9.3/${path}`;

export const franz = (path: string) => `https://github.com/twmb/franz-go/blob/v1.20.7/${path}`;
