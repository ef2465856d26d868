import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { keepPrivately, keptPrivately } from "../private-cache";

/** Which token: whose, and of which server. */
export interface Key {
  /** Folder of the cache. */
  readonly cache: string;
  /** Origin that gave the token. */
  readonly url: string;
  readonly clientId: string;
}

const content = z.object({ token: z.string().regex(/^[\x21-\x7e]+$/), expiresAt: z.number() });

/** A request takes its time: a token is no longer used in its last minute, in milliseconds. */
const margin = 60_000;

/** The token, if it is good for another minute, and if nobody else could have read or written it. */
export function keptToken(key: Key): string | undefined {
  const text = keptPrivately(path(key))?.toString("utf8");
  if (text === undefined) return undefined;
  try {
    const { token, expiresAt } = content.parse(JSON.parse(text));
    return expiresAt - margin > Date.now() ? token : undefined;
  } catch {
    // Whatever is wrong with it, a new token fixes it.
    return undefined;
  }
}

/**
 * Keeps the token in place of whatever was there.
 *
 * @throws when the folder is not ours, or cannot be written
 */
export function keepToken(key: Key, token: z.infer<typeof content>): void {
  keepPrivately(path(key), JSON.stringify(token));
}

function path({ cache, url, clientId }: Key): string {
  const name = createHash("sha256").update(`${url}\n${clientId}`).digest("hex").slice(0, 16);
  return join(cache, `token-${name}.json`);
}
