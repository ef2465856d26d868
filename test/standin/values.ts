import { decode, ExtensionCodec, encode } from "@msgpack/msgpack";

/** A value that Terraform does not know yet: `(known after apply)`. There is one, {@link UNKNOWN}. */
export class Unknown {}

export const UNKNOWN = new Unknown();

/**
 * A value as Terraform's providers see it. Sets are arrays; whole numbers beyond 2^53 are bigints;
 * fractions that binary cannot hold, such as 0.1, stay the text that Terraform sends.
 */
export type Value = null | boolean | number | bigint | string | Unknown | Value[] | Values;

/** The attributes and nested blocks of one object, by name. */
export interface Values {
  [name: string]: Value;
}

const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array(1) : null),
  decode: () => UNKNOWN,
});
// "Unknown, but it starts with …": real providers forget the second half too.
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** Reads Terraform's MessagePack. No bytes at all are a null object. */
export function read(bytes: Uint8Array | undefined): Value {
  if (!bytes?.length) return null;
  return narrow(decode(bytes, { extensionCodec: codec, useBigInt64: true }) as Value);
}

export function write(value: Value): Uint8Array {
  return encode(value, { extensionCodec: codec, useBigInt64: true });
}

export function isObject(value: Value | undefined): value is Values {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown)
  );
}

/** The value with every object in it changed; each comes with what stands at the same place beside it. */
export function mapObjects(
  value: Value,
  beside: Value | undefined,
  change: (object: Values, beside: Values | null) => Values,
): Value {
  if (Array.isArray(value)) {
    return value.map((item, i) =>
      mapObjects(item, Array.isArray(beside) ? beside[i] : null, change),
    );
  }
  return isObject(value) ? change(value, isObject(beside) ? beside : null) : value;
}

/** 64-bit integers arrive as bigints; tests want plain numbers wherever those are exact. */
function narrow(value: Value): Value {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(narrow);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, narrow(inner)]));
}
