import { z } from "zod";
import { type Cloud, CloudError, overview, request } from "./request";
import { keepToken, keptToken } from "./token-cache";

/** A service account of Redpanda Cloud. */
export interface ServiceAccount {
  readonly id: string;
  readonly secret: string;
}

/**
 * Does something with an access token: the kept one while it is good, or a new one, which is kept
 * until it expires, because an organisation may have only so many a day.
 *
 * @param cache folder for the token
 * @param warn takes a warning, when the token cannot be kept
 * @throws {CloudError} when no token is given, or `use` is refused with a new one as well
 */
export async function withToken<T>(
  account: ServiceAccount,
  { cloud, cache, warn }: { cloud: Cloud; cache: string; warn: (text: string) => void },
  use: (token: string) => Promise<T>,
): Promise<T> {
  const key = { cache, url: cloud.auth, clientId: account.id };
  const kept = keptToken(key);
  if (kept !== undefined) {
    try {
      return await use(kept);
    } catch (error) {
      // Else it was revoked before its time.
      if (!(error instanceof CloudError) || error.status !== 401) throw error;
    }
  }
  const { access_token, expires_in } = await newToken(account, cloud, cache);
  try {
    keepToken(key, { token: access_token, expiresAt: Date.now() + expires_in * 1000 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    warn(
      `Warning: the token cannot be kept in ${cache} (${code}), so each run uses up another one of the organisation's daily quota. Set XDG_CACHE_HOME to a folder of your own.\n`,
    );
  }
  return use(access_token);
}

const answer = z.object({
  // What does not fit into a header would be repeated by the error about it.
  access_token: z.string().regex(/^[\x21-\x7e]+$/, "must be printable ASCII"),
  /** In seconds. An hour is short for these tokens; one that ends earlier still is replaced on 401. */
  expires_in: z.number().positive().default(3600),
});

/** @see https://docs.redpanda.com/redpanda-cloud/manage/api/cloud-api-authentication/ */
function newToken(account: ServiceAccount, cloud: Cloud, cache: string) {
  const unknown = () =>
    "REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET must be those of one service account that still exists: Redpanda Cloud > Organization IAM > Service accounts.";
  return request({
    url: `${cloud.auth}/oauth/token`,
    init: {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: account.id,
        client_secret: account.secret,
        audience: "cloudv2-production.redpanda.cloud",
      }),
    },
    cloud,
    schema: answer,
    refusals: {
      401: unknown,
      403: unknown,
      429: (headers) =>
        `The organisation's quota of tokens for today is used up${quota(headers)}. Every login with a service account counts, those of Terraform's provider too. Until it is renewed, take the values from ${overview}. Once issued, a token is kept in ${cache}, and used until it expires.`,
    },
  });
}

/** Such as ` (b=per_day;q=300;r=0;t=3600)`: bucket, quota, rest, seconds until it is renewed. */
function quota(headers: Headers): string {
  const limit = headers.get("Auth0-Organization-Quota-Limit") ?? "";
  return /^[a-z_0-9=;,]{1,100}$/.test(limit) ? ` (${limit})` : "";
}
