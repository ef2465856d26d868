import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A connection to a real server, of the user in the secret. */
export interface Session {
  /** @throws {StatementError} */
  run(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  end(): void | Promise<void>;
}

/** What the database says of a statement, in the Data API's words. */
export class StatementError extends Error {}

/** An answer that is an error: its class in the service's model, and its message. */
class Refusal extends Error {
  constructor(
    readonly shape: string,
    message: string,
  ) {
    super(message);
  }
}

/** Of the service's model; where nothing stands here, 400. */
const statusOf: Readonly<Record<string, number>> = {
  DatabaseUnavailableException: 504,
  TransactionNotFoundException: 404,
};

interface Request {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
}

const paths = {
  "/BeginTransaction": "BeginTransaction",
  "/Execute": "ExecuteStatement",
  "/CommitTransaction": "CommitTransaction",
  "/RollbackTransaction": "RollbackTransaction",
} as const;

/**
 * RDS's Data API in front of a real server, on the loopback: it refuses what AWS refuses.
 *
 * - limits: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.limitations.html
 * - one statement a call, no schema: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.differences.html
 * - errors: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.troubleshooting.html
 * - a request and its answer: botocore's model of the service ({@link problemsOf})
 *
 * That an endpoint answers only some time after its cluster's creation, AWS does not document: users tell
 * of `HttpEndpoint is not enabled` in the first minute.
 */
export class DataApi {
  readonly clusterArn = "arn:aws:rds:us-east-2:111122223333:cluster:demo-aurora";
  readonly secretArn =
    "arn:aws:secretsmanager:us-east-2:111122223333:secret:rds!cluster-4a1b9f52-AbCdEf";
  /** What `describe-db-clusters` says, and what calls find: AWS needs some minutes in between. */
  isSwitchedOn = true;
  isAnswering = true;
  /** Calls that find the instance asleep. */
  asleepFor = 0;
  hasWriter = true;
  /** Of one statement. */
  secondsAllowed = 45;
  /** Answers of this many statements, and then none: the connection is cut. */
  statementsUntilCut = Number.POSITIVE_INFINITY;
  /** The same, and then AWS has taken the transaction back. */
  statementsUntilExpiry = Number.POSITIVE_INFINITY;
  readonly requests: Request[] = [];
  readonly #transactions = new Map<string, Session>();
  readonly #server: Server;

  private constructor(private readonly connect: () => Promise<Session>) {
    this.#server = createServer(async (request, response) => {
      const path = request.url ?? "";
      const given = await text(request);
      // As the AWS CLI prints it, for one that stands in for it.
      const isPrinted = request.headers.accept === "text/plain";
      if (path === "/") {
        const isOn = this.isSwitchedOn ? "True" : "False";
        response.end(isPrinted ? isOn : this.#described());
        return;
      }
      const body = JSON.parse(given);
      try {
        const answer = await this.#answer(path, body);
        this.requests.push({ path, body, status: 200, answer });
        response.writeHead(200, { "content-type": "application/json" });
        response.end(isPrinted ? printed(answer) : JSON.stringify(answer));
      } catch (error) {
        if (!(error instanceof Refusal)) {
          response.destroy();
          return;
        }
        const { shape, message } = error;
        const status = statusOf[shape] ?? 400;
        this.requests.push({ path, body, status, answer: { message, shape } });
        response.writeHead(status, { "x-amzn-errortype": shape });
        response.end(
          isPrinted
            ? `\nAn error occurred (${shape}) when calling the ${operationAt(path)} operation: ${message}`
            : JSON.stringify({ message }),
        );
      }
    });
  }

