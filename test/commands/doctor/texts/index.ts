import { aws } from "./aws";
import { mysql } from "./mysql";
import { otherSide } from "./other-side";
import { output } from "./output";
import { pods } from "./pods";
import { postgres } from "./postgres";
import { setAside } from "./set-aside";
import { setAsideLater } from "./set-aside-later";
import { start } from "./start";
import type { Text } from "./text";

export { isSetAside } from "./split";
export type { Line, Log, Text } from "./text";

/** The texts that entries may be written for. */
export const open: readonly Text[] = [
  ...aws,
  ...postgres,
  ...mysql,
  ...output,
  ...start,
  ...pods,
  ...otherSide,
];

/** All texts. */
export const texts: readonly Text[] = [...open, ...setAside, ...setAsideLater];

/** @throws {Error} when there is none of that id */
export function textOf(id: string): Text {
  const text = texts.find((one) => one.id === id);
  if (!text)
    throw new Error(`There is no text ${JSON.stringify(id)} in test/commands/doctor/texts.`);
  return text;
}
