import { FormerTopic } from "../../constructs/former-topic";
import { rendered } from "./rendered";

test("the one topic that was there is let go of, and stays", () => {
  expect(rendered((around) => new FormerTopic(around, "former-topic"))).toMatchInlineSnapshot(`
=== main.tf
moved {
  from = redpanda_topic.topic
  to   = redpanda_topic.former
}

removed {
  from = redpanda_topic.former

  lifecycle {
    destroy = false
  }
}
`);
});
