import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { cn } from "../ui/cn.ts";
import { priorityLook } from "./priority-look.ts";

/** A priority class as a row of bars (five for critical, one for bulk), its place on the ramp, and its word. */
export function PriorityBadge({ priority, className }: { priority: PriorityClass; className?: string }) {
  const bars = priorityClasses.length - priorityClasses.indexOf(priority);
  const look = priorityLook[priority];
  return (
    <span className={cn("inline-flex items-center gap-1.5 align-top whitespace-nowrap", className)}>
      <svg viewBox="0 0 14 10" width="14" height="10" aria-hidden className="shrink-0">
        {priorityClasses.map((name, index) => (
          <rect
            key={name}
            x={index * 3}
            y={8 - index * 2}
            width="2"
            height={2 + index * 2}
            fill={index < bars ? look.colour : "var(--line)"}
          />
        ))}
      </svg>
      {look.word}
    </span>
  );
}
