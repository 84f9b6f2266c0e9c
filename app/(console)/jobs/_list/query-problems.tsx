"use client";

import { explorerWords } from "#app/words/explorer-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { visibleText } from "#components/domain/visible-text.ts";
import { Button } from "#components/ui/button.tsx";
import type { QueryFix, QueryProblem } from "#core/query/job-query.ts";

/** Most problems that are told at once. */
const most = 3;

/** Under the bar: the text with the place that was not understood marked, what is wrong there, and what was probably meant. */
export function QueryProblems({
  id,
  text,
  problems,
  kept,
  onFix,
}: {
  id: string;
  text: string;
  problems: readonly QueryProblem[];
  /** The list goes on showing the filter before this one. */
  kept: boolean;
  onFix: (fix: QueryFix) => void;
}) {
  if (problems.length === 0) return null;
  return (
    <div id={id} role="alert" className="flex flex-col gap-1 text-sm">
      {problems.slice(0, most).map((problem) => (
        <div
          key={`${problem.from} ${problem.message}`}
          className="flex flex-wrap items-center gap-x-3 gap-y-1"
        >
          <code className="min-w-0 max-w-full overflow-hidden px-7 font-mono text-ellipsis whitespace-pre text-ink-3">
            {visibleText(text.slice(Math.max(0, problem.from - 30), problem.from))}
            <mark className="bg-transparent text-danger underline decoration-wavy underline-offset-4">
              {visibleText(text.slice(problem.from, problem.to)) || " "}
            </mark>
            {visibleText(text.slice(problem.to, problem.to + 30))}
          </code>
          <ForeignText text={problem.message} className="text-danger" />
          {problem.fixes.map((fix) => (
            <Button key={fix.text} size="small" onClick={() => onFix(fix)}>
              {explorerWords.instead(visibleText(fix.text.slice(0, 40)))}
            </Button>
          ))}
        </div>
      ))}
      {kept ? <p className="px-7 text-ink-3">{explorerWords.notApplied}</p> : null}
    </div>
  );
}
