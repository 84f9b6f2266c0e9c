import { layers } from "../../boundaries.mjs";

/** The table of layers as Markdown, as docs/architecture.md prints it. */
export function layerTable(): string {
  const rows = layers.map(({ name, path, purpose, may }) => {
    const allowed = may.length > 0 ? may.join(", ") : "nothing";
    return `| ${name} | \`${path}\` | ${purpose} | ${allowed} |`;
  });
  return ["| layer | folder | what it is | may import |", "|---|---|---|---|", ...rows].join("\n");
}
