import { createHash } from "node:crypto";
import { type Value, type Values, write } from "./values";

/** Something that Terraform made. */
export interface CloudObject {
  readonly provider: string;
  readonly type: string;
  /** The account and region, or the server: names are taken in there. @default - none that others share */
  readonly place?: string;
  /** What was written of its write-only attributes: no state has it. */
  readonly written?: Values;
  /** Its attributes. Changing them is drift, which the next plan shows. */
  state: Values;
}

/**
 * What exists. An object's key is made from its type and planned values; ids, ARNs and endpoints derive
 * from it, so that they are the same in every run. Terraform never tells a provider an address, but it
 * carries the key along in the object's private bytes.
 */
export class Cloud {
  readonly objects = new Map<string, CloudObject>();
  readonly #known = new Set<string>();

  /** All objects of a type in a place, by key. */
  within(type: string, place: string): [key: string, CloudObject][] {
    return [...this.objects].filter(([, object]) => object.type === type && object.place === place);
  }

  /** The attributes of all objects of a type. */
  ofType(type: string): Values[] {
    return [...this.objects.values()]
      .filter((object) => object.type === type)
      .map(({ state }) => state);
  }

  /** A key that no object has or had. */
  newKey(type: string, planned: Values): string {
    for (let nth = 0; ; nth++) {
      const key = `${type} ${digest(nth, planned)}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      return key;
    }
  }

  /**
   * The key in an object's private bytes. They are empty in a state from elsewhere, and when Terraform
   * destroys a tainted object: then the id has to do.
   */
  keyOf(type: string, state: Values, privateBytes: Buffer): string {
    if (privateBytes.length > 0) return String(privateBytes);
    const { id = null } = state;
    for (const [key, object] of this.objects) {
      if (object.type === type && object.state.id === id) return key;
    }
    return `${type} ${digest(id)}`;
  }

  /** The object as it is now, undefined when it is gone. One that only a state knows is taken over. */
  find(key: string, object: CloudObject): CloudObject | undefined {
    if (!this.#known.has(key)) {
      this.#known.add(key);
      if (!this.objects.has(key)) this.objects.set(key, object);
    }
    return this.objects.get(key);
  }
}

export function digest(...values: Value[]): string {
  return createHash("sha256").update(write(values)).digest("hex");
}
