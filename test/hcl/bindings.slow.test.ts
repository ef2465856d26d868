import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { indexOfBindings } from "../../packages/cdktf-hcl/test/block-indexes";
import { describeUnless } from "../standin/judges";

const project = join(__dirname, "..", "..");
const { unpack } = require("../../build/bindings") as { unpack: (to: string) => void };

// An install keeps those types of the bindings that are imported: here are all.
const folder = mkdtempSync(join(tmpdir(), "bindings-"));
afterAll(() => rmSync(folder, { recursive: true }));

const missing: string[] = [];
try {
  unpack(folder);
} catch (error) {
  missing.push(String((error as Error).message));
}

describeUnless(missing, "the bindings of the AWS provider", () => {
  test("give the index of version 6 that comes with the writer", () => {
    const fresh = indexOfBindings(folder);
    expect(fresh.version).toBe("6.25.0");
    const index = join(project, "packages/cdktf-hcl/indexes/hashicorp-aws-6.25.0.json");
    expect(JSON.parse(readFileSync(index, "utf8"))).toEqual(fresh);
  });
});
