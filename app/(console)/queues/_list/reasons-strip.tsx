import { queueWords } from "#app/words/queue-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import { reasonColour } from "./reason-colour.ts";

/** What jobs wait for as parts of one bar; its words on hover and to readers of the screen. */
export function ReasonsStrip({
  reasons,
  className,
}: {
  reasons: readonly Pick<ReasonCount, "kind" | "of" | "jobs">[];
  className?: string;
}) {
  if (reasons.length === 0) return null;
  const said = reasons.map(({ kind, of, jobs }) => queueWords.waitFor(jobs, kind, of)).join(", ");
  return (
    <span role="img" aria-label={said} title={said} className={cn("flex gap-px", className)}>
      {reasons.map(({ kind, of, jobs }) => (
        <span
          key={`${kind} ${of}`}
          className="min-w-1"
          style={{ flexGrow: jobs, background: reasonColour(kind) }}
        />
      ))}
    </span>
  );
}
