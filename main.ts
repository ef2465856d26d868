import { Command, CommanderError } from "commander";
import { type Choice, type FlagName, flags } from "./choices";
import type { DiscoverOptions } from "./commands/discover/command";
import { explanation as discoverExplanation } from "./commands/discover/explanation";
import type { DoctorOptions } from "./commands/doctor/command";
import { explanation } from "./commands/doctor/explanation";
import type { Flags } from "./commands/flags";
import { UsageError } from "./commands/usage-error";
import { version } from "./package.json";

/** Loaded by the command that needs it: CDKTF alone takes longer than most commands. */
const load = {
  init: () => require("./commands/init/command") as typeof import("./commands/init/command"),
  terminal: () => require("./commands/init/terminal") as typeof import("./commands/init/terminal"),
  flags: () => require("./commands/flags") as typeof import("./commands/flags"),
  synth: () => require("./commands/synth") as typeof import("./commands/synth"),
  fleet: () => require("./commands/fleet/command") as typeof import("./commands/fleet/command"),
  compare: () =>
    require("./commands/compare/command") as typeof import("./commands/compare/command"),
  graph: () => require("./commands/graph/command") as typeof import("./commands/graph/command"),
  doctor: () => require("./commands/doctor/command") as typeof import("./commands/doctor/command"),
  discover: () =>
    require("./commands/discover/command") as typeof import("./commands/discover/command"),
  completion: () => require("./commands/completion") as typeof import("./commands/completion"),
  hcl: () => require("cdktf-hcl") as typeof import("cdktf-hcl"),
};

const program = new Command("rpcn-aurora")
  .description(
    "Generates the Terraform that streams changes from Amazon Aurora into Redpanda over RDS IAM authentication.",
  )
  .version(version)
  .exitOverride();

const init = program
  .command("init")
  .description("ask for what a module needs, and write it with its values, here")
  .option("--out <directory>", "where the module goes: <out>/<stack>/ (default: terraform)")
  .option(
    "--value <name=value>",
    "answer to a question, a variable's value; may be repeated",
    (one: string, others: string[] = []) => [...others, one],
  )
  .option("--state-bucket <bucket>", "S3 bucket for Terraform's state (default: a local file)")
  .option("--workflow", "write a workflow for GitHub Actions: docs/pull-requests.md")
  .option("--force", "overwrite values and files that were changed")
  .action(
    async (
      { out = "terraform", value = [], stateBucket, workflow, force = false },
      command: Command,
    ) => {
      const given = Object.entries(command.opts()).filter(([name]) => name in flags);
      const terminal = load.terminal().terminal();
      try {
        process.exitCode = await load.init().init(
          { flags: Object.fromEntries(given), out, value, stateBucket, workflow, force },
          {
            environment: process.env,
            print: (text) => process.stdout.write(text),
            warn: (text) => process.stderr.write(text),
          },
          terminal?.ask,
        );
      } finally {
        terminal?.close();
      }
    },
  );

const synth = program
  .command("synth")
  .description("write the modules, one folder per stack, for plain terraform apply")
  .option("--module", "write modules that another one calls: without provider and backend blocks")
  .option("--out [directory]", "where the modules go: <out>/<stack>/ (default: terraform)")
  .option(
    "--check",
    "write nothing; exit code 1 and a diff where a module is not what would be written",
  )
  .option(
    "--fleet [file]",
    "write the modules of many pipelines, <out>/<name>/, from a YAML file: docs/fleet.md",
  )
  .option("--matrix [format]", "with --fleet: print the folders for a CI's matrix: json")
  .option("--update", "write the modules that are there again, by the flags they were written with")
  .option("--force", "write a module also where resources of the one that is there would go")
  .action(() => {
    const { check, pipelineRoleWarning, write } = load.synth();
    if ("fleet" in synth.opts() || "matrix" in synth.opts()) {
      const { parseFleetOptions, synthesizeFleet } = load.fleet();
      const { given, stray } = wordsOf(synth);
      const { printed, notice, exitCode } = synthesizeFleet(parseFleetOptions(given, stray));
      process.stderr.write(notice);
      process.stdout.write(printed);
      process.exitCode = exitCode;
      return;
    }
    const flags = flagsOf(synth);
    if (flags.check) {
      const difference = check(flags);
      if (difference) process.exitCode = 1;
      process.stdout.write(difference ?? "");
    } else {
      if (!flags.update && flags.topology === "byoc" && flags.credentials === "role")
        process.stderr.write(pipelineRoleWarning);
      process.stdout.write(write(flags));
    }
  });

const cdktf = program
  .command("cdktf", { hidden: true })
  .description("write cdktf.out/; called by the cdktf CLI, as app of cdktf.json")
  .action(() => load.synth().synthesizeForCdktf(flagsOf(cdktf)));

const graph = program
  .command("graph")
  .description("draw accounts, roles, policies and topic of the stacks, as Mermaid")
  .action(() => {
    process.stdout.write(load.graph().graph(flagsOf(graph)));
  });

program
  .command("compare")
  .description("say as Markdown who may do more or less than before, for a pull request")
  .argument("<base>", "folder with the modules as they were")
  .argument("<head>", "folder with the modules as they are to be")
  .action((base: string, head: string) => {
    process.stdout.write(load.compare().compare(base, head));
  });

