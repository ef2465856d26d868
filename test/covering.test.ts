import { covering, pairsOf } from "./covering";
import { everyModule, pairwiseModules } from "./every-module";

test("a few items have all features", () => {
  expect(covering(["a", "ab", "bc", "c"], (word) => word)).toEqual(["ab", "bc"]);
  expect(covering([], (word: string) => word)).toEqual([]);
});

test("three values have three pairs", () => {
  expect(pairsOf(["--engine postgres", "--hops 1", "--host ecs"])).toEqual([
    "--engine postgres --hops 1",
    "--engine postgres --host ecs",
    "--hops 1 --host ecs",
  ]);
});

test("few modules have every two choices that can meet", () => {
  const pairs = (modules: typeof everyModule) =>
    new Set(modules.flatMap(({ stack, flags }) => pairsOf([stack, ...flags])));
  const modules = pairwiseModules();
  expect([...pairs(everyModule)].filter((pair) => !pairs(modules).has(pair))).toEqual([]);
  expect(modules.length).toBeLessThan(everyModule.length / 4);
});