  static async start(connect: () => Promise<Session>): Promise<DataApi> {
    const api = new DataApi(connect);
    await new Promise<void>((resolve) => api.#server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  async stop(): Promise<void> {
    this.reset();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Ends what is open, as AWS does after three minutes, and answers as usual from now on. */
  reset(): void {
    this.#expire();
    this.requests.length = 0;
    Object.assign(this, {
      isSwitchedOn: true,
      isAnswering: true,
      asleepFor: 0,
      hasWriter: true,
      secondsAllowed: 45,
      statementsUntilCut: Number.POSITIVE_INFINITY,
      statementsUntilExpiry: Number.POSITIVE_INFINITY,
    });
  }

  #expire(): void {
    for (const session of this.#transactions.values()) void session.end();
    this.#transactions.clear();
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Statements that were answered well, in order. */
  get statements(): string[] {
    return this.requests
      .filter(({ path, status }) => path === "/Execute" && status === 200)
      .map(({ body }) => String(body.sql));
  }

  get openTransactions(): number {
    return this.#transactions.size;
  }

  async #answer(path: string, body: Request["body"]): Promise<Request["answer"]> {
    if (body.resourceArn !== this.clusterArn || !this.isSwitchedOn || !this.isAnswering) {
      throw new Refusal(
        "HttpEndpointNotEnabledException",
        `HttpEndpoint is not enabled for resource ${body.resourceArn}`,
      );
    }
    if (body.secretArn !== this.secretArn) {
      throw new Refusal(
        "SecretsErrorException",
        "Secrets Manager can't find the specified secret.",
      );
    }
    if (!this.hasWriter) {
      throw new Refusal("DatabaseUnavailableException", "The writer instance isn't available.");
    }
    if (this.asleepFor > 0) {
      this.asleepFor -= 1;
      throw new Refusal(
        "DatabaseResumingException",
        "The Aurora DB instance is resuming after being auto-paused. Please wait a few seconds and try again.",
      );
    }
    if (body.schema !== undefined) {
      throw new Refusal("ValidationException", "The schema parameter isn't supported");
    }
    switch (path) {
      case "/BeginTransaction": {
        const transactionId = Buffer.from(randomUUID()).toString("base64");
        const session = await this.connect();
        await session.run("BEGIN");
        this.#transactions.set(transactionId, session);
        return { transactionId };
      }
      case "/Execute":
        return this.#execute(body);
      case "/CommitTransaction":
        return { transactionStatus: await this.#end(body, "COMMIT", "Transaction Committed") };
      case "/RollbackTransaction":
        return {
          transactionStatus: await this.#end(body, "ROLLBACK", "Rollback Complete"),
        };
      default:
        throw new Error(path);
    }
  }

  async #execute(body: Request["body"]): Promise<Request["answer"]> {
    const sql = String(body.sql);
    refuseStatement(sql);
    if (this.statementsUntilCut === 0) throw new Error("cut");
    this.statementsUntilCut -= 1;
    if (this.statementsUntilExpiry === 0) this.#expire();
    this.statementsUntilExpiry -= 1;
    const { transactionId } = body;
    const session =
      transactionId === undefined ? await this.connect() : this.#transaction(transactionId);
    try {
      const rows = await this.#inTime(session, sql);
      const records = rows.map((row) =>
        row.map((value) => (value === null ? { isNull: true } : { stringValue: value })),
      );
      return { numberOfRecordsUpdated: 0, ...(records.length > 0 ? { records } : {}) };
    } catch (error) {
      // AWS takes the transaction back, and knows it no longer.
      if (transactionId !== undefined) {
        this.#transactions.delete(String(transactionId));
        await session.end();
      }
      if (error instanceof StatementError)
        throw new Refusal("DatabaseErrorException", error.message);
      throw error;
    } finally {
      if (transactionId === undefined) await session.end();
    }
  }

  async #inTime(session: Session, sql: string) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Refusal("StatementTimeoutException", "Request timed out")),
        this.secondsAllowed * 1000,
      );
    });
    try {
      return await Promise.race([session.run(sql), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #transaction(id: unknown): Session {
    const session = this.#transactions.get(String(id));
    if (!session) {
      throw new Refusal("TransactionNotFoundException", `Transaction ${id} is not found`);
    }
    return session;
  }

  async #end(body: Request["body"], sql: string, status: string) {
    const session = this.#transaction(body.transactionId);
    this.#transactions.delete(String(body.transactionId));
    await session.run(sql);
    await session.end();
    return status;
  }

  #described(): string {
    return `<DescribeDBClustersResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBClustersResult><DBClusters><DBCluster><DBClusterArn>${this.clusterArn}</DBClusterArn><HttpEndpointEnabled>${this.isSwitchedOn}</HttpEndpointEnabled></DBCluster></DBClusters></DescribeDBClustersResult></DescribeDBClustersResponse>`;
  }
}

