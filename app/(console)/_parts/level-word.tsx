import { pressureWords } from "#app/words/pressure-words.ts";
import { SignalGate } from "#components/domain/signal-gate.tsx";
import { cn } from "#components/ui/cn.ts";
import type { PressureLevel } from "#core/pressure/pressure-level.ts";

const looks = {
  green: { aspect: "open", tone: "text-ink-3" },
  yellow: { aspect: "caution", tone: "text-gate-caution" },
  red: { aspect: "stop", tone: "text-gate-stop" },
  black: { aspect: "stop", tone: "text-gate-stop" },
} as const;

/** A level of pressure as a signal and its word. */
export function LevelWord({ level }: { level: PressureLevel }) {
  const { aspect, tone } = looks[level];
  return (
    <span
      title={pressureWords.levelWhy[level]}
      className={cn("inline-flex items-center gap-2 align-top whitespace-nowrap", tone)}
    >
      <span className="flex w-1.5 justify-center">
        <SignalGate aspect={aspect} className="h-4" />
      </span>
      {pressureWords.level[level]}
    </span>
  );
}
