import { createConnection, type Socket } from "node:net";

/** The text protocol, and the results of procedures; no several statements in one query. */
const capabilities =
  0x1 | // long password
  0x8 | // connect with a database
  0x200 | // protocol 4.1
  0x2000 | // transactions
  0x8000 | // secure connection
  0x20000 | // multi results
  0x80000; // authentication by plugin

/** What the server said, as an error. */
export class MysqlError extends Error {
  constructor(
    readonly code: number,
    readonly state: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A session of MySQL as a driver has one: the server is sent one query at a time, and not told that there
 * may be several statements in it, as the `mysql` client tells it.
 *
 * @see https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html
 */
export class MysqlSession {
  #received = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #failure: Error | undefined;

  private constructor(private readonly socket: Socket) {
    socket.on("data", (data: Buffer) => {
      this.#received = Buffer.concat([this.#received, data]);
      this.#wake();
    });
    for (const event of ["error", "close"]) {
      socket.on(event, (error?: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error("the server hung up");
        this.#wake();
      });
    }
  }

  /** @param user one without a password */
  static async start(path: string, user: string, database: string): Promise<MysqlSession> {
    const session = new MysqlSession(createConnection(path));
    await session.#packet();
    const numbers = Buffer.alloc(32);
    numbers.writeUInt32LE(capabilities, 0);
    numbers.writeUInt32LE(0xffffff, 4);
    numbers[8] = 255; // utf8mb4
    const texts = [`${user}\0`, "\0", `${database}\0`, "caching_sha2_password\0"];
    session.#send(1, Buffer.concat([numbers, ...texts.map((text) => Buffer.from(text))]));
    await session.#answer();
    return session;
  }

  /** Rows of the last result that has any. @throws {MysqlError} */
  async run(sql: string): Promise<(string | null)[][]> {
    this.#send(0, Buffer.concat([Buffer.from([3]), Buffer.from(sql)]));
    let rows: (string | null)[][] = [];
    for (let more = true; more; ) {
      const first = await this.#answer();
      if (first[0] === 0) {
        more = (statusOfOk(first) & 8) !== 0;
        continue;
      }
      for (let column = 0; column < (first[0] ?? 0); column += 1) await this.#answer();
      await this.#answer();
      rows = [];
      let packet = await this.#answer();
      while (!isEnd(packet)) {
        rows.push(texts(packet));
        packet = await this.#answer();
      }
      more = (packet.readUInt16LE(3) & 8) !== 0;
    }
    return rows;
  }

  end(): void {
    this.socket.destroy();
  }

  #send(sequence: number, payload: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUIntLE(payload.length, 0, 3);
    head[3] = sequence;
    this.socket.write(Buffer.concat([head, payload]));
  }

  async #answer(): Promise<Buffer> {
    const packet = await this.#packet();
    if (packet[0] !== 0xff) return packet;
    const text = packet.toString("utf8", 9);
    throw new MysqlError(packet.readUInt16LE(1), packet.toString("latin1", 4, 9), text);
  }

  async #packet(): Promise<Buffer> {
    const length = () =>
      this.#received.length < 4 ? Number.POSITIVE_INFINITY : this.#received.readUIntLE(0, 3);
    while (this.#received.length < 4 + length()) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const end = 4 + length();
    const packet = this.#received.subarray(4, end);
    this.#received = this.#received.subarray(end);
    return packet;
  }
}

/** After the number of rows and the last id, each of a length of its own. */
function statusOfOk(packet: Buffer): number {
  const [, afterRows] = length(packet, 1);
  const [, afterId] = length(packet, afterRows);
  return packet.readUInt16LE(afterId);
}

const isEnd = (packet: Buffer) => packet[0] === 0xfe && packet.length < 9;

function texts(packet: Buffer): (string | null)[] {
  const values: (string | null)[] = [];
  for (let at = 0; at < packet.length; ) {
    if (packet[at] === 0xfb) {
      values.push(null);
      at += 1;
      continue;
    }
    const [size, start] = length(packet, at);
    values.push(packet.toString("utf8", start, start + size));
    at = start + size;
  }
  return values;
}

/** A number of MySQL's own form, and where it ends. */
function length(packet: Buffer, at: number): readonly [value: number, end: number] {
  const first = packet[at] ?? 0;
  if (first < 0xfb) return [first, at + 1];
  const bytes = first === 0xfc ? 2 : first === 0xfd ? 3 : 6;
  return [packet.readUIntLE(at + 1, bytes), at + 1 + (first === 0xfe ? 8 : bytes)];
}
