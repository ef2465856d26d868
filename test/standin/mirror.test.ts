import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mirrorDirectory } from "./mirror";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mirror-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A mirror with one provider, in a folder below the root: its path. */
function mirror(folder: string, provider = "hashicorp/aws"): string {
  mkdirSync(join(root, folder, "registry.terraform.io", provider), { recursive: true });
  return join(root, folder);
}

/** What is found below the root, with this file as `.terraformrc`. */
function found(terraformrc = "", provider?: string): string | undefined {
  const HOME = join(root, "a/b/c/home");
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, ".terraformrc"), terraformrc);
  return mirrorDirectory(provider, { root, env: { HOME } });
}

const naming = (...paths: string[]) =>
  `provider_installation {
${paths.map((path) => `  filesystem_mirror {\n    path = "${path}"\n    include = ["*/*/*"]\n  }\n`).join("")}}
`;

test("a mirror not far below the root", () => {
  const path = mirror("opt/mirror");
  expect(found()).toBe(path);
});

test("none where there is none, or it is too far down, or has other providers", () => {
  expect(found()).toBeUndefined();
  mirror("one/two/three");
  mirror("others", "hashicorp/http");
  expect(found()).toBeUndefined();
  expect(found("", "hashicorp/http")).toBe(join(root, "others"));
});

test("the mirror that Terraform's configuration names, wherever it is", () => {
  mirror("near");
  const far = mirror("one/two/three/far");
  expect(found(naming(far))).toBe(far);
});

test("of several that it names, the first that has the provider", () => {
  const [http, first, second] = [mirror("http", "hashicorp/http"), mirror("1"), mirror("2")];
  expect(found(naming(join(root, "gone"), http, second, first))).toBe(second);
});

test("not a mirror that stands in a comment, or that has not got the provider", () => {
  const [near, far] = [mirror("near"), mirror("one/two/three/far")];
  for (const comment of [naming(far).replace(/^/gm, "# "), `/* ${naming(far)} */`]) {
    expect(found(comment)).toBe(near);
  }
  expect(found(naming(join(root, "gone")))).toBe(near);
});

test("TF_CLI_CONFIG_FILE goes before .terraformrc, and also where it is not there", () => {
  const [near, far, other] = [mirror("near"), mirror("1/2/3/far"), mirror("1/2/3/other")];
  expect(found(naming(far))).toBe(far);
  const HOME = join(root, "a/b/c/home");
  const TF_CLI_CONFIG_FILE = join(root, "terraform.rc");
  const place = { root, env: { HOME, TF_CLI_CONFIG_FILE } };
  expect(mirrorDirectory("hashicorp/aws", place)).toBe(near);
  writeFileSync(TF_CLI_CONFIG_FILE, naming(other));
  expect(mirrorDirectory("hashicorp/aws", place)).toBe(other);
});

test("through symbolic links, and past those that lead nowhere", () => {
  mirror("1/2/3/4/far");
  symlinkSync(join(root, "gone"), join(root, "broken"));
  symlinkSync(root, join(root, "circle"));
  expect(found()).toBeUndefined();
  symlinkSync(join(root, "1/2/3/4"), join(root, "link"));
  expect(found()).toBe(join(root, "link/far"));
  rmSync(join(root, "link"));

  mkdirSync(join(root, "near/registry.terraform.io"), { recursive: true });
  const namespace = join(root, "1/2/3/4/far/registry.terraform.io/hashicorp");
  symlinkSync(namespace, join(root, "near/registry.terraform.io/hashicorp"));
  expect(found()).toBe(join(root, "near"));
});
