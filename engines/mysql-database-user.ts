import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { MysqlGrant, MysqlProvider, MysqlSql, MysqlUser } from "../providers/mysql";
import { heartbeatTable } from "../variables/binary-log";
import {
  type DatabaseUser,
  type DatabaseUserProps,
  providerComment,
  tablesReady,
} from "./database-user";

/** The user, and how long the binary log stays, by `petoju/mysql`. */
export class MysqlDatabaseUser extends Construct implements DatabaseUser {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseUserProps) {
    super(scope, id);
    layout(this, { file: "database-user.tf", section: "Database user" });

    const provider = new MysqlProvider(this, "mysql", {
      endpoint: `${props.host}:${props.port}`,
      username: `\${var.${props.master.user}}`,
      password: props.password.value,
      caCert: props.caPem,
      connectRetryTimeoutSec: 30,
    });
    layout(provider, { file: "versions.tf", comment: providerComment });

    const user = new MysqlUser(this, "mysql_user.iam_auth_user", {
      user: "${var.iam_auth_user}",
      host: "%",
      authPlugin: "AWSAuthenticationPlugin",
      lifecycle: { precondition: [props.password.precondition] },
      dependsOn: [...props.dependsOn],
    });
    layout(user, { comment: "No password: the plugin accepts only tokens." });
    const account = { user: user.user, host: user.host };

    const select = new MysqlGrant(this, "mysql_grant.select", {
      ...account,
      database: "${each.value.database}",
      table: "${each.value.table}",
      privileges: ["SELECT"],
    });
    select.addOverride(
      "for_each",
      `\${merge([for database, tables in ${props.tables} : { for table in concat(tables, var.heartbeat ? ["${heartbeatTable}"] : []) : (database == var.db_name ? table : "\${database}.\${table}") => { database = database, table = table } if ${tablesReady} }]...)}`,
    );
    layout(select, { comment: "Only the listed tables and the heartbeat, once they exist." });

    const lockTables = new MysqlGrant(this, "mysql_grant.lock_tables", {
      ...account,
      database: '${replace(var.db_name, "_", "\\\\_")}',
      privileges: ["LOCK TABLES"],
    });
    layout(lockTables, {
      comment:
        "For the snapshot. MySQL has no narrower form; the backslash keeps _ from being a wildcard.",
    });

    const lockTablesByDatabase = new MysqlGrant(this, "mysql_grant.lock_tables_by_database", {
      ...account,
      database: '${replace(each.value, "_", "\\\\_")}',
      privileges: ["LOCK TABLES"],
    });
    lockTablesByDatabase.addOverride(
      "for_each",
      `\${setsubtract(keys(${props.tables}), [var.db_name])}`,
    );
    layout(lockTablesByDatabase, { comment: "Other databases than db_name." });

    const replication = new MysqlGrant(this, "mysql_grant.replication", {
      ...account,
      database: "*",
      privileges: ["RELOAD", "REPLICATION CLIENT", "REPLICATION SLAVE"],
    });
    layout(replication, { comment: "For the binary log, and for the snapshot's FLUSH TABLES." });

    this.ready = [select, lockTables, lockTablesByDatabase, replication];
    if (props.asFound) return;
    const retention = (hours: string) =>
      `CALL mysql.rds_set_configuration('binlog retention hours', ${hours})`;
    const binlog = new MysqlSql(this, "mysql_sql.binlog_retention", {
      name: "binlog_retention",
      createSql: retention("${var.binlog_retention_hours}"),
      deleteSql: retention("NULL"),
      dependsOn: [...props.dependsOn],
    });
    layout(binlog, {
      comment:
        "A pipeline that stands still for less than this finds its position again. Not mysql_rds_config, which also sets a replication delay.",
    });

    this.ready = [...this.ready, binlog];
  }
}
