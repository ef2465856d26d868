/** Mutants that no test notices, by file and by the reason why that is well. */
export const survivors: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "commands/doctor/catalogue/mysql.ts": {
    "What is no hop is passed by nothing": ['mysql: [] → ["mutant"]'],
    "Where a marker was read is for who looks after it, and printed nowhere": [
      'mysqlMarkers: "internal/component/input/async_reader.go" → ""',
    ],
  },
  "commands/doctor/catalogue/output.ts": {
    "No message of these has a line end": ['output: "s" → ""', 'output: "s" → "" (2)'],
    "Where a marker was read is for who looks after it, and printed nowhere": [
      'outputMarkers: "internal/component/output/async_writer.go" → ""',
      'outputMarkers: "pkg/kgo/broker.go" → ""',
      'outputMarkers: "internal/component/output/async_writer.go" → "" (2)',
    ],
  },
  "commands/doctor/catalogue/postgres-beside.ts": {
    "What is no hop is passed by nothing": [
      'postgresBeside: [] → ["mutant"]',
      'postgresBeside: [] → ["mutant"] (2)',
    ],
  },
  "commands/doctor/catalogue/postgres.ts": {
    "Where a marker was read is for who looks after it, and printed nowhere": [
      'postgresMarkers: "internal/component/input/async_reader.go" → ""',
    ],
  },
  "commands/doctor/catalogue/start.ts": {
    "Where a marker was read is for who looks after it, and printed nowhere": [
      'startMarkers: "internal/license/service.go" → ""',
    ],
  },
  "commands/doctor/checks.ts": {
    "Every id is of a check that asks AWS, which only the compiler does not know": [
      'checks.aws: !question || !("aws" in question) → false',
      'checks.aws: !question || !("aws" in question) → !question && !("aws" in question)',
      'checks.aws: `no check ${id} asks AWS` → ""',
    ],
  },
  "commands/doctor/command.ts": {
    "Reports come a moment later or earlier, and the same": [
      "reportEvery: 500 → 500 + 1",
      "doctor: timer ??= setTimeout(showChange, reportEvery) → timer = setTimeout(showChange, reportEvery)",
      "doctor: clearTimeout(timer) → void 0",
    ],
    "Two reports are compared in it, and nobody sees it": ['stateOf: "" → "mutant"'],
  },
  "commands/doctor/diagnosis.ts": {
    "What only adds to what was said before comes after all else anyway": [
      "Diagnosis.fail: 0 → 0 + 1 (3)",
    ],
  },
  "commands/doctor/envelopes.ts": {
    "No log is of the year 5138, nor of 1973": [
      "fromEpoch.date: 1e11 → 1e11 + 1",
      "fromEpoch.date: time > 1e11 → time >= 1e11",
    ],
    "What is none is no JSON either, a moment later": ["objectIn: text === undefined → false"],
  },
  "commands/doctor/input.ts": {
    "Bytes come a moment later or earlier, in greater or smaller pieces, and the same": [
      "pause: 500 → 500 + 1",
      "pieceLength: 64 → 64 + 1",
      "pieceLength: 1024 → 1024 + 1",
    ],
    "Errors of the file system have a code": ['kindOf: "unreadable" → ""'],
  },
  "commands/doctor/instead.ts": {
    "What is no command names none that could be missing": [
      'stepsFor: typeof step === "string" || !("shell" in step) → false',
    ],
  },
  "commands/doctor/lines.ts": {
    "A line that was too long is left out up to its end": ['Records.write: "" → "mutant" (2)'],
    "It is the usual one": ['Records.decoder: "utf8" → ""'],
  },
  "commands/doctor/live/ask.ts": {
    "No other error is known there": ["Asker.get: !(error instanceof CloudError) → false"],
  },
  "commands/doctor/live/aurora.ts": {
    "No database is at port 0, and no port is above 65535": [
      "securityGroup.open: 0 → 0 + 1",
      "securityGroup.open: 65535 → 65535 + 1",
    ],
    "A text that is split has a first part, and no network is longer than 32": [
      'isWithin: "" → "mutant"',
      'isWithin: "" → "mutant" (2)',
      "isWithin: 32 → 32 + 1",
    ],
  },
  "commands/doctor/live/command.ts": {
    "A program that hangs is ended a moment later": ["live: 30_000 → 30_000 + 1"],
    "Node sorts what a folder contains, and does not promise it": [
      "profilesOf.files: automatic.sort() → automatic",
    ],
  },
  "commands/doctor/live/look.ts": {
    "What is no address is no server of Redpanda's": ['Look.learn.url: "" → "mutant"'],
  },
  "commands/doctor/live/redpanda.ts": {
    "Only the compiler does not know that a name is known, which the question requires": [
      'cluster.found: "" → "mutant"',
      'topic.wanted: "" → "mutant"',
      'topicNamed: "" → "mutant"',
      'subjects: "" → "mutant"',
    ],
    "A cluster that does not fit has one reason": ['cluster: " " → ""'],
    "What is not asked of the control plane is asked of the cluster": [
      'secret: "data" → ""',
      'pipeline: "data" → ""',
      'user: "data" → ""',
      'topic: "data" → ""',
      'acls: "data" → ""',
    ],
  },
  "commands/doctor/live/report.ts": {
    "What is no hop is done by nothing": ['reportOf.proved: [] → ["mutant"]'],
  },
  "commands/doctor/live/roles.ts": {
    "What is no action allows nothing": ['allowsToAssume: [] → ["mutant"]'],
    "What is no ARN is in no account": ['accountOf: "" → "mutant"', 'trust.account: "" → "mutant"'],
    "A day is a millisecond longer, and as many of them have passed": [
      "ago.days: 86_400_000 → 86_400_000 + 1",
    ],
    "Only the compiler does not know that a name is known, which the question requires": [
      'assumePolicy: "" → "mutant"',
      'trust: "" → "mutant" (2)',
      'secondRole: "" → "mutant"',
    ],
    "No role requires that external id": ['trust: "" → "mutant" (3)'],
  },
  "commands/doctor/module.ts": {
    "What is no resource, or no text, tells no name": [
      'shown: [] → ["mutant"]',
      'shown: [] → ["mutant"] (2)',
      'state: [] → ["mutant"]',
      'moduleOf.said: [] → ["mutant"]',
    ],
    "Standard input is read where the program is started, in test/commands/doctor/doctor.slow.test.ts":
      ['readState: path === "-" → false', "readState: 0 → 0 + 1", 'readState: "-" → ""'],
    "JSON.parse makes text of bytes itself": [
      'readState: "utf8" → ""',
      'readState: "utf8" → "" (3)',
      'readState: "utf8" → "" (2)',
      'readState: "utf8" → "" (4)',
    ],
    "It is no client either": ['moduleOf.words: "" → "mutant"'],
  },
  "commands/doctor/page.ts": {
    "A block of prose has one line": ['stepsOfPage: "\\n" → "" (2)'],
    "The pattern takes both ends or none": ['prose: part.startsWith("`") → part.endsWith("`")'],
  },
  "commands/doctor/pipelines.ts": {
    "Records of others are parsed before they are passed over: only slower": [
      "OnePipeline.add: this.ids.size >= capacity → this.ids.size > capacity",
      "OnePipeline.add: this.id && this.ids.size >= capacity && isOfAnother(text, this.id) → false",
      "isOfAnother: { … } → {}",
      "isOfAnother: text.includes(id) → true",
      "isOfAnother: text.indexOf(field, text.length - 160) >= 0 || text.includes(field) → (text.indexOf(field, text.length - 160) >= 0) && text.includes(field)",
    ],
    "What is not found near the end is looked for everywhere": [
      "isOfAnother: text.indexOf(field, text.length - 160) >= 0 → text.indexOf(field, text.length - 160) > 0",
      "isOfAnother: text.length - 160 → text.length + 160",
      "isOfAnother: 160 → 160 + 1",
      "isOfAnother: 0 → 0 + 1",
    ],
    "What is no time has no instant either": ["isBefore.instant: time === undefined → false"],
  },
  "commands/doctor/recognise.ts": {
    "What was said before is judged again, and the same": [
      "capacity: 1000 → 1000 + 1",
      "symptomOf: remembered.has(key) → false",
      "symptomOf: remembered.size >= capacity → true",
      "symptomOf: remembered.size >= capacity → false",
      "symptomOf: remembered.size >= capacity → remembered.size > capacity",
      "symptomOf: remembered.size >= capacity → remembered.size < capacity",
      "symptomOf: remembered.clear() → void 0",
      "symptomOf: remembered.set(key, symptom) → void 0",
    ],
    "What is no problem is found to be none, a moment later": [
      'symptomOf: level === "INFO" → false',
      'symptomOf: "INFO" → ""',
    ],
    "No text that is known has a vague entry before the one that knows it": [
      "recognise: !entry.vague → true",
      "recognise: vague ??= entry → vague = entry",
    ],
    "No message names such a connector": ['connectorIn: [] → ["mutant"]'],
  },
  "commands/doctor/records.ts": {
    "The pattern has both groups or none, and no level has that name": [
      'ofText: [] → ["mutant"]',
      'ofText: [] → ["mutant"] (2)',
      'fieldsOf: [] → ["mutant"] (2)',
      'levelOf: "" → "mutant"',
      "ofText: level && message → level || message",
      "ofText: capitals && rest → capitals || rest",
    ],
    "A line without the word is looked through, and nothing found: only slower": [
      'ofText: "level=" → ""',
      "fieldsOf: !line.includes(`${name}=`) → false",
      'fieldsOf: `${name}=` → ""',
    ],
    "A text that is split has a first part": ['ofText: "" → "mutant"'],
  },
  "commands/doctor/report.ts": {
    "There are eight checks or none": ["asText: 0 → 0 + 1 (6)", "asText: 0 → 0 + 1 (7)"],
    "Only the compiler does not know that there is a line, and no text is empty": [
      'wrapped.line: "" → "mutant"',
      'wrapped: "" → "mutant" (2)',
    ],
  },
  "commands/doctor/runs.ts": {
    "No record has that id": ["Runs.replace: this.current !== undefined → true"],
  },
  "commands/doctor/since.ts": {
    "The pattern has both groups or none, and no other unit than those": [
      'sinceWhen: [] → ["mutant"]',
      "sinceWhen.instant: amount && unit → amount || unit",
      "sinceWhen.instant: 0 → 0 + 1",
      'instantOf: [] → ["mutant"]',
    ],
    "Where the clock is UTC, as in a container, a time without a zone is UTC by itself": [
      'instantOf: "Z" → ""',
    ],
  },
  "commands/doctor/structure.ts": {
    "No condition has that code": ['sqlState.known: "" → "mutant"'],
    "What is no hop comes after none": ["behind: hop === undefined → false"],
  },
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
    "An expression has a part: the parser refuses one without": [
      'SynthesizedModule.expression: "" → "mutant"',
      "SynthesizedModule.expression: !first → false",
    ],
    "Neither text holds a reference": ['SynthesizedModule.references: "" → "mutant"'],
    "Only the compiler does not know that no other part has these": [
      'SynthesizedModule.expression: first.kind === "name" && second?.kind === "group" → (first.kind === "name") || (second?.kind === "group")',
      'SynthesizedModule.expression: first.kind === "name" && second?.kind === "group" && second.opens === "(" → (first.kind === "name" && second?.kind === "group") || (second.opens === "(")',
      'wordOf: "text" in part → true',
    ],
  },
  "constructs/parameter-group.ts": {
    "A line end at the end of a comment makes no line": [
      "ParameterGroup.constructor: [parameterGroup.comment, comment].filter(Boolean) → [parameterGroup.comment, comment]",
    ],
  },
  "constructs/pipeline.ts": {
    "A pipeline waits for variables alone": [
      "Pipeline.onceThere.variables: /\\bvar\\.(\\w+)/ → /var\\.(\\w+)/",
    ],
  },
};
