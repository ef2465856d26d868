import type { Edge, Flow, Node } from "./flow";

/**
 * A flow as a Mermaid flowchart.
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaid({ accounts, edges }: Flow): string {
  // Names of a module may hold what Mermaid would read.
  const idOf = (name: string) => name.replace(/\W+/g, "_");
  const box = ({ id, label, shape }: Node) => {
    const [open, close] = shape === "database" ? ["[(", ")]"] : ["[", "]"];
    return `    ${idOf(id)}${open}"${textOf(label)}"${close}`;
  };
  const lines = [
    "flowchart LR",
    ...accounts
      .filter(({ nodes }) => nodes.length > 0)
      .flatMap(({ title, nodes }, index) => [
        `  subgraph account${index + 1} ["${textOf([title])}"]`,
        ...nodes.map(box),
        "  end",
      ]),
    ...edges.map(({ from, to, label, kind }) => {
      const text = label.length > 0 ? `|"${textOf(label)}"|` : "";
      return `  ${idOf(from)} ${arrows[kind]}${text} ${idOf(to)}`;
    }),
  ];
  return `${lines.join("\n")}\n`;
}

const arrows: Readonly<Record<Edge["kind"], string>> = {
  goes: "-->",
  trusts: "-.->",
  belongs: "---",
};

function textOf(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line.replace(
        /[&<>"]/g,
        (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "",
      ),
    )
    .join("<br/>");
}
