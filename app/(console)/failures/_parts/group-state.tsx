import { CheckCheck, CircleDot, EyeOff } from "lucide-react";
import { failureWords } from "#app/words/failure-words.ts";
import type { FailureGroupState } from "#core/failure-group/failure-group-state.ts";

const icons = { open: CircleDot, resolved: CheckCheck, ignored: EyeOff } as const;

/** The state of a group as shape and word. */
export function GroupState({ state }: { state: FailureGroupState }) {
  const Icon = icons[state];
  return (
    <span
      title={failureWords.stateWhy[state]}
      className="inline-flex items-center gap-1.5 align-top whitespace-nowrap text-ink-2"
    >
      <Icon aria-hidden className="size-3.5" />
      {failureWords.state[state]}
    </span>
  );
}
