import { type Answer, answers, type Subject, upgrades } from "./answers";
import { plannedTags } from "./answers/aws";
import { type Cloud, type CloudObject, digest } from "./cloud";
import { finalSnapshot, kept, SNAPSHOT } from "./deletion";
import { effects } from "./effects";
import { adoptee, type Beside, refusal } from "./names";
import { fill, isLegacy, plan, planObject } from "./plan";
import { unknownPrincipal } from "./principals";
import { type Applied, applyPipeline, type PipelineApi } from "./redpanda-pipeline";
import { conform, type ProviderSchema, planFacts, type Schema, type Shape } from "./schema";
import { read, type Values, write } from "./values";

/** One call of Terraform's, as it arrived. */
export interface Call {
  /** Such as `aws`. */
  readonly provider: string;
  /** Such as `ApplyResourceChange`: https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol */
  readonly method: string;
  /** Such as `aws_vpc`; empty for calls that concern the provider itself. */
  readonly type: string;
  /** What is written, write-only values included; null when an object is destroyed. */
  readonly config: Values | null;
  readonly priorState: Values | null;
  readonly plannedState: Values | null;
  /** The configuration of the provider, or of its alias, that Terraform calls. */
  readonly providerConfig: Values;
}

/** What a call is answered instead. */
export interface Reply {
  /** Fails the call. An object it would have made does not exist, one it would have changed is as before. */
  readonly error?: string;
  readonly warning?: string;
  readonly detail?: string;
  /**
   * Attributes to answer otherwise, or null for "there is no such object". Together with an error: the
   * object is there all the same, and Terraform taints it.
   */
  readonly state?: Values | null;
  /** Of a read: the provider drops the object from the state, though it is there. */
  readonly dropped?: true;
}

/** A promise holds the call until it is settled. */
export type Hook = (call: Call) => Reply | undefined | Promise<Reply | undefined>;

/** What all providers of a workspace share. */
export interface World {
  /** Relative file names are relative to it. */
  readonly directory: string;
  readonly environment: Record<string, string | undefined>;
  /** Instead of the usual answers, by kind: `aws_vpc`, `data.http`, `ephemeral.aws_kms_secrets`. */
  readonly answers: Record<string, Values | Answer>;
  readonly cloud: Cloud;
  /** How pipelines fare from now on. */
  pipelineApi: PipelineApi;
  readonly calls: Call[];
  readonly hooks: Hook[];
}

const dynamic = (state: Values | null) => ({ msgpack: write(state) });
const values = (message: Bytes | null) => read(message?.msgpack) as Values | null;

function diagnostics({ error, warning, detail = "" }: Reply) {
  const errors = error === undefined ? [] : [{ severity: 1, summary: error, detail }];
  return warning === undefined ? errors : [...errors, { severity: 2, summary: warning, detail }];
}

interface Bytes {
  readonly msgpack: Buffer;
}

/** A message from Terraform: of these fields, those that its call has. */
interface Request {
  readonly type_name: string;
  readonly config: Bytes;
  readonly prior_state: Bytes;
  readonly proposed_new_state: Bytes;
  readonly planned_state: Bytes;
  readonly current_state: Bytes;
  readonly raw_state: { readonly json: Buffer };
  readonly version: number;
  readonly prior_private: Buffer;
  readonly planned_private: Buffer;
  readonly private: Buffer;
  readonly id: string;
}

/** One configuration of one provider. Its public methods are the calls of the protocol. */
export class Provider {
  #config: Values = {};

  constructor(
    private readonly schema: ProviderSchema,
    private readonly world: World,
  ) {}

  GetProviderSchema() {
    return this.schema;
  }

  ValidateProviderConfig({ config }: Request) {
    return this.#check("ValidateProviderConfig", "", config);
  }

  ValidateResourceConfig({ type_name, config }: Request) {
    return this.#check("ValidateResourceConfig", type_name, config);
  }

