import { sayKind } from "#app/words/audit-words.ts";
import { sayAutomation } from "#app/words/automation-words.ts";
import type { ChartMark } from "#components/charts/chart-data.ts";

/** An automatic act as a chart marks it; the mark leads to the acts on the same object. */
export function automationMark(event: {
  atMs: number;
  kind: string;
  objectKind: string;
  objectId: string;
  cause: string;
}): ChartMark {
  const { atMs, kind, objectKind, objectId, cause } = event;
  return {
    atMs,
    label: `Signalbox ${sayAutomation(kind)} ${sayKind(objectKind)} ${objectId}: ${cause}`,
    kind: "automatic",
    href: `/automation?of=${encodeURIComponent(objectKind)}&object=${encodeURIComponent(objectId)}`,
  };
}
