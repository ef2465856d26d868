import { symptomOf } from "../../../commands/doctor/recognise";

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
});

test("of a long message both ends are judged, ten thousand characters each", () => {
  const hopOf = (before: number, after: number) =>
    symptomOf({ message: `${"x".repeat(before)}${broken}${"x".repeat(after)}`, level: "ERROR" })
      ?.hop;
  const { length } = broken;
  expect(hopOf(10_000 - length / 2, 10_000 - Math.ceil(length / 2))).toBe("read");
  expect(hopOf(10_000 - Math.floor(length / 2), 10_001 - Math.ceil(length / 2))).toBeUndefined();
  expect(hopOf(10_000 - length, 30_000)).toBe("read");
  expect(hopOf(30_000, 10_000 - length)).toBe("read");
  expect(hopOf(15_000, 15_000)).toBeUndefined();
});
