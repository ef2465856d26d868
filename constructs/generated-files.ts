import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { type Files, ownFolder } from "../outputs/output";

export interface GeneratedFilesProps {
  /**
   * What tells the files of a module that another one calls from those of others beside it: text with
   * Terraform interpolations. @default - nothing: the module is applied itself
   */
  readonly instance?: string;
}

/**
 * How people and commands come by files. Where `write_files` is true, the apply writes them into the
 * folder that it is applied in, those of every workspace but `default` under names of their own. Where it is false,
 * there are none, so that a clean checkout plans no changes: a command first takes what it needs from
 * the outputs, into the folder `$d`.
 */
export class GeneratedFiles extends Construct implements Files {
  readonly prefix: string;
  readonly begin: string;
  readonly end: string;
  readonly folder: string;
  readonly areBesideModule: boolean;

  constructor(scope: Construct, id: string, { instance }: GeneratedFilesProps = {}) {
    super(scope, id);
    this.folder = instance === undefined ? "path.module" : "path.root";
    this.areBesideModule = instance === undefined;
    layout(this, { file: "files.tf", section: "Files" });
    const workspace = new TerraformLocal(
      this,
      "local.workspace",
      // Names of workspaces may hold what a shell reads otherwise.
      '${terraform.workspace == "default" ? "" : "${replace(terraform.workspace, "/[^0-9A-Za-z._-]/", "_")}_"}',
    );
    layout(workspace, { comment: "Workspaces do not write over each other's files." });
    const local = (name: string, written: string, fetched: string) =>
      new TerraformLocal(
        this,
        `local.${name}`,
        `\${var.write_files ? ${written} : ${JSON.stringify(fetched)}}`,
      );
    const prefix = local(
      "files",
      `"generated_\${${workspace.fqn}}${instance === undefined ? "" : `${instance}_`}"`,
      ownFolder.prefix,
    );
    layout(prefix, {
      comment:
        "How paths of files begin in commands. Without files, each command fetches what it reads into a folder of its own.",
    });
    this.prefix = prefix.asString;
    this.begin = local("begin", '""', ownFolder.begin).asString;
    this.end = local("end", '""', ownFolder.end).asString;
  }
}
