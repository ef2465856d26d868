export { compareModule, ForeignFilesError, writeModule } from "./directory";
export { type Layout, layout } from "./layout";
export { UnrenderableStackError } from "./problems";
export { type RenderOptions, renderModule } from "./render";
export type { ProviderSchemas } from "./schema";
