import type { TerraformStack } from "cdktf";
import { asItIs, type Body, type Page, writeArgument, writeBlock } from "./body";
import { Lines } from "./format";
import * as language from "./language";
import { commentLines, type Owner } from "./layout";
import { type Report, UnrenderableStackError } from "./problems";
import {
  type Kind,
  type Knowledge,
  knownFrom,
  type ProviderSchemas,
  providerBody,
  type Requirement,
} from "./schema";
import type { Sequence } from "./syntax";
import type { TopBlock } from "./top-blocks";
import { isPlainObject } from "./value";

export interface RenderOptions {
  /**
   * The first lines of each file, the same or by its name, without `# `: who writes it, and what to
   * edit instead.
   *
   * @default - no banner
   */
  readonly banner?: string | ((file: string) => string);
  /**
   * What the providers in use know, as `terraform providers schema -json` prints it: only with it
   * can nested blocks and nested attributes be told apart in every case. What they know goes before
   * what the bundled block indexes know.
   *
   * @default - the block indexes alone
   */
  readonly schemas?: readonly ProviderSchemas[];
}

/**
 * The stack as a Terraform module in HCL: file name → content. It means what the JSON means that
 * CDKTF writes for the same stack, and `terraform fmt` finds nothing to change in it.
 *
 * Blocks stand in the order of the construct tree, in the files and sections that `layout()` says.
 * It may be called before or after `app.synth()`, once all stacks of the App are complete: what another
 * stack refers to becomes an output of this one.
 *
 * A `backend` or `cloud` block is written if the stack has one, except the local backend at an
 * absolute path that CDKTF adds to a stack without any.
 *
 * @throws UnrenderableStackError with all problems of the stack
 */
export function renderModule(
  stack: TerraformStack,
  options: RenderOptions = {},
): Record<string, string> {
  const problems: string[] = [];
  const report: Report = (owner, problem) => {
    problems.push(`${owner.path}: ${problem}`);
  };
  const files = renderBlocks(blocks().topBlocks(stack, report), report, options);
  if (problems.length > 0) throw new UnrenderableStackError(stack.node.path, problems);
  return files;
}

interface Rendering extends RenderOptions {
  /** How to pass schemas, for messages. */
  readonly remedy?: string;
  /** Other names for blocks. @default - none */
  readonly names?: Names;
}

/** The blocks as files, without those files that would be empty. */
export function renderBlocks(
  blocks: readonly TopBlock[],
  report: Report,
  {
    banner,
    schemas = [],
    remedy = "renderModule(stack, { schemas: [...] })",
    names,
  }: Rendering = {},
): Record<string, string> {
  const writer = new Writer(report, knowledgeOf(schemas), requirementsOf(blocks), remedy, names);
  const files = Object.fromEntries(
    [...intoFiles(blocks, report)].map(([file, sections]) => [
      file,
      writer.file(sections, typeof banner === "function" ? banner(file) : banner),
    ]),
  );
  writer.reportUnusedComments();
  return files;
}

function knowledgeOf(schemas: readonly ProviderSchemas[]): Knowledge {
  const given = knownFrom(schemas);
  return (...type) => given(...type) ?? bundled()(...type);
}

/** Read when it is needed: bindings tell most of what a stack of constructs needs. */
function bundled(): Knowledge {
  const { bundledIndexes, knownFromIndexes } =
    require("./block-index") as typeof import("./block-index");
  return knownFromIndexes(bundledIndexes);
}

/** What the module says of its providers, by their local names. */
function requirementsOf(blocks: readonly TopBlock[]): ReadonlyMap<string, Requirement> {
  const required = blocks
    .filter(({ type }) => type === "terraform")
    .flatMap(({ content }) => content.required_providers ?? [])
    .filter(isPlainObject)
    .flatMap((providers) => Object.entries(providers));
  return new Map(
    required.map(([name, requirement]) => {
      if (typeof requirement === "string") return [name, { version: requirement }];
      const { source, version } = isPlainObject(requirement) ? requirement : {};
      return [
        name,
        {
          ...(typeof source === "string" && { source }),
          ...(typeof version === "string" && { version }),
        },
      ];
    }),
  );
}

