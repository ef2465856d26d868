import ts from "typescript";
import { mutantsOfPattern } from "./regular-expressions";

/** One change of one file, which some test must notice. */
export interface Mutant {
  readonly file: string;
  /** From 1, in the file as it is. */
  readonly line: number;
  /**
   * Where it is and what it changes, such as `Records.end: rest !== "" → rest === ""`. It names the
   * mutant in its file, and stays as long as that code does.
   */
  readonly name: string;
}

/** A file with all of its mutants in it, each asleep until `__mutant(id)` says so. */
export interface Instrumented {
  readonly mutants: readonly Mutant[];
  readonly source: string;
}

/**
 * Puts every mutant into the source of a file. Ids count from `firstId`; `__mutant` is a global
 * function, which also learns thereby what a test reaches.
 */
export function instrument(file: string, source: string, firstId = 0): Instrumented {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const mutants: Mutant[] = [];
  const names = new Map<string, number>();

  const add = (node: ts.Node, change: string): number => {
    const name = `${placeOf(node)}: ${change}`;
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    mutants.push({ file, line, name: count === 1 ? name : `${name} (${count})` });
    return firstId + mutants.length - 1;
  };

  const written = (node: ts.Node): string => {
    if (ts.isTypeNode(node)) return node.getText();
    const own = mutationsOf(node).map((replacement) => ({
      id: add(node, `${short(node.getText())} → ${short(replacement)}`),
      replacement,
    }));
    const bodyId = isBody(node) ? add(node, "{ … } → {}") : undefined;

    let text = "";
    let end = node.getStart();
    node.forEachChild((child) => {
      text += source.slice(end, child.getStart()) + written(child);
      end = child.end;
    });
    text += source.slice(end, node.end);

    if (bodyId !== undefined) return `{ if (__mutant(${bodyId})) return; ${text} }`;
    return own.reduceRight(
      (otherwise, { id, replacement }) => `(__mutant(${id}) ? (${replacement}) : ${otherwise})`,
      own.length > 0 ? `(${text})` : text,
    );
  };
  return { source: written(tree), mutants };
}

const { SyntaxKind } = ts;

/** Operators, and what takes their place. */
const operators = new Map<ts.SyntaxKind, readonly string[]>([
  [SyntaxKind.AmpersandAmpersandToken, ["||"]],
  [SyntaxKind.BarBarToken, ["&&"]],
  [SyntaxKind.QuestionQuestionToken, ["&&"]],
  [SyntaxKind.LessThanToken, ["<=", ">="]],
  [SyntaxKind.LessThanEqualsToken, ["<", ">"]],
  [SyntaxKind.GreaterThanToken, [">=", "<="]],
  [SyntaxKind.GreaterThanEqualsToken, [">", "<"]],
  [SyntaxKind.EqualsEqualsEqualsToken, ["!=="]],
  [SyntaxKind.ExclamationEqualsEqualsToken, ["==="]],
  [SyntaxKind.PlusToken, ["-"]],
  [SyntaxKind.MinusToken, ["+"]],
  [SyntaxKind.AsteriskToken, ["/"]],
  [SyntaxKind.SlashToken, ["*"]],
  [SyntaxKind.PercentToken, ["*"]],
  [SyntaxKind.PlusEqualsToken, ["-="]],
  [SyntaxKind.MinusEqualsToken, ["+="]],
  [SyntaxKind.BarBarEqualsToken, ["&&="]],
  [SyntaxKind.QuestionQuestionEqualsToken, ["="]],
]);

/** Methods, and what takes their place: nothing leaves what they are called on. */
const methods: Readonly<Record<string, string | undefined>> = {
  every: "some",
  some: "every",
  startsWith: "endsWith",
  endsWith: "startsWith",
  max: "min",
  min: "max",
  filter: undefined,
  flat: undefined,
  reverse: undefined,
  slice: undefined,
  sort: undefined,
  toLowerCase: undefined,
  toUpperCase: undefined,
  trim: undefined,
  trimEnd: undefined,
  trimStart: undefined,
};

