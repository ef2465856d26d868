import { mask } from "./mask";

/** So many different messages are remembered at once. */
const capacity = 1000;

/** Counts messages that nobody knows, without keeping all of them. */
export class UnknownMessages {
  private readonly counts = new Map<string, { message: string; count: number }>();

  add(message: string): void {
    // Times, ids and addresses make a thousand messages of one.
    const shape = message.slice(0, 500).replace(/[0-9a-f]{8}[0-9a-f-]*|\d+/gi, "#");
    const known = this.counts.get(shape);
    if (known) known.count++;
    else this.counts.set(shape, { message: mask(message), count: 1 });
    if (this.counts.size > capacity) this.forgetRare();
  }

  /** The `count` most frequent ones, masked, each with how often it came. */
  most(count: number): { message: string; count: number }[] {
    return [...this.counts.values()].sort((one, other) => other.count - one.count).slice(0, count);
  }

  private forgetRare(): void {
    for (const [shape, entry] of this.counts) {
      entry.count = Math.floor(entry.count / 2);
      if (entry.count === 0) this.counts.delete(shape);
    }
  }
}
