import { describeUnless } from "../standin/judges";
import { declareKafka, missing } from "./kafka";
import { whyNoPrograms } from "./programs";

describeUnless([...missing, ...whyNoPrograms()], "The broker", () => {
  const kafka = declareKafka("rpk");

  test("makes the topics that it is told to make, and lets nobody in without an ACL", async () => {
    await kafka().rpk("topic", "create", "demo.topic", "-p", "3", "-r", "1");
    expect(await kafka().rpk("topic", "describe", "demo.topic")).toBe(
      "0 1 [1]\n1 1 [1]\n2 1 [1]\n",
    );

    const password = 'with "quotes" and $signs';
    const consume = ["topic", "consume", "demo.topic", "--offset", "start:end", "--format", "%v\n"];
    const user = { RPK_USER: "app", RPK_PASS: password };
    expect(await kafka().rpkResult(consume, user)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("SASL_AUTHENTICATION_FAILED"),
    });
    await kafka().rpk("security", "user", "create", "app", "-p", password);
    expect(await kafka().rpkResult(consume, user)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("TOPIC_AUTHORIZATION_FAILED"),
    });
    const acl = ["--allow-principal", "User:app", "--topic", "demo.topic"];
    await kafka().rpk("security", "acl", "create", ...acl, "--operation", "read,describe");
    expect(await kafka().rpkResult(consume, user)).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("has after a kill what it had before", async () => {
    const before = await kafka().rpk("topic", "describe", "demo.topic");
    await kafka().kill();
    await kafka().restart();
    expect(await kafka().rpk("topic", "describe", "demo.topic")).toBe(before);
  });
});
