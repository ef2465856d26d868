import {
  DefaultTokenResolver,
  type ITerraformDependable,
  Lazy,
  ref,
  StringConcat,
  TerraformElement,
  Token,
  Tokenization,
} from "cdktf";
import { renderModule } from "cdktf-hcl";
import { Construct, type IConstruct, RootConstruct } from "constructs";
import { stringify } from "yaml";
import { postgres } from "../../engines/postgres";
import { EngineStack } from "../../stacks/engine-stack";
import { ModuleDifference } from "../snapshots/module-difference";
import { declaredIn, referencesIn } from "./references";

/** Where a construct stands alone, and what stands for the others. */
export class Surroundings extends EngineStack {
  #isGuarding = false;

  constructor() {
    super(new RootConstruct(), {
      engine: postgres,
      names: postgres.names.byoc,
      choices: { aurora: "new", database: "sql" },
      providers: [],
      template: { destination: "cloud" },
    });
    // Which versions of providers a module wants is no construct's to say.
    this.addOverride("terraform", undefined);
  }

  /** An attribute of another construct's block, such as `aws_vpc.this.id`, as that hands it out. */
  given(reference: string): string {
    // A token and no text: only so is it told from the same one that a construct writes by itself.
    const produce = () => ref(this.#isGuarding ? "path.given" : reference);
    return Token.asString(Lazy.anyValue({ produce }));
  }

  /** Another construct's blocks, by address, as its `ready` hands them out. */
  ready(...addresses: string[]): readonly ITerraformDependable[] {
    return addresses.map((address) => ({ fqn: this.given(address) }));
  }

  /** What `look` makes of the stack while nothing that was given has an address. */
  guarding<Result>(look: () => Result): Result {
    this.#isGuarding = true;
    try {
      return look();
    } finally {
      this.#isGuarding = false;
    }
  }
}

/**
 * Renders one construct in a stack of its own, by the real writer.
 * @throws where it refers to what it neither declares nor was given, and where it makes resources
 * and has no `ready`
 */
export function rendered(make: (around: Surroundings) => Construct): Rendered {
  const around = new Surroundings();
  const construct = make(around);
  const problems = around.guarding(() => problemsOf(construct));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const handedOut = handedOutBy(construct);
  return new Rendered({
    ...renderModule(around),
    ...(Object.keys(handedOut).length > 0
      ? { "what it hands out": stringify(handedOut, { lineWidth: 0 }) }
      : {}),
  });
}

/** The module that a construct makes alone, and what is public of it: content by file name. */
export class Rendered {
  constructor(private readonly files: Readonly<Record<string, string>>) {}

  /** What this module has otherwise than `other`. */
  differenceTo(other: Rendered): ModuleDifference {
    return ModuleDifference.between(other.files, this.files);
  }

  toString(): string {
    const texts = Object.entries(this.files).map(([name, text]) => `=== ${name}\n${text}`);
    return texts.join("\n");
  }
}

// As it is, without quotes around it.
expect.addSnapshotSerializer({
  test: (value) => value instanceof Rendered || value instanceof ModuleDifference,
  print: (value) => String(value).trimEnd(),
});

function problemsOf(construct: Construct): string[] {
  const blocks = construct.node
    .findAll()
    .filter(TerraformElement.isTerraformElement)
    .map((element) => ({
      place: element.node.id,
      owner: element === construct ? construct : (element.node.scope ?? construct),
      json: resolve(construct, element.toTerraform()) as Record<string, object>,
    }));
  const handedOut = handedOutBy(construct);
  const places = [
    ...blocks,
    ...Object.entries(handedOut).map(([place, json]) => ({ place, owner: construct, json })),
  ];
  const declared = new Set(blocks.flatMap(({ json }) => declaredIn(json)));
  const isUnready = !("ready" in handedOut) && blocks.some(({ json }) => json.resource);
  return [
    ...(isUnready
      ? [
          `${nameOf(construct)} makes resources, and has no \`ready\` by which others can come after them.`,
        ]
      : []),
    ...places.flatMap(({ place, owner, json }) =>
      [...new Set(referencesIn(json))]
        .filter((address) => !declared.has(address))
        .map(
          (address) =>
            `${nameOf(owner)} writes ${address} in ${place}, and neither declares it nor got it by props. Let the construct that declares it hand it out.`,
        ),
    ),
  ];
}

function nameOf({ constructor: { name } }: IConstruct): string {
  return `${name} (${fileOf(name)})`;
}

/** The file of a class: `DbConnectRole` → `db-connect-role.ts`. */
export function fileOf(className: string): string {
  return `${className.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}.ts`;
}

/** What is public of it: addresses for blocks, texts with Terraform interpolations. */
function handedOutBy(construct: Construct): Record<string, unknown> {
  if (TerraformElement.isTerraformElement(construct)) return {};
  const show = (value: unknown): unknown => {
    if (isAddressable(value)) {
      // Most are an expression, a provider's is bare.
      return String(resolve(construct, value.fqn)).replace(/^\$\{(.*)\}$/, "$1");
    }
    if (value instanceof Construct) return handedOutBy(value);
    if (!value || Token.isUnresolved(value)) return resolve(construct, value);
    if (Array.isArray(value)) return value.map(show);
    // It may hold constructs, whose scope knows them again.
    if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, show(inner)]));
    }
    return resolve(construct, value);
  };
  return Object.fromEntries(
    Object.entries(construct)
      // Private in TypeScript alone.
      .filter(([name, value]) => name !== "node" && name !== "props" && value !== undefined)
      .map(([name, value]) => [name, show(value)]),
  );
}

const isAddressable = (value: unknown): value is ITerraformDependable =>
  typeof value === "object" && value !== null && "fqn" in value;

function resolve(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}
