import { StringDecoder } from "node:string_decoder";

/** No record is longer, in characters; what is, is binary or broken. */
const longest = 1024 * 1024;

/** A pretty-printed object that has not ended. */
interface Block {
  readonly indentation: string;
  readonly first: string;
  readonly others: string[];
  /** In characters. */
  length: number;
}

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
  private block: Block | undefined;

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
    while (this.block) this.giveUp(this.block);
  }

  private line(line: string): void {
    const opens = /^([ \t]*)\{\s*$/.exec(line)?.[1];
    // An object inside another is further in: the one before was never closed.
    if (this.block && this.block.indentation === opens) this.giveUp(this.block);
    if (!this.block) {
      if (opens === undefined) this.take(line);
      else this.block = { indentation: opens, first: line, others: [], length: line.length };
      return;
    }
    const { block } = this;
    block.others.push(line);
    block.length += line.length;
    if (line.startsWith(`${block.indentation}}`)) {
      this.block = undefined;
      this.take([block.first, ...block.others].join("\n"));
    } else if (block.length > longest) {
      this.giveUp(block);
    }
  }

  /** The first line of what makes no object is taken alone; there may be objects further in. */
  private giveUp({ first, others }: Block): void {
    this.block = undefined;
    this.take(first);
    for (const line of others) this.line(line);
  }
}
