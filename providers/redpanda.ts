import {
  type IResolvable,
  TerraformDataSource,
  type TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
} from "cdktf";
import type { Construct } from "constructs";
import { providers } from "./required-providers";

/**
 * The provider `redpanda-data/redpanda`, as far as these stacks use it; it has no published
 * bindings. Credentials come from `REDPANDA_CLIENT_ID` and `REDPANDA_CLIENT_SECRET`.
 * @see https://registry.terraform.io/providers/redpanda-data/redpanda/latest/docs
 */
export class RedpandaProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "redpanda",
      terraformProviderSource: providers.redpanda.source,
    });
  }
}

/** Where the object lives, and whether Terraform may delete it. */
interface InCluster extends TerraformMetaArguments {
  /** URL of the cluster's data plane API: `cluster_api_url` of {@link DataRedpandaCluster}. */
  readonly clusterApiUrl: string;
  /**
   * Whether `terraform destroy` may delete the object.
   * @default - the provider's `false`: destroy is refused
   */
  readonly allowDeletion?: boolean | IResolvable;
}

/** An existing cluster. It does not tell NAT gateways, account id or pipeline role. */
export class DataRedpandaCluster extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: { readonly id: string },
  ) {
    super(scope, id, { terraformResourceType: "redpanda_cluster" });
  }

  get clusterApiUrl(): string {
    return this.getStringAttribute("cluster_api_url");
  }

  get clusterType(): string {
    return this.getStringAttribute("cluster_type");
  }

  get region(): string {
    return this.getStringAttribute("region");
  }

  get state(): string {
    return this.getStringAttribute("state");
  }

  get networkId(): string {
    return this.getStringAttribute("network_id");
  }

  protected override synthesizeAttributes() {
    return { id: this.config.id };
  }
}

export interface RedpandaTopicConfig extends InCluster {
  /** 1 to 249 letters, digits, `.`, `_`, `-`. A new name is a new topic. */
  readonly name: string;
  /** May be raised in place, never lowered. */
  readonly partitionCount: number;
  /** Odd, at most the number of brokers; a change replaces the topic. */
  readonly replicationFactor: number;
  /** Topic properties, such as `cleanup.policy`. @default - the cluster's */
  readonly configuration?: Record<string, string>;
}

export class RedpandaTopic extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: RedpandaTopicConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "redpanda_topic" });
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  protected override synthesizeAttributes() {
    return {
      name: this.config.name,
      cluster_api_url: this.config.clusterApiUrl,
      partition_count: this.config.partitionCount,
      replication_factor: this.config.replicationFactor,
      configuration: this.config.configuration,
      allow_deletion: this.config.allowDeletion,
    };
  }
}

export interface RedpandaUserConfig extends InCluster {
  readonly name: string;
  /** Lower case: the provider knows no other; the pipeline's YAML spells the same in capitals. */
  readonly mechanism: "scram-sha-256" | "scram-sha-512";
  /** Sent to the cluster, kept nowhere. 3 to 128 characters. */
  readonly passwordWo: string;
  /** The password is sent again when this number changes. */
  readonly passwordWoVersion: number;
}

export class RedpandaUser extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: RedpandaUserConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "redpanda_user" });
  }

  protected override synthesizeAttributes() {
    return {
      name: this.config.name,
      cluster_api_url: this.config.clusterApiUrl,
      mechanism: this.config.mechanism,
      password_wo: this.config.passwordWo,
      password_wo_version: this.config.passwordWoVersion,
      allow_deletion: this.config.allowDeletion,
    };
  }
}

export interface RedpandaAclConfig extends InCluster {
  /** `User:<name>`. */
  readonly principal: string;
  readonly resourceType: "TOPIC" | "GROUP" | "CLUSTER" | "TRANSACTIONAL_ID";
  readonly resourceName: string;
  readonly resourcePatternType: "LITERAL" | "PREFIXED";
  readonly operation: "READ" | "WRITE" | "DESCRIBE";
  readonly permissionType: "ALLOW" | "DENY";
  /** Address of the client, or `*` for any. */
  readonly host: string;
}

