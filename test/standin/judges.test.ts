import { spawnSync } from "node:child_process";
import { join } from "node:path";

test("without terraform the tests are skipped, and the run says so", () => {
  const jest = join(__dirname, "../../node_modules/jest/bin/jest.js");
  const { status, stderr } = spawnSync(process.execPath, [jest, "standin/workspace.slow.test.ts"], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
    env: { PATH: "" },
  });
  expect(stderr).toContain("a workspace (skipped: no terraform on the PATH)");
  expect(stderr).toMatch(/Tests: +\d+ skipped, \d+ total/);
  expect(status).toBe(0);
}, 30_000);
