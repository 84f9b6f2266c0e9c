import { cn } from "../ui/cn.ts";
import { formatCount } from "./format-count.ts";

const mostCells = 12;
const cells = Array.from({ length: mostCells }, (_, cell) => cell);

/** Slots filled of slots there are: a cell each while they can be counted by eye, one bar beyond. */
export function SlotTrack({ filled, slots, label }: { filled: number; slots: number; label: string }) {
  const shown = Math.max(slots, filled);
  return (
    <span role="img" aria-label={label} title={label} className="flex min-w-0 grow items-center gap-2">
      {shown === 0 ? null : shown <= mostCells ? (
        <span className="flex gap-0.5 bg-bg">
          {cells.slice(0, shown).map((cell) => (
            <span
              key={cell}
              className={cn("h-3.5 w-1.25", cell < filled ? "bg-state-running" : "border border-track")}
            />
          ))}
        </span>
      ) : (
        <span className="relative block h-3.5 max-w-34 min-w-10 grow border border-track bg-bg">
          <span
            className="absolute inset-y-0 left-0 bg-state-running transition-[width]"
            style={{ width: `${(Math.min(filled, shown) / shown) * 100}%` }}
          />
        </span>
      )}
      <span className="bg-bg pr-1 text-sm">
        {formatCount(filled)}
        <span className="text-ink-3">/{formatCount(slots)}</span>
      </span>
    </span>
  );
}
