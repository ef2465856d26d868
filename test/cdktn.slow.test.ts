import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { describeUnless } from "./standin/judges";

const project = join(__dirname, "..");
const fetched = join(project, "node_modules", ".cache", "rpcn-aurora-cdktn-0.24.0", "node_modules");
const missing = existsSync(fetched)
  ? []
  : ["no CDK Terrain 0.24.0, which test/cdktn-from-npm.sh fetches"];

/** All four default modules, and what `app.synth()` writes of them, read again. */
const everyStack = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktn";
import { ByocStack, defaults, Ec2Stack, engines } from "rpcn-aurora/cdktn";
import { renderModule, renderSynthesized, writeModule } from "rpcn-aurora/cdktn/hcl";

for (const engine of engines) {
  for (const Stack of [ByocStack, Ec2Stack]) {
    const app = new App({
      context: { targetVersions: { terraform: ">=1.11.0", opentofu: ">=1.11.0" } },
    });
    const stack: TerraformStack = new Stack(app, engine, defaults);
    if (!(stack instanceof TerraformStack)) throw new Error("there are two copies of cdktn");
    const name = stack.node.id;
    writeModule(join("all", name), renderModule(stack, { banner: "every.ts" }), "every.ts");
    app.synth();
    const json = readFileSync(join("cdktf.out", "stacks", name, "cdk.tf.json"), "utf8");
    const { refused } = renderSynthesized(json);
    if (refused.length > 0) throw new Error(JSON.stringify(refused));
  }
}
`;

describeUnless(missing, "With CDK Terrain in CDKTF's place", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "cdktn-"));
    const modules = join(folder, "node_modules");
    execFileSync(process.execPath, [join(project, "build", "types.js")]);
    // Copies, so that each finds what lies beside it.
    for (const name of ["dist", "templates", "package.json"]) {
      cpSync(join(project, name), join(modules, "rpcn-aurora", name), { recursive: true });
    }
    cpSync(fetched, modules, { recursive: true });
    mkdirSync(join(modules, "@types"));
    symlinkSync(join(project, "node_modules", "@types", "node"), join(modules, "@types", "node"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Compiles a program against the types of the package, and runs it. */
  function run(name: string, program: string): void {
    const source = join(folder, `${name}.ts`);
    writeFileSync(source, program);
    const compiler = ts.createProgram([source], {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: ["node"],
      typeRoots: [join(folder, "node_modules", "@types")],
    });
    const problems = [...ts.getPreEmitDiagnostics(compiler), ...compiler.emit().diagnostics];
    expect(problems.map(({ messageText }) => messageText)).toEqual([]);
    execFileSync(process.execPath, [`${name}.js`], { cwd: folder, stdio: "pipe" });
  }

  /** A file's content, without the lines that tell who wrote it. */
  const body = (path: string) => readFileSync(path, "utf8").replace(/^(?:#.*\n)+\n/, "");

  test("the four default modules are those of the snapshots, byte for byte but for their banner", () => {
    run("every", everyStack);
    const stacks = readdirSync(join(folder, "all"));
    expect(stacks).toEqual([
      "aurora-mysql",
      "aurora-mysql-ec2",
      "aurora-postgres",
      "aurora-postgres-ec2",
    ]);
    for (const stack of stacks) {
      for (const name of readdirSync(join(folder, "all", stack))) {
        expect(body(join(folder, "all", stack, name))).toBe(
          body(join(project, "__snapshots__", stack, name)),
        );
      }
    }
  });

  test("the table of docs/library.md makes its program one of CDK Terrain's", () => {
    const page = readFileSync(join(project, "docs", "library.md"), "utf8");
    const [, program = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(page) ?? [];
    const switched = [...page.matchAll(/^\| `(.*)` \| `(.*)` \|$/gm)].reduce(
      (text, [, from, to]) => text.replaceAll(`from "${from}"`, `from "${to}"`),
      program,
    );
    expect(switched.match(/from ".*"/g)).toEqual([
      'from "node:fs"',
      'from "node:path"',
      'from "cdktn"',
      'from "rpcn-aurora/cdktn"',
      'from "rpcn-aurora/cdktn/hcl"',
    ]);
    run("our", switched);
    const written = join(folder, "modules", "aurora-mysql");
    expect(body(join(written, "outputs.tf"))).toBe(
      `output "team" {\n  value = "payments"\n}\n\n${body(join(project, "__snapshots__", "aurora-mysql", "outputs.tf"))}`,
    );
  });

  test("a program of ECMAScript modules finds what it imports by name", () => {
    writeFileSync(
      join(folder, "names.mjs"),
      'import { ByocStack } from "rpcn-aurora/cdktn";\nimport { writeModule } from "rpcn-aurora/cdktn/hcl";\nconsole.log(ByocStack.name, writeModule.name);\n',
    );
    const said = execFileSync(process.execPath, ["names.mjs"], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("ByocStack writeModule\n");
  });
});
