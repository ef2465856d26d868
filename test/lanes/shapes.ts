import { isDeepStrictEqual } from "node:util";
import type { Change } from "./changes";
import type { Arrival } from "./lane";

type Told = Pick<Change, "id" | "operation"> & Partial<Change>;

/** What the messages of an engine's module tell of a row of `orders`. */
export interface Shape {
  /**
   * The change that an arrival tells.
   * @throws {Error} where key, value and headers contradict one another, or lack something
   */
  readonly changeOf: (arrival: Arrival) => Told;
}

function mustEqual(what: string, given: unknown, wanted: unknown): void {
  if (isDeepStrictEqual(given, wanted)) return;
  throw new Error(`${what}: ${JSON.stringify(given)} and not ${JSON.stringify(wanted)}`);
}

function headersOf({ headers }: Arrival): Record<string, string> {
  return Object.fromEntries(headers.map(({ key, value }) => [key, value]));
}

function mustMatch(what: string, text: unknown, pattern: RegExp): void {
  if (!pattern.test(String(text)))
    throw new Error(`${what} is ${text} and does not match ${pattern}`);
}

/** A row with `_pg_meta` in it. Of a deleted one, only the key is known. */
export const postgres: Shape = {
  changeOf: (arrival) => {
    const { _pg_meta: meta, id, version, note, ...more } = JSON.parse(arrival.value);
    const { lsn, commit_ts_ms, ...headers } = headersOf(arrival);
    mustEqual("the key", arrival.key, JSON.stringify({ id }));
    mustEqual("what else the row has", more, {});
    mustEqual("the rest of the headers", headers, {
      operation: meta.operation,
      table: "orders",
    });
    mustEqual("_pg_meta", meta, { lsn, operation: meta.operation, table: "orders" });
    mustMatch("lsn", lsn, /^[0-9A-F]{8}\/[0-9A-F]{8}$/);
    mustMatch("commit_ts_ms", commit_ts_ms, /^\d{13}$/);
    return meta.operation === "delete"
      ? { id, operation: "delete" }
      : { id, operation: meta.operation, version, note };
  },
};

/** The envelope `rpcn.cdc.v1`. Of a deleted row, it has what was there last. */
export const mysql: Shape = {
  changeOf: (arrival) => {
    const { ingested_at, op, row, ...envelope } = JSON.parse(arrival.value);
    const { binlog_position, ...headers } = headersOf(arrival);
    mustEqual("the key", arrival.key, JSON.stringify({ id: row.id }));
    mustEqual("the columns", Object.keys(row), ["id", "note", "version"]);
    mustEqual("the rest of the headers", headers, { operation: op, table: "orders" });
    mustEqual("the rest of the envelope", envelope, {
      key: { id: row.id },
      position: { type: "binlog", value: binlog_position },
      schema: "rpcn.cdc.v1",
      source: { connector: "mysql_cdc", engine: "mysql", table: "orders" },
    });
    mustMatch("binlog_position", binlog_position, /^binlog\.\d{6}@[0-9A-F]{8}$/);
    mustMatch("ingested_at", ingested_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    return op === "delete" ? { id: row.id, operation: op } : { operation: op, ...row };
  },
};
