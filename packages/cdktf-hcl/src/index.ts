export { compareModule, ForeignFilesError, writeModule } from "./directory";
export { asExpression } from "./format";
export { type Layout, layout } from "./layout";
export { parseExpression, parseTemplate, SyntaxProblem } from "./parse";
export { UnrenderableStackError } from "./problems";
export { type RenderOptions, renderModule } from "./render";
export type { ProviderSchemas } from "./schema";
export type { Entry, Group, Interpolation, Part, Sequence, TemplatePart } from "./syntax";
