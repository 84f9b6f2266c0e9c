import { orderFigures, sayFigure } from "#app/words/automation-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import type { AutomationEvent } from "#server/api/automation/automation-event.ts";

/** The figures behind an automatic act: 'failed 48 · calls 50'. */
export function AutomationFigures({ figures }: { figures: AutomationEvent["figures"] }) {
  const told = orderFigures(Object.keys(figures)).flatMap((key) => {
    const value = figures[key] ?? null;
    return value === null ? [] : [{ key, ...sayFigure(key, value) }];
  });
  if (told.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-3 text-ink-3">
      {told.map(({ key, name, value }) => (
        <span key={key}>
          {name} <ForeignText text={value} className="font-mono text-ink-2" />
        </span>
      ))}
    </span>
  );
}
