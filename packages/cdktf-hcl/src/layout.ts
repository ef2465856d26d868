import type { IConstruct } from "constructs";

/** How a construct is shown in the module. */
export interface Layout {
  /**
   * The file of its resources, data sources, modules, checks and locals, and of those below it,
   * such as `network.tf`. Variables, outputs and providers go by the file of their own layout only.
   *
   * @default - the file of the construct around it; at last `main.tf`, and `variables.tf`,
   * `outputs.tf`, `providers.tf` for variables, outputs and providers
   */
  readonly file?: string;
  /**
   * The heading in that file under which it stands, it and those below it.
   *
   * @default - the section of the construct around it; at last none
   */
  readonly section?: string;
  /** Why it is there: a comment directly above its block. @default - no comment */
  readonly comment?: string;
  /**
   * Comments above single arguments or nested blocks of its block, by path: `engine_version`,
   * `ingress.from_port`. The second block of a name is `ingress.1`, the third `ingress.2`.
   *
   * @default - no comments
   */
  readonly comments?: Readonly<Record<string, string>>;
}

const layouts = new WeakMap<IConstruct, Layout>();

/** Says how a construct is shown. What an earlier call said holds where this one says nothing. */
export function layout(construct: IConstruct, how: Layout): void {
  layouts.set(construct, { ...layouts.get(construct), ...how });
}

function layoutOf(construct: IConstruct): Layout {
  return layouts.get(construct) ?? {};
}

/** Who a block comes from: what messages call it, and how it is shown. */
export interface Owner {
  readonly path: string;
  readonly layout: Layout;
  /** What it or the nearest construct around it says. */
  inherited(what: "file" | "section"): string | undefined;
}

const owners = new WeakMap<IConstruct, Owner>();

/** The construct as an owner of blocks, the same for each of them. */
export function ownerOf(construct: IConstruct): Owner {
  const owner = owners.get(construct) ?? {
    path: construct.node.path,
    get layout() {
      return layoutOf(construct);
    },
    inherited: (what) => inherited(construct, what),
  };
  owners.set(construct, owner);
  return owner;
}

function inherited(construct: IConstruct, what: "file" | "section"): string | undefined {
  for (const scope of [...construct.node.scopes].reverse()) {
    const own = layoutOf(scope)[what];
    if (own !== undefined) return own;
  }
  return undefined;
}

const COMMENT_WIDTH = 78;

/** A comment's lines; its own line ends are kept, so that it can have paragraphs and lists. */
export function commentLines(text: string): string[] {
  return text
    .trim()
    .split(/\r\n|\n|\r/)
    .flatMap(wrap);
}

function wrap(line: string): string[] {
  const indent = /^\s*(?:[-*] )?/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/(?<=\S)\s+/).filter((word) => word !== "")) {
    if (current !== "" && `${current} ${word}`.length > COMMENT_WIDTH) {
      lines.push(current);
      current = " ".repeat(indent) + word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
