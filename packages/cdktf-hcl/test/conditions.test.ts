import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { renderModule } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

/** How a validation with this condition is written. */
function written(condition: string): string {
  const stack = new TerraformStack(Testing.app(), "example");
  new TerraformVariable(stack, "name", {
    validation: [{ condition: `\${${condition}}`, errorMessage: "No." }],
  });
  const files = renderModule(stack);
  if (hasTerraform) expect(formattingOf(files)).toBe("");
  const validation = /^ {2}validation \{\n(.*?)^ {2}\}$/ms.exec(files["variables.tf"] ?? "")?.[1];
  return (validation ?? "").replace(/^ {4}/gm, "");
}

const MATCHES = 'can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket))';
const IS_SHORT = "length(trimspace(var.name_of_the_bucket)) <= 26";

test("a condition too long for its line breaks at its operators, between brackets", () => {
  expect(written(`${MATCHES} && ${IS_SHORT}`)).toBe(`condition = (
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
  length(trimspace(var.name_of_the_bucket)) <= 26
)
error_message = "No."
`);
});

test.each([
  [
    "short: it stays on its line",
    "can(var.a) && (var.b || !var.c)",
    `condition     = can(var.a) && (var.b || !var.c)
error_message = "No."
`,
  ],
  [
    "|| of &&: what binds stronger is broken only where it is too long itself",
    `${MATCHES} || ${IS_SHORT} && var.a || ${MATCHES} && ${IS_SHORT}`,
    `condition = (
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) ||
  length(trimspace(var.name_of_the_bucket)) <= 26 && var.a ||
  (
    can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
    length(trimspace(var.name_of_the_bucket)) <= 26
  )
)
error_message = "No."
`,
  ],
  [
    "brackets that are there already serve",
    `!(${MATCHES} || ${IS_SHORT})`,
    `condition = !(
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) ||
  length(trimspace(var.name_of_the_bucket)) <= 26
)
error_message = "No."
`,
  ],
  [
    "so do those of a call and of a list",
    `try(${MATCHES} && ${IS_SHORT}, anytrue([${MATCHES} || ${IS_SHORT}, var.a]))`,
    `condition = try(
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
  length(trimspace(var.name_of_the_bucket)) <= 26,
  anytrue([
    can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) ||
    length(trimspace(var.name_of_the_bucket)) <= 26,
    var.a,
  ])
)
error_message = "No."
`,
  ],
  [
    "the last branch of a conditional",
    `var.name_of_the_bucket == null ? true : ${MATCHES} && ${IS_SHORT}`,
    `condition = var.name_of_the_bucket == null ? true : (
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
  length(trimspace(var.name_of_the_bucket)) <= 26
)
error_message = "No."
`,
  ],
  [
    "the question of a conditional",
    `${MATCHES} && ${IS_SHORT} ? var.a : var.b`,
    `condition = (
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
  length(trimspace(var.name_of_the_bucket)) <= 26
) ? var.a : var.b
error_message = "No."
`,
  ],
  [
    "the values of a for expression",
    `alltrue([for name in var.names : ${MATCHES} && ${IS_SHORT}])`,
    `condition = alltrue([
  for name in var.names : (
    can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
    length(trimspace(var.name_of_the_bucket)) <= 26
  )
])
error_message = "No."
`,
  ],
  [
    "the filter of a for expression",
    `{ for name in var.names : name => upper(name)... if ${MATCHES} && ${IS_SHORT} } != {}`,
    `condition = {
  for name in var.names : name => upper(name)...
  if can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
  length(trimspace(var.name_of_the_bucket)) <= 26
} != {}
error_message = "No."
`,
  ],
  [
    "an index is never broken, because it takes no comma at its end",
    `${MATCHES} && data.azuread_service_principal.msgraph["The first one of all of them"].app_role_ids["Application.Read.All"] != "" && var.a`,
    `condition = (
  can(regex("^[a-z](-?[a-z0-9])*$", var.name_of_the_bucket)) &&
  data.azuread_service_principal.msgraph["The first one of all of them"].app_role_ids["Application.Read.All"] != "" &&
  var.a
)
error_message = "No."
`,
  ],
])("%s", (_, condition, shown) => {
  expect(written(condition)).toBe(shown);
});
