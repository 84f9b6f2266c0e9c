import { priorityClasses } from "#core/priority/priority-class.ts";
import { cn } from "../ui/cn.ts";
import { priorityLook } from "./priority-look.ts";

/**
 * Jobs that wait, stacked by class against the signal on the right: the most urgent stand nearest to it. `share` is
 * the bar's length, 0…1 of the room there is; `held` hatches it.
 */
export function WaitingBar({
  counts,
  share,
  held,
  label,
}: {
  counts: readonly number[];
  share: number;
  held: boolean;
  label: string;
}) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const ordered = priorityClasses.map((name, rank) => ({ name, count: counts[rank] ?? 0 })).reverse();
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="relative flex h-3.5 min-w-0.75 gap-px transition-[width]"
      style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }}
    >
      {ordered.map(({ name, count }) =>
        count > 0 ? (
          <span
            key={name}
            className={cn("min-w-0.5", priorityLook[name].fill)}
            style={{ flexGrow: count / total }}
          />
        ) : null,
      )}
      {held ? <span className="hatch absolute inset-0" /> : null}
    </span>
  );
}
