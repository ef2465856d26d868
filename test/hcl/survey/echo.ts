import { decode, ExtensionCodec, encode } from "@msgpack/msgpack";
import type { ProviderSchema } from "../../standin/schema";
import type { Answering } from "../../standin/sockets";

type Values = Record<string, unknown>;

/** A value with its type, in Terraform's notation: what an attribute of any type holds. */
export type Typed = readonly [type: unknown, value: unknown];

/** What a provider computes of each attribute, by kind and type: `data.aws_region`. */
export type Computed = (kind: string, attribute: string) => Typed | undefined;

/** Terraform's MessagePack, in which unknown values stay the bytes that they are. */
class Extension {
  constructor(
    readonly type: number,
    readonly data: Uint8Array,
  ) {}
}
const UNKNOWN = new Extension(0, new Uint8Array(1));
const extensionCodec = new ExtensionCodec();
for (const type of [0, 12]) {
  extensionCodec.register({
    type,
    encode: (value) => (value instanceof Extension && value.type === type ? value.data : null),
    decode: (data) => new Extension(type, data),
  });
}
const options = { extensionCodec, useBigInt64: true };

interface Bytes {
  readonly msgpack: Uint8Array;
}

interface Request {
  readonly type_name: string;
  readonly config: Bytes;
  readonly proposed_new_state: Bytes;
  readonly raw_state: { readonly json: Buffer };
  readonly current_state: Bytes;
  readonly id: string;
}

/**
 * A provider that accepts whatever its schema allows, and plans what is configured, so that a plan
 * shows what Terraform evaluates. What it computes is the same for all objects of a type.
 *
 * @param computed unknown where it says nothing
 */
export function echo(schema: ProviderSchema, computed: Computed): Answering {
  const answered = (kind: string, name: string, { msgpack }: Bytes) => {
    const values = decode(msgpack, options) as Values | null;
    if (values === null) return { msgpack };
    const types = {
      resource: schema.resource_schemas,
      data: schema.data_source_schemas,
      ephemeral: schema.ephemeral_resource_schemas,
    }[kind];
    for (const [attribute, { computed: isComputed }] of Object.entries(
      types?.[name]?.block.attributes ?? {},
    )) {
      if (!isComputed || values[attribute] !== null) continue;
      const typed = computed(`${kind}.${name}`, attribute);
      values[attribute] = typed
        ? [Buffer.from(JSON.stringify(typed[0])), typed[1]]
        : kind === "resource"
          ? UNKNOWN
          : null;
    }
    return { msgpack: encode(values, options) };
  };
  return {
    GetProviderSchema: () => schema,
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: () => ({}),
    ValidateDataResourceConfig: () => ({}),
    ValidateEphemeralResourceConfig: () => ({}),
    ConfigureProvider: () => ({}),
    UpgradeResourceState: ({ raw_state }: Request) => ({ upgraded_state: raw_state }),
    ReadResource: ({ current_state }: Request) => ({ new_state: current_state }),
    PlanResourceChange: ({ type_name, proposed_new_state }: Request) => ({
      planned_state: answered("resource", type_name, proposed_new_state),
      legacy_type_system: true,
    }),
    ImportResourceState: ({ type_name, id }: Request) => {
      const { attributes = {}, block_types = {} } = schema.resource_schemas[type_name]?.block ?? {};
      const state = {
        ...Object.fromEntries(Object.keys(attributes).map((name) => [name, null])),
        ...Object.fromEntries(Object.keys(block_types).map((name) => [name, []])),
        ...("id" in attributes && { id: [Buffer.from('"string"'), id] }),
      };
      return {
        imported_resources: [{ type_name, state: { msgpack: encode(state, options) } }],
      };
    },
    ReadDataSource: ({ type_name, config }: Request) => ({
      state: answered("data", type_name, config),
    }),
    OpenEphemeralResource: ({ type_name, config }: Request) => ({
      result: answered("ephemeral", type_name, config),
    }),
    CloseEphemeralResource: () => ({}),
    StopProvider: () => ({}),
  };
}
