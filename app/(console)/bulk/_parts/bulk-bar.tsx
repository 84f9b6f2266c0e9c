import { bulkWords } from "#app/words/bulk-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";

/** How far an operation is, its done, failed and skipped jobs told apart. */
export function BulkBar({ operation, className }: { operation: BulkView; className?: string }) {
  const { matched, taken, done, failed, skipped } = operation;
  const width = (count: number) => ({ width: `${(count / Math.max(1, matched)) * 100}%` });
  return (
    <div
      role="progressbar"
      aria-label={bulkWords.bar(operation.summary)}
      aria-valuemin={0}
      aria-valuemax={matched}
      aria-valuenow={taken}
      aria-valuetext={bulkWords.progressOf(taken, matched)}
      className={cn("flex h-2 w-full overflow-hidden rounded-sm bg-hover", className)}
    >
      <div className="bg-accent" style={width(done)} />
      <div className="bg-danger" style={width(failed)} />
      <div className="bg-line-strong" style={width(skipped)} />
    </div>
  );
}
