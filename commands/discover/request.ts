import { z } from "zod";

/** Where Redpanda Cloud is asked, and how long an answer may take. */
export interface Cloud {
  /** Origin that gives tokens. */
  readonly auth: string;
  /** Origin of the control plane API. */
  readonly api: string;
  /** For a whole answer, in milliseconds. */
  readonly timeout: number;
  /** @default - none */
  readonly proxy?: Proxy;
}

/** The proxies that an environment names. */
export interface Proxy {
  /** Whose value is a proxy, for messages; the value may hold a password. */
  readonly variable: string;
  /** The proxy for this request, if it is not one to be sent directly. */
  readonly of: (url: URL) => string | undefined;
}

/**
 * The proxies of `HTTPS_PROXY` and `HTTP_PROXY`, in capitals or not; `NO_PROXY` lists the hosts
 * that are asked directly, with everything below them.
 *
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxyOf(environment: NodeJS.ProcessEnv): Proxy | undefined {
  const value = (name: string) => environment[name.toLowerCase()] || environment[name] || "";
  const variable = ["HTTPS_PROXY", "HTTP_PROXY"].find(value);
  if (!variable) return undefined;
  const direct = value("NO_PROXY")
    .split(/[\s,]+/)
    .map((entry) => entry.replace(/^\*?\./, ""))
    .filter((entry) => entry !== "");
  const isDirect = ({ hostname }: URL) =>
    direct.some((entry) => entry === "*" || `.${hostname}`.endsWith(`.${entry}`));
  return {
    variable,
    of: (url) => {
      const name = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
      return isDirect(url) ? undefined : value(name) || undefined;
    },
  };
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
  readonly cloud: Cloud;
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
export async function request<T>({ url, init, cloud, schema, refusals }: Request<T>): Promise<T> {
  const { response, text } = await exchange(url, init, cloud);
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

/**
 * The validated answer to a question of a service account whose token is good.
 *
 * @throws {CloudError}
 */
export function get<T>({
  token,
  refusals,
  ...rest
}: { readonly token: string } & Omit<Request<T>, "init">): Promise<T> {
  return request({
    ...rest,
    init: { headers: { authorization: `Bearer ${token}`, accept: "application/json" } },
    refusals: {
      401: () =>
        "The API does not accept the token that Redpanda Cloud has just issued. Try again.",
      429: (headers) => {
        const seconds = headers.get("Retry-After") ?? "";
        return `Too many requests: try again in ${/^\d{1,6}$/.test(seconds) ? `${seconds} seconds` : "a minute"}.`;
      },
      ...refusals,
    },
  });
}

/**
 * As {@link get}, for an answer of whatever shape.
 *
 * @throws {CloudError}
 */
export function getAny(question: Pick<Request<unknown>, "url" | "cloud"> & { token: string }) {
  return get({ ...question, schema: z.unknown(), refusals: {} });
}

/**
 * The text at an address that everybody may read.
 *
 * @throws {CloudError}
 */
export async function getText(url: string, cloud: Cloud): Promise<string> {
  const { response, text } = await exchange(url, {}, cloud);
  const { ok, status } = response;
  if (!ok) throw new CloudError(`${url} answered HTTP ${status}.`, status);
  return text;
}

/** Where the console shows the same values. */
export const overview = "Redpanda Cloud > the cluster > Overview";

async function exchange(url: string, init: RequestInit, { timeout, proxy }: Cloud) {
  try {
    // A redirection would carry the secret to wherever it points.
    const signal = AbortSignal.timeout(timeout);
    const response = await send(url, { ...init, redirect: "manual", signal }, proxy);
    return { response, text: await response.text() };
  } catch (error) {
    if ((error as Error).name === "TimeoutError") {
      throw new CloudError(
        `${url} did not answer within ${timeout / 1000} seconds. ${wayOut(proxy)}`,
      );
    }
    throw new CloudError(`${url} cannot be reached (${reasonOf(error)}). ${wayOut(proxy)}`);
  }
}

/** As `fetch`, by the proxy if there is one: Node itself has that from version 24 on only. */
function send(url: string, init: RequestInit, proxy: Proxy | undefined): Promise<Response> {
  const through = proxy?.of(new URL(url));
  if (!through) return fetch(url, init);
  const undici = require("undici") as typeof import("undici");
  // The types of Node's own fetch are those of another version of the same code.
  const fetchBy = undici.fetch as unknown as typeof fetch;
  return fetchBy(url, { ...init, dispatcher: new undici.ProxyAgent(through) } as RequestInit);
}

/** Such as ECONNREFUSED or ENOTFOUND: the message might hold more than is to be shown. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  if (!cause) return "no reason given";
  const status = /^Proxy response \((\d{3})\)/.exec(cause.message)?.[1];
  if (status) return `the proxy answered HTTP ${status}`;
  return typeof cause.code === "string" ? cause.code : reasonOf(cause);
}

/** What to look at where nothing answers. The proxy is not shown: a password may be in it. */
function wayOut(proxy: Proxy | undefined): string {
  return proxy
    ? `${proxy.variable} is set: check that this proxy lets the request through, or except the host by NO_PROXY.`
    : "Check the network and its firewall. A proxy is used where HTTPS_PROXY names it.";
}

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
