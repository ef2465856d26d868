import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isAddressOf, type Knowledge, type Named, type Requirement, type Shape } from "./schema";

/**
 * Which arguments of a provider's types are nested blocks and which are attributes, for those names
 * where JSON does not tell: an excerpt of the provider's schema, a hundredth of its size.
 */
export interface BlockIndex {
  /** Such as `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  /** The version of the provider whose schema it is taken from, such as `5.100.0`. */
  readonly version: string;
  /** Each shape once, because many types share theirs. */
  readonly shapes: readonly IndexedShape[];
  /** The shape of the provider's own configuration. */
  readonly configuration: number;
  /** The shape of each type, by its name. */
  readonly resource: Readonly<Record<string, number>>;
  readonly data: Readonly<Record<string, number>>;
  readonly ephemeral: Readonly<Record<string, number>>;
}

/**
 * By name: `true` for an attribute that can hold more than text, a number or a boolean; the number of
 * the shape for a block; that number in a list for an attribute that may be written as blocks, and
 * below `map` for a block with a label. Names that are not there are of other attributes, or unknown.
 */
export type IndexedShape = Readonly<
  Record<string, true | number | readonly [number] | { readonly map: number }>
>;

/** An index that is read when it is asked: a module asks those of its own providers alone. */
export interface Indexed {
  readonly provider: string;
  readonly version: string;
  readonly read: () => BlockIndex;
}

/** Those that come with the package, the newest of a provider first. */
export function bundledIndexes(): readonly Indexed[] {
  bundled ??= readdirSync(indexes())
    .map((file) => {
      const { namespace, name, version = "" } = FILE.exec(file)?.groups ?? {};
      let index: BlockIndex | undefined;
      const read = () => {
        if (!index) {
          const content = readFileSync(join(indexes(), file));
          const text = file.endsWith(".gz") ? gunzipSync(content) : content;
          index = JSON.parse(text.toString()) as BlockIndex;
        }
        return index;
      };
      return { provider: `registry.terraform.io/${namespace}/${name}`, version, read };
    })
    .sort((one, other) => compareVersions(other.version, one.version));
  return bundled;
}
let bundled: readonly Indexed[] | undefined;

/** Namespaces may have hyphens; of the names, `google-beta` alone has. */
const FILE = /^(?<namespace>.+?)-(?<name>google-beta|[a-z0-9]+)-(?<version>\d[\d.]*)\.json(\.gz)?$/;

/** Beside a bundle of the program, compressed, or beside the sources and what is compiled of them. */
function indexes(): string {
  const beside = join(__dirname, "indexes");
  return existsSync(beside) ? beside : join(__dirname, "..", "indexes");
}

/** What the indexes tell of a type, those of versions that the module does not allow left out. */
export function knownFromIndexes(indexes: () => readonly Indexed[]): Knowledge {
  return (kind, type, requirement) => {
    for (const index of indexes()) {
      if (!isOf(index, requirement)) continue;
      const name = index.provider.slice(index.provider.lastIndexOf("/") + 1);
      if (kind === "provider") {
        if (requirement?.source !== undefined || name === type) {
          const read = index.read();
          return shapeOf(read, read.configuration);
        }
      } else {
        const read = index.read();
        if (Object.hasOwn(read[kind], type)) return shapeOf(read, read[kind][type] as number);
      }
    }
    return undefined;
  };
}

function isOf(index: Indexed, requirement: Requirement | undefined): boolean {
  const { source, version } = requirement ?? {};
  return (
    (source === undefined || isAddressOf(index.provider, requirement)) &&
    (version === undefined || mayBeMajor(version, Number.parseInt(index.version, 10)))
  );
}

/** Whether a version constraint of Terraform speaks of this major version, or leaves room for it. */
export function mayBeMajor(constraint: string, major: number): boolean {
  return constraint.split(",").every((clause) => {
    const [, operator = "", number] = /^\s*([=!<>~]*)\s*v?(\d+)/.exec(clause) ?? [];
    if (number === undefined || operator === "!=") return true;
    if (operator.startsWith(">")) return major >= Number(number);
    if (operator.startsWith("<")) return major <= Number(number);
    return major === Number(number);
  });
}

function shapeOf(index: BlockIndex, number: number): Shape {
  const shape = index.shapes[number] as IndexedShape;
  return (name): Named | undefined => {
    const entry = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (entry === undefined) return undefined;
    if (entry === true) return { is: "attribute" };
    if (typeof entry === "number") {
      return { is: "block", labels: 0, shape: shapeOf(index, entry) };
    }
    return "length" in entry
      ? { is: "attribute as blocks", shape: shapeOf(index, entry[0]) }
      : { is: "block", labels: 1, shape: shapeOf(index, entry.map) };
  };
}

function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number));
  const difference = (at: number) => (left?.[at] ?? 0) - (right?.[at] ?? 0);
  return difference(0) || difference(1) || difference(2);
}
