/** Mutants that no test notices, by file and by the reason why that is well. */
export const survivors: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "commands/graph/command.ts": {
    "The folder is gone before anybody sees its name": ['graph.folder: "rpcn-aurora-graph-" → ""'],
    "JSON.parse makes text of bytes itself": ['graph.json: "utf8" → ""'],
  },
  "commands/graph/flow.ts": {
    "What is no policy, or no statement, is drawn as nothing": [
      'Drawing.policies.attached: [] → ["mutant"]',
      'statementsOf: [] → ["mutant"]',
      'statementsOf: [] → ["mutant"] (2)',
    ],
    "The ARN of a database user has one slash": ["Drawing.databaseUser.name: -1 → 1"],
    "All shapes but the database are boxes": ['Drawing.node: "box" → ""'],
  },
  "commands/graph/mermaid.ts": {
    "The pattern matches no other sign": ['textOf: "" → "mutant"'],
  },
  "commands/graph/module.ts": {
    "Only the compiler does not know that the default is never taken": [
      'SynthesizedModule.references: "" → "mutant" (2)',
      'SynthesizedModule.part: [] → ["mutant"]',
      'SynthesizedModule.part: [] → ["mutant"] (2)',
      'SynthesizedModule.lookedUp: "" → "mutant"',
      'SynthesizedModule.lookedUp: "" → "mutant" (2)',
      'SynthesizedModule.reference: "" → "mutant"',
      'SynthesizedModule.reference: "" → "mutant" (2)',
    ],
    "Neither text holds a reference": ['SynthesizedModule.references: "" → "mutant"'],
    "Only the compiler does not know that no other part has these": [
      'SynthesizedModule.expression: first.kind === "name" && second?.kind === "group" → (first.kind === "name") || (second?.kind === "group")',
      'SynthesizedModule.expression: first.kind === "name" && second?.kind === "group" && second.opens === "(" → (first.kind === "name" && second?.kind === "group") || (second.opens === "(")',
      'wordOf: "text" in part → true',
    ],
  },
};
