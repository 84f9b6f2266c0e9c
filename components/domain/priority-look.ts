import type { PriorityClass } from "#core/priority/priority-class.ts";

/** The one ordered ramp of the priority classes. */
export const priorityLook: Record<PriorityClass, { word: string; fill: string; colour: string }> = {
  critical: { word: "critical", fill: "bg-class-critical", colour: "var(--class-critical)" },
  high: { word: "high", fill: "bg-class-high", colour: "var(--class-high)" },
  normal: { word: "normal", fill: "bg-class-normal", colour: "var(--class-normal)" },
  low: { word: "low", fill: "bg-class-low", colour: "var(--class-low)" },
  bulk: { word: "bulk", fill: "bg-class-bulk", colour: "var(--class-bulk)" },
};
