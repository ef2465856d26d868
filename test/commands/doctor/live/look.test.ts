import { z } from "zod";
import { type Asking, MissingName } from "../../../../commands/doctor/live/ask";
import { check, type Question } from "../../../../commands/doctor/live/check";
import { Look } from "../../../../commands/doctor/live/look";
import { accountOf } from "../../../../commands/doctor/live/roles";
import type { Names } from "../../../../commands/doctor/names";
import type { Answer } from "../../../../commands/programs/answer";
import { dbConnectRole, pipelineRole } from "./module";

/** Answers every question with what was set last. */
class Answering {
  dataPlane: string | undefined;
  answer: Answer | Error = { refused: "nobody is there" };
  readonly asked: { readonly question: Question; readonly names: Names }[] = [];

  asking(question: Question, names: Names): Asking {
    return {
      command: "ask",
      answer: async () => {
        this.asked.push({ question, names });
        if (this.answer instanceof Error) throw this.answer;
        return this.answer;
      },
    };
  }
}

let asker: Answering;
let look: Look;
beforeEach(() => {
  asker = new Answering();
  look = new Look(asker, {
    topic: "orders",
    iam_db_auth_role_arn: dbConnectRole,
    trusted_principal_role_arn: pipelineRole,
  });
});

const told = { id: "topic", hop: "write", title: "The topic is there" } as const;
const topic = check({
  ...told,
  question: { get: "/v1/topics", plane: "data" },
  answer: z.object({ count: z.number() }),
  judge: ({ count }, { networks }) =>
    networks
      ? { state: "ok", says: `From ${networks.join(", ")}.` }
      : { state: "unclear", says: `<topic> has ${count} partitions, <other> more.` },
});
const at = (answer: Answer | Error, one = topic) => {
  asker.answer = answer;
  return look.at(one);
};

test("shows how it is asked and answered, and what follows, with the module's names", async () => {
  expect(await at({ value: { count: 3, more: "left out" } })).toEqual({
    id: "topic",
    hop: "write",
    title: "The topic is there",
    command: "ask",
    answer: { count: 3 },
    verdict: { state: "unclear", says: "orders has 3 partitions, <other> more." },
  });
});

test("a refusal is skipped, with its words", async () => {
  expect(await at({ refused: "rpk cannot be run." })).toEqual({
    ...told,
    command: "ask",
    verdict: { state: "skipped", says: "rpk cannot be run." },
  });
});

test("what cannot be parsed is shown, and not judged", async () => {
  expect(await at({ unreadable: "<html>" })).toEqual({
    ...told,
    command: "ask",
    answer: "<html>",
    verdict: { state: "unclear", says: "The answer is not understood." },
  });
});

test("what is parsed and not understood is shown, but not of a server of Redpanda", async () => {
  const verdict = { state: "unclear", says: "The answer is not understood." };
  const sql = { ...topic, question: { sql: "SELECT 1" } };
  expect(await at({ value: [1] }, sql)).toEqual({
    ...told,
    command: "ask",
    answer: [1],
    verdict,
  });
  expect(await at({ value: [1] })).toEqual({ ...told, command: "ask", verdict });
});

test("what is not there is a cause where the check says so, and skipped elsewhere", async () => {
  const gone = { code: "404", says: "HTTP 404" };
  const absent = {
    404: ({ names }: { names: Names }) => ({ state: "ok" as const, says: `No ${names.topic}.` }),
  };
  expect(await at(gone, { ...topic, absent })).toEqual({
    ...told,
    command: "ask",
    answer: "HTTP 404",
    verdict: { state: "ok", says: "No orders." },
  });
  const skipped = { ...told, command: "ask", verdict: { state: "skipped", says: "HTTP 404" } };
  expect(await at({ ...gone, code: "403" }, { ...topic, absent })).toEqual(skipped);
  expect(await at(gone)).toEqual(skipped);
});

test("without a name that its judge needs, nobody is asked", async () => {
  const says = "The module's state does not tell slot.";
  expect(await look.at({ ...topic, needs: ["topic", "slot"] })).toEqual({
    ...told,
    verdict: { state: "skipped", says },
  });
  expect(asker.asked).toEqual([]);
  expect(await look.at({ ...topic, needs: ["topic"] })).toMatchObject({ command: "ask" });
});

