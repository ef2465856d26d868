import { type Judgement, notSetUp, type StatusStatement } from "./status";

/**
 * What arrives where the binary log does not hold complete rows: the reader gives every column a
 * place, and those that the log leaves out are null there.
 * @see https://github.com/go-mysql-org/go-mysql/blob/v1.14.0/replication/row_event.go decodeImage
 * @see https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html binlog_row_image
 */
export const incompleteRows =
  "Connect logs nothing and rows arrive, but columns that an UPDATE leaves as they are come as null, the key among them, and of a DELETE all but the key";

export const statements: readonly StatusStatement[] = [
  {
    id: "user",
    sql: "SELECT user, host, plugin FROM mysql.user WHERE user = '<iam_auth_user>';",
    title: "The database user exists, and logs in with IAM",
    hop: "login",
    judge: ([user], { iam_auth_user }) => {
      if (!user) return notSetUp(`There is no user ${iam_auth_user}: the setup SQL has not run.`);
      return user.plugin === "AWSAuthenticationPlugin"
        ? { ok: `${iam_auth_user} logs in by AWSAuthenticationPlugin.` }
        : notSetUp(`${iam_auth_user} logs in by ${user.plugin}, not by AWSAuthenticationPlugin.`);
    },
  },
  {
    id: "grants",
    sql: "SHOW GRANTS FOR '<iam_auth_user>'@'%';",
    title: "The database user may read the tables and the binary log",
    hop: "database",
    judge: (rows, { iam_auth_user }) => {
      const granted = rows.flatMap((row) => Object.values(row)).join("\n");
      const lacking = ["SELECT", "REPLICATION SLAVE", "REPLICATION CLIENT"].filter(
        (privilege) => !granted.includes(privilege) && !granted.includes("ALL PRIVILEGES"),
      );
      return lacking.length > 0
        ? notSetUp(`${iam_auth_user} lacks ${lacking.join(", ")}.`)
        : { ok: `${iam_auth_user} may SELECT, and read the binary log.` };
    },
  },
  {
    id: "binary-log",
    sql: "SELECT @@log_bin, @@binlog_format, @@binlog_row_image;",
    title: "The binary log is on, and holds complete rows",
    hop: "database",
    judge: ([settings = {}]): Judgement => {
      const required: [name: string, value: string][] = [
        ["@@log_bin", "1"],
        ["@@binlog_format", "ROW"],
        ["@@binlog_row_image", "FULL"],
      ];
      const wrong = required.filter(([name, value]) => settings[name] !== value);
      if (wrong.length === 0) return { ok: "It is on, with format ROW and complete rows." };
      const found = wrong.map(
        ([name, value]) => `${name} is ${settings[name] ?? "not told"}, and must be ${value}`,
      );
      const isIncomplete = wrong.some(([name]) => name === "@@binlog_row_image");
      return {
        broken: `${found.join("; ")}.${isIncomplete ? ` ${incompleteRows}.` : ""}`,
        fix: [
          { shell: "terraform apply" },
          "Once the cluster has its parameter group, the writer must restart, which takes it away for a minute:",
          {
            shell:
              "aws rds reboot-db-instance --db-instance-identifier <db_instance_identifier> --region <region>",
          },
        ],
      };
    },
  },
  {
    id: "reader",
    sql: "SELECT id, command, time FROM information_schema.processlist WHERE user = '<iam_auth_user>' AND command LIKE 'Binlog Dump%';",
    title: "The binary log is being read",
    hop: "read",
    judge: ([thread], { iam_auth_user }): Judgement =>
      thread
        ? { ok: `${iam_auth_user} reads it, for ${thread.time} seconds so far.` }
        : {
            broken: `${iam_auth_user} does not read the binary log.`,
            fix: ["Connect reads it once all hops before work: look at its log."],
          },
  },
];
