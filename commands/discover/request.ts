import type { z } from "zod";

/** Where Redpanda Cloud is asked, and how long an answer may take. */
export interface Cloud {
  /** Origin that gives tokens. */
  readonly auth: string;
  /** Origin of the control plane API. */
  readonly api: string;
  /** For a whole answer, in milliseconds. */
  readonly timeout: number;
}

/**
 * The real one.
 *
 * @see https://docs.redpanda.com/redpanda-cloud/manage/api/cloud-api-authentication/
 */
export const redpandaCloud: Cloud = {
  auth: "https://auth.prd.cloud.redpanda.com",
  api: "https://api.redpanda.com",
  timeout: 30_000,
};

/** Redpanda Cloud refused or cannot be reached. The message is whole, and holds nothing secret. */
export class CloudError extends Error {
  constructor(
    message: string,
    /** HTTP status of the answer, if there was one. */
    readonly status?: number,
  ) {
    super(message);
  }
}

export interface Request<T> {
  readonly url: string;
  readonly init: RequestInit;
  readonly timeout: number;
  /** What a good answer's JSON must be. */
  readonly schema: z.ZodType<T>;
  /** What a refusal means, by HTTP status. */
  readonly refusals: Readonly<Record<number, (headers: Headers) => string>>;
}

/**
 * The validated answer to one request. No text of the server is ever shown: it might repeat what
 * was sent, and that is secret.
 *
 * @throws {CloudError}
 */
export async function request<T>({ url, init, timeout, schema, refusals }: Request<T>): Promise<T> {
  const { response, text } = await exchange(url, init, timeout);
  const { status, headers } = response;
  if (!response.ok) {
    const refusal = refusals[status]?.(headers) ?? unexpected(status);
    throw new CloudError(`${url} answered HTTP ${status}. ${refusal}`, status);
  }
  const result = schema.safeParse(json(text, url));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${path.join(".") || "the answer"}: ${message}`,
  );
  throw new CloudError(
    `${url} returned what this version does not understand:\n${problems.join("\n")}\nUntil a newer version does, take the values from ${overview}.`,
  );
}

/** Where the console shows the same values. */
export const overview = "Redpanda Cloud > the cluster > Overview";

async function exchange(url: string, init: RequestInit, timeout: number) {
  try {
    // A redirection would carry the secret to wherever it points.
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    return { response, text: await response.text() };
  } catch (error) {
    const { name, cause } = error as Error;
    if (name === "TimeoutError") {
      throw new CloudError(`${url} did not answer within ${timeout / 1000} seconds. ${wayOut}`);
    }
    // Such as ECONNREFUSED or ENOTFOUND: the message might hold more than is to be shown.
    const { code = "no reason given" } = (cause ?? {}) as NodeJS.ErrnoException;
    throw new CloudError(`${url} cannot be reached (${code}). ${wayOut}`);
  }
}

const wayOut =
  "Check the network and its firewall. A proxy requires Node 24 or later, with NODE_USE_ENV_PROXY=1 and HTTPS_PROXY set.";

function unexpected(status: number): string {
  return status >= 500
    ? "Redpanda Cloud has a problem: try again in a few minutes."
    : "Redpanda Cloud never answers this kind of request so: something in between, such as a proxy, may have answered.";
}

function json(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CloudError(
      `${url} did not answer in JSON. Something in between, such as a proxy or the login page of a network, may have answered.`,
    );
  }
}
