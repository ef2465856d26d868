import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import { type Choice, flags } from "../../choices";
import { scripts } from "../../package.json";
import type { Flags } from "../combinations";
import { synthesized } from "../synthesized";
import { anchorsOf, linksOf, pages, prints, project, shownCommands } from "./markdown";

/** The page or file that a link on `page` leads to, and the heading. */
function targetOf(page: string, link: string): [path: string, anchor: string | undefined] {
  const [path = "", anchor] = link.split("#");
  return [path === "" ? page : normalize(join(page, "..", path)), anchor];
}

/** What is written as code on all pages. */
const code = [...pages.values()].flatMap((page) =>
  [...page.matchAll(/^```[\s\S]*?^```$|`[^`\n]+`/gm)].map(([text]) => text),
);

describe.each([...pages])("%s", (path, page) => {
  test("links to headings and files that exist", () => {
    const broken = linksOf(page).filter((link) => {
      const [target, anchor] = targetOf(path, link);
      if (!existsSync(join(project, target))) return true;
      return anchor !== undefined && !anchorsOf(pages.get(target) ?? "").includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test("names files and folders that exist", () => {
    const names = [...page.matchAll(/`((?:[\w-]+\/)+[\w.-]*)`/g)].map(([, name = ""]) => name);
    const elsewhere =
      /^(rpcn-aurora|terraform|examples|cdktf\.out|cyrilgdn|petoju|hashicorp|redpanda-data)\//;
    const missing = names.filter(
      (name) => !elsewhere.test(name) && !existsSync(join(project, name)),
    );
    expect(missing).toEqual([]);
  });
});

test("every page can be reached from the README", () => {
  const reached = new Set(["README.md"]);
  for (const path of reached) {
    for (const link of linksOf(pages.get(path) ?? "")) {
      const [target] = targetOf(path, link);
      if (pages.has(target)) reached.add(target);
    }
  }
  expect([...pages.keys()].filter((path) => !reached.has(path))).toEqual([]);
});

test.each([
  ["docs/flags.md", "synth"],
  ["docs/commands.md", "init"],
])("%s shows the help of %s", (page, command) => {
  expect(shownCommands(pages.get(page) ?? "")).toEqual([
    { command: `npx rpcn-aurora ${command} --help`, output: prints(command, "--help") },
  ]);
});

test("flags, where they have a value, have one that is allowed", () => {
  const named = code
    .flatMap((text) => text.replaceAll("\\\n", "").split("\n"))
    .filter((line) => !line.includes("aws "))
    .flatMap((line) => [...line.matchAll(/--(\w+)[ =](\w+(?:-\w+)*)/g)]);
  const wrong = named
    .filter(([, name = "", value = ""]) => {
      const flag: Choice | undefined = flags[name as keyof typeof flags];
      return flag && !flag.values.includes(value);
    })
    .map(([text]) => text);
  expect(wrong).toEqual([]);
  expect(named.length).toBeGreaterThan(20);
});

test("commands of the program have the options that are shown", () => {
  const calls = code.flatMap((text) => [...text.matchAll(/rpcn-aurora (\w+)((?: --?[^|`\n]*)?)/g)]);
  const wrong = calls
    .filter(([, command = "", options = ""]) => {
      const help = prints(command, "--help");
      return [...options.matchAll(/--\w+/g)].some(([option]) => !help.includes(option));
    })
    .map(([text]) => text);
  expect(wrong).toEqual([]);
  expect(calls.length).toBeGreaterThan(5);
});

test("scripts of npm are there", () => {
  const named = code.flatMap((text) =>
    [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name),
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(named.length).toBeGreaterThan(2);
});

test("outputs are those of some module", () => {
  const modules: Flags[] = [
    {},
    { credentials: "static" },
    { topology: "ec2", output: "redpanda", topics: "per-table" },
    { topology: "ec2", host: "ecs" },
    { profile: "production" },
    { network: "routed" },
  ];
  const outputs = modules
    .flatMap((given) => [...synthesized(given).values()])
    .map((files) => files["outputs.tf"])
    .join("\n");
  const shown =
    /terraform output -raw (\w+)|`(\w+_command|container_image|instance_profile_name)`/g;
  const names = code
    .filter((text) => !text.includes("<name>"))
    .flatMap((text) => [...text.matchAll(shown)])
    .map(([, printed, named = ""]) => printed ?? named);
  expect(names.filter((name) => !outputs.includes(`output "${name}" {`))).toEqual([]);
  expect(names.length).toBeGreaterThan(20);
});
