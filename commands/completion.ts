import { UsageError } from "./usage-error";

/** A command that a person may type, as the completion knows it. */
export interface Completed {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Whether words that are no options are files. */
  readonly takesFiles: boolean;
}

interface CompletedOption {
  /** With its hyphens, such as `--engine`. */
  readonly name: string;
  /** Without the values. */
  readonly description: string;
  /** What may follow: one of these words, a file, any word, or nothing. */
  readonly value: readonly string[] | "file" | "word" | "none";
}

const scripts: Readonly<Record<string, (commands: readonly Completed[]) => string>> = {
  bash,
  zsh: (commands) =>
    `autoload -Uz compinit bashcompinit && compinit && bashcompinit\n${bash(commands)}`,
  fish,
};

/**
 * The script by which a shell completes commands, options and their values.
 *
 * @param shell bash, zsh or fish
 * @throws {UsageError} for another one
 */
export function completion(shell: string, commands: readonly Completed[]): string {
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script) return script(commands);
  throw new UsageError(
    `There is no completion for ${JSON.stringify(shell)}. Allowed are ${Object.keys(scripts).join(", ")}.`,
  );
}

/** @see https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
function bash(commands: readonly Completed[]): string {
  const afterOptions = commands.flatMap(({ name, options }) =>
    options.flatMap(({ name: option, value }) => {
      if (value === "none") return [];
      const answer =
        value === "file" ? "files=1" : value === "word" ? "" : `words="${value.join(" ")}"`;
      return [`    "${name} ${option}") ${answer}${answer && " "};;`];
    }),
  );
  const afterCommands = commands.map(
    ({ name, options, takesFiles }) =>
      `        ${name}) words="${options.map((option) => option.name).join(" ")}"${takesFiles ? " files=1" : ""} ;;`,
  );
  return `_rpcn_aurora() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="" files=""
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${afterOptions.join("\n")}
    *)
      case "$COMP_CWORD \${COMP_WORDS[1]}" in
        "1 "*) words="${commands.map(({ name }) => name).join(" ")}" ;;
${afterCommands.map((line) => line.replace(/^( +)(\w+)\)/, '$1*" $2")')).join("\n")}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [ -z "$files" ] || COMPREPLY+=($(compgen -f -- "$word"))
}
complete -F _rpcn_aurora rpcn-aurora
`;
}

/** @see https://fishshell.com/docs/current/cmds/complete.html */
function fish(commands: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
  return commands
    .flatMap(({ name, description, options, takesFiles }) => [
      `complete -c rpcn-aurora -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
      ...(takesFiles
        ? []
        : [`complete -c rpcn-aurora -n '__fish_seen_subcommand_from ${name}' -f`]),
      ...options.map(({ name: option, description, value }) => {
        const follows =
          value === "none"
            ? ""
            : value === "file"
              ? " -rF"
              : value === "word"
                ? " -x"
                : ` -xa ${quoted(value.join(" "))}`;
        return `complete -c rpcn-aurora -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}${follows} -d ${quoted(description)}`;
      }),
    ])
    .map((line) => `${line}\n`)
    .join("");
}
