import { Ban, CircleCheck, CirclePause, type LucideIcon, OctagonX, Play, Snowflake } from "lucide-react";
import { bulkWords } from "#app/words/bulk-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { BulkState } from "#core/bulk/bulk-state.ts";

const looks: Record<BulkState, { Icon: LucideIcon; tone: string }> = {
  freezing: { Icon: Snowflake, tone: "text-accent" },
  running: { Icon: Play, tone: "text-accent" },
  paused: { Icon: CirclePause, tone: "text-gate-caution" },
  halted: { Icon: OctagonX, tone: "text-gate-stop" },
  completed: { Icon: CircleCheck, tone: "text-ink-3" },
  aborted: { Icon: Ban, tone: "text-ink-3" },
};

/** Where an operation stands: shape, colour and word. */
export function BulkStateBadge({ state }: { state: BulkState }) {
  const { Icon, tone } = looks[state];
  return (
    <span className="inline-flex items-center gap-1.5 align-top whitespace-nowrap">
      <Icon aria-hidden className={cn("size-3.5 shrink-0", tone)} />
      {bulkWords.states[state]}
    </span>
  );
}
