import { GeneratedFiles } from "../../constructs/generated-files";
import { rendered } from "./rendered";

test("how commands come by files", () => {
  expect(rendered((around) => new GeneratedFiles(around, "files"))).toMatchInlineSnapshot(`
=== files.tf
################################################################################
# Files
################################################################################

locals {
  # Workspaces do not write over each other's files.
  workspace = terraform.workspace == "default" ? "" : "\${replace(terraform.workspace, "/[^0-9A-Za-z._-]/", "_")}_"

  # How paths of files begin in commands. Without files, each command fetches what
  # it reads into a folder of its own.
  files = var.write_files ? "generated_\${local.workspace}" : "\\"$d\\"/"

  begin = var.write_files ? "" : "(d=$(mktemp -d) && trap 'rm -r \\"$d\\"' EXIT && "
  end   = var.write_files ? "" : ")"
}

=== what it hands out
prefix: \${local.files}
begin: \${local.begin}
end: \${local.end}
folder: path.module
areBesideModule: true
`);
});
