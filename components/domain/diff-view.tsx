import { words } from "../words.ts";
import { diffJson } from "./diff-json.ts";
import { ForeignText } from "./foreign-text.tsx";

/** Where two JSON values differ, a line each: what was struck through, what is beside it. */
export function DiffView({ before, after }: { before: unknown; after: unknown }) {
  const differences = diffJson(before, after);
  if (differences.length === 0) return <p className="text-sm text-ink-3">{words.noDifference}</p>;
  return (
    <ul aria-label={words.differences} className="flex flex-col text-sm">
      {differences.map((difference) => (
        <li
          key={difference.path}
          className="hairline-b flex min-h-7 flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1 font-mono last:border-0"
        >
          {difference.path ? (
            <span className="min-w-40 text-ink-2">
              <ForeignText text={difference.path} />
            </span>
          ) : null}
          {difference.before === undefined ? null : (
            <del className="min-w-0 break-words text-ink-3 decoration-danger">
              <ForeignText text={difference.before} />
            </del>
          )}
          {difference.after === undefined ? (
            <span className="text-ink-3">{words.removed}</span>
          ) : (
            <ins className="min-w-0 break-words text-ink decoration-gate-open underline-offset-2">
              <ForeignText text={difference.after} />
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
}
