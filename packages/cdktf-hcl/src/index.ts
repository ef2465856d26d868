export { compareModule, ForeignFilesError, writeModule } from "./directory";
export { asExpression } from "./format";
export { JsonProblem } from "./json";
export { type Layout, layout } from "./layout";
export { parseExpression, parseTemplate, SyntaxProblem } from "./parse";
export { UnrenderableStackError } from "./problems";
export { type RenderOptions, renderModule } from "./render";
export type { ProviderSchemas } from "./schema";
export type { Entry, Group, Interpolation, Part, Sequence, TemplatePart } from "./syntax";
export {
  type Files,
  type Refusal,
  renderSynthesized,
  type Synthesized,
  type SynthesizedOptions,
  SynthesizedProblem,
} from "./synthesized";
export { HclSynthesizer, type HclSynthesizerOptions } from "./synthesizer";
export { renderValues } from "./values";