  ValidateDataResourceConfig({ type_name, config }: Request) {
    return this.#check("ValidateDataResourceConfig", type_name, config);
  }

  ValidateEphemeralResourceConfig({ type_name, config }: Request) {
    return this.#check("ValidateEphemeralResourceConfig", type_name, config);
  }

  async ConfigureProvider({ config }: Request) {
    this.#config = values(config) ?? {};
    const reply = await this.#record("ConfigureProvider", "", { config: this.#config });
    const homeless = this.schema.name === "aws" && this.#region === undefined;
    return { diagnostics: diagnostics(homeless ? { error: "invalid AWS Region: " } : reply) };
  }

  UpgradeResourceState({ type_name, version, raw_state }: Request) {
    const schema = this.schema.resource_schemas[type_name] as Schema;
    if (version === schema.version) return { upgraded_state: { json: raw_state.json } };
    const state = conform(schema.block, JSON.parse(String(raw_state.json)));
    return { upgraded_state: dynamic(upgrades[type_name]?.(state) ?? state) };
  }

  async ReadResource(request: Request) {
    const type = request.type_name;
    const current = values(request.current_state) as Values;
    const key = this.world.cloud.keyOf(type, current, request.private);
    const reply = await this.#record("ReadResource", type, { priorState: current });
    const found = this.world.cloud.find(key, this.#object(type, current));
    if (reply.dropped) return { new_state: dynamic(null), diagnostics: diagnostics(reply) };
    const exists = effects[type]?.isThere(current, this.world.directory) ?? true;
    if (!found || !exists || reply.state === null) {
      this.world.cloud.objects.delete(key);
      return { new_state: dynamic(null), diagnostics: diagnostics(reply) };
    }
    Object.assign(found.state, reply.state);
    return {
      new_state: dynamic(found.state),
      private: Buffer.from(key),
      diagnostics: diagnostics(reply),
    };
  }

  async PlanResourceChange(request: Request) {
    const type = request.type_name;
    const schema = this.schema.resource_schemas[type] as Schema;
    const facts = planFacts(this.schema.address, type);
    const prior = values(request.prior_state);
    const config = values(request.config);
    const proposed = values(request.proposed_new_state);
    const reply = await this.#record("PlanResourceChange", type, { config, priorState: prior });
    const planned = config &&
      proposed && {
        ...plan(schema, facts, config, proposed, prior),
        ...plannedTags(schema, this.#config, config, prior),
        ...reply.state,
      };
    return {
      planned_state: dynamic(planned),
      // All that could replace: Terraform drops those that did not change.
      requires_replace: facts.forceNew.map((name) => ({ steps: [{ attribute_name: name }] })),
      planned_private: request.prior_private,
      legacy_type_system: isLegacy(schema, facts),
      diagnostics: diagnostics(reply),
    };
  }

  async ApplyResourceChange(request: Request) {
    const type = request.type_name;
    const prior = values(request.prior_state);
    const planned = values(request.planned_state);
    const config = values(request.config);
    const parts = { config, priorState: prior, plannedState: planned };
    const reply = await this.#record("ApplyResourceChange", type, parts);
    const { cloud } = this.world;
    const place = this.#place(type, planned ?? prior ?? {});
    const beside = prior ? [] : cloud.within(type, place);
    const refused = planned && this.#refused(type, planned, beside);
    const own = planned && adoptee(type, planned, beside);
    const key = prior
      ? cloud.keyOf(type, prior, request.planned_private)
      : (own ?? cloud.newKey(type, planned ?? {}));
    const schema = this.schema.resource_schemas[type] as Schema;
    const answer = (state: Values | null, said: Reply) => ({
      new_state: dynamic(state),
      private: Buffer.from(key),
      legacy_type_system: isLegacy(schema, planFacts(this.schema.address, type)),
      diagnostics: diagnostics(said),
    });

    if (reply.error !== undefined && !reply.state) return answer(prior, reply);
    if (refused) return answer(prior, refused);
    if (planned) {
      const filled = this.#fill(schema.block, type, type, planned, key);
      const { answered, found, ...said } = this.#applied(type, filled, prior, key);
      const state = { ...answered, ...reply.state };
      effects[type]?.make(state, this.world.directory);
      const before = cloud.objects.get(key);
      cloud.objects.set(key, {
        ...this.#object(type, { ...found, ...reply.state }),
        written: written(schema.block, { config, prior, planned }, before),
      });
      return answer(state, { ...said, ...reply });
    }
    const stays = prior && kept(type, prior, cloud.objects.values());
    if (stays) return answer(prior, stays);
    const snapshot = prior && finalSnapshot(type, prior);
    if (snapshot) {
      const object = this.#object(SNAPSHOT, { id: snapshot });
      cloud.objects.set(`${SNAPSHOT} ${snapshot}`, object);
    }
    if (prior) effects[type]?.remove(prior, this.world.directory);
    cloud.objects.delete(key);
    return answer(null, reply);
  }

  async ImportResourceState({ type_name, id }: Request) {
    const reply = await this.#record("ImportResourceState", type_name, {});
    for (const [key, { type, state }] of this.world.cloud.objects) {
      if (type !== type_name || state.id !== idIn(type, id)) continue;
      const imported = { type_name, state: dynamic(state), private: Buffer.from(key) };
      return { imported_resources: [imported], diagnostics: diagnostics(reply) };
    }
    return {
      diagnostics: diagnostics({
        error: "Cannot import non-existent remote object",
        detail: `No ${type_name} has the id "${id}".`,
        ...reply,
      }),
    };
  }

  ReadDataSource({ type_name, config }: Request) {
    return this.#look("ReadDataSource", "data", type_name, config);
  }

  async OpenEphemeralResource({ type_name, config }: Request) {
    const { state, diagnostics } = await this.#look(
      "OpenEphemeralResource",
      "ephemeral",
      type_name,
      config,
    );
    return { result: state, diagnostics };
  }

  async CloseEphemeralResource({ type_name }: Request) {
    return {
      diagnostics: diagnostics(await this.#record("CloseEphemeralResource", type_name, {})),
    };
  }

  /** Terraform was told to stop, and waits for the calls that are under way. */
  async StopProvider() {
    await this.#record("StopProvider", "", {});
    return {};
  }

  async #check(method: string, type: string, message: Bytes) {
    const reply = await this.#record(method, type, { config: values(message) });
    return { diagnostics: diagnostics(reply) };
  }

  async #look(method: string, kind: "data" | "ephemeral", type: string, message: Bytes) {
    const config = values(message) as Values;
    const reply = await this.#record(method, type, { config });
    const { block } = this.schema[
      `${kind === "data" ? "data_source" : "ephemeral_resource"}_schemas`
    ][type] as Schema;
    const planned = planObject(block, config, null);
    const filled = this.#fill(block, `${kind}.${type}`, type, planned, `${type} ${digest(config)}`);
    const state = reply.state === null ? null : { ...filled, ...reply.state };
    return { state: dynamic(state), diagnostics: diagnostics(reply) };
  }

