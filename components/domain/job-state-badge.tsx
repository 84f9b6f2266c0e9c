import type { JobState } from "#core/job/job-state.ts";
import { cn } from "../ui/cn.ts";
import { jobStateLook } from "./job-state-look.ts";
import { StateGlyph } from "./state-glyph.tsx";

/** A state as shape, colour and word. */
export function JobStateBadge({ state, className }: { state: JobState; className?: string }) {
  const look = jobStateLook[state];
  return (
    <span
      title={look.meaning}
      className={cn("inline-flex items-center gap-1.5 align-top whitespace-nowrap", look.text, className)}
    >
      <StateGlyph state={state} />
      {look.word}
    </span>
  );
}
