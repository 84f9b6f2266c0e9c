import type { ReactNode } from "react";

/** Short words side by side, each in a hairline: tags, names of definitions, dependencies. */
export function TagList({
  label,
  tags,
}: {
  label: string;
  tags: readonly { key: string; tag: ReactNode }[];
}) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1">
      {tags.map(({ key, tag }) => (
        <li
          key={key}
          className="max-w-64 truncate rounded-sm border border-line px-1.5 font-mono text-sm text-ink-2"
        >
          {tag}
        </li>
      ))}
    </ul>
  );
}