/** Loaded with the first stack: it loads CDKTF, and whoever only reads HCL should not wait for that. */
function blocks(): typeof import("./blocks") {
  return require("./blocks");
}

// --- Which file and section a block belongs to ----------------------------------------------------

/** Blocks by section, in order of first appearance; those without a section come first. */
type Sections = Map<string, TopBlock[]>;

/** Where blocks go unless their constructs say otherwise. All others: `main.tf`. */
const USUAL_FILES: Readonly<Record<string, string>> = {
  terraform: "versions.tf",
  provider: "providers.tf",
  variable: "variables.tf",
  output: "outputs.tf",
};
const READING_ORDER = ["versions.tf", "providers.tf", "variables.tf"];

/** Terraform treats files called `override.tf` or `…_override.tf` in another way. */
const FILE_NAME = /^(?!(?:.*_)?override\.tf$)[A-Za-z0-9_][A-Za-z0-9_.-]*\.tf$/;

function intoFiles(blocks: readonly TopBlock[], report: Report): Map<string, Sections> {
  const files = new Map<string, Sections>(READING_ORDER.map((file) => [file, new Map()]));
  const last = new Map<string, Sections>();
  for (const block of blocks) {
    const file = fileOf(block);
    if (!FILE_NAME.test(file)) {
      report(
        block.owner,
        `${JSON.stringify(file)} is not a file name for a layout. Use letters, digits, "_", "-" and ".", with the ending .tf and without folders; Terraform reads override.tf and names that end in _override.tf differently`,
      );
    }
    const target = file === USUAL_FILES.output ? last : files;
    const sections: Sections = target.get(file) ?? new Map();
    target.set(file, sections);
    if (sections.size === 0) sections.set("", []);
    const section = block.owner.inherited("section") ?? "";
    const group = sections.get(section);
    if (group) group.push(block);
    else sections.set(section, [block]);
  }
  return new Map([...files, ...last].filter(([, sections]) => sections.size > 0));
}

function fileOf({ type, owner, file }: TopBlock): string {
  if (file !== undefined) return file;
  const usual = USUAL_FILES[type];
  if (usual === undefined) return owner.inherited("file") ?? "main.tf";
  return (type === "terraform" ? undefined : owner.layout.file) ?? usual;
}

// --- Writing --------------------------------------------------------------------------------------

const LABEL = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Other names for blocks than those that they have in the JSON. */
export interface Names {
  labels(block: TopBlock): readonly string[];
  local(name: string): string;
  /** The expression with the other names in its references. */
  readonly renamed: (sequence: Sequence) => Sequence;
}

class Writer {
  /** The argument comments of each construct that were written; a path that never is, is a mistake. */
  private readonly writtenComments = new Map<Owner, Set<string>>();

  constructor(
    private readonly report: Report,
    private readonly known: Knowledge,
    private readonly requirements: ReadonlyMap<string, Requirement>,
    private readonly remedy: string,
    private readonly names: Names | undefined,
  ) {}

  file(sections: Sections, banner: string | undefined): string {
    const lines = new Lines();
    let isFirst = true;
    const separate = () => {
      if (!isFirst) lines.blank();
      isFirst = false;
    };
    if (banner !== undefined) {
      separate();
      for (const line of banner.split("\n")) lines.comment(line);
    }
    for (const [section, blocks] of sections) {
      if (section !== "") {
        separate();
        lines.heading(section);
      }
      const locals = blocks.filter(({ type }) => type === "locals");
      for (const block of blocks) {
        if (block.type !== "locals") {
          separate();
          this.block(lines, block);
        } else if (block === locals[0]) {
          separate();
          this.locals(lines, locals);
        }
      }
    }
    return lines.toString();
  }