program
  .command("doctor")
  .description("find in a log of Redpanda Connect why no rows arrive, and how to fix it")
  .argument("[files...]", "log records (default: standard input)")
  .option(
    "--pipeline <id>",
    "id of the pipeline to look at (default: the state's, or the only one in the log)",
  )
  .option(
    "--state <path>",
    "the module's folder, its terraform.tfstate, or what `terraform show -json` or `terraform output -json` printed, - for standard input (default: terraform.tfstate, if it exists here)",
  )
  .option(
    "--live",
    "look at the pipeline of --state itself, by read-only commands, instead of at records",
  )
  .option(
    "--since <time>",
    "leave out records before: how long ago, as 90m, 2h or 1d, or a time (default: none)",
  )
  .option("--follow", "keep reading, and report when the state changes")
  .option(
    "--json",
    "one JSON object per report: docs/doctor-report.schema.json, with --live docs/doctor-live-report.schema.json",
  )
  .addHelpText("after", explanation)
  .action(async (files: string[], options: DoctorOptions) => {
    process.exitCode = await load
      .doctor()
      .doctor(files, options, (text) => process.stdout.write(text));
  });

program
  .command("discover")
  .description("ask Redpanda Cloud, and AWS, for a cluster and what it means for a module")
  .option(
    "--cluster <id>",
    "id of the Redpanda cluster: 20 lower-case letters and digits (default: list them, without --aurora)",
  )
  .option("--aurora <identifier>", "the Aurora cluster to stream from (default: none)")
  .option("--region <region>", "AWS region of --aurora (default: the AWS CLI's)")
  .option("--profile <profile>", "profile of the AWS CLI for --aurora (default: the AWS CLI's)")
  .option("--tfvars <file>", "write the values into this file (default: print them)")
  .addHelpText("after", discoverExplanation)
  .action(async (options: DiscoverOptions) => {
    process.exitCode = await load.discover().discover(options, {
      environment: process.env,
      print: (text) => process.stdout.write(text),
      warn: (text) => process.stderr.write(text),
    });
  });

for (const command of [init, synth, cdktf, graph]) {
  // Unknown flags and missing values are left to the validator, which reports all problems at once.
  if (command !== init) command.allowUnknownOption().allowExcessArguments();
  for (const [name, flag] of Object.entries(choicesOf(command))) {
    const notes = [
      `default: ${flag.default}`,
      ...(flag.only ? [`only with --topology ${flag.only}`] : []),
    ];
    const values = flag.values.join(", ");
    const argument = command === init ? "<value>" : "[value]";
    command.option(`--${name} ${argument}`, `${flag.description}: ${values} (${notes.join("; ")})`);
  }
}

program
  .command("completion")
  .description("print what makes a shell complete commands, flags and values")
  .argument("<shell>", "bash, zsh or fish")
  .addHelpText(
    "after",
    `
  bash, in ~/.bashrc:                     eval "$(rpcn-aurora completion bash)"
  zsh, in ~/.zshrc:                       eval "$(rpcn-aurora completion zsh)"
  fish, in ~/.config/fish/config.fish:    rpcn-aurora completion fish | source
`,
  )
  .action((shell: string) => {
    const commands = program.createHelp().visibleCommands(program);
    process.stdout.write(
      load.completion().completion(
        shell,
        commands
          .filter((command) => command.name() !== "help")
          .map((command) => ({
            name: command.name(),
            description: command.description(),
            takesFiles: command.registeredArguments.some((argument) => argument.name() !== "shell"),
            options: command.options.map(
              ({ long, description, flags: written, required, optional }) => {
                const choice = [init, synth, graph].includes(command)
                  ? choicesOf(command)[long?.slice(2) as FlagName]
                  : undefined;
                return {
                  name: long ?? written,
                  description: choice?.description ?? description,
                  value:
                    choice?.values ??
                    (/[<[](?:directory|file|path)[>\]]/.test(written)
                      ? "file"
                      : required || optional
                        ? "word"
                        : "none"),
                };
              },
            ),
          })),
      ),
    );
  });

// The reader may have read enough: `| head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // Commander has printed its message, or the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError) {
    fail(error, 2);
  } else if (isRefusal(error)) {
    fail(error, 1);
  } else {
    throw error;
  }
});

/** The flags that a command has: `init` writes one module, of an engine that it is told. */
function choicesOf(command: Command): Readonly<Record<FlagName, Choice>> {
  if (command !== init) return flags;
  const { values, description } = flags.engine;
  const one = values.filter((value) => value !== flags.engine.default);
  return { ...flags, engine: { values: one, default: "asked", description } };
}

/** The command's flags, checked together with cdktf.json's context. */
function flagsOf(command: Command): Flags {
  const { parseFlags, readContext } = load.flags();
  const { given, stray } = wordsOf(command);
  return parseFlags(given, readContext("cdktf.json"), stray);
}

/** What a command was given: values by flag, also by those that do not exist, and words of no flag. */
function wordsOf(command: Command): { given: object; stray: string[] } {
  const { operands, unknown } = command.parseOptions(command.args);
  const names = unknown.map((word) => /^--([^=]+)/.exec(word)?.[1]);
  // The word after a flag that does not exist was meant to be its value.
  const isValue = (index: number) =>
    names[index - 1] !== undefined && !unknown[index - 1]?.includes("=");
  const stray = unknown.filter((_, index) => names[index] === undefined && !isValue(index));
  const unknownFlags = Object.fromEntries(names.flatMap((name) => (name ? [[name, true]] : [])));
  return { given: { ...unknownFlags, ...command.opts() }, stray: [...operands, ...stray] };
}

function fail(error: Error, exitCode: number): void {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCode;
}

/** What prevents a command that was given correctly. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ("syscall" in error) return true;
  const { SynthesisError, WrittenModuleError } = load.synth();
  return [load.hcl().ForeignFilesError, SynthesisError, WrittenModuleError].some(
    (refusal) => error instanceof refusal,
  );
}
