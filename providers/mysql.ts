import { type TerraformMetaArguments, TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { providers } from "./required-providers";

/** @see https://registry.terraform.io/providers/petoju/mysql/latest/docs */
export interface MysqlProviderConfig {
  /** `<host>:<port>` of the server. */
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  /**
   * Certificates in PEM (not a file's name) by which the server's own is verified, its host name
   * included. Must be known when Terraform plans.
   */
  readonly caCert: string;
  /** Seconds during which a connection that fails is tried again. @default - the provider's 300 */
  readonly connectRetryTimeoutSec?: number;
}

/** The provider `petoju/mysql`, as far as these stacks use it; it has no published bindings. */
export class MysqlProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: MysqlProviderConfig,
  ) {
    super(scope, id, {
      terraformResourceType: "mysql",
      terraformProviderSource: providers.mysql.source,
    });
  }

  protected override synthesizeAttributes() {
    return {
      endpoint: this.config.endpoint,
      username: this.config.username,
      password: this.config.password,
      connect_retry_timeout_sec: this.config.connectRetryTimeoutSec,
      // Stands for `tls` as well: a configuration of this kind is always used.
      custom_tls: [{ ca_cert: this.config.caCert }],
    };
  }
}

/** A user of the server: its name, and the hosts that it may come from. */
interface Account {
  readonly user: string;
  /** Pattern of hosts, such as `%` for any. @default - the provider's `localhost` */
  readonly host: string;
}

export interface MysqlUserConfig extends TerraformMetaArguments, Account {
  /** Plugin that lets the user in, such as `AWSAuthenticationPlugin` (`AS 'RDS'` goes with it). */
  readonly authPlugin: string;
}

export class MysqlUser extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: MysqlUserConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "mysql_user" });
  }

  get user(): string {
    return this.getStringAttribute("user");
  }

  get host(): string {
    return this.getStringAttribute("host");
  }

  protected override synthesizeAttributes() {
    return {
      user: this.config.user,
      host: this.config.host,
      auth_plugin: this.config.authPlugin,
    };
  }
}

export interface MysqlGrantConfig extends TerraformMetaArguments, Account {
  /**
   * A database, or `*` for all. With `table`, a plain name; without, a pattern, in which `_` stands
   * for any character and `\_` for itself.
   */
  readonly database: string;
  /** @default - the provider's `*`: all tables */
  readonly table?: string;
  /** Such as `SELECT`, in capitals. */
  readonly privileges: string[];
}

/** Privileges on one thing. One grant for each user and thing: the provider refuses a second. */
export class MysqlGrant extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: MysqlGrantConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "mysql_grant" });
  }

  protected override synthesizeAttributes() {
    return {
      user: this.config.user,
      host: this.config.host,
      database: this.config.database,
      table: this.config.table,
      privileges: this.config.privileges,
    };
  }
}

export interface MysqlSqlConfig extends TerraformMetaArguments {
  readonly name: string;
  /** One statement, run when the resource is created. What it did is never read again. */
  readonly createSql: string;
  /** One statement, run when the resource is destroyed. */
  readonly deleteSql: string;
}

export class MysqlSql extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: MysqlSqlConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "mysql_sql" });
  }

  protected override synthesizeAttributes() {
    return {
      name: this.config.name,
      create_sql: this.config.createSql,
      delete_sql: this.config.deleteSql,
    };
  }
}
