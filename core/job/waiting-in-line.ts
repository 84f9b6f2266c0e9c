import { forecastStart } from "../flow/forecast-start.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import type { WaitingFacts, WaitingLine } from "./waiting-facts.ts";
import type { UnmetCondition } from "./waiting-reasons.ts";

const whose = {
  lane: "of its definition and class in this queue",
  class: "of its class",
  pool: "of its pool",
};

/**
 * Its place in line and when it is likely to start, see core/flow/forecast-start.ts. While something else that nobody
 * knows the end of keeps it back (`unmet`), no start is told.
 */
export function inLine(
  { job, queue, line, nowMs, workers }: WaitingFacts,
  unmet: readonly UnmetCondition[],
): UnmetCondition {
  const start = unmet.some(({ untilMs }) => untilMs === null) ? null : startOf(line);
  const crowded = workers.slots > 0 && workers.busy >= workers.slots && unmet.length === 0;
  return {
    kind: "in-line",
    text: [
      place(job.priority, line),
      ...(crowded ? [`all ${workers.slots} slots of its workers are taken`] : []),
      ...(start === null ? [] : [start.text]),
    ].join(", "),
    untilMs: start?.inMs == null ? null : Math.round(nowMs + start.inMs),
    ref: { kind: "pool", id: queue.pool },
    action: "reprioritise",
  };
}

function place(priority: PriorityClass, line: WaitingLine | null): string {
  if (line === null) return `in line, class ${priority}`;
  if (line.ahead === 0 && line.exact) return `first in line, class ${priority}`;
  const figure = `${line.exact ? "" : "≥ "}${line.ahead}`;
  return `in line, ${figure} ${line.ahead === 1 ? "job" : "jobs"} ahead, class ${priority}`;
}

function startOf(line: WaitingLine | null): { text: string; inMs: number | null } | null {
  if (line === null) return null;
  const { pace } = line;
  const forecast = forecastStart(pace);
  if (forecast === null) {
    const nothing = `start unknown: nothing ${whose[pace.of]} started in the last ${sayDuration(pace.windowMs)}`;
    return { text: nothing, inMs: null };
  }
  const { inMs, fromMs, toMs } = forecast;
  if (!pace.exact) return { text: `start expected no sooner than in ${sayDuration(fromMs)}`, inMs: null };
  const between = `${sayDuration(fromMs)} to ${sayDuration(toMs)}`;
  return { text: `start expected in ≈ ${sayDuration(inMs)} (${between})`, inMs };
}
