import { GeneratedFile } from "../../constructs/generated-file";
import { declareOutputs } from "../../outputs/output";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";

test("a file, or an output that holds the same", () => {
  expect(
    rendered((around) => {
      const file = new GeneratedFile(around, "file", {
        files: generatedFiles(around),
        address: "greeting",
        name: "greeting.txt",
        content: "Hello, ${var.name}!\n",
        permission: "0644",
        output: ["greeting_txt", "A greeting."],
        comment: "For people.",
      });
      declareOutputs(file, "Files", file.outputs);
      return file;
    }),
  ).toMatchInlineSnapshot(`
=== main.tf
# For people.
resource "local_file" "greeting" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}greeting.txt"
  content         = "Hello, \${var.name}!\\n"
  file_permission = "0644"
}

locals {
  fetch_greeting = var.write_files ? "" : "terraform output -raw greeting_txt >\\"$d\\"/greeting.txt && "
}

=== outputs.tf
################################################################################
# Files
################################################################################

output "greeting_txt" {
  description = "A greeting. Empty where write_files is true."
  value       = var.write_files ? "" : "Hello, \${var.name}!\\n"
}

=== what it hands out
path: \${local.files}greeting.txt
content: |
  Hello, \${var.name}!
fetch: \${local.fetch_greeting}
filename: \${join("", local_file.greeting[*].filename)}
outputs:
  greeting_txt:
    - '\${var.write_files ? "" : "Hello, \${var.name}!\\n"}'
    - A greeting. Empty where write_files is true.
ready:
  - local_file.greeting
`);
});
