import { bulkWords } from "#app/words/bulk-words.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";
import { BulkBar } from "../../_parts/bulk-bar.tsx";

/** How far an operation is, at what rate it goes, and when it will be done. */
export function Progress({ operation, asOfMs }: { operation: BulkView; asOfMs: number }) {
  const { state, matched, taken, done, failed, skipped, canary, perSecond, endsAtMs } = operation;
  const figures = [
    { word: bulkWords.outcomes.done, count: done, colour: "bg-accent" },
    { word: bulkWords.outcomes.failed, count: failed, colour: "bg-danger" },
    { word: bulkWords.outcomes.skipped, count: skipped, colour: "bg-line-strong" },
    { word: bulkWords.outcomes.waiting, count: matched - taken, colour: "bg-hover" },
  ];
  return (
    <Panel title={bulkWords.progress} note={bulkWords.progressOf(taken, matched)}>
      <div className="flex flex-col gap-2 py-2">
        <BulkBar operation={operation} className="h-3" />
        <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
          {figures.map(({ word, count, colour }) => (
            <span key={word} className="inline-flex items-center gap-1.5">
              <span aria-hidden className={`size-2 rounded-[1px] border border-line ${colour}`} />
              {word} <span className="font-mono">{count.toLocaleString("en")}</span>
            </span>
          ))}
        </p>
        <p className="min-h-5 text-sm text-ink-2">
          {state === "freezing"
            ? bulkWords.collecting(matched)
            : state === "running" && canary && !canary.passed
              ? bulkWords.canaryNow(canary.taken, canary.jobs)
              : perSecond !== null && endsAtMs !== null
                ? `${bulkWords.rateNow(perSecond)}, ${bulkWords.endsIn(endsAtMs - asOfMs)}`
                : null}
        </p>
      </div>
    </Panel>
  );
}