  async #record(method: string, type: string, parts: Partial<Call>): Promise<Reply> {
    const call: Call = {
      provider: this.schema.name,
      method,
      type,
      config: null,
      priorState: null,
      plannedState: null,
      ...parts,
      providerConfig: this.#config,
    };
    this.world.calls.push(call);
    for (const hook of this.world.hooks) {
      const reply = await hook(call);
      if (reply) return reply;
    }
    return {};
  }

  /** As planned, but for types that have a will of their own. */
  #applied(type: string, filled: Values, prior: Values | null, key: string): Applied {
    if (type === "aws_rds_cluster") {
      // Not planned where it changes: https://github.com/hashicorp/terraform-provider-aws/issues/34094
      const { master_user_secret = [] } = this.#answer(
        type,
        this.#subject(filled, key.slice(type.length + 1)),
      );
      const state = { ...filled, master_user_secret };
      return { answered: state, found: state };
    }
    if (type !== "redpanda_pipeline") return { answered: filled, found: filled };
    const { status = null } = this.#answer(type, this.#subject(filled, key.slice(type.length + 1)));
    const before = prior && (this.world.cloud.objects.get(key)?.state ?? prior);
    return applyPipeline({ planned: filled, before, status, api: this.world.pipelineApi });
  }

  /** The planned object with everything known. */
  #fill(shape: Shape, kind: string, type: string, planned: Values, key: string): Values {
    const hash = key.slice(type.length + 1);
    const subject = this.#subject(planned, hash);
    return fill(shape, planned, this.#answer(kind, subject), (attribute) =>
      attribute.endsWith("arn")
        ? `arn:aws:standin:${subject.region}:${subject.account}:${type}/${hash.slice(0, 12)}`
        : `${attribute}-${hash.slice(0, 12)}`,
    );
  }

  #subject(planned: Values, hash: string): Subject {
    const subject = {
      values: planned,
      hash,
      providerConfig: this.#config,
      region: this.#region ?? "",
      account: "",
      directory: this.world.directory,
      objects: (type: string) => this.world.cloud.ofType(type),
    };
    const { account_id } = this.#answer("data.aws_caller_identity", subject);
    return { ...subject, account: String(account_id) };
  }

  get #region(): string | undefined {
    const { AWS_REGION, AWS_DEFAULT_REGION } = this.world.environment;
    const { region } = this.#config;
    return typeof region === "string" ? region : (AWS_REGION ?? AWS_DEFAULT_REGION);
  }

  #object(type: string, state: Values): CloudObject {
    return { provider: this.schema.name, type, place: this.#place(type, state), state };
  }

  /** Why the service does not make or change an object, where nobody asked for an error. */
  #refused(type: string, planned: Values, beside: Beside): Reply | undefined {
    if (type === "aws_iam_role") {
      const { account } = this.#subject(planned, "");
      const unknown = unknownPrincipal(planned, account, this.world.cloud);
      if (unknown) return unknown;
    }
    return refusal(type, planned, beside);
  }

  /** Where an object is: names are taken in there. */
  #place(type: string, attributes: Values): string {
    if (this.schema.name === "redpanda") return String(attributes.cluster_api_url);
    if (this.schema.name !== "aws") return JSON.stringify(this.#config);
    const { account, region } = this.#subject(attributes, "");
    return type.startsWith("aws_iam_") ? account : `${account} ${region}`;
  }

  #answer(kind: string, subject: Subject): Partial<Values> {
    const given = this.world.answers[kind];
    return {
      ...answers[kind]?.(subject),
      ...(typeof given === "function" ? given(subject) : given),
    };
  }
}

/**
 * The values of write-only attributes after a write. An update sends one whose version changes, and a
 * create that takes over an object sends none.
 */
function written(
  { attributes = {} }: Shape,
  { config, prior, planned }: Record<"config" | "prior" | "planned", Values | null>,
  before: CloudObject | undefined,
): Values {
  const names = Object.keys(attributes).filter((name) => attributes[name]?.write_only);
  return Object.fromEntries(
    names.map((name) => {
      const version = `${name}_version`;
      const isSent = !before || (prior && prior[version] !== planned?.[version]);
      return [name, (isSent ? config?.[name] : before.written?.[name]) ?? null];
    }),
  );
}

/** Redpanda's objects are imported by id and cluster: `<id>,<cluster id>`. */
function idIn(type: string, text: string): string {
  return type.startsWith("redpanda_") ? text.replace(/,[^,]*$/, "") : text;
}