/** One permission. Any change replaces it. */
export class RedpandaAcl extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: RedpandaAclConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "redpanda_acl" });
  }

  protected override synthesizeAttributes() {
    return {
      cluster_api_url: this.config.clusterApiUrl,
      principal: this.config.principal,
      host: this.config.host,
      resource_type: this.config.resourceType,
      resource_name: this.config.resourceName,
      resource_pattern_type: this.config.resourcePatternType,
      operation: this.config.operation,
      permission_type: this.config.permissionType,
      allow_deletion: this.config.allowDeletion,
    };
  }
}

export interface RedpandaSchemaRegistryAclConfig extends TerraformMetaArguments {
  readonly clusterId: string;
  /** `User:<name>`. */
  readonly principal: string;
  /** Where requests come from; `*` is anywhere. */
  readonly host: string;
  readonly resourceType: "SUBJECT" | "REGISTRY";
  /** Of a subject, or how it begins; `*` for the registry. */
  readonly resourceName: string;
  readonly patternType: "LITERAL" | "PREFIXED";
  readonly operation: "READ" | "WRITE" | "DESCRIBE";
  readonly permission: "ALLOW" | "DENY";
  /** Whether it leaves the state even where its deletion is refused. @default - false */
  readonly allowDeletion?: boolean;
}

/**
 * A right in the cluster's Schema Registry. The provider asks the registry with its own token: neither
 * `username` nor `password`, which would be in the state.
 * @see https://docs.redpanda.com/cloud-data-platform/manage/schema-reg/schema-reg-authorization/
 */
export class RedpandaSchemaRegistryAcl extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: RedpandaSchemaRegistryAclConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "redpanda_schema_registry_acl" });
  }

  protected override synthesizeAttributes() {
    return {
      cluster_id: this.config.clusterId,
      principal: this.config.principal,
      host: this.config.host,
      resource_type: this.config.resourceType,
      resource_name: this.config.resourceName,
      pattern_type: this.config.patternType,
      operation: this.config.operation,
      permission: this.config.permission,
      allow_deletion: this.config.allowDeletion,
    };
  }
}

export interface RedpandaSecretConfig extends InCluster {
  /** 1 to 255 of `A-Z`, `0-9`, `_`, starting with a letter. Pipelines read `${secrets.NAME}`. */
  readonly name: string;
  /** Plain text (the Base64 of the REST API is not wanted here). Kept nowhere. */
  readonly secretData: string;
  /** The value is sent again when this number changes. */
  readonly secretDataVersion: number;
  /** Who may read it. */
  readonly scopes: readonly "SCOPE_REDPANDA_CONNECT"[];
}

export class RedpandaSecret extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: RedpandaSecretConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "redpanda_secret" });
  }

  protected override synthesizeAttributes() {
    return {
      name: this.config.name,
      cluster_api_url: this.config.clusterApiUrl,
      scopes: this.config.scopes,
      secret_data: this.config.secretData,
      secret_data_version: this.config.secretDataVersion,
      allow_deletion: this.config.allowDeletion,
    };
  }
}

export interface RedpandaPipelineConfig extends InCluster {
  /** 3 to 128 of letters, digits, `-`, `_`, `/`, blank. */
  readonly displayName: string;
  /** At most 256 characters. */
  readonly description?: string;
  /** Redpanda Connect's configuration. It is in the state in plain: secrets by name only. */
  readonly configYaml: string;
  /** @default - the provider's `stopped` */
  readonly state?: "running" | "stopped";
  /** Multiples of one compute unit: `100m` CPU with `400M` memory, about 1 MB/s. */
  readonly resources?: { readonly cpuShares: string; readonly memoryShares: string };
  /** How long to wait for a start, such as `10m`. @default - the provider's 2 minutes each */
  readonly timeouts?: { readonly create: string; readonly update: string };
}

export class RedpandaPipeline extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: RedpandaPipelineConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "redpanda_pipeline" });
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  protected override synthesizeAttributes() {
    return {
      display_name: this.config.displayName,
      description: this.config.description,
      cluster_api_url: this.config.clusterApiUrl,
      state: this.config.state,
      config_yaml: this.config.configYaml,
      resources: this.config.resources && {
        cpu_shares: this.config.resources.cpuShares,
        memory_shares: this.config.resources.memoryShares,
      },
      timeouts: this.config.timeouts,
      allow_deletion: this.config.allowDeletion,
    };
  }
}
