/** What YAML, Bloblang, HCL, Redpanda Connect, SQL or a shell reads as more than text. */
export const payloads: readonly string[] = [
  // Ends of quotes and of lines, and what is not seen.
  ...["'", '"', "`", "’", "\\", "\n", "\r\n", "\r", "\t", "\0", "\x7f", " "],
  ...["\x85", "\u2028", "\ufeff", "\u200b", "\u00a0"],
  // YAML, and JSON inside it.
  ...[": x", " # x", "\n- x", "\n  x: y", "!env X", "&a", "*a", "[", "{", "}", "|", ">", ","],
  ...['", x: "y', "\n---\n", '","Effect":"Allow', "\\u0022"],
  // Redpanda Connect's variables, and Bloblang.
  ...[
    "${X}",
    "${X:",
    "${secrets.X}",
    "${{X}}",
    "${! deleted() }",
    "{{",
    "$",
    "@",
    "\nroot = deleted()",
  ],
  ...['"].map_each(deleted())', "root=deleted()"],
  // Terraform's templates.
  ...["$${X}", "%{ if true }x%{ endif }", "%%{", "${file("],
  // SQL, and psql's own commands.
  ...["';--", "'; DROP USER admin; --", '"; DROP', "/**/OR/**/1=1", "\\!id", "$x$", ":x", "::text"],
  // A shell, options of commands, and paths.
  ...["$(touch pwned)", "$(touch${IFS}pwned)", "`touch pwned`", ";touch${IFS}pwned", "&&id", "|id"],
  ...[">pwned", "~", "*", "?", "!", "=", "--help", " --profile x", "/../../x"],
  // Letters that look like others.
  ...["ａ", "а", "e\u0301"],
  "x".repeat(2000),
];
