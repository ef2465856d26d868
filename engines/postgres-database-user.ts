import { Grant } from "@cdktf/provider-postgresql/lib/grant";
import { PostgresqlProvider } from "@cdktf/provider-postgresql/lib/provider";
import { Publication } from "@cdktf/provider-postgresql/lib/publication";
import { Role } from "@cdktf/provider-postgresql/lib/role";
import { type ITerraformDependable, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import {
  type DatabaseUser,
  type DatabaseUserProps,
  providerComment,
  tablesReady,
} from "./database-user";

/** The user, and the publication that the connector looks for, by `cyrilgdn/postgresql`. */
export class PostgresDatabaseUser extends Construct implements DatabaseUser {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseUserProps) {
    super(scope, id);
    layout(this, { file: "database-user.tf", section: "Database user" });
    const database = "${var.db_name}";

    const provider = new PostgresqlProvider(this, "postgresql", {
      host: props.host,
      port: Token.isUnresolved(props.port) ? Token.asNumber(props.port) : Number(props.port),
      database,
      username: `\${var.${props.master.user}}`,
      password: props.password.value,
      superuser: false,
      sslmode: "verify-full",
      sslrootcert: "${var.rds_ca_file}",
      connectTimeout: 10,
    });
    layout(provider, {
      file: "versions.tf",
      comment: providerComment,
      comments: {
        database: "The user's last privileges are in this database when the user is dropped.",
        superuser: "RDS gives nobody superuser.",
        sslrootcert: "The provider accepts only a file, and requires it before the first apply.",
      },
    });

    const user = new Role(this, "postgresql_role.iam_auth_user", {
      name: "${var.iam_auth_user}",
      login: true,
      roles: ["rds_iam", "rds_replication"],
      lifecycle: { precondition: [props.password.precondition] },
      dependsOn: [...props.dependsOn],
    });
    layout(user, {
      comment:
        "No password: members of rds_iam log in only with a token. Should the master user be refused too from here on (PAM authentication failed): docs/database-user.md names the way out.",
      comments: {
        roles:
          "Here, and not in postgresql_grant_role: this resource revokes what its list does not have.",
      },
    });

    const connect = new Grant(this, "postgresql_grant.connect", {
      database,
      role: user.name,
      objectType: "database",
      privileges: ["CONNECT"],
    });
    const usage = new Grant(this, "postgresql_grant.usage", {
      database,
      role: user.name,
      schema: "${var.cdc_schema}",
      objectType: "schema",
      privileges: ["USAGE"],
    });

    const usageBySchema = new Grant(this, "postgresql_grant.usage_by_schema", {
      database,
      role: user.name,
      schema: "${each.value}",
      objectType: "schema",
      privileges: ["USAGE"],
    });
    usageBySchema.addOverride(
      "for_each",
      `\${setsubtract(keys(${props.tables}), [var.cdc_schema])}`,
    );
    layout(usageBySchema, { comment: "Other schemas than cdc_schema." });

    const select = new Grant(this, "postgresql_grant.select", {
      database,
      role: user.name,
      schema: "${each.value.schema}",
      objectType: "table",
      objects: ["${each.value.table}"],
      privileges: ["SELECT"],
    });
    select.addOverride(
      "for_each",
      `\${merge([for schema, tables in ${props.tables} : { for table in tables : (schema == var.cdc_schema ? table : "\${schema}.\${table}") => { schema = schema, table = table } if ${tablesReady} }]...)}`,
    );
    layout(select, {
      comment:
        "Only the listed tables, once they exist. One grant for each: a change of the list would replace a common one, and the pipeline could read nothing meanwhile.",
    });

    const publication = new Publication(this, "postgresql_publication.pglog_stream", {
      name: "pglog_stream_${var.slot_name}",
      database,
      tables: Token.asList(
        `\${[for table in lookup(${props.tables}, var.cdc_schema, []) : "\${var.cdc_schema}.\${table}"]}`,
      ),
      publishViaPartitionRootParam: true,
      dependsOn: [...props.dependsOn],
    });
    publication.addOverride(
      "count",
      `\${${tablesReady} && contains(keys(${props.tables}), var.cdc_schema) ? 1 : 0}`,
    );
    layout(publication, {
      comment:
        "The connector looks for this name. It finds its tables in the publication, and needs no right to alter it.",
    });
    const publicationBySchema = new Publication(
      this,
      "postgresql_publication.pglog_stream_by_schema",
      {
        name: "pglog_stream_${var.slot_name}_${each.key}",
        database,
        tables: Token.asList('${[for table in each.value : "${each.key}.${table}"]}'),
        publishViaPartitionRootParam: true,
        dependsOn: [...props.dependsOn],
      },
    );
    publicationBySchema.addOverride(
      "for_each",
      `\${{ for schema, tables in ${props.tables} : schema => tables if ${tablesReady} && schema != var.cdc_schema }}`,
    );

    this.ready = [connect, usage, usageBySchema, select, publication, publicationBySchema];
  }
}
