import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { bundledPackages, page } = require("../../build/licences") as {
  bundledPackages: (bundles: Record<string, string[]>, root: string) => object[];
  page: (packages: object[]) => string;
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "licences-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A package below node_modules, and the path of its code. */
function installed(name: string, manifest: object, files: Record<string, string> = {}): string {
  const folder = join(root, "node_modules", name);
  mkdirSync(join(folder, "lib"), { recursive: true });
  for (const [file, text] of Object.entries({
    "package.json": JSON.stringify({ name, version: "1.0.0", ...manifest }),
    // It says of which kind the modules are, and no more.
    "lib/package.json": '{ "type": "commonjs" }',
    ...files,
  })) {
    writeFileSync(join(folder, file), text);
  }
  return `node_modules/${name}/lib/index.js`;
}

test("each package that is bundled, with its licence and text, once", () => {
  const dash = installed(
    "dash",
    { license: "MIT", repository: "us/dash" },
    { LICENSE: "Copyright 2020 us\n" },
  );
  const dot = installed(
    "@us/dot",
    { license: "ISC", repository: { url: "git+https://github.com/us/dot.git" } },
    { "README.md": "# dot\n\n## License\n\nAs you like.\n" },
  );
  const packages = bundledPackages({ "main.js": [dash], "hcl.js": [dash, dot, "main.ts"] }, root);
  expect(page(packages)).toBe(`# Licences of what is bundled

rpcn-aurora itself is under Apache-2.0: LICENSE. The files of this folder hold code of these packages. What is under MPL-2.0 can be had as source at the address in its row.

| package | version | licence | in | source |
|---|---|---|---|---|
| @us/dot | 1.0.0 | ISC | hcl.js | https://github.com/us/dot |
| dash | 1.0.0 | MIT | hcl.js, main.js | https://github.com/us/dash |

## @us/dot 1.0.0

~~~text
## License

As you like.
~~~

## dash 1.0.0

~~~text
Copyright 2020 us
~~~
`);
});

test("a licence that does not allow it ends the build", () => {
  const files = [
    installed("strict", { license: "AGPL-3.0-or-later" }),
    installed("silent", { license: undefined }),
  ];
  expect(() => bundledPackages({ "program.js": files }, root)).toThrow(
    new Error(`silent 1.0.0 is in program.js, and its licence is not told. Allowed are 0BSD, Apache-2.0, BlueOak-1.0.0, BSD-2-Clause, BSD-3-Clause, ISC, MIT, MPL-2.0: take another package, or leave it to the tests.
strict 1.0.0 is in program.js, and its licence is AGPL-3.0-or-later. Allowed are 0BSD, Apache-2.0, BlueOak-1.0.0, BSD-2-Clause, BSD-3-Clause, ISC, MIT, MPL-2.0: take another package, or leave it to the tests.`),
  );
});