/** Expressions that may take the place of `node`. */
function mutationsOf(node: ts.Node): string[] {
  const { parent } = node;
  const mutations: string[] = [];
  if (!parent) return mutations;
  const isCondition =
    (ts.isConditionalExpression(parent) && parent.condition === node) ||
    (ts.isIfStatement(parent) && parent.expression === node);
  if (isCondition) mutations.push("true", "false");
  // Without its end, a loop would only run into the time limit.
  if (ts.isWhileStatement(parent) && parent.expression === node) mutations.push("false");
  if (ts.isForStatement(parent) && parent.condition === node) mutations.push("false");
  if (ts.isDoStatement(parent) && parent.expression === node) mutations.push("false");
  if (ts.isExpressionStatement(parent) && isRemovable(node)) mutations.push("void 0");

  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken, right } = node;
    // Turning a condition round is no more than making it true or false.
    const isEquality = /^[!=]==$/.test(operatorToken.getText());
    for (const other of (isCondition && isEquality ? [] : operators.get(operatorToken.kind)) ??
      []) {
      mutations.push(`${operand(left)} ${other} ${operand(right)}`);
    }
  } else if (ts.isPrefixUnaryExpression(node)) {
    const isNot = node.operator === SyntaxKind.ExclamationToken;
    if ((isNot && !isCondition) || node.operator === SyntaxKind.MinusToken) {
      mutations.push(node.operand.getText());
    }
  } else if (ts.isPostfixUnaryExpression(node)) {
    const other = node.operator === SyntaxKind.PlusPlusToken ? "--" : "++";
    mutations.push(`${node.operand.getText()}${other}`);
  } else if (node.kind === SyntaxKind.TrueKeyword) {
    mutations.push("false");
  } else if (node.kind === SyntaxKind.FalseKeyword) {
    mutations.push("true");
  } else if (ts.isNumericLiteral(node) && !isName(node)) {
    mutations.push(`${node.getText()} + 1`);
  } else if (isText(node)) {
    mutations.push(node.getText().length > 2 ? '""' : '"mutant"');
  } else if (ts.isRegularExpressionLiteral(node)) {
    const text = node.getText();
    const end = text.lastIndexOf("/");
    mutations.push(
      ...mutantsOfPattern(text.slice(1, end)).map((pattern) => `/${pattern}${text.slice(end)}`),
    );
  } else if (ts.isArrayLiteralExpression(node) && !isTarget(node)) {
    mutations.push(node.elements.length > 0 ? "[]" : '["mutant"]');
  } else if (ts.isObjectLiteralExpression(node) && !isTarget(node)) {
    if (node.properties.length > 0) mutations.push("{}");
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const isChain = Boolean(node.flags & ts.NodeFlags.OptionalChain);
    if (Object.hasOwn(methods, name.text) && !isChain) {
      const other = methods[name.text];
      const given = node.arguments.map((argument) => argument.getText()).join(", ");
      mutations.push(
        other ? `${expression.getText()}.${other}(${given})` : `${expression.getText()}`,
      );
    }
  }
  return mutations;
}

/** In parentheses where another operator might draw it apart, or may not stand beside it. */
function operand(node: ts.Expression): string {
  return ts.isBinaryExpression(node) ? `(${node.getText()})` : node.getText();
}

/** A statement that does something, and that no other needs to be there. */
function isRemovable(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return node.expression.kind !== SyntaxKind.SuperKeyword;
  return ts.isAwaitExpression(node) || ts.isNewExpression(node) || ts.isDeleteExpression(node);
}

function isText(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isTemplateExpression(node)) return !ts.isTaggedTemplateExpression(parent);
  if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return false;
  if (ts.isTaggedTemplateExpression(parent)) return false;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return false;
  if (ts.isCallExpression(parent) && parent.expression.getText() === "require") return false;
  return !isName(node);
}

function isName(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

/** Whether a literal is what is assigned to: `[a, b] = …`. */
function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.left === node
    ? parent.operatorToken.kind === SyntaxKind.EqualsToken
    : false;
}

/** The body of a function that has something to do; constructors must call the one above them. */
function isBody(node: ts.Node): node is ts.Block {
  return (
    ts.isBlock(node) &&
    node.statements.length > 0 &&
    ts.isFunctionLike(node.parent) &&
    !ts.isConstructorDeclaration(node.parent)
  );
}

/** The declarations that a node stands in: `Records.end`. */
function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let around: ts.Node | undefined = node.parent; around; around = around.parent) {
    if (ts.isConstructorDeclaration(around)) names.unshift("constructor");
    if (isNamed(around) && around.name) names.unshift(around.name.getText());
  }
  return names.join(".") || "file";
}

function isNamed(node: ts.Node): node is ts.NamedDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isPropertyDeclaration(node) ||
    (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name))
  );
}

/** In one line, of no more than 80 characters. */
function short(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 39)} … ${line.slice(-38)}` : line;
}
