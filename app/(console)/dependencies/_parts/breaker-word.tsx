import { SignalGate } from "#components/domain/signal-gate.tsx";
import { cn } from "#components/ui/cn.ts";
import type { DependencySummary } from "#server/api/dependencies/dependency-summary.ts";
import { findBreakerLook } from "./find-breaker-look.ts";

const tones = { open: "text-ink-3", caution: "text-gate-caution", stop: "text-gate-stop" };

/** How a breaker stands, as a signal with its word. */
export function BreakerWord({ dependency }: { dependency: DependencySummary }) {
  const { aspect, word } = findBreakerLook(dependency);
  return (
    <span className={cn("inline-flex items-center gap-2 whitespace-nowrap", tones[aspect])}>
      <span className="flex w-1.5 justify-center">
        <SignalGate aspect={aspect} className="h-4" />
      </span>
      {word}
    </span>
  );
}
