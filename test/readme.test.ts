import { pipelineRoleWarning } from "../commands/synth";
import { pages, prints, shownCommands } from "./docs/markdown";

const readme = pages.get("README.md") ?? "";

test("shows on its first screen what its first command prints", () => {
  const [first, ...others] = shownCommands(readme);
  expect(others).toEqual([]);
  expect(first?.command).toBe("npm ci --silent && npx rpcn-aurora synth");
  expect(first?.output).toBe(prints("synth"));
  expect(readme.slice(0, readme.indexOf("```console")).split("\n").length).toBeLessThan(10);
});

test("draws the picture that the stack gives", () => {
  const [, picture] = /^```mermaid\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  expect(picture).toBe(prints("graph", "--engine", "postgres"));
});

test("has the section that the command's warning names", () => {
  const [, heading] = /README,\s+"([^"]+)"/.exec(pipelineRoleWarning) ?? [];
  expect(readme).toContain(`\n## ${heading}\n`);
});
