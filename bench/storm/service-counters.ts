import { type PhaseName, phaseAt, phaseNames, type ServicePlan } from "./service-plan.ts";

export const bucketMs = 100;

/** What became of a call: served, refused for its rate (429), failed (503), or held without an answer. */
export type CallFate = "accepted" | "refused" | "failed" | "hung";
export const callFates = ["accepted", "refused", "failed", "hung"] as const;

export type PhaseCounts = Record<CallFate, number> & { calls: number; hangingSeconds: number };

/** What the service saw: by phase, and the calls of each 100 ms since the start by what became of them. */
export interface ServiceReport {
  phases: Record<PhaseName, PhaseCounts>;
  buckets: Record<CallFate, number[]>;
}

const emptyCounts = (): PhaseCounts => ({
  calls: 0,
  accepted: 0,
  refused: 0,
  failed: 0,
  hung: 0,
  hangingSeconds: 0,
});

/** Counts calls by the phase in which they arrive; a call that hangs belongs to its phase until it ends. */
export class ServiceCounters {
  readonly #plan: ServicePlan;
  readonly #phases: Record<PhaseName, PhaseCounts>;
  readonly #buckets: Record<CallFate, number[]> = { accepted: [], refused: [], failed: [], hung: [] };
  readonly #hanging = new Set<{ startMs: number }>();

  constructor(plan: ServicePlan) {
    this.#plan = plan;
    this.#phases = Object.fromEntries(phaseNames.map((name) => [name, emptyCounts()])) as Record<
      PhaseName,
      PhaseCounts
    >;
  }

  count(fate: CallFate, nowMs: number): void {
    const counts = this.#phases[phaseAt(this.#plan, nowMs)];
    counts.calls++;
    counts[fate]++;
    const bucket = Math.max(0, Math.floor((nowMs - this.#plan.startMs) / bucketMs));
    const series = this.#buckets[fate];
    series[bucket] = (series[bucket] ?? 0) + 1;
  }

  /** Count a call that is held open; call the answer when the caller has gone. */
  hang(nowMs: number): (endMs: number) => void {
    this.count("hung", nowMs);
    const call = { startMs: nowMs };
    this.#hanging.add(call);
    return (endMs) => {
      if (this.#hanging.delete(call)) this.#addHanging(this.#phases, call.startMs, endMs);
    };
  }

  #addHanging(phases: Record<PhaseName, PhaseCounts>, startMs: number, endMs: number): void {
    phases[phaseAt(this.#plan, startMs)].hangingSeconds += (endMs - startMs) / 1000;
  }

  /** Everything up to now, with the calls that still hang counted as far as they have come. */
  report(nowMs: number): ServiceReport {
    const phases = structuredClone(this.#phases);
    for (const { startMs } of this.#hanging) this.#addHanging(phases, startMs, nowMs);
    const length = Math.max(...callFates.map((fate) => this.#buckets[fate].length));
    const filled = (fate: CallFate) => Array.from({ length }, (_, at) => this.#buckets[fate][at] ?? 0);
    return {
      phases,
      buckets: {
        accepted: filled("accepted"),
        refused: filled("refused"),
        failed: filled("failed"),
        hung: filled("hung"),
      },
    };
  }
}
