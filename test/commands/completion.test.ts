import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Completed, completion } from "../../commands/completion";
import { UsageError } from "../../commands/usage-error";
import { describeUnless } from "../standin/judges";

const commands: readonly Completed[] = [
  {
    name: "pour",
    description: "fill somebody's cup",
    takesFiles: false,
    options: [
      { name: "--cup", description: "which cup", value: ["small", "large"] },
      { name: "--to", description: "whose", value: "word" },
      { name: "--hot", description: "not cold", value: "none" },
    ],
  },
  {
    name: "read",
    description: "read leaves",
    takesFiles: true,
    options: [{ name: "--out", description: "where to", value: "file" }],
  },
];

test("for bash", () => {
  expect(completion("bash", commands)).toBe(`_rpcn_aurora() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="" files=""
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
    "pour --cup") words="small large" ;;
    "pour --to") ;;
    "read --out") files=1 ;;
    *)
      case "$COMP_CWORD \${COMP_WORDS[1]}" in
        "1 "*) words="pour read" ;;
        *" pour") words="--cup --to --hot" ;;
        *" read") words="--out" files=1 ;;
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [ -z "$files" ] || COMPREPLY+=($(compgen -f -- "$word"))
}
complete -F _rpcn_aurora rpcn-aurora
`);
});

test("for zsh, which takes bash's", () => {
  expect(completion("zsh", commands)).toBe(
    `autoload -Uz compinit bashcompinit && compinit && bashcompinit\n${completion("bash", commands)}`,
  );
});

test("for fish", () => {
  expect(
    completion("fish", commands),
  ).toBe(`complete -c rpcn-aurora -n __fish_use_subcommand -f -a pour -d 'fill somebody\\'s cup'
complete -c rpcn-aurora -n '__fish_seen_subcommand_from pour' -f
complete -c rpcn-aurora -n '__fish_seen_subcommand_from pour' -l cup -xa 'small large' -d 'which cup'
complete -c rpcn-aurora -n '__fish_seen_subcommand_from pour' -l to -x -d 'whose'
complete -c rpcn-aurora -n '__fish_seen_subcommand_from pour' -l hot -d 'not cold'
complete -c rpcn-aurora -n __fish_use_subcommand -f -a read -d 'read leaves'
complete -c rpcn-aurora -n '__fish_seen_subcommand_from read' -l out -rF -d 'where to'
`);
});

test("for a shell that is not known", () => {
  expect(() => completion("tcsh", commands)).toThrow(
    new UsageError('There is no completion for "tcsh". Allowed are bash, zsh, fish.'),
  );
});

const program = join(__dirname, "..", "..", "dist", "main.js");
const script = (shell: string) =>
  spawnSync(process.execPath, [program, "completion", shell], { encoding: "utf8" }).stdout;
const isThere = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

/** What each shell itself offers for the last of the words. */
const offers: Readonly<Record<string, (words: readonly string[]) => string>> = {
  bash: (words) => {
    const ask = `${script("bash")}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rpcn_aurora; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync("bash", ["-c", ask, "bash", ...words], { encoding: "utf8" }).stdout;
  },
  fish: (words) => {
    const ask = `${script("fish")}complete -C '${words.join(" ")}' | string replace -r '\\t.*' ''`;
    return spawnSync("fish", ["--no-config", "-c", ask], { encoding: "utf8" }).stdout;
  },
};

describe.each(Object.entries(offers))("%s", (shell, offered) => {
  const missing = isThere(shell) ? [] : [`no ${shell} on the PATH`];
  describeUnless(missing, "completes", () => {
    test.each([
      ["rpcn-aurora d", ["discover", "doctor"]],
      ["rpcn-aurora synth --engi", ["--engine"]],
      ["rpcn-aurora synth --engine ", ["all", "mysql", "postgres"]],
      ["rpcn-aurora discover --region ", []],
    ])("%j", (line, expected) => {
      const words = offered(line.split(" ")).split("\n");
      expect(words.filter((word) => word !== "").sort()).toEqual(expected);
    });
  });
});