const operationAt = (path: string) => paths[path as keyof typeof paths];

/** By `--output text`, and the `--query` of data_api.sh. */
function printed({ transactionId, transactionStatus, records = [] }: Request["answer"]): string {
  const rows = (records as { stringValue?: string }[][]).flat().map((field) => field.stringValue);
  return String(transactionId ?? transactionStatus ?? rows.join("\n"));
}

/** What AWS does not hand on to the database. */
function refuseStatement(sql: string): void {
  // https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html
  if (sql.length > 65_536) {
    throw new Refusal("ValidationException", "The sql parameter has more than 65536 characters");
  }
  // Where AWS looks for them is told nowhere: so in quotes and comments too. A cast is none.
  // https://github.com/koxudaxi/local-data-api/issues/81, https://github.com/jeremydaly/data-api-client/issues/98
  const [, parameter] = /(?<!:):([A-Za-z_]\w*)/.exec(sql) ?? [];
  if (parameter !== undefined) {
    throw new Refusal("BadRequestException", `Cannot find parameter: ${parameter}`);
  }
}

/** What botocore says of the service, so far as it is looked at here. */
interface Model {
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly input: { readonly shape: string };
        readonly output: { readonly shape: string };
        readonly errors: readonly { readonly shape: string }[];
      }
    >
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly max?: number;
}

/** What a request or its answer has other than the service's model says. */
export function problemsOf(model: Model, { path, body, status, answer }: Request): string[] {
  const operation = model.operations[operationAt(path)];
  if (!operation) return [`${path} is no operation`];
  const { shape: error, ...rest } = answer;
  const known = [...operation.errors.map(({ shape }) => shape), "ValidationException"];
  return [
    ...differences(model, operation.input.shape, body, path),
    ...(status === 200
      ? differences(model, operation.output.shape, rest, `${path} answer`)
      : known.includes(String(error))
        ? []
        : [`${path}: ${error} is no error of it`]),
  ];
}

function differences(model: Model, name: string, value: unknown, at: string): string[] {
  const shape = model.shapes[name];
  if (!shape) return [`${at}: no shape ${name}`];
  switch (shape.type) {
    case "structure": {
      const given = value as Readonly<Record<string, unknown>>;
      return [
        ...(shape.required ?? []).filter((key) => !(key in given)).map((key) => `${at}: no ${key}`),
        ...Object.entries(given).flatMap(([key, inner]) => {
          const member = shape.members?.[key];
          return member
            ? differences(model, member.shape, inner, `${at}.${key}`)
            : [`${at}: ${key} is unknown`];
        }),
      ];
    }
    case "list":
      return (value as unknown[]).flatMap((inner, i) =>
        differences(model, shape.member?.shape ?? "", inner, `${at}[${i}]`),
      );
    case "string":
      // AWS takes the ARNs of secrets that it makes itself, which are longer than it says.
      return typeof value === "string" && (name === "Arn" || value.length <= (shape.max ?? 1e9))
        ? []
        : [`${at}: ${JSON.stringify(value)}`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${at}: ${JSON.stringify(value)}`];
    default:
      return typeof value === "number" ? [] : [`${at}: ${JSON.stringify(value)}`];
  }
}
