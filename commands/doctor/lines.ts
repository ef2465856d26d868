import { StringDecoder } from "node:string_decoder";

/** No record is longer, in characters; what is, is binary or broken. */
const longest = 1024 * 1024;

/**
 * Cuts a stream of bytes into records: lines, and pretty-printed objects as a whole, of a list or of
 * a larger document too. It keeps no more than one record, whatever comes.
 */
export class Records {
  private readonly decoder = new StringDecoder("utf8");
  /** The start of a line whose end has not come. */
  private rest = "";
  private isTooLong = false;
  /** Lines that were too long to be read. */
  unread = 0;
  /** A pretty-printed object that has not ended. */
  private block:
    | { readonly indentation: string; readonly lines: string[]; length: number }
    | undefined;

  constructor(private readonly take: (record: string) => void) {}

  /** The next bytes of the stream. */
  write(bytes: Buffer): void {
    const text = this.decoder.write(bytes);
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      const line = this.rest + text.slice(start, end);
      this.rest = "";
      start = end + 1;
      if (this.isTooLong) this.isTooLong = false;
      else this.line(line);
    }
    this.rest += text.slice(start);
    if (this.rest.length > longest) {
      this.rest = "";
      if (!this.isTooLong) this.unread++;
      this.isTooLong = true;
    }
  }

  /** The stream has ended. What is left over may miss no more than its end. */
  end(): void {
    if (this.rest !== "" && !this.isTooLong) this.line(this.rest);
    this.rest = "";
    while (this.block) this.giveUpBlock();
  }

  private line(line: string): void {
    const opens = endsOpen(line) ? /^([ \t]*)\{\s*$/.exec(line)?.[1] : undefined;
    // An object inside another is further in: the one before was never closed.
    if (opens !== undefined && opens === this.block?.indentation) this.giveUpBlock();
    if (!this.block) {
      if (opens === undefined) this.take(line);
      else this.block = { indentation: opens, lines: [line], length: line.length };
      return;
    }
    const { indentation, lines } = this.block;
    lines.push(line);
    this.block.length += line.length;
    if (line.startsWith(`${indentation}}`)) {
      this.block = undefined;
      this.take(lines.join("\n"));
    } else if (this.block.length > longest) {
      this.giveUpBlock();
    }
  }

  /** The first line of what makes no object is taken alone; there may be objects further in. */
  private giveUpBlock(): void {
    const [first, ...others] = this.block?.lines ?? [];
    this.block = undefined;
    if (first === undefined) return;
    this.take(first);
    for (const line of others) this.line(line);
  }
}

/** Most lines end in nothing that opens an object: a look at one character tells. */
function endsOpen(line: string): boolean {
  const last = line.charCodeAt(line.length - 1);
  return last === 0x7b || last === 0x20 || (last >= 0x09 && last <= 0x0d) || last > 0x7f;
}