  reportUnusedComments(): void {
    for (const [owner, written] of this.writtenComments) {
      for (const path of Object.keys(owner.layout.comments ?? {})) {
        if (written.has(path)) continue;
        this.report(
          owner,
          `the layout has a comment for ${JSON.stringify(path)}, but no argument or nested block of that path is written`,
        );
      }
    }
  }

  private block(lines: Lines, block: TopBlock): void {
    const { type, content, owner, isMain } = block;
    const labels = this.names?.labels(block) ?? block.labels;
    const address = [type, ...labels].join(".");
    for (const label of labels) {
      if (LABEL.test(label)) continue;
      this.report(
        owner,
        `${address} has the label ${JSON.stringify(label)}, which Terraform does not allow. Start it with a letter or "_" and go on with letters, digits, "_" and "-": give the construct another id, or call overrideLogicalId()`,
      );
    }
    if (isMain) this.comment(lines, owner);
    const page = this.page(lines, owner, address, isMain);
    // Where something was before is told in its old names.
    const isHistory = type === "moved" || type === "removed";
    const written = isHistory ? { ...page, renamed: asItIs } : page;
    writeBlock(written, type, labels, this.bodyOf(block), content);
  }

  /** The locals of a section share one block, in which those of several lines stand apart. */
  private locals(lines: Lines, blocks: readonly TopBlock[]): void {
    lines.open("locals {");
    lines.end();
    const [first] = blocks.flatMap(({ content }) => Object.keys(content));
    let needsBlank = false;
    for (const { content, owner } of blocks) {
      for (const [name, value] of Object.entries(content)) {
        if (needsBlank || (name !== first && owner.layout.comment)) lines.blank();
        const start = lines.count;
        this.comment(lines, owner);
        const page = this.page(lines, owner, "locals", false);
        writeArgument(page, this.names?.local(name) ?? name, value, language.local);
        needsBlank = lines.count > start + 1;
      }
    }
    lines.close("}");
    lines.end();
  }

  private comment(lines: Lines, owner: Owner): void {
    const { comment } = owner.layout;
    if (comment !== undefined) for (const line of commentLines(comment)) lines.comment(line);
  }

  private page(lines: Lines, owner: Owner, address: string, isCommented: boolean): Page {
    const comments = isCommented ? owner.layout.comments : undefined;
    const written = new Set<string>();
    if (comments) this.writtenComments.set(owner, written);
    return {
      lines,
      report: (problem) => this.report(owner, `${address}: ${problem}`),
      renamed: this.names?.renamed ?? asItIs,
      comment: (path) => {
        const comment = comments?.[path];
        if (comment === undefined) return [];
        written.add(path);
        return commentLines(comment);
      },
    };
  }

  private bodyOf({ type, labels, content, element }: TopBlock): Body {
    const provider = (kind: Kind, name: string) => {
      const requirement = this.requirements.get(providerOf(kind, name, content.provider));
      return providerBody(
        kind,
        name,
        element,
        () => this.known(kind, name, requirement),
        this.remedy,
      );
    };
    const [first = ""] = labels;
    switch (type) {
      case "terraform":
        return language.terraform;
      case "provider":
        return language.providerConfiguration(provider("provider", first));
      case "variable":
        return language.variable;
      case "data":
      case "ephemeral":
      case "resource":
        return language.resource(first, provider(type, first));
      case "module":
        return language.moduleCall;
      case "moved":
        return language.moved;
      case "import":
        return language.imported;
      case "removed":
        return language.removed;
      case "check":
        return language.check(([dataType = ""]) =>
          language.resource(dataType, provider("data", dataType)),
        );
      default:
        return language.output;
    }
  }
}

/** The local name of a block's provider: what it says, else its type up to the first "_". */
export function providerOf(kind: Kind, type: string, said: unknown): string {
  if (kind === "provider") return type;
  const [, name] = (typeof said === "string" && /^(?:\$\{)?([\w-]+)/.exec(said)) || [];
  return name ?? type.replace(/_.*$/s, "");
}