test("a name that is missing when it is asked is told, and any other error is ours", async () => {
  expect(await at(new MissingName("slot"))).toMatchObject({
    verdict: { state: "skipped", says: "The module's state does not tell slot." },
  });
  await expect(at(new TypeError("x is undefined"))).rejects.toEqual(
    new TypeError("x is undefined"),
  );
});

describe("AWS", () => {
  const identity = (account: "database" | "connect") => ({
    ...topic,
    question: { aws: ["sts", "get-caller-identity"], account },
    judge: (answer: unknown) => ({
      state: (answer as { count: number }).count === 1 ? ("ok" as const) : ("unclear" as const),
      says: "",
    }),
  });
  const role = { ...topic, question: { aws: ["iam", "get-role"], account: "connect" as const } };
  const without = {
    ...told,
    command: "ask",
    verdict: { state: "skipped", says: "no credentials of account 861276079005 are at hand." },
  };

  test("is asked of an account only with its credentials", async () => {
    expect(await at({ value: { count: 1 } }, role)).toEqual(without);
    expect(await at({ value: { count: 1 } }, identity("database"))).toMatchObject({ answer: {} });
    expect(await at({ value: { count: 1 } }, role)).toEqual(without);
    expect(await at({ value: { count: 2 } }, identity("connect"))).toMatchObject({ answer: {} });
    expect(await at({ value: { count: 1 } }, role)).toEqual(without);
    expect(await at({ value: { count: 1 } }, identity("connect"))).toMatchObject({ answer: {} });
    expect(await at({ value: { count: 1 } }, role)).toMatchObject({ answer: { count: 1 } });
  });

  test("is asked of a role as of who asks, though not all that is well tells credentials", async () => {
    expect(accountOf("connect", { trusted_principal_role_arn: pipelineRole })).toBe("861276079005");
    const judge = () => ({ state: "ok" as const, says: "" });
    const sql = { ...topic, question: { sql: "SELECT 1" }, judge };
    expect(await at({ value: { count: 1 } }, sql)).toMatchObject({ verdict: { state: "ok" } });
    expect(await at({ value: { count: 1 } }, role)).toEqual(without);
  });
});

test("what an answer tells serves later questions", async () => {
  const tells = () => ({ other: "two" });
  expect((await at({ value: { count: 1 } }, { ...topic, tells })).verdict.says).toBe(
    "orders has 1 partitions, two more.",
  );
  await at({ value: { count: 1 } });
  expect(asker.asked.map(({ names }) => names.other)).toEqual([undefined, "two"]);
  expect(asker.asked.map(({ names }) => names.topic)).toEqual(["orders", "orders"]);
});

describe("the Redpanda cluster", () => {
  const cluster = (id: string) => ({
    ...topic,
    id,
    read: (answer: unknown) => answer,
    judge: () => ({ state: "ok" as const, says: "" }),
  });

  test.each([
    [{ nat_gateways: ["3.139.175.89/32"] }, "From 3.139.175.89/32."],
    [{}, "From ."],
  ])("tells the networks that pipelines come from: %j", async (value, says) => {
    await at({ value: { cluster: value } }, cluster("redpanda-cluster"));
    expect((await at({ value: { count: 1 } })).verdict.says).toBe(says);
  });

  test.each([
    ["https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com", true],
    ["https://api.redpanda.com.example.org", false],
    ["http://api.redpanda.com", false],
    ["view-source:https://api.redpanda.com", false],
    ["https://example.org/api.redpanda.com", false],
    ["https://api-redpanda.com", false],
    ["https://.redpanda.com", false],
    ["https://api.redpandaXcom", false],
  ])("tells where its API is, if that is Redpanda's: %s", async (url, isTold) => {
    await at({ value: { cluster: { dataplane_api: { url } } } }, cluster("redpanda-cluster"));
    expect(asker.dataPlane).toBe(isTold ? url : undefined);
  });

  test("is told by no other answer", async () => {
    const url = "https://api.redpanda.com";
    const value = { cluster: { nat_gateways: ["3.139.175.89/32"], dataplane_api: { url } } };
    await at({ value }, cluster("topic"));
    expect(asker.dataPlane).toBeUndefined();
    expect((await at({ value: { count: 1 } })).verdict.state).toBe("unclear");
  });
});
