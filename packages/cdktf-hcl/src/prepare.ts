import { App, Aspects, type IAspect, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const prepared = new WeakSet<TerraformStack>();

/**
 * Does what `app.synth()` does before it writes, unless that has been called: adds the outputs and
 * data sources of references between stacks, and lets aspects visit the constructs. Called again, it
 * does so for what is new.
 */
export function prepare(stack: TerraformStack): void {
  const app = stack.node.root;
  // CDKTF enters a stack into the manifest when it writes it, right after the aspects.
  if (App.isApp(app) && app.manifest.stacks[stack.node.id]) return;
  searchAgain(stack);
  const stacks = stacksIn(app);
  if (stacks.length > 1) {
    // The others once, because they may refer to this one; each again when it is written itself.
    for (const each of stacks) {
      if (each === stack || !prepared.has(each)) each.prepareStack();
      prepared.add(each);
    }
  }
  runAspects(stack);
  searchAgain(stack);
}

/** The stacks within each stack: else each rendering would look through all that any stack holds. */
const within = new WeakMap<IConstruct, readonly TerraformStack[]>();

/**
 * All stacks of a tree, in its order. What no stack holds is looked through each time, and what a stack
 * holds once, and again when it is written or one that it belongs to.
 */
function stacksIn(construct: IConstruct): readonly TerraformStack[] {
  const found = within.get(construct) ?? construct.node.children.flatMap(stacksIn);
  if (!TerraformStack.isStack(construct)) return found;
  within.set(construct, found);
  return [construct, ...found];
}

function searchAgain(stack: TerraformStack): void {
  for (const each of [...stack.node.scopes, ...(within.get(stack) ?? [])]) within.delete(each);
}

const visited = new WeakMap<IConstruct, Set<IAspect>>();

/**
 * Lets each aspect visit each construct once, in CDKTF's order. As there, what an aspect adds beside
 * or above the construct it visits is not visited, neither now nor later.
 */
function runAspects(stack: TerraformStack): void {
  walk(stack, [], (construct, aspect) => {
    if (visit(construct, aspect)) aspect.visit(construct);
  });
  walk(stack, [], visit);
}

/** Whether it is the first time. */
function visit(construct: IConstruct, aspect: IAspect): boolean {
  const aspects = visited.get(construct) ?? new Set();
  visited.set(construct, aspects);
  return aspects.size < aspects.add(aspect).size;
}

function walk(
  construct: IConstruct,
  inherited: readonly IAspect[],
  each: (construct: IConstruct, aspect: IAspect) => void,
): void {
  const aspects = [...inherited, ...Aspects.of(construct).all];
  for (const aspect of aspects) each(construct, aspect);
  for (const child of construct.node.children) walk(child, aspects, each);
}
