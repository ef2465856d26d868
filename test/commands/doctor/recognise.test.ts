import { symptomOf } from "../../../commands/doctor/recognise";
import { examples } from "./examples";

const unknown = "the tide is out";
const broken = "unable to decode column data: EOF";

test("an error that nothing knows is one, of no hop", () => {
  expect(symptomOf({ message: unknown, level: "ERROR" })).toStrictEqual({ behind: [] });
  expect(symptomOf({ message: unknown, level: "WARN" })).toBeUndefined();
});

test("what is told at INFO or DEBUG breaks nothing, whatever its form", () => {
  expect(symptomOf({ message: broken, level: "WARN" })?.hop).toBe("read");
  expect(symptomOf({ message: broken, level: "DEBUG" })).toBeUndefined();
  expect(symptomOf({ message: broken, level: "INFO" })).toBeUndefined();
});

test("only the way to the brokers is over once a connection stands", () => {
  const until = (message: string) => {
    const symptom = symptomOf({ message, level: "ERROR" });
    return symptom && "untilConnected" in symptom ? symptom.untilConnected : "absent";
  };
  expect(until("Failed to connect to redpanda: EOF")).toBe(true);
  expect(until("Failed to send message to redpanda: EOF")).toBe("absent");
  for (const { is, level = "ERROR" } of Object.values(examples)) {
    const symptom = symptomOf({ message: is, level });
    if (symptom?.entry) {
      expect("untilConnected" in symptom).toBe(symptom.entry.untilConnected === true);
    }
  }
});

test("of a long message both ends are judged, ten thousand characters each", () => {
  const hopOf = (before: number, after: number) =>
    symptomOf({ message: `${"x".repeat(before)}${broken}${"x".repeat(after)}`, level: "ERROR" })
      ?.hop;
  const { length } = broken;
  const half = Math.floor(length / 2);
  // All of twenty thousand, and of one more not what is in the middle.
  expect(hopOf(10_000 - half, 10_000 - length + half)).toBe("read");
  expect(hopOf(10_000 - half, 10_001 - length + half)).toBeUndefined();
  expect(hopOf(10_000 - length, 30_000)).toBe("read");
  expect(hopOf(30_000, 10_000 - length)).toBe("read");
  expect(hopOf(15_000, 15_000)).toBeUndefined();
  const message = `io.ReadFull(header) failed. err EOF: connection was bad${"x".repeat(30_000)}`;
  expect(symptomOf({ message, level: "ERROR" })?.hop).toBe("network");
});
