import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { type Files, type Outputs, type Read, spelledOut, unlessWritten } from "../outputs/output";
import { LocalFile } from "../providers/local";

export interface GeneratedFileProps {
  readonly files: Pick<Files, "prefix" | "folder" | "areBesideModule">;
  /** Name of the resource. */
  readonly address: string;
  /** What follows `generated_`, such as `cdc_setup.sql`. */
  readonly name: string;
  /** What it holds: text with Terraform interpolations. */
  readonly content: string;
  /** Permission bits, in octal, such as `"0600"`. */
  readonly permission: string;
  /** The output that holds the same where no file is written. */
  readonly output: readonly [name: string, description: string];
  /** Why it is there. @default - no comment */
  readonly comment?: string;
}

/** What somebody needs as a file: a file, or an output from which commands make one. */
export class GeneratedFile extends Construct implements Read {
  /** Its path, seen from where commands run. */
  readonly path: string;
  readonly content: string;
  readonly fetch: string;
  /** Path of the file that the apply has written; null where it writes none. */
  readonly filename: string;
  readonly outputs: Outputs;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: GeneratedFileProps) {
    super(scope, id);
    const { files, address, name, content, permission, comment } = props;
    const [output, description] = props.output;
    this.path = `${files.prefix}${name}`;
    this.content = content;
    const file = new LocalFile(this, `local_file.${address}`, {
      count: Token.asNumber("${var.write_files ? 1 : 0}"),
      filename: `\${${files.folder}}/${this.path}`,
      content,
      filePermission: permission,
    });
    layout(file, { comment });
    this.fetch = new TerraformLocal(
      this,
      `local.fetch_${address}`,
      files.areBesideModule
        ? `\${var.write_files ? "" : ${JSON.stringify(`terraform output -raw ${output} >"$d"/${name} && `)}}`
        : spelledOut(name, content),
    ).asString;
    this.filename = `\${join("", local_file.${address}[*].filename)}`;
    this.outputs = {
      // `cdktf deploy` ends in an error of its own where an output is null.
      [output]: [unlessWritten(content, '""'), `${description} Empty where write_files is true.`],
    };
    this.ready = [file];
  }
}
