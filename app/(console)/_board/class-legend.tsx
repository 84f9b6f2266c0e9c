import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { priorityClasses } from "#core/priority/priority-class.ts";

/** The ramp of the classes, most urgent first. */
export function ClassLegend() {
  return (
    <ul className="flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
      {priorityClasses.map((name) => (
        <li key={name}>
          <PriorityBadge priority={name} />
        </li>
      ))}
    </ul>
  );
}
